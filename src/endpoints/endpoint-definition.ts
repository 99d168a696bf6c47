/** How a therapy that starts in remission counts for an endpoint. */
export type RemissionSwitch = 'IGNORE' | 'CENSOR' | 'EVENT' | 'COMPETING';

/**
 * One named, versioned endpoint (clinical specification 4.4). A variant that answers another question is another
 * definition, never an option of a call. The same JSON Schema (`endpoint-definition.schema.json`) checks these
 * and those that a site adds.
 */
export interface EndpointDefinition {
  readonly id: string;
  /** Semantic version; any change of another field is a new version. */
  readonly version: string;
  readonly title: string;
  /** Where the definition comes from: section of the clinical specification, source and line. */
  readonly sources: readonly string[];
  /** Day 0 of the clock. */
  readonly originType: 'INDEX_INFUSION' | 'FIRST_CR' | 'APLASIA_ONSET';
  /** Who has a result; everybody else is not applicable. */
  readonly population: 'ALL_INFUSED' | 'RESPONDERS' | 'APLASIA_ACHIEVED' | 'RELAPSED';
  /** 1 is the first infusion against CD19, 2 the second. */
  readonly indexCourse: number;
  /** Last day on which a first remission still is the response. */
  readonly responseDeadlineDay: number;
  readonly noResponse: 'IGNORE' | 'AT_ORIGIN' | 'AT_ASSESSMENT' | 'COMPETING_AT_ASSESSMENT';
  readonly relapse: 'EVENT' | 'COMPETING' | 'IGNORE';
  /** Where a relapse is an event: of which antigen class. Any other class, and an unknown one, competes. */
  readonly relapseAntigen: 'ANY' | 'CD19_POS' | 'CD19_NEG';
  readonly mrdRelapse: 'IGNORE' | 'EVENT';
  readonly mrdPersistence: 'IGNORE' | 'AT_ASSESSMENT';
  readonly death: 'EVENT' | 'COMPETING' | 'COMPETING_UNLESS_LEUKEMIA';
  /** Death from leukaemia without a recorded relapse (4.7). */
  readonly deathFromLeukemia: 'AS_DEATH' | 'AS_RELAPSE';
  readonly secondMalignancy: 'IGNORE' | 'EVENT' | 'CENSOR';
  readonly hctInRemission: RemissionSwitch;
  readonly newTherapyInRemission: RemissionSwitch;
  readonly maintenanceInRemission: RemissionSwitch;
  readonly reinfusionInRemission: RemissionSwitch;
  readonly bcaLoss: 'IGNORE' | 'EVENT';
  readonly censorAt: 'LAST_CONTACT' | 'LAST_DISEASE_ASSESSMENT';
  /** What a time of 0 days becomes, for methods that cannot take it. */
  readonly zeroTime: 'KEEP_0' | 'HALF_DAY' | 'ONE_DAY';
  /** Days in a month, for display. */
  readonly monthDays: number;
}
