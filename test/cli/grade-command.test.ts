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

  it('refuses a date that the calendar has not', async () => {
    const { status, stdout } = await spawnCartograph(['grade', '-', '--as-of', '2025-02-30'], input);
    expect([status, stdout]).toEqual([2, '']);
  });
});
