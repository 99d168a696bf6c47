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
});
