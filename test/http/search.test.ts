import { CS, patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
const UCUM = 'http://unitsofmeasure.org';

function lab(id: string, patientId: string, code: string, more: object) {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code }] },
    subject: { reference: `Patient/${patientId}` },
    ...more,
  };
}

function quantity(value: number, code: string) {
  return { valueQuantity: { value, system: UCUM, code, unit: code } };
}

beforeAll(async () => {
  service = await startTestService();
  await service.post(
    '/fhir/R4',
    transaction(
      putEntry(
        patient('p1', {
          name: [{ family: 'Müller-Test', given: ['Ada'], text: 'Ada Groß-Søren' }],
          identifier: [{ system: 'urn:mrn', value: '1' }],
          meta: { tag: [{ system: 'urn:t', code: 'x' }], profile: ['http://example.org/P'] },
        }),
      ),
      putEntry(
        patient('p2', {
          name: [{ family: 'Mulder' }],
          gender: 'male',
          birthDate: '2010-07',
          deceasedDateTime: '2024-05-01',
          managingOrganization: { reference: 'Organization/o1' },
        }),
      ),
      putEntry({ resourceType: 'Organization', id: 'o1', name: 'Ward' }),
      putEntry(
        lab('a', 'p1', '718-7', { effectiveDateTime: '2024-01-01T10:00:00+01:00', ...quantity(9.2, 'g/dL') }),
      ),
      putEntry(lab('b', 'p1', '718-7', { effectiveDateTime: '2024-01-02', ...quantity(88, 'g/L') })),
      putEntry(
        lab('c', 'p1', '6690-2', {
          effectiveDateTime: '2024-02',
          ...quantity(4.5, '10*9/L'),
          status: 'amended',
        }),
      ),
      putEntry(lab('d', 'p2', '6690-2', { effectivePeriod: { start: '2024-03-01', end: '2024-03-31' } })),
      putEntry(
        lab('e', 'p2', '85354-9', {
          effectiveDateTime: '2024-04-01T08:30:00Z',
          component: [
            {
              code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
              ...quantity(120, 'mm[Hg]'),
            },
            { code: { coding: [{ system: 'http://loinc.org', code: '8462-4' }] }, ...quantity(80, 'mm[Hg]') },
          ],
        }),
      ),
      putEntry(
        lab('f', 'p2', 'x', {
          code: { coding: [{ system: `${CS}cartograph-observation`, code: 'vital-status' }] },
          valueCodeableConcept: { coding: [{ system: `${CS}cartograph-vital-status`, code: 'alive' }] },
          subject: { identifier: { system: 'urn:mrn', value: '1' } },
        }),
      ),
    ),
  );
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

async function ids(query: string): Promise<readonly string[]> {
  const { status, body } = await service.get(`/fhir/R4/${query}`);
  if (status !== 200) return [`${status} ${body.issue[0].details.coding[0].code}`];
  return (body.entry ?? []).map(
    ({ resource, search }: { resource: { id: string }; search: { mode: string } }) =>
      `${search.mode === 'match' ? '' : `${search.mode} `}${resource.id ?? ''}`,
  );
}

it.each([
  // tokens
  ['Observation?code=718-7', ['a', 'b']],
  ['Observation?code=http://loinc.org|718-7', ['a', 'b']],
  ['Observation?code=http://loinc.org|', ['a', 'b', 'c', 'd', 'e']],
  ['Observation?code=urn:other|718-7', []],
  ['Observation?code=718-7,6690-2', ['a', 'b', 'c', 'd']],
  ['Observation?code=718-7&status=amended', []],
  ['Observation?status=|amended', ['c']],
  ['Observation?status:not=final', ['c']],
  ['Observation?component-code=8480-6', ['e']],
  ['Observation?combo-code=8480-6,718-7', ['a', 'b', 'e']],
  ['Patient?identifier=urn:mrn|1', ['p1']],
  ['Patient?gender=male', ['p2']],
  ['Patient?deceased=true', ['p2']],
  ['Patient?_tag=urn:t|x', ['p1']],
  ['Patient?_profile=http://example.org/P', ['p1']],
  ['Patient?organization:missing=true', ['p1']],
  ['Patient?organization:missing=false', ['p2']],
  ['Observation?_id=a,e,none', ['a', 'e']],
  [
    `Observation?value-concept:in=https://cartograph.example.org/fhir/ValueSet/cartograph-vital-status`,
    ['f'],
  ],
  [
    `Observation?value-concept:not-in=https://cartograph.example.org/fhir/ValueSet/cartograph-vital-status`,
    ['a', 'b', 'c', 'd', 'e'],
  ],
  ['Observation?code:in=http://example.org/unheard', ['400 parameter-invalid']],
  // strings
  ['Patient?family=muller', ['p1']],
  ['Patient?name=mul', ['p1', 'p2']],
  ['Patient?name:contains=ller-t', ['p1']],
  ['Patient?name=ada gross-soren', ['p1']],
  ['Patient?name=ADA GROẞ-SØREN', ['p1']],
  ['Patient?family:exact=Mulder', ['p2']],
  ['Patient?family:exact=mulder', []],
  ['Patient?name=a%25', []],
  // dates
  ['Observation?date=2024-01-01', ['a']],
  ['Observation?date=2024-01', ['a', 'b']],
  ['Observation?date=ge2024-01-02&date=lt2024-04', ['b', 'c', 'd']],
  ['Observation?date=gt2024-02', ['d', 'e']],
  ['Observation?date=sa2024-03-15', ['e']],
  ['Observation?date=eb2024-02', ['a', 'b']],
  ['Observation?date=le2024-02-15', ['a', 'b', 'c']],
  ['Observation?date=2024-04-01T08:30', ['e']],
  ['Observation?date=2024-01-01T09:00:00Z', ['a']],
  ['Patient?birthdate=2010', ['p2']],
  ['Patient?_lastUpdated=gt2000', ['p1', 'p2']],
  ['Patient?_lastUpdated=lt2000', []],
  ['Observation?date=soon', ['400 parameter-invalid']],
  ['Observation?date=ap2024-02-10&_id=a,b,c,d', ['a', 'b', 'c', 'd']],
  ['Observation?date=ap0300', []],
  ['Patient?_id:not=p1', ['p2']],
  ['Patient?name=muller,mulder', ['p1', 'p2']],
  // quantities
  [`Observation?value-quantity=92|${UCUM}|g/L`, ['a']],
  [`Observation?value-quantity=9.2|${UCUM}|g/dL`, ['a']],
  [`Observation?value-quantity=9|${UCUM}|g/dL`, ['a', 'b']],
  [`Observation?value-quantity=lt9|${UCUM}|g/dL`, ['b']],
  [`Observation?value-quantity=ge88|${UCUM}|g/L`, ['a', 'b']],
  ['Observation?value-quantity=9.2||g/dL', ['a']],
  ['Observation?value-quantity=gt5', ['a', 'b']],
  [`Observation?value-quantity=ap90|${UCUM}|g/L`, ['a', 'b']],
  ['Observation?value-quantity=9.2|g/dL', ['400 parameter-invalid']],
  [`Observation?value-quantity=9.2|${UCUM}|`, ['400 parameter-invalid']],
  [`Observation?combo-value-quantity=gt100|${UCUM}|mm[Hg]`, ['e']],
  // composites
  [`Observation?code-value-quantity=718-7$lt90|${UCUM}|g/L`, ['b']],
  [`Observation?component-code-value-quantity=8480-6$gt100`, ['e']],
  [`Observation?component-code-value-quantity=8462-4$gt100`, []],
  [`Observation?combo-code-value-quantity=http://loinc.org|8480-6$120,718-7$9.2||g/dL`, ['a', 'e']],
  ['Observation?code-value-concept=vital-status$alive', ['f']],
  // references
  ['Observation?patient=p1', ['a', 'b', 'c']],
  ['Observation?subject=Patient/p1&code=718-7', ['a', 'b']],
  ['Observation?subject:Patient=p2', ['d', 'e']],
  ['Observation?subject=Group/p1', []],
  ['Observation?patient=Patient/p2,p1&code=6690-2', ['c', 'd']],
  ['Observation?subject:identifier=urn:mrn|1', ['f']],
  ['Observation?patient.name=Mulder', ['d', 'e']],
  ['Observation?subject:Patient.gender=female&code=6690-2', ['c']],
  ['Observation?patient.identifier=urn:mrn|1&date=2024-01-02', ['b']],
  ['Patient?_has:Observation:patient:code=85354-9', ['p2']],
  ['Patient?_has:Observation:subject:status=amended', ['p1']],
  // includes
  ['Observation?_id=a&_include=Observation:subject', ['a', 'include p1']],
  [
    'Observation?_id=d&_include=Observation:patient&_include:iterate=Patient:organization',
    ['d', 'include p2', 'include o1'],
  ],
  ['Patient?_id=p2&_revinclude=Observation:patient', ['p2', 'include d', 'include e']],
  ['Observation?_id=d&_include=*', ['d', 'include p2']],
  ['Observation?_id=d&_include:iterate=*', ['d', 'include p2', 'include o1']],
  ['Organization?_revinclude=*', ['o1', 'include p2']],
  ['Patient?_id=p2&_include=*:*', ['400 parameter-invalid']],
  // order
  ['Observation?_sort=-date', ['e', 'd', 'c', 'b', 'a', 'f']],
  ['Observation?_sort=date&_id=f,a,e', ['a', 'e', 'f']],
  ['Patient?_sort=family', ['p2', 'p1']],
  ['Observation?_sort=-_id&patient=p1', ['c', 'b', 'a']],
  ['Observation?_sort=value-quantity&code=718-7', ['b', 'a']],
])('%s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

it('pages by cursor, each match once, whatever is stored meanwhile', async () => {
  const seen: string[] = [];
  let path: string | undefined = '/fhir/R4/Observation?_count=2&_sort=-date&_include=Observation:subject';
  while (path !== undefined) {
    const { body } = await service.get(path);
    expect(body.total).toBe(6);
    for (const { resource, search } of body.entry ?? []) if (search.mode === 'match') seen.push(resource.id);
    await service.put('/fhir/R4/Organization/late', {
      resourceType: 'Organization',
      id: 'late',
      name: seen.join(),
    });
    const next = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
    path = next?.slice(service.url.length);
  }
  expect(seen).toEqual(['e', 'd', 'c', 'b', 'a', 'f']);
  expect((await service.get('/fhir/R4/Observation?_cursor=nonsense')).status).toBe(400);
});

it('leaves out what it does not know and says so, or refuses it where handling is strict', async () => {
  const lenient = await service.get('/fhir/R4/Patient?colour=blue&gender=male');
  expect(lenient.body.entry.map(({ search }: { search: { mode: string } }) => search.mode)).toEqual([
    'match',
    'outcome',
  ]);
  expect(lenient.body.link[0].url).toBe(`${service.url}/fhir/R4/Patient?gender=male`);
  const strict = await service.send('/fhir/R4/Patient?colour=blue', {
    headers: { prefer: 'handling=strict' },
  });
  expect([strict.status, strict.body.issue[0].details.coding[0].code]).toEqual([400, 'parameter-invalid']);
});

it('searches by POST, counts, and shortens what it finds', async () => {
  const posted = await service.send('/fhir/R4/Observation/_search?status=final', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'code=718-7&_elements=status',
  });
  expect([posted.status, posted.body.total, Object.keys(posted.body.entry[0].resource).sort()]).toEqual([
    200,
    2,
    ['code', 'id', 'meta', 'resourceType', 'status'],
  ]);
  const counted = await service.get('/fhir/R4/Observation?_summary=count');
  expect([counted.body.total, counted.body.entry]).toEqual([6, undefined]);
  expect((await service.get('/fhir/R4/Observation?_total=none')).body.total).toBeUndefined();
});

it('finds by what is stored now, not by what was', async () => {
  await service.put(
    '/fhir/R4/Observation/z',
    lab('z', 'p9', 'old', { ...quantity(1, 'g'), effectiveDateTime: '2001' }),
  );
  await service.put(
    '/fhir/R4/Observation/z',
    lab('z', 'p8', 'new', { ...quantity(2, 'g'), effectiveDateTime: '2002' }),
  );
  expect(await ids('Observation?code=old')).toEqual([]);
  expect(await ids('Observation?patient=p9')).toEqual([]);
  expect(await ids('Observation?date=2001')).toEqual([]);
  expect(await ids(`Observation?value-quantity=1|${UCUM}|g`)).toEqual([]);
  expect(await ids(`Observation?code=new&patient=p8&date=2002&value-quantity=2|${UCUM}|g`)).toEqual(['z']);
  await service.send('/fhir/R4/Observation/z', { method: 'DELETE' });
  expect(await ids('Observation?code=new')).toEqual([]);
});
