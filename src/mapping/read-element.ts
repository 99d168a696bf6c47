/** One element of a fact from one row of a view. */

import type { SourceFlag } from '../cohort/cohort-record.generated.ts';
import type { Code } from '../core/catalogue.ts';
import { quote } from '../core/finding.ts';
import { type ConceptLookup, translateConcept } from '../fhir/concept-map.ts';
import type { FactValue } from './fact.ts';
import type { AnswerElement, ConceptElement, DateElement, ElementMap, QuantityElement } from './fact-map.ts';
import type { SiteMappings } from './mappings.ts';
import { readDate } from './read-date.ts';
import { type Measured, parseFractionText, readQuantity } from './read-quantity.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface ElementFinding {
  readonly code: Code;
  readonly column: string;
  readonly found?: string;
  readonly expected?: string;
}

export interface ElementReading {
  readonly values: Readonly<Record<string, FactValue>>;
  readonly flags: readonly SourceFlag[];
  readonly findings: readonly ElementFinding[];
  /** False where a required element is missing or unreadable. */
  readonly usable: boolean;
}

/** What the code that selected the resource means. */
export interface Meaning {
  /** The meaning by which this fact was selected; undefined where every resource of the type is. */
  readonly kind: string | undefined;
  readonly kinds: readonly string[];
}

const NOTHING: ElementReading = { values: {}, flags: [], findings: [], usable: true };

/**
 * Reads element `name` by its map; time zone and concept maps are those of the resource's site.
 */
export function readElement(
  name: string,
  map: ElementMap,
  row: Row,
  meaning: Meaning,
  site: SiteMappings,
): ElementReading {
  switch (map.as) {
    case 'constant':
      return value(name, map.value);
    case 'kind':
      return readKind(name, map.map, meaning.kind, site);
    case 'date':
      return readDateElement(name, map, row, meaning, site);
    case 'concept':
      return readConcept(name, map, row, site);
    case 'quantity':
      return readQuantityElement(name, map, row, site);
    case 'answer':
      return readAnswer(name, map, row, site);
    case 'boolean': {
      const flag = scalar(row, map.from);
      if (typeof flag === 'boolean') return value(name, flag);
      return map.default === undefined ? absent(map) : value(name, map.default);
    }
    case 'text': {
      const text = scalar(row, map.from);
      return typeof text === 'string' && text !== '' ? value(name, text) : absent(map);
    }
  }
}

function value(name: string, found: FactValue, flags: readonly SourceFlag[] = []): ElementReading {
  return { ...NOTHING, values: { [name]: found }, flags };
}

function absent(map: { readonly required?: boolean }, ...findings: ElementFinding[]): ElementReading {
  return { ...NOTHING, findings, usable: map.required !== true };
}

function readKind(
  name: string,
  mapName: string | undefined,
  kind: string | undefined,
  site: SiteMappings,
): ElementReading {
  if (kind === undefined) return { ...NOTHING, usable: false };
  if (mapName === undefined) return value(name, kind);
  const target = site.kinds.get(mapName)?.get(kind);
  return target === undefined ? { ...NOTHING, usable: false } : value(name, target);
}

function readDateElement(
  name: string,
  map: DateElement,
  row: Row,
  { kinds }: Meaning,
  site: SiteMappings,
): ElementReading {
  if (map.unlessKind?.some((kind) => kinds.includes(kind)) === true) return NOTHING;
  const column = map.from.find((candidate) => present(scalar(row, candidate)));
  const used = column ?? (present(scalar(row, map.recorded ?? '')) ? map.recorded : undefined);
  if (used === undefined) {
    const first = map.from[0] ?? name;
    return absent(map, ...(map.required === true ? [{ code: 'date-missing' as const, column: first }] : []));
  }
  const written = readDate(scalar(row, used), site.timeZone);
  if (written === undefined) {
    const found = quote(scalar(row, used));
    return absent(map, { code: 'date-unparseable', column: used, found, expected: 'a FHIR date' });
  }
  const findings: ElementFinding[] = [];
  if (written.utcWithoutZone) findings.push({ code: 'date-in-utc', column: used });
  if (written.date.length < 10) findings.push({ code: 'date-imprecise', column: used, found: written.date });
  if (column === undefined) findings.push({ code: 'date-recorded-only', column: used });
  const flags: readonly SourceFlag[] = column === undefined ? ['DATE_FROM_RECORDED'] : [];
  return { values: { [name]: written.date }, flags, findings, usable: true };
}

