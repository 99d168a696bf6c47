/** Longer texts are searched by their beginning. */
const MAX_LENGTH = 200;

/** Text as searches by string compare it: without case, accents and doubled spaces. */
export function normalisedText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_LENGTH);
}
