import type { Resource } from '@medplum/fhirtypes';
import { buildNativeResources } from '../../src/example/native-dialect.ts';
import { emptyPlan, type PatientPlan } from '../../src/example/patient-plan.ts';
import { buildUsCoreResources } from '../../src/example/us-core-dialect.ts';

const plan: PatientPlan = {
  ...emptyPlan('p'),
  diagnoses: [{ kind: 'B_ALL', verification: 'CONFIRMED', date: '2020-01-01' }],
  infusions: [
    {
      date: '2024-03-01',
      dosePerKg: 2.1,
      product: { code: 'tisagenlecleucel' },
      lymphodepletion: [{ agent: 'fludarabine', date: '2024-02-25', endDate: '2024-02-27' }],
    },
  ],
  diseaseStatus: [
    { date: '2024-03-29', status: 'REMISSION' },
    { date: '2024-05-29', status: 'CRI' },
    { date: '2024-07-01', status: 'RELAPSE' },
    { date: '2024-09-01', status: 'RELAPSE', cd19: 'DIM', sites: ['CNS'] },
  ],
  bCells: [{ date: '2024-03-29', measure: 'PER_MICROLITRE', specimen: 'BLOOD', value: 7 }],
  mrd: [{ date: '2024-03-29', method: 'FCM', specimen: 'MARROW', value: 0.0004, comparator: '<' }],
  hcts: [{ date: '2024-08-01', kind: 'ALLOGENEIC', donor: 'HAPLO' }],
  therapies: [
    { kind: 'BLINATUMOMAB', agent: 'blinatumomab', date: '2024-07-05', intent: 'NEW_THERAPY' },
    { kind: 'BLINATUMOMAB', agent: 'blinatumomab', date: '2024-07-20', intent: 'BRIDGING' },
  ],
  secondMalignancies: [{ date: '2024-12-01', kind: 'UNSPECIFIED' }],
  assertions: [{ question: 'FIT_FOR_HCT', answer: 'UNKNOWN', date: '2024-04-01' }],
  death: { date: '2025-01-01', cause: 'INFECTION' },
};

/** Type and codes of each resource, by the end of its id. */
function codesOf(resources: readonly { readonly resource: Resource }[]): Record<string, string> {
  return Object.fromEntries(
    resources.map(({ resource }) => {
      const codes = [...JSON.stringify(resource).matchAll(/"code":"([^"]+)"/g)].map(([, code]) => code);
      return [
        resource.id?.slice(2) ?? '',
        `${resource.resourceType}: ${codes.filter((code) => code !== 'HTEST').join(' ')}`,
      ];
    }),
  );
}

it('writes natively what native-input.md lays down', () => {
  expect(codesOf(buildNativeResources(plan))).toEqual({
    'diagnosis-1': 'Condition: confirmed b-all',
    'therapy-1': 'MedicationAdministration: new-therapy blinatumomab',
    'therapy-2': 'MedicationAdministration: bridging blinatumomab',
    'hct-1': 'Procedure: haplo allogeneic-hct',
    'infusion-1-product': 'BiologicallyDerivedProduct: tisagenlecleucel',
    'infusion-1': 'Procedure: 10*6/kg car-t-infusion',
    'lymphodepletion-1-1': 'MedicationAdministration: lymphodepletion fludarabine',
    'status-1': 'Observation: disease-status remission',
    'status-2': 'Observation: disease-status CRi',
    'status-3': 'Observation: disease-status relapse',
    'status-4': 'Observation: disease-status relapse relapse-site cns cd19-class dim',
    'bcells-1': 'Observation: b-cells-per-volume blood /uL',
    'malignancy-1': 'Condition: confirmed second-malignancy',
    'mrd-1': 'Observation: mrd flow-cytometry marrow 1',
    'assertion-1': 'Observation: fit-for-hct unknown',
    death: 'Observation: cause-of-death infection',
  });
});

it('writes as US Core systems do, and natively what they cannot say', () => {
  const codes = codesOf(buildUsCoreResources(plan));
  expect(codes).toMatchObject({
    'diagnosis-1': expect.stringContaining('277571004'),
    'therapy-1': 'MedicationAdministration: 1597258',
    'therapy-2': 'MedicationAdministration: bridging 1597258',
    'hct-1': expect.stringMatching(/^Procedure: haplo (38240|50223000)$/),
    'infusion-1': expect.stringMatching(/^Procedure: (0540T|XW0[34]3J7|0540T XW0[34]3J7)$/),
    'infusion-1-given': expect.stringMatching(/^MedicationAdministration:( L01XL04)? 10\*6\/kg$/),
    'lymphodepletion-1-1': 'MedicationAdministration: 24698',
    'status-1': 'Condition: confirmed C91.01',
    'status-2': 'Observation: disease-status CRi',
    'status-3': 'Condition: confirmed C91.02',
    'status-4': 'Observation: disease-status relapse relapse-site cns cd19-class dim',
    'bcells-1': expect.stringMatching(/^Observation: 8116-6 (\/uL|10\*3\/uL|10\*9\/L)$/),
    'malignancy-1': 'Condition: confirmed C80.1',
    'mrd-1': 'Observation: mrd flow-cytometry marrow 1',
    'assertion-1': 'Observation: fit-for-hct unknown',
    death: 'Observation: cause-of-death infection',
  });
  expect(codes).not.toHaveProperty('infusion-1-product');
});

it('names a product that has no standard code by its own resource', () => {
  const [infusion] = plan.infusions;
  if (infusion === undefined) throw new Error('no infusion');
  const local = { ...plan, infusions: [{ ...infusion, product: { code: 'pku-cart19' } }] };
  expect(codesOf(buildUsCoreResources(local))).toMatchObject({
    'infusion-1-product': 'BiologicallyDerivedProduct: pku-cart19',
  });
});

it('keeps value and comparator of an MRD result', () => {
  const mrd = buildNativeResources(plan).find(({ resource }) => resource.id === 'p-mrd-1')?.resource;
  expect(mrd).toMatchObject({
    valueQuantity: { value: 0.0004, comparator: '<', code: '1' },
    specimen: { reference: '#specimen' },
  });
});

it.each([
  [
    'an answer that the question does not allow',
    { assertions: [{ question: 'FIT_FOR_HCT', answer: 'PERHAPS' }] },
  ],
  ['a therapy without an agent', { therapies: [{ kind: 'CHEMOTHERAPY', date: '2024-01-01' }] }],
] as const)('refuses %s', (_, wrong) => {
  expect(() => buildNativeResources({ ...plan, ...wrong })).toThrow(RangeError);
});
