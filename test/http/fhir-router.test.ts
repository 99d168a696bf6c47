import {
  batch,
  infusion,
  patient,
  postEntry,
  putEntry,
  transaction,
  vitalStatus,
} from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const UUID = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';

describe('transaction', () => {
  it('stores all, resolves full URLs everywhere and answers in place', async () => {
    const { status, body } = await service.post(
      '/fhir/R4',
      transaction(
        {
          resource: vitalStatus(
            'ignored',
            { reference: UUID.toUpperCase().replace('URN:UUID', 'urn:uuid') },
            '2024-05-01',
          ),
          request: { method: 'POST', url: 'Observation' },
        },
        postEntry(patient('ignored', { contact: [{ organization: { reference: 'urn:uuid:1' } }] }), {
          fullUrl: UUID,
        }),
        { ...putEntry({ resourceType: 'Organization', id: 't1-org' }), fullUrl: 'urn:uuid:1' },
        { request: { method: 'GET', url: 'Organization/t1-org' } },
      ),
    );
    expect(status).toBe(200);
    expect(body.type).toBe('transaction-response');
    expect(body.entry.map((entry: { response: { status: string } }) => entry.response.status)).toEqual([
      '201',
      '201',
      '201',
      '200',
    ]);
    expect(body.entry[3].resource.id).toBe('t1-org');
    const [observation, person] = body.entry.map(
      (entry: { response: { location?: string } }) => entry.response.location?.split('/_history')[0],
    );
    const stored = await service.get(`/fhir/R4/${observation}`);
    expect(stored.body.subject.reference).toBe(person);
    expect(stored.body.meta.versionId).toBe('1');
    expect((await service.get(`/fhir/R4/${person}`)).body.contact[0].organization.reference).toBe(
      'Organization/t1-org',
    );
  });

  it('resolves references by the base of the entry that makes them', async () => {
    const { body } = await service.post(
      '/fhir/R4',
      transaction(
        { ...postEntry(patient('x')), fullUrl: 'http://ehr.example.org/fhir/Patient/x' },
        {
          ...postEntry(vitalStatus('y', { reference: 'Patient/x' }, '2024-05-01')),
          fullUrl: 'http://ehr.example.org/fhir/Observation/y',
        },
        postEntry(
          vitalStatus('z', { reference: 'http://ehr.example.org/fhir/Patient/x/_history/3' }, '2024-05-02'),
        ),
      ),
    );
    const [person, one, two] = body.entry.map(
      (entry: { response: { location: string } }) => entry.response.location.split('/_history')[0],
    );
    expect((await service.get(`/fhir/R4/${one}`)).body.subject.reference).toBe(person);
    // Where a version was named, one still is (R4, http, 3.1.0.11.2): the only one there is.
    expect((await service.get(`/fhir/R4/${two}`)).body.subject.reference).toBe(`${person}/_history/1`);
  });

  it('makes no new version of equal content, and one of changed content', async () => {
    const first = transaction(putEntry(patient('same', { meta: { tag: [{ code: 'a' }], versionId: '9' } })));
    const again = transaction(
      putEntry({
        gender: 'female',
        birthDate: '2015-03-02',
        ...patient('same', { meta: { tag: [{ code: 'a' }] } }),
      }),
    );
    const changed = transaction(putEntry(patient('same', { gender: 'male' })));
    const statuses = [];
    for (const bundle of [first, again, changed, changed]) {
      const { body } = await service.post('/fhir/R4', bundle);
      statuses.push(`${body.entry[0].response.status} ${body.entry[0].response.etag}`);
    }
    expect(statuses).toEqual(['201 W/"1"', '200 W/"1"', '200 W/"2"', '200 W/"2"']);
  });

  it('accepts the empty bundle', async () => {
    const { status, body } = await service.post('/fhir/R4', { resourceType: 'Bundle', type: 'transaction' });
    expect([status, body]).toEqual([200, { resourceType: 'Bundle', type: 'transaction-response' }]);
  });
});

