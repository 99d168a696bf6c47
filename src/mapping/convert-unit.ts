/**
 * How a unit converts to the canonical unit of its dimension: by the table of `units.json`, by UCUM's own rules for
 * the codes that no table lists, and for what is no UCUM by the name that people give it.
 */
import { convertUcum, isUcumUnit } from '../fhir/terminology/terminology-ucum.ts';
import { spellUnit } from './unit-text.ts';

/** To the canonical unit: a factor, and for units such as [degF] what is added after it. */
export type Conversion = number | { readonly factor: number; readonly offset: number };

/** Conversions to the canonical unit of one dimension, by UCUM code and by the text of the unit. */
export interface UnitTable {
  readonly canonical: string;
  readonly ucum: Readonly<Record<string, Conversion>>;
  readonly text: Readonly<Record<string, Conversion>>;
}

export interface Unit {
  readonly ucum: string | undefined;
  readonly text: string | undefined;
}

export interface UnitConversion {
  readonly conversion: Conversion;
  /** The unit was understood by its name alone. */
  readonly byText: boolean;
}

export function conversionOf({ ucum, text }: Unit, table: UnitTable): UnitConversion | undefined {
  if (ucum !== undefined) {
    const known = ucumConversions(table).get(ucum) ?? byRules(ucum, table);
    if (known !== undefined) return known;
    // "K/uL" is no UCUM, whoever says so; a code that is one means what it says.
    if (isUcumUnit(ucum)) return undefined;
  }
  const conversion = byName(text, table) ?? byName(ucum, table);
  return conversion === undefined ? undefined : { conversion, byText: true };
}

const BY_CODE = new WeakMap<UnitTable, ReadonlyMap<string, UnitConversion>>();

function ucumConversions(table: UnitTable): ReadonlyMap<string, UnitConversion> {
  let known = BY_CODE.get(table);
  if (known === undefined) {
    known = new Map(
      Object.entries(table.ucum).map(([code, conversion]) => [code, { conversion, byText: false }]),
    );
    BY_CODE.set(table, known);
  }
  return known;
}

const NAMES = new WeakMap<UnitTable, ReadonlyMap<string, Conversion>>();

function byName(text: string | undefined, table: UnitTable): Conversion | undefined {
  if (text === undefined) return undefined;
  let names = NAMES.get(table);
  if (names === undefined) {
    // Many systems write the UCUM code where the name of the unit belongs; a name of the table's own comes first.
    const entries = [...Object.entries(table.ucum), ...Object.entries(table.text)];
    names = new Map(entries.map(([name, conversion]) => [spellUnit(name), conversion]));
    NAMES.set(table, names);
  }
  return names.get(spellUnit(text));
}

const MAX_REMEMBERED = 1_000;
const BY_RULES = new WeakMap<UnitTable, Map<string, UnitConversion | undefined>>();

function byRules(code: string, table: UnitTable): UnitConversion | undefined {
  const known = BY_RULES.get(table) ?? new Map<string, UnitConversion | undefined>();
  BY_RULES.set(table, known);
  if (known.has(code)) return known.get(code);
  const conversion = isComparable(code, table) ? linear(code, table.canonical) : undefined;
  const found = conversion === undefined ? undefined : { conversion, byText: false };
  if (known.size < MAX_REMEMBERED) known.set(code, found);
  return found;
}

/** To UCUM a mole, an equivalent and a percentage are mere numbers: so are cells. None may stand for another. */
const AMOUNTS = /mol|eq|osm/;

/** UCUM passes over what stands in braces; but `{10*3}/uL` or `{Thousands}/uL` mean it. Only names of things are nothing. */
const MEANING_BRACES =
  /\{(?!(?:#|cells?|counts?|cop(?:y|ies)|[wr]bcs?|platelets?|lymphocytes?|leukocytes?|beats?)\})/i;

function isComparable(code: string, { canonical }: UnitTable): boolean {
  if (AMOUNTS.test(code) || AMOUNTS.test(canonical) || MEANING_BRACES.test(code)) return false;
  return convertUcum(1, canonical, '1') === undefined;
}

/** Every conversion of UCUM that is used here is a line: by what 0 and 1 become. */
function linear(from: string, to: string): Conversion | undefined {
  const offset = convertUcum(0, from, to);
  const one = convertUcum(1, from, to);
  if (offset === undefined || one === undefined) return undefined;
  const factor = Number((one - offset).toPrecision(12));
  return offset === 0 ? factor : { factor, offset };
}
