/** Every search parameter of our guide finds what it names, and nothing else; the server does what the guide asks of one. */
import { buildCapabilityStatement } from '../../src/http/rest/capability-statement.ts';
import { definitions, examples } from '../profiles/guide-files.ts';
import { putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  const stored = ['Patient', 'BiologicallyDerivedProduct', 'Procedure', 'Condition', 'Observation'];
  const entries = examples.filter(({ resourceType }) => stored.includes(resourceType)).map(putEntry);
  await service.post('/fhir/R4', transaction(...entries));
});
afterAll(() => service.stop());

const CS = 'https://cartograph.example.org/fhir/CodeSystem/';

async function ids(query: string): Promise<readonly string[]> {
  const { status, body } = await service.send(`/fhir/R4/${query}`, {
    headers: { prefer: 'handling=strict' },
  });
  expect(status).toBe(200);
  return (body.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id).sort();
}

it.each<[string, string, readonly string[]]>([
  ['product-lot', 'BiologicallyDerivedProduct?identifier=LOT-4711', ['example-car-t-product']],
  ['product-lot', 'BiologicallyDerivedProduct?identifier=OTHER', []],
  [
    'product-code',
    `BiologicallyDerivedProduct?product-code=${CS}cartograph-product|tisagenlecleucel`,
    ['example-car-t-product'],
  ],
  [
    'procedure-car-t-product',
    'Procedure?car-t-product=BiologicallyDerivedProduct/example-car-t-product',
    ['example-car-t-infusion'],
  ],
  [
    'procedure-car-t-product',
    'Procedure?car-t-product.product-code=tisagenlecleucel',
    ['example-car-t-infusion'],
  ],
  ['procedure-car-t-product', 'Procedure?car-t-product=BiologicallyDerivedProduct/other', []],
  [
    'procedure-car-t-dose',
    'Procedure?car-t-dose=gt100|http://unitsofmeasure.org|10*6',
    ['example-car-t-infusion'],
  ],
  ['procedure-car-t-dose', 'Procedure?car-t-dose=gt120|http://unitsofmeasure.org|10*6', []],
  ['procedure-hct-donor', 'Procedure?hct-donor=MUD', ['example-hct']],
  ['procedure-hct-conditioning', 'Procedure?hct-conditioning=TBI-MAC', ['example-hct']],
  ['condition-infection-class', 'Condition?infection-class=bacterial', ['example-infection']],
  [
    'observation-adjudicates',
    'Observation?adjudicates=Observation/example-crs-grade',
    ['example-adjudication'],
  ],
])('%s: %s', async (_id, query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

interface Described {
  readonly type: string;
  readonly supportedProfile?: readonly string[];
  readonly interaction: readonly { readonly code: string }[];
  readonly searchParam?: readonly {
    readonly name: string;
    readonly type: string;
    readonly definition: string;
  }[];
  readonly operation?: readonly { readonly name: string; readonly definition: string }[];
}

const required = definitions.find(({ id }) => id === 'cartograph-server') as unknown as {
  readonly url: string;
  readonly rest: readonly [{ readonly resource: readonly Described[] }];
};

it('the service offers what the guide asks of a server', () => {
  const own = buildCapabilityStatement('1', '2026-01-01', false);
  expect(own.instantiates).toContain(required.url);
  const offered = new Map((own.rest?.[0]?.resource ?? []).map((each) => [String(each.type), each]));
  const missing = required.rest[0].resource.flatMap(
    ({ type, interaction, searchParam = [], operation = [] }) => {
      const there = offered.get(type);
      return [
        ...interaction.filter(({ code }) => there?.interaction?.some((each) => each.code === code) !== true),
        ...searchParam.filter(
          ({ name, type: kind }) =>
            there?.searchParam?.some((each) => each.name === name && each.type === kind) !== true,
        ),
        ...operation.filter(
          ({ name, definition }) =>
            there?.operation?.some((each) => each.name === name && each.definition === definition) !== true,
        ),
      ].map((lacking) => `${type}: ${JSON.stringify(lacking)}`);
    },
  );
  expect(missing).toEqual([]);
});

it('what is ours and offered has a definition in the guide, and the statement names every profile of a fact', () => {
  const urls = new Set(definitions.map(({ url }) => url));
  const named = required.rest[0].resource.flatMap(({ searchParam = [], operation = [] }) =>
    [...searchParam, ...operation].map(({ definition }) => definition),
  );
  expect(named.filter((url) => url.startsWith(CS.slice(0, 30)) && !urls.has(url))).toEqual([]);
  const ours = (buildCapabilityStatement('1', '2026-01-01', true).rest ?? []).flatMap(
    ({ operation = [], resource = [] }) => [
      ...operation,
      ...resource.flatMap((each) => each.operation ?? []),
    ],
  );
  const own = ours.map(({ definition }) => String(definition)).filter((url) => url.includes('cartograph'));
  expect(own.length).toBeGreaterThan(10);
  expect(own.filter((url) => !urls.has(url))).toEqual([]);
  const supported = new Set(
    required.rest[0].resource.flatMap(({ supportedProfile = [] }) => supportedProfile),
  );
  const facts = definitions.filter(
    (each) =>
      each.resourceType === 'StructureDefinition' &&
      !['Extension', 'Parameters'].includes(String(each.type)) &&
      !JSON.stringify(each).includes('.meta.tag:derived"'),
  );
  expect(facts.map(({ url }) => url).filter((url) => !supported.has(String(url)))).toEqual([]);
});
