import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@medplum/fhirtypes';
import { about, administration, concept, observation, PATIENT, quantity } from '../support/fhir-shapes.ts';
import { parseLines, spawnCartograph } from './spawn-cartograph.ts';

const infusion = (id: string, date: string) =>
  about('Procedure', {
    id,
    status: 'completed',
    code: concept('procedure|car-t-infusion'),
    performedDateTime: date,
  });
const fever = (id: string, at: string, value: number) =>
  observation('observation|temperature', {
    id,
    effectiveDateTime: at,
    valueQuantity: quantity(value, 'Cel'),
  });

const RESOURCES: readonly Resource[] = [
  PATIENT,
  infusion('i1', '2022-03-01'),
  infusion('i2', '2023-03-01'),
  fever('t1', '2022-03-03T08:00:00+01:00', 39.2),
  observation('observation|oxygen-support', {
    id: 'o1',
    effectiveDateTime: '2022-03-03T08:00:00+01:00',
    valueCodeableConcept: concept('oxygen-device|none'),
  }),
  administration('agent|norepinephrine', {
    id: 'm1',
    effectivePeriod: { start: '2022-03-03T07:00:00+01:00', end: '2022-03-04T07:00:00+01:00' },
  }),
  observation('observation|b-cells-percent-of-lymphocytes', {
    id: 'b1',
    effectiveDateTime: '2022-03-29',
    valueQuantity: quantity(0.2, '%'),
  }),
  observation('observation|car-transgene', {
    id: 'k1',
    effectiveDateTime: '2022-03-11',
    valueQuantity: quantity(42_000, '{copies}/ug'),
  }),
];

const input = RESOURCES.map((resource) => `${JSON.stringify(resource)}\n`).join('');

describe('cartograph grade', () => {
  it('gives one line an infusion with the results of its course', async () => {
    const { status, stdout } = await spawnCartograph(['grade', '-', '--as-of', '2024-01-01'], input);
    expect(status).toBe(0);
    const [first, second, ...more] = parseLines(stdout);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      patient: 'p',
      asOf: '2024-01-01',
      course: 1,
      infusionDate: '2022-03-01',
      crs: { definition: 'CRS_ASTCT_2019', peak: 3, onsetDay: 2, basis: 'COMPUTED' },
      icans: { occurred: 'UNKNOWN' },
      icaht: { early: { status: 'INDETERMINATE' } },
      bCells: { byDefinition: { BCA_WH_STRICT: { state: 'ONGOING_AT_END' } } },
      kinetics: { blood: { expansion: 'DETECTED', profile: { cmax: 42_000, tmax: 10 } } },
    });
    expect(second).toMatchObject({ course: 2, infusionDate: '2023-03-01', crs: { occurred: 'UNKNOWN' } });
  });

  it('knows no infusion after the day of evaluation', async () => {
    const { stdout } = await spawnCartograph(['grade', '-', '--as-of', '2022-03-02'], input);
    expect(parseLines(stdout)).toMatchObject([{ course: 1, crs: { occurred: 'UNKNOWN' } }]);
  });

  it('says of an infusion known to the year only that it cannot be evaluated', async () => {
    const lines = [PATIENT, infusion('i1', '2022')].map((resource) => `${JSON.stringify(resource)}\n`);
    const { stdout } = await spawnCartograph(['grade', '-', '--as-of', '2024-01-01'], lines.join(''));
    expect(parseLines(stdout)).toEqual([
      { patient: 'p', asOf: '2024-01-01', course: 1, infusionDate: '2022', status: 'NOT_EVALUABLE' },
    ]);
  });

  describe('parameters', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parameters-'));
    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };
    const graded = (...options: readonly string[]) =>
      spawnCartograph(['grade', '-', '--as-of', '2024-01-01', ...options], input);

    it('of the call go before those of the file, and stand in the result', async () => {
      const path = file('gaps.json', '{"episodeGapHours": 48, "feverFromCelsius": 39.5, "bcaConfirm": 2}');
      const { status, stdout } = await graded('--parameters', path, '--parameter', 'episodeGapHours=36');
      expect(status).toBe(0);
      expect(parseLines(stdout)[0]).toMatchObject({
        crs: {
          occurred: 'UNKNOWN',
          parameters: { episodeGapHours: 36, feverFromCelsius: 39.5, hfncRule: 'FLOW' },
        },
        bCells: { byDefinition: { BCA_PCT1: { parameters: { confirm: 2 } } } },
      });
    });

    it.each<[string, readonly string[], object]>([
      ['an unknown name', ['--parameter', 'colour=red'], { code: 'parameter-invalid' }],
      ['out of range', ['--parameter', 'episodeGapHours=1'], { expected: '24 to 720 hours' }],
      [
        'a file out of range',
        ['--parameters', file('low.json', '{"lloq": -1}')],
        { code: 'configuration-invalid' },
      ],
      ['a file that is not JSON', ['--parameters', file('no.json', '{')], { code: 'configuration-invalid' }],
      ['no such file', ['--parameters', join(folder, 'none.json')], { code: 'file-unreadable' }],
    ])('refuses %s', async (_, options, finding) => {
      const { status, stdout, stderr } = await graded(...options);
      expect([status, stdout]).toEqual([2, '']);
      expect(parseLines(stderr)).toEqual([expect.objectContaining(finding)]);
    });
  });

  it('refuses a date that the calendar has not', async () => {
    const { status, stdout } = await spawnCartograph(['grade', '-', '--as-of', '2025-02-30'], input);
    expect([status, stdout]).toEqual([2, '']);
  });
});
