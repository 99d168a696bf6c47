import type { EndpointDefinition } from './endpoint-definition.ts';

/** What a definition says unless it says otherwise: everybody infused, and nothing ends the clock but death. */
const BASE = {
  version: '1.0.0',
  originType: 'INDEX_INFUSION',
  population: 'ALL_INFUSED',
  indexCourse: 1,
  responseDeadlineDay: 42,
  noResponse: 'IGNORE',
  relapse: 'IGNORE',
  relapseAntigen: 'ANY',
  mrdRelapse: 'IGNORE',
  mrdPersistence: 'IGNORE',
  death: 'EVENT',
  deathFromLeukemia: 'AS_DEATH',
  secondMalignancy: 'IGNORE',
  hctInRemission: 'IGNORE',
  newTherapyInRemission: 'IGNORE',
  maintenanceInRemission: 'IGNORE',
  reinfusionInRemission: 'IGNORE',
  bcaLoss: 'IGNORE',
  censorAt: 'LAST_CONTACT',
  zeroTime: 'KEEP_0',
  monthDays: 30.4375,
} as const satisfies Partial<EndpointDefinition>;

/** No response at its assessment, relapse and death are events; therapies in remission change nothing. */
const LEUKEMIA_FREE = { ...BASE, noResponse: 'AT_ASSESSMENT', relapse: 'EVENT' } as const;

const CENSORED_AT_THERAPY = {
  hctInRemission: 'CENSOR',
  newTherapyInRemission: 'CENSOR',
  maintenanceInRemission: 'CENSOR',
  reinfusionInRemission: 'CENSOR',
} as const;

const FAILED_AT_THERAPY = {
  hctInRemission: 'EVENT',
  newTherapyInRemission: 'EVENT',
  maintenanceInRemission: 'EVENT',
  reinfusionInRemission: 'EVENT',
} as const;

const ELIANA = { ...LEUKEMIA_FREE, responseDeadlineDay: 92, noResponse: 'AT_ORIGIN' } as const;

const RESPONDERS = {
  ...BASE,
  originType: 'FIRST_CR',
  population: 'RESPONDERS',
  relapse: 'EVENT',
} as const;

const CUMULATIVE_RELAPSE = {
  ...LEUKEMIA_FREE,
  death: 'COMPETING',
  deathFromLeukemia: 'AS_RELAPSE',
} as const;

const APLASIA_LOSS = {
  ...BASE,
  noResponse: 'COMPETING_AT_ASSESSMENT',
  relapse: 'COMPETING',
  death: 'COMPETING',
  hctInRemission: 'COMPETING',
  newTherapyInRemission: 'COMPETING',
  reinfusionInRemission: 'COMPETING',
  bcaLoss: 'EVENT',
} as const;

