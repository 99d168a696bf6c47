/** Facts of disease and patient, each in the native and in the US Core shape. */
import type { Resource } from '@medplum/fhirtypes';
import {
  concept,
  condition,
  ICD,
  LOINC,
  MARROW,
  observation,
  quantity,
  SNOMED,
} from '../../support/fhir-shapes.ts';
import { contentAt, mapResources } from '../../support/map-resources.ts';

describe('the native shape and the US Core shape of each fact of disease', () => {
  it.each<[string, Resource[], string, unknown]>([
    ['birth and sex', [], 'patient', { birthDate: { value: '2012-05-06' }, sex: { value: 'FEMALE' } }],
    [
      'disease status with details',
      [
        observation('observation|disease-status', {
          valueCodeableConcept: concept('disease-status|relapse'),
          component: [
            { code: concept('component|relapse-site'), valueCodeableConcept: concept('site|testis') },
            { code: concept('component|relapse-site'), valueCodeableConcept: concept('site|cns') },
            { code: concept('component|cd19-class'), valueCodeableConcept: concept('cd19-class|dim') },
            { code: concept('component|lineage-switch'), valueBoolean: true },
          ],
        }),
      ],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'RELAPSE', sites: ['CNS', 'TESTIS'], cd19: 'DIM', lineageSwitch: true }],
    ],
    [
      'CRi',
      [observation('observation|disease-status', { valueCodeableConcept: concept('disease-status|CRi') })],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'CRI' }],
    ],
    [
      'remission by C91.01',
      [condition(`${ICD}|C91.01`)],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'REMISSION' }],
    ],
    [
      'relapse by C91.02',
      [condition(`${ICD}|C91.02`)],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'RELAPSE' }],
    ],
    [
      'relapse by C91.02 is also the diagnosis, undated',
      [condition(`${ICD}|C91.02`)],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED' }],
    ],
    [
      'relapse by SNOMED after transplantation',
      [condition(`${SNOMED}|234522008`)],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'RELAPSE' }],
    ],
    [
      'diagnosis, native',
      [condition('condition|b-all')],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED', date: '2022-03-01' }],
    ],
    [
      'diagnosis, SNOMED',
      [condition(`${SNOMED}|277571004`)],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED', date: '2022-03-01' }],
    ],
    [
      'diagnosis, refuted',
      [condition('condition|b-all', { verificationStatus: { coding: [{ code: 'refuted' }] } })],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'REFUTED', date: '2022-03-01' }],
    ],
    [
      'marrow blasts',
      [observation(`${LOINC}|11150-0`, { valueQuantity: quantity(12, '%') })],
      'observations.marrowBlasts',
      [{ date: '2022-03-01', percent: 12 }],
    ],
    [
      'marrow blasts as a bound',
      [observation(`${LOINC}|11150-0`, { valueQuantity: quantity(5, '%', '<') })],
      'observations.marrowBlasts',
      [{ date: '2022-03-01', percent: 5, comparator: '<' }],
    ],
    [
      'blood blasts are not marrow',
      [observation(`${LOINC}|26446-5`, { valueQuantity: quantity(12, '%') })],
      'observations.marrowBlasts',
      [],
    ],
    [
      'MRD as a fraction',
      [
        observation('observation|mrd', {
          ...MARROW,
          method: concept('mrd-method|flow-cytometry'),
          valueQuantity: quantity(0.0003, '1'),
          component: [{ code: concept('component|mrd-sensitivity'), valueQuantity: quantity(0.0001, '1') }],
        }),
      ],
      'observations.mrd',
      [{ date: '2022-03-01', method: 'FCM', specimen: 'MARROW', value: 0.0003, sensitivity: 0.0001 }],
    ],
    [
      'MRD in percent, below',
      [
        observation('observation|mrd', {
          ...MARROW,
          method: concept('mrd-method|ngs'),
          valueQuantity: quantity(0.0001, '%', '<'),
        }),
      ],
      'observations.mrd',
      [{ date: '2022-03-01', method: 'NGS', specimen: 'MARROW', value: 0.000001, comparator: '<' }],
    ],
    [
      'MRD as text',
      [observation('observation|mrd', { method: concept('mrd-method|ngs'), valueString: '<1e-6' })],
      'observations.mrd',
      [{ date: '2022-03-01', method: 'NGS', specimen: 'UNKNOWN', value: 0.000001, comparator: '<' }],
    ],
    [
      'MRD as a verdict',
      [
        observation('observation|mrd', {
          ...MARROW,
          method: concept('mrd-method|rq-pcr-ig-tr'),
          valueCodeableConcept: concept('mrd-call|positive-not-quantifiable'),
        }),
      ],
      'observations.mrd',
      [{ date: '2022-03-01', method: 'RQ_PCR', specimen: 'MARROW', call: 'POSITIVE_NOT_QUANTIFIABLE' }],
    ],
    [
      'B cells, native',
      [observation('observation|b-cells-percent-of-leukocytes', { valueQuantity: quantity(0.4, '%') })],
      'observations.bCells',
      [{ date: '2022-03-01', measure: 'PERCENT_OF_LEUKOCYTES', specimen: 'BLOOD', value: 0.4 }],
    ],
    [
      'B cells, LOINC percent',
      [observation(`${LOINC}|8117-4`, { valueQuantity: quantity(2.5, '%') })],
      'observations.bCells',
      [{ date: '2022-03-01', measure: 'PERCENT_OF_LYMPHOCYTES', specimen: 'BLOOD', value: 2.5 }],
    ],
    [
      'B cells, LOINC count',
      [observation(`${LOINC}|8116-6`, { valueQuantity: quantity(0.012, '10*9/L') })],
      'observations.bCells',
      [{ date: '2022-03-01', measure: 'PER_MICROLITRE', specimen: 'BLOOD', value: 12 }],
    ],
    [
      'vital status',
      [
        observation('observation|vital-status', {
          valueCodeableConcept: concept('vital-status|self-discharged'),
        }),
      ],
      'followUp.vitalStatus',
      [{ date: '2022-03-01', status: 'SELF_DISCHARGED' }],
    ],
    [
      'cause of death dates the death',
      [observation('observation|cause-of-death', { valueCodeableConcept: concept('death-cause|infection') })],
      'followUp.death',
      { date: '2022-03-01', cause: 'INFECTION' },
    ],
    [
      'assertion, yes',
      [observation('observation|fit-for-hct', { valueBoolean: true })],
      'observations.assertions',
      [{ date: '2022-03-01', question: 'FIT_FOR_HCT', answer: 'YES' }],
    ],
    [
      'assertion, never',
      [observation('observation|prior-allogeneic-hct', { valueBoolean: false })],
      'observations.assertions',
      [{ date: '2022-03-01', question: 'PRIOR_ALLOGENEIC_HCT', answer: 'NO' }],
    ],
    [
      'assertion, not known',
      [
        observation('observation|hct-desired', {
          dataAbsentReason: concept('http://terminology.hl7.org/CodeSystem/data-absent-reason|asked-unknown'),
        }),
      ],
      'observations.assertions',
      [{ date: '2022-03-01', question: 'HCT_DESIRED', answer: 'UNKNOWN' }],
    ],
    [
      'assertion, coded',
      [
        observation('observation|blinatumomab-response', {
          valueCodeableConcept: concept('blinatumomab-response|non-response'),
        }),
      ],
      'observations.assertions',
      [{ date: '2022-03-01', question: 'BLINATUMOMAB_RESPONSE', answer: 'NON_RESPONSE' }],
    ],
    [
      'cytogenetics',
      [
        observation('observation|cytogenetic-marker', {
          valueCodeableConcept: concept('marker|KMT2A-rearrangement'),
        }),
      ],
      'disease.cytogenetics',
      [{ marker: 'KMT2A_REARRANGEMENT', present: true, date: '2022-03-01' }],
    ],
    [
      'cytogenetics, excluded',
      [
        observation('observation|cytogenetic-marker', {
          valueCodeableConcept: concept('marker|TP53-mutation'),
          component: [{ code: concept('component|marker-present'), valueBoolean: false }],
        }),
      ],
      'disease.cytogenetics',
      [{ marker: 'TP53_MUTATION', present: false, date: '2022-03-01' }],
    ],
  ])('%s', (_, resources, path, expected) => {
    expect(contentAt(mapResources(...resources), path)).toEqual(expected);
  });
});
