/** What was known when: by clinical date, and by the date on which the service came to know it. */
import { CS, infusion, patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

function fitness(id: string, subject: string, date: string, fit: boolean) {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: `${CS}cartograph-observation`, code: 'fit-for-hct' }] },
    subject: { reference: `Patient/${subject}` },
    effectiveDateTime: date,
    valueBoolean: fit,
  };
}

function remission(id: string, subject: string, date: string) {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: `${CS}cartograph-observation`, code: 'disease-status' }] },
    subject: { reference: `Patient/${subject}` },
    effectiveDateTime: date,
    valueCodeableConcept: { coding: [{ system: `${CS}cartograph-disease-status`, code: 'CR' }] },
  };
}

const put = async (...resources: readonly { resourceType: string; id: string }[]): Promise<string> => {
  const { status } = await service.post('/fhir/R4', transaction(...resources.map(putEntry)));
  expect(status).toBe(200);
  const last = resources.at(-1);
  const stored = await service.get(`/fhir/R4/${last?.resourceType}/${last?.id}`);
  await new Promise((done) => setTimeout(done, 5));
  return stored.body.meta.lastUpdated;
};

const statusOf = async (id: string, query: string) => {
  const { status, body } = await service.get(`/fhir/R4/Patient/${id}/$hct-consolidation${query}`);
  if (status !== 200) return status;
  const answer = body.parameter[0].resource.contained[0].parameter;
  return answer.find(({ name }: { name: string }) => name === 'status').valueCode;
};

describe('knownAsOf', () => {
  it('gives the answer that the versions of then give', async () => {
    const first = await put(
      patient('k1') as { resourceType: string; id: string },
      infusion('k1-inf', 'k1', '2024-03-01') as { resourceType: string; id: string },
      remission('k1-cr', 'k1', '2024-03-29'),
      fitness('k1-fit', 'k1', '2024-04-01', true),
    );
    const second = await put(fitness('k1-fit', 'k1', '2024-04-01', false));
    expect(await statusOf('k1', '?asOf=2024-05-01')).toBe('NOT_ELIGIBLE_TO_PROCEED');
    expect(await statusOf('k1', `?asOf=2024-05-01&knownAsOf=${second}`)).toBe('NOT_ELIGIBLE_TO_PROCEED');
    expect(await statusOf('k1', `?asOf=2024-05-01&knownAsOf=${first}`)).toBe('INDETERMINATE');
    expect(await statusOf('k1', '?knownAsOf=2020-01-01T00:00:00Z')).toBe(404);
    expect(await statusOf('k1', '?knownAsOf=2024-01-01')).toBe(400);
    expect(await statusOf('nobody', `?knownAsOf=${first}`)).toBe(404);
  });

  it('what has moved to another patient belonged to the first one then, and only then', async () => {
    const one = [
      patient('k2'),
      infusion('k2-inf', 'k2', '2024-03-01'),
      remission('k2-cr', 'k2', '2024-03-29'),
    ];
    const other = [patient('k3', { birthDate: '2011-01-01' }), infusion('k3-inf', 'k3', '2024-03-01')];
    const all = [...one, ...other] as { resourceType: string; id: string }[];
    const before = await put(...all, fitness('k-moved', 'k2', '2024-04-01', false));
    await put(fitness('k-moved', 'k3', '2024-04-01', false));
    expect(await statusOf('k2', '?asOf=2024-05-01')).toBe('INDETERMINATE');
    expect(await statusOf('k2', `?asOf=2024-05-01&knownAsOf=${before}`)).toBe('NOT_ELIGIBLE_TO_PROCEED');
    const gate = async (query: string) => {
      const { body } = await service.get(`/cohort/patients/k3/hct-history${query}`);
      return body.changes.some(({ changes }: { changes: { what: string; to?: string }[] }) =>
        changes.some(({ what, to }) => what === 'fitForHct' && to === 'NOT_MET'),
      );
    };
    expect(await gate('')).toBe(true);
    expect(await gate(`?knownAsOf=${before}`)).toBe(false);
  });
});

describe('GET /cohort/patients/{id}/hct-history', () => {
  it('lists the days on which the answer changed', async () => {
    await put(
      patient('k4') as { resourceType: string; id: string },
      infusion('k4-inf', 'k4', '2024-03-01') as { resourceType: string; id: string },
      remission('k4-cr', 'k4', '2024-03-29'),
      fitness('k4-fit', 'k4', '2024-04-10', false),
    );
    const { status, body } = await service.get('/cohort/patients/k4/hct-history?to=2024-05-01');
    expect(status).toBe(200);
    expect(body).toMatchObject({ patient: 'k4', from: '2024-03-01', to: '2024-05-01' });
    expect(
      body.changes.map(({ date, status: then, facts }: { date: string; status: string; facts: object[] }) => [
        date,
        then,
        facts.length,
      ]),
    ).toEqual([
      ['2024-03-01', 'INDETERMINATE', expect.any(Number)],
      ['2024-03-29', 'INDETERMINATE', 1],
      ['2024-04-10', 'NOT_ELIGIBLE_TO_PROCEED', 1],
    ]);
  });

  it.each([
    ['?from=2024-02-30', 400],
    ['?to=2024', 400],
    ['?until=2024-01-01', 400],
  ])('%s', async (query, expected) => {
    expect((await service.get(`/cohort/patients/k4/hct-history${query}`)).status).toBe(expected);
  });

  it('a patient that is not stored', async () => {
    expect((await service.get('/cohort/patients/nobody/hct-history')).status).toBe(404);
  });
});
