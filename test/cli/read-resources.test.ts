import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type InputItem, readResources } from '../../src/cli/read-resources.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartograph-read-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function read(...inputs: string[]): Promise<readonly InputItem[]> {
  const items: InputItem[] = [];
  for await (const item of readResources(inputs)) items.push(item);
  return items;
}

/** `Type/id` of resources, `-Type/id` of removals, `code@line` of findings. */
function outline(items: readonly InputItem[]): readonly string[] {
  return items.map((item) => {
    if (item.kind === 'resource') return `${item.resource.resourceType}/${item.resource.id}`;
    return item.kind === 'removal' ? `-${item.reference}` : `${item.finding.code}@${item.finding.line ?? ''}`;
  });
}

const A = { resourceType: 'Patient', id: 'a' };
const B = { resourceType: 'Patient', id: 'b' };

describe('forms of a file', () => {
  it.each([
    ['one resource', JSON.stringify(A), ['Patient/a']],
    ['one resource over many lines', JSON.stringify(A, null, 2), ['Patient/a']],
    ['NDJSON', `${JSON.stringify(A)}\n${JSON.stringify(B)}\n`, ['Patient/a', 'Patient/b']],
    [
      'NDJSON with blank lines, without a last newline',
      `\n${JSON.stringify(A)}\r\n\n${JSON.stringify(B)}`,
      ['Patient/a', 'Patient/b'],
    ],
    ['a byte order mark', `\uFEFF${JSON.stringify(A)}`, ['Patient/a']],
    [
      'a line separator inside a string',
      `${JSON.stringify({ ...A, language: 'x\u2028y' })}\n`,
      ['Patient/a'],
    ],
    ['a malformed first line', `{"resourceType"\n${JSON.stringify(A)}\n`, ['json-malformed@1', 'Patient/a']],
    [
      'malformed lines in the middle',
      `${JSON.stringify(A)}\n{"a":\n\n}\n${JSON.stringify(B)}`,
      ['Patient/a', 'json-malformed@2', 'json-malformed@4', 'Patient/b'],
    ],
    [
      'two malformed lines first',
      `{x\n{y\n${JSON.stringify(A)}\n`,
      ['json-malformed@1', 'json-malformed@2', 'Patient/a'],
    ],
    ['a malformed document', '{\n  "resourceType": "Patient",\n  "id": "a",,\n}\n', ['json-malformed@3']],
    ['a document cut short', '{\n  "resourceType": "Patient",\n', ['json-malformed@2']],
    ['an array', JSON.stringify([A, B]), ['not-fhir@1']],
    ['no resourceType', '{"id":"a"}', ['not-fhir@1']],
    ['a resource type that R4 does not know', '{"resourceType":"Person2"}', ['resource-type-unknown@1']],
    [
      'a date that the calendar has not',
      '{"resourceType":"Patient","birthDate":"2010-02-30"}',
      ['date-unparseable@1'],
    ],
    ['bytes that are not UTF-8', Buffer.from('7b22616222ff7d', 'hex'), ['json-malformed@1']],
    ['an impossible id', '{"resourceType":"Patient","id":"a b"}', ['id-invalid@1']],
    ['nothing', '', ['not-fhir@', 'not-fhir@']],
    ['blank lines', '\n\n', ['not-fhir@', 'not-fhir@']],
    ['a bundle of nothing', '{"resourceType":"Bundle","type":"collection"}', ['not-fhir@']],
  ])('reads %s', async (_name, content, expected) => {
    expect(outline(await read(await put('input.json', content)))).toEqual(expected);
  });

  it('unpacks gzip, whatever the file is called, and several members in one file', async () => {
    const packed = Buffer.concat([gzipSync(`${JSON.stringify(A)}\n`), gzipSync(`${JSON.stringify(B)}\n`)]);
    expect(outline(await read(await put('input', packed)))).toEqual(['Patient/a', 'Patient/b']);
  });

  it('keeps what it read of a damaged gzip file, and says so', async () => {
    const packed = gzipSync(`${JSON.stringify(A)}\n`);
    const items = await read(await put('cut.ndjson.gz', packed.subarray(0, packed.length - 9)));
    expect(outline(items).at(-1)).toBe('file-unreadable@');
  });

  it('never quotes the input in a message', async () => {
    const items = await read(await put('input.ndjson', '{"resourceType":"Patient","name":"Secret\n'));
    expect(JSON.stringify(items)).not.toContain('Secret');
  });
});

describe('files and folders', () => {
  it('reads a folder in the order of names, and below it; other files there are left alone', async () => {
    await put('b.ndjson', JSON.stringify(B));
    await put('a/deep.json', JSON.stringify(A));
    await put('notes.txt', 'not for us');
    expect(outline(await read(folder))).toEqual(['Patient/a', 'Patient/b']);
  });

  it('passes over JSON in a folder that is no FHIR, and says so; named by the caller it is an error', async () => {
    const path = await put('manifest.json', '{"exportedAt":"2025-01-01"}');
    const severities = async (input: string) =>
      (await read(input)).map((item) => (item.kind === 'finding' ? item.finding.severity : ''));
    expect(await severities(folder)).toEqual(['information', 'error']);
    expect(await severities(path)).toEqual(['error']);
    await put('a.json', JSON.stringify(A));
    expect(await severities(folder)).toEqual(['', 'information']);
  });

  it('goes on behind a file that is missing', async () => {
    const present = await put('a.json', JSON.stringify(A));
    expect(outline(await read(join(folder, 'missing.json'), present))).toEqual([
      'file-unreadable@',
      'Patient/a',
    ]);
  });
});

