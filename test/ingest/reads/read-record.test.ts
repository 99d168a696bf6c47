import { CS, infusion, patient, putEntry, transaction, vitalStatus } from '../../support/bundles.ts';
import { startTestService, type TestService } from '../../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

async function record(id: string) {
  return (await service.get(`/cohort/patients/${id}`)).body.record;
}

function put(...resources: readonly Parameters<typeof putEntry>[0][]) {
  return service.post('/fhir/R4', transaction(...resources.map(putEntry)));
}

describe('who is one person', () => {
  const mrn = (value: string, more: object = {}): object => ({
    identifier: [{ system: 'urn:mrn', value, ...more }],
  });

  it('joins by a shared identifier, and parts again when it is corrected', async () => {
    await put(patient('join-b', mrn('1')), infusion('join-inf', 'join-b', '2023-01-10'));
    expect((await record('join-b')).id).toBe('join-b');
    await put(patient('join-a', mrn('1')));
    const joined = await record('join-a');
    expect([joined.id, joined.courses.length]).toEqual(['join-a', 1]);
    expect(await record('join-b')).toEqual(joined);
    expect((await service.get('/cohort/patients')).body.patients).toContainEqual({
      id: 'join-a',
      courses: 1,
    });
    await put(patient('join-a', mrn('2')));
    expect([(await record('join-a')).courses.length, (await record('join-b')).courses.length]).toEqual([
      0, 1,
    ]);
    expect((await record('join-b')).id).toBe('join-b');
    const listed = (await service.get('/cohort/patients')).body.patients.map(({ id }: { id: string }) => id);
    expect(listed).toContain('join-b');
    expect(listed).not.toContain('join-a');
  });

  it('joins by a link, also one that came before what it names', async () => {
    await put(
      patient('link-b', {
        birthDate: '2011-01-01',
        link: [{ other: { reference: 'Patient/link-a' }, type: 'seealso' }],
      }),
    );
    expect((await record('link-b')).id).toBe('link-b');
    await put(patient('link-a'));
    expect((await record('link-b')).id).toBe('link-a');
  });

  it('does not join across birth dates, and says so on both', async () => {
    await put(patient('born-a', mrn('3')), patient('born-b', { ...mrn('3'), birthDate: '2015-03-03' }));
    for (const id of ['born-a', 'born-b']) {
      const { id: own, findings } = await record(id);
      expect([own, findings.map(({ code }: { code: string }) => code)]).toEqual([
        id,
        expect.arrayContaining(['identity-conflict']),
      ]);
    }
    await put(patient('born-b', mrn('3')));
    const { id, findings } = await record('born-b');
    expect([id, findings.map(({ code }: { code: string }) => code)]).toEqual([
      'born-a',
      expect.not.arrayContaining(['identity-conflict']),
    ]);
  });

  it('does not join by an old identifier', async () => {
    await put(patient('old-a', mrn('4')), patient('old-b', mrn('4', { use: 'old' })));
    expect((await record('old-b')).id).toBe('old-b');
  });
});

describe('no record is old', () => {
  const dates = async (id: string): Promise<readonly string[]> =>
    (await record(id)).followUp.vitalStatus.map(({ date }: { date: string }) => date);

  it('sees what was just stored, by whatever reference', async () => {
    await put(patient('ref', { identifier: [{ system: 'urn:ref', value: 'r' }] }));
    expect(await dates('ref')).toEqual([]);
    await put(vitalStatus('ref-1', { reference: 'Patient/ref' }, '2024-01-01'));
    expect(await dates('ref')).toEqual(['2024-01-01']);
    await put(
      vitalStatus(
        'ref-2',
        { reference: 'https://ehr.example.org/fhir/Patient/ref/_history/4' },
        '2024-01-02',
      ),
    );
    expect(await dates('ref')).toEqual(['2024-01-01', '2024-01-02']);
    await put(
      vitalStatus('ref-3', { type: 'Patient', identifier: { system: 'urn:ref', value: 'r' } }, '2024-01-03'),
    );
    await put(vitalStatus('ref-4', { identifier: { system: 'urn:ref', value: 'r' } }, '2024-01-04'));
    expect(await dates('ref')).toEqual(['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04']);
  });

  it('finds what came before the patient, and named it by identifier', async () => {
    await put(vitalStatus('early-1', { identifier: { system: 'urn:early', value: 'e' } }, '2024-01-01'));
    await put(vitalStatus('early-2', { reference: 'Patient/early' }, '2024-01-02'));
    expect((await service.get('/cohort/patients/early')).status).toBe(404);
    await put(patient('early', { identifier: [{ system: 'urn:early', value: 'e' }] }));
    expect(await dates('early')).toEqual(['2024-01-01', '2024-01-02']);
  });

  it('gives up what was moved to another patient', async () => {
    await put(
      patient('moved-a'),
      patient('moved-b'),
      vitalStatus('moved', { reference: 'Patient/moved-a' }, '2024-01-01'),
    );
    expect([await dates('moved-a'), await dates('moved-b')]).toEqual([['2024-01-01'], []]);
    await put(vitalStatus('moved', { reference: 'Patient/moved-b' }, '2024-01-01'));
    expect([await dates('moved-a'), await dates('moved-b')]).toEqual([[], ['2024-01-01']]);
  });

  it('takes in a medication that comes after its administration, and its correction', async () => {
    const medication = (code: string) => ({
      resourceType: 'Medication',
      id: 'late',
      code: { coding: [{ system: `${CS}cartograph-agent`, code }] },
    });
    const given = {
      resourceType: 'MedicationAdministration',
      id: 'late-given',
      status: 'completed',
      subject: { reference: 'Patient/late' },
      effectiveDateTime: '2024-03-01',
      medicationReference: { reference: 'Medication/late' },
    };
    const agents = async (): Promise<readonly string[]> => {
      const { priorTherapies } = await record('late');
      return priorTherapies.map(({ agent }: { agent: string }) => agent);
    };
    await put(patient('late'), given);
    expect(await agents()).toEqual([]);
    await put(medication('blinatumomab'));
    expect(await agents()).toEqual(['blinatumomab']);
    await put(medication('inotuzumab-ozogamicin'));
    expect(await agents()).toEqual(['inotuzumab-ozogamicin']);
  });

  it('does not take for the patient what only mentions the patient', async () => {
    await put(patient('aside'), patient('other'), {
      ...vitalStatus('aside-1', { reference: 'Patient/other' }, '2024-01-01'),
      performer: [{ reference: 'Patient/aside' }],
    });
    expect([await dates('aside'), await dates('other')]).toEqual([[], ['2024-01-01']]);
  });
});

it('is rebuilt in the background too', async () => {
  await put(patient('behind'), infusion('behind-inf', 'behind', '2023-01-10'));
  const client = new (await import('pg')).default.Client({ connectionString: service.databaseUrl });
  await client.connect();
  let stale = true;
  for (let wait = 0; stale && wait < 80; wait += 1) {
    await new Promise((done) => setTimeout(done, 100));
    const { rows } = await client.query(`select 1 from stale_patient where patient_id = 'behind'`);
    stale = rows.length > 0;
  }
  const { rows } = await client.query(`select courses from cohort_record where person_id = 'behind'`);
  await client.end();
  expect([stale, rows]).toEqual([false, [{ courses: 1 }]]);
});
