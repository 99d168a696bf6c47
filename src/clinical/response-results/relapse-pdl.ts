import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { Tristate } from '../../core/tristate.ts';
import { dateOfDay } from '../course/course-frame.ts';
import { percentOfFraction } from '../record/percent-of-fraction.ts';
import { isBelowThreshold, type Measured } from '../record/threshold.ts';
import { writtenMeasure } from '../record/written-measure.ts';
import { antigenClassOf } from './relapse-definitions.ts';
import { buildResponseResult, type ResponseContext, type ResponseResult } from './response-result.ts';

/** Percentages of leukaemic cells in marrow (Buchmann 2022; clinical specification 4.3). */
const ALONE_FROM = 25;
const WITH_ONE_FROM = 5;
const TEST_FROM = 1;

/** All tests of the marrow of one day: morphology, and MRD by each method. */
interface Marrow {
  readonly day: number;
  readonly morphology?: Measured;
  /** Fractions as percentages, one a method: the highest of the day. */
  readonly others: readonly Measured[];
  readonly sources: readonly Source[];
}

/**
 * `REL_PDL2022`, the Ponte-di-Legno consensus: after a remission 25 % of blasts by morphology alone; from 5 % on with one
 * other test of 1 % or more; from 1 % on with two others; or in place of the others a second marrow with two tests of 1 %
 * or more. Dated at the first marrow. Extramedullary relapse is not of this rule. UNKNOWN without a remission, without
 * marrow after it, and where other tests are missing that could decide.
 */
export function derivePdlRelapse(context: ResponseContext): ResponseResult {
  const { frame, timeline } = context;
  const build = (draft: Omit<Parameters<typeof buildResponseResult>[2], 'definition'>) =>
    buildResponseResult(context, {}, { definition: 'REL_PDL2022', ...draft });
  const remission = timeline.remissions[0]?.day;
  if (remission === undefined) return build({ answer: 'UNKNOWN', missing: ['remission'] });
  const marrows = collectMarrows(context).filter(({ day }) => day > remission);
  const judged = marrows.map((marrow, index) => ({
    marrow,
    status: judge(marrow, marrows.slice(index + 1)),
  }));
  const first =
    judged.find(({ status }) => status === 'MET') ?? judged.find(({ status }) => status === 'UNKNOWN');
  if (first === undefined) {
    const last = marrows.at(-1);
    return last === undefined
      ? build({ answer: 'UNKNOWN', missing: ['marrow-blasts'] })
      : build({ answer: 'NOT_MET', evidence: last.sources });
  }
  const { marrow, status } = first;
  const recorded = timeline.relapses.find(({ day }) => day >= marrow.day);
  return build({
    answer: status,
    day: marrow.day,
    date: dateOfDay(frame, marrow.day),
    observed: written(marrow),
    ...(status === 'MET'
      ? { antigenClass: recorded === undefined ? 'UNKNOWN' : antigenClassOf(recorded) }
      : {}),
    ...(status === 'MET' ? { site: 'BM' } : { missing: ['further-marrow-tests'] }),
    evidence: marrow.sources,
  });
}

function judge({ morphology, others }: Marrow, later: readonly Marrow[]): Tristate {
  if (morphology === undefined) return 'NOT_MET';
  if (reaches(morphology, ALONE_FROM)) return 'MET';
  if (!reaches(morphology, TEST_FROM)) return 'NOT_MET';
  const positive = others.filter((test) => reaches(test, TEST_FROM)).length;
  const needed = reaches(morphology, WITH_ONE_FROM) ? 1 : 2;
  if (positive >= needed || later.some(hasTwoTests)) return 'MET';
  if (needed === 1) return others.length === 0 ? 'UNKNOWN' : 'NOT_MET';
  return positive > 0 && others.length < needed ? 'UNKNOWN' : 'NOT_MET';
}

function hasTwoTests({ morphology, others }: Marrow): boolean {
  const tests = morphology === undefined ? others : [morphology, ...others];
  return tests.filter((test) => reaches(test, TEST_FROM)).length >= 2;
}

function reaches(test: Measured, percent: number): boolean {
  return isBelowThreshold(test, 'LT', percent) === 'NOT_MET';
}

function collectMarrows({ frame }: ResponseContext): readonly Marrow[] {
  const { marrowBlasts, mrd } = frame.record.observations;
  const days = new Map<number, { morphology?: Measured; others: Map<string, Measured>; sources: Source[] }>();
  const at = (date: string) => {
    const day = frame.dayOf(date);
    const known = days.get(day) ?? { others: new Map<string, Measured>(), sources: [] };
    days.set(day, known);
    return known;
  };
  for (const { date, percent, comparator, sources } of marrowBlasts) {
    if (date.length < 10) continue;
    const marrow = at(date);
    marrow.morphology = higher(marrow.morphology, measured(percent, comparator));
    marrow.sources.push(...sources);
  }
  for (const { date, specimen, method, value, comparator, sources } of mrd) {
    if (date.length < 10 || value === undefined || (specimen !== 'MARROW' && specimen !== 'UNKNOWN'))
      continue;
    const marrow = at(date);
    const percent = measured(percentOfFraction(value), comparator);
    marrow.others.set(method, higher(marrow.others.get(method), percent));
    marrow.sources.push(...sources);
  }
  return [...days]
    .map(([day, { morphology, others, sources }]) => ({
      day,
      ...(morphology === undefined ? {} : { morphology }),
      others: [...others.values()],
      sources,
    }))
    .toSorted((a, b) => a.day - b.day);
}

function measured(value: number, comparator: Measured['comparator']): Measured {
  return comparator === undefined ? { value } : { value, comparator };
}

function higher(known: Measured | undefined, next: Measured): Measured {
  return known === undefined || next.value > known.value ? next : known;
}

function written({ morphology, others }: Marrow): string {
  const tests = others.map((test) => `${writtenMeasure(test)} %`).toSorted();
  const blasts = morphology === undefined ? 'not counted' : `${writtenMeasure(morphology)} %`;
  return `blasts ${blasts}${tests.length === 0 ? '' : `; other tests ${tests.join(', ')}`}`;
}
