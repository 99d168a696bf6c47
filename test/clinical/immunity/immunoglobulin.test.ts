import { deriveImmunoglobulin, type Immunoglobulin } from '../../../src/clinical/immunity/immunoglobulin.ts';
import type { Infection } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { from } from '../../support/record-builder.ts';
import { drug, lab, when } from '../../support/toxicity-facts.ts';

describe('immunoglobulin', () => {
  const igg = (value: number, more = {}): Immunoglobulin =>
    deriveImmunoglobulin(frameOf({ observations: { laboratory: [lab(when(60), 'igg', value, more)] } }));

  it.each([
    [399, {}, 'MET'],
    [400, {}, 'NOT_MET'],
    [390, {}, 'MET'],
    [200, { comparator: '<' }, 'MET'],
    [500, { comparator: '<' }, 'UNKNOWN'],
  ])('%d %j', (value, more, expected) => {
    expect(igg(value, more).hypogammaglobulinaemia).toBe(expected);
  });

  it.each([
    [30, 'MET'],
    [29, 'NOT_MET'],
  ])('immunoglobulin on day %d, a sample on day 60', (day, expected) => {
    const result = deriveImmunoglobulin(
      frameOf({
        observations: {
          laboratory: [lab(when(60), 'igg', 600)],
          supportiveDrugs: [drug(when(day), 'immunoglobulin')],
        },
      }),
    );
    expect(result.samples[0]?.notNative).toBe(expected);
  });

  const infection = (day: number, more: Partial<Infection> = {}): Infection => ({
    ...when(day),
    sources: from(`Condition/infection-${day}`),
    treated: true,
    ...more,
  });

  it.each<[string, readonly Infection[], string]>([
    ['two within six months', [infection(30), infection(200)], 'MET'],
    ['two, further apart', [infection(10), infection(210)], 'UNKNOWN'],
    ['one that led to admission', [infection(30, { hospitalised: true })], 'MET'],
    ['two, 183 days apart', [infection(10), infection(193)], 'MET'],
    ['two, 184 days apart', [infection(10), infection(194)], 'UNKNOWN'],
    ['one', [infection(30)], 'UNKNOWN'],
    ['one that was invasive', [infection(30, { invasive: true })], 'MET'],
    ['two, the second not treated', [infection(30), infection(200, { treated: false })], 'UNKNOWN'],
    ['one of two before the infusion', [infection(-1), infection(150)], 'UNKNOWN'],
    ['led to admission, but before the infusion', [infection(-1, { hospitalised: true })], 'UNKNOWN'],
  ])('on replacement with infections: %s', (_, infections, expected) => {
    const result = deriveImmunoglobulin(
      frameOf({
        observations: {
          laboratory: [lab(when(220), 'igg', 450)],
          supportiveDrugs: [drug(when(200), 'immunoglobulin')],
          infections,
        },
      }),
    );
    expect(result.considerHigherTarget).toBe(expected);
  });

  it('a level below the limit is no question of a higher target', () => {
    expect(igg(300).considerHigherTarget).toBe('NOT_MET');
  });

  it.each<[string, readonly [number, object][], string]>([
    [
      'a low one after a normal one',
      [
        [600, {}],
        [300, {}],
      ],
      'MET',
    ],
    [
      'none below',
      [
        [600, {}],
        [400, {}],
      ],
      'NOT_MET',
    ],
    [
      'one that a comparator leaves open beside a normal one',
      [
        [600, {}],
        [500, { comparator: '<' }],
      ],
      'UNKNOWN',
    ],
    ['no sample', [], 'UNKNOWN'],
  ])('of several samples: %s', (_, values, expected) => {
    const laboratory = values.map(([value, more], index) => lab(when(60 + index), 'igg', value, more));
    expect(deriveImmunoglobulin(frameOf({ observations: { laboratory } })).hypogammaglobulinaemia).toBe(
      expected,
    );
  });

  it('what was seen before the infusion is not of the course', () => {
    const found = deriveImmunoglobulin(
      frameOf({
        observations: {
          laboratory: [lab(when(-1), 'igg', 100), lab(when(30), 'igg', 350), lab(when(60), 'igg', 300)],
          supportiveDrugs: [drug(when(-2), 'immunoglobulin'), drug(when(40), 'immunoglobulin')],
        },
      }),
    );
    expect(found).toMatchObject({ firstBelowDay: 30, replacementDays: [40] });
    expect(found.samples.map(({ day, notNative }) => [day, notNative])).toEqual([
      [30, 'NOT_MET'],
      [60, 'MET'],
    ]);
    expect(found.flags).toEqual(['IGG_NOT_NATIVE']);
    expect(found.evidence.map(({ reference }) => reference)).toEqual([
      'MedicationAdministration/immunoglobulin-2024-03-02-day',
      'MedicationAdministration/immunoglobulin-2024-04-13-day',
      'Observation/igg-300-2024-05-03-day',
      'Observation/igg-350-2024-04-03-day',
    ]);
  });

  it.each([
    ['2022-05-04', ['AGE_BELOW_2Y_REVIEW']],
    ['2022-05-03', []],
  ])('a low level on the day before, and on, the second birthday: born %s', (birthDate, flags) => {
    const frame = frameOf({ observations: { laboratory: [lab(when(60), 'igg', 300)] } });
    const patient = { birthDate: { value: birthDate, sources: [] } };
    expect(deriveImmunoglobulin({ ...frame, record: { ...frame.record, patient } }).flags).toEqual(flags);
  });
});
