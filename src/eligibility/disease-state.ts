import type { CourseOutcome } from '../clinical/course/course-outcome.ts';
import { buildData } from './datum.ts';
import type { Answered, DiseaseState } from './hct-assessment.ts';

type Verdict = Exclude<DiseaseState, 'UNKNOWN'> | 'NO_RESPONSE_RECORDED';

interface DatedVerdict {
  readonly verdict: Verdict;
  readonly fact: CourseOutcome['responses'][number] | CourseOutcome['relapses'][number];
  readonly value: string;
}

/** On one day a relapse comes before no response, and both before a remission (clinical specification 4.4). */
const RANK: Readonly<Record<Verdict, number>> = {
  REMISSION: 0,
  NO_RESPONSE_RECORDED: 1,
  NO_RESPONSE: 2,
  ACTIVE: 3,
};

/**
 * The disease after the latest assessment since the infusion: remission, also one regained after a relapse;
 * active; without response; or unknown where nothing was assessed. A remission that only another therapy
 * brought about is no response to the CAR-T cells (clinical specification 4.1) and stays NO_RESPONSE. "No
 * response" recorded in remission may mean MRD or B cells: the present state is then unknown.
 */
export function deriveDiseaseState(outcome: CourseOutcome): Answered<DiseaseState> {
  const verdicts = collectVerdicts(outcome);
  const last = verdicts.at(-1);
  if (last === undefined) return { answer: 'UNKNOWN', data: [] };
  const data = buildData(last.fact.evidence, { date: last.fact.date, value: last.value });
  return { answer: stateAfter(last.verdict, verdicts, outcome), data };
}

function collectVerdicts({ responses, relapses, noResponse }: CourseOutcome): readonly DatedVerdict[] {
  const verdicts: DatedVerdict[] = relapses.map((fact) => ({ verdict: 'ACTIVE', fact, value: 'RELAPSE' }));
  for (const fact of responses) {
    const verdict = verdictOf(fact.status);
    if (verdict !== undefined) verdicts.push({ verdict, fact, value: fact.status });
  }
  if (noResponse !== undefined) {
    verdicts.push({ verdict: 'NO_RESPONSE', fact: { ...noResponse, status: 'NR' }, value: 'NR' });
  }
  return verdicts.sort((a, b) => a.fact.day - b.fact.day || RANK[a.verdict] - RANK[b.verdict]);
}

function verdictOf(status: CourseOutcome['responses'][number]['status']): Verdict | undefined {
  switch (status) {
    case 'CR':
    case 'CRI':
    case 'REMISSION':
      return 'REMISSION';
    case 'RELAPSE':
      return 'ACTIVE';
    case 'NR':
    case 'PROGRESSIVE':
      return 'NO_RESPONSE_RECORDED';
    case 'NOT_EVALUABLE':
      return undefined;
  }
}

function stateAfter(
  last: Verdict,
  verdicts: readonly DatedVerdict[],
  { noResponse, firstRemission }: CourseOutcome,
): DiseaseState {
  if (last === 'REMISSION') {
    return noResponse !== undefined && firstRemission === undefined ? 'NO_RESPONSE' : 'REMISSION';
  }
  if (last !== 'NO_RESPONSE_RECORDED') return last;
  for (const { verdict } of verdicts.toReversed()) {
    if (verdict === 'REMISSION') return 'UNKNOWN';
    if (verdict !== 'NO_RESPONSE_RECORDED') return verdict;
  }
  return 'UNKNOWN';
}
