/**
 * Cuts what was written of a patient into the bundles that an integration engine would send: referral, admission,
 * day 28, follow-up. Each is a transaction that can be posted alone, in any order, any number of times: it
 * carries the Patient, its references lead to the same bundle or to ids that are written by PUT, and every
 * entry is a PUT or a POST under the condition that its identifier is new.
 */
import type { Bundle, BundleEntry, Patient, Reference, Resource } from '@medplum/fhirtypes';
import { daysBetween } from '../core/partial-date.ts';
import { buildEverydayCare } from './everyday-care.ts';
import { buildIcd10GmResources } from './icd10gm-dialect.ts';
import { buildMcodeResources } from './mcode-dialect.ts';
import { buildNativeResources } from './native-dialect.ts';
import { addNoise } from './noise.ts';
import type { PatientPlan } from './patient-plan.ts';
import { buildOtherPatient, buildPatient } from './patient-resource.ts';
import { createRandom } from './random.ts';
import { buildRegistryResources } from './registry-dialect.ts';
import { HOSPITAL_A, HOSPITAL_B, type PlannedResource } from './resource-builders.ts';
import { rewriteReferences } from './rewrite-references.ts';
import { stableUuid } from './stable-uuid.ts';
import { buildUsCoreResources } from './us-core-dialect.ts';

export const DIALECTS = ['native', 'us-core', 'mcode', 'icd10gm', 'registry'] as const;
export type Dialect = (typeof DIALECTS)[number];

const WRITERS: Readonly<Record<Dialect, (plan: PatientPlan) => readonly PlannedResource[]>> = {
  native: buildNativeResources,
  'us-core': buildUsCoreResources,
  mcode: buildMcodeResources,
  icd10gm: buildIcd10GmResources,
  registry: buildRegistryResources,
};

/** How a bundle refers to its Patient: the four forms of reference that FHIR has. */
const STYLES = ['RELATIVE', 'URN', 'ABSOLUTE', 'LOGICAL'] as const;
type Style = (typeof STYLES)[number];

/** Last day of each bundle, counted from the first infusion; one more takes the rest. */
const LAST_DAYS = [-7, 20, 45, 200, 400];

export function buildPatientBundles(plan: PatientPlan, dialect: Dialect): readonly Bundle[] {
  const written = addNoise(plan, [...WRITERS[dialect](plan), ...buildEverydayCare(plan)]);
  const random = createRandom(`${plan.seed}/bundles`);
  const offset = random.integer(0, STYLES.length - 1);
  return cut(plan, written).map((resources, index) =>
    buildBundle(plan, index + 1, resources, STYLES[(offset + index) % STYLES.length] ?? 'RELATIVE'),
  );
}

/** Of two states of one resource in one bundle only the later is sent. Empty bundles are not sent. */
function cut(plan: PatientPlan, written: readonly PlannedResource[]): readonly (readonly Resource[])[] {
  const first = plan.infusions[0]?.date;
  const parts = [...LAST_DAYS, Number.POSITIVE_INFINITY].map(() => new Map<string, Resource>());
  for (const { resource, date, sentOn } of written) {
    const sent = sentOn ?? date;
    const day = first === undefined || sent.length !== 10 ? -999 : daysBetween(first, sent);
    const index = LAST_DAYS.findIndex((last) => day <= last);
    parts.at(index)?.set(`${resource.resourceType}/${resource.id}`, resource);
  }
  const cutParts = parts.filter((part) => part.size > 0).map((part) => [...part.values()]);
  return cutParts.length === 0 ? [[]] : cutParts;
}

function buildBundle(
  plan: PatientPlan,
  number: number,
  resources: readonly Resource[],
  style: Style,
): Bundle {
  const patients: readonly Patient[] = plan.otherHospital
    ? [buildPatient(plan), buildOtherPatient(plan)]
    : [buildPatient(plan)];
  const all: readonly Resource[] = [...patients, ...resources];
  const addresses = new Map(all.map((resource) => [keyOf(resource), addressOf(plan, resource, style)]));
  const people = new Map(patients.map((patient) => [keyOf(patient), patient]));
  const refer = (reference: string): Reference => {
    const person = people.get(reference);
    const [identifier] = person?.identifier ?? [];
    if (style === 'LOGICAL' && identifier !== undefined) return { type: 'Patient', identifier };
    const address = addresses.get(reference);
    const byAddress = style === 'URN' || style === 'ABSOLUTE' || address?.startsWith('urn:') === true;
    return { reference: byAddress && address !== undefined ? address : reference };
  };
  return {
    resourceType: 'Bundle',
    id: `${plan.patientId}-bundle-${number}`,
    type: 'transaction',
    entry: all.map((resource) =>
      entryOf(plan, rewriteReferences(resource, refer), addresses.get(keyOf(resource))),
    ),
  };
}

function keyOf(resource: Resource): string {
  return `${resource.resourceType}/${resource.id}`;
}

/** Only what carries no business identifier of its own is created under a condition; people and products are put. */
function isCreated(plan: PatientPlan, resource: Resource): boolean {
  const put = resource.resourceType === 'Patient' || resource.resourceType === 'BiologicallyDerivedProduct';
  return plan.delivery === 'CONDITIONAL_CREATE' && !put;
}

function addressOf(plan: PatientPlan, resource: Resource, style: Style): string {
  if (style === 'URN' || isCreated(plan, resource)) return `urn:uuid:${stableUuid(keyOf(resource))}`;
  const hospital = resource.meta?.source?.startsWith(HOSPITAL_B) === true ? HOSPITAL_B : HOSPITAL_A;
  return `${hospital}/fhir/${keyOf(resource)}`;
}

function entryOf(plan: PatientPlan, resource: Resource, fullUrl: string | undefined): BundleEntry {
  const address = fullUrl === undefined ? {} : { fullUrl };
  if (!isCreated(plan, resource)) {
    return { ...address, resource, request: { method: 'PUT', url: keyOf(resource) } };
  }
  const { id, ...created } = resource;
  const identifier = { system: `${HOSPITAL_A}/record`, value: id ?? '' };
  return {
    ...address,
    resource: { ...created, identifier: [identifier] } as Resource,
    request: {
      method: 'POST',
      url: resource.resourceType,
      ifNoneExist: `identifier=${identifier.system}|${identifier.value}`,
    },
  };
}
