import type { CohortRecord, PartialDate, Source } from '../cohort/cohort-record.generated.ts';
import { deriveFromFacts } from '../endpoints/derive-endpoint.ts';
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
import { deriveEndpointFacts, type EndpointFacts } from '../endpoints/endpoint-facts.ts';
import type { EndpointResult } from '../endpoints/endpoint-result.ts';
import { type AnalysisRow, tableColumns } from './analysis-set.ts';
import type { CellType, Table } from './table.ts';

const COLUMNS: Readonly<Record<string, CellType>> = {
  STUDYID: 'text',
  USUBJID: 'text',
  SITEID: 'text',
  SEX: 'text',
  TRT01A: 'text',
  PARAMCD: 'text',
  PARAM: 'text',
  PARCAT1: 'text',
  PARVER: 'text',
  AVAL: 'number',
  AVALU: 'text',
  STARTDT: 'date',
  ADT: 'date',
  ADTF: 'text',
  CNSR: 'integer',
  EVNTDESC: 'text',
  CNSDTDSC: 'text',
  ANL01FL: 'text',
  CUTOFFDT: 'date',
  SRCDOM: 'text',
  SRCREF: 'text',
  SRCVAR: 'text',
  SRCSEQ: 'text',
};

/** CDISC ADaM's controlled meaning of CNSR: 0 is the event; we take 1 for censored and 2 for a competing event. */
const CENSORING: Readonly<Partial<Record<EndpointResult['status'], number>>> = {
  EVENT: 0,
  CENSORED: 1,
  COMPETING: 2,
};

/**
 * Rows in the style of ADTTE, the time-to-event data set of CDISC ADaM (ADaMIG for time-to-event 1.0): a row a
 * subject and parameter, with the resource that decided as SRCDOM (its type), SRCVAR (path) and SRCSEQ (version), so
 * that every number leads back to its source. ANL01FL is Y where there is a time.
 */
export function buildAdtte(
  records: readonly CohortRecord[],
  definitions: readonly EndpointDefinition[],
  asOf: PartialDate,
  study: string,
): Table<AnalysisRow> {
  const rows = records.flatMap((record) => {
    const facts = deriveEndpointFacts(record, asOf);
    return definitions.map((definition) => rowOf(record, facts, definition, study));
  });
  return { columns: tableColumns(COLUMNS), rows };
}

function rowOf(
  record: CohortRecord,
  facts: EndpointFacts,
  definition: EndpointDefinition,
  study: string,
): AnalysisRow {
  const result = deriveFromFacts(definition, facts);
  const { status, type, date, origin, days, evidence, cd19, reason } = result;
  const course = facts.course(definition.indexCourse);
  const source = decidingSource(result, facts, definition);
  const censoring = CENSORING[status];
  return {
    STUDYID: study,
    USUBJID: record.id,
    SITEID: evidence[0]?.site ?? null,
    SEX: sexOf(record),
    TRT01A: course?.course.product.code ?? null,
    PARAMCD: paramCode(definition.id),
    PARAM: definition.title,
    PARCAT1: definition.id,
    PARVER: definition.version,
    AVAL: days ?? null,
    AVALU: days === undefined ? null : 'DAYS',
    STARTDT: origin ?? null,
    ADT: date ?? null,
    ADTF: imputation(course?.timeline, result),
    CNSR: censoring ?? null,
    EVNTDESC: status === 'EVENT' || status === 'COMPETING' ? describe(type, cd19) : null,
    CNSDTDSC: status === 'CENSORED' ? (type ?? null) : (reason ?? null),
    ANL01FL: days === undefined ? null : 'Y',
    CUTOFFDT: result.asOf,
    ...sourceOf(source),
  };
}

/** The last source of the evidence is that of the fact that ended the time; before it stand those of the origin. */
function decidingSource(
  { evidence }: EndpointResult,
  facts: EndpointFacts,
  { indexCourse }: EndpointDefinition,
): Source | undefined {
  const infusion = new Set(facts.course(indexCourse)?.course.infusion.sources);
  return evidence.filter((source) => !infusion.has(source)).at(-1) ?? evidence.at(-1);
}

function sourceOf(source: Source | undefined): AnalysisRow {
  const [type, id] = source?.reference.split('/') ?? [];
  return {
    SRCDOM: type ?? null,
    SRCREF: id ?? null,
    SRCVAR: source?.path ?? null,
    SRCSEQ: source?.versionId ?? null,
  };
}

/** The level down to which a date was imputed: D for the day, M for month and day. */
function imputation(timeline: object | undefined, { flags, spanDays }: EndpointResult): string | null {
  if (timeline === undefined || !flags.includes('DATE_IMPUTED')) return null;
  return (spanDays ?? 0) > 31 ? 'M' : 'D';
}

function describe(type: string | undefined, cd19: string | undefined): string | null {
  if (type === undefined) return null;
  return cd19 === undefined ? type : `${type} CD19 ${cd19}`;
}

function sexOf({ patient }: CohortRecord): string | null {
  switch (patient.sex?.value) {
    case 'FEMALE':
      return 'F';
    case 'MALE':
      return 'M';
    case 'OTHER':
      return 'UNDIFFERENTIATED';
    default:
      return 'U';
  }
}

const MOST = 8;

/** At most eight characters, as ADaM asks: the id itself, else its beginning and a checksum. */
export function paramCode(id: string): string {
  const plain = id.replaceAll('_', '');
  if (plain.length <= MOST) return plain;
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return `${plain.slice(0, 5)}${(hash % 36 ** 3).toString(36).toUpperCase().padStart(3, '0')}`;
}
