/** Random transactions and batches, each answered as a model in memory says, and what is stored after them. */
import fc from 'fast-check';
import { type Part, type PartAnswer, runBatch, runTransaction } from '../support/bundle-model.ts';
import { patient } from '../support/bundles.ts';
import { PatientModel } from '../support/patient-model.ts';
import { startTestService, type TestService } from '../support/service.ts';

/** Entries in all; CARTOGRAPH_INTERACTIONS=10000 is the long run. */
const TOTAL = Number(process.env['CARTOGRAPH_INTERACTIONS'] ?? 1_500);
const BUNDLES_IN_ONE_RUN = 12;
const SYSTEM = 'urn:model-bundles';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

/** Names become ids and identifiers of a run, so that it sees nothing of the others. */
type Draw = (name: (short: string) => string) => Part;

const short = fc.constantFrom('a', 'b', 'c', 'd');
const gender = fc.constantFrom('female', 'male');
const version = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 2 });

function draw<T>(arbitrary: fc.Arbitrary<T>, make: (drawn: T, name: (short: string) => string) => Part) {
  return arbitrary.map(
    (drawn): Draw =>
      (name) =>
        make(drawn, name),
  );
}

const put = fc.record({ at: short, gender });
const patch = fc.record({ at: short, from: gender, gender });
const part: fc.Arbitrary<Draw> = fc.oneof(
  draw(fc.record({ at: short, gender, version }), ({ at, version: wanted, ...rest }, name) => {
    const condition = wanted === undefined ? {} : { version: wanted };
    return { kind: 'put', id: name(at), content: { ...rest, mrn: name(at) }, ...condition };
  }),
  draw(put, ({ at, gender: one }, name) => {
    return { kind: 'put-new', id: name(at), content: { gender: one, mrn: name(at) } };
  }),
  draw(put, ({ at, gender: one }, name) => ({ kind: 'put-where', content: { gender: one, mrn: name(at) } })),
  draw(put, ({ at, gender: one }, name) => ({
    kind: 'create-unless',
    content: { gender: one, mrn: name(at) },
  })),
  draw(patch, ({ at, ...rest }, name) => ({ kind: 'patch', id: name(at), ...rest })),
  draw(patch, ({ at, ...rest }, name) => ({ kind: 'patch-where', mrn: name(at), ...rest })),
  draw(fc.record({ at: short, version }), ({ at, version: wanted }, name) => {
    return { kind: 'delete', id: name(at), ...(wanted === undefined ? {} : { version: wanted }) };
  }),
  draw(short, (at, name) => ({ kind: 'delete-where', mrn: name(at) })),
  draw(fc.record({ at: short, version }), ({ at, version: known }, name) => {
    return { kind: 'get', id: name(at), ...(known === undefined ? {} : { known }) };
  }),
  draw(short, (at, name) => ({ kind: 'refer', mrn: name(at) })),
);

const bundle = fc.record({
  type: fc.constantFrom('transaction' as const, 'transaction' as const, 'batch' as const),
  parts: fc.array(part, { minLength: 1, maxLength: 4 }),
});

function query(mrn: string): string {
  return `Patient?identifier=${SYSTEM}|${mrn}`;
}

function resourceOf({ gender: one, mrn }: { readonly gender: string; readonly mrn: string }, id: string) {
  return patient(id, { gender: one, identifier: [{ system: SYSTEM, value: mrn }] });
}

