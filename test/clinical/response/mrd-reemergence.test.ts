import type { TherapyEvent } from '../../../src/clinical/record/therapy-events.ts';
import type { MrdOccasion } from '../../../src/clinical/response/mrd.ts';
import { deriveMrdReemergence } from '../../../src/clinical/response/mrd-reemergence.ts';

const fact = (day: number) => ({ day, date: '', dateImputed: false, spanDays: 0, evidence: [] });

/** `N28 P100` is a negative on day 28 and a positive on day 100. */
function occasions(text: string): readonly MrdOccasion[] {
  return text.split(' ').map((item) => ({
    ...fact(Number(item.slice(1))),
    result: item.startsWith('P') ? 'POSITIVE' : 'NEGATIVE',
  }));
}

function therapy(day: number, targeted: boolean): TherapyEvent {
  return { ...fact(day), role: 'NEW_THERAPY', forLackOfEfficacy: false, targeted };
}

describe('re-emergence of MRD (clinical specification 4.2, 4.7)', () => {
  it.each<[string, readonly TherapyEvent[], number, number | undefined]>([
    ['N28 P100 P112', [], Number.POSITIVE_INFINITY, undefined],
    ['N28 P100 P113', [], Number.POSITIVE_INFINITY, undefined],
    ['N28 P100 P114', [], Number.POSITIVE_INFINITY, 100],
    ['N28 P100 N114 P130', [], Number.POSITIVE_INFINITY, undefined],
    ['N28 P100 N114 P130 P144', [], Number.POSITIVE_INFINITY, 130],
    ['N28 P100 P107 P114', [], Number.POSITIVE_INFINITY, 100],
    ['P28 P100 P130', [], Number.POSITIVE_INFINITY, undefined],
    ['P28 N60 P100 P130', [], Number.POSITIVE_INFINITY, 100],
    ['N28 P100', [], Number.POSITIVE_INFINITY, undefined],
    ['N28 P100 P120', [], 120, undefined],
    ['N28 P100 P120', [], 121, 100],
    ['N28 P100 P120', [therapy(105, true)], Number.POSITIVE_INFINITY, undefined],
    ['N28 P100 P120', [therapy(105, false)], Number.POSITIVE_INFINITY, 100],
    ['N28 P100 P120', [therapy(100, true)], Number.POSITIVE_INFINITY, undefined],
    ['N28 P100 P120', [therapy(120, true)], Number.POSITIVE_INFINITY, 100],
    ['N28 P100 P120', [therapy(99, true)], Number.POSITIVE_INFINITY, 100],
    ['N28 P100 P120 P140', [therapy(105, true)], Number.POSITIVE_INFINITY, 120],
  ])('%s with therapies %j before day %d', (text, therapies, before, expected) => {
    expect(deriveMrdReemergence(occasions(text), therapies, before)?.day).toBe(expected);
  });
});
