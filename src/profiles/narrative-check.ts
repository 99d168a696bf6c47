/** Narrative: a `div` of well-formed XHTML with the elements and attributes that FHIR R4 (narrative.html) allows. */
import { linkFault, localLinkFault } from './narrative-links.ts';
import type { Run } from './run.ts';

const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'div p h1 h2 h3 h4 h5 h6 br hr a b i em strong small big tt dfn code samp kbd var cite abbr acronym q sub sup ' +
    'span bdo pre blockquote address ul ol li dl dt dd table caption thead tfoot tbody colgroup col tr th td ' +
    'img map area'
  ).split(' '),
);
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'title style class id lang xml:lang xml:id xml:space dir accesskey tabindex span width align valign char charoff abbr axis ' +
    'headers scope rowspan colspan cellpadding cellspacing border frame rules summary href name src alt longdesc ' +
    'usemap ismap height shape coords nohref type rel rev charset hreflang cite datetime start value compact xmlns ' +
    'idref bgcolor nowrap target'
  ).split(' '),
);
const XHTML = 'http://www.w3.org/1999/xhtml';
const START = /^(?:<\?xml[^>]*\?>\s*)?<div[\s>/]/;
const ATTRIBUTE = /\s+([A-Za-z_][A-Za-z0-9:_.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
/** XML without a document type knows these five entities and no other. */
const AMPERSAND = /&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)/;
/** What starts with `<` and is no tag: comments, instructions, sections of plain text. */
const MARKUP: readonly (readonly [opening: string, closing: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
];
const MALFORMED = 'is not well-formed XML';

export function checkNarrative(value: unknown, run: Run): void {
  const fault =
    typeof value === 'string'
      ? (faultOf(value) ?? localLinkFault(value, run.scope?.resource))
      : 'is no JSON string';
  if (fault !== undefined) run.error('narrative-invalid', fault, { expected: 'XHTML as FHIR limits it' });
}

function faultOf(source: string): string | undefined {
  const text = source.trim();
  return START.test(text) ? new NarrativeReader(text).read() : 'does not start with <div';
}

/** Goes through the text once; stops at the first fault. */
class NarrativeReader {
  readonly #text: string;
  readonly #open: string[] = [];
  #at = 0;
  #isEmpty = true;
  /** Where the next ampersand stands; beyond the end where none is left. */
  #ampersand = -1;

  constructor(text: string) {
    this.#text = text;
  }

  read(): string | undefined {
    while (this.#at < this.#text.length) {
      const fault = this.#readText() ?? this.#readTag();
      if (fault !== undefined) return fault;
    }
    if (this.#open.length > 0) return `<${this.#open.at(-1)}> is not closed`;
    return this.#isEmpty ? 'has no content' : undefined;
  }

  #readText(): string | undefined {
    const next = this.#text.indexOf('<', this.#at);
    const end = next < 0 ? this.#text.length : next;
    if (end === this.#at) return undefined;
    const isWithin = this.#open.length > 0;
    const hasAmpersand = this.#hasAmpersandBefore(end);
    if (isWithin && !this.#isEmpty && !hasAmpersand) {
      this.#at = end;
      return undefined;
    }
    const between = this.#text.slice(this.#at, end);
    this.#at = end;
    if (/^[ \t\r\n]*$/.test(between)) return undefined;
    this.#isEmpty = false;
    if (!isWithin) return 'has text outside its div';
    return hasAmpersand && AMPERSAND.test(between)
      ? 'has an ampersand that starts no entity of XML'
      : undefined;
  }

  /** Looks for the next one only when the last one found lies behind, so that the text is searched once. */
  #hasAmpersandBefore(end: number): boolean {
    if (this.#ampersand < this.#at) {
      const next = this.#text.indexOf('&', this.#at);
      this.#ampersand = next < 0 ? this.#text.length : next;
    }
    return this.#ampersand < end;
  }

  #readTag(): string | undefined {
    const start = this.#at;
    if (start >= this.#text.length) return undefined;
    const second = this.#text.charCodeAt(start + 1);
    if (second === 0x21 || second === 0x3f) return this.#readMarkup();
    return second === 0x2f ? this.#readClosing() : this.#readOpening();
  }

  #readMarkup(): string | undefined {
    const found = MARKUP.find(([opening]) => this.#text.startsWith(opening, this.#at));
    const end = found === undefined ? -1 : this.#text.indexOf(found[1], this.#at + found[0].length);
    if (found === undefined || end < 0) return MALFORMED;
    this.#at = end + found[1].length;
    return undefined;
  }

  #readClosing(): string | undefined {
    const name = this.#open.pop();
    let end = this.#at + 2;
    let isDue = name !== undefined;
    for (let i = 0; name !== undefined && i < name.length; i++, end++) {
      if (this.#text.charCodeAt(end) !== name.charCodeAt(i)) isDue = false;
    }
    while (isSpace(this.#text.charCodeAt(end))) end += 1;
    if (!isDue || this.#text.charCodeAt(end) !== 0x3e) {
      return `a closing tag stands where </${name ?? 'nothing'}> is due`;
    }
    this.#at = end + 1;
    return undefined;
  }

  #readOpening(): string | undefined {
    let end = this.#at + 1;
    while (isNameUnit(this.#text.charCodeAt(end))) end += 1;
    const name = this.#text.slice(this.#at + 1, end);
    if (name === '') return MALFORMED;
    if (!ELEMENTS.has(name)) return `the element <${name.slice(0, 20)}> is not allowed`;
    const isRoot = this.#open.length === 0;
    if (isRoot && name !== 'div') return 'has more than one root';
    this.#at = end;
    const fault = this.#readAttributes(name, isRoot);
    if (fault !== undefined) return fault;
    if (name === 'img') this.#isEmpty = false;
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
    const closesItself = this.#text.charCodeAt(this.#at) === 0x2f;
    if (this.#text.charCodeAt(this.#at + (closesItself ? 1 : 0)) !== 0x3e) return MALFORMED;
    this.#at += closesItself ? 2 : 1;
    if (!closesItself) this.#open.push(name);
    return undefined;
  }

  #readAttributes(element: string, isRoot: boolean): string | undefined {
    let namespace: string | undefined;
    while (isSpace(this.#text.charCodeAt(this.#at))) {
      ATTRIBUTE.lastIndex = this.#at;
      const match = ATTRIBUTE.exec(this.#text);
      if (match === null) break;
      this.#at = ATTRIBUTE.lastIndex;
      const name = match[1] ?? '';
      const value = match[2] ?? match[3] ?? '';
      if (name === 'xmlns') namespace = value;
      else if (!ATTRIBUTES.has(name) && !name.startsWith('xmlns:')) {
        return `the attribute ${name.slice(0, 20)} of <${element}> is not allowed`;
      }
      if (name === 'href') {
        const fault = linkFault(value);
        if (fault !== undefined) return fault;
      }
    }
    return isRoot && namespace !== XHTML ? `its div has no namespace ${XHTML}` : undefined;
  }
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d;
}

/** Letters, digits, colon, underscore, hyphen. */
function isNameUnit(unit: number): boolean {
  const lower = unit | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (unit >= 0x30 && unit <= 0x3a) || unit === 0x5f || unit === 0x2d;
}
