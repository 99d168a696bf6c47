/** Random interactions, each answered as a model in memory says: versions, ETags, histories, conditions and searches. */
import fc from 'fast-check';
import { patient } from '../support/bundles.ts';
import { PatientModel, type Written } from '../support/patient-model.ts';
import { startTestService, type TestService } from '../support/service.ts';

/** Interactions in all; CARTOGRAPH_INTERACTIONS=10000 is the long run. */
const TOTAL = Number(process.env['CARTOGRAPH_INTERACTIONS'] ?? 1_500);
const IN_ONE_RUN = 50;
const NAMES = ['a', 'b', 'c'] as const;
const GENDERS = ['female', 'male', 'other'] as const;
const SYSTEM = 'urn:model';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

interface Put {
  readonly name: string;
  readonly gender: string;
}

type Step =
  | (Put & { readonly kind: 'put'; readonly version: number | undefined })
  | (Put & { readonly kind: 'put-new' | 'create-unless' | 'put-where' })
  | (Put & { readonly kind: 'patch'; readonly from: string })
  | { readonly kind: 'delete'; readonly name: string; readonly version: number | undefined }
  | { readonly kind: 'delete-where'; readonly name: string }
  | { readonly kind: 'history'; readonly name: string }
  | { readonly kind: 'read'; readonly name: string; readonly version: number | undefined }
  | { readonly kind: 'vread'; readonly name: string; readonly version: number }
  | { readonly kind: 'transaction'; readonly puts: readonly Put[] }
  | { readonly kind: 'search' | 'search-not' | 'count'; readonly gender: string }
  | { readonly kind: 'search-by-identifier'; readonly name: string };

const name = fc.constantFrom(...NAMES);
const gender = fc.constantFrom(...GENDERS);
const number = fc.integer({ min: 1, max: 6 });
const version = fc.option(number, { nil: undefined, freq: 3 });
const kind = <K extends Step['kind']>(...kinds: readonly [K, ...K[]]) => fc.constantFrom(...kinds);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: kind('put'), name, gender, version }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('put-new', 'create-unless', 'put-where'), name, gender }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('patch'), name, from: gender, gender }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('delete'), name, version }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('delete-where', 'history'), name }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('read'), name, version }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('vread'), name, version: number }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('transaction'),
      puts: fc.array(fc.record({ name, gender }), { maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind('search', 'search-not', 'count'), gender }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('search-by-identifier'), name }) },
);

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the bodies of answers are looked into freely
  readonly body: any;
}

