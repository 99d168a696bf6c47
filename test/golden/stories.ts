/** The stories, in the words of the builder. `story.md` beside each bundle tells them to a haematologist. */
import { StoryBuilder } from './story-builder.ts';

/** 2024-01-08; all that is timed happens before the change of the clock. */
const INFUSION = '2024-01-08';

const born = (years: number): string => `${2024 - years}-01-02`;

/** Nothing in the history that would make another relapse hard to treat. */
const PLAIN_HISTORY = {
  'prior-allogeneic-hct': false,
  'blinatumomab-exposure': false,
  refractoriness: false,
  'adverse-cytogenetics': false,
} as const;

/** Counts that never fall to 500, for stories about something else. */
const QUIET_COUNTS = [0, 7, 14, 21, 28, 35, 42, 49, 56].map((day) => [day, 1800 + day] as const);

const calm = (story: StoryBuilder, days: readonly number[]): StoryBuilder =>
  days.reduce((told, day) => told.bedside(day, '08:00', 36.8), story);

const uncomplicated = calm(
  new StoryBuilder(INFUSION, born(9)).infusion(0, 'tisagenlecleucel', '4-1BB'),
  [1, 2, 3, 4, 5, 6, 7],
)
  .examined(3, '09:00', {
    'capd-score': 0,
    consciousness: 'awakens-spontaneously',
    seizure: 'none',
    motor: 'none',
    intracranial: 'none',
  })
  .blasts(-10, 2)
  .measured('anc', QUIET_COUNTS)
  .measured('car-transgene', [
    [0, -100],
    [7, 12_000],
    [10, 30_860],
    [14, 20_000],
    [21, 6_000],
    [28, 1_500],
    [84, 300],
    [182, -100],
    [273, -100],
  ])
  .measured('b-cells-percent-of-lymphocytes', [
    [28, 0.1],
    [90, 0.1],
    [180, 0.2],
    [365, 0.1],
  ])
  .measured('igg', [[90, 520]])
  .status(28, 'CR')
  .mrd(28, 'negative')
  .history(-20, PLAIN_HISTORY)
  .history(35, { 'fit-for-hct': true, 'donor-available': false, 'hct-desired': false })
  .seen(400);

const severeCrs = new StoryBuilder(INFUSION, born(13))
  .infusion(0, 'tisagenlecleucel', '4-1BB')
  .blasts(-10, 45)
  .bedside(2, '20:00', 38.6)
  .bedside(3, '08:00', 39.2, { hypotension: true })
  .drug('norepinephrine', [3, '12:00'], [6, '08:00'])
  .bedside(3, '14:00', 39.6, { hypotension: true, oxygen: ['nasal-cannula', 3] })
  .drug('tocilizumab', [3, '15:00'])
  .drug('epinephrine', [4, '02:00'], [4, '20:00'])
  .bedside(4, '08:00', 39.4, { hypotension: true, oxygen: ['high-flow-cannula', 15] })
  .drug('dexamethasone', [4, '09:00'])
  .bedside(5, '08:00', 37.0, { hypotension: true, oxygen: ['nasal-cannula', 2] })
  .bedside(6, '12:00', 36.8)
  .bedside(7, '08:00', 36.7)
  .intensiveCare(3, 7)
  .grade('crs', 'PENN', 4, 3)
  .status(28, 'CR')
  .mrd(28, 'negative')
  .seen(120);

const icansAtSix = calm(
  new StoryBuilder(INFUSION, born(6)).infusion(0, 'tisagenlecleucel', '4-1BB'),
  [4, 5, 6],
)
  .examined(-3, '09:00', { 'capd-score': 2, consciousness: 'awakens-spontaneously' })
  .examined(5, '09:00', {
    'capd-score': 5,
    consciousness: 'awakens-to-voice',
    seizure: 'none',
    motor: 'none',
    intracranial: 'none',
  })
  .examined(6, '09:00', {
    'capd-score': 11,
    consciousness: 'awakens-to-voice',
    seizure: 'none',
    motor: 'none',
    intracranial: 'none',
  })
  .examined(7, '09:00', {
    'capd-score': 6,
    consciousness: 'awakens-spontaneously',
    seizure: 'none',
    motor: 'none',
    intracranial: 'none',
  })
  .examined(8, '09:00', {
    'capd-score': 0,
    consciousness: 'awakens-spontaneously',
    seizure: 'none',
    motor: 'none',
    intracranial: 'none',
  })
  .seen(60);

const icansAtFifteen = calm(
  new StoryBuilder(INFUSION, born(15)).infusion(0, 'brexucabtagene-autoleucel', 'CD28'),
  [4, 5, 6],
)
  .statement('seizure-history', -20, true)
  .examined(4, '09:00', {
    'ice-score': 8,
    consciousness: 'awakens-spontaneously',
    seizure: 'none',
    motor: 'none',
  })
  .examined(5, '09:00', {
    'ice-score': 6,
    consciousness: 'awakens-to-voice',
    seizure: 'convulsive',
    motor: 'none',
  })
  .examined(6, '09:00', {
    'ice-score': 9,
    consciousness: 'awakens-spontaneously',
    seizure: 'none',
    motor: 'none',
  })
  .examined(7, '09:00', {
    'ice-score': 10,
    consciousness: 'awakens-spontaneously',
    seizure: 'none',
    motor: 'none',
  })
  .grade('cres', 'CARTOX', 5, 2)
  .seen(60);

