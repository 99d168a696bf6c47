/** Conditional requests and references by whatever a search of the type may ask for. */
import pg from 'pg';
import { patient, postEntry, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let client: pg.Client;
beforeAll(async () => {
  service = await startTestService();
  client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  const tagged = { meta: { tag: [{ system: 'urn:feed', code: 'night' }] } };
  for (const one of [
    patient('kept', {
      identifier: [
        { system: 'urn:mrn', value: 'k-1' },
        { system: 'urn:national', value: 'k-2' },
      ],
      name: [{ family: 'Álvarez' }],
      birthDate: '2011-04-05',
    }),
    patient('namesake', { name: [{ family: 'Álvarez' }], birthDate: '2012-04-05' }),
    glucose('kept', '2024-05-01', {
      id: 'first',
      identifier: [{ system: 'urn:lab', value: 'l-1' }],
      ...tagged,
    }),
    glucose('kept', '2024-05-02', { id: 'second', identifier: [{ system: 'urn:other', value: 'l-1' }] }),
    glucose('kept', '2023-05-02', { id: 'unsystematic', identifier: [{ value: 'l-3' }] }),
    glucose('other', '2023-05-02', { id: 'systematic', identifier: [{ system: 'urn:third', value: 'l-3' }] }),
    {
      resourceType: 'DocumentReference',
      id: 'letter',
      status: 'current',
      masterIdentifier: { system: 'urn:doc', value: 'd-1' },
    },
    { resourceType: 'Device', id: 'pump', url: 'http://hospital.example.org/pump' },
  ]) {
    expect((await service.put(`/fhir/R4/${one.resourceType}/${one.id}`, one)).status).toBe(201);
  }
});
afterAll(async () => {
  await client.end();
  await service.stop();
});
beforeEach(() => expect.hasAssertions());

interface Resource {
  readonly resourceType: string;
  readonly [name: string]: unknown;
}

function glucose(patientId: string, date: string, more: object = {}): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }] },
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: date,
    valueQuantity: { value: 5.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    ...more,
  };
}

const CODE = 'code=http://loinc.org|2345-7';

function createUnless(resource: Resource, criteria: string) {
  return service.post(`/fhir/R4/${resource.resourceType}`, resource, {
    'if-none-exist': encodeURI(criteria),
  });
}

function all<T>(times: number, work: (index: number) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)));
}

async function stored(criteria: string): Promise<number> {
  const { body } = await service.get(
    `/fhir/R4/${criteria}${criteria.includes('?') ? '&' : '?'}_summary=count`,
  );
  return body.total;
}

function codeOf(body: { issue: { details: { coding: { code: string }[] } }[] }): string | undefined {
  return body.issue[0]?.details.coding[0]?.code;
}

