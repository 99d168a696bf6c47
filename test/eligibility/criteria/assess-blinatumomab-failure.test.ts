import { assess, criterion, observing, type RecordChange } from '../../support/assess-hct.ts';
import { assertionOf, type HctInput, onDay } from '../../support/hct-record.ts';
import { therapyOn } from '../../support/record-builder.ts';

describe('C.c', () => {
  const dose: RecordChange = (record) => ({
    ...record,
    priorTherapies: [therapyOn(onDay(-100), 'BLINATUMOMAB')],
  });
  const response = (answer: string) =>
    observing({ assertions: [assertionOf('BLINATUMOMAB_RESPONSE', answer, onDay(-20))] });

  it.each<[string, HctInput['blina'], RecordChange, string]>([
    ['nothing known', null, (record) => record, 'UNKNOWN'],
    ['never given', 'NOT_GIVEN', (record) => record, 'NOT_MET'],
    ['responded', 'RESPONDED', (record) => record, 'NOT_MET'],
    ['failed', 'FAILED', (record) => record, 'MET'],
    ['given, response not known', null, dose, 'UNKNOWN'],
    ['a dose on record, non-response', null, (record) => response('NON_RESPONSE')(dose(record)), 'MET'],
    ['a dose on record against "never"', 'NOT_GIVEN', dose, 'UNKNOWN'],
    ['"never", yet a non-response', 'NOT_GIVEN', response('NON_RESPONSE'), 'UNKNOWN'],
    ['a response implies that it was given', null, response('NON_RESPONSE'), 'MET'],
    [
      'response not known',
      'FAILED',
      observing({ assertions: [assertionOf('BLINATUMOMAB_RESPONSE', 'UNKNOWN', onDay(-10))] }),
      'UNKNOWN',
    ],
  ])('%s', (_, blina, change, result) => {
    expect(criterion(assess({ blina }, change), 'C.c')?.result).toBe(result);
  });

  it('blinatumomab after the infusion is not prior', () => {
    const assessment = assess({}, (record) => ({
      ...record,
      laterTherapies: [therapyOn(onDay(95), 'BLINATUMOMAB', { intent: 'NEW_THERAPY' })],
    }));
    expect(criterion(assessment, 'C.c')).toMatchObject({ result: 'NOT_MET', value: 'NOT_GIVEN' });
  });

  const given = (date: string): RecordChange => {
    return (record) => ({
      ...record,
      laterTherapies: [therapyOn(date, 'BLINATUMOMAB', { intent: 'NEW_THERAPY' })],
    });
  };

  it.each([
    ['the day before the infusion', onDay(-1), 'blinatumomab given, response not known'],
    ['the day of the infusion', onDay(0), 'blinatumomab exposure not known'],
    ['the year before, known to the year', '2023', 'blinatumomab given, response not known'],
    ['the year of the infusion', '2024', 'blinatumomab exposure not known'],
  ])('a dose of %s', (_, date, reason) => {
    expect(criterion(assess({ blina: null }, given(date)), 'C.c')?.reason).toBe(reason);
  });

  it.each<[string, HctInput['blina'], RecordChange, readonly string[]]>([
    ['"never" against a dose', 'NOT_GIVEN', dose, ['ASSERTION_CONTRADICTED_BY_FACT']],
    ['"never" and a response', 'NOT_GIVEN', response('RESPONSE'), ['CONTRADICTORY_ASSERTIONS']],
    ['a dose and "yes"', 'FAILED', dose, []],
    [
      'exposure stated both ways on one day',
      'NOT_GIVEN',
      observing({ assertions: [assertionOf('BLINATUMOMAB_EXPOSURE', 'YES', onDay(-20))] }),
      ['CONTRADICTORY_ASSERTIONS'],
    ],
    [
      'response stated both ways on one day',
      'FAILED',
      observing({ assertions: [assertionOf('BLINATUMOMAB_RESPONSE', 'RESPONSE', onDay(-20))] }),
      ['CONTRADICTORY_ASSERTIONS'],
    ],
  ])('caution: %s', (_, blina, change, cautions) => {
    expect(assess({ blina }, change).cautions).toEqual(cautions);
  });

  it('a dose of another drug is none', () => {
    const other: RecordChange = (record) => ({
      ...record,
      priorTherapies: [therapyOn(onDay(-100), 'INOTUZUMAB')],
    });
    expect(criterion(assess({ blina: null }, other), 'C.c')?.reason).toBe('blinatumomab exposure not known');
  });

  it('names the doses among what it rests on', () => {
    const { data } = criterion(assess({ blina: null }, dose), 'C.c') ?? { data: [] };
    expect(data.map(({ value, date }) => [value, date])).toEqual([['blinatumomab', onDay(-100)]]);
  });
});
