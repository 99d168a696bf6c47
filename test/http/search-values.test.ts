/** What a search value means, to the letter of FHIR R4's search page, where resources hold the rarer forms. */
import { patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const UCUM = 'http://unitsofmeasure.org';
const PLAN = 'http://example.org/PlanDefinition/a';
let service: TestService;

function observation(id: string, more: object) {
  return { resourceType: 'Observation', id, status: 'final', code: { coding: [{ code: id }] }, ...more };
}

function weighing(id: string, valueQuantity: object) {
  return observation(id, { valueQuantity: { system: UCUM, code: 'mg', unit: 'mg', ...valueQuantity } });
}

function plan(id: string, more: object = {}) {
  const about = { status: 'active', intent: 'plan', subject: { reference: 'Patient/alive' } };
  return { resourceType: 'CarePlan', id, ...about, ...more };
}

function given(id: string, subject: object) {
  const medicationCodeableConcept = { coding: [{ code: 'x' }] };
  return {
    resourceType: 'MedicationAdministration',
    id,
    status: 'completed',
    medicationCodeableConcept,
    subject,
  };
}

beforeAll(async () => {
  service = await startTestService({ validation: 'off' });
  const identifier = { system: 'urn:mrn', value: '1' };
  const { status } = await service.post(
    '/fhir/R4',
    transaction(
      putEntry({
        resourceType: 'Organization',
        id: 'ward',
        name: 'Ward',
        partOf: { reference: 'Organization/top' },
      }),
      putEntry({ resourceType: 'Organization', id: 'top', name: 'Top' }),
      putEntry(
        patient('alive', { gender: 'male', managingOrganization: { reference: 'Organization/ward' } }),
      ),
      putEntry(patient('dead', { gender: 'female', deceasedDateTime: '2024' })),
      putEntry(patient('said-alive', { gender: 'female', deceasedBoolean: false })),
      putEntry(weighing('w535', { value: 5.35 })),
      putEntry(weighing('w545', { value: 5.45 })),
      putEntry(weighing('w54', { value: 5.4 })),
      putEntry(observation('when', { valueDateTime: '2024-05-01' })),
      putEntry(
        observation('words', {
          valueString: 'Blasts, few',
          subject: { reference: 'http://example.org/persons.html' },
        }),
      ),
      putEntry(
        observation('schedule', {
          effectiveTiming: {
            event: ['2024-03-01', '2024-01-10', '2024-02-01'],
            repeat: { boundsPeriod: { start: '2024-02-10' } },
          },
        }),
      ),
      putEntry(observation('days', { effectiveTiming: { event: ['2020-01-10', '2020-03-01'] } })),
      putEntry(
        plan('versioned', {
          instantiatesCanonical: [`${PLAN}|1.0`],
          meta: { profile: ['http://example.org/P|2.0'] },
        }),
      ),
      putEntry(
        plan('plain', {
          instantiatesCanonical: [PLAN],
          activity: ['2019-05-01', '2023-05-01'].map((start) => ({
            detail: { status: 'completed', scheduledPeriod: { start, end: start } },
          })),
        }),
      ),
      putEntry(plan('none')),
      putEntry({
        resourceType: 'Coverage',
        id: 'insured',
        status: 'active',
        beneficiary: { reference: 'Patient/alive' },
        payor: [{ reference: 'Organization/ward' }],
      }),
      putEntry({
        resourceType: 'Provenance',
        id: 'told',
        target: [{ reference: 'Coverage/insured' }],
        recorded: '2024-01-01T00:00:00Z',
        agent: [{ who: { reference: 'Organization/ward' } }],
      }),
      putEntry({
        resourceType: 'ChargeItem',
        id: 'priced',
        status: 'billed',
        code: { text: 'x' },
        subject: { reference: 'Patient/alive' },
        priceOverride: { value: 100, currency: 'EUR' },
        factorOverride: 0.8,
      }),
      putEntry(given('to-patient', { reference: 'Patient/alive', identifier })),
      putEntry(given('to-group', { reference: 'Group/g', identifier })),
      putEntry(given('to-some-group', { type: 'Group', identifier })),
      putEntry(given('to-somebody', { identifier })),
    ),
  );
  if (status !== 200) throw new Error(`${status}`);
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

async function found(query: string): Promise<readonly string[]> {
  const { status, body } = await service.get(`/fhir/R4/${encodeURI(query)}`);
  if (status !== 200) return [`${status} ${body.issue[0].details.coding[0].code}`];
  return (body.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id).sort();
}

it.each([
  // 5.4 stands for what lies from 5.35 to below 5.45, whatever binary fractions make of that
  ['Observation?value-quantity=5.4', ['w535', 'w54']],
  [`Observation?value-quantity=5.4|${UCUM}|mg`, ['w535', 'w54']],
  [`Observation?value-quantity=0.0054|${UCUM}|g`, ['w535', 'w54']],
  ['Observation?value-quantity=ne5.4', ['w545']],
  ['Observation?value-quantity=5.40||mg', ['w54']],
  ['Observation?value-quantity=gt5.4', ['w545']],
  ['Observation?value-quantity=ge5.4', ['w545', 'w54']],
  // "only the outer limits matter" of a schedule
  ['Observation?date=2024-02-05', []],
  ['Observation?date=2020', ['days']],
  ['Observation?date=2020-01', []],
  ['Observation?date=eb2020-02', []],
  ['Observation?date=eb2020-04', ['days']],
  ['Observation?date=gt2030', ['schedule']],
  ['Observation?date=sa2024-01-09', ['schedule']],
  ['Observation?date=sa2024-01-10', []],
  // what lasts a day or longer, or has no end, reaches every instant within
  ['Observation?date=ge2024-12-31', ['schedule']],
  ['Observation?date=ge2020-02-15&date=lt2020-02-20', ['days']],
  ['Observation?date=gt2020-03-01', ['schedule']],
  ['Observation?date=ge2020-03-01', ['schedule']],
  ['Observation?date=ge2020-02-29', ['days', 'schedule']],
  ['Observation?date=ap2020-03-01&date=lt2021', ['days']],
  ['Observation?date=le2020-03-01&date=ge2020-01-10', ['days']],
  // of several values one may meet the one limit, another the other
  ['CarePlan?activity-date=lt2020&activity-date=gt2022', ['plain']],
  // a code alone has the system that its element implies
  ['Patient?gender=http://hl7.org/fhir/administrative-gender|male', ['alive']],
  ['Patient?gender=urn:other|male', []],
  ['Patient?gender=http://hl7.org/fhir/administrative-gender|', ['alive', 'dead', 'said-alive']],
  ['Patient?gender:not=http://hl7.org/fhir/administrative-gender|male', ['dead', 'said-alive']],
  // whoever is not said to be dead is not deceased
  ['Patient?deceased=false', ['alive', 'said-alive']],
  ['Patient?deceased=true', ['dead']],
  ['Patient?deceased:not=true', ['alive', 'said-alive']],
  // canonicals, of any version or of one
  [`CarePlan?instantiates-canonical=${PLAN}`, ['versioned', 'plain']],
  [`CarePlan?instantiates-canonical=${PLAN}|1.0`, ['versioned']],
  [`CarePlan?instantiates-canonical=${PLAN}|2.0`, []],
  ['CarePlan?instantiates-canonical:missing=true', ['none']],
  ['CarePlan?_profile=http://example.org/P', ['versioned']],
  // an identifier counts where the reference may be of a type of the parameter
  ['MedicationAdministration?patient:identifier=urn:mrn|1', ['to-patient', 'to-somebody']],
  [
    'MedicationAdministration?subject:identifier=urn:mrn|1',
    ['to-patient', 'to-group', 'to-some-group', 'to-somebody'],
  ],
  ['MedicationAdministration?patient:missing=true', ['to-group', 'to-some-group']],
  ['Observation?subject=http://example.org/persons.html', ['words']],
  ['Observation?subject:missing=false', ['words']],
  // composites with dates and texts
  ['Observation?code-value-date=when$ge2024-05', ['when']],
  ['Observation?code-value-date=when$lt2024-05', []],
  ['Observation?code-value-date=when$soon', ['400 parameter-invalid']],
  ['Observation?code-value-string=words$blasts\\, f,when$x', ['words']],
  // types that no profile of ours uses
  ['Coverage?patient=alive&status=http://hl7.org/fhir/fm-status|active', ['insured']],
  ['Coverage?payor.name=Ward&_revinclude=Provenance:target', ['insured', 'told']],
  ['Provenance?recorded=2024-01&agent=Organization/ward', ['told']],
  ['Coverage?_has:Provenance:target:recorded=2024', ['insured']],
  ['ChargeItem?price-override=100|urn:iso:std:iso:4217|EUR', ['priced']],
  ['ChargeItem?price-override=gt10|urn:iso:std:iso:4217|USD', []],
  ['ChargeItem?factor-override=0.8', ['priced']],
  // over several references
  ['CarePlan?patient.organization.name=Ward', ['versioned', 'plain', 'none']],
  ['CarePlan?subject:Patient.organization.partof.name=Top', ['versioned', 'plain', 'none']],
  ['CarePlan?patient.organization.partof.partof.name=Top', ['400 parameter-invalid']],
  [
    'Organization?_has:Patient:organization:_has:CarePlan:patient:instantiates-canonical:missing=true',
    ['ward'],
  ],
  ['Organization?_has:Patient:organization:_has:CarePlan:patient:status=completed', []],
  ['CarePlan?patient._lastUpdated=lt2000', []],
  ['CarePlan?patient._id:above=alive', ['400 parameter-invalid']],
  ['Patient?_id:above=alive', ['400 parameter-invalid']],
  ['MedicationAdministration?patient._has:CarePlan:subject:status=active', ['to-patient']],
])('%s', async (query, expected) => {
  expect(await found(query)).toEqual([...expected].sort());
});
