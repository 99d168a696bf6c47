import { type BCellAplasia, deriveBCellAplasia } from '../../clinical/b-cells/b-cell-aplasia.ts';
import { windowEndDay } from '../../clinical/b-cells/b-cell-window.ts';
import { buildData } from '../datum.ts';
import type { Datum } from '../hct-assessment.ts';
import type { HctCaution } from '../hct-caution-texts.ts';
import type { HctContext } from '../hct-context.ts';
import type { HctParameters } from '../hct-parameters.ts';
import { MISSING } from '../hct-ruleset.ts';
import type { CriterionFinding } from './criterion.ts';

/** R.b beside what only its reader's calendar needs. */
export interface BCellLossFinding extends CriterionFinding {
  /** Day by which the last aplastic sample no longer describes the present. */
  readonly nextBCellTestDueDay?: number;
}

interface Question {
  readonly aplasia: BCellAplasia;
  /** Of the evaluation. */
  readonly day: number;
  readonly windowEnd: number;
  readonly parameters: HctParameters;
}

/**
 * R.b: loss of B-cell aplasia within six months, by interval (clinical specification 5.2, 4.7). Met when B cells
 * were found again up to the end of the window; not met when aplasia is documented to its end, or, for now,
 * recently enough inside it. Everything else is unknown, above all an interval that straddles the end.
 */
export function assessBCellLoss(context: HctContext, parameters: HctParameters): BCellLossFinding {
  const { record, course, asOf, day, infusionDate } = context;
  if (infusionDate === undefined || day === undefined) {
    return unknown('infusion date known to the year only', MISSING.bCellsStraddling, parameters);
  }
  const aplasia = deriveBCellAplasia(record, course.number, {
    asOf,
    definition: parameters.bcaDefinition,
    confirm: parameters.confirm,
    carryForwardDays: parameters.staleDays,
    neverAchievedFromDay: parameters.neverAchievedFromDay,
  });
  const windowEnd = windowEndDay(infusionDate, parameters.window);
  const finding = judge({ aplasia, day, windowEnd, parameters });
  return { ...finding, data: dataOf(aplasia), parameters: shown(parameters) };
}

function judge(question: Question): BCellLossFinding {
  const { aplasia, parameters } = question;
  switch (aplasia.state) {
    case 'LOST':
      return judgeLoss(question);
    case 'ONGOING_AT_END':
      return judgeOngoing(question);
    case 'NEVER_ACHIEVED':
      return judgeNeverAchieved(question);
    case 'NOT_ASSESSABLE_YET':
      return unknown(
        `B cells present, all samples before day ${parameters.neverAchievedFromDay}`,
        MISSING.bCellsNow,
        parameters,
      );
    case 'NOT_ASSESSED':
    case 'INDETERMINATE':
      return unknown('no B-cell result after infusion', MISSING.bCellsNever, parameters);
  }
}

function judgeLoss({ aplasia, windowEnd, parameters }: Question): BCellLossFinding {
  const { loss } = aplasia;
  if (loss === undefined) throw new RangeError('A loss without its interval');
  const lastAplasia = loss.lastAplasia.day;
  const firstRecovered = loss.firstDetected.day;
  if (firstRecovered <= windowEnd) {
    return {
      result: 'MET',
      reason: `aplasia D${lastAplasia}, B cells D${firstRecovered}`,
      details: { lastAplasia, firstRecovered },
      cautions: loss.confirmedByNextSample ? [] : ['UNCONFIRMED_BCA_LOSS'],
    };
  }
  if (lastAplasia >= windowEnd - parameters.toleranceDays) {
    return {
      result: 'NOT_MET',
      reason: `aplasia D${lastAplasia}, lost only after day ${windowEnd}`,
      details: { lastAplasia, firstRecovered, final: true },
    };
  }
  const interval = `(${lastAplasia},${firstRecovered}]`;
  return unknown(
    `loss interval ${interval} straddles day ${windowEnd}`,
    MISSING.bCellsStraddling,
    parameters,
  );
}

