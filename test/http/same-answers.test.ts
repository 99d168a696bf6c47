/** The same question gets the same answer on every way out, on the golden stories, with and without changed parameters. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildCohortCommand } from '../../src/cli/cohort-command.ts';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { buildDeriveCommand } from '../../src/cli/derive-command.ts';
import { buildGradeCommand } from '../../src/cli/grade-command.ts';
import { buildHctCommand } from '../../src/cli/hct-command.ts';
import { runCommand } from '../cli/run-command.ts';
import { parseLines } from '../cli/spawn-cartograph.ts';
import { STORIES } from '../golden/stories.ts';
import { storyTransaction } from '../golden/story-records.ts';
import { startTestService, type TestService } from '../support/service.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
type Loose = any;

const NAMES = Object.keys(STORIES);
const OPERATIONS = ['toxicity', 'response', 'b-cell-aplasia', 'car-kinetics', 'risk-factors'] as const;
/** Early, where much is open, and late. */
const DAYS = ['2024-01-11', '2025-06-01'] as const;
const CHANGED = {
  feverFromCelsius: 40,
  icahtFillDays: 2,
  bcaDefinition: 'BCA_PCT3',
  bcaLossDateRule: 'MIDPOINT',
  responseDeadlineDay: 92,
  mrdNearResponseDays: 0,
  lloq: 5_000,
  earlyInfectionToDay: 10,
} as const;
const COLUMNS = [
  'crs-grade',
  'icans-grade',
  'mrd-negative-remission',
  'bca-loss',
  'cmax',
  'tmax',
  'auc',
  'tocilizumab',
];