describe('conditional create', () => {
  it.each([
    ['Patient', 'identifier=k-1', 'kept'],
    ['Patient', 'identifier=urn:mrn|k-1&identifier=urn:national|k-2', 'kept'],
    ['Patient', 'identifier=urn:mrn|nobody,urn:national|k-2', 'kept'],
    ['Patient', 'identifier=urn:mrn|k-1&gender=female', 'kept'],
    ['Patient', '_id=kept', 'kept'],
    ['Patient', 'family=alvarez&birthdate=2011-04-05', 'kept'],
    ['Patient', 'family=alvarez&birthdate=lt2012', 'kept'],
    ['Patient', '_has:Observation:patient:identifier=urn:lab|l-1', 'kept'],
    ['Observation', 'identifier=urn:lab|', 'first'],
    ['Observation', 'identifier=|l-3', 'unsystematic'],
    ['DocumentReference', 'identifier=urn:doc|d-1', 'letter'],
    ['DocumentReference', 'identifier=d-1', 'letter'],
    ['Observation', '_tag=urn:feed|night', 'first'],
    ['Observation', `subject=Patient/kept&${CODE}&date=2024-05-01`, 'first'],
    ['Observation', `patient=kept&${CODE}&date=ge2024-05-02&status=final`, 'second'],
    ['Observation', 'patient.identifier=urn:mrn|k-1&date=2024-05-02&value-quantity=gt5', 'second'],
    ['Observation', 'subject:Patient.identifier=k-2&_tag=night', 'first'],
    ['Observation', 'patient=kept&_tag:not=night&date=ge2024', 'second'],
    ['Device', 'url=http://hospital.example.org/pump', 'pump'],
  ])('%s finds by %s', async (resourceType, criteria, id) => {
    const before = await stored(resourceType);
    const { status, body } = await createUnless({ resourceType, status: 'final' }, criteria);
    expect([status, body.id, await stored(resourceType)]).toEqual([200, id, before]);
  });

  it.each([
    ['Patient', 'family=alvarez'],
    ['Observation', 'identifier=l-1'],
    ['Observation', `subject=Patient/kept&${CODE}`],
  ])('%s is refused where several meet %s', async (resourceType, criteria) => {
    const before = await stored(resourceType);
    const { status, body } = await createUnless({ resourceType }, criteria);
    expect([status, codeOf(body), await stored(resourceType)]).toEqual([412, 'reference-ambiguous', before]);
  });

  it('stores what nothing meets, and finds it the next time', async () => {
    const criteria = `patient=kept&${CODE}&date=2024-06-01&identifier=l-9`;
    const own = glucose('kept', '2024-06-01', { identifier: [{ system: 'urn:lab', value: 'l-9' }] });
    const [one, two] = [await createUnless(own, criteria), await createUnless(own, criteria)];
    expect([one.status, two.status, two.body.id]).toEqual([201, 200, one.body.id]);
  });

  it.each([
    ['urn:lab|m-1', { system: 'urn:lab', value: 'm-1' }, 201],
    ['m-2', { system: 'urn:lab', value: 'm-2' }, 201],
    ['|m-3', { value: 'm-3' }, 201],
    ['m-4', { value: 'm-4' }, 201],
    ['urn:lab|m-5', { system: 'urn:other', value: 'm-5' }, 400],
    ['|m-6', { system: 'urn:lab', value: 'm-6' }, 400],
    ['m-7', { system: 'urn:lab', value: 'm-8' }, 400],
  ])('by %s takes what carries %j: %d, and then once', async (token, identifier, status) => {
    const own = glucose('kept', '2024-06-20', { identifier: [identifier] });
    const [one, two] = [
      await createUnless(own, `identifier=${token}`),
      await createUnless(own, `identifier=${token}`),
    ];
    expect([one.status, two.status]).toEqual([status, status === 201 ? 200 : status]);
  });

  it.each([
    ['another day', `patient=kept&${CODE}&date=2024-06-03`],
    ['an id that the service does not give', '_id=mine'],
  ])('refuses what its own criteria would never find: %s', async (_title, criteria) => {
    const before = await stored('Observation');
    const { status, body } = await createUnless(glucose('kept', '2024-06-02'), criteria);
    expect([status, codeOf(body), await stored('Observation')]).toEqual([400, 'element-invalid', before]);
  });
});

describe('criteria that would be left out of a search', () => {
  it.each([
    ['', 'no criteria'],
    ['_count=1', '_count'],
    ['identifier=k-1&_sort=_id', '_sort'],
    ['identifier=k-1&_include=Patient:organization', '_include'],
    ['identifier=k-1&_summary=true', '_summary'],
    ['identifier=k-1&_total=none', '_total'],
    ['identifier=k-1&_format=json', '_format'],
    ['identifier=', 'identifier'],
    ['identifier=urn:mrn|k-1&gender=', 'gender'],
    ['identifier=k-1&species=dog', 'species'],
    ['identifier:of-type=a|b|c', 'identifier:of-type'],
    ['identifier=a|b|c', 'identifier'],
    ['birthdate=yesterday', 'birthdate'],
    ['_lastUpdated:above=2024', '_lastUpdated:above'],
    ['organization.nothing=1', 'organization.nothing'],
  ])('%j is refused, and named', async (criteria, named) => {
    const before = await stored('Patient');
    const answer = await createUnless(patient('x'), criteria);
    expect([answer.status, codeOf(answer.body)]).toEqual([400, 'condition-unsupported']);
    expect(answer.body.issue[0].diagnostics).toContain(named);
    const bundled = await service.post(
      '/fhir/R4',
      transaction(
        postEntry(patient('x'), { ifNoneExist: criteria }),
        { request: { method: 'DELETE', url: `Patient?${criteria}` } },
        { resource: patient('x'), request: { method: 'PUT', url: `Patient?${criteria}` } },
        postEntry({ resourceType: 'Observation', subject: { reference: `Patient?${criteria}` } }),
      ),
    );
    expect(bundled.status).toBe(400);
    expect(bundled.body.issue.map((one: { expression: string[] }) => one.expression[0])).toEqual([
      'Bundle.entry[0].request.ifNoneExist',
      'Bundle.entry[1].request.url',
      'Bundle.entry[2].request.url',
    ]);
    expect(await stored('Patient')).toBe(before);
  });

  it('tells no value', async () => {
    const { body } = await createUnless(patient('x'), 'birthdate=hidden-secret');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(service.logged()).not.toContain('secret');
  });
});

