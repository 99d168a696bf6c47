import type { Resource } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../../src/cohort/cohort-record.generated.ts';
import { about, concept, observation, PATIENT } from '../../support/fhir-shapes.ts';
import { contentAt, findingCodes, mapResources, mapSourced } from '../../support/map-resources.ts';

describe('death and last contact', () => {
  const dead = (content: object): CohortRecord => mapResources({ ...PATIENT, ...content } as Resource);

  it('is dead on the day', () => {
    expect(contentAt(dead({ deceasedDateTime: '2022-07-14T03:00:00+02:00' }), 'followUp.death')).toEqual({
      date: '2022-07-14',
    });
  });

  it('is dead on an unknown day', () => {
    const record = dead({ deceasedBoolean: true });
    expect(contentAt(record, 'followUp.death')).toEqual({});
    expect(findingCodes(record)).toEqual(['death-undated']);
  });

  it('is not dead', () => {
    expect(contentAt(dead({ deceasedBoolean: false }), 'followUp.death')).toBeUndefined();
  });

  it('takes the earlier of two dates, and says so', () => {
    const record = mapSourced([
      { resource: { ...PATIENT, deceasedDateTime: '2022-07-14' } as Resource, site: 'a' },
      {
        resource: { resourceType: 'Patient', id: 'q', deceasedDateTime: '2022-07-16' } as Resource,
        site: 'b',
      },
    ]);
    expect(contentAt(record, 'followUp.death.date')).toBe('2022-07-14');
    expect(findingCodes(record)).toEqual(['values-conflict']);
  });

  it('takes the latest vital status before anything derived', () => {
    const record = mapResources(
      observation('observation|vital-status', { valueCodeableConcept: concept('vital-status|alive') }),
      about('Encounter', { id: 'e', status: 'finished', period: { start: '2023-01-01' } }),
    );
    expect(record.followUp.lastContact?.date).toBe('2022-03-01');
  });

  it.each([
    [
      'an encounter, by its end',
      about('Encounter', { status: 'finished', period: { start: '2023-01-01', end: '2023-01-09' } }),
      '2023-01-09',
    ],
    [
      'no planned encounter',
      about('Encounter', { status: 'planned', period: { start: '2023-01-01' } }),
      undefined,
    ],
    [
      'no cancelled encounter',
      about('Encounter', { status: 'cancelled', period: { start: '2023-01-01' } }),
      undefined,
    ],
    ['an unrelated observation', observation('http://loinc.org|8302-2', {}), '2022-03-01'],
    [
      'nothing dated after it was received',
      observation('http://loinc.org|8302-2', { effectiveDateTime: '2031-01-01' }),
      undefined,
    ],
  ])('else derives it from %s', (_, resource, expected) => {
    const { lastContact } = mapResources(resource).followUp;
    expect(lastContact?.date).toBe(expected);
    if (expected !== undefined) expect(lastContact?.sources[0]?.flags).toEqual(['DERIVED']);
  });

  const vital = (id: string, code: string, date: string): Resource =>
    observation('observation|vital-status', {
      id,
      effectiveDateTime: date,
      valueCodeableConcept: concept(`vital-status|${code}`),
    });

  it('of several vital statuses the latest is the last contact, with its own source', () => {
    const record = mapResources(
      vital('b', 'alive', '2022-05-01'),
      vital('a', 'alive', '2022-03-01'),
      vital('c', 'alive', '2022-04-01'),
    );
    expect(record.followUp.lastContact).toMatchObject({
      date: '2022-05-01',
      sources: [{ reference: 'Observation/b' }],
    });
    expect(record.followUp.lastContact?.sources).toHaveLength(1);
  });

  it('a vital status of the dead says that, whatever another says', () => {
    const record = mapResources(vital('a', 'alive', '2022-03-01'), vital('b', 'dead', '2022-05-01'));
    expect(record.followUp.death?.sources.map(({ reference }) => reference)).toEqual(['Observation/b']);
    expect(findingCodes(record)).toEqual(['death-undated']);
    expect(mapResources(vital('a', 'alive', '2022-03-01')).followUp.death).toBeUndefined();
  });

  it('of what shows the patient on one day the first by its reference, whatever the order of arrival', () => {
    const seen = (id: string, date: string) =>
      about('Encounter', { id, status: 'finished', period: { start: date } });
    const resources = [seen('b', '2023-01-01'), seen('a', '2023-01-01'), seen('c', '2022-12-31')];
    for (const order of [resources, resources.toReversed()]) {
      expect(mapResources(...order).followUp.lastContact?.sources.map(({ reference }) => reference)).toEqual([
        'Encounter/a',
      ]);
    }
  });

  it.each([
    ['on the day of receipt', '2025-01-01', '2025-01-01', []],
    ['the day after it', '2025-01-02', undefined, ['date-in-future']],
  ])('seen %s', (_, date, lastContact, codes) => {
    const record = mapResources(about('Encounter', { status: 'finished', period: { start: date } }));
    expect(record.followUp.lastContact?.date).toBe(lastContact);
    expect(findingCodes(record)).toEqual(codes);
  });

  it('a contact known to the month has no day', () => {
    const encounter = about('Encounter', { status: 'finished', period: { start: '2023-01' } });
    expect(mapResources(encounter).followUp.lastContact).toBeUndefined();
  });
});