describe('conditions by identifier', () => {
  const identifier = [{ system: 'http://hospital.example.org/mrn', value: 'a,b|c' }];
  const token = 'identifier=http://hospital.example.org/mrn|a\\,b\\|c';

  it('creates once', async () => {
    const bundle = transaction(
      postEntry(patient('x', { identifier }), { ifNoneExist: token, fullUrl: UUID }),
      postEntry(patient('x', { identifier }), { ifNoneExist: token }),
      postEntry(vitalStatus('x', { reference: `Patient?${token}` }, '2024-01-01')),
    );
    const one = await service.post('/fhir/R4', bundle);
    const two = await service.post('/fhir/R4', bundle);
    expect(one.body.entry.map((entry: { response: { status: string } }) => entry.response.status)).toEqual([
      '201',
      '200',
      '201',
    ]);
    expect(two.body.entry.map((entry: { response: { status: string } }) => entry.response.status)).toEqual([
      '200',
      '200',
      '201',
    ]);
    const [created, same, observation] = one.body.entry.map(
      (entry: { response: { location: string } }) => entry.response.location,
    );
    expect(same).toBe(created);
    expect(two.body.entry[0].response.location).toBe(created);
    const stored = await service.get(`/fhir/R4/${observation.split('/_history')[0]}`);
    expect(stored.body.subject.reference).toBe(created.split('/_history')[0]);
  });

  it('creates and updates by REST', async () => {
    const own = patient('x', { identifier: [{ system: 'urn:s', value: 'rest' }], id: undefined });
    const created = await service.post('/fhir/R4/Patient', own, { 'if-none-exist': 'identifier=urn:s|rest' });
    const again = await service.post('/fhir/R4/Patient', own, { 'if-none-exist': 'identifier=urn:s%7Crest' });
    const updated = await service.put('/fhir/R4/Patient?identifier=urn:s|rest', { ...own, gender: 'male' });
    const fresh = await service.put(
      '/fhir/R4/Patient?identifier=urn:s|other',
      patient('given', { identifier: [{ system: 'urn:s', value: 'other' }] }),
    );
    expect([created.status, again.status, updated.status, fresh.status]).toEqual([201, 200, 200, 201]);
    expect(again.body.id).toBe(created.body.id);
    expect([updated.body.id, updated.body.meta.versionId, updated.body.gender]).toEqual([
      created.body.id,
      '2',
      'male',
    ]);
    expect(fresh.body.id).toBe('given');
    expect(created.headers.get('location')).toBe(
      `${service.url}/fhir/R4/Patient/${created.body.id}/_history/1`,
    );
  });

  it('refuses a condition that two resources meet', async () => {
    const twice = [{ system: 'urn:s', value: 'twice' }];
    await service.put('/fhir/R4/Organization/twice-1', {
      resourceType: 'Organization',
      id: 'twice-1',
      identifier: twice,
    });
    await service.put('/fhir/R4/Organization/twice-2', {
      resourceType: 'Organization',
      id: 'twice-2',
      identifier: twice,
    });
    const { status, body } = await service.put('/fhir/R4/Organization?identifier=urn:s|twice', {
      resourceType: 'Organization',
    });
    expect([status, body.issue[0].details.coding[0].code]).toEqual([412, 'reference-ambiguous']);
  });
});

