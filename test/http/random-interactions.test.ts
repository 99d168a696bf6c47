/** Random interactions, each answered as a model of a few lines says. */
import fc from 'fast-check';
import { patient } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

/** Interactions in all; CARTOGRAPH_INTERACTIONS=10000 is the long run. */
const TOTAL = Number(process.env['CARTOGRAPH_INTERACTIONS'] ?? 1_500);
const IN_ONE_RUN = 50;
const IDS = ['a', 'b', 'c'] as const;
const GENDERS = ['female', 'male', 'other'] as const;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

/** Versions of one resource, the first first; undefined for a deletion. */
type Versions = (string | undefined)[];

class Model {
  readonly #versions = new Map<string, Versions>();

  versions(id: string): Versions {
    const known = this.#versions.get(id) ?? [];
    this.#versions.set(id, known);
    return known;
  }

  current(id: string): string | undefined {
    return this.versions(id).at(-1);
  }

  ids(gender: string): readonly string[] {
    return [...this.#versions.keys()].filter((id) => this.current(id) === gender).sort();
  }
}

type Step =
  | {
      readonly kind: 'put';
      readonly id: string;
      readonly gender: string;
      readonly ifMatch: number | undefined;
    }
  | { readonly kind: 'patch'; readonly id: string; readonly from: string; readonly gender: string }
  | { readonly kind: 'delete'; readonly id: string; readonly ifMatch: number | undefined }
  | { readonly kind: 'read' | 'history'; readonly id: string }
  | { readonly kind: 'vread'; readonly id: string; readonly version: number }
  | { readonly kind: 'bundle'; readonly puts: readonly { readonly id: string; readonly gender: string }[] }
  | { readonly kind: 'search'; readonly gender: string };

const id = fc.constantFrom(...IDS);
const gender = fc.constantFrom(...GENDERS);
const ifMatch = fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), id, gender, ifMatch }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('patch' as const), id, from: gender, gender }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), id, ifMatch }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('read' as const, 'history' as const), id }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('vread' as const),
      id,
      version: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('bundle' as const),
      puts: fc.array(fc.record({ id, gender }), { maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('search' as const), gender }) },
);

/** What the model answers, in the words of `carryOut`; it changes as the service should. */
function expected(model: Model, one: Step): unknown {
  switch (one.kind) {
    case 'put':
      return put(model.versions(one.id), one.gender, one.ifMatch);
    case 'patch': {
      if (model.current(one.id) === undefined) return { status: 404 };
      return model.current(one.id) === one.from
        ? put(model.versions(one.id), one.gender, undefined)
        : { status: 422 };
    }
    case 'delete':
      return remove(model.versions(one.id), one.ifMatch);
    case 'read': {
      const versions = model.versions(one.id);
      return versions.length === 0 ? { status: 404 } : shown(versions, versions.length);
    }
    case 'vread':
      return shown(model.versions(one.id), one.version);
    case 'history': {
      const versions = model.versions(one.id);
      if (versions.length === 0) return { status: 404 };
      return { status: 200, genders: versions.map((version) => version ?? null).toReversed() };
    }
    case 'bundle': {
      if (new Set(one.puts.map((entry) => entry.id)).size < one.puts.length) return { status: 409 };
      const statuses = one.puts.map((entry) =>
        String(put(model.versions(entry.id), entry.gender, undefined).status),
      );
      return { status: 200, statuses };
    }
    default:
      return { status: 200, ids: model.ids(one.gender) };
  }
}

function remove(versions: Versions, match: number | undefined): { readonly status: number } {
  const isThere = versions.at(-1) !== undefined;
  if (match !== undefined && !(isThere && versions.length === match)) return { status: 412 };
  if (isThere) versions.push(undefined);
  return { status: 204 };
}

function shown(versions: Versions, version: number): unknown {
  if (version > versions.length) return { status: 404 };
  const found = versions[version - 1];
  return found === undefined ? { status: 410 } : { status: 200, gender: found, etag: `W/"${version}"` };
}

function put(
  versions: Versions,
  wanted: string,
  match: number | undefined,
): { readonly status: number; readonly etag?: string } {
  const current = versions.at(-1);
  if (match !== undefined && !(current !== undefined && versions.length === match)) return { status: 412 };
  if (current !== wanted) versions.push(wanted);
  return { status: current === undefined ? 201 : 200, etag: `W/"${versions.length}"` };
}

async function carryOut(prefix: string, one: Step): Promise<unknown> {
  const name = 'id' in one ? `${prefix}-${one.id}` : '';
  const path = `/fhir/R4/Patient/${name}`;
  const match = 'ifMatch' in one && one.ifMatch !== undefined ? { 'if-match': `W/"${one.ifMatch}"` } : {};
  switch (one.kind) {
    case 'put':
      return written(await service.put(path, resourceOf(prefix, one.id, one.gender), match));
    case 'patch': {
      const operations = [
        { op: 'test', path: '/gender', value: one.from },
        { op: 'replace', path: '/gender', value: one.gender },
      ];
      const headers = { 'content-type': 'application/json-patch+json' };
      return written(
        await service.send(path, { method: 'PATCH', headers, body: JSON.stringify(operations) }),
      );
    }
    case 'delete':
      return { status: (await service.send(path, { method: 'DELETE', headers: match })).status };
    case 'read':
      return read(await service.get(path));
    case 'vread':
      return read(await service.get(`${path}/_history/${one.version}`));
    case 'history': {
      const { status, body } = await service.get(`${path}/_history`);
      if (status !== 200) return { status };
      return {
        status,
        genders: body.entry.map((entry: { resource?: { gender: string } }) => entry.resource?.gender ?? null),
      };
    }
    case 'bundle': {
      const entry = one.puts.map((each) => ({
        resource: resourceOf(prefix, each.id, each.gender),
        request: { method: 'PUT', url: `Patient/${prefix}-${each.id}` },
      }));
      const { status, body } = await service.post('/fhir/R4', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry,
      });
      if (status !== 200) return { status };
      return {
        status,
        statuses: body.entry.map(({ response }: { response: { status: string } }) => response.status),
      };
    }
    default: {
      const { status, body } = await service.get(
        `/fhir/R4/Patient?_tag=${prefix}&gender=${one.gender}&_sort=_id`,
      );
      return {
        status,
        ids: body.entry.map(({ resource }: { resource: { id: string } }) =>
          resource.id.slice(prefix.length + 1),
        ),
      };
    }
  }
}

function resourceOf(prefix: string, name: string, wanted: string) {
  return patient(`${prefix}-${name}`, { gender: wanted, meta: { tag: [{ code: prefix }] } });
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly gender?: string };
}

function written({ status, headers }: Answer): object {
  return status < 300 ? { status, etag: headers.get('etag') } : { status };
}

function read({ status, headers, body }: Answer): object {
  return status === 200 ? { status, gender: body.gender, etag: headers.get('etag') } : { status };
}

it(`answers ${TOTAL} random interactions as the model does`, async () => {
  let run = 0;
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: IN_ONE_RUN, maxLength: IN_ONE_RUN }), async (steps) => {
      run += 1;
      const prefix = `m${run}`;
      const model = new Model();
      for (const one of steps) {
        const answer = await carryOut(prefix, one);
        expect({ one, answer }).toEqual({ one, answer: expected(model, one) });
        made += 1;
      }
    }),
    { numRuns: Math.ceil(TOTAL / IN_ONE_RUN) },
  );
  expect(made).toBeGreaterThanOrEqual(TOTAL);
}, 600_000);
