/** What holds for any course of data: corrections, irrelevant resources, shifted dates, removed resources. */
import type { Bundle, Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import type { CohortRecord, Source } from '../../src/cohort/cohort-record.generated.ts';
import { addDays } from '../../src/core/partial-date.ts';
import { DIALECTS } from '../../src/example/build-bundles.ts';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { mapPerson } from '../../src/mapping/map-person.ts';
import type { Mappings } from '../../src/mapping/mappings.ts';
import { comparable } from '../support/compare-records.ts';
import { resourcesOfBundles } from '../support/records-of-bundles.ts';

let mappings: Mappings;
beforeAll(async () => {
  mappings = await loadMappings('mappings');
});

const PEOPLE = 12;
const cohorts = new Map(
  DIALECTS.map((dialect) => [
    dialect,
    resourcesOfBundles(
      generateCohort({ patients: PEOPLE, seed: 'properties', dialect }).bundles.map(
        ({ bundle }): Bundle => bundle,
      ),
    ),
  ]),
);
const person = fc
  .tuple(fc.constantFrom(...DIALECTS), fc.nat(PEOPLE - 1))
  .map(([dialect, index]) => cohorts.get(dialect)?.[index] ?? []);

function map(resources: readonly Resource[]): CohortRecord {
  return mapPerson(
    resources.map((resource) => ({ resource, site: 'a', receivedOn: '2100-01-01' })),
    mappings,
  );
}

const RUNS = { numRuns: process.env['CARTOGRAPH_WHOLE_SUITE'] === '1' ? 300 : 40 };

it('a resource that was entered in error and put right again leaves no trace', () => {
  fc.assert(
    fc.property(person, fc.nat(), (resources, chosen) => {
      const stated = resources.filter((resource) => 'status' in resource);
      const target = stated[chosen % stated.length];
      if (target === undefined) return;
      const wrong = { ...target, status: 'entered-in-error' } as Resource;
      const others = resources.filter((resource) => resource !== target);
      expect(comparable(map([...others, wrong]))).toEqual(comparable(map(others)));
      expect(comparable(map([...others, target]))).toEqual(comparable(map(resources)));
    }),
    RUNS,
  );
});

it('resources that have nothing to do with the course change nothing', () => {
  const irrelevant = fc.constantFrom<object>(
    {
      resourceType: 'Observation',
      id: 'x1',
      status: 'final',
      code: { text: 'Shoe size' },
      valueString: '36',
    },
    { resourceType: 'Appointment', id: 'x2', status: 'booked', participant: [] },
    { resourceType: 'Condition', id: 'x3', code: { coding: [{ system: 'urn:local', code: '1' }] } },
    { resourceType: 'DocumentReference', id: 'x4', status: 'current', content: [] },
    {
      resourceType: 'MedicationRequest',
      id: 'x5',
      status: 'active',
      medicationCodeableConcept: { text: 'Vitamin D' },
    },
  );
  fc.assert(
    fc.property(
      person,
      fc.uniqueArray(irrelevant, { selector: (one) => JSON.stringify(one) }),
      (resources, more) => {
        expect(comparable(map([...resources, ...(more as Resource[])]))).toEqual(comparable(map(resources)));
      },
    ),
    RUNS,
  );
});

const DATE = /\b(?:19|20)\d\d-[01]\d-[0-3]\d(?=T|")/g;
/** Of every text that is a date or begins with one; identifiers of ours hold none. */
const shift = <T>(value: T, days: number): T =>
  JSON.parse(JSON.stringify(value).replace(DATE, (date) => addDays(date, days))) as T;

it('shifting all dates shifts the record', () => {
  fc.assert(
    fc.property(person, fc.integer({ min: -200, max: 200 }), (resources, weeks) => {
      const days = weeks * 7;
      const withoutMinutes = (record: CohortRecord): unknown =>
        JSON.parse(
          JSON.stringify(comparable(record), (name, value: unknown) =>
            name === 'epochMinute' || name === 'endEpochMinute' ? undefined : value,
          ),
        );
      const expected = shift(withoutMinutes(map(resources)), days);
      expect(withoutMinutes(map(shift(resources, days)))).toEqual(expected);
    }),
    RUNS,
  );
});

/** Every fact of a record with the resources that it comes from. */
function factsOf(value: unknown, found: { text: string; references: string[] }[] = []): typeof found {
  if (Array.isArray(value)) for (const item of value) factsOf(item, found);
  else if (typeof value === 'object' && value !== null) {
    const { sources, course: _, ...content } = value as { sources?: readonly Source[]; course?: number };
    if (sources !== undefined) {
      found.push({ text: JSON.stringify(content), references: sources.map(({ reference }) => reference) });
    }
    for (const child of Object.values(content)) factsOf(child, found);
  }
  return found;
}

/** Facts that stand for themselves; a course, its intents and its dose are made of several. */
function standing({ observations }: CohortRecord): unknown {
  return observations;
}

it('removing a resource removes exactly the facts that had no other source', () => {
  fc.assert(
    fc.property(person, fc.nat(), (resources, chosen) => {
      const observations = resources.filter(({ resourceType }) => resourceType === 'Observation');
      const target = observations[chosen % observations.length];
      if (target === undefined) return;
      const reference = `Observation/${target.id}`;
      const before = factsOf(standing(map(resources)));
      const after = factsOf(standing(map(resources.filter((resource) => resource !== target))));
      const left = before.filter(({ references }) => references.some((source) => source !== reference));
      expect(after.map(({ text }) => text).toSorted()).toEqual(left.map(({ text }) => text).toSorted());
    }),
    RUNS,
  );
});
