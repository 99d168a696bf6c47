import { deriveBCellAplasia } from '../../../src/clinical/b-cells/b-cell-aplasia.ts';
import type { BCellDefinitionId } from '../../../src/clinical/b-cells/b-cell-definitions.ts';
import {
  assessBCellSampleByAll,
  type BCellCall,
  type BCellItem,
} from '../../../src/clinical/b-cells/b-cell-sample.ts';
import { deriveBCellTimeline } from '../../../src/clinical/b-cells/b-cell-timeline.ts';
import { windowEndDay } from '../../../src/clinical/b-cells/b-cell-window.ts';
import { addDays } from '../../../src/core/partial-date.ts';
import { readVectors } from '../../support/clinical-vectors.ts';
import { bCellsOn, diedOn, hctOn, infusedOn, recordOf, statusOn } from '../../support/record-builder.ts';

interface BcaVectors {
  readonly samples: readonly {
    readonly id: string;
    readonly input: { readonly pctLymph?: number; readonly abs?: number; readonly pctWbc?: number };
    readonly expected: Readonly<Partial<Record<BCellDefinitionId, BCellCall>>>;
  }[];
  readonly timelines: readonly {
    readonly id: string;
    readonly tests: readonly (readonly [number, BCellCall])[];
    readonly observationEnd: {
      readonly day: number;
      readonly reason: 'EVAL' | 'CUTOFF' | 'HCT' | 'RELAPSE' | 'REINFUSION' | 'DEATH' | 'LAST_CONTACT';
    };
    readonly confirm: number;
    readonly expected: Readonly<Record<string, unknown>>;
  }[];
  readonly sixMonthWindows: readonly {
    readonly infusion: string;
    readonly CAL6: string;
    readonly cal6Day: number;
    readonly D180: string;
    readonly D182: string;
    readonly D183: string;
  }[];
}

const vectors = readVectors<BcaVectors>('bca');

function items({ pctLymph, abs, pctWbc }: BcaVectors['samples'][number]['input']): readonly BCellItem[] {
  const item = (measure: BCellItem['measure'], value: number | undefined): readonly BCellItem[] =>
    value === undefined ? [] : [{ measure, value, specimen: 'BLOOD' }];
  return [
    ...item('PERCENT_OF_LYMPHOCYTES', pctLymph),
    ...item('PER_MICROLITRE', abs),
    ...item('PERCENT_OF_LEUKOCYTES', pctWbc),
  ];
}

describe('samples', () => {
  it.each(vectors.samples.map((sample) => [sample.id, sample] as const))('%s', (_, { input, expected }) => {
    expect(assessBCellSampleByAll(items(input)).calls).toMatchObject(expected);
  });
});

describe('timelines on days', () => {
  it.each(vectors.timelines.map((line) => [line.id, line] as const))('%s', (_, line) => {
    const points = line.tests.map(([day, call]) => ({ day, call }));
    const timeline = deriveBCellTimeline(points, line.observationEnd.day, {
      confirm: line.confirm,
      neverAchievedFromDay: 21,
    });
    const { loss } = timeline;
    const told = {
      state: timeline.state,
      onset: timeline.onset,
      firstTest: timeline.firstTest,
      interval: loss && [loss.lastAplasia, loss.firstDetected],
      lossFirst: loss?.firstDetected,
      lossMid: loss?.midpoint,
      durFromOnset: loss?.durationFromOnset,
      durFromInfusion: loss?.firstDetected,
      within183: loss && loss.firstDetected <= 183,
      lastAplasia: timeline.lastAplasia,
      censorDay: timeline.censorDay,
      censorReason: timeline.censorDay === undefined ? undefined : line.observationEnd.reason,
    };
    expect(told).toMatchObject(line.expected);
  });
});

describe('timelines through records', () => {
  const infusion = '2023-02-10';
  const day = (offset: number) => addDays(infusion, offset);

  it.each(vectors.timelines.map((line) => [line.id, line] as const))('%s', (_, line) => {
    const { day: end, reason } = line.observationEnd;
    const record = recordOf({
      courses: infusedOn(infusion, ...(reason === 'REINFUSION' ? [day(end)] : [])),
      bCells: line.tests.map(([on, call]) => bCellsOn(day(on), call === 'A' ? 0.2 : 5)),
      hcts: reason === 'HCT' ? [hctOn(day(end + 1))] : [],
      statuses: [
        statusOn(day(28), 'CR'),
        ...(reason === 'RELAPSE' ? [statusOn(day(end + 1), 'RELAPSE')] : []),
      ],
      ...(reason === 'DEATH' ? { death: diedOn(day(end + 1)) } : {}),
      ...(reason === 'LAST_CONTACT' ? {} : { lastContact: day(end + (reason === 'DEATH' ? 0 : 300)) }),
    });
    const asOf = reason === 'EVAL' || reason === 'CUTOFF' ? { asOf: day(end) } : {};
    const aplasia = deriveBCellAplasia(record, 1, { ...asOf, confirm: line.confirm });
    const { loss, censoredAt } = aplasia;
    const told = {
      state: aplasia.state,
      onset: aplasia.onset?.day,
      firstTest: aplasia.firstTest?.day,
      interval: loss && [loss.lastAplasia.day, loss.firstDetected.day],
      lossFirst: loss?.firstDetected.day,
      lossMid: loss?.midpoint,
      durFromOnset: loss?.durationFromOnset,
      durFromInfusion: loss?.durationFromInfusion,
      within183: loss?.within.M6_D183,
      lastAplasia: aplasia.lastAplasia?.day,
      censorDay: censoredAt?.day,
      // The day of evaluation cuts the record off as a data cut-off does.
      censorReason: reason === 'EVAL' && censoredAt?.reason === 'CUTOFF' ? reason : censoredAt?.reason,
    };
    expect(told).toMatchObject(line.expected);
  });
});

describe('six-month windows', () => {
  it.each(vectors.sixMonthWindows)('infusion $infusion', ({ infusion, CAL6, cal6Day, D180, D182, D183 }) => {
    expect(windowEndDay(infusion, 'M6_CAL')).toBe(cal6Day);
    expect(addDays(infusion, windowEndDay(infusion, 'M6_CAL'))).toBe(CAL6);
    expect(addDays(infusion, windowEndDay(infusion, 'M6_D180'))).toBe(D180);
    expect(addDays(infusion, windowEndDay(infusion, 'M6_D182'))).toBe(D182);
    expect(addDays(infusion, windowEndDay(infusion, 'M6_D183'))).toBe(D183);
  });
});
