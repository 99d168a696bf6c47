/** Everyday care and accidents fill the record and state nothing about the course. */
import type { Resource } from '@medplum/fhirtypes';
import { buildEverydayCare } from '../../src/example/everyday-care.ts';
import { drawCohort } from '../../src/example/generate-cohort.ts';
import { buildNativeResources } from '../../src/example/native-dialect.ts';
import { addNoise } from '../../src/example/noise.ts';

const { plans } = drawCohort({ patients: 40, seed: 'noise' });

function codingsOf(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"system":"([^"]+)","code":"([^"]+)"/g)].map(
    ([, system, code]) => `${system?.split('/').pop()} ${code}`,
  );
}

it('everyday care uses these codes and no others', () => {
  const codings = plans.flatMap((plan) =>
    buildEverydayCare(plan).flatMap(({ resource }) => codingsOf(resource)),
  );
  expect([...new Set(codings)].sort()).toEqual([
    'condition-ver-status confirmed',
    'icd-10-cm K59.00',
    'icd-10-cm L20.9',
    'icd-10-cm R50.9',
    'loinc.org 2276-4',
    'loinc.org 2951-2',
    'loinc.org 751-8',
    'loinc.org 777-3',
    'loinc.org 8310-5',
    'loinc.org 8867-4',
    'observation-category vital-signs',
    'rxnorm 161',
    'rxnorm 26225',
    'sct 386661006',
    'unitsofmeasure.org /min',
    'unitsofmeasure.org /uL',
    'unitsofmeasure.org 10*9/L',
    'unitsofmeasure.org Cel',
    'unitsofmeasure.org mmol/L',
    'unitsofmeasure.org ug/L',
    'v3-ActCode AMB',
    'v3-ActReason HTEST',
  ]);
});

it('everyday care ends with the last visit; what is later was only planned', () => {
  for (const plan of plans) {
    const last = plan.visits.at(-1) ?? '';
    for (const { resource, date } of buildEverydayCare(plan)) {
      expect(date <= last).toBe(true);
      if (resource.resourceType === 'Encounter' && (resource.period?.start ?? '').slice(0, 10) > last) {
        expect(['planned', 'cancelled']).toContain(resource.status);
      }
    }
  }
});

it('what accidents add is withdrawn, a repetition, or another state of what was there', () => {
  for (const plan of plans) {
    const written = buildNativeResources(plan);
    const ids = new Set(written.map(({ resource }) => resource.id));
    const added = addNoise(plan, written)
      .map(({ resource }) => resource)
      .filter(({ id }) => !ids.has(id));
    for (const resource of added) {
      if (resource.id?.startsWith(`${plan.patientId}-b-`)) {
        const original = written.find(
          ({ resource: { id } }) => id === resource.id?.replace('-b-', '-'),
        )?.resource;
        expect(factOf(resource)).toEqual(factOf(original));
      } else {
        expect(JSON.stringify(resource)).toContain('"entered-in-error"');
      }
    }
  }
});

function factOf(resource: Resource | undefined): unknown {
  if (resource?.resourceType !== 'Observation') return undefined;
  const { code, effectiveDateTime, valueQuantity, contained } = resource;
  return { code, effectiveDateTime, valueQuantity, contained };
}

it('a plan without visits has no noise', () => {
  const [plan] = plans;
  if (plan === undefined) throw new Error('no plan');
  const quiet = { ...plan, visits: [] };
  const written = buildNativeResources(quiet);
  expect(addNoise(quiet, [...written, ...buildEverydayCare(quiet)])).toEqual(written);
});