function patchOf({ from, gender: one }: { readonly from: string; readonly gender: string }): object {
  const operations = [
    { op: 'test', path: '/gender', value: from },
    { op: 'replace', path: '/gender', value: one },
  ];
  const data = Buffer.from(JSON.stringify(operations)).toString('base64');
  return { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
}

function matched(wanted: number | undefined, name: 'ifMatch' | 'ifNoneMatch'): object {
  return wanted === undefined ? {} : { [name]: `W/"${wanted}"` };
}

function entryOf(one: Part): object {
  switch (one.kind) {
    case 'put':
      return {
        resource: resourceOf(one.content, one.id),
        request: { method: 'PUT', url: `Patient/${one.id}`, ...matched(one.version, 'ifMatch') },
      };
    case 'put-new':
      return {
        resource: resourceOf(one.content, one.id),
        request: { method: 'PUT', url: `Patient/${one.id}`, ifNoneMatch: '*' },
      };
    case 'put-where': {
      const { id: _id, ...resource } = resourceOf(one.content, '');
      return { resource, request: { method: 'PUT', url: query(one.content.mrn) } };
    }
    case 'create-unless':
      return {
        resource: resourceOf(one.content, 'ignored'),
        request: { method: 'POST', url: 'Patient', ifNoneExist: query(one.content.mrn) },
      };
    case 'patch':
      return { resource: patchOf(one), request: { method: 'PATCH', url: `Patient/${one.id}` } };
    case 'patch-where':
      return { resource: patchOf(one), request: { method: 'PATCH', url: query(one.mrn) } };
    case 'delete':
      return {
        request: { method: 'DELETE', url: `Patient/${one.id}`, ...matched(one.version, 'ifMatch') },
      };
    case 'delete-where':
      return { request: { method: 'DELETE', url: query(one.mrn) } };
    case 'refer':
      return {
        resource: { resourceType: 'Basic', code: { text: 'x' }, subject: { reference: query(one.mrn) } },
        request: { method: 'POST', url: 'Basic' },
      };
    default:
      return {
        request: {
          method: 'GET',
          url: `Patient/${one.id}`,
          ...matched('known' in one ? one.known : undefined, 'ifNoneMatch'),
        },
      };
  }
}

interface AnsweredEntry {
  readonly resource?: { readonly gender?: string; readonly subject?: { readonly reference: string } };
  readonly response: { readonly status: string; readonly etag?: string; readonly location?: string };
}

/** What of the answer the model tells of that kind of entry. */
function shown({ kind }: Part, { resource, response }: AnsweredEntry): PartAnswer {
  const status = Number(response.status);
  if (status >= 300 || kind.startsWith('delete')) return { status };
  const etag = response.etag ?? '';
  if (kind === 'get') return { status, gender: resource?.gender ?? '', etag };
  return kind === 'refer' ? { status, etag, subject: resource?.subject?.reference ?? '' } : { status, etag };
}

function idOf({ response }: AnsweredEntry): string {
  return response.location?.split('/')[1] ?? '';
}

/** What is stored of the Patients that the run named, and of those that conditions made. */
async function storedOf(ids: readonly string[]): Promise<readonly object[]> {
  return Promise.all(
    ids.map(async (id) => {
      const { status, headers, body } = await service.get(`/fhir/R4/Patient/${id}`);
      return status === 200 ? { status, gender: body.gender, etag: headers.get('etag') } : { status };
    }),
  );
}

it(`answers the entries of random bundles, ${TOTAL} at least, as the model does`, async () => {
  let run = 0;
  let made = 0;
  const kinds = new Map<string, number>();
  const oneRun = fc.asyncProperty(
    fc.array(bundle, { minLength: BUNDLES_IN_ONE_RUN, maxLength: BUNDLES_IN_ONE_RUN }),
    async (bundles) => {
      run += 1;
      const name = (one: string): string => `b${run}-${one}`;
      const ids = new Set(['a', 'b', 'c', 'd'].map(name));
      let model = new PatientModel();
      for (const { type, parts: draws } of bundles) {
        const parts = draws.map((make) => make(name));
        const sent = { resourceType: 'Bundle', type, entry: parts.map(entryOf) };
        const { status, body } = await service.post('/fhir/R4', sent, { prefer: 'return=representation' });
        const entries: readonly AnsweredEntry[] = status === 200 ? body.entry : [];
        const given = entries.map(idOf);
        for (const id of given) if (id !== '') ids.add(id);
        const answers = entries.map((entry, index) => shown(parts[index] ?? { kind: 'find', id: '' }, entry));
        if (type === 'batch') {
          expect({ parts, answers }).toEqual({ parts, answers: runBatch(model, parts, given) });
        } else {
          const expected = runTransaction(model, parts, given);
          expect({ parts, ok: status === 200, answers }).toEqual({
            parts,
            ok: expected !== undefined,
            answers: expected?.answers ?? [],
          });
          model = expected?.after ?? model;
        }
        kinds.set(`${type} ${status === 200}`, (kinds.get(`${type} ${status === 200}`) ?? 0) + 1);
        made += parts.length;
      }
      const all = [...ids];
      expect(await storedOf(all)).toEqual(all.map((id) => model.read(id)));
    },
  );
  await fc.assert(oneRun, { numRuns: Math.ceil(TOTAL / (BUNDLES_IN_ONE_RUN * 2.5)) });
  expect(made).toBeGreaterThan(TOTAL / 2);
  // Both outcomes were met.
  expect([...kinds.keys()].sort()).toEqual(['batch true', 'transaction false', 'transaction true']);
}, 900_000);
