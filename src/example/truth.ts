/**
 * The truth of a drawn patient, told from the story that it was drawn from. It knows the definitions in the
 * simplest form that the stories need, and shares no code with the engines that are tested against it.
 */
import { daysBetween, type PartialDate } from '../core/partial-date.ts';
import { allOf, anyOf, fromBoolean, type Tristate } from '../core/tristate.ts';
import type { DrawnPatient, PatientStory } from './patient-story.ts';

interface EndpointTruth {
  readonly status: 'EVENT' | 'CENSORED' | 'INDETERMINATE';
  readonly type?: 'DEATH' | 'RELAPSE' | 'NO_RESPONSE' | 'SECOND_MALIGNANCY' | 'ADMIN_CUTOFF' | 'LAST_CONTACT';
  readonly date?: PartialDate;
  /** Days from the first infusion. */
  readonly days?: number;
}

type CriterionId = 'R.a' | 'R.b' | 'R.c' | 'C.a' | 'C.b' | 'C.c' | 'C.d';

interface HctTruth {
  readonly status: string;
  readonly branch: 'NO_PRIOR_HCT' | 'PRIOR_HCT' | null;
  /** Absent where a gate leaves the criteria unevaluated. */
  readonly criteria?: Readonly<Record<CriterionId, Tristate>>;
  readonly statusIfEligible?: string;
  readonly missing: readonly string[];
}

export interface PatientTruth {
  /** Id of the Patient; the smallest of the person's ids. */
  readonly patient: string;
  readonly asOf: PartialDate;
  readonly scenario: string;
  readonly accessRoute?: string;
  readonly indication: 'RELAPSED' | 'REFRACTORY';
  readonly priorHct: boolean;
  readonly productCode: string;
  readonly courses: ReadonlyArray<{ readonly number: number; readonly date: PartialDate }>;
  readonly endpoints: Readonly<Record<'OS' | 'EFS_RW_D28' | 'LFS_PEKING', EndpointTruth>>;
  readonly hct: HctTruth;
}

export function deriveTruth({ plan, story }: DrawnPatient, asOf: PartialDate): PatientTruth {
  const [first] = plan.infusions;
  if (first === undefined) throw new RangeError(`Patient ${plan.patientId} was drawn without an infusion`);
  const { diedOn, noResponseOn, relapsedOn, secondMalignancyOn, lastContact } = story;
  const endpoint = (events: readonly Candidate[]): EndpointTruth =>
    timeToEvent(first.date, events, diedOn === 'UNKNOWN_DAY', lastContact, asOf);
  const death: Candidate = ['DEATH', diedOn];
  const leukaemia: readonly Candidate[] = [['NO_RESPONSE', noResponseOn], ['RELAPSE', relapsedOn], death];
  return {
    patient: plan.patientId,
    asOf,
    scenario: story.scenario,
    ...(plan.accessRoute === undefined ? {} : { accessRoute: plan.accessRoute }),
    indication: story.considerations.refractory === true ? 'REFRACTORY' : 'RELAPSED',
    priorHct: story.considerations.priorHct,
    productCode: first.product.code,
    courses: plan.infusions.map(({ date }, index) => ({ number: index + 1, date })),
    endpoints: {
      OS: endpoint([death]),
      EFS_RW_D28: endpoint([...leukaemia, ['SECOND_MALIGNANCY', secondMalignancyOn]]),
      LFS_PEKING: endpoint(leukaemia),
    },
    hct: hctTruth(story),
  };
}

type Candidate = readonly [
  type: NonNullable<EndpointTruth['type']>,
  date: PartialDate | 'UNKNOWN_DAY' | undefined,
];

/** The earliest event up to the cut-off; the stories put no two on one day. */
function timeToEvent(
  origin: PartialDate,
  candidates: readonly Candidate[],
  diedOnUnknownDay: boolean,
  lastContact: PartialDate,
  asOf: PartialDate,
): EndpointTruth {
  const happened = candidates
    .flatMap(([type, date]) =>
      date === undefined || date === 'UNKNOWN_DAY' || date > asOf ? [] : [{ type, date }],
    )
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  const [event] = happened;
  if (event !== undefined) return { status: 'EVENT', ...event, days: daysBetween(origin, event.date) };
  if (diedOnUnknownDay) return { status: 'INDETERMINATE' };
  const date = lastContact < asOf ? lastContact : asOf;
  const type = lastContact < asOf ? 'LAST_CONTACT' : 'ADMIN_CUTOFF';
  return { status: 'CENSORED', type, date, days: daysBetween(origin, date) };
}

const GATES: Partial<Record<PatientStory['standing'], string>> = {
  DEAD: 'NOT_APPLICABLE',
  TRANSPLANTED: 'ALREADY_TRANSPLANTED',
  ACTIVE_DISEASE: 'OUT_OF_SCOPE_ACTIVE_DISEASE',
  NO_RESPONSE: 'OUT_OF_SCOPE_NO_RESPONSE',
};

