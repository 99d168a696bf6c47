/** Every place under /cohort, as the OpenAPI document tells it. */
import { CURVE_PARAMETERS } from '../cohort/report-request.ts';
import { anyObject, ref, type Schema } from './schema.ts';

export interface Place {
  /** As Express writes it. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  /** Names in the query. */
  readonly parameters: readonly string[];
  /** Those of them without which there is no answer. */
  readonly required?: readonly string[];
  /** Those of them that may be given once only, though elsewhere more often. */
  readonly single?: readonly string[];
  /** Schema of the answer by media type. */
  readonly answers: Readonly<Record<string, Schema>>;
}

const json = (name: string): Place['answers'] => ({ 'application/json': ref(name) });

const TABLE: Place['answers'] = {
  'text/csv': { type: 'string' },
  'application/x-ndjson': { type: 'string' },
  'application/vnd.apache.parquet': { type: 'string', contentEncoding: 'binary' },
};
const TABLE_PARAMETERS = ['asOf', 'endpoint', 'format'];

export const COHORT_PLACES: readonly Place[] = [
  {
    path: '/openapi.json',
    id: 'describe',
    summary: 'This document.',
    parameters: [],
    answers: { 'application/json': anyObject },
  },
  {
    path: '/patients',
    id: 'listPersons',
    summary: 'Everyone with a CAR-T course.',
    parameters: [],
    answers: json('Persons'),
  },
  {
    path: '/patients/:id',
    id: 'readPerson',
    summary: 'The record of a person, and what is derived of it.',
    parameters: ['asOf', 'parameter'],
    answers: json('PersonAnswer'),
  },
  {
    path: '/patients/:id/findings',
    id: 'readFindings',
    summary: 'What there is to say about the data of a person, validation included.',
    parameters: [],
    answers: json('Findings'),
  },
  {
    path: '/patients/:id/hct-history',
    id: 'readHctHistory',
    summary: 'How the assessment for HCT changed, by day.',
    parameters: ['from', 'to', 'knownAsOf'],
    answers: json('HctHistory'),
  },
  {
    path: '/hct-worklist',
    id: 'readHctWorklist',
    summary: 'Everyone by their assessment for HCT, with what is due.',
    parameters: ['asOf'],
    answers: json('HctWorklist'),
  },
  {
    path: '/adjudications',
    id: 'listAdjudications',
    summary: 'Questions that a clinician has to settle.',
    parameters: ['asOf', 'parameter'],
    answers: json('Adjudications'),
  },
  {
    path: '/data-quality',
    id: 'readDataQuality',
    summary: 'Findings and unmapped codes, counted by site.',
    parameters: [],
    answers: json('DataQuality'),
  },
  {
    path: '/reports/survival',
    id: 'reportSurvival',
    summary: 'Kaplan-Meier estimates of an endpoint, by stratum if asked for.',
    parameters: CURVE_PARAMETERS,
    required: ['endpoint'],
    single: ['endpoint'],
    answers: json('CurveReport'),
  },
  {
    path: '/reports/cumulative-incidence',
    id: 'reportCumulativeIncidence',
    summary: 'Aalen-Johansen estimates of an endpoint, by stratum if asked for.',
    parameters: CURVE_PARAMETERS,
    required: ['endpoint'],
    single: ['endpoint'],
    answers: json('CurveReport'),
  },
  {
    path: '/reports/swimmer',
    id: 'reportSwimmer',
    summary: 'A bar for each patient.',
    parameters: ['asOf', 'parameter'],
    answers: json('SwimmerReport'),
  },
  {
    path: '/reports/paired',
    id: 'reportPaired',
    summary: 'First and second courses of the same patients.',
    parameters: ['asOf', 'parameter'],
    answers: json('PairedReport'),
  },
  {
    path: '/reports/grades',
    id: 'reportGrades',
    summary: 'Toxicity by grade.',
    parameters: ['asOf', 'endpoint', 'parameter'],
    single: ['endpoint'],
    answers: json('GradeReport'),
  },
  {
    path: '/analysis-set',
    id: 'exportAnalysisSet',
    summary: 'One row for each patient and endpoint (docs/analysis-sets.md).',
    parameters: [...TABLE_PARAMETERS, 'column', 'parameter'],
    answers: TABLE,
  },
  {
    path: '/adtte',
    id: 'exportAdtte',
    summary: 'The same in the manner of ADTTE.',
    parameters: TABLE_PARAMETERS,
    answers: TABLE,
  },
];
