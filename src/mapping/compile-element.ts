/** One element of a fact map, compiled to a function that reads it from a row into the fact. */
import { quote } from '../core/finding.ts';
import { compileAnswer, compileConcept } from './compile-concept.ts';
import { compileAsWritten, compileNumber, compileQuantity } from './compile-measure.ts';
import {
  type Columns,
  type Draft,
  type ElementSite,
  firstOf,
  leaveOut,
  type ReadElement,
} from './element-reading.ts';
import type { DateElement, ElementMap } from './fact-map.ts';
import { readDate, type WrittenDate } from './read-date.ts';

type Boolean = Extract<ElementMap, { readonly as: 'boolean' }>;
type Text = Extract<ElementMap, { readonly as: 'text' }>;

/** Reads element `name` by its map; time zone, concept maps and units are those of the site. */
export function compileElement(
  name: string,
  map: ElementMap,
  columns: Columns,
  site: ElementSite,
): ReadElement {
  switch (map.as) {
    case 'constant':
      return (_row, _meaning, { elements }) => {
        elements[name] = map.value;
      };
    case 'kind':
      return compileKind(name, map.map, site);
    case 'date':
      return compileDate(name, map, columns, site);
    case 'concept':
      return compileConcept(name, map, columns, site);
    case 'quantity':
      return compileQuantity(name, map, columns, site);
    case 'as-written':
      return compileAsWritten(name, map, columns);
    case 'number':
      return compileNumber(name, map, columns);
    case 'answer':
      return compileAnswer(name, map, columns, site);
    case 'first':
      return compileFirst(
        name,
        map.of.map((one) => compileElement(name, one, columns, site)),
      );
    case 'boolean':
      return compileBoolean(name, map, columns);
    case 'text':
      return compileText(name, map, columns);
  }
}

/** Where none of them says anything, the last one's word stands. */
function compileFirst(name: string, readers: readonly ReadElement[]): ReadElement {
  return (row, meaning, draft) => {
    const { flags, findings, usable } = draft;
    const before = { flags: flags.length, findings: findings.length };
    for (const read of readers) {
      flags.length = before.flags;
      findings.length = before.findings;
      draft.usable = usable;
      draft.other = false;
      read(row, meaning, draft);
      if (draft.elements[name] !== undefined) return;
    }
  };
}

function compileKind(name: string, mapName: string | undefined, { kinds }: ElementSite): ReadElement {
  const targets = mapName === undefined ? undefined : kinds.get(mapName);
  return (_row, { kind }, draft) => {
    const value = mapName === undefined || kind === undefined ? kind : targets?.get(kind);
    if (value === undefined) draft.usable = false;
    else draft.elements[name] = value;
  };
}

function compileDate(
  name: string,
  map: DateElement,
  columns: Columns,
  { timeZone }: ElementSite,
): ReadElement {
  const clinical = map.from.map((column) => ({ column, read: columns(column), isRecorded: false }));
  const recorded =
    map.recorded === undefined
      ? []
      : [{ column: map.recorded, read: columns(map.recorded), isRecorded: true }];
  const candidates = [...clinical, ...recorded];
  const missing =
    map.required === true ? { code: 'date-missing' as const, column: map.from[0] ?? name } : undefined;
  return (row, { kinds }, draft) => {
    if (map.unlessKind?.some((kind) => kinds.includes(kind)) === true) return;
    for (const { column, read, isRecorded } of candidates) {
      const text = firstOf(read(row));
      if (text === undefined) continue;
      const written = readDate(text, timeZone);
      if (written === undefined) {
        const found = quote(text);
        leaveOut(draft, map, { code: 'date-unparseable', column, found, expected: 'a FHIR date' });
      } else keepDate(name, map, written, column, isRecorded, draft);
      return;
    }
    leaveOut(draft, map, missing);
  };
}

function keepDate(
  name: string,
  map: DateElement,
  { date, time, epochMinute, utcWithoutZone }: WrittenDate,
  column: string,
  isRecorded: boolean,
  { elements, findings, flags }: Draft,
): void {
  elements[name] = date;
  if (map.time !== undefined && time !== undefined) elements[map.time] = time;
  if (map.epochMinute !== undefined && epochMinute !== undefined) elements[map.epochMinute] = epochMinute;
  if (utcWithoutZone) findings.push({ code: 'date-in-utc', column });
  if (date.length < 10) findings.push({ code: 'date-imprecise', column, found: date });
  if (isRecorded) {
    findings.push({ code: 'date-recorded-only', column });
    flags.push('DATE_FROM_RECORDED');
  }
}

function compileBoolean(name: string, map: Boolean, columns: Columns): ReadElement {
  const read = columns(map.from);
  return (row, _meaning, draft) => {
    const flag = firstOf(read(row));
    const value = typeof flag === 'boolean' ? flag : map.default;
    if (value === undefined) leaveOut(draft, map);
    else draft.elements[name] = value;
  };
}

function compileText(name: string, map: Text, columns: Columns): ReadElement {
  const read = columns(map.from);
  return (row, _meaning, draft) => {
    const text = firstOf(read(row));
    if (typeof text === 'string' && text !== '') draft.elements[name] = text;
    else leaveOut(draft, map);
  };
}