const icaht = new StoryBuilder(INFUSION, born(10))
  .infusion(0, 'tisagenlecleucel', '4-1BB')
  .measured('anc', [
    ...[0, 1, 2, 3].map((day) => [day, 900 - day * 50] as const),
    ...[4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17].map((day) => [day, 300] as const),
    ...[18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30].map((day) => [day, 1200] as const),
    [40, 900],
    [55, 1200],
    [70, 2000],
  ])
  .measured('platelets', [
    [14, 18],
    [28, 60],
  ])
  .drug('filgrastim', [12, '10:00'])
  .infection(10, 'bacterial')
  .infection(60, 'viral')
  .seen(150);

const iecHs = new StoryBuilder(INFUSION, born(11))
  .infusion(0, 'tisagenlecleucel', '4-1BB')
  .bedside(2, '08:00', 39.0)
  .bedside(3, '08:00', 39.1)
  .bedside(5, '08:00', 36.9)
  .bedside(6, '08:00', 36.8)
  .bedside(11, '08:00', 39.3)
  .measured(
    'ferritin',
    [
      [0, 400],
      [3, 600],
      [11, 24_000],
    ],
    300,
  )
  .measured(
    'ast',
    [
      [0, 30],
      [11, 320],
    ],
    40,
  )
  .measured('fibrinogen', [
    [0, 320],
    [11, 110],
  ])
  .measured('triglycerides', [[11, 310]])
  .measured('haemoglobin', [[11, 7.1]])
  .measured('platelets', [[11, 15]])
  .sign('splenomegaly', 11, true)
  .drug('anakinra', [12, '10:00'])
  .seen(100);

const reinfusion = new StoryBuilder(INFUSION, born(8))
  .infusion(0, 'tisagenlecleucel', '4-1BB')
  .measured('b-cells-percent-of-lymphocytes', [
    [28, 0.1],
    [59, 0.2],
    [89, 2.5],
    [120, 6],
    [160, 9],
    [208, 0.1],
    [240, 0.2],
  ])
  .measured('b-cells-per-volume', [
    [28, 1],
    [59, 2],
    [89, 20],
    [120, 60],
    [160, 90],
    [208, 1],
    [240, 2],
  ])
  .status(28, 'CR')
  .mrd(28, 'negative')
  .sign('marrow-haematogones', 120, true)
  .drug('fludarabine', [175])
  .infusion(180, 'tisagenlecleucel', '4-1BB')
  .status(208, 'CR')
  .mrd(208, 'negative')
  .history(-20, PLAIN_HISTORY)
  .blasts(-10, 1)
  .history(35, { 'fit-for-hct': true, 'donor-available': true, 'hct-desired': false })
  .seen(260);

const antigenLoss = new StoryBuilder(INFUSION, born(7))
  .infusion(0, 'tisagenlecleucel', '4-1BB')
  .blasts(-10, 30)
  .measured('b-cells-percent-of-lymphocytes', [
    [28, 0.1],
    [90, 0.1],
    [150, 0.2],
  ])
  .status(28, 'CR')
  .mrd(28, 'negative')
  .status(152, 'relapse', {
    'relapse-site': 'marrow',
    'relapse-level': 'morphologic',
    'cd19-class': 'negative',
  })
  .history(-20, { ...PLAIN_HISTORY, refractoriness: true })
  .history(30, { 'fit-for-hct': true, 'donor-available': true, 'hct-desired': false })
  .seen(200);

const donorDerived = calm(
  new StoryBuilder(INFUSION, born(12)).hct(-200, 'MSD').status(-60, 'relapse', {
    'relapse-site': 'marrow',
    'relapse-level': 'morphologic',
    'cd19-class': 'positive',
  }),
  [1, 2, 3],
)
  .infusion(0, 'donor-derived-cd19', '4-1BB', 'prior-hct-donor')
  .statement('donor-available', -40, true)
  .blasts(-10, 12)
  .measured('car-transgene', [
    [0, -100],
    [7, 5_000],
    [14, 40_000],
    [21, 8_000],
    [35, 2_000],
    [84, -100],
    [182, -100],
  ])
  .measured('b-cells-percent-of-lymphocytes', [
    [28, 0.1],
    [60, 0.1],
  ])
  .status(28, 'CR')
  .mrd(28, 'negative')
  .history(-20, { 'blinatumomab-exposure': false, refractoriness: false, 'adverse-cytogenetics': false })
  .statement('fit-for-hct', 35, true)
  .seen(200);

/** By the name of their folder. */
export const STORIES: Readonly<Record<string, StoryBuilder>> = {
  uncomplicated,
  'severe-crs-with-intensive-care': severeCrs,
  'icans-at-six-years': icansAtSix,
  'icans-at-fifteen-years': icansAtFifteen,
  'early-and-late-icaht': icaht,
  'iec-hs-after-crs': iecHs,
  'aplasia-lost-and-reinfusion': reinfusion,
  'cd19-negative-relapse': antigenLoss,
  'donor-derived-after-hct': donorDerived,
};
