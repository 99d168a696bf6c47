import { changedParameters, type ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';
import { deriveFromFacts } from '../endpoints/derive-endpoint.ts';
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
import { deriveEndpointFacts } from '../endpoints/endpoint-facts.ts';
import type { EndpointResult } from '../endpoints/endpoint-result.ts';
import type { StratumValue } from '../reports/named-strata.ts';
import type { Column } from '../reports/parse-column.ts';
import { writtenParameters } from '../reports/report-parameters.ts';
import type { CellType, Table, TableColumn } from './table.ts';

/** A row of a table for statisticians; null where there is no value. */
export type AnalysisRow = Readonly<Record<string, string | number | null>>;

const COLUMNS: Readonly<Record<string, CellType>> = {
  patient: 'text',
  endpoint: 'text',
  version: 'text',
  asOf: 'date',
  course: 'integer',
  product: 'text',
  sex: 'text',
  origin: 'date',
  status: 'text',
  type: 'text',
  date: 'date',
  days: 'number', // half a day where the definition counts day 0 so
  event: 'integer',
  months: 'number',
  cd19: 'text',
  relapseSite: 'text', // `site` is the stratum: the hospital
  reason: 'text',
  spanDays: 'integer',
  flags: 'text',
  evidence: 'text',
};

/** 0 censored, 1 the event, 2 a competing event: what statistics take. */
const EVENT_CODES: Readonly<Partial<Record<EndpointResult['status'], number>>> = {
  CENSORED: 0,
  EVENT: 1,
  COMPETING: 2,
};

/**
 * One patient and one definition, as our own names have it: everybody has a row, also who has no time. `columns` are
 * added behind, each value of the patient's index course; one that is there already is not written twice. Where they
 * rest on clinical parameters that do not have their default, `parameters` behind them says which; the endpoints rest on
 * none.
 */
export function buildAnalysisSet(
  records: readonly CohortRecord[],
  definitions: readonly EndpointDefinition[],
  asOf: PartialDate,
  columns: readonly Column[] = [],
  overrides: ParameterOverrides = {},
): Table<AnalysisRow> {
  const added = columns.filter(
    ({ name }, at) => !Object.hasOwn(COLUMNS, name) && columns.findIndex((one) => one.name === name) === at,
  );
  const changed = writtenParameters(
    changedParameters(
      overrides,
      added.flatMap(({ parameters }) => parameters),
    ),
  );
  const named = changed === '' ? {} : { parameters: changed };
  const rows = records.flatMap((record) => {
    const facts = deriveEndpointFacts(record, asOf);
    return definitions.map((definition): AnalysisRow => {
      const result = deriveFromFacts(definition, facts);
      const indexCourse = facts.course(definition.indexCourse);
      const course = indexCourse?.course;
      return {
        patient: record.id,
        endpoint: result.endpoint,
        version: result.version,
        asOf: result.asOf,
        course: course?.number ?? null,
        product: course?.product.code ?? null,
        sex: record.patient.sex?.value ?? null,
        origin: result.origin ?? null,
        status: result.status,
        type: result.type ?? null,
        date: result.date ?? null,
        days: result.days ?? null,
        event: EVENT_CODES[result.status] ?? null,
        months: result.months ?? null,
        cd19: result.cd19 ?? null,
        relapseSite: result.site ?? null,
        reason: result.reason ?? null,
        spanDays: result.spanDays ?? null,
        flags: result.flags.join(';'),
        evidence: result.evidence.map(({ reference, path }) => `${reference}#${path}`).join(';'),
        ...Object.fromEntries(
          added.map((column) => [
            column.name,
            indexCourse === undefined
              ? null
              : cellOf(column.valueOf({ facts, course: indexCourse }, overrides)),
          ]),
        ),
        ...named,
      };
    });
  });
  const types = added.map(({ name }): TableColumn => ({ name, type: typeOfValues(rows, name) }));
  const last = Object.keys(named).map((name): TableColumn => ({ name, type: 'text' }));
  return { columns: [...tableColumns(COLUMNS), ...types, ...last], rows };
}

export function tableColumns(types: Readonly<Record<string, CellType>>): readonly TableColumn[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}

/** Texts where any value is none but a bound, as `<0.01`. */
function typeOfValues(rows: readonly AnalysisRow[], name: string): CellType {
  return rows.some((row) => typeof row[name] === 'string') ? 'text' : 'number';
}

/** A bound is written with its comparator, as the laboratory did. */
function cellOf(value: StratumValue | undefined): string | number | null {
  if (value === undefined) return null;
  if (typeof value !== 'object') return value;
  return value.comparator === undefined ? value.value : `${value.comparator}${value.value}`;
}
