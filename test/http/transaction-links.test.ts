/** What a transaction replaces by the ids that it gives: references and the other links that R4 names (http, 3.1.0.11.2). */
import { patient, postEntry, putEntry, transaction } from '../support/bundles.ts';
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

const SPECIFIC = 'http://hl7.org/fhir/StructureDefinition/resolve-as-version-specific';

function provenance(id: string, target: object): object {
  return putEntry({ resourceType: 'Provenance', id, recorded: '2024-01-01T00:00:00Z', target: [target] });
}

async function targetsOf(...entries: readonly object[]): Promise<readonly string[]> {
  const { status, body } = await service.post('/fhir/R4', transaction(...entries), {
    prefer: 'return=representation',
  });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.entry.flatMap(({ resource, response }: AnsweredEntry) =>
    resource?.target === undefined ? [] : [`${resource.target[0]?.reference} ${response.etag}`],
  );
}

interface AnsweredEntry {
  readonly resource?: { readonly target?: readonly { readonly reference: string }[] };
  readonly response: { readonly etag: string };
}

describe('a version-specific reference to what is updated', () => {
  const written = (gender: string) => ({
    fullUrl: `${HOME}/Patient/versioned`,
    ...putEntry(patient('versioned', { gender })),
  });
  const asked = {
    reference: `${HOME}/Patient/versioned`,
    extension: [{ url: SPECIFIC, valueBoolean: true }],
  };
  const named = { reference: `${HOME}/Patient/versioned/_history/77` };
  const declined = { ...asked, extension: [{ url: SPECIFIC, valueBoolean: false }] };

  it('names the version that the transaction makes, and the stored one where it makes none', async () => {
    const all = (gender: string) =>
      targetsOf(
        provenance('asked', asked),
        provenance('named', named),
        provenance('declined', declined),
        written(gender),
      );
    expect(await all('female')).toEqual([
      'Patient/versioned/_history/1 W/"1"',
      'Patient/versioned/_history/1 W/"1"',
      'Patient/versioned W/"1"',
    ]);
    // Redelivery changes nothing.
    expect(await all('female')).toEqual([
      'Patient/versioned/_history/1 W/"1"',
      'Patient/versioned/_history/1 W/"1"',
      'Patient/versioned W/"1"',
    ]);
    expect(await all('male')).toEqual([
      'Patient/versioned/_history/2 W/"2"',
      'Patient/versioned/_history/2 W/"2"',
      'Patient/versioned W/"1"',
    ]);
    await service.send('/fhir/R4/Patient/versioned', { method: 'DELETE' });
    expect((await all('male'))[0]).toBe('Patient/versioned/_history/4 W/"3"');
  });

  it('names the version of what a condition finds', async () => {
    const identifier = [{ system: 'urn:links', value: 'found' }];
    await service.put('/fhir/R4/Patient/found', patient('found', { identifier }));
    await service.put('/fhir/R4/Patient/found', patient('found', { identifier, active: true }));
    const found = postEntry(patient('x', { identifier }), {
      fullUrl: A,
      ifNoneExist: 'identifier=urn:links|found',
    });
    const target = { reference: A, extension: [{ url: SPECIFIC, valueBoolean: true }] };
    expect(await targetsOf(provenance('condition', target), found)).toEqual([
      'Patient/found/_history/2 W/"1"',
    ]);
  });

  it('of two that refer to each other names versions that are there', async () => {
    const pair = ['one', 'two'].map((id) => ({ id, fullUrl: `${HOME}/Basic/${id}` }));
    const bundle = transaction(
      ...pair.map(({ id, fullUrl }, index) => ({
        fullUrl,
        ...putEntry({
          resourceType: 'Basic',
          id,
          code: { text: 'x' },
          subject: { reference: `${pair[1 - index]?.fullUrl}/_history/1` },
        }),
      })),
    );
    for (const version of [1, 2]) {
      expect((await service.post('/fhir/R4', bundle)).status).toBe(200);
      for (const { id } of pair) {
        const { subject, meta } = (await service.get(`/fhir/R4/Basic/${id}`)).body;
        expect([meta.versionId, (await service.get(`/fhir/R4/${subject.reference}`)).status]).toEqual([
          String(version),
          200,
        ]);
      }
    }
  });
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