describe('conditional update', () => {
  it('changes the one match, makes what none meets, and follows the rules of ids', async () => {
    const at = `/fhir/R4/Observation?patient=kept&${CODE}&date=2024-07-01`;
    const made = await service.put(at, glucose('kept', '2024-07-01', { id: 'july' }));
    const changed = await service.put(
      `${at}&_format=json`,
      glucose('kept', '2024-07-01', { status: 'amended' }),
    );
    const other = await service.put(at, glucose('kept', '2024-07-01', { id: 'august' }));
    const nowhere = await service.put(at.replace('07-01', '07-02'), glucose('kept', '2024-07-03'));
    const several = await service.put(`/fhir/R4/Observation?patient=kept`, glucose('kept', '2024-07-01'));
    expect([made.status, made.body.id, changed.status, changed.body.id, changed.body.meta.versionId]).toEqual(
      [201, 'july', 200, 'july', '2'],
    );
    expect([other.status, codeOf(other.body)]).toEqual([400, 'id-mismatch']);
    expect([nowhere.status, codeOf(nowhere.body)]).toEqual([400, 'element-invalid']);
    expect([several.status, codeOf(several.body)]).toEqual([412, 'reference-ambiguous']);
  });
});

describe('conditional patch and delete', () => {
  const order = (id: string, status: string) => ({
    resourceType: 'ServiceRequest',
    id,
    status,
    intent: 'order',
    subject: { reference: 'Patient/kept' },
  });

  it('touch the one match alone', async () => {
    await service.put('/fhir/R4/ServiceRequest/t1', order('t1', 'draft'));
    await service.put('/fhir/R4/ServiceRequest/t2', order('t2', 'on-hold'));
    const patched = await patch('/fhir/R4/ServiceRequest?status=draft', 'active');
    const none = await patch('/fhir/R4/ServiceRequest?status=draft', 'active');
    const several = await service.send('/fhir/R4/ServiceRequest?intent=order', { method: 'DELETE' });
    const gone = await service.send('/fhir/R4/ServiceRequest?status=on-hold', { method: 'DELETE' });
    const nothing = await service.send('/fhir/R4/ServiceRequest?status=on-hold', { method: 'DELETE' });
    expect([patched.status, patched.body.id, none.status]).toEqual([200, 't1', 404]);
    expect([several.status, codeOf(several.body)]).toEqual([412, 'reference-ambiguous']);
    expect([gone.status, nothing.status, await stored('ServiceRequest')]).toEqual([204, 204, 1]);
  });

  it('let one of many claim what only one can have', async () => {
    await service.put('/fhir/R4/ServiceRequest/claim', order('claim', 'draft'));
    const answers = await all(12, () => patch('/fhir/R4/ServiceRequest?status=draft', 'active'));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(11).fill(404)]);
    expect((await service.get('/fhir/R4/ServiceRequest/claim')).body.meta.versionId).toBe('2');
  });

  function patch(path: string, status: string) {
    return service.send(path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json-patch+json' },
      body: JSON.stringify([{ op: 'replace', path: '/status', value: status }]),
    });
  }
});

