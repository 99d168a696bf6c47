/** Reports over everyone with a course. */
import {
  anyObject,
  closed,
  count,
  fullDate,
  integer,
  listOf,
  number,
  open,
  orNull,
  partialDate,
  ref,
  type Schema,
  text,
} from './schema.ts';

/** What every report was made from. */
const ORIGIN = {
  report: text,
  asOf: fullDate,
  versions: closed({ model: text, mappings: text }),
  records: closed({ n: count, digest: text }),
  parameters: ref('ClinicalParameters'),
} as const;
const HEADER = {
  ...ORIGIN,
  endpoint: closed({ id: text, version: text, title: text, indexCourse: count }),
  monthDays: number,
} as const;

const CURVE_POINTS = listOf(open({ time: number, atRisk: number }));
const AT_TIMES = listOf(open({ time: number }));

export function reportSchemas(): Readonly<Record<string, Schema>> {
  return {
    AttritionStep: open({ n: count }),
    StratumEstimate: closed({
      stratum: text,
      n: count,
      events: count,
      competing: count,
      censored: count,
      median: orNull(anyObject),
      followUp: anyObject,
      numbersAtRisk: listOf(closed({ time: number, atRisk: count })),
      at: AT_TIMES,
      'curve?': CURVE_POINTS,
      'byType?': listOf(
        closed({ status: text, type: text, events: count, at: AT_TIMES, 'curve?': CURVE_POINTS }),
      ),
    }),
    CurveReport: closed({
      ...HEADER,
      report: { enum: ['survival', 'cumulative-incidence'] },
      'by?': text,
      confidence: open({ type: text }),
      'landmark?': closed({ day: number, eventBefore: count, censoredBefore: count }),
      attrition: listOf(ref('AttritionStep')),
      strata: listOf(ref('StratumEstimate')),
      'test?': open({ name: { enum: ['log-rank', 'gray', 'mantel-byar'] } }),
      'cox?': anyObject,
      reproducibility: { enum: ['exact', 'approx'] },
      cautions: listOf(text),
    }),
    SwimmerReport: closed({
      ...ORIGIN,
      report: { const: 'swimmer' },
      rows: listOf(
        closed({
          patient: text,
          infusion: partialDate,
          segments: listOf(
            closed({ state: text, fromDay: integer, toDay: integer, 'cd19?': text, 'course?': count }),
          ),
          markers: listOf(closed({ kind: text, day: number })),
          endDay: integer,
          end: { enum: ['DEATH', 'LAST_CONTACT', 'CUTOFF'] },
        }),
      ),
      withoutRow: count,
    }),
    PairedReport: closed({
      ...ORIGIN,
      report: { const: 'paired' },
      n: count,
      shares: listOf(
        closed({
          what: text,
          n: count,
          first: number,
          second: number,
          mcNemar: anyObject,
          fisherUnpaired: anyObject,
        }),
      ),
      numbers: listOf(
        closed({
          what: text,
          n: count,
          first: anyObject,
          second: anyObject,
          signedRank: anyObject,
          pairedT: anyObject,
        }),
      ),
    }),
    GradeShare: open({ count, n: count, share: orNull(number) }),
    GradeReport: closed({
      ...HEADER,
      report: { const: 'grades' },
      attrition: listOf(ref('AttritionStep')),
      tables: listOf(
        closed({
          toxicity: text,
          system: text,
          origin: text,
          n: count,
          notGradable: count,
          atLeast: listOf(closed({ grade: integer, count })),
          grades: listOf(ref('GradeShare')),
          any: ref('GradeShare'),
          severe: ref('GradeShare'),
          severeFrom: count,
        }),
      ),
    }),
  };
}
