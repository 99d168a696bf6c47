/** Codes of inputs.md beyond the native and US Core shapes of the course: one case a shape. */
import type { Resource } from '@medplum/fhirtypes';
import {
  ATC,
  about,
  administration,
  CPT,
  concept,
  condition,
  HCPCS,
  ICD,
  ICD_GM,
  infused,
  LOINC,
  OPS,
  observation,
  procedure,
  RXNORM,
  SNOMED,
} from '../../support/fhir-shapes.ts';
import { contentAt, mapResources } from '../../support/map-resources.ts';

const DAY = { date: '2022-03-01' };

describe('codes of other dialects', () => {
  it.each<[string, Resource[], string, unknown]>([
    [
      'B-ALL by ICD-10-ICD_GM',
      [condition(`${ICD_GM}|C91.00`)],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED', ...DAY }],
    ],
    [
      'remission by ICD-10-ICD_GM',
      [condition(`${ICD_GM}|C91.01`)],
      'observations.diseaseStatus',
      [{ ...DAY, status: 'REMISSION' }],
    ],
    [
      'another name of ICD-10-ICD_GM',
      [condition('http://fhir.de/CodeSystem/dimdi/icd-10-gm|C91.00')],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED', ...DAY }],
    ],
    ['allogeneic by OPS', [procedure(`${OPS}|8-805.42`)], 'hcts', [{ ...DAY, kind: 'ALLOGENEIC' }]],
    ['autologous by OPS', [procedure(`${OPS}|5-411.02`)], 'hcts', [{ ...DAY, kind: 'AUTOLOGOUS' }]],
    ['a boost by OPS is no transplantation', [procedure(`${OPS}|8-805.60`)], 'hcts', []],
    [
      'T cells collected, by OPS',
      [procedure(`${OPS}|5-410.30`)],
      'observations.collections',
      [{ ...DAY, kind: 'LEUKAPHERESIS' }],
    ],
    [
      'T cells collected, by CPT',
      [procedure(`${CPT}|38225`)],
      'observations.collections',
      [{ ...DAY, kind: 'LEUKAPHERESIS' }],
    ],
    [
      'infusion by HCPCS',
      [administration(`${HCPCS}|Q2053`)],
      'courses',
      [{ number: 1, infusion: DAY, product: { code: 'brexucabtagene-autoleucel' }, lymphodepletion: [] }],
    ],
    [
      'infusion by the old ATC code, of the German edition',
      [administration('http://fhir.de/CodeSystem/bfarm/atc|L01XX71')],
      'courses',
      [{ number: 1, infusion: DAY, product: { code: 'tisagenlecleucel' }, lymphodepletion: [] }],
    ],
    [
      'mCODE disease status',
      [observation(`${LOINC}|97509-4`, { valueCodeableConcept: concept(`${SNOMED}|103338009`) })],
      'observations.diseaseStatus',
      [{ ...DAY, status: 'REMISSION' }],
    ],
    [
      'mCODE partial remission is none',
      [observation(`${LOINC}|97509-4`, { valueCodeableConcept: concept(`${SNOMED}|103337004`) })],
      'observations.diseaseStatus',
      [{ ...DAY, status: 'NR' }],
    ],
    [
      'a chemotherapy that only its ATC class tells',
      [infused(), administration(`${ATC}|L01DB11`)],
      'laterTherapies',
      [{ kind: 'CHEMOTHERAPY', ...DAY, intent: 'NEW_THERAPY', course: 1 }],
    ],
    [
      'a tyrosine kinase inhibitor that only its ATC class tells',
      [infused(), administration(`${ATC}|L01EA04`)],
      'laterTherapies',
      [{ kind: 'TYROSINE_KINASE_INHIBITOR', ...DAY, intent: 'MAINTENANCE', course: 1 }],
    ],
    [
      'another antineoplastic drug',
      [infused(), administration(`${ATC}|L01FC01`)],
      'laterTherapies',
      [{ kind: 'OTHER', ...DAY, intent: 'NEW_THERAPY', course: 1 }],
    ],
    [
      'a known agent is not guessed at',
      [infused(), administration(`${ATC}|L01BC01`)],
      'laterTherapies',
      [{ kind: 'CHEMOTHERAPY', agent: 'cytarabine', ...DAY, intent: 'NEW_THERAPY', course: 1 }],
    ],
    [
      'ruxolitinib is no anti-leukaemic therapy here',
      [infused(), administration(`${ATC}|L01EJ01`)],
      'laterTherapies',
      [],
    ],
    [
      'a CAR-T product is no other therapy',
      [infused(), administration(`${ATC}|L01XL06`)],
      'laterTherapies',
      [],
    ],
    [
      'an intrathecal drug is prophylaxis',
      [infused(), administration(`${RXNORM}|6851`, { dosage: { route: concept(`${SNOMED}|72607000`) } })],
      'laterTherapies',
      [{ kind: 'INTRATHECAL', agent: 'methotrexate', ...DAY, intent: 'PROPHYLAXIS', course: 1 }],
    ],
    [
      'second malignancy by ICD-10-ICD_GM',
      [infused(), condition(`${ICD_GM}|C73`)],
      'followUp.secondMalignancies',
      [{ ...DAY, kind: 'UNSPECIFIED' }],
    ],
    ['secondary sites are none', [infused(), condition(`${ICD}|C79.51`)], 'followUp.secondMalignancies', []],
    [
      'a variant of KMT2A',
      [
        observation(`${LOINC}|69548-6`, {
          valueCodeableConcept: concept(`${LOINC}|LA9633-4`),
          component: [
            {
              code: concept(`${LOINC}|48018-6`),
              valueCodeableConcept: concept('http://www.genenames.org/geneId|HGNC:7132'),
            },
          ],
        }),
      ],
      'disease.cytogenetics',
      [{ marker: 'KMT2A_REARRANGEMENT', present: true, ...DAY }],
    ],
    [
      'a variant of another gene',
      [
        observation(`${LOINC}|69548-6`, {
          valueCodeableConcept: concept(`${LOINC}|LA9633-4`),
          component: [
            {
              code: concept(`${LOINC}|48018-6`),
              valueCodeableConcept: concept('http://www.genenames.org|HGNC:1'),
            },
          ],
        }),
      ],
      'disease.cytogenetics',
      [],
    ],
    [
      'Down syndrome by diagnosis',
      [condition(`${ICD}|Q90.9`)],
      'observations.assertions',
      [{ question: 'DOWN_SYNDROME', answer: 'YES' }],
    ],
  ])('%s', (_, resources, path, expected) => {
    expect(contentAt(mapResources(...resources), path)).toEqual(expected);
  });

  it('agrees on a shape that finds nothing to say', () => {
    expect(
      mapResources(
        observation(`${LOINC}|69548-6`, {
          component: [
            {
              code: concept(`${LOINC}|48018-6`),
              valueCodeableConcept: concept('http://www.genenames.org|HGNC:1'),
            },
          ],
        }),
      ).findings,
    ).toEqual([]);
  });
});

