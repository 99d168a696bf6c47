import { deriveImmunoglobulin, type Immunoglobulin } from '../../../src/clinical/immunity/immunoglobulin.ts';
import { deriveInfections } from '../../../src/clinical/immunity/infections.ts';
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
    ['one', [infection(30)], 'UNKNOWN'],
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

  it('early and late infections', () => {
    const infections = deriveInfections(
      frameOf({ observations: { infections: [infection(28), infection(29), infection(-3)] } }),
    );
    expect(infections).toMatchObject({ early: 1, late: 1 });
  });
});