describe('conditional references', () => {
  async function subjectOf(reference: string, ...before: readonly object[]) {
    const about = { resourceType: 'Observation', subject: { reference } };
    const { status, body } = await service.post(
      '/fhir/R4',
      transaction(...before, postEntry({ ...glucose('x', '2020-01-01'), ...about })),
    );
    if (status !== 200) return [status, codeOf(body)];
    const location: string = body.entry.at(-1).response.location;
    const { subject } = (await service.get(`/fhir/R4/${location.split('/_history')[0]}`)).body;
    return [status, subject.reference];
  }

  it.each([
    ['Patient?identifier=k-1', [200, 'Patient/kept']],
    ['Patient?family=alvarez&birthdate=2012-04-05', [200, 'Patient/namesake']],
    ['Patient?family=alvarez', [412, 'reference-ambiguous']],
    ['Patient?family=nobody', [422, 'reference-unresolved']],
    ['Patient?nothing=1', [400, 'condition-unsupported']],
  ])('%s', async (reference, expected) => {
    expect(await subjectOf(reference)).toEqual(expected);
  });

  it.each([
    ['birthdate=2016-02-29', { birthDate: '2016-02-29' }],
    ['birthdate=2016-02', { birthDate: '2016-02-29' }],
    ['birthdate=gt2016-02-28&birthdate=lt2016-03-01', { birthDate: '2016-02-29' }],
    ['birthdate=ge2016-02-29', { birthDate: '2016-02-29' }],
    ['birthdate=ap2016-02-29', { birthDate: '2016-02-29' }],
    ['family=own', { name: [{ family: 'Ówner' }] }],
    ['family:contains=wne', { name: [{ family: 'Ówner' }] }],
    ['family:exact=Ówner', { name: [{ family: 'Ówner' }] }],
    ['name=nobody,own', { name: [{ text: 'Owner' }] }],
    ['gender=other&active:not=false', { gender: 'other', active: true }],
  ])('see what the same transaction writes by %s, as a search does', async (criteria, content) => {
    const tag = `own-${criteria.replaceAll(/\W/g, '')}`;
    const tagged = { ...content, meta: { tag: [{ code: tag }] } };
    const written = postEntry({ resourceType: 'Patient', birthDate: '1990', ...tagged });
    const other = postEntry({ resourceType: 'Patient', birthDate: '1990', name: [{ family: 'Else' }] });
    const [status, reference] = await subjectOf(`Patient?${criteria}&_tag=${tag}`, written, other);
    const found = await service.get(`/fhir/R4/Patient?${criteria}&_tag=${tag}`);
    expect([status, [reference]]).toEqual([
      200,
      (found.body.entry ?? []).map(({ resource }: { resource: { id: string } }) => `Patient/${resource.id}`),
    ]);
  });

  it('do not see by references what the same transaction writes, for these may be replaced on their way', async () => {
    const managingOrganization = { reference: 'Organization/o' };
    const written = postEntry({ resourceType: 'Patient', managingOrganization });
    const sought = 'Patient?organization=Organization/o';
    expect(await subjectOf(sought, written)).toEqual([422, 'reference-unresolved']);
  });

  it.each([
    ['value-quantity=5.4', true],
    ['value-quantity=5.3', false],
    ['value-quantity=gt5.3|http://unitsofmeasure.org|mmol/L', true],
    ['value-quantity=lt5.3|http://unitsofmeasure.org|mmol/L', false],
    ['value-quantity=5400|http://unitsofmeasure.org|umol/L', true],
    ['value-quantity=5.4||mmol/L', true],
    ['value-quantity=ap5.8', true],
    ['code-value-quantity=http://loinc.org|2345-7$gt5', true],
    ['code-value-quantity=http://loinc.org|2345-8$gt5', false],
    ['date=ne2020', true],
    ['date=sa2019', true],
    ['date=eb2019', false],
  ])('see a laboratory value of the same transaction by %s: %s', async (criteria, isFound) => {
    const tag = `lab-${criteria.replaceAll(/\W/g, '')}`;
    const result = postEntry({ ...glucose('kept', '2021-01-01'), meta: { tag: [{ code: tag }] } });
    const query = `${criteria}&_tag=${tag}`;
    const member = { reference: `Observation?${query}` };
    const panel = postEntry({ ...glucose('kept', '2021-01-01'), hasMember: [member] });
    const { status } = await service.post('/fhir/R4', transaction(result, panel));
    expect(status).toBe(isFound ? 200 : 422);
    if (isFound) expect((await service.get(`/fhir/R4/Observation?${query}`)).body.total).toBe(1);
  });

  it('see by tokens what the same transaction writes and takes away', async () => {
    const identifier = [{ system: 'urn:mrn', value: 'fresh' }];
    const fresh = putEntry(patient('fresh', { identifier, active: true }));
    expect(await subjectOf('Patient?identifier=fresh&active=true', fresh)).toEqual([200, 'Patient/fresh']);
    const left = putEntry(patient('fresh', { identifier, active: false }));
    expect(await subjectOf('Patient?identifier=fresh&active=true', left)).toEqual([
      422,
      'reference-unresolved',
    ]);
    const second = postEntry(patient('x', { identifier, active: true }));
    expect(await subjectOf('Patient?identifier=fresh', second)).toEqual([412, 'reference-ambiguous']);
    const removal = { request: { method: 'DELETE', url: 'Patient?identifier=fresh&active=true' } };
    expect(await subjectOf('Patient?identifier=fresh', removal)).toEqual([422, 'reference-unresolved']);
  });
});