describe('lymphodepletion that was only ordered', () => {
  const order = (start: string, code = `${RXNORM}|24698`): Resource =>
    about('MedicationRequest', {
      id: 'order',
      status: 'completed',
      intent: 'order',
      medicationCodeableConcept: concept(code),
      authoredOn: '2021-12-01',
      dosageInstruction: [{ timing: { repeat: { boundsPeriod: { start, end: '2021-12-30' } } } }],
    });

  it('counts, flagged', () => {
    const record = mapResources(infused(), order('2021-12-27'));
    expect(contentAt(record, 'courses')).toMatchObject([
      { lymphodepletion: [{ agent: 'fludarabine', date: '2021-12-27', endDate: '2021-12-30' }] },
    ]);
    expect(record.courses[0]?.lymphodepletion[0]?.sources[0]?.flags).toEqual(['ORDER_ONLY']);
    expect(record.findings.map(({ code }) => code)).toEqual(['order-without-administration']);
  });

  it.each<[string, Resource[]]>([
    [
      'not where the drug was given',
      [order('2021-12-27'), administration(`${RXNORM}|24698`, { effectiveDateTime: '2021-12-28' })],
    ],
    ['not outside the days before the infusion', [order('2021-11-01')]],
    ['not for any other drug', [order('2021-12-27', `${RXNORM}|1597258`)]],
  ])('%s', (_, resources) => {
    const drugs = mapResources(infused(), ...resources).courses[0]?.lymphodepletion ?? [];
    expect(drugs.flatMap(({ sources }) => sources.flatMap(({ flags }) => flags ?? []))).toEqual([]);
  });
});
