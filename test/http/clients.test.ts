/** FHIR clients that others wrote, as they come from npm: what they do against other servers, they do here. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { MedplumClient } from '@medplum/core';
import type { Bundle, Observation, Patient } from '@medplum/fhirtypes';
import { Client } from 'fhir-kit-client';
import { startTestService, type TestService } from '../support/service.ts';

const LOINC = 'http://loinc.org';
const MRN = 'urn:mrn';

let service: TestService;
let base: string;
beforeAll(async () => {
  service = await startTestService();
  base = `${service.url}/fhir/R4`;
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

function newPatient(mrn: string): Patient {
  return {
    resourceType: 'Patient',
    identifier: [{ system: MRN, value: mrn }],
    birthDate: '2015-03-02',
    name: [{ family: 'Test', given: ['Ada'] }],
  };
}

function newObservation(subject: string, day: number): Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: LOINC, code: '718-7' }] },
    subject: { reference: subject },
    effectiveDateTime: `2024-01-${String(day).padStart(2, '0')}`,
    valueQuantity: { value: 8 + day / 10, system: 'http://unitsofmeasure.org', code: 'g/dL', unit: 'g/dL' },
  };
}

/** A patient by condition, and seven results that refer to it by its full URL. */
function course(mrn: string): Bundle {
  const fullUrl = 'urn:uuid:3c0c1f6a-6d63-4f14-9f7b-2f1f3b0f5a10';
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      ...Array.from({ length: 7 }, (_, day) => ({
        resource: newObservation(fullUrl, day + 1),
        request: { method: 'POST' as const, url: 'Observation' },
      })),
      {
        fullUrl,
        resource: newPatient(mrn),
        request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${MRN}|${mrn}` },
      },
    ],
  };
}

function statuses(answer: Bundle): readonly (string | undefined)[] {
  return (answer.entry ?? []).map(({ response }) => response?.status.slice(0, 3));
}

function datesOf(resources: readonly unknown[]): readonly unknown[] {
  return resources.map((one) => (one as Observation).effectiveDateTime);
}

const DAYS = Array.from({ length: 7 }, (_, day) => `2024-01-0${day + 1}`);

describe('fhir-kit-client', () => {
  // It types every resource as an object with any members.
  const bundle = (value: unknown): Bundle => value as Bundle;

  it('reads what the server can do', async () => {
    const client = new Client({ baseUrl: base });
    expect(await client.capabilityStatement()).toMatchObject({ fhirVersion: '4.0.1', kind: 'instance' });
  });

  it('creates, reads, updates, patches and deletes', async () => {
    const client = new Client({ baseUrl: base });
    const resourceType = 'Patient';
    const created = await client.create({ resourceType, body: { ...newPatient('kit-1') } });
    const id = String(created['id']);
    expect(await client.read({ resourceType, id })).toMatchObject({ id, meta: { versionId: '1' } });
    const updated = await client.update({
      resourceType,
      id,
      body: { ...created, resourceType, gender: 'female' },
    });
    expect(updated).toMatchObject({ id, gender: 'female', meta: { versionId: '2' } });
    const patched = await client.patch({
      resourceType,
      id,
      jsonPatch: [{ op: 'replace', path: '/gender', value: 'male' }],
    });
    expect(patched).toMatchObject({ gender: 'male', meta: { versionId: '3' } });
    expect(await client.vread({ resourceType, id, version: '2' })).toMatchObject({ gender: 'female' });
    expect(bundle(await client.history({ resourceType, id })).entry).toHaveLength(3);
    const again = await client.update({
      resourceType,
      searchParams: { identifier: `${MRN}|kit-1` },
      body: { ...newPatient('kit-1') },
    });
    expect(again).toMatchObject({ id, meta: { versionId: '4' } });
    await client.delete({ resourceType, id });
    await expect(client.read({ resourceType, id })).rejects.toMatchObject({ response: { status: 410 } });
  });

  it('runs transactions and batches, searches and turns pages', async () => {
    const client = new Client({ baseUrl: base });
    const answer = bundle(await client.transaction({ body: { ...course('kit-2') } }));
    expect(statuses(answer)).toEqual(Array(8).fill('201'));
    expect(statuses(bundle(await client.transaction({ body: { ...course('kit-2') } }))).at(-1)).toBe('200');
    const searched = await client.search({
      resourceType: 'Observation',
      searchParams: {
        'patient.identifier': `${MRN}|kit-2`,
        _sort: 'date',
        _count: 3,
        _include: 'Observation:subject',
      },
    });
    const found: unknown[] = [];
    let pages = 0;
    for (let page: unknown = searched; page !== undefined; pages += 1) {
      const { entry = [] } = bundle(page);
      found.push(...entry.filter(({ search }) => search?.mode === 'match').map(({ resource }) => resource));
      page = await client.nextPage({
        bundle: page as typeof searched & { link: { relation: string; url: string }[] },
      });
    }
    expect(pages).toBe(5);
    expect(datesOf(found)).toEqual(DAYS.flatMap((day) => [day, day]));
    const read = await client.batch({
      body: {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [{ request: { method: 'GET', url: 'Patient?identifier=urn:mrn|kit-2' } }],
      },
    });
    expect(bundle(read).entry?.[0]).toMatchObject({ response: { status: '200' }, resource: { total: 1 } });
  });

  it('calls operations', async () => {
    const client = new Client({ baseUrl: base });
    const created = await client.create({ resourceType: 'Patient', body: { ...newPatient('kit-3') } });
    const everything = await client.operation({
      name: '$everything',
      resourceType: 'Patient',
      id: String(created['id']),
      method: 'GET',
    });
    expect(bundle(everything).entry).toHaveLength(1);
  });
});

describe('fhirclient', () => {
  /** What is used of it. Its own types would bring those of a browser with them. */
  interface SmartClient {
    create(resource: object): Promise<{ readonly id: string }>;
    update(resource: object): Promise<object>;
    patch(url: string, operations: readonly object[]): Promise<object>;
    delete(url: string): Promise<unknown>;
    request<T = unknown>(url: string | object, options?: object): Promise<T>;
    resources(url: string): AsyncIterable<object>;
    getFhirRelease(): Promise<number>;
  }

  /** As a service gets it: from within the answer to a request. */
  async function open(): Promise<SmartClient> {
    const smart = createRequire(import.meta.url)('fhirclient');
    const { promise, resolve } = Promise.withResolvers<SmartClient>();
    const app = createServer((request, response) => {
      resolve(smart(request, response, { get() {}, set() {}, unset() {} }).client(base));
      response.end();
    });
    await new Promise<void>((done) => app.listen(0, '127.0.0.1', done));
    await fetch(`http://127.0.0.1:${(app.address() as AddressInfo).port}`);
    app.close();
    return promise;
  }

  it('creates, reads, updates, patches and deletes', async () => {
    const client = await open();
    const created = await client.create(newPatient('js-1'));
    const { id } = created;
    expect(await client.request(`Patient/${id}`)).toMatchObject({ id, meta: { versionId: '1' } });
    expect(await client.update({ ...created, gender: 'female' })).toMatchObject({
      id,
      gender: 'female',
      meta: { versionId: '2' },
    });
    const patched = await client.patch(`Patient/${id}`, [{ op: 'replace', path: '/gender', value: 'male' }]);
    expect(patched).toMatchObject({ gender: 'male' });
    await client.delete(`Patient/${id}`);
    await expect(client.request(`Patient/${id}`)).rejects.toMatchObject({ status: 410 });
  });

  it('runs a transaction, turns pages and follows references', async () => {
    const client = await open();
    const answer = await client.request<Bundle>({
      url: '',
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(course('js-2')),
    });
    expect(statuses(answer)).toEqual(Array(8).fill('201'));
    const query = `Observation?patient.identifier=${MRN}|js-2&_sort=date&_count=3`;
    const found: unknown[] = [];
    for await (const resource of client.resources(query)) found.push(resource);
    expect(datesOf(found)).toEqual(DAYS);
    const flat = await client.request<readonly Observation[]>(query, {
      pageLimit: 0,
      flat: true,
      resolveReferences: 'subject',
    });
    expect(datesOf(flat)).toEqual(DAYS);
    expect(flat[0]?.subject).toMatchObject({ resourceType: 'Patient' });
    expect(await client.getFhirRelease()).toBe(4);
  });
});

