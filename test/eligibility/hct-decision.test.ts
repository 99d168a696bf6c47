import { anyOf, TRISTATES, type Tristate } from '../../src/core/tristate.ts';
import type { DiseaseState } from '../../src/eligibility/hct-assessment.ts';
import { decideHct } from '../../src/eligibility/hct-decision.ts';

type Answer = 'yes' | 'no' | '?';
const WORD: Readonly<Record<Answer, Tristate>> = { yes: 'MET', no: 'NOT_MET', '?': 'UNKNOWN' };

describe('decision table, fit and in remission', () => {
  it.each<[number, Answer, Answer, Answer, string, (readonly string[])?]>([
    [1, 'no', 'yes', 'yes', 'RECOMMENDED'],
    [1, 'no', 'yes', 'no', 'RECOMMENDED'],
    [1, 'no', 'yes', '?', 'RECOMMENDED'],
    [2, 'no', 'no', 'yes', 'MAY_BE_CONSIDERED'],
    [3, 'no', 'no', 'no', 'NO_CRITERION_MET'],
    [4, 'no', 'no', '?', 'INDETERMINATE', ['MAY_BE_CONSIDERED', 'NO_CRITERION_MET']],
    [5, 'no', '?', 'yes', 'INDETERMINATE', ['RECOMMENDED', 'MAY_BE_CONSIDERED']],
    [6, 'no', '?', 'no', 'INDETERMINATE', ['RECOMMENDED', 'NO_CRITERION_MET']],
    [7, 'no', '?', '?', 'INDETERMINATE', ['RECOMMENDED', 'MAY_BE_CONSIDERED', 'NO_CRITERION_MET']],
    [8, 'yes', 'yes', '?', 'SPECIAL_CONSIDERATION_PRIOR_HCT'],
    [9, 'yes', 'no', 'yes', 'NO_CRITERION_MET'],
    [9, 'yes', 'no', '?', 'NO_CRITERION_MET'],
    [10, 'yes', '?', 'no', 'INDETERMINATE', ['SPECIAL_CONSIDERATION_PRIOR_HCT', 'NO_CRITERION_MET']],
    [11, '?', 'no', 'no', 'NO_CRITERION_MET'],
    [11, '?', 'yes', 'no', 'INDETERMINATE', ['RECOMMENDED', 'SPECIAL_CONSIDERATION_PRIOR_HCT']],
    [11, '?', 'no', 'yes', 'INDETERMINATE', ['MAY_BE_CONSIDERED', 'NO_CRITERION_MET']],
  ])('row %i: prior HCT %s, R %s, C %s', (_, prior, r, c, status, ...[possible]) => {
    const decision = decideHct({
      transplanted: 'NOT_MET',
      disease: 'REMISSION',
      fit: 'MET',
      priorHct: WORD[prior],
      recommended: WORD[r],
      considered: WORD[c],
    });
    expect(decision.status).toBe(status);
    expect(decision.statusIfEligible).toBe(status);
    expect(decision.possible).toEqual(possible);
  });
});

describe('gates', () => {
  const base = {
    transplanted: 'NOT_MET',
    disease: 'REMISSION',
    fit: 'MET',
    priorHct: 'NOT_MET',
    recommended: 'MET',
    considered: 'NOT_MET',
  } as const;

  it('G2 comes before G3', () => {
    const decision = decideHct({ ...base, transplanted: 'MET', disease: 'ACTIVE' });
    expect(decision).toEqual({ status: 'ALREADY_TRANSPLANTED', gate: 'G2' });
  });

  it('G3 comes before G5', () => {
    const decision = decideHct({ ...base, disease: 'ACTIVE', fit: 'NOT_MET' });
    expect(decision).toEqual({ status: 'OUT_OF_SCOPE_ACTIVE_DISEASE', gate: 'G3' });
  });

  it('G5 keeps what the criteria say', () => {
    const decision = decideHct({ ...base, fit: 'NOT_MET' });
    expect(decision).toEqual({
      status: 'NOT_ELIGIBLE_TO_PROCEED',
      gate: 'G5',
      statusIfEligible: 'RECOMMENDED',
    });
  });

  it('G6: fitness unknown', () => {
    const decision = decideHct({ ...base, fit: 'UNKNOWN' });
    expect(decision).toEqual({
      status: 'INDETERMINATE',
      gate: 'G6',
      statusIfEligible: 'RECOMMENDED',
      possible: ['RECOMMENDED', 'NOT_ELIGIBLE_TO_PROCEED'],
    });
  });

  it('G6: disease unknown and not fit leaves no status of the table', () => {
    const decision = decideHct({ ...base, fit: 'NOT_MET', disease: 'UNKNOWN' });
    expect(decision).toEqual({
      status: 'INDETERMINATE',
      gate: 'G6',
      statusIfEligible: 'RECOMMENDED',
      possible: ['NOT_ELIGIBLE_TO_PROCEED', 'OUT_OF_SCOPE_ACTIVE_DISEASE', 'OUT_OF_SCOPE_NO_RESPONSE'],
    });
  });

  it('a later transplantation of unknown kind may have been the allogeneic one', () => {
    const decision = decideHct({ ...base, transplanted: 'UNKNOWN' });
    expect(decision).toEqual({
      status: 'INDETERMINATE',
      gate: 'G6',
      statusIfEligible: 'RECOMMENDED',
      possible: ['RECOMMENDED', 'ALREADY_TRANSPLANTED'],
    });
  });
});