function judgeOngoing({ aplasia, day, windowEnd, parameters }: Question): BCellLossFinding {
  const lastAplasia = aplasia.lastAplasia?.day ?? 0;
  const { staleDays, toleranceDays } = parameters;
  const cautions: readonly HctCaution[] = aplasia.lossUnconfirmed ? ['LOSS_UNCONFIRMED'] : [];
  const missing = MISSING.bCellsNow;
  if (day > windowEnd) {
    const from = windowEnd - toleranceDays;
    if (lastAplasia >= from) {
      const reason = `aplasia documented on day ${lastAplasia}`;
      return { result: 'NOT_MET', reason, details: { lastAplasia, final: true }, cautions };
    }
    const reason = `last aplasia result D${lastAplasia} is earlier than day ${from}`;
    return { ...unknown(reason, missing, parameters), cautions };
  }
  const nextBCellTestDueDay = lastAplasia + staleDays;
  if (day - lastAplasia > staleDays) {
    const reason = `last aplasia result D${lastAplasia} is older than ${staleDays} d`;
    return { ...unknown(reason, missing, parameters), cautions, nextBCellTestDueDay };
  }
  return {
    result: 'NOT_MET',
    reason: `aplasia ongoing on day ${lastAplasia}`,
    details: { lastAplasia, provisional: true, reevaluateByDay: windowEnd },
    cautions,
    nextBCellTestDueDay,
  };
}

/**
 * Aplasia never achieved counts as lost. Where B cells were first looked for after the window, they may have
 * been lost at any time before: that is an interval that straddles its end.
 */
function judgeNeverAchieved({ aplasia, day, windowEnd, parameters }: Question): BCellLossFinding {
  const lastUsableDay = aplasia.observationEnds[0]?.lastUsableDay ?? Number.POSITIVE_INFINITY;
  const present = aplasia.samples
    .filter(({ call, day: seen }) => call === 'R' && seen > 0 && seen <= lastUsableDay)
    .map((sample) => sample.day);
  const early = present.find((seen) => seen >= parameters.neverAchievedFromDay && seen <= windowEnd);
  if (early === undefined) {
    const reason = `B cells first tested on or after day ${parameters.neverAchievedFromDay} only after day ${windowEnd}`;
    return unknown(reason, MISSING.bCellsStraddling, parameters);
  }
  const reason = `B-cell aplasia never achieved, B cells D${early}`;
  if (!parameters.neverAchievedCountsAsLoss) {
    const open = day <= windowEnd ? ({ provisional: true, reevaluateByDay: windowEnd } as const) : {};
    return { result: 'NOT_MET', reason, details: { extension: 'NEVER_ACHIEVED', ...open } };
  }
  return {
    result: 'MET',
    reason,
    details: { extension: 'NEVER_ACHIEVED' },
    cautions: present.length > 1 ? [] : ['UNCONFIRMED_BCA_LOSS'],
  };
}

function unknown(reason: string, missing: string, parameters: HctParameters): BCellLossFinding {
  return { result: 'UNKNOWN', reason, missing: [missing], parameters: shown(parameters) };
}

function shown(parameters: HctParameters): CriterionFinding['parameters'] & object {
  const { window, bcaDefinition, confirm, staleDays, toleranceDays, neverAchievedCountsAsLoss } = parameters;
  return { window, bcaDefinition, confirm, staleDays, toleranceDays, neverAchievedCountsAsLoss };
}

/** The samples that decide: the last with aplasia and the first without, or else all that were judged. */
function dataOf({ loss, lastAplasia, samples, observationEnds }: BCellAplasia): readonly Datum[] {
  const deciding = new Set(
    [loss?.lastAplasia.day, loss?.firstDetected.day, lastAplasia?.day].filter((day) => day !== undefined),
  );
  const lastUsableDay = observationEnds[0]?.lastUsableDay ?? Number.POSITIVE_INFINITY;
  return samples
    .filter(({ day, call }) => {
      if (deciding.size > 0) return deciding.has(day);
      return day > 0 && day <= lastUsableDay && call !== 'U';
    })
    .flatMap(({ items }) => items)
    .flatMap(({ date, value, comparator = '', measure, sources }) =>
      buildData(sources, { date, value: `${comparator}${value} ${UNIT[measure]}` }),
    );
}

const UNIT = {
  PERCENT_OF_LYMPHOCYTES: '% of lymphocytes',
  PERCENT_OF_LEUKOCYTES: '% of leukocytes',
  PER_MICROLITRE: '/uL',
} as const;