/** The data arrive after all that they tell of; cards are about today. */
let today = '2025-07-01';
let folder: string;
let input: string;
let services: Readonly<Record<'usual' | 'changed', TestService>>;
const idOf = (name: string): string => `${name}-p`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'same-answers-'));
  const parametersFile = join(folder, 'parameters.json');
  await writeFile(parametersFile, JSON.stringify(CHANGED));
  const now = () => new Date(`${today}T12:00:00Z`);
  services = {
    usual: await startTestService({}, now),
    changed: await startTestService({ parametersFile }, now),
  };
  const bundles = NAMES.map((name) => storyTransaction(name, `${name}-`));
  input = join(folder, 'stories.ndjson');
  await writeFile(input, bundles.map((bundle) => `${JSON.stringify(bundle)}\n`).join(''));
  for (const service of Object.values(services)) {
    for (const bundle of bundles) expect((await service.post('/fhir/R4', bundle)).status).toBe(200);
  }
}, 120_000);
afterAll(async () => {
  for (const service of Object.values(services)) await service.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => expect.hasAssertions());

describe.each(['usual', 'changed'] as const)('%s parameters', (which) => {
  const ask = async (path: string): Promise<Loose> => {
    const { status, body } = await services[which].get(path);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const derivedOf = async (name: string, asOf: string): Promise<Loose> =>
    (await ask(`/cohort/patients/${idOf(name)}?asOf=${asOf}`)).derived;
  const rowsOf = async (path: string): Promise<readonly Loose[]> =>
    parseLines(await (await fetch(`${services[which].url}${path}`)).text());
  const run = async (build: (context: CommandContext) => Command, ...args: readonly string[]) =>
    parseLines((await runCommand(build, [input, ...args])).stdout);
  const set = () => (which === 'usual' ? [] : ['--parameters', join(folder, 'parameters.json')]);

  describe.each(DAYS)('as of %s', (asOf) => {
    it.each(NAMES)('%s: the summary holds what the operations say', async (name) => {
      const base = `/fhir/R4/Patient/${idOf(name)}`;
      const { entry } = await ask(`${base}/$cart-summary?asOf=${asOf}`);
      const fullUrls = entry.map(({ fullUrl }: Loose) => fullUrl);
      expect(new Set(fullUrls).size).toBe(fullUrls.length);
      const held = entry.map(({ resource }: Loose) => resource);
      for (const operation of [...OPERATIONS, 'time-to-event', 'hct-consolidation']) {
        const results = resultsOf(await ask(`${base}/$${operation}?asOf=${asOf}`));
        const kind = operation === 'time-to-event' ? 'endpoints' : operation;
        const section = held[0].section.find(({ code }: Loose) => code.coding[0].code === kind);
        const references = (section.entry ?? []).map(({ reference }: Loose) => reference);
        expect([kind, references]).toEqual([kind, results.map((one) => `${one.resourceType}/${one.id}`)]);
        expect(held).toEqual(expect.arrayContaining([...results]));
      }
    });

    it('the command line says what the service says of each patient', async () => {
      const graded = await run(buildGradeCommand, '--as-of', asOf, ...set());
      const derived = await run(buildDeriveCommand, '--as-of', asOf);
      const hct = await run(buildHctCommand, '--as-of', asOf);
      for (const name of NAMES) {
        const answer = await derivedOf(name, asOf);
        const own = (lines: readonly Loose[]) => lines.filter(({ patient }) => patient === idOf(name));
        const courses = own(graded).map(({ patient: _, asOf: __, ...course }) => course);
        const endpoints = own(derived).map(({ patient: _, ...endpoint }) => endpoint);
        expect(bare(courses)).toEqual(bare(answer.courses));
        expect(bare(endpoints)).toEqual(bare(answer.endpoints));
        expect(bare(own(hct)[0])).toEqual(bare(answer.hct));
      }
    });

    it('the command line says what the service says of all of them', async () => {
      const report = (...args: readonly string[]) =>
        run(buildCohortCommand, '--as-of', asOf, ...args, ...set());
      const strata = { endpoint: 'OS', by: 'crs-grade', at: '100' };
      const query = new URLSearchParams({ asOf, ...strata }).toString();
      const asked = [
        [await report('--report', 'grades', '--endpoint', 'OS'), `/cohort/reports/grades?asOf=${asOf}`],
        [await report('--report', 'paired'), `/cohort/reports/paired?asOf=${asOf}`],
        [await report('--report', 'swimmer'), `/cohort/reports/swimmer?asOf=${asOf}`],
        [
          await report('--endpoint', 'OS', '--by', 'crs-grade', '--at', '100'),
          `/cohort/reports/survival?${query}`,
        ],
      ] as const;
      for (const [[printed], path] of asked) expect(bare(printed)).toEqual(bare(await ask(path)));
      const columns = COLUMNS.map((column) => `column=${column}`).join('&');
      expect(
        bare(await report('--report', 'analysis-set', '--endpoint', 'CIR', '--columns', COLUMNS.join(','))),
      ).toEqual(
        bare(await rowsOf(`/cohort/analysis-set?format=ndjson&endpoint=CIR&asOf=${asOf}&${columns}`)),
      );
    });

    it('tables and lists hold what is said of each patient', async () => {
      const columns = COLUMNS.map((column) => `column=${column}`).join('&');
      const table = await rowsOf(`/cohort/analysis-set?format=ndjson&asOf=${asOf}&${columns}`);
      const adtte = await rowsOf(`/cohort/adtte?format=ndjson&asOf=${asOf}`);
      const work = await ask(`/cohort/hct-worklist?asOf=${asOf}`);
      for (const name of NAMES) {
        const { endpoints, courses, hct } = await derivedOf(name, asOf);
        const item = work.items.find(({ patient }: Loose) => patient === idOf(name));
        expect(item.status).toBe(hct.status);
        for (const { endpoint, status, days, type } of endpoints) {
          const row = table.find((one) => one.patient === idOf(name) && one.endpoint === endpoint);
          const time = adtte.find((one) => one.USUBJID === idOf(name) && one.PARCAT1 === endpoint);
          expect(row).toMatchObject({ status, days: days ?? null, type: type ?? null });
          expect(time.AVAL).toBe(days ?? null);
          const course = courses.find((one: Loose) => one.course === row.course);
          if (course !== undefined) expect(row).toMatchObject(columnsOf(course, which));
        }
      }
    });

    it('the grade report counts the grades of the patients', async () => {
      const { tables, parameters } = await ask(`/cohort/reports/grades?asOf=${asOf}`);
      expect(parameters).toEqual(which === 'usual' ? {} : { feverFromCelsius: 40, icahtFillDays: 2 });
      const answers = await Promise.all(NAMES.map((name) => derivedOf(name, asOf)));
      const first = answers.flatMap(({ courses }) => courses.slice(0, 1));
      const graded: Readonly<Record<string, readonly (number | null)[]>> = {
        CRS: first.map(({ crs }) => gradeOf(crs)),
        ICANS: first.map(({ icans }) => gradeOf(icans)),
        ICAHT_EARLY: first.map(({ icaht }) => (icaht.early.status === 'EXACT' ? icaht.early.grade : null)),
        ICAHT_LATE: first.map(({ icaht }) => (icaht.late.status === 'EXACT' ? icaht.late.grade : null)),
      };
      for (const [toxicity, seen] of Object.entries(graded)) {
        const table = tables.find((one: Loose) => one.toxicity === toxicity && one.origin === 'DECIDED');
        expect([toxicity, ...table.grades.map(({ count }: Loose) => count)]).toEqual([
          toxicity,
          ...[0, 1, 2, 3, 4, 5].map((level) => seen.filter((grade) => grade === level).length),
        ]);
      }
    });
  });

  it.each(NAMES)('%s: cards say what the operations say today', async (name) => {
    today = DAYS[0];
    const base = `/fhir/R4/Patient/${idOf(name)}`;
    const cardsOf = async (service: string): Promise<readonly string[]> => {
      const call = {
        hook: 'patient-view',
        hookInstance: '0f2b2d6a-6a02-4f57-9f0b-0d6e7f3f3b11',
        fhirServer: `${services[which].url}/fhir/R4`,
        context: { userId: 'Practitioner/p', patientId: idOf(name) },
      };
      const json = { 'content-type': 'application/json' };
      const { body } = await services[which].post(`/cds-services/${service}-patient-view`, call, json);
      return body.cards.map(({ summary }: Loose) => summary);
    };
    const { hct, courses } = await derivedOf(name, today);
    const isAsked = !['ALREADY_TRANSPLANTED', 'NOT_APPLICABLE'].includes(hct.status);
    expect(await cardsOf('hct-consolidation')).toHaveLength(isAsked ? 1 : 0);
    const factors = resultsOf(await ask(`${base}/$risk-factors`));
    const statusOf = (id: string) =>
      factors.find(({ method }) => method.coding[0].code === id)?.valueCodeableConcept.coding[0].code;
    const cards = await cardsOf('early-toxicity');
    const early = cards.filter((summary) => summary.includes('tocilizumab'));
    const answer = statusOf('PROPH_EARLY_TOCI') === 'MET' ? 'may be considered' : 'cannot be weighed';
    expect(early.filter((summary) => !summary.includes(answer))).toEqual([]);
    if (courses.at(-1)?.crs.tocilizumab.status === 'MET') expect(early).toEqual([]);
    const seizure = statusOf('PROPH_SEIZURE') === 'NOT_MET' ? 0 : 1;
    expect(cards.filter((summary) => summary.includes('Seizure'))).toHaveLength(seizure);
  });
});

/** What the columns are to be, from the results of the row's course. */
function columnsOf({ crs, icans, response, bCells, kinetics }: Loose, which: 'usual' | 'changed') {
  const negative = response.find(({ definition }: Loose) => definition === 'MRD_NEG_CR').answer;
  const { onset, loss } = bCells.byDefinition[which === 'usual' ? 'BCA_WH_STRICT' : 'BCA_PCT3'];
  return {
    'crs-grade': gradeOf(crs),
    'icans-grade': gradeOf(icans),
    'mrd-negative-remission': negative === 'UNKNOWN' ? null : Number(negative === 'MET'),
    'bca-loss': onset === undefined ? null : (loss?.day ?? null),
    cmax: kinetics.blood.profile.cmax ?? null,
    tmax: kinetics.blood.profile.tmax ?? null,
    auc: kinetics.blood.areas[0].auc ?? null,
    tocilizumab: { MET: 1, NOT_MET: 0, UNKNOWN: null }[crs.tocilizumab.status as 'MET'],
  };
}

/** None where it may be higher, or where nobody looked. */
function gradeOf({ peak, peakStatus, occurred }: Loose): number | null {
  return peakStatus === 'EXACT' && occurred !== 'UNKNOWN' ? peak : null;
}

function resultsOf({ parameter }: Loose): readonly Loose[] {
  return parameter.filter(({ name }: Loose) => name === 'result').map(({ resource }: Loose) => resource);
}

/** Without what tells where it was read from. */
function bare(value: unknown): unknown {
  const where = ['evidence', 'sources', 'versionId'];
  return JSON.parse(JSON.stringify(value, (key, given) => (where.includes(key) ? undefined : given)));
}