describe('MedplumClient', () => {
  const open = (autoBatchTime = 0): MedplumClient =>
    new MedplumClient({ baseUrl: `${service.url}/`, fhirUrlPath: 'fhir/R4', autoBatchTime, cacheTime: 0 });

  it('creates, reads, updates, patches and deletes', async () => {
    const client = open();
    const created = await client.createResource(newPatient('mp-1'));
    const { id } = created;
    expect(await client.readResource('Patient', id)).toMatchObject({ id, meta: { versionId: '1' } });
    const same = await client.createResourceIfNoneExist(newPatient('mp-1'), `identifier=${MRN}|mp-1`);
    expect(same.id).toBe(id);
    const updated = await client.updateResource({ ...created, gender: 'female' });
    expect(updated).toMatchObject({ id, gender: 'female', meta: { versionId: '2' } });
    const put = await client.upsertResource(newPatient('mp-1'), `identifier=${MRN}|mp-1`);
    expect(put).toMatchObject({ id, meta: { versionId: '3' } });
    const patched = await client.patchResource('Patient', id, [
      { op: 'add', path: '/gender', value: 'male' },
    ]);
    expect(patched).toMatchObject({ gender: 'male', meta: { versionId: '4' } });
    expect((await client.readHistory('Patient', id)).entry).toHaveLength(4);
    expect((await client.readPatientEverything(id)).entry).toHaveLength(1);
    expect(await client.validateResource(newPatient('mp-1'))).toMatchObject({
      resourceType: 'OperationOutcome',
    });
    await client.deleteResource('Patient', id);
    await expect(client.readResource('Patient', id)).rejects.toMatchObject({
      outcome: { resourceType: 'OperationOutcome' },
    });
  });

  it('runs a transaction, searches and turns pages', async () => {
    const client = open();
    expect(statuses(await client.executeBatch(course('mp-2')))).toEqual(Array(8).fill('201'));
    const found: unknown[] = [];
    const query = `patient.identifier=${MRN}|mp-2&_sort=date&_count=3`;
    for await (const page of client.searchResourcePages('Observation', query)) found.push(...page);
    expect(datesOf(found)).toEqual(DAYS);
    expect((await client.searchOne('Patient', { identifier: `${MRN}|mp-2` }))?.birthDate).toBe('2015-03-02');
  });

  it('gathers its reads in batches', async () => {
    const client = open(20);
    await client.executeBatch(course('mp-3'));
    const [patients, observations, none] = await Promise.all([
      client.search('Patient', { identifier: `${MRN}|mp-3` }),
      client.searchResources('Observation', `patient.identifier=${MRN}|mp-3&_count=2`),
      client.readResource('Patient', 'nobody').catch((error: unknown) => error),
    ]);
    expect([patients.total, observations.length]).toEqual([1, 2]);
    expect(none).toMatchObject({ outcome: { issue: [{ code: 'not-found' }] } });
  });
});
