import { deriveTherapyEvents } from '../../clinical/record/therapy-events.ts';
import { assessMrd } from '../../clinical/response/mrd.ts';
import type { DiseaseStatus, Mrd } from '../../cohort/cohort-record.generated.ts';
import { buildData } from '../datum.ts';
import type { Datum } from '../hct-assessment.ts';
import { dayOfFact, type HctContext } from '../hct-context.ts';
import type { HctParameters } from '../hct-parameters.ts';
import { MISSING } from '../hct-ruleset.ts';
import type { CriterionFinding } from './criterion.ts';

/** What an MRD result, or a status assessed at the level of MRD, says. */
interface Result {
  readonly day: number;
  readonly positive: boolean;
  readonly mrd: Pick<Mrd, 'date' | 'method' | 'value' | 'comparator' | 'sources'>;
}

/** Order of methods where several found something on one day. */
const METHODS: readonly Mrd['method'][] = ['FCM', 'RQ_PCR', 'FUSION_QPCR', 'NGS', 'UNKNOWN'];

/**
 * R.c: MRD at any level after the infusion (clinical specification 5.2, 4.2). Counts from `mrdEarliestDay` up to
 * the evaluation day and no longer than HCT or new therapy; what was drawn on the day of these was drawn before
 * them. Blood can show disease but not exclude it; a specimen that is not named is taken for marrow. A relapse or
 * failed response recorded at the molecular level is a positive by a method that is not named.
 */
export function assessMrdAfterInfusion(context: HctContext, parameters: HctParameters): CriterionFinding {
  const results = collectResults(context, parameters);
  const { everVsLatest, mrdEarliestDay, requireNgsForNegative } = parameters;
  const shown = { mrdEarliestDay, everVsLatest, requireNgsForNegative };
  const lastDay = results.at(-1)?.day;
  const counted = everVsLatest === 'EVER' ? results : results.filter(({ day }) => day === lastDay);
  const first = counted.find(({ positive }) => positive);
  if (first !== undefined) return { ...positiveFinding(first, results, context), parameters: shown };
  const negatives = counted.filter(({ positive }) => !positive);
  const ngsDone = negatives.some(({ mrd }) => mrd.method === 'NGS');
  const last = negatives.at(-1);
  if (last === undefined || (requireNgsForNegative && !ngsDone)) {
    const reason =
      last === undefined
        ? `no post-infusion MRD result at/after day ${mrdEarliestDay}`
        : 'negative, but not by NGS';
    return {
      result: 'UNKNOWN',
      reason,
      parameters: shown,
      missing: [MISSING.mrd],
      data: negatives.flatMap(datum),
    };
  }
  const isStale = context.day !== undefined && context.day - last.day > parameters.mrdStaleDays;
  return {
    result: 'NOT_MET',
    reason: `last negative on day ${last.day}`,
    details: {
      lastNegativeDay: last.day,
      methods: METHODS.filter((method) => negatives.some(({ mrd }) => mrd.method === method)),
      ngsDone,
      provisional: true,
    },
    data: negatives.flatMap(datum),
    parameters: shown,
    cautions: isStale ? ['MRD_STALE'] : [],
  };
}

function positiveFinding(first: Result, results: readonly Result[], context: HctContext): CriterionFinding {
  const lastPositive = results.findLast(({ positive }) => positive) ?? first;
  const clearing = results.filter(({ positive, day }) => !positive && day > lastPositive.day);
  const sinceCleared = clearing[0] !== undefined && !wasTreated(context, lastPositive.day, clearing[0].day);
  return {
    result: 'MET',
    reason: `positive by ${first.mrd.method} on day ${first.day}`,
    details: { firstPositiveDay: first.day, method: first.mrd.method, sinceCleared },
    data: [first, ...clearing.slice(-1)].flatMap(datum),
    cautions: sinceCleared ? ['MRD_SINCE_CLEARED'] : [],
  };
}

/** Any anti-leukaemic therapy, maintenance and targeted bridging too, between the positive and the negative. */
function wasTreated(context: HctContext, from: number, to: number): boolean {
  return deriveTherapyEvents(context.record, context.course, context.dates).some(
    ({ role, targeted, day }) => (role === 'MAINTENANCE' || targeted) && day >= from && day < to,
  );
}

/** Clear results only, by day and, within one day, by method. */
function collectResults(context: HctContext, { mrdEarliestDay }: HctParameters): readonly Result[] {
  const ended = deriveTherapyEvents(context.record, context.course, context.dates).find(
    ({ role }) => role === 'NEW_THERAPY' || role === 'HCT' || role === 'REINFUSION',
  );
  const lastDay = Math.min(context.day ?? 0, ended?.day ?? Number.POSITIVE_INFINITY);
  const { mrd: measured, diseaseStatus } = context.record.observations;
  const stated = [
    ...measured.map((mrd) => ({ mrd, positive: isPositive(mrd) })),
    ...diseaseStatus.filter(isMolecularDisease).map(({ date, sources }) => ({
      mrd: { date, method: 'UNKNOWN' as const, sources },
      positive: true,
    })),
  ];
  return stated
    .flatMap(({ mrd, positive }): readonly Result[] => {
      const day = dayOfFact(context, mrd);
      const counts = day !== undefined && day >= mrdEarliestDay && day <= lastDay;
      return counts && positive !== undefined ? [{ day, positive, mrd }] : [];
    })
    .sort((a, b) => a.day - b.day || METHODS.indexOf(a.mrd.method) - METHODS.indexOf(b.mrd.method));
}

function isMolecularDisease({ level, status }: DiseaseStatus): boolean {
  return level === 'MOLECULAR' && (status === 'RELAPSE' || status === 'PROGRESSIVE' || status === 'NR');
}

function isPositive(mrd: Mrd): boolean | undefined {
  if (mrd.specimen === 'CSF' || mrd.specimen === 'OTHER') return undefined;
  const category = assessMrd(mrd);
  if (category === 'POS' || category === 'POS_NQ') return true;
  return category === 'NEG' && mrd.specimen !== 'BLOOD' ? false : undefined;
}

function datum({ mrd, positive }: Result): readonly Datum[] {
  const value = mrd.value === undefined ? '' : ` ${mrd.comparator ?? ''}${mrd.value}`;
  return buildData(mrd.sources, {
    date: mrd.date,
    value: `${positive ? 'positive' : 'negative'} by ${mrd.method}${value}`,
  });
}