function hctTruth(story: PatientStory): HctTruth {
  const gate = GATES[story.standing];
  if (gate !== undefined) return { status: gate, branch: null, missing: [] };
  const { fit, priorHct } = story.considerations;
  const criteria = criteriaOf(story);
  const recommended = anyOf([criteria['R.a'], criteria['R.b'], criteria['R.c']]);
  const considered = anyOf([criteria['C.a'], criteria['C.b'], criteria['C.c'], criteria['C.d']]);
  const statusIfEligible = priorHct
    ? { MET: 'SPECIAL_CONSIDERATION_PRIOR_HCT', NOT_MET: 'NO_CRITERION_MET', UNKNOWN: 'INDETERMINATE' }[
        recommended
      ]
    : withoutPriorHct(recommended, considered);
  const assessed = story.standing === 'REMISSION';
  const missing = [
    ...(fit === null ? ['eligibility to proceed (clinician fitness/comorbidity/infection assertion)'] : []),
    ...(assessed ? [] : ['current disease status']),
    ...(statusIfEligible === 'INDETERMINATE' ? missingOf(story, criteria, considered) : []),
  ];
  let status = statusIfEligible;
  if (fit === null || !assessed) status = 'INDETERMINATE';
  else if (!fit) status = 'NOT_ELIGIBLE_TO_PROCEED';
  return { status, branch: priorHct ? 'PRIOR_HCT' : 'NO_PRIOR_HCT', criteria, statusIfEligible, missing };
}

function withoutPriorHct(recommended: Tristate, considered: Tristate): string {
  if (recommended === 'MET') return 'RECOMMENDED';
  if (recommended === 'UNKNOWN' || considered === 'UNKNOWN') return 'INDETERMINATE';
  return considered === 'MET' ? 'MAY_BE_CONSIDERED' : 'NO_CRITERION_MET';
}

function criteriaOf({ bCells, mrd, considerations }: PatientStory): Readonly<Record<CriterionId, Tristate>> {
  const { donor, desire, highBurden, blinatumomab, refractory, adverseCytogenetics } = considerations;
  return {
    // Every product of the cohort is tisagenlecleucel, which signals by 4-1BB.
    'R.a': 'NOT_MET',
    'R.b': LOST_WITHIN_SIX_MONTHS[bCells],
    'R.c': ({ POSITIVE: 'MET', NEGATIVE: 'NOT_MET', NOT_TESTED: 'UNKNOWN' } as const)[mrd],
    'C.a': allOf([known(donor), known(desire)]),
    'C.b': fromBoolean(highBurden),
    'C.c': known(blinatumomab === null ? null : blinatumomab === 'FAILED'),
    'C.d': anyOf([known(refractory), known(adverseCytogenetics)]),
  };
}

const LOST_WITHIN_SIX_MONTHS: Readonly<Record<PatientStory['bCells'], Tristate>> = {
  KEPT: 'NOT_MET',
  KEPT_SO_FAR: 'NOT_MET',
  LOST_EARLY: 'MET',
  NEVER_APLASTIC: 'MET',
  STRADDLING: 'UNKNOWN',
  STALE: 'UNKNOWN',
  NOT_TESTED: 'UNKNOWN',
};

function known(answer: boolean | null): Tristate {
  return fromBoolean(answer ?? undefined);
}

const B_CELLS_MISSING: Partial<Record<PatientStory['bCells'], string>> = {
  STRADDLING: 'clinical adjudication of BCA loss date, or an intermediate B-cell result',
  STALE: 'current B-cell assessment',
  NOT_TESTED: 'B-cell count/fraction after infusion',
};

function missingOf(
  { bCells, mrd, considerations }: PatientStory,
  criteria: Readonly<Record<CriterionId, Tristate>>,
  considered: Tristate,
): readonly string[] {
  const recommend = [
    B_CELLS_MISSING[bCells],
    mrd === 'NOT_TESTED' ? 'post-infusion marrow MRD' : undefined,
  ].filter((text) => text !== undefined);
  if (considerations.priorHct || considered !== 'UNKNOWN') return recommend;
  const consider = [
    criteria['C.a'] === 'UNKNOWN' && considerations.donor === null ? 'donor availability' : undefined,
    criteria['C.a'] === 'UNKNOWN' && considerations.desire === null
      ? 'patient/family desire for HCT'
      : undefined,
    criteria['C.c'] === 'UNKNOWN' ? 'prior blinatumomab exposure and response' : undefined,
    criteria['C.d'] === 'UNKNOWN' ? 'refractoriness history / cytogenetic risk' : undefined,
  ].filter((text) => text !== undefined);
  return [...recommend, ...consider];
}
