import type { Bundle, Observation, Patient, Resource } from '@medplum/fhirtypes';
import { type JsonObject, listHeldResources } from '../src/cli/bundle-resources.ts';
import { addDays } from '../src/core/partial-date.ts';
import { generateCohort } from '../src/example/generate-cohort.ts';

/** Resources of each call's prefetch. */
export const PREFETCH_SIZE = 500;

const KEYS: Readonly<Record<string, string>> = {
  Condition: 'conditions',
  Procedure: 'procedures',
  Observation: 'observations',
  MedicationAdministration: 'administrations',
  MedicationStatement: 'statements',
};

/** What a prefetch finds of one patient, and the products of the infusions, which no prefetch query finds. */
export interface BenchPatient {
  readonly patient: Patient;
  readonly resources: readonly Resource[];
  readonly products: readonly Resource[];
}

/**
 * The course of one synthetic patient each, filled up with everyday observations of the same patient until a prefetch
 * holds as many resources as the bar asks for.
 */
export function buildPatients(patients: number): readonly BenchPatient[] {
  const { bundles } = generateCohort({ patients, seed: 'bench', dialect: 'native' });
  const byPatient = Map.groupBy(bundles, ({ patientId }) => patientId);
  return [...byPatient.values()].map((sent) => patientOf(sent.flatMap(({ bundle }) => resourcesOf(bundle))));
}

function resourcesOf(bundle: Bundle): readonly Resource[] {
  return listHeldResources(bundle as unknown as JsonObject).flatMap((held) =>
    held.kind === 'resource' ? [held.resource as unknown as Resource] : [],
  );
}

function patientOf(sent: readonly Resource[]): BenchPatient {
  // Redelivered resources count once.
  const all = [
    ...new Map(sent.map((one, index) => [`${one.resourceType}/${one.id ?? index}`, one])).values(),
  ];
  const patient = all.find((resource): resource is Patient => resource.resourceType === 'Patient');
  if (patient?.id === undefined) throw new Error('A synthetic patient without Patient');
  const subject = { reference: `Patient/${patient.id}` };
  const own = all
    .filter(({ resourceType }) => KEYS[resourceType] !== undefined)
    .map((resource) => ({ ...resource, subject }) as Resource);
  const everyday = own.filter(
    (resource): resource is Observation =>
      resource.resourceType === 'Observation' && resource.category !== undefined,
  );
  const filled = [...own];
  for (let index = 0; filled.length < PREFETCH_SIZE - 1; index += 1) {
    const observation = everyday[index % everyday.length];
    if (observation === undefined) throw new Error('A synthetic patient without everyday care');
    filled.push(daysBefore(observation, 1 + Math.floor(index / everyday.length), index));
  }
  const products = all.filter(({ resourceType }) => resourceType === 'BiologicallyDerivedProduct');
  return { patient, resources: filled.slice(0, PREFETCH_SIZE - 1), products };
}

/** A call of the HCT service with everything of a patient that a prefetch finds. */
export function callOf({ patient, resources }: BenchPatient): string {
  const prefetch: Record<string, unknown> = { patient };
  for (const [type, key] of Object.entries(KEYS)) {
    const matches = resources.filter(({ resourceType }) => resourceType === type);
    const entry = matches.map((resource) => ({ resource }));
    prefetch[key] = entry.length === 0 ? null : { resourceType: 'Bundle', type: 'searchset', entry };
  }
  return JSON.stringify({
    hook: 'patient-view',
    hookInstance: '0f2b2d6a-6a02-4f57-9f0b-0d6e7f3f3b11',
    context: { userId: 'Practitioner/bench', patientId: patient.id },
    prefetch,
  });
}

/** The same kind of result on an earlier day, so that every one is a fact of its own. */
function daysBefore(observation: Observation, days: number, index: number): Observation {
  const at = observation.effectiveDateTime ?? '2024-01-01';
  return {
    ...observation,
    id: `everyday-${index}`,
    effectiveDateTime: `${addDays(at.slice(0, 10), -days)}${at.slice(10)}`,
  };
}
