/** Elements that are codes: translated by the concept maps of the resource's site. */
import { quote } from '../core/finding.ts';
import { type ConceptLookup, translateConcept } from '../fhir/concept-map.ts';
import {
  absent,
  columnsOf,
  type ElementFinding,
  type ElementReading,
  list,
  NOTHING,
  type Row,
  scalar,
  value,
} from './element-reading.ts';
import type { FactValue } from './fact.ts';
import type { AnswerElement, ConceptElement } from './fact-map.ts';
import type { SiteMappings } from './mappings.ts';

/** `before` are the elements of the same row that were read earlier. */
export function readConcept(
  name: string,
  map: ConceptElement,
  row: Row,
  before: Readonly<Record<string, FactValue>>,
  site: SiteMappings,
): ElementReading {
  const { codes, unmapped, byText } = translateAll(map, row, site.lookup(map.map));
  const sorted = [...codes].sort();
  const [first] = sorted;
  if (first !== undefined) {
    const found = map.many === true ? sorted : typed(first, map.type);
    return value(name, found, byText ? ['MATCHED_BY_TEXT'] : []);
  }
  const mayDefault = map.defaultWith?.some((other) => before[other] !== undefined) ?? true;
  const byDefault = mayDefault ? map.default : undefined;
  const fallback =
    unmapped.length > 0 ? (map.unmapped ?? (map.silent === true ? byDefault : undefined)) : byDefault;
  const findings = map.silent === true ? [] : unmapped;
  if (fallback !== undefined) return { ...NOTHING, values: { [name]: fallback }, findings };
  if (map.silent === true && map.required === true) return { ...NOTHING, usable: false, other: true };
  return absent(map, ...findings);
}

function translateAll(
  map: ConceptElement,
  row: Row,
  lookup: ConceptLookup,
): {
  readonly codes: ReadonlySet<string>;
  readonly unmapped: readonly ElementFinding[];
  readonly byText: boolean;
} {
  const codes = new Set<string>();
  const unmapped: ElementFinding[] = [];
  let byText = false;
  for (const prefix of map.from) {
    const found = translateColumns(row, prefix, lookup);
    for (const code of found.codes) codes.add(code);
    byText ||= found.byText;
    if (found.unmapped !== undefined) {
      unmapped.push({ code: 'code-unmapped', column: columnsOf(prefix).code, found: found.unmapped });
    }
  }
  for (const prefix of codes.size === 0 ? (map.alsoFrom ?? []) : []) {
    for (const code of translateColumns(row, prefix, lookup).codes) codes.add(code);
  }
  return { codes, unmapped, byText };
}

function typed(code: string, type: ConceptElement['type']): FactValue {
  if (type === 'integer') return Number(code);
  return type === 'boolean' ? code === 'true' : code;
}

interface Translated {
  readonly codes: readonly string[];
  readonly byText: boolean;
  readonly unmapped: string | undefined;
}

const SILENT: Translated = { codes: [], byText: false, unmapped: undefined };

function translateColumns(row: Row, prefix: string, lookup: ConceptLookup): Translated {
  const columns = columnsOf(prefix);
  const codes = list(row, columns.code);
  const [text] = list(row, columns.text);
  if (codes.length === 0 && text === undefined) return SILENT;
  const systems = list(row, columns.system);
  const coding = codes.map((code, index) => ({ system: String(systems[index] ?? ''), code: String(code) }));
  const translation = translateConcept(
    text === undefined ? { coding } : { coding, text: String(text) },
    lookup,
  );
  if (translation !== undefined) {
    return { codes: translation.codes, byText: translation.byText, unmapped: undefined };
  }
  const [first] = coding;
  return { ...SILENT, unmapped: quote(first === undefined ? String(text) : `${first.system}|${first.code}`) };
}

export function readAnswer(name: string, map: AnswerElement, row: Row, site: SiteMappings): ElementReading {
  const flag = scalar(row, map.boolean);
  if (typeof flag === 'boolean') return value(name, flag ? 'YES' : 'NO');
  for (const prefix of map.from) {
    const found = translateColumns(row, prefix, site.lookup(map.map));
    if (found.codes[0] !== undefined) return value(name, found.codes[0]);
    if (found.unmapped !== undefined) {
      return absent(map, { code: 'code-unmapped', column: columnsOf(prefix).code, found: found.unmapped });
    }
  }
  if (scalar(row, map.absent) === true) return value(name, 'UNKNOWN');
  return absent(map, { code: 'value-unreadable', column: map.boolean });
}
