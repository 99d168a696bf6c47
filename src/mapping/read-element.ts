/** One element of a fact from one row of a view. */
import type { SourceFlag } from '../cohort/cohort-record.generated.ts';
import { quote } from '../core/finding.ts';
import {
  absent,
  type ElementFinding,
  type ElementReading,
  type Meaning,
  NOTHING,
  present,
  type Row,
  scalar,
  value,
} from './element-reading.ts';
import type { FactValue } from './fact.ts';
import type { DateElement, ElementMap, FirstElement } from './fact-map.ts';
import type { SiteMappings } from './mappings.ts';
import { readAnswer, readConcept } from './read-concept.ts';
import { readDate } from './read-date.ts';
import { readAsWritten, readNumber, readQuantityElement } from './read-measure.ts';

/**
 * Reads element `name` by its map; time zone and concept maps are those of the resource's site. `before` are the
 * elements of the same row that were read earlier.
 */
export function readElement(
  name: string,
  map: ElementMap,
  row: Row,
  meaning: Meaning,
  before: Readonly<Record<string, FactValue>>,
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
      return readConcept(name, map, row, before, site);
    case 'quantity':
      return readQuantityElement(name, map, row, before, site);
    case 'as-written':
      return readAsWritten(name, map, row);
    case 'number':
      return readNumber(name, map, row);
    case 'answer':
      return readAnswer(name, map, row, site);
    case 'first':
      return readFirst(name, map, row, meaning, before, site);
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

/** Where none of them says anything, the last one's word stands. */
function readFirst(
  name: string,
  { of }: FirstElement,
  row: Row,
  meaning: Meaning,
  before: Readonly<Record<string, FactValue>>,
  site: SiteMappings,
): ElementReading {
  let reading = NOTHING;
  for (const map of of) {
    reading = readElement(name, map, row, meaning, before, site);
    if (reading.values[name] !== undefined) return reading;
  }
  return reading;
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
  const values: Record<string, FactValue> = { [name]: written.date };
  if (map.time !== undefined && written.time !== undefined) values[map.time] = written.time;
  if (map.epochMinute !== undefined && written.epochMinute !== undefined) {
    values[map.epochMinute] = written.epochMinute;
  }
  if (!written.utcWithoutZone && written.date.length === 10 && column !== undefined)
    return { ...NOTHING, values };
  const findings: ElementFinding[] = [];
  if (written.utcWithoutZone) findings.push({ code: 'date-in-utc', column: used });
  if (written.date.length < 10) findings.push({ code: 'date-imprecise', column: used, found: written.date });
  if (column === undefined) findings.push({ code: 'date-recorded-only', column: used });
  const flags: readonly SourceFlag[] = column === undefined ? ['DATE_FROM_RECORDED'] : [];
  return { values, flags, findings, usable: true };
}
