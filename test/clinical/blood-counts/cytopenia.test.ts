import { deriveCytopenias } from '../../../src/clinical/blood-counts/cytopenia.ts';
import { frameOf } from '../../support/frame-of.ts';
import { lab, when } from '../../support/toxicity-facts.ts';

describe('cytopenia by CTCAE: strictly below, at any time', () => {
  const statusOf = (analyte: string, value: number, day = 5) =>
    Object.fromEntries(
      deriveCytopenias(frameOf({ observations: { laboratory: [lab(when(day), analyte, value)] } })).map(
        ({ definition, status }) => [definition, status],
      ),
    );

  it.each([
    ['anc', 499, 'CTCAE5_NEUTROPENIA_G4', 'MET'],
    ['anc', 500, 'CTCAE5_NEUTROPENIA_G4', 'NOT_MET'],
    ['platelets', 49, 'CTCAE5_THROMBOCYTOPENIA_G3', 'MET'],
    ['platelets', 50, 'CTCAE5_THROMBOCYTOPENIA_G3', 'NOT_MET'],
    ['platelets', 24, 'CTCAE5_THROMBOCYTOPENIA_G4', 'MET'],
    ['platelets', 25, 'CTCAE5_THROMBOCYTOPENIA_G4', 'NOT_MET'],
    ['haemoglobin', 7.9, 'CTCAE5_ANAEMIA_G3', 'MET'],
    ['haemoglobin', 8, 'CTCAE5_ANAEMIA_G3', 'NOT_MET'],
  ])('%s %d', (analyte, value, id, expected) => {
    expect(statusOf(analyte, value)[id]).toBe(expected);
  });

  it('day 28 is the last', () => {
    expect(statusOf('anc', 100, 28)['CTCAE5_NEUTROPENIA_G4']).toBe('MET');
    expect(statusOf('anc', 100, 29)['CTCAE5_NEUTROPENIA_G4']).toBe('UNKNOWN');
  });

  const neutropenia = (...laboratory: readonly ReturnType<typeof lab>[]) =>
    deriveCytopenias(frameOf({ observations: { laboratory } })).find(
      ({ definition }) => definition === 'CTCAE5_NEUTROPENIA_G4',
    );

  it('the lowest count and the first day of it; evidence is what was low', () => {
    const found = neutropenia(lab(when(3), 'anc', 900), lab(when(5), 'anc', 100), lab(when(9), 'anc', 100));
    expect(found).toMatchObject({ status: 'MET', nadir: 100, nadirDay: 5, missing: [] });
    expect(found?.evidence.map(({ reference }) => reference)).toEqual([
      'Observation/anc-100-2024-03-09-day',
      'Observation/anc-100-2024-03-13-day',
    ]);
  });

  it('counts before the infusion are not of it', () => {
    expect(neutropenia(lab(when(-1), 'anc', 100), lab(when(3), 'anc', 900))).toMatchObject({
      status: 'NOT_MET',
      nadir: 900,
    });
  });

  it('no count: what is missing, and no nadir', () => {
    expect(neutropenia()).toMatchObject({ status: 'UNKNOWN', missing: ['anc'] });
    expect(Object.keys(neutropenia() ?? {})).not.toContain('nadir');
  });
});
