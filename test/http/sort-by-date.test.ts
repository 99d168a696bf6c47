/** More matches than are gathered and sorted at once: they are met in the order of their dates, page by page. */
import { putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const MANY = 2_100;

/** Instants repeat; every seventh has no date, every eleventh a period without a beginning. */
function dateOf(n: number): object {
  if (n % 7 === 3) return {};
  if (n % 11 === 5) return { effectivePeriod: { end: '2030-01-01' } };
  return { effectiveDateTime: `2024-${String(1 + (n % 12)).padStart(2, '0')}-01T00:00:00Z` };
}

const findings = Array.from({ length: MANY }, (_, n) => ({
  resourceType: 'Observation',
  id: `o${String(n).padStart(4, '0')}`,
  status: n % 2 === 0 ? 'final' : 'amended',
  code: { text: 'x' },
  ...dateOf(n),
}));

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ validation: 'off' });
  // Single writes one after the other would take long; within a transaction the order is that of the ids.
  const { status } = await service.post('/fhir/R4', transaction(...findings.map((one) => putEntry(one))));
  if (status !== 200) throw new Error(`${status}`);
});
afterAll(() => service.stop());

/** Where it stands by its date: what has none last, what has no beginning before all others. */
function placeOf(finding: object): string {
  if ('effectiveDateTime' in finding) return `1 ${String(finding.effectiveDateTime)}`;
  return 'effectivePeriod' in finding ? '0' : '2';
}

function ordered(isDescending: boolean): readonly string[] {
  const places = findings.map((one) => ({ id: one.id, place: placeOf(one) }));
  // From the latest on, what has no beginning and what has no date share the last place.
  const last = isDescending ? places.filter(({ place }) => place === '0' || place === '2') : [];
  const first = places.filter((one) => !last.includes(one));
  const sign = isDescending ? -1 : 1;
  return [...first.sort((a, b) => sign * (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)), ...last].map(
    ({ id }) => id,
  );
}

it.each([
  ['date', false],
  ['-date', true],
])('_sort=%s', async (sort, isDescending) => {
  expect.hasAssertions();
  const seen: string[] = [];
  for (let path: string | undefined = `/fhir/R4/Observation?_sort=${sort}&_count=130`; path !== undefined; ) {
    const { body } = await service.get(path);
    expect(body.total).toBe(MANY);
    for (const { resource } of body.entry ?? []) seen.push(resource.id);
    const next = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
    path = next?.slice(service.url.length);
  }
  expect(seen).toEqual(ordered(isDescending));
});
