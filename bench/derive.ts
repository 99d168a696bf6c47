/**
 * `npm run bench -- derive`: all derivations of a generated patient's course. Measured is the time of this thread on its
 * core, so that a busy machine does not count. The bar: a median under 5 ms with 2,000 observations, and time linear in
 * their number up to 200,000 (least squares on the logs of both: slope at most 1.15). Last line: the figures, and
 * whether the bar holds.
 */
import { deriveCourseResults } from '../src/clinical/course-results.ts';
import type { CohortRecord, Observations, Source } from '../src/cohort/cohort-record.generated.ts';
import { addDays, dayNumber } from '../src/core/partial-date.ts';
import { createRandom } from '../src/example/random.ts';

const BAR = { medianMs: 5, slope: 1.15 } as const;
const SIZES = [2_000, 6_000, 20_000, 60_000, 200_000] as const;
const INFUSION = '2024-01-08';
const AS_OF = '2026-01-08';
const FOLLOWED_DAYS = 700;
/** Derived between two readings of the thread's clock, which some kernels move on by 4 ms at a time. */
const BATCH_OBSERVATIONS = 40_000;

const sources = (id: string): readonly [Source] => [
  { reference: `Observation/${id}`, path: 'Observation.value', site: 'bench' },
];

/** Vital signs, breathing, examinations and laboratory values in the shares of a ward, most of them in the first month. */
function generateRecord(size: number): CohortRecord {
  const random = createRandom(`derive-${size}`);
  const at = (index: number) => {
    const day = random.chance(0.7) ? random.integer(0, 30) : random.integer(31, FOLLOWED_DAYS);
    const minute = random.integer(0, 1439);
    const date = addDays(INFUSION, day);
    const clock = [Math.floor(minute / 60), minute % 60]
      .map((part) => String(part).padStart(2, '0'))
      .join(':');
    return {
      date,
      time: `${clock}:00+00:00`,
      epochMinute: dayNumber(date) * 1440 + minute,
      course: 1,
      sources: sources(String(index)),
    };
  };
  const share = <Fact>(part: number, make: (index: number) => Fact): readonly Fact[] =>
    Array.from({ length: Math.round(size * part) }, (_, index) => make(index));
  const observations: Observations = {
    diseaseStatus: [{ date: addDays(INFUSION, 28), status: 'CR', sources: sources('cr') }],
    marrowBlasts: [],
    mrd: [],
    bCells: share(0.02, (index) => ({
      date: at(index).date,
      measure: 'PERCENT_OF_LYMPHOCYTES',
      specimen: 'BLOOD',
      value: random.integer(0, 30) / 10,
      sources: sources(`b${index}`),
    })),
    assertions: [],
    vitalSigns: share(0.4, (index) => ({
      ...at(index),
      sign: 'temperature',
      value: random.integer(360, 400) / 10,
    })),
    oxygenSupport: share(0.15, (index) => ({
      ...at(index),
      device: random.chance(0.8) ? 'NONE' : 'NASAL_CANNULA',
    })),
    clinicalSigns: share(0.1, (index) => ({
      ...at(index),
      sign: 'HYPOTENSION',
      present: random.chance(0.1),
    })),
    neuroAssessments: share(0.05, (index) => ({ ...at(index), ice: random.integer(6, 10) })),
    supportiveDrugs: share(0.03, (index) => ({
      ...at(index),
      agent: random.chance(0.5) ? 'paracetamol' : 'norepinephrine',
    })),
    laboratory: share(0.24, (index) => ({
      ...at(index),
      analyte: ['anc', 'platelets', 'haemoglobin', 'ferritin', 'fibrinogen', 'igg'][index % 6] ?? 'anc',
      value: random.integer(20, 2_000),
    })),
    transgene: share(0.01, (index) => ({
      ...at(index),
      copiesPerMicrogram: random.integer(0, 30_000),
      specimen: 'BLOOD',
    })),
  };
  return {
    modelVersion: '1.0.0',
    id: 'bench',
    patient: { birthDate: { value: '2014-01-08', sources: sources('birth') } },
    disease: { diagnoses: [], cytogenetics: [] },
    priorTherapies: [],
    hcts: [],
    courses: [
      {
        number: 1,
        product: { code: 'tisagenlecleucel', costimulation: ['4-1BB'] },
        lymphodepletion: [],
        infusion: { date: INFUSION, sources: sources('infusion') },
      },
    ],
    observations,
    laterTherapies: [],
    followUp: {
      vitalStatus: [],
      secondMalignancies: [],
      lastContact: { date: AS_OF, sources: sources('seen') },
    },
    findings: [],
  };
}

function medianMs(size: number): number {
  const record = generateRecord(size);
  const batch = Math.max(1, Math.round(BATCH_OBSERVATIONS / size));
  const derive = () => {
    for (let run = 0; run < batch; run += 1) deriveCourseResults(record, 1, { asOf: AS_OF });
  };
  const batches = size > BATCH_OBSERVATIONS ? 9 : 21;
  for (let warm = 0; warm < batches; warm += 1) derive();
  const times = Array.from({ length: batches }, () => {
    const before = process.threadCpuUsage();
    derive();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000 / batch;
  }).toSorted((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Of the line through the logs of both; 1 is linear. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const cross = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return cross / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

const measured = SIZES.map((size) => {
  const median = medianMs(size);
  process.stdout.write(`${size} observations: median ${median.toFixed(2)} ms\n`);
  return [size, median] as const;
});
const first = measured[0]?.[1] ?? Number.NaN;
const slope = slopeOf(measured);
const holds = first < BAR.medianMs && slope <= BAR.slope;
process.stdout.write(
  `derive: 2,000 observations in ${first.toFixed(2)} ms median (bar: under ${BAR.medianMs}); slope ${slope.toFixed(2)} ` +
    `to 200,000 (bar: at most ${BAR.slope}): ${holds ? 'holds' : 'does not hold'}\n`,
);
process.exitCode = holds ? 0 : 1;
