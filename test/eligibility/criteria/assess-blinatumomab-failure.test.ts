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
});