describe('batch', () => {
  it('lets each entry answer for itself', async () => {
    const { status, body } = await service.post(
      '/fhir/R4',
      batch(
        putEntry(patient('batch-1')),
        putEntry(patient('batch-2', { birthDate: '2015-02-30' })),
        { resource: { resourceType: 'Unheard' }, request: { method: 'POST', url: 'Unheard' } },
        postEntry(vitalStatus('x', { reference: UUID }, '2024-01-01')),
        { request: { method: 'DELETE', url: 'Patient/batch-1' } },
        { request: { method: 'GET', url: 'Patient/batch-1' } },
        putEntry(patient('batch-3')),
        'nonsense',
      ),
    );
    expect([status, body.type]).toEqual([200, 'batch-response']);
    expect(
      body.entry.map(
        ({
          response,
        }: {
          response: { status: string; outcome?: { issue: { details: { coding: { code: string }[] } }[] } };
        }) =>
          [response.status, response.outcome?.issue[0]?.details.coding[0]?.code].filter(Boolean).join(' '),
      ),
    ).toEqual([
      '201',
      '422 date-unparseable',
      '400 resource-type-unknown',
      '422 reference-unresolved',
      '204',
      '200',
      '201',
      '400 element-invalid',
    ]);
    expect((await service.get('/fhir/R4/Patient/batch-2')).status).toBe(404);
    expect((await service.get('/fhir/R4/Patient/batch-3')).status).toBe(200);
  });
});

describe('REST', () => {
  it.each([
    ['return=representation', 'female', undefined],
    ['return=OperationOutcome', undefined, 'OperationOutcome'],
    ['return=minimal', undefined, undefined],
    ['', undefined, undefined],
  ])('brings back of each entry what is preferred: %j', async (prefer, gender, outcome) => {
    const send = () =>
      service.post('/fhir/R4', transaction(putEntry(patient('preferred'))), prefer === '' ? {} : { prefer });
    await send();
    // The second time nothing is stored, and the same is told.
    const { resource, response } = (await send()).body.entry[0];
    expect([resource?.gender, response.outcome?.resourceType, response.status]).toEqual([
      gender,
      outcome,
      '200',
    ]);
  });

  it('reads versions and searches as entries, with addresses that lead back', async () => {
    await service.put('/fhir/R4/Patient/entry-read', patient('entry-read'));
    await service.put('/fhir/R4/Patient/entry-read', patient('entry-read', { gender: 'male' }));
    const get = (url: string) => ({ request: { method: 'GET', url } });
    const { body } = await service.post(
      '/fhir/R4',
      batch(
        get('/Patient/entry-read'),
        get('Patient/entry-read/_history/1'),
        get('Patient/entry-read/_history/9'),
        get('Patient?_id=entry-read,none&_count=1'),
      ),
    );
    const [now, then, never, found] = body.entry;
    expect([now.resource.gender, then.resource.gender, never.response.status]).toEqual([
      'male',
      'female',
      '404',
    ]);
    expect(found.resource.entry[0].fullUrl).toBe(`${service.url}/fhir/R4/Patient/entry-read`);
  });

  it('creates, reads and updates', async () => {
    const created = await service.put('/fhir/R4/Patient/rest-1', patient('rest-1'));
    const read = await service.get('/fhir/R4/Patient/rest-1');
    expect([created.status, read.status]).toEqual([201, 200]);
    expect(read.headers.get('etag')).toBe('W/"1"');
    expect(read.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    expect(Date.parse(read.headers.get('last-modified') ?? '')).not.toBeNaN();
    expect(read.body).toEqual(created.body);
    const posted = await service.post('/fhir/R4/Patient', patient('rest-1'), { prefer: 'return=minimal' });
    expect([posted.status, posted.body]).toEqual([201, '']);
    expect(posted.headers.get('location')).not.toContain('/rest-1/');
  });

  it('says in its CapabilityStatement what is there', async () => {
    const { body } = await service.get('/fhir/R4/metadata');
    const own = body.rest[0].resource.find(({ type }: { type: string }) => type === 'Patient');
    expect(own.interaction.map(({ code }: { code: string }) => code).sort()).toEqual([
      'create',
      'delete',
      'history-instance',
      'history-type',
      'patch',
      'read',
      'search-type',
      'update',
      'vread',
    ]);
    expect(own.operation.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['time-to-event', 'hct-consolidation', 'everything', 'cart-summary']),
    );
    expect(body.rest[0].interaction).toEqual([
      { code: 'transaction' },
      { code: 'batch' },
      { code: 'history-system' },
      { code: 'search-system' },
    ]);
    expect(body.rest[0].resource).toHaveLength(146);
  });
});

