import type { Resource } from '@medplum/fhirtypes';
import { about, administration, concept, condition, ICD, infused } from '../../support/fhir-shapes.ts';
import { findingCodes, mapResources } from '../../support/map-resources.ts';

/** A relapse as billing writes it: no onset, the day of recording only. */
const billed = (id: string, recordedDate: string, code = 'C91.02'): Resource =>
  about('Condition', {
    id,
    code: concept(`${ICD}|${code}`),
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/condition-category',
            code: 'encounter-diagnosis',
          },
        ],
      },
    ],
    recordedDate,
  });

describe('diagnoses that billing repeats', () => {
  it('are no new relapse where one was recorded before', () => {
    const record = mapResources(
      infused('2024-01-01'),
      condition(`${ICD}|C91.02`, { id: 'onset', onsetDateTime: '2023-10-10' }),
      billed('visit-1', '2024-03-20'),
      billed('visit-2', '2024-04-20'),
    );
    expect(record.observations.diseaseStatus.map(({ date }) => date)).toEqual(['2023-10-10']);
    expect(record.observations.diseaseStatus[0]?.sources.map(({ reference }) => reference)).toEqual([
      'Condition/onset',
      'Condition/visit-1',
      'Condition/visit-2',
    ]);
    expect(findingCodes(record).filter((code) => code === 'diagnosis-repeated')).toHaveLength(2);
  });

  it('are a relapse where it is the first of its kind, or has an onset', () => {
    const first = mapResources(infused('2024-01-01'), billed('visit', '2024-03-20'));
    expect(first.observations.diseaseStatus.map(({ date }) => date)).toEqual(['2024-03-20']);
    const second = mapResources(
      condition(`${ICD}|C91.02`, { id: 'a', onsetDateTime: '2023-10-10' }),
      condition(`${ICD}|C91.02`, { id: 'b', onsetDateTime: '2024-06-10' }),
    );
    expect(second.observations.diseaseStatus.map(({ date }) => date)).toEqual(['2023-10-10', '2024-06-10']);
  });

  it.each([
    ['recorded before the infusion already', ['2022-06-01', '2024-06-01'], []],
    ['repeated after the infusion', ['2024-06-01', '2024-09-01'], ['2024-06-01']],
  ])('a malignancy %s', (_, recorded, expected) => {
    const record = mapResources(
      infused('2024-01-01'),
      ...recorded.map((date, index) => billed(`c73-${index}`, date, 'C73')),
    );
    expect(record.followUp.secondMalignancies.map(({ date }) => date)).toEqual(expected);
  });

  it('keeps what is known to the year of the infusion only, where it is imputed', () => {
    const record = mapResources(
      infused('2024-03-01'),
      condition('condition|second-malignancy', { onsetDateTime: '2024' }),
      administration('agent|blinatumomab', { effectiveDateTime: '2024' }),
    );
    expect(record.followUp.secondMalignancies.map(({ date }) => date)).toEqual(['2024']);
    expect([record.priorTherapies.length, record.laterTherapies.length]).toEqual([0, 1]);
  });

  it('a lymphoblastic lymphoma may be of the same lineage', () => {
    expect(
      mapResources(infused('2024-01-01'), billed('l', '2024-06-01', 'C83.50')).followUp.secondMalignancies,
    ).toEqual([]);
  });
});