describe('in one transaction', () => {
  it('equal conditions make one resource, and conditions see what was stored before', async () => {
    const criteria = `patient=kept&${CODE}&date=2024-08-01`;
    const own = glucose('kept', '2024-08-01');
    const same = `date=2024-08-01&${CODE}&patient=kept`;
    const { status, body } = await service.post(
      '/fhir/R4',
      transaction(
        postEntry(own, { ifNoneExist: criteria }),
        postEntry(own, { ifNoneExist: same }),
        postEntry(glucose('kept', '2024-08-02'), { ifNoneExist: `patient=kept&${CODE}&date=2024-08-02` }),
      ),
    );
    const responses = body.entry.map(
      (one: { response: { status: string; location: string } }) => one.response,
    );
    expect([status, responses.map((one: { status: string }) => one.status)]).toEqual([
      200,
      ['201', '200', '201'],
    ]);
    expect(responses[1].location).toBe(responses[0].location);
    const twice = transaction(
      { resource: own, request: { method: 'PUT', url: `Observation?${criteria}` } },
      { resource: own, request: { method: 'PUT', url: `Observation?${same}` } },
    );
    expect(codeOf((await service.post('/fhir/R4', twice)).body)).toBe('duplicate-target');
  });

  it('a match that the transaction deletes is none', async () => {
    await service.put('/fhir/R4/Observation/old', glucose('kept', '2024-08-05', { id: 'old' }));
    const criteria = `patient=kept&${CODE}&date=2024-08-05`;
    const { body } = await service.post(
      '/fhir/R4',
      transaction(
        { request: { method: 'DELETE', url: `Observation?${criteria}` } },
        postEntry(glucose('kept', '2024-08-05'), { ifNoneExist: criteria }),
      ),
    );
    expect(body.entry.map((one: { response: { status: string } }) => one.response.status)).toEqual([
      '204',
      '201',
    ]);
    expect(await stored(`Observation?${criteria}`)).toBe(1);
  });
});

