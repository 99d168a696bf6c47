/** Narrative: a `div` of well-formed XHTML with the elements and attributes that FHIR R4 (narrative.html) allows. */
import type { Run } from './run.ts';

const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'div p h1 h2 h3 h4 h5 h6 br hr a b i u em strong small big tt dfn code samp kbd var cite abbr acronym q sub sup ' +
    'span bdo ins del pre blockquote address ul ol li dl dt dd table caption thead tfoot tbody colgroup col tr th td ' +
    'img map area'
  ).split(' '),
);
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'title style class id lang xml:lang xml:id dir accesskey tabindex span width align valign char charoff abbr axis ' +
    'headers scope rowspan colspan cellpadding cellspacing border frame rules summary href name src alt longdesc ' +
    'usemap ismap height shape coords nohref type rel rev charset hreflang cite datetime start value compact xmlns ' +
    'idref bgcolor nowrap target'
  ).split(' '),
);
const ENTITIES = /&(?!(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)/;
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z][A-Za-z0-9:_-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>/g;
const ATTRIBUTE = /\s+([A-Za-z_][A-Za-z0-9:_.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const XHTML = 'http://www.w3.org/1999/xhtml';

export function checkNarrative(value: unknown, run: Run): void {
  const fault = typeof value === 'string' ? faultOf(value) : 'no JSON string';
  if (fault !== undefined) run.error('narrative-invalid', fault, { expected: 'XHTML as FHIR limits it' });
}

function faultOf(source: string): string | undefined {
  const text = source.trim();
  if (!/^(?:<\?xml[^>]*\?>\s*)?<div[\s>/]/.test(text)) return 'does not start with <div';
  const open: string[] = [];
  let isEmpty = true;
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const between = text.slice(end, match.index);
    const fault = textFault(between, open.length) ?? tagFault(match, open);
    if (fault !== undefined) return fault;
    if (between.trim() !== '' || match[2] === 'img') isEmpty = false;
    if (match[0].startsWith('<![CDATA[')) isEmpty = false;
    end = match.index + match[0].length;
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  const rest = textFault(text.slice(end), 0);
  if (rest !== undefined) return rest;
  return isEmpty ? 'has no content' : undefined;
}

function textFault(text: string, depth: number): string | undefined {
  if (text.includes('<')) return 'is not well-formed XML';
  if (depth === 0 && text.trim() !== '') return 'has text outside its div';
  return ENTITIES.test(text) ? 'has an ampersand that starts no entity' : undefined;
}

function tagFault(match: RegExpExecArray, open: string[]): string | undefined {
  const [, closing, name, attributes = '', selfClosing] = match;
  if (name === undefined) return undefined;
  if (closing === '/') {
    const last = open.pop();
    return last === name ? undefined : `</${name}> closes <${last ?? 'nothing'}>`;
  }
  if (open.length === 0 && match.index > 0 && name !== 'div') return 'has more than one root';
  if (!ELEMENTS.has(name)) return `the element <${name}> is not allowed`;
  const fault = attributesFault(name, attributes, open.length === 0);
  if (fault !== undefined) return fault;
  if (selfClosing !== '/') open.push(name);
  return undefined;
}

function attributesFault(element: string, text: string, isRoot: boolean): string | undefined {
  let namespace: string | undefined;
  let end = 0;
  for (const match of text.matchAll(ATTRIBUTE)) {
    if (text.slice(end, match.index).trim() !== '')
      return `the attributes of <${element}> are not well-formed`;
    end = match.index + match[0].length;
    const name = match[1] ?? '';
    const value = match[2] ?? match[3] ?? '';
    if (name === 'xmlns') namespace = value;
    else if (!ATTRIBUTES.has(name) && !name.startsWith('xmlns:'))
      return `the attribute ${name} is not allowed`;
    if (/^\s*javascript:/i.test(value)) return 'has a link to a script';
  }
  if (text.slice(end).trim() !== '') return `the attributes of <${element}> are not well-formed`;
  if (isRoot && namespace !== XHTML) return `its div has no namespace ${XHTML}`;
  return undefined;
}
