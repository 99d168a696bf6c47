/** Elements that are numbers: quantities in canonical units, quantities as written, scores. */
import { quote } from '../core/finding.ts';
import type { UnitTable } from './convert-unit.ts';
import {
  type Columns,
  type Draft,
  type ElementSite,
  firstOf,
  leaveOut,
  type ReadElement,
} from './element-reading.ts';
import type { AsWrittenElement, NumberElement, QuantityElement, QuantityRange } from './fact-map.ts';
import { type Measured, parseFractionText, parseQuantityText, readQuantity } from './read-quantity.ts';

interface Limits {
  readonly table: UnitTable;
  readonly minimum: number;
  readonly maximum: number;
  readonly expected: string;
}

export function compileQuantity(
  name: string,
  map: QuantityElement,
  columns: Columns,
  site: ElementSite,
): ReadElement {
  const limitsOf = compileLimits(map, site);
  const alternatives = (map.alternatives ?? []).map((other) => site.units(other));
  const column = `${map.from}__value`;
  const readValues = columns(column);
  const readComparators = columns(`${map.from}__comparator`);
  const readUcum = columns(`${map.from}__ucum`);
  const readUnits = columns(`${map.from}__unit`);
  const readText = map.text === undefined ? undefined : columns(map.text);
  return (row, _meaning, draft) => {
    const limits = limitsOf(draft);
    const values = limits === undefined ? undefined : readValues(row);
    if (limits === undefined || (values === undefined && readText === undefined)) {
      leaveOut(draft, map);
      return;
    }
    const { table } = limits;
    const measured =
      values === undefined
        ? parseText(firstOf(readText?.(row)), table)
        : readQuantity(
            { values, comparators: readComparators(row), ucum: readUcum(row), units: readUnits(row) },
            table,
            alternatives,
          );
    keepMeasured(name, map, column, measured, limits, draft);
  };
}

function parseText(text: unknown, table: UnitTable): Measured {
  return table.canonical === '1' ? parseFractionText(text) : parseQuantityText(text, table);
}

function keepMeasured(
  name: string,
  map: QuantityElement,
  column: string,
  { value, comparator, unitByText, trouble, found }: Measured,
  { minimum, maximum, expected }: Limits,
  draft: Draft,
): void {
  const quoted = found === undefined ? {} : { found };
  if (trouble !== undefined) {
    leaveOut(draft, map, { code: trouble, column, ...quoted });
    return;
  }
  if (value === undefined) {
    leaveOut(draft, map);
    return;
  }
  const number = map.decimals === undefined ? value : Number(value.toFixed(map.decimals));
  if (number < minimum || number > maximum) {
    leaveOut(draft, map, { code: 'value-out-of-range', column, found: String(number), expected });
    return;
  }
  draft.elements[name] = number;
  if (map.comparator !== undefined && comparator !== undefined) draft.elements[map.comparator] = comparator;
  if (unitByText === true) {
    draft.findings.push({ code: 'unit-by-text', column, ...quoted });
    draft.flags.push('UNIT_BY_TEXT');
  }
}

/** Dimension and limits of the quantity, by another element where the map says so. */
function compileLimits(map: QuantityElement, site: ElementSite): (draft: Draft) => Limits | undefined {
  const limits = ({ unit, minimum = -Infinity, maximum = Infinity }: QuantityRange): Limits => {
    const table = site.units(unit);
    const text = (limit: number): string => (Number.isFinite(limit) ? String(limit) : limit < 0 ? '-∞' : '∞');
    return { table, minimum, maximum, expected: `${text(minimum)} to ${text(maximum)} ${table.canonical}` };
  };
  const { by, unit } = map;
  if (by !== undefined) {
    const ranges = new Map(Object.entries(by.ranges).map(([key, range]) => [key, limits(range)]));
    return ({ elements }) => ranges.get(String(elements[by.element]));
  }
  const only = unit === undefined ? undefined : limits({ ...map, unit });
  return () => only;
}

/** A number whose unit is UCUM's; another unit says nothing that could be used. */
export function compileAsWritten(name: string, map: AsWrittenElement, columns: Columns): ReadElement {
  const readValue = columns(`${map.from}__value`);
  const readUcum = columns(`${map.from}__ucum`);
  return (row, _meaning, draft) => {
    const number = firstOf(readValue(row));
    const ucum = firstOf(readUcum(row));
    if (typeof number !== 'number' || typeof ucum !== 'string') {
      leaveOut(draft, map);
      return;
    }
    draft.elements[name] = number;
    draft.elements[map.unit] = ucum;
  };
}

export function compileNumber(name: string, map: NumberElement, columns: Columns): ReadElement {
  const { minimum = -Infinity, maximum = Infinity } = map;
  const from = map.from.map((column) => ({ column, read: columns(column) }));
  return (row, _meaning, draft) => {
    for (const { column, read } of from) {
      const number = firstOf(read(row));
      if (typeof number !== 'number') continue;
      if (number >= minimum && number <= maximum) {
        draft.elements[name] = number;
        return;
      }
      const expected = `${map.minimum ?? '-∞'} to ${map.maximum ?? '∞'}`;
      leaveOut(draft, map, { code: 'value-out-of-range', column, found: quote(String(number)), expected });
      return;
    }
    leaveOut(draft, map);
  };
}