describe('operations and records', () => {
  beforeAll(() =>
    service.post(
      '/fhir/R4',
      transaction(putEntry(patient('op-1')), putEntry(infusion('op-inf', 'op-1', '2023-01-10'))),
    ),
  );

  it('answers $time-to-event by GET and POST alike', async () => {
    const got = await service.get('/fhir/R4/Patient/op-1/$time-to-event?asOf=2024-01-01&endpoint=OS');
    const parameter = [
      { name: 'asOf', valueDate: '2024-01-01' },
      { name: 'endpoint', valueCode: 'OS' },
    ];
    const posted = await service.post('/fhir/R4/Patient/op-1/$time-to-event', {
      resourceType: 'Parameters',
      parameter,
    });
    expect(got.status).toBe(200);
    expect(got.body.parameter.filter(({ name }: { name: string }) => name === 'result')).toHaveLength(1);
    expect(posted.body).toEqual(got.body);
  });

  it('answers $hct-consolidation', async () => {
    const { status, body } = await service.get('/fhir/R4/Patient/op-1/$hct-consolidation?asOf=2024-01-01');
    expect([status, body.parameter[0].resource.resourceType]).toEqual([200, 'GuidanceResponse']);
  });

  it.each([
    ['/fhir/R4/Patient/op-1/$time-to-event?asOf=2024-02-30', 400, 'parameter-invalid'],
    ['/fhir/R4/Patient/op-1/$time-to-event?asOf=2024-01', 400, 'parameter-invalid'],
    ['/fhir/R4/Patient/op-1/$time-to-event?asOf=2024-01-01&asOf=2024-01-02', 400, 'parameter-invalid'],
    ['/fhir/R4/Patient/op-1/$time-to-event?endpoint=NONE', 400, 'parameter-invalid'],
    ['/fhir/R4/Patient/op-1/$time-to-event?colour=blue', 400, 'parameter-invalid'],
    ['/fhir/R4/Patient/op-1/$hct-consolidation?ruleset=other', 400, 'parameter-invalid'],
    ['/fhir/R4/Patient/nobody/$time-to-event', 404, 'resource-not-found'],
  ])('refuses %s', async (path, status, code) => {
    const { status: answered, body } = await service.get(path);
    expect([answered, body.resourceType, body.issue[0].details.coding[0].code]).toEqual([
      status,
      'OperationOutcome',
      code,
    ]);
  });

  it('gives the record as plain JSON', async () => {
    const { body } = await service.get('/cohort/patients/op-1?asOf=2024-01-01');
    expect([body.record.id, body.record.courses[0].infusion.date]).toEqual(['op-1', '2023-01-10']);
    expect(body.derived.asOf).toBe('2024-01-01');
    expect(body.derived.endpoints.map(({ endpoint }: { endpoint: string }) => endpoint)).toContain('OS');
    expect(body.derived.hct.status).toBe('INDETERMINATE');
    expect((await service.get('/cohort/patients')).body.patients).toContainEqual({ id: 'op-1', courses: 1 });
    expect((await service.get('/cohort/patients/op-1/findings')).body).toEqual({
      id: 'op-1',
      findings: body.record.findings,
    });
  });

  it('answers problems outside /fhir as problem+json', async () => {
    const { status, headers, body } = await service.get('/cohort/patients/nobody');
    expect([status, headers.get('content-type'), body.code]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      'resource-not-found',
    ]);
  });

  it('is live and ready', async () => {
    expect((await service.get('/health/live')).status).toBe(200);
    expect((await service.get('/health/ready')).status).toBe(200);
  });
});
