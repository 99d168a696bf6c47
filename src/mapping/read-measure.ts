/** Elements that are numbers: quantities in canonical units, quantities as written, scores. */
import { quote } from '../core/finding.ts';
import {
  absent,
  columnsOf,
  type ElementFinding,
  type ElementReading,
  list,
  type Row,
  scalar,
  value,
} from './element-reading.ts';
import type { FactValue } from './fact.ts';
import type { AsWrittenElement, NumberElement, QuantityElement, QuantityRange } from './fact-map.ts';
import type { SiteMappings } from './mappings.ts';
import { type Measured, parseFractionText, parseQuantityText, readQuantity } from './read-quantity.ts';

/** `before` are the elements of the same row that were read earlier. */
export function readQuantityElement(
  name: string,
  map: QuantityElement,
  row: Row,
  before: Readonly<Record<string, FactValue>>,
  site: SiteMappings,
): ElementReading {
  const range = rangeOf(map, before);
  if (range === undefined) return absent(map);
  const measured = measure(map, range, row, site);
  const { value: column } = columnsOf(map.from);
  if (measured.trouble !== undefined) {
    return absent(map, {
      code: measured.trouble,
      column,
      ...(measured.found === undefined ? {} : { found: measured.found }),
    });
  }
  if (measured.value === undefined) return absent(map);
  const number = rounded(measured.value, map.decimals);
  if (outside(number, range)) {
    const expected = `${range.minimum ?? '-∞'} to ${range.maximum ?? '∞'} ${site.units(range.unit).canonical}`;
    return absent(map, { code: 'value-out-of-range', column, found: String(number), expected });
  }
  const values: Record<string, FactValue> = { [name]: number };
  if (map.comparator !== undefined && measured.comparator !== undefined) {
    values[map.comparator] = measured.comparator;
  }
  const findings: ElementFinding[] =
    measured.unitByText === true
      ? [
          {
            code: 'unit-by-text',
            column,
            ...(measured.found === undefined ? {} : { found: measured.found }),
          },
        ]
      : [];
  return { values, flags: measured.unitByText === true ? ['UNIT_BY_TEXT'] : [], findings, usable: true };
}

function rangeOf(
  map: QuantityElement,
  before: Readonly<Record<string, FactValue>>,
): QuantityRange | undefined {
  if (map.by === undefined) return map.unit === undefined ? undefined : { ...map, unit: map.unit };
  const key = String(before[map.by.element]);
  return Object.hasOwn(map.by.ranges, key) ? map.by.ranges[key] : undefined;
}

function measure(map: QuantityElement, { unit }: QuantityRange, row: Row, site: SiteMappings): Measured {
  const columns = columnsOf(map.from);
  const values = list(row, columns.value);
  const table = site.units(unit);
  if (values.length === 0 && map.text !== undefined) {
    const text = scalar(row, map.text);
    return table.canonical === '1' ? parseFractionText(text) : parseQuantityText(text, table);
  }
  return readQuantity(
    {
      values,
      comparators: list(row, columns.comparator),
      ucum: list(row, columns.ucum),
      units: list(row, columns.unit),
    },
    table,
    (map.alternatives ?? []).map((other) => site.units(other)),
  );
}

function rounded(number: number, decimals: number | undefined): number {
  return decimals === undefined ? number : Number(number.toFixed(decimals));
}

function outside(
  number: number,
  { minimum, maximum }: { readonly minimum?: number; readonly maximum?: number },
): boolean {
  return number < (minimum ?? -Infinity) || number > (maximum ?? Infinity);
}

/** A number whose unit is UCUM's; another unit says nothing that could be used. */
export function readAsWritten(name: string, map: AsWrittenElement, row: Row): ElementReading {
  const columns = columnsOf(map.from);
  const number = scalar(row, columns.value);
  const ucum = scalar(row, columns.ucum);
  if (typeof number !== 'number' || typeof ucum !== 'string') return absent(map);
  return { ...value(name, number), values: { [name]: number, [map.unit]: ucum } };
}

export function readNumber(name: string, map: NumberElement, row: Row): ElementReading {
  for (const column of map.from) {
    const number = scalar(row, column);
    if (typeof number !== 'number') continue;
    if (!outside(number, map)) return value(name, number);
    const expected = `${map.minimum ?? '-∞'} to ${map.maximum ?? '∞'}`;
    return absent(map, { code: 'value-out-of-range', column, found: quote(String(number)), expected });
  }
  return absent(map);
}
