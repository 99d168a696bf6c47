import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { drawCohort, generateCohort } from '../../src/example/generate-cohort.ts';

const { truth } = generateCohort({ patients: 40, seed: 'belgium', dialect: 'native' });

function count<T>(list: readonly T[], of: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of list) counts[of(item)] = (counts[of(item)] ?? 0) + 1;
  return counts;
}

describe('the shape of the cohort', () => {
  it.each(['belgium', 'another', '7'])('is that of the Belgian report, whatever the seed (%s)', (seed) => {
    const { patients } = drawCohort({ patients: 40, seed }).truth;
    expect(count(patients, ({ accessRoute }) => accessRoute ?? '')).toEqual({
      ELIANA: 3,
      CCTL019B2001X: 6,
      CASSIOPEIA: 1,
      COMMERCIAL: 30,
    });
    expect(count(patients, ({ indication }) => indication)).toEqual({ RELAPSED: 34, REFRACTORY: 6 });
    expect(patients.filter(({ priorHct }) => priorHct)).toHaveLength(12);
    expect(patients.filter(({ courses }) => courses.length === 2)).toHaveLength(4);
  });

  it('tells every kind of event-free survival', () => {
    const kinds = truth.patients.map(({ endpoints }) => endpoints.EFS_RW_D28);
    expect(count(kinds, ({ status, type }) => `${status} ${type ?? '-'}`)).toEqual({
      'EVENT RELAPSE': 17,
      'EVENT NO_RESPONSE': 2,
      'EVENT DEATH': 2,
      'EVENT SECOND_MALIGNANCY': 1,
      'CENSORED LAST_CONTACT': 14,
      'CENSORED ADMIN_CUTOFF': 3,
      'INDETERMINATE -': 1,
    });
  });

  it('tells every status of transplantation', () => {
    expect(count(truth.patients, ({ hct }) => hct.status)).toEqual({
      ALREADY_TRANSPLANTED: 10,
      NOT_APPLICABLE: 10,
      NO_CRITERION_MET: 5,
      INDETERMINATE: 4,
      OUT_OF_SCOPE_ACTIVE_DISEASE: 2,
      RECOMMENDED: 2,
      MAY_BE_CONSIDERED: 2,
      SPECIAL_CONSIDERATION_PRIOR_HCT: 2,
      NOT_ELIGIBLE_TO_PROCEED: 2,
      OUT_OF_SCOPE_NO_RESPONSE: 1,
    });
  });

  it.each([
    [80, 24],
    [400, 120],
  ])('keeps its proportions with %i patients', (patients, priorHct) => {
    const drawn = drawCohort({ patients, seed: 1 }).truth.patients;
    expect(drawn).toHaveLength(patients);
    expect(drawn.filter((patient) => patient.priorHct)).toHaveLength(priorHct);
  });

  it.each([0, -1, 1.5, 10_000, Number.NaN])('refuses %p patients', (patients) => {
    expect(() => drawCohort({ patients, seed: 1 })).toThrow(RangeError);
  });
});

describe('reproducibility', () => {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const script = `
    const { generateCohort } = await import('./src/example/generate-cohort.ts');
    const { createHash } = await import('node:crypto');
    const text = ['native', 'us-core']
      .map((dialect) => JSON.stringify(generateCohort({ patients: 12, seed: 'zone', dialect }))).join();
    process.stdout.write(createHash('sha256').update(text).digest('hex'));`;

  it.each(['UTC', 'Europe/Brussels', 'Pacific/Auckland', 'America/Los_Angeles'])(
    'the same seed gives the same bytes in %s',
    async (zone) => {
      const run = promisify(execFile);
      const { stdout } = await run(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
        env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
      });
      const here = (['native', 'us-core'] as const).map((dialect) =>
        JSON.stringify(generateCohort({ patients: 12, seed: 'zone', dialect })),
      );
      expect(stdout).toBe(digest(here.join()));
    },
  );

  it('another seed gives other patients', () => {
    const births = (seed: string) =>
      drawCohort({ patients: 5, seed }).plans.map(({ birthDate }) => birthDate);
    expect(births('1')).not.toEqual(births('2'));
  });
});
