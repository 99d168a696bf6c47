import type { Bundle, Resource } from '@medplum/fhirtypes';
import { isPartialDate } from '../../src/core/partial-date.ts';
import { buildPatientBundles, DIALECTS } from '../../src/example/build-bundles.ts';
import { drawCohort } from '../../src/example/generate-cohort.ts';
import { emptyPlan } from '../../src/example/patient-plan.ts';

const { plans } = drawCohort({ patients: 40, seed: 'bundles' });

/** Every object of a resource, at any depth. */
function objectsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsOf)];
}

function textsOf(value: unknown): string[] {
  return objectsOf(value).flatMap((object) =>
    Object.values(object)
      .flat()
      .filter((item): item is string => typeof item === 'string'),
  );
}

function resourcesOf(bundles: readonly Bundle[]): Resource[] {
  return bundles.flatMap(({ entry }) => (entry ?? []).flatMap(({ resource }) => resource ?? []));
}

describe.each(DIALECTS)('%s bundles', (dialect) => {
  const patients = plans.map((plan) => ({ plan, bundles: buildPatientBundles(plan, dialect) }));
  const bundles = patients.flatMap((patient) => patient.bundles);

  it('come several a patient, each with its Patient', () => {
    for (const { plan, bundles: own } of patients) {
      expect(own.length).toBeGreaterThan(1);
      for (const { entry } of own) {
        expect(entry?.[0]?.request).toEqual({ method: 'PUT', url: `Patient/${plan.patientId}` });
      }
    }
  });

  it('can be delivered again: every entry is a PUT or conditional', () => {
    const methods = new Set<string>();
    for (const { entry } of bundles) {
      for (const { request, resource, fullUrl } of entry ?? []) {
        methods.add(request?.method ?? '');
        if (request?.method === 'PUT') {
          expect(request.url).toBe(`${resource?.resourceType}/${resource?.id}`);
        } else {
          expect(request?.url).toBe(resource?.resourceType);
          expect(request?.ifNoneExist).toMatch(
            /^identifier=https:\/\/hospital-a\.example\.org\/record\|synthetic-/,
          );
          expect(resource?.id).toBeUndefined();
          expect(fullUrl).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        }
      }
    }
    expect([...methods].sort()).toEqual(['POST', 'PUT']);
  });

  it('name nothing twice in one bundle, and one id means one thing', () => {
    for (const { entry } of bundles) {
      const targets = (entry ?? []).map(({ request }) => `${request?.url} ${request?.ifNoneExist ?? ''}`);
      expect(new Set(targets).size).toBe(targets.length);
      const addresses = (entry ?? []).map(({ fullUrl }) => fullUrl);
      expect(new Set(addresses).size).toBe(addresses.length);
    }
  });

  it('refer to what is in the same bundle, to a contained resource, or by identifier', () => {
    for (const { entry } of bundles) {
      const reachable = new Set((entry ?? []).flatMap(({ fullUrl, request }) => [fullUrl, request?.url]));
      for (const { resource } of entry ?? []) {
        for (const { reference } of objectsOf(resource)) {
          if (typeof reference !== 'string' || reference.startsWith('#')) continue;
          expect(reachable).toContain(reference);
        }
      }
    }
  });

  it('use all four ways to refer to a patient', () => {
    const forms = new Set(
      resourcesOf(bundles).flatMap((resource) => {
        if (!('subject' in resource)) return [];
        const subject = resource.subject as { readonly reference?: string };
        return subject.reference?.replace(/^(urn|https|Patient).*/, '$1') ?? 'identifier';
      }),
    );
    expect([...forms].sort()).toEqual(['Patient', 'https', 'identifier', 'urn']);
  });

  it('write only dates that exist', () => {
    const dates = textsOf(bundles).filter((text) => /^\d{4}-\d{2}-\d{2}/.test(text));
    expect(dates.length).toBeGreaterThan(1000);
    for (const date of dates) expect(isPartialDate(date.slice(0, 10))).toBe(true);
  });

  it('are tagged as test data, with a site, and name nobody', () => {
    for (const resource of resourcesOf(bundles)) {
      expect(resource.meta?.tag?.[0]?.code).toBe('HTEST');
      expect(resource.meta?.source).toMatch(/^https:\/\/hospital-[ab]\.example\.org\/ehr$/);
      if (resource.resourceType === 'Patient') {
        expect(resource.name?.[0]?.family).toMatch(/^Synthetic-\d{4}$/);
      }
    }
  });

  it('hold the accidents of data exchange', () => {
    const text = JSON.stringify(bundles);
    for (const accident of [
      '"entered-in-error"',
      '"preliminary"',
      '"corrected"',
      '"planned"',
      '"cancelled"',
      '{"text":"Potassium, plasma"}',
      'hospital-b.example.org/mrn',
    ]) {
      expect(text).toContain(accident);
    }
  });
});

it('writes a patient of whom nothing is known as the Patient alone', () => {
  const [bundle, ...more] = buildPatientBundles(emptyPlan('nobody'), 'us-core');
  expect(more).toEqual([]);
  expect(bundle?.entry?.map(({ request }) => request?.url)).toEqual(['Patient/nobody']);
});
