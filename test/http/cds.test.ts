/** CDS Hooks over HTTP: on the data of the call, on those of a FHIR server, and on the service's own. */
import { addDays } from '../../src/core/partial-date.ts';
import { CS, infusion, patient, putEntry, transaction } from '../support/bundles.ts';
import { isDiscovery, isHookResponse } from '../support/cds-hooks-schemas.ts';
import { startTestService, type TestService } from '../support/service.ts';

const ID = 'cds-1';
const TODAY = '2025-03-10';
/** So many days after the infusion the calls are made. */
const day = (number: number) => addDays(TODAY, number - 100);

interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly [name: string]: unknown;
}

const observation = (id: string, code: string, date: string, value: object): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: `${CS}cartograph-observation`, code }] },
  subject: { reference: `Patient/${ID}` },
  effectiveDateTime: date,
  ...value,
});
const yes = (id: string, code: string, valueBoolean: boolean) =>
  observation(id, code, day(29), { valueBoolean });
const coded = (id: string, code: string, date: string, system: string, value: string) =>
  observation(id, code, date, {
    valueCodeableConcept: { coding: [{ system: `${CS}${system}`, code: value }] },
  });
const bCells = (number: number, value: number) =>
  observation(`b-${number}`, 'b-cells-percent-of-lymphocytes', day(number), {
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code: '%' },
  });

const PATIENT = patient(ID) as unknown as Resource;
const INFUSION = {
  ...infusion('inf', ID, day(0)),
  extension: [
    {
      url: 'https://cartograph.example.org/fhir/StructureDefinition/car-t-product',
      valueReference: { reference: 'BiologicallyDerivedProduct/bag' },
    },
  ],
} as unknown as Resource;
const BAG = {
  resourceType: 'BiologicallyDerivedProduct',
  id: 'bag',
  productCode: { coding: [{ system: `${CS}cartograph-product`, code: 'tisagenlecleucel' }] },
};
const RECOVERED: readonly Resource[] = [
  coded('cr', 'disease-status', day(28), 'cartograph-disease-status', 'CR'),
  yes('fit', 'fit-for-hct', true),
  yes('prior', 'prior-allogeneic-hct', false),
  bCells(60, 0.1),
  bCells(90, 12),
];

const searchset = (resources: readonly object[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
});

const prefetchOf = (observations: readonly object[]) => ({
  patient: PATIENT,
  conditions: null,
  procedures: searchset([INFUSION]),
  observations: searchset(observations),
  administrations: null,
  statements: null,
});

const call = (more: object = {}) => ({
  hook: 'patient-view',
  hookInstance: '0f2b2d6a-6a02-4f57-9f0b-0d6e7f3f3b11',
  context: { userId: 'Practitioner/p', patientId: ID },
  ...more,
});

const HCT = '/cds-services/hct-consolidation-patient-view';
const B_CELLS = '/cds-services/b-cell-monitoring-patient-view';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, () => new Date(`${TODAY}T12:00:00Z`));
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const json = { 'content-type': 'application/json' };
const ask = async (path: string, body: unknown) => {
  const answer = await service.post(path, body, json);
  if (answer.status === 200) expect(isHookResponse(answer.body)).toBe(true);
  return answer;
};

describe('discovery', () => {
  it('lists the services with what they need', async () => {
    const { status, body } = await service.get('/cds-services');
    expect(status).toBe(200);
    expect(isDiscovery(body)).toBe(true);
    expect(body.services.map(({ id, hook }: { id: string; hook: string }) => [id, hook])).toEqual([
      ['hct-consolidation-patient-view', 'patient-view'],
      ['hct-consolidation-order-select', 'order-select'],
      ['b-cell-monitoring-patient-view', 'patient-view'],
      ['b-cell-monitoring-order-select', 'order-select'],
      ['early-toxicity-patient-view', 'patient-view'],
      ['early-toxicity-order-select', 'order-select'],
    ]);
    expect(body.services[0].prefetch.patient).toBe('Patient/{{context.patientId}}');
  });
});