describe('bundles', () => {
  const uuid = 'urn:uuid:6f1b3f9e-0000-4000-8000-000000000001';
  const observation = { resourceType: 'Observation', subject: { reference: uuid } };

  function subjectsOf(items: readonly InputItem[]): readonly unknown[] {
    return items.flatMap((item) =>
      item.kind === 'resource' && item.resource.resourceType === 'Observation'
        ? [item.resource.subject?.reference]
        : [],
    );
  }

  async function readBundle(...bundles: readonly unknown[]): Promise<readonly InputItem[]> {
    return read(await put('bundles.ndjson', bundles.map((bundle) => JSON.stringify(bundle)).join('\n')));
  }

  it.each(['transaction', 'batch', 'collection', 'searchset', 'document', 'history'])(
    'reads a %s',
    async (type) => {
      const entry = [{ fullUrl: 'http://ehr.example.org/Patient/a', resource: A }];
      expect(outline(await readBundle({ resourceType: 'Bundle', type, entry }))).toEqual(['Patient/a']);
    },
  );

  it('resolves urn:uuid references to the ids that entries are given', async () => {
    const entry = [
      { fullUrl: uuid, resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } },
      { resource: observation, request: { method: 'POST', url: 'Observation' } },
    ];
    const items = await readBundle({ resourceType: 'Bundle', type: 'transaction', entry });
    expect(subjectsOf(items)).toEqual([outline(items)[0]]);
  });

  it('keeps the id of an entry that is put', async () => {
    const entry = [
      { fullUrl: uuid, resource: A, request: { method: 'PUT', url: 'Patient/a' } },
      { resource: observation, request: { method: 'POST', url: 'Observation' } },
    ];
    const items = await readBundle({ resourceType: 'Bundle', type: 'transaction', entry });
    expect(subjectsOf(items)).toEqual(['Patient/a']);
  });

  it('gives the same ids to the same bundle, others to another one that uses the same urn', async () => {
    const bundle = (birthDate: string) => ({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        { fullUrl: uuid, resource: { resourceType: 'Patient', birthDate }, request: { method: 'POST' } },
        { resource: observation, request: { method: 'POST' } },
      ],
    });
    const [p1, o1, p2, o2, p3, o3] = outline(
      await readBundle(bundle('2010'), bundle('2010'), bundle('2011')),
    );
    expect([p2, o2]).toEqual([p1, o1]);
    expect(p3).not.toBe(p1);
    expect(o3).not.toBe(o1);
  });

  it('knows a conditional entry again in another bundle', async () => {
    const condition = 'identifier=http://ehr.example.org/mrn|1';
    const entry = {
      resource: { resourceType: 'Patient' },
      request: { method: 'POST', url: 'Patient', ifNoneExist: condition },
    };
    const put = {
      resource: { resourceType: 'Patient' },
      request: { method: 'PUT', url: `Patient?${condition}` },
    };
    const items = await readBundle(
      { resourceType: 'Bundle', type: 'transaction', entry: [entry] },
      { resourceType: 'Bundle', type: 'transaction', entry: [put] },
    );
    const [first, second] = outline(items);
    expect(second).toBe(first);
    expect(items.map((item) => (item.kind === 'resource' ? item.rank : ''))).toEqual([
      'create-if-none',
      'write',
    ]);
  });

  it('reads bundles in bundles, and the oldest version of a history first', async () => {
    const history = {
      resourceType: 'Bundle',
      type: 'history',
      entry: [
        {
          request: { method: 'DELETE', url: 'Patient/b' },
          response: { lastModified: '2025-02-01T00:00:00Z' },
        },
        { resource: B, request: { method: 'PUT', url: 'Patient/b' } },
      ],
    };
    const entry = [{ resource: A }, { resource: history }];
    const items = await readBundle({ resourceType: 'Bundle', type: 'batch-response', entry });
    expect(outline(items)).toEqual(['Patient/a', 'Patient/b', '-Patient/b']);
  });

  it('names the entry that holds no resource, and reads the others', async () => {
    const entry = [7, { resource: [] }, { resource: {} }, { resource: A }];
    const items = await readBundle({ resourceType: 'Bundle', type: 'collection', entry });
    expect(outline(items)).toEqual(['element-invalid@1', 'element-invalid@1', 'not-fhir@1', 'Patient/a']);
    expect(items.flatMap((item) => (item.kind === 'finding' ? [item.finding.expression] : []))).toEqual([
      'Bundle.entry[0]',
      'Bundle.entry[1].resource',
      'Bundle.entry[2].resource',
    ]);
  });
});