/** One run: Patients whose ids and tag begin with its name, so that it sees nothing of the others. */
class Run {
  readonly #prefix: string;
  readonly #model = new PatientModel();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** What the service answered, and what the model says to the same. */
  async carryOut(one: Step): Promise<{ readonly answer: unknown; readonly expected: unknown }> {
    const model = this.#model;
    switch (one.kind) {
      case 'put': {
        const answer = await service.put(this.#path(one.name), this.#resource(one), match(one.version));
        const condition = one.version === undefined ? {} : { version: one.version };
        return {
          answer: written(answer),
          expected: model.put(this.#id(one.name), this.#content(one), condition),
        };
      }
      case 'put-new': {
        const answer = await service.put(this.#path(one.name), this.#resource(one), { 'if-none-match': '*' });
        const expected = model.put(this.#id(one.name), this.#content(one), { isNew: true });
        return { answer: written(answer), expected };
      }
      case 'create-unless': {
        const condition = { 'if-none-exist': `identifier=${this.#identifier(one.name)}` };
        const answer = written(await service.post('/fhir/R4/Patient', this.#unnamed(one), condition));
        return { answer, expected: model.createUnless(this.#content(one), answer.id ?? '') };
      }
      case 'put-where': {
        const answer = written(await service.put(this.#query(one.name), this.#unnamed(one)));
        return { answer, expected: model.putWhere(this.#content(one), answer.id ?? '') };
      }
      case 'patch': {
        const answer = await service.send(this.#path(one.name), {
          method: 'PATCH',
          headers: { 'content-type': 'application/json-patch+json' },
          body: JSON.stringify([
            { op: 'test', path: '/gender', value: one.from },
            { op: 'replace', path: '/gender', value: one.gender },
          ]),
        });
        return { answer: written(answer), expected: model.patch(this.#id(one.name), one.from, one.gender) };
      }
      case 'delete': {
        const { status } = await service.send(this.#path(one.name), {
          method: 'DELETE',
          headers: match(one.version),
        });
        return { answer: { status }, expected: model.delete(this.#id(one.name), one.version) };
      }
      case 'delete-where': {
        const { status } = await service.send(this.#query(one.name), { method: 'DELETE' });
        return { answer: { status }, expected: model.deleteWhere(this.#mrn(one.name)) };
      }
      default:
        return this.#look(one);
    }
  }

  async #look(one: Exclude<Step, { readonly kind: `${'put' | 'create' | 'patch' | 'delete'}${string}` }>) {
    const model = this.#model;
    switch (one.kind) {
      case 'read': {
        const headers = one.version === undefined ? {} : { 'if-none-match': `W/"${one.version}"` };
        const answer = await service.send(this.#path(one.name), { headers });
        return { answer: shown(answer), expected: model.read(this.#id(one.name), one.version) };
      }
      case 'vread': {
        const answer = await service.get(`${this.#path(one.name)}/_history/${one.version}`);
        return { answer: shown(answer), expected: model.vread(this.#id(one.name), one.version) };
      }
      case 'history': {
        const answer = await service.get(`${this.#path(one.name)}/_history`);
        return { answer: historyOf(answer), expected: model.history(this.#id(one.name)) };
      }
      case 'transaction':
        return this.#transaction(one.puts);
      case 'count': {
        const { body } = await service.get(
          `/fhir/R4/Patient?_tag=${this.#prefix}&gender=${one.gender}&_summary=count`,
        );
        return { answer: body.total, expected: model.ids((content) => content.gender === one.gender).length };
      }
      case 'search-by-identifier': {
        const answer = await this.#idsBySearch(`identifier=${this.#identifier(one.name)}`);
        return { answer, expected: model.ids(({ mrn }) => mrn === this.#mrn(one.name)) };
      }
      default: {
        const isNot = one.kind === 'search-not';
        const answer = await this.#idsBySearch(`gender${isNot ? ':not' : ''}=${one.gender}`);
        return { answer, expected: model.ids((content) => (content.gender === one.gender) !== isNot) };
      }
    }
  }

  async #transaction(puts: readonly Put[]) {
    const entry = puts.map((put) => ({
      resource: this.#resource(put),
      request: { method: 'PUT', url: `Patient/${this.#id(put.name)}` },
    }));
    const { status, body } = await service.post('/fhir/R4', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry,
    });
    if (new Set(puts.map((put) => put.name)).size < puts.length) return { answer: status, expected: 409 };
    const expected = puts.map((put) => {
      const result = this.#model.put(this.#id(put.name), this.#content(put));
      return { status: String(result.status), etag: result.etag };
    });
    const answer = (body.entry ?? []).map(({ response }: { response: { status: string; etag: string } }) => ({
      status: response.status,
      etag: response.etag,
    }));
    return { answer, expected };
  }

  /** Over pages of two. */
  async #idsBySearch(criterion: string): Promise<readonly string[]> {
    const ids: string[] = [];
    let path: string | undefined = `/fhir/R4/Patient?_tag=${this.#prefix}&${criterion}&_sort=_id&_count=2`;
    while (path !== undefined) {
      const { body }: Answer = await service.get(path);
      ids.push(...(body.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id));
      const next = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
      path = next?.slice(service.url.length);
    }
    return ids;
  }

  #id(short: string): string {
    return `${this.#prefix}-${short}`;
  }

  #path(short: string): string {
    return `/fhir/R4/Patient/${this.#id(short)}`;
  }

  /** Identifiers are of the run, for a condition looks at all that is stored. */
  #mrn(short: string): string {
    return `${this.#prefix}:${short}`;
  }

  #identifier(short: string): string {
    return `${SYSTEM}|${this.#mrn(short)}`;
  }

  #query(short: string): string {
    return `/fhir/R4/Patient?identifier=${this.#identifier(short)}`;
  }

  #content(put: Put) {
    return { gender: put.gender, mrn: this.#mrn(put.name) };
  }

  #resource(put: Put) {
    const identifier = [{ system: SYSTEM, value: this.#mrn(put.name) }];
    const meta = { tag: [{ code: this.#prefix }] };
    return patient(this.#id(put.name), { gender: put.gender, identifier, meta });
  }

  #unnamed(put: Put): object {
    const { id: _id, ...rest } = this.#resource(put);
    return rest;
  }
}

function match(wanted: number | undefined): Readonly<Record<string, string>> {
  return wanted === undefined ? {} : { 'if-match': `W/"${wanted}"` };
}

function written({ status, headers, body }: Answer): Written {
  return status < 300 ? { status, id: body.id, etag: headers.get('etag') ?? '' } : { status };
}

function shown({ status, headers, body }: Answer): object {
  return status === 200 ? { status, gender: body.gender, etag: headers.get('etag') } : { status };
}

interface HistoryEntry {
  readonly resource?: { readonly gender: string };
  readonly request: { readonly method: string };
  readonly response: { readonly etag: string };
}

function historyOf({ status, body }: Answer): object {
  if (status !== 200) return { status };
  const entries = (body.entry ?? []).map(({ resource, request, response }: HistoryEntry) => ({
    gender: resource?.gender ?? null,
    method: request.method,
    etag: response.etag,
  }));
  return { status, total: body.total, entries };
}

it(`answers ${TOTAL} random interactions as the model does`, async () => {
  let run = 0;
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: IN_ONE_RUN, maxLength: IN_ONE_RUN }), async (steps) => {
      run += 1;
      const patients = new Run(`m${run}`);
      for (const one of steps) {
        const { answer, expected } = await patients.carryOut(one);
        expect({ one, answer }).toEqual({ one, answer: expected });
        made += 1;
      }
    }),
    { numRuns: Math.ceil(TOTAL / IN_ONE_RUN) },
  );
  expect(made).toBeGreaterThanOrEqual(TOTAL);
}, 900_000);