describe('the HCT service on prefetch', () => {
  it('says that HCT is recommended, by what, and stores nothing', async () => {
    const { body } = await ask(HCT, call({ prefetch: prefetchOf(RECOVERED) }));
    expect(body.cards).toHaveLength(1);
    expect(body.cards[0]).toMatchObject({
      summary:
        'HCT after CAR-T. Recommended: B-cell aplasia lost, first seen on day 90, within six months (M6_D183).',
      indicator: 'warning',
      source: { label: 'Cartograph, rule set westhafen-2025-preproof@1' },
    });
    expect(body.cards[0].detail).toMatch(/### Criteria\n\n- R\.a CD28-costimulated product: unknown/);
    expect(body.cards[0].overrideReasons.length).toBeGreaterThan(2);
    expect((await service.get(`/fhir/R4/Patient/${ID}`)).status).toBe(404);
  });

  it('says what is unknown, and not that there is no indication', async () => {
    const { body } = await ask(HCT, call({ prefetch: prefetchOf(RECOVERED.slice(0, 4)) }));
    expect(body.cards[0].summary).toMatch(/^HCT after CAR-T\. Cannot be decided: missing product identity/);
    expect(body.cards[0].summary.length).toBeLessThan(140);
    expect(body.cards[0].detail).toMatch(/### Missing data\n\n- product identity/);
    expect(JSON.stringify(body)).not.toMatch(/no indication/i);
  });

  it('has nothing to say of a patient without CAR-T', async () => {
    const { body } = await ask(HCT, call({ prefetch: { ...prefetchOf([]), procedures: null } }));
    expect(body.cards).toEqual([]);
  });

  it('does without what is optional, and says so', async () => {
    const { statements: _, ...prefetch } = prefetchOf(RECOVERED);
    const { body } = await ask(HCT, call({ prefetch }));
    expect(body.cards[0].detail).toMatch(/^> Not available to this answer: statements\./);
  });

  it("leaves out another patient's and malformed resources, and says so", async () => {
    const prefetch = prefetchOf([
      ...RECOVERED,
      { ...bCells(95, 0.1), subject: { reference: 'Patient/other' } },
      { ...bCells(96, 0.1), effectiveDateTime: 'yesterday' },
    ]);
    const { body } = await ask(HCT, call({ prefetch }));
    expect(body.cards[0].detail).toMatch(/^> 2 of the resources sent could not be used\./);
  });
});

describe('the B-cell service', () => {
  it.each([
    [[bCells(60, 0.1)], 'info', 'B cells: the next test after CAR-T is due by'],
    [[bCells(30, 0.1)], 'warning', 'B cells: no result is recent enough'],
    [[], 'warning', 'B cells: no result since the CAR-T infusion is on record.'],
  ])('%#', async (results, indicator, summary) => {
    const { body } = await ask(
      B_CELLS,
      call({ prefetch: prefetchOf([...RECOVERED.slice(0, 3), ...results]) }),
    );
    expect(body.cards[0]).toMatchObject({ indicator, selectionBehavior: 'any' });
    expect(body.cards[0].summary).toContain(summary);
    expect(body.cards[0].suggestions[0].actions[0].resource).toMatchObject({
      resourceType: 'ServiceRequest',
      status: 'draft',
      subject: { reference: `Patient/${ID}` },
    });
  });

  it.each([[[bCells(90, 0.1)]], [[bCells(60, 0.1), bCells(90, 12)]]])(
    'is silent where no test is due %#',
    async (results) => {
      const prefetch = prefetchOf([...RECOVERED.slice(0, 3), ...results]);
      expect((await ask(B_CELLS, call({ prefetch }))).body.cards).toEqual([]);
    },
  );
});

describe('order-select', () => {
  const order = (id: string, coding: object) => ({
    resourceType: 'ServiceRequest',
    id,
    status: 'draft',
    intent: 'order',
    code: { coding: [coding] },
    subject: { reference: `Patient/${ID}` },
  });
  const HCT_ORDER = order('o1', { system: `${CS}cartograph-procedure`, code: 'allogeneic-hct' });
  const TEST_ORDER = order('o2', { system: 'http://loinc.org', code: '8117-4' });
  const other = order('o3', { system: 'http://loinc.org', code: '718-7' });
  const select = (selected: string, ...drafts: readonly object[]) =>
    call({
      hook: 'order-select',
      context: {
        userId: 'Practitioner/p',
        patientId: ID,
        selections: [`ServiceRequest/${selected}`],
        draftOrders: {
          resourceType: 'Bundle',
          type: 'collection',
          entry: drafts.map((resource) => ({ resource })),
        },
      },
      prefetch: prefetchOf(RECOVERED.slice(0, 3)),
    });
  const cardsOf = async (kind: string, body: object) =>
    (await ask(`/cds-services/${kind}-order-select`, body)).body.cards.length;

  it('answers the order that it is about', async () => {
    expect(await cardsOf('hct-consolidation', select('o1', HCT_ORDER, other))).toBe(1);
    expect(await cardsOf('hct-consolidation', select('o3', HCT_ORDER, other))).toBe(0);
    expect(await cardsOf('b-cell-monitoring', select('o3', other))).toBe(1);
    expect(await cardsOf('b-cell-monitoring', select('o3', other, TEST_ORDER))).toBe(0);
  });
});

describe('calls that cannot be answered', () => {
  const { context: _, ...withoutContext } = call();
  const outcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'timeout' }],
  };
  const paged = { ...searchset([]), link: [{ relation: 'next', url: 'http://ehr.example.org/next' }] };
  it.each<readonly [string, string, unknown, number]>([
    ['unknown service', '/cds-services/none', call(), 404],
    ['feedback on an unknown service', '/cds-services/none/feedback', { feedback: [] }, 404],
    ['wrong hook', HCT, call({ hook: 'order-select' }), 400],
    ['no context', HCT, withoutContext, 400],
    ['no patient in the context', HCT, call({ context: { userId: 'Practitioner/p' } }), 400],
    [
      'a reference for an id',
      HCT,
      call({ context: { userId: 'Practitioner/p', patientId: 'Patient/x' } }),
      400,
    ],
    ['an instance that is no UUID', HCT, call({ hookInstance: 'x' }), 400],
    ['not JSON', HCT, '{"hook":', 400],
    ['no object', HCT, '[]', 400],
    ['a wrapped resource', HCT, call({ prefetch: { patient: { resource: PATIENT } } }), 400],
    ['a token without a server', HCT, call({ fhirAuthorization: { access_token: 'x' } }), 400],
    ['no prefetch', HCT, call(), 412],
    ['no prefetch and a server that nobody named', HCT, call({ fhirServer: 'http://127.0.0.1:9/fhir' }), 412],
    ['no such patient', HCT, call({ prefetch: { ...prefetchOf([]), patient: null } }), 412],
    ['another patient', HCT, call({ prefetch: { ...prefetchOf([]), patient: patient('other') } }), 412],
    ['a failed query', HCT, call({ prefetch: { ...prefetchOf([]), procedures: outcome } }), 412],
    [
      'a failure inside',
      HCT,
      call({ prefetch: { ...prefetchOf([]), observations: searchset([outcome]) } }),
      412,
    ],
    ['half a history', HCT, call({ prefetch: { ...prefetchOf([]), observations: paged } }), 412],
    ['no such feedback', `${HCT}/feedback`, { feedback: [{ card: 'x' }] }, 400],
  ])('%s', async (_name, path, body, expected) => {
    const { status, headers, body: problem } = await service.post(path, body, json);
    expect(status).toBe(expected);
    expect(headers.get('content-type')).toMatch(/application\/problem\+json/);
    expect(JSON.stringify(problem)).not.toMatch(/cds-1|2015-03-02/);
  });

  it.each(['text/plain', 'application/xml', 'application/json; charset=latin1'])(
    'a body said to be %s',
    async (type) => {
      const { status } = await service.post(HCT, call(), { 'content-type': type });
      expect(status).toBe(415);
    },
  );

  it('GET of a service', async () => {
    expect((await service.get(HCT)).status).toBe(405);
  });
});

