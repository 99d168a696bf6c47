import { HCT_CAUTIONS } from './hct-caution-texts.ts';
import { HCT_CRITERIA, MISSING } from './hct-ruleset.ts';

/** Keys with a prefix, for the tables that have their texts elsewhere. */
type Prefixed<P extends string, T> = { readonly [K in keyof T & string as `${P}.${K}`]: string };

function prefixed<P extends string, T extends object>(prefix: P, table: T): Prefixed<P, T> {
  const entries = Object.entries(table).map(([key, text]) => [`${prefix}.${key}`, String(text)]);
  return Object.fromEntries(entries) as Prefixed<P, T>;
}

const TITLES = Object.fromEntries(
  Object.values(HCT_CRITERIA).map(({ id, title }) => [id, title]),
) as Readonly<Record<keyof typeof HCT_CRITERIA, string>>;

/**
 * Every sentence that a person reads about an assessment, in English; `{name}` is filled in. Another language is
 * another object with the same keys, handed to the `explain` functions.
 */
export const HCT_MESSAGES_EN = Object.freeze({
  ...prefixed('missing', MISSING),
  ...prefixed('caution', HCT_CAUTIONS),
  ...prefixed('title', TITLES),

  'status.RECOMMENDED': 'recommended',
  'status.MAY_BE_CONSIDERED': 'may be considered',
  'status.SPECIAL_CONSIDERATION_PRIOR_HCT': 'special consideration after earlier HCT',
  'status.NO_CRITERION_MET': 'no criterion met',
  'status.NOT_ELIGIBLE_TO_PROCEED': 'cannot proceed',
  'status.OUT_OF_SCOPE_ACTIVE_DISEASE': 'active disease',
  'status.OUT_OF_SCOPE_NO_RESPONSE': 'no response',
  'status.ALREADY_TRANSPLANTED': 'already transplanted',
  'status.NOT_APPLICABLE': 'not applicable',
  'status.INDETERMINATE': 'cannot be decided',

  'result.MET': 'met',
  'result.NOT_MET': 'not met',
  'result.UNKNOWN': 'unknown',

  'line.RECOMMENDED': 'Recommended: {because}.',
  'line.MAY_BE_CONSIDERED': 'May be considered: {because}.',
  'line.SPECIAL_CONSIDERATION_PRIOR_HCT': 'Special consideration, HCT before CAR-T: {because}.',
  'line.NO_CRITERION_MET': 'No criterion met: {watch}.',
  'line.NOT_ELIGIBLE_TO_PROCEED': 'Cannot proceed to HCT as a clinician states; if eligible: {ifEligible}.',
  'line.OUT_OF_SCOPE_ACTIVE_DISEASE': 'Out of scope: {reason}; reassess after remission.',
  'line.OUT_OF_SCOPE_NO_RESPONSE': 'Out of scope: {reason}.',
  'line.ALREADY_TRANSPLANTED': 'Already transplanted: {reason}.',
  'line.NOT_APPLICABLE': 'Not applicable: {reason}.',
  'line.INDETERMINATE': 'Cannot be decided: missing {missing}. Possible: {possible}.',

  'watch.testThenReassess': 'test B cells again by day {testBy}, reassess by day {reassessBy}',
  'watch.reassess': 'reassess by day {reassessBy}',
  'watch.continue': 'continue monitoring',
  'ifEligible.notAssessed': 'not assessed',
  'ifEligible.open': 'undecided ({possible}), missing {missing}',
  'join.domains': ' and ',
  'because.R.a': '{domains} product',
  'because.R.b': 'B-cell aplasia lost, first seen on day {day}, within six months ({window})',
  'because.R.b.never': 'B-cell aplasia never achieved',
  'because.R.c': 'MRD {reason}',
  'because.C.a': 'donor available and HCT desired',
  'because.C.b': 'high burden before lymphodepletion, {reason}',
  'because.other': '{reason}',

  'criterion.unknown': 'not known; needed: {missing}',
  'criterion.R.a': 'the product signals through {domains}',
  'criterion.R.b.lost': 'aplasia on day {last}, B cells on day {first}, within six months ({window})',
  'criterion.R.b.late': 'aplasia on day {last}, B cells only on day {first}, after six months ({window})',
  'criterion.R.b.never': 'aplasia was never achieved',
  'criterion.R.b.kept': 'aplasia documented on day {last}, to the end of six months ({window})',
  'criterion.R.b.ongoing': 'aplasia ongoing on day {last}; it may still be lost until day {until}',
  'criterion.R.c.positive': 'positive by {method} on day {day}',
  'criterion.R.c.cleared': 'positive by {method} on day {day}, negative since',
  'criterion.R.c.negative': 'last negative on day {day}; a later result may change it',
  'criterion.C.a.met': 'a donor is available and HCT is desired',
  'criterion.C.a.notMet': 'no donor is available, or HCT is not desired',
  'criterion.C.b': '{value} % of marrow cells before lymphodepletion, threshold {threshold}',
  'criterion.C.c.failed': 'no response to blinatumomab',
  'criterion.C.c.NOT_GIVEN': 'blinatumomab was never given',
  'criterion.C.c.RESPONSE': 'blinatumomab was answered with a response',
  'criterion.C.d.met': '{reason}',
  'criterion.C.d.notMet': 'neither refractory nor with adverse cytogenetics',

  'paragraph.opening': 'On {date}{day}, HCT as consolidation: {status}.',
  'paragraph.day': ' (day {day} after the infusion)',
  'paragraph.met': 'Met: {list}.',
  'paragraph.unknown': 'Not known: {list}.',
  'paragraph.needed': 'What would decide it: {missing}.',
  'paragraph.possible': 'Until then each of these remains possible: {possible}.',
  'paragraph.notFit': 'A clinician states that the patient cannot proceed; if that changed: {ifEligible}.',
  'paragraph.gate': 'Reason: {reason}.',
  'paragraph.allKnownNotMet': 'All criteria are known and none is met; monitoring continues.',
  'paragraph.testBy': 'Test B cells again by {date}.',
  'paragraph.reassessBy': 'Reassess by {date}.',
  'paragraph.boundary': 'Another reading of the text gives another answer: {changes}.',
  'paragraph.boundaryChange': '{parameter} {value}: {status}',
  'paragraph.conflict':
    'The evidence conflicts: a criterion speaks for HCT, a low burden before the infusion against it.',
  'timing.BEFORE_WINDOW': 'Weeks 4 to 8, in which HCT after a CD28 product is advised, lie ahead.',
  'timing.IN_WINDOW_4_8_WK': 'The patient is in weeks 4 to 8, in which HCT after a CD28 product is advised.',
  'timing.AFTER_WINDOW': 'Weeks 4 to 8, in which HCT after a CD28 product is advised, have passed.',

  'full.answer': 'Answer',
  'full.criteria': 'Criteria',
  'full.criterion': '{id} {title}: {result} ({detail}) [{cite}]',
  'full.missing': 'Missing data',
  'full.cautions': 'Cautions',
  'full.considerations': 'To be weighed before a second HCT',
  'full.consideration': '{name}: {value}',
  'full.considerationMissing': '{name}: not known',
  'full.boundaries': 'Where the answer depends on how the text is read',
  'full.evidence': 'Evidence',
  'full.evidenceItem': '{ref}{date}{value}',
  'full.source': 'Source',
  'full.ruleset': 'Rule set {ruleset}.',
  'name.monthsSinceFirstHct': 'months since the first HCT',
  'name.firstHctConditioning': 'conditioning of the first HCT',
  'name.firstHctDonorType': 'donor of the first HCT',
  'name.preCartCd19NegClone': 'CD19-negative clone before CAR-T',
  'name.donorAvailability': 'donor available',
  'name.comorbidities': 'comorbidities',
  'name.previousToxicities': 'previous toxicities',
});

export type HctMessages = Readonly<Record<keyof typeof HCT_MESSAGES_EN, string>>;