function readConcept(name: string, map: ConceptElement, row: Row, site: SiteMappings): ElementReading {
  const lookup = site.lookup(map.map);
  const codes = new Set<string>();
  const unmapped: ElementFinding[] = [];
  let byText = false;
  for (const prefix of map.from) {
    const found = translateColumns(row, prefix, lookup);
    for (const code of found.codes) codes.add(code);
    byText ||= found.byText;
    if (found.unmapped !== undefined) {
      unmapped.push({ code: 'code-unmapped', column: `${prefix}__code`, found: found.unmapped });
    }
  }
  for (const prefix of codes.size === 0 ? (map.alsoFrom ?? []) : []) {
    for (const code of translateColumns(row, prefix, lookup).codes) codes.add(code);
  }
  const sorted = [...codes].sort();
  const [first] = sorted;
  if (first !== undefined) {
    return value(name, map.many === true ? sorted : first, byText ? ['MATCHED_BY_TEXT'] : []);
  }
  const fallback = unmapped.length > 0 ? map.unmapped : map.default;
  if (fallback !== undefined) return { ...NOTHING, values: { [name]: fallback }, findings: unmapped };
  return absent(map, ...unmapped);
}

function translateColumns(row: Row, prefix: string, lookup: ConceptLookup) {
  const systems = list(row, `${prefix}__system`);
  const codes = list(row, `${prefix}__code`);
  const coding = codes.map((code, index) => ({ system: String(systems[index] ?? ''), code: String(code) }));
  const text = list(row, `${prefix}__text`).map(String)[0];
  const translation = translateConcept({ coding, ...(text === undefined ? {} : { text }) }, lookup);
  if (translation !== undefined) return { ...translation, unmapped: undefined };
  const first = coding[0];
  const unmapped = first === undefined ? text : `${first.system}|${first.code}`;
  return { codes: [], byText: false, unmapped: unmapped === undefined ? undefined : quote(unmapped) };
}

function readQuantityElement(
  name: string,
  map: QuantityElement,
  row: Row,
  site: SiteMappings,
): ElementReading {
  const measured: Measured =
    list(row, `${map.from}__value`).length === 0 && map.text !== undefined
      ? parseFractionText(scalar(row, map.text))
      : readQuantity(
          {
            values: list(row, `${map.from}__value`),
            comparators: list(row, `${map.from}__comparator`),
            ucum: list(row, `${map.from}__ucum`),
            units: list(row, `${map.from}__unit`),
          },
          site.units(map.unit),
          (map.alternatives ?? []).map((unit) => site.units(unit)),
        );
  const column = `${map.from}__value`;
  if (measured.trouble !== undefined) {
    return absent(map, { code: measured.trouble, column, ...quoted(measured.found) });
  }
  if (measured.value === undefined) return absent(map);
  if (outside(measured.value, map)) {
    const expected = `${map.minimum ?? '-∞'} to ${map.maximum ?? '∞'} ${site.units(map.unit).canonical}`;
    return absent(map, { code: 'value-out-of-range', column, found: String(measured.value), expected });
  }
  const values: Record<string, FactValue> = { [name]: measured.value };
  if (map.comparator !== undefined && measured.comparator !== undefined) {
    values[map.comparator] = measured.comparator;
  }
  const findings: ElementFinding[] = measured.unitByText
    ? [{ code: 'unit-by-text', column, ...quoted(measured.found) }]
    : [];
  return { values, flags: measured.unitByText ? ['UNIT_BY_TEXT'] : [], findings, usable: true };
}

function outside(measured: number, map: QuantityElement): boolean {
  return measured < (map.minimum ?? -Infinity) || measured > (map.maximum ?? Infinity);
}

function quoted(found: string | undefined): { readonly found?: string } {
  return found === undefined ? {} : { found };
}

function readAnswer(name: string, map: AnswerElement, row: Row, site: SiteMappings): ElementReading {
  const flag = scalar(row, map.boolean);
  if (typeof flag === 'boolean') return value(name, flag ? 'YES' : 'NO');
  for (const prefix of map.from) {
    const found = translateColumns(row, prefix, site.lookup(map.map));
    if (found.codes[0] !== undefined) return value(name, found.codes[0]);
    if (found.unmapped !== undefined) {
      return absent(map, { code: 'code-unmapped', column: `${prefix}__code`, found: found.unmapped });
    }
  }
  if (scalar(row, map.absent) === true) return value(name, 'UNKNOWN');
  return absent(map, { code: 'value-unreadable', column: map.boolean });
}

function present(found: unknown): boolean {
  return found !== undefined && found !== null;
}

function scalar(row: Row, column: string): unknown {
  const found = row[column];
  return Array.isArray(found) ? found[0] : found;
}

function list(row: Row, column: string): readonly unknown[] {
  const found = row[column];
  if (Array.isArray(found)) return found;
  return present(found) ? [found] : [];
}
