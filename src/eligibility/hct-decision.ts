import type { Tristate } from '../core/tristate.ts';
import {
  type DefiniteHctStatus,
  type DiseaseState,
  HCT_STATUSES,
  type HctAssessment,
  type HctStatus,
} from './hct-assessment.ts';
import { DECISION_TABLE } from './hct-ruleset.ts';

/** The answers that the gates and the decision table ask for. */
export interface HctAnswers {
  /** Allogeneic HCT after the infusion. */
  readonly transplanted: Tristate;
  readonly disease: DiseaseState;
  readonly fit: Tristate;
  readonly priorHct: Tristate;
  readonly recommended: Tristate;
  readonly considered: Tristate;
}

export interface HctDecision {
  readonly status: HctStatus;
  readonly gate?: Exclude<HctAssessment['gate'], 'G1' | undefined>;
  readonly statusIfEligible?: HctStatus;
  readonly possible?: readonly DefiniteHctStatus[];
  readonly possibleIfEligible?: readonly DefiniteHctStatus[];
}

type Known = 'MET' | 'NOT_MET';

/**
 * Gates G2 to G6 and the decision table (clinical specification 5.1, 5.2). A status is definite only where every
 * completion of what is unknown gives it; otherwise it is INDETERMINATE with all that completions can reach.
 */
export function decideHct(answers: HctAnswers): HctDecision {
  const possible = inOrder(completions(answers).map(definiteStatus));
  const status = single(possible);
  const gate = gateOf(answers, status);
  const reachesTable = isTableReachable(answers);
  const ifEligible = reachesTable
    ? inOrder(
        completions({ ...answers, transplanted: 'NOT_MET', disease: 'REMISSION', fit: 'MET' }).map(
          definiteStatus,
        ),
      )
    : [];
  const statusIfEligible = single(ifEligible);
  return {
    status,
    ...(gate === undefined ? {} : { gate }),
    ...(status === 'INDETERMINATE' ? { possible } : {}),
    ...(reachesTable ? { statusIfEligible } : {}),
    ...(reachesTable && statusIfEligible === 'INDETERMINATE' ? { possibleIfEligible: ifEligible } : {}),
  };
}

/** Whether the criteria matter at all: not after a later HCT, nor with the leukaemia active. */
export function isTableReachable({
  transplanted,
  disease,
}: Pick<HctAnswers, 'transplanted' | 'disease'>): boolean {
  return transplanted !== 'MET' && (disease === 'REMISSION' || disease === 'UNKNOWN');
}

interface CompleteAnswers {
  readonly transplanted: Known;
  readonly disease: Exclude<DiseaseState, 'UNKNOWN'>;
  readonly fit: Known;
  readonly priorHct: Known;
  readonly recommended: Known;
  readonly considered: Known;
}

function completions(answers: HctAnswers): readonly CompleteAnswers[] {
  return known(answers.transplanted)
    .flatMap((transplanted) => knownDisease(answers.disease).map((disease) => ({ transplanted, disease })))
    .flatMap((so) => known(answers.fit).map((fit) => ({ ...so, fit })))
    .flatMap((so) => known(answers.priorHct).map((priorHct) => ({ ...so, priorHct })))
    .flatMap((so) => known(answers.recommended).map((recommended) => ({ ...so, recommended })))
    .flatMap((so) => known(answers.considered).map((considered) => ({ ...so, considered })));
}

function known(answer: Tristate): readonly Known[] {
  return answer === 'UNKNOWN' ? ['MET', 'NOT_MET'] : [answer];
}

function knownDisease(state: DiseaseState): readonly CompleteAnswers['disease'][] {
  return state === 'UNKNOWN' ? ['REMISSION', 'ACTIVE', 'NO_RESPONSE'] : [state];
}

/** The gates in their order, then the table. */
function definiteStatus(answers: CompleteAnswers): DefiniteHctStatus {
  if (answers.transplanted === 'MET') return 'ALREADY_TRANSPLANTED';
  if (answers.disease === 'ACTIVE') return 'OUT_OF_SCOPE_ACTIVE_DISEASE';
  if (answers.disease === 'NO_RESPONSE') return 'OUT_OF_SCOPE_NO_RESPONSE';
  if (answers.fit === 'NOT_MET') return 'NOT_ELIGIBLE_TO_PROCEED';
  const row = DECISION_TABLE.find(
    (candidate) =>
      candidate.priorHct === answers.priorHct &&
      candidate.recommended === answers.recommended &&
      (candidate.considered === undefined || candidate.considered === answers.considered),
  );
  if (row === undefined) throw new RangeError('The decision table has no row for a complete set of answers');
  return row.status;
}

function gateOf(answers: HctAnswers, status: HctStatus): HctDecision['gate'] {
  if (status === 'ALREADY_TRANSPLANTED') return 'G2';
  if (status === 'OUT_OF_SCOPE_ACTIVE_DISEASE') return 'G3';
  if (status === 'OUT_OF_SCOPE_NO_RESPONSE') return 'G4';
  if (status === 'NOT_ELIGIBLE_TO_PROCEED') return 'G5';
  const open =
    answers.disease === 'UNKNOWN' || answers.fit === 'UNKNOWN' || answers.transplanted === 'UNKNOWN';
  return open ? 'G6' : undefined;
}

function inOrder(statuses: readonly DefiniteHctStatus[]): readonly DefiniteHctStatus[] {
  const set = new Set(statuses);
  return HCT_STATUSES.filter((status) => set.has(status));
}

function single(statuses: readonly DefiniteHctStatus[]): HctStatus {
  const [only, another] = statuses;
  return only === undefined || another !== undefined ? 'INDETERMINATE' : only;
}
