/** What a transaction replaces by the ids that it gives: references and the other links that R4 names (http, 3.1.0.11.2). */
import { patient, postEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const A = 'urn:uuid:00000000-0000-4000-8000-00000000000a';
const HOME = 'http://home.example.org/fhir';

interface Stored {
  readonly id: string;
  readonly [name: string]: unknown;
}

/** The patient of the bundle, and what is stored of the other resource. */
async function stored(
  resourceType: string,
  content: object,
  fullUrl = A,
): Promise<{ readonly target: string; readonly resource: Stored }> {
  const own = fullUrl.startsWith('http') ? { fullUrl: `${HOME}/${resourceType}/other` } : {};
  const bundle = transaction(
    postEntry(patient('source'), { fullUrl }),
    postEntry({ resourceType, ...content }, own),
  );
  const { status, body } = await service.post('/fhir/R4', bundle, { prefer: 'return=representation' });
  expect({ status, body }).toMatchObject({ status: 200 });
  return { target: `Patient/${body.entry[0].resource.id}`, resource: body.entry[1].resource };
}

const DIV = 'xmlns="http://www.w3.org/1999/xhtml"';

it.each<[string, string, object, (target: string) => object]>([
  [
    'a reference, whatever the case of the UUID',
    'Basic',
    { subject: { reference: A.toUpperCase().replace('URN:UUID', 'urn:uuid') } },
    (target) => ({ subject: { reference: target } }),
  ],
  [
    'a reference with a fragment',
    'Basic',
    { subject: { reference: `${A}#part` } },
    (target) => ({ subject: { reference: `${target}#part` } }),
  ],
  [
    'references of what is contained and of extensions',
    'Basic',
    {
      contained: [{ resourceType: 'Condition', id: 'c', subject: { reference: A } }],
      extension: [{ url: 'urn:x', valueReference: { reference: A } }],
    },
    (target) => ({
      contained: [{ resourceType: 'Condition', id: 'c', subject: { reference: target } }],
      extension: [{ url: 'urn:x', valueReference: { reference: target } }],
    }),
  ],
  [
    'uri, url, oid and uuid, but no canonical and no string',
    'Basic',
    {
      extension: [
        { url: 'urn:x', valueUri: A },
        { url: 'urn:x', valueUrl: A },
        { url: 'urn:x', valueOid: A },
        { url: 'urn:x', valueUuid: A },
        { url: 'urn:x', valueCanonical: A },
        { url: 'urn:x', valueString: A },
        { url: A, valueString: 'x' },
      ],
    },
    (target) => ({
      extension: [
        { url: 'urn:x', valueUri: target },
        { url: 'urn:x', valueUrl: target },
        { url: 'urn:x', valueOid: target },
        { url: 'urn:x', valueUuid: target },
        { url: 'urn:x', valueCanonical: A },
        { url: 'urn:x', valueString: A },
        { url: A, valueString: 'x' },
      ],
    }),
  ],
  [
    'the URL of an attachment, and each of a list of uri',
    'PlanDefinition',
    {
      status: 'draft',
      relatedArtifact: [{ type: 'documentation', document: { url: A } }],
      action: [{ documentation: [{ type: 'citation', url: A }] }],
    },
    (target) => ({
      relatedArtifact: [{ type: 'documentation', document: { url: target } }],
      action: [{ documentation: [{ type: 'citation', url: target }] }],
    }),
  ],
  [
    'links and images of the narrative, and nothing else of it',
    'Basic',
    {
      text: {
        status: 'generated',
        div: `<div ${DIV}><a title="1" href="${A}">${A}</a><img alt='i' src='${A}'/><p title="href=">href="${A}"</p></div>`,
      },
    },
    (target) => ({
      text: {
        status: 'generated',
        div: `<div ${DIV}><a title="1" href="${target}">${A}</a><img alt='i' src='${target}'/><p title="href=">href="${A}"</p></div>`,
      },
    }),
  ],
  [
    'no value of an identifier, and not where the resource came from',
    'Basic',
    { meta: { source: A }, identifier: [{ system: 'urn:ietf:rfc:3986', value: A }] },
    () => ({ meta: { source: A }, identifier: [{ system: 'urn:ietf:rfc:3986', value: A }] }),
  ],
])('replaces %s', async (_what, resourceType, content, expected) => {
  const { target, resource } = await stored(resourceType, content);
  expect(resource).toMatchObject(expected(target));
});

it.each<[string, string, (target: string) => string]>([
  ['absolute', `${HOME}/Patient/source`, (target) => target],
  ['relative to the base of its own full URL', 'Patient/source', (target) => target],
  [
    'of a version, which is the first one here',
    'Patient/source/_history/7',
    (target) => `${target}/_history/1`,
  ],
  [
    'of another server',
    'http://other.example.org/Patient/source',
    () => 'http://other.example.org/Patient/source',
  ],
])('replaces a reference that is %s', async (_how, reference, expected) => {
  const { target, resource } = await stored('Basic', { subject: { reference } }, `${HOME}/Patient/source`);
  expect(resource['subject']).toEqual({ reference: expected(target) });
});

it('replaces by an arbitrary full URL', async () => {
  const fullUrl = 'http://home.example.org/record?of=patient';
  const { target, resource } = await stored('Basic', { subject: { reference: fullUrl } }, fullUrl);
  expect(resource['subject']).toEqual({ reference: target });
});

it('leaves a Bundle as it is, which settles its references itself', async () => {
  const subject = { reference: A };
  const entry = [
    { fullUrl: A, resource: { resourceType: 'Patient', id: 'inner' } },
    { resource: { resourceType: 'Basic', subject } },
  ];
  const document = { resourceType: 'Bundle', type: 'collection', entry };
  expect((await stored('Bundle', document)).resource['entry']).toEqual(entry);
  expect((await service.post('/fhir/R4/Bundle', document)).body.entry).toEqual(entry);
});

it('takes no longer over a long reference than over a short one', async () => {
  const reference = 'A'.repeat(200_000);
  const { resource } = await stored('Basic', { subject: { reference } });
  expect(resource['subject']).toEqual({ reference });
});
