/** Random searches over random resources, answered as a brute force from the specification's text says. */
import fc from 'fast-check';
import { putEntry, transaction } from '../support/bundles.ts';
import {
  anyPersonCriterion,
  type Criterion,
  findingCriterion,
  findings,
  people,
  storedFinding,
  storedPerson,
} from '../support/search-world.ts';
import { startTestService, type TestService } from '../support/service.ts';

/** Searches in all; CARTOGRAPH_SEARCHES=10000 is the long run. */
const TOTAL = Number(process.env['CARTOGRAPH_SEARCHES'] ?? 600);
const LONG_MS = 600_000;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ validation: 'off' });
  const entries = [...people.map(storedPerson), ...findings.map(storedFinding)].map((one) => putEntry(one));
  const { status } = await service.post('/fhir/R4', transaction(...entries));
  if (status !== 200) throw new Error(`${status}`);
});
afterAll(() => service.stop());

/** Ids of all pages, in their order, with the totals that they told. */
async function found(path: string): Promise<{ readonly ids: readonly string[]; readonly totals: unknown }> {
  const ids: string[] = [];
  const totals = new Set<unknown>();
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, body } = await service.send(next, { headers: { prefer: 'handling=strict' } });
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)} ${next}`);
    for (const { resource } of body.entry ?? []) ids.push(resource.id);
    totals.add(body.total);
    const url = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
    next = url?.slice(service.url.length);
  }
  return { ids, totals: [...totals] };
}

it.each([
  ['Patient', anyPersonCriterion, people],
  ['Observation', findingCriterion, findings],
] as const)(
  'finds each %s that the specification says, once',
  async (type, criterion, all) => {
    expect.hasAssertions();
    const criteria = fc.array(criterion as fc.Arbitrary<Criterion<unknown>>, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        criteria,
        fc.constantFrom('3', '1000'),
        fc.constantFrom('', '-_id', '_lastUpdated'),
        async (asked, count, sort) => {
          const query = new URLSearchParams(asked.map(({ name, value }): [string, string] => [name, value]));
          query.set('_count', count);
          if (sort !== '') query.set('_sort', sort);
          const expected = all.filter((one) => asked.every(({ holds }) => holds(one))).map(({ id }) => id);
          const { ids, totals } = await found(`/fhir/R4/${type}?${query}`);
          expect([[...ids].sort(), totals]).toEqual([[...expected].sort(), [expected.length]]);
        },
      ),
      { numRuns: TOTAL / 2 },
    );
  },
  LONG_MS,
);