describe('feedback', () => {
  it('is taken, and nothing of it but outcome and reason is logged', async () => {
    const { status } = await service.post(
      `${HCT}/feedback`,
      {
        feedback: [
          {
            card: '0f2b2d6a-6a02-4f57-9f0b-0d6e7f3f3b11',
            outcome: 'overridden',
            overrideReason: {
              reason: { code: 'not-wanted', system: `${CS}cartograph-override-reason` },
              userComment: 'family of the patient said so',
            },
            outcomeTimestamp: '2026-01-01T10:00:00Z',
          },
          {
            card: '0f2b2d6a-6a02-4f57-9f0b-0d6e7f3f3b12',
            outcome: 'overridden',
            overrideReason: { reason: { code: 'jane-doe', system: 'https://ehr.example.org/reasons' } },
            outcomeTimestamp: '2026-01-01T10:00:00Z',
          },
        ],
      },
      json,
    );
    expect(status).toBe(200);
    expect(service.logged()).not.toContain('jane-doe');
    expect(service.logged()).toContain('"outcome":"overridden","reason":"not-wanted"');
    expect(service.logged()).not.toContain('family of');
  });
});

describe("the service's own store", () => {
  it('answers where the call names the service as its FHIR server', async () => {
    const own = [PATIENT, INFUSION, BAG, ...RECOVERED].map((one) => putEntry(one));
    await service.post('/fhir/R4', transaction(...own));
    const fhirServer = `${service.url}/fhir/R4`;
    const { body } = await ask(HCT, call({ fhirServer }));
    expect(body.cards[0].indicator).toBe('warning');
    expect(body.cards[0].links[0].url).toBe(`${service.url}/cohort/patients/${ID}/hct-history`);
    const partial = call({ fhirServer, prefetch: { patient: PATIENT } });
    expect((await ask(HCT, partial)).body.cards[0].indicator).toBe('warning');
    const context = { userId: 'Practitioner/p', patientId: 'nobody' };
    expect((await service.post(HCT, call({ fhirServer, context }), json)).status).toBe(412);
  });
});

describe('settings', () => {
  it('nobody may call where no client is registered and loopback is not open', async () => {
    const closed = await startTestService({ cdsOpen: false });
    try {
      const { status, headers } = await closed.post(HCT, call({ prefetch: prefetchOf([]) }), json);
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect((await closed.get('/cds-services')).status).toBe(200);
    } finally {
      await closed.stop();
    }
  });
});