/** The rules told once more, on answers that are all known. */
function toldAnew(
  hct: boolean,
  disease: string,
  fit: boolean,
  prior: boolean,
  r: boolean,
  c: boolean,
): string {
  if (hct) return 'ALREADY_TRANSPLANTED';
  if (disease !== 'REMISSION') {
    return disease === 'ACTIVE' ? 'OUT_OF_SCOPE_ACTIVE_DISEASE' : 'OUT_OF_SCOPE_NO_RESPONSE';
  }
  if (!fit) return 'NOT_ELIGIBLE_TO_PROCEED';
  if (prior) return r ? 'SPECIAL_CONSIDERATION_PRIOR_HCT' : 'NO_CRITERION_MET';
  if (r) return 'RECOMMENDED';
  return c ? 'MAY_BE_CONSIDERED' : 'NO_CRITERION_MET';
}

const booleans = (answer: Tristate) => (answer === 'UNKNOWN' ? [true, false] : [answer === 'MET']);

/** Whether any of some criteria can be met, criterion by criterion. */
function reachable(criteria: readonly Tristate[]): readonly boolean[] {
  let sums = [false];
  for (const criterion of criteria) {
    sums = [...new Set(sums.flatMap((sum) => booleans(criterion).map((met) => sum || met)))];
  }
  return sums;
}

function combinations(length: number): readonly (readonly Tristate[])[] {
  if (length === 0) return [[]];
  return combinations(length - 1).flatMap((rest) => TRISTATES.map((state) => [...rest, state]));
}

describe('every combination of seven criteria and the gates', () => {
  const rCombinations = combinations(3);
  const cCombinations = combinations(4);
  const diseases: readonly DiseaseState[] = ['REMISSION', 'ACTIVE', 'NO_RESPONSE', 'UNKNOWN'];
  const gates = TRISTATES.flatMap((transplanted) =>
    diseases.flatMap((disease) =>
      TRISTATES.flatMap((fit) => TRISTATES.map((priorHct) => ({ transplanted, disease, fit, priorHct }))),
    ),
  );

  function expected(gate: (typeof gates)[number], r: readonly boolean[], c: readonly boolean[]) {
    const states = gate.disease === 'UNKNOWN' ? ['REMISSION', 'ACTIVE', 'NO_RESPONSE'] : [gate.disease];
    const table = r.flatMap((rMet) => c.map((cMet) => ({ rMet, cMet })));
    const persons = booleans(gate.fit).flatMap((fit) =>
      booleans(gate.priorHct).map((prior) => ({ fit, prior })),
    );
    const situations = booleans(gate.transplanted).flatMap((hct) => states.map((state) => ({ hct, state })));
    const statuses = situations.flatMap(({ hct, state }) =>
      persons.flatMap(({ fit, prior }) =>
        table.map(({ rMet, cMet }) => toldAnew(hct, state, fit, prior, rMet, cMet)),
      ),
    );
    return new Set(statuses);
  }

  it.each(gates)('HCT since $transplanted, $disease, fit $fit, prior HCT $priorHct', (gate) => {
    let compared = 0;
    for (const r of rCombinations) {
      for (const c of cCombinations) {
        const decision = decideHct({ ...gate, recommended: anyOf(r), considered: anyOf(c) });
        const statuses = expected(gate, reachable(r), reachable(c));
        const [only] = statuses;
        const status = statuses.size === 1 ? only : 'INDETERMINATE';
        const possible = statuses.size === 1 ? undefined : [...statuses].sort();
        const told = [decision.status, decision.possible && [...decision.possible].sort()];
        if (JSON.stringify(told) !== JSON.stringify([status, possible])) {
          expect({ r, c, told }).toEqual({ r, c, told: [status, possible] });
        }
        compared += 1;
      }
    }
    expect(compared).toBe(27 * 81);
  });
});
