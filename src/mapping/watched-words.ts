/** Words that make a code or text that no map knows worth a finding: it could carry a fact of the course. */

const MAX_REMEMBERED = 20_000;
/** A word as short as "mrd" is looked for as a whole, a longer one as the beginning of one. */
const WHOLE_UP_TO = 5;

export class WatchedWords {
  readonly #pattern: RegExp;
  /** Displays repeat by the thousand. */
  readonly #found = new Map<string, string | undefined>();

  constructor(words: readonly string[]) {
    const alternatives = words.map((word) => {
      const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return word.length <= WHOLE_UP_TO ? `${literal}(?![a-z0-9])` : literal;
    });
    // Of no words none is found.
    this.#pattern = words.length === 0 ? /(?!)/ : new RegExp(`(?<![a-z0-9])(?:${alternatives.join('|')})`);
  }

  /** The first of the words that the text holds, in lower case. */
  findIn(text: string): string | undefined {
    if (text === '') return undefined;
    if (this.#found.has(text)) return this.#found.get(text);
    const word = this.#pattern.exec(text.toLowerCase())?.[0];
    if (this.#found.size < MAX_REMEMBERED) this.#found.set(text, word);
    return word;
  }
}