describe('at the same time', () => {
  function outcomes(answers: readonly { readonly status: number }[]) {
    return {
      created: answers.filter(({ status }) => status === 201).length,
      answers: new Set(answers.map(({ status }) => status)),
    };
  }

  it.each([
    ['criteria without an identifier', (date: string) => `patient=kept&${CODE}&date=${date}`, '2025-01-01'],
    ['an identifier alone', () => 'identifier=one', '2025-01-02'],
    ['an identifier and more', () => 'identifier=urn:lab|one&status=final', '2025-01-03'],
  ])('single creates by %s make one', async (_title, criteriaFor, date) => {
    const value = `one-${date}`;
    const criteria = criteriaFor(date).replace('one', value);
    const own = glucose('kept', date, { identifier: [{ system: 'urn:lab', value }] });
    const answers = await all(48, () => createUnless(own, criteria));
    expect(outcomes(answers)).toEqual({ created: 1, answers: new Set([200, 201]) });
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await stored(`Observation?patient=kept&date=${date}`)).toBe(1);
  });

  it('conditions that are written otherwise and ask for the same make one', async () => {
    const own = glucose('kept', '2025-02-01', { identifier: [{ system: 'urn:lab', value: 'two' }] });
    const ways = [
      'identifier=urn:lab|two',
      'identifier=two',
      'identifier=two,three&status=final',
      `patient=kept&${CODE}&date=2025-02-01`,
      `subject=Patient/kept&date=ge2025-02-01&date=le2025-02-01`,
    ];
    const answers = await all(50, (n) => createUnless(own, ways[n % ways.length] ?? ''));
    expect(outcomes(answers)).toEqual({ created: 1, answers: new Set([200, 201]) });
    expect(await stored('Observation?identifier=two')).toBe(1);
  });

  it('transactions and single creates make one of each, in whatever order', async () => {
    const days = Array.from({ length: 20 }, (_, n) => `2025-03-${String(n + 1).padStart(2, '0')}`);
    const criteriaOf = (day: string) => `patient=kept&${CODE}&date=${day}`;
    const bundle = (order: readonly string[]) =>
      transaction(...order.map((day) => postEntry(glucose('kept', day), { ifNoneExist: criteriaOf(day) })));
    const answers = await all(24, async (n) => {
      if (n % 3 === 0) return service.post('/fhir/R4', bundle(days));
      if (n % 3 === 1) return service.post('/fhir/R4', bundle(days.toReversed()));
      const day = days[n % days.length] ?? '';
      return createUnless(glucose('kept', day), criteriaOf(day));
    });
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    expect(await stored(`Observation?patient=kept&date=2025-03`)).toBe(20);
  });

  it('a plain create of a patient and a conditional one see each other', async () => {
    // Either the condition finds the plain one, or it was first and there are two: never two that it should have found.
    const rounds = await all(20, async (n) => {
      const own = patient('x', { identifier: [{ system: 'urn:mrn', value: `race-${n}` }] });
      const [plain, conditional] = await Promise.all([
        service.post('/fhir/R4/Patient', own),
        createUnless(own, `identifier=race-${n}&gender=female`),
      ]);
      const again = await createUnless(own, `identifier=race-${n}&gender=female`);
      return [plain.status, conditional.status, again.status];
    });
    for (const [plain, conditional, again] of rounds) {
      expect([plain, again]).toEqual([201, conditional === 200 ? 200 : 412]);
    }
  });

  it('conditional updates make one resource and a version for each', async () => {
    const criteria = `patient=kept&${CODE}&date=2025-04-01`;
    const answers = await all(24, (n) =>
      service.put(
        `/fhir/R4/Observation?${criteria}`,
        glucose('kept', '2025-04-01', { valueQuantity: { value: n + 1 } }),
      ),
    );
    expect(outcomes(answers).created).toBe(1);
    expect(new Set(answers.map(({ body }) => body.meta.versionId)).size).toBe(24);
    expect(await stored(`Observation?${criteria}`)).toBe(1);
  });
});

it('does not trust an index that is being made anew', async () => {
  const own = glucose('kept', '2025-05-01');
  const { rows } = await client.query<{ indexed_with: string }>('select indexed_with from search_state');
  await client.query(`update search_state set indexed_with = 'another version'`);
  const busy = await createUnless(own, `patient=kept&date=2025-05-01`);
  const byIdentifier = await createUnless(patient('x'), 'identifier=urn:mrn|k-1');
  await client.query('update search_state set indexed_with = $1', [rows[0]?.indexed_with]);
  const after = await createUnless(own, `patient=kept&date=2025-05-01`);
  expect([busy.status, busy.headers.get('retry-after') !== null, byIdentifier.status, after.status]).toEqual([
    503,
    true,
    200,
    201,
  ]);
});
