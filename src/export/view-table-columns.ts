import { kindOf } from '../fhir/fhirpath/type-model.ts';
import type { CompiledView } from '../mapping/view/compile-view.ts';
import type { ViewColumn } from '../mapping/view/view-columns.ts';
import type { CellType, TableColumn } from './table.ts';

/**
 * Primitive types that are no text in a table. FHIR's dates and dateTimes may stand for a year or a month, so they
 * stay texts, as written; a view that knows its dates to be full says so by the tag `ansi/type`.
 */
const BY_FHIR_TYPE: Readonly<Record<string, CellType>> = {
  boolean: 'boolean',
  integer: 'integer',
  positiveInt: 'integer',
  unsignedInt: 'integer',
  integer64: 'long',
  decimal: 'number',
  instant: 'instant',
};

/** Type names of SQL that the tag `ansi/type` of SQL on FHIR may give, in front of any length or precision. */
const BY_ANSI_TYPE: Readonly<Record<string, CellType>> = {
  BOOLEAN: 'boolean',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  INT: 'integer',
  BIGINT: 'long',
  REAL: 'number',
  FLOAT: 'number',
  'DOUBLE PRECISION': 'number',
  DECIMAL: 'number',
  NUMERIC: 'number',
  CHARACTER: 'text',
  CHAR: 'text',
  'CHARACTER VARYING': 'text',
  VARCHAR: 'text',
  DATE: 'date',
  'TIMESTAMP WITH TIME ZONE': 'instant',
};

/** Columns of a view with the types that its author declares, else those that its paths lead to in R4. */
export function viewTableColumns(view: CompiledView): readonly TableColumn[] {
  return view.columns.map((column) => ({
    name: column.name,
    type: cellTypeOf(column),
    ...(column.collection ? { collection: true } : {}),
  }));
}

function cellTypeOf({ type, inferredType, tags }: ViewColumn): CellType {
  const ansi = tags
    .find(({ name }) => name === 'ansi/type')
    ?.value.replace(/\s*\(.*$/, '')
    .toUpperCase();
  const tagged = ansi === undefined ? undefined : BY_ANSI_TYPE[ansi];
  if (tagged !== undefined) return tagged;
  const fhir = type ?? inferredType;
  if (fhir === undefined) return 'text';
  const name = fhir.slice(fhir.lastIndexOf('/') + 1).replace(/^System\./, '');
  return cellTypeOfFhir(name) ?? cellTypeOfFhir(name.charAt(0).toLowerCase() + name.slice(1)) ?? 'json';
}

function cellTypeOfFhir(type: string): CellType | undefined {
  return BY_FHIR_TYPE[type] ?? (kindOf(type) === 'complex' ? undefined : 'text');
}
