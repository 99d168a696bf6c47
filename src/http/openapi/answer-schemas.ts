/** What the places under /cohort answer with, beside the record itself. */

import { PARAMETER_SCHEMA } from '../../clinical/parameters/read-overrides.ts';
import { HCT_STATUSES } from '../../eligibility/hct-assessment.ts';
import { recordSchemas } from './record-schemas.ts';
import { reportSchemas } from './report-schemas.ts';
import {
  anyObject,
  closed,
  count,
  described,
  fullDate,
  integer,
  listOf,
  number,
  open,
  partialDate,
  ref,
  type Schema,
  text,
  truth,
} from './schema.ts';

const FINDING = closed({
  code: described('A code of docs/errors.md.', text),
  severity: { enum: ['error', 'warning', 'information'] },
  message: text,
  'reference?': described('Type/id of the resource.', text),
  'expression?': described('FHIRPath of the element.', text),
  'found?': text,
  'expected?': text,
  'site?': text,
  'rule?': described('The constraint that does not hold.', text),
});

const ENDPOINT_RESULT = closed({
  endpoint: text,
  version: text,
  'origin?': partialDate,
  status: { enum: ['EVENT', 'COMPETING', 'CENSORED', 'NOT_APPLICABLE', 'INDETERMINATE'] },
  'type?': text,
  'date?': partialDate,
  'days?': integer,
  'months?': number,
  'cd19?': { enum: ['POS', 'NEG', 'DIM', 'MIXED', 'UNKNOWN'] },
  'site?': text,
  'reason?': text,
  flags: listOf(text),
  'spanDays?': integer,
  evidence: listOf(ref('RecordSource')),
  'next?': closed({ status: text, type: text, date: partialDate, days: integer }),
  asOf: fullDate,
});

const HCT_STATUS = ref('HctStatus');

const PROBLEM = open({
  type: text,
  title: text,
  status: integer,
  code: described('A code of docs/errors.md.', text),
  detail: text,
  correlationId: text,
  'expression?': text,
  'found?': text,
  'expected?': text,
});

const { $schema: _, ...CLINICAL_PARAMETERS } = PARAMETER_SCHEMA;

export const ANSWER_SCHEMAS: Readonly<Record<string, Schema>> = {
  ...recordSchemas(),
  ...reportSchemas(),
  Problem: described('RFC 9457, with a stable code.', PROBLEM),
  ClinicalParameters: described(
    'Those that do not have their default (docs/parameters.md).',
    CLINICAL_PARAMETERS,
  ),
  Finding: FINDING,
  EndpointResult: ENDPOINT_RESULT,
  HctStatus: { enum: [...HCT_STATUSES, 'INDETERMINATE'] },
  Persons: closed({ patients: listOf(closed({ id: text, courses: count })) }),
  PersonAnswer: closed({
    record: ref('CohortRecord'),
    derived: closed({
      asOf: fullDate,
      endpoints: listOf(ref('EndpointResult')),
      hct: open({ status: HCT_STATUS, ruleset: text }),
      parameters: ref('ClinicalParameters'),
      courses: listOf(open({ course: count })),
    }),
  }),
  Findings: closed({ id: text, findings: listOf(ref('Finding')) }),
  Adjudications: closed({
    asOf: fullDate,
    parameters: ref('ClinicalParameters'),
    items: listOf(open({ patient: text, course: count, definition: text })),
  }),
  DataQuality: closed({
    on: fullDate,
    patients: count,
    findings: listOf(open({ 'site?': text, code: text, count })),
    withoutPatient: listOf(closed({ site: text, count })),
    unmappedCodes: listOf(closed({ site: text, resourceType: text, 'system?': text, 'code?': text, count })),
  }),
  HctHistory: closed({
    patient: text,
    ruleset: text,
    'from?': fullDate,
    'to?': fullDate,
    changes: listOf(
      closed({
        date: fullDate,
        'day?': integer,
        status: HCT_STATUS,
        'statusIfEligible?': HCT_STATUS,
        'timing?': text,
        changes: listOf(closed({ what: text, 'from?': text, 'to?': text })),
        cause: { enum: ['FACT', 'TIME'] },
        facts: listOf(anyObject),
        missing: listOf(text),
        summary: text,
      }),
    ),
  }),
  HctWorklist: closed({
    asOf: fullDate,
    ruleset: text,
    items: listOf(
      closed({
        patient: text,
        status: HCT_STATUS,
        'statusIfEligible?': HCT_STATUS,
        'since?': fullDate,
        'eligibleSince?': fullDate,
        'day?': integer,
        summary: text,
        due: listOf(
          closed({
            what: { enum: ['B_CELLS', 'REASSESSMENT', 'HCT_WINDOW_AFTER_CD28', 'MISSING_DATA'] },
            'by?': partialDate,
            overdue: truth,
            'detail?': text,
          }),
        ),
      }),
    ),
    counts: { type: 'object', propertyNames: HCT_STATUS, additionalProperties: count },
    attrition: listOf(anyObject),
  }),
};