const DEFINITIONS: readonly EndpointDefinition[] = [
  { ...BASE, id: 'OS', title: 'Overall survival', sources: ['clinical-spec 4.5', 'PKU L109', 'BEL L32'] },
  {
    ...LEUKEMIA_FREE,
    id: 'LFS_PEKING',
    title: 'Leukaemia-free survival, not censored at therapy in remission',
    sources: ['clinical-spec 4.5', 'PKU L109'],
  },
  {
    ...LEUKEMIA_FREE,
    id: 'DFS_NOCENS',
    title: 'Disease-free survival without censoring; another name of LFS_PEKING',
    sources: ['clinical-spec 4.5', 'PKU L109'],
  },
  {
    ...ELIANA,
    ...CENSORED_AT_THERAPY,
    id: 'EFS_ELIANA_CENS',
    title: 'Event-free survival, trial form, censored at further therapy in remission',
    sources: ['clinical-spec 4.5 (OK-M)'],
  },
  {
    ...ELIANA,
    id: 'EFS_ELIANA_NOCENS',
    title: 'Event-free survival, trial form, not censored',
    sources: ['clinical-spec 4.5 (OK-M)'],
  },
  {
    ...LEUKEMIA_FREE,
    secondMalignancy: 'EVENT',
    id: 'EFS_RW_D28',
    title: 'Event-free survival, real-world form',
    sources: ['clinical-spec 4.5 (PROJ)', 'WH L194', 'COM L7'],
  },
  {
    ...LEUKEMIA_FREE,
    id: 'EFS_BE_A',
    title: 'Event-free survival, Belgian cohort, transplantation is what followed a relapse',
    sources: ['clinical-spec 4.5', 'BEL L32'],
  },
  {
    ...LEUKEMIA_FREE,
    hctInRemission: 'EVENT',
    id: 'EFS_BE_B',
    title: 'Event-free survival, Belgian cohort, transplantation itself is an event',
    sources: ['clinical-spec 4.5', 'BEL L32'],
  },
  {
    ...LEUKEMIA_FREE,
    ...FAILED_AT_THERAPY,
    id: 'EFS_ANYTX',
    title: 'Event-free survival, any further therapy is an event',
    sources: ['clinical-spec 4.5', 'JI L21'],
  },
  {
    ...LEUKEMIA_FREE,
    ...FAILED_AT_THERAPY,
    mrdRelapse: 'EVENT',
    mrdPersistence: 'AT_ASSESSMENT',
    secondMalignancy: 'EVENT',
    id: 'EFS_STRINGENT',
    title: 'Event-free survival, MRD and any further therapy are events',
    sources: ['clinical-spec 4.5 (OK-M)'],
  },
  {
    ...RESPONDERS,
    ...CENSORED_AT_THERAPY,
    id: 'RFS_CENS',
    title: 'Relapse-free survival of responders, censored at further therapy in remission',
    sources: ['clinical-spec 4.5', 'WH L714', 'WH L724'],
  },
  {
    ...RESPONDERS,
    id: 'RFS_NOCENS',
    title: 'Relapse-free survival of responders, not censored',
    sources: ['clinical-spec 4.5', 'WH L714', 'WH L724'],
  },
  {
    ...RESPONDERS,
    ...CENSORED_AT_THERAPY,
    death: 'COMPETING_UNLESS_LEUKEMIA',
    id: 'DOR_CR',
    title: 'Duration of remission',
    sources: ['clinical-spec 4.5 (OK-M)'],
  },
  {
    ...CUMULATIVE_RELAPSE,
    id: 'CIR',
    title: 'Cumulative incidence of relapse, no response is an own category',
    sources: ['clinical-spec 4.5', 'PKU L109'],
  },
  {
    ...CUMULATIVE_RELAPSE,
    hctInRemission: 'COMPETING',
    id: 'CIR_HCT_COMPETING',
    title: 'Cumulative incidence of relapse, transplantation in remission competes',
    sources: ['clinical-spec 4.5 (PROJ)'],
  },
  {
    ...CUMULATIVE_RELAPSE,
    noResponse: 'COMPETING_AT_ASSESSMENT',
    relapseAntigen: 'CD19_NEG',
    id: 'CIR_CD19NEG',
    title: 'Cumulative incidence of CD19-negative relapse',
    sources: ['clinical-spec 4.5', 'WH L715', 'WH L719', 'WH L728', 'PKU L131'],
  },
  {
    ...CUMULATIVE_RELAPSE,
    noResponse: 'COMPETING_AT_ASSESSMENT',
    relapseAntigen: 'CD19_POS',
    id: 'CIR_CD19POS',
    title: 'Cumulative incidence of CD19-positive relapse',
    sources: ['clinical-spec 4.5', 'WH L715', 'WH L719', 'WH L728', 'PKU L131'],
  },
  {
    ...BASE,
    noResponse: 'COMPETING_AT_ASSESSMENT',
    relapse: 'COMPETING',
    deathFromLeukemia: 'AS_RELAPSE',
    id: 'NRM',
    title: 'Non-relapse mortality',
    sources: ['clinical-spec 4.5', 'PKU L223'],
  },
  {
    ...APLASIA_LOSS,
    id: 'BCALOSS_CIF',
    title: 'Cumulative incidence of loss of B-cell aplasia, everybody infused',
    sources: ['clinical-spec 3.3', 'clinical-spec 4.5'],
  },
  {
    ...APLASIA_LOSS,
    originType: 'APLASIA_ONSET',
    population: 'APLASIA_ACHIEVED',
    id: 'BCALOSS_CIF_ACHIEVED',
    title: 'Cumulative incidence of loss of B-cell aplasia, from its onset',
    sources: ['clinical-spec 3.3', 'clinical-spec 4.7'],
  },
  {
    ...LEUKEMIA_FREE,
    death: 'COMPETING',
    hctInRemission: 'CENSOR',
    newTherapyInRemission: 'CENSOR',
    reinfusionInRemission: 'CENSOR',
    bcaLoss: 'EVENT',
    id: 'REL_OR_BCALOSS',
    title: 'Relapse or loss of B-cell aplasia',
    sources: ['clinical-spec 4.5', 'WH L727'],
  },
  {
    ...LEUKEMIA_FREE,
    relapseAntigen: 'CD19_NEG',
    mrdRelapse: 'EVENT',
    death: 'COMPETING',
    id: 'NR_CD19NEG_COMPOSITE',
    title: 'No response, or CD19-negative relapse or MRD relapse',
    sources: ['clinical-spec 4.5', 'WH L721'],
  },
  {
    ...LEUKEMIA_FREE,
    indexCourse: 2,
    secondMalignancy: 'EVENT',
    id: 'EFS_CART2',
    title: 'Event-free survival after the second infusion, real-world form',
    sources: ['clinical-spec 4.5', 'JI L21'],
  },
  {
    ...LEUKEMIA_FREE,
    ...FAILED_AT_THERAPY,
    indexCourse: 2,
    id: 'EFS_CART2_ANYTX',
    title: 'Event-free survival after the second infusion, any further therapy is an event',
    sources: ['clinical-spec 4.5', 'JI L21'],
  },
  {
    ...BASE,
    population: 'RELAPSED',
    relapse: 'EVENT',
    death: 'COMPETING',
    id: 'MED_TIME_TO_RELAPSE',
    title: 'Time to relapse among those who relapsed; descriptive, biased',
    sources: ['clinical-spec 4.5', 'PKU L131'],
  },
];

/** Every named definition of clinical specification 4.5 and 4.7, in its order. */
export const ENDPOINT_DEFINITIONS: readonly EndpointDefinition[] = Object.freeze(
  DEFINITIONS.map((definition) =>
    Object.freeze({ ...definition, sources: Object.freeze(definition.sources) }),
  ),
);

const BY_ID: ReadonlyMap<string, EndpointDefinition> = new Map(
  ENDPOINT_DEFINITIONS.map((definition) => [definition.id, definition]),
);

/** The definition of an id, or undefined for an id that nobody defined. */
export function endpointDefinition(id: string): EndpointDefinition | undefined {
  return BY_ID.get(id);
}
