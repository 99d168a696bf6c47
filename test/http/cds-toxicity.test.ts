/** The toxicity service of CDS Hooks over HTTP, on the data of the call. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays } from '../../src/core/partial-date.ts';
import { CS, infusion, patient } from '../support/bundles.ts';
import { isHookResponse } from '../support/cds-hooks-schemas.ts';
import { startTestService, type TestService } from '../support/service.ts';

const ID = 'tox-1';
const TODAY = '2025-03-10';
/** The calls are made four days after the infusion. */
const day = (number: number, since = 4) => addDays(TODAY, number - since);
const VIEW = '/cds-services/early-toxicity-patient-view';
const SELECT = '/cds-services/early-toxicity-order-select';

let count = 0;
const observation = (code: string, date: string, value: object) => {
  count += 1;
  return {
    resourceType: 'Observation',
    id: `o${count}`,
    status: 'final',
    code: { coding: [{ system: `${CS}cartograph-observation`, code }] },
    subject: { reference: `Patient/${ID}` },
    effectiveDateTime: date,
    ...value,
  };
};
const percent = (value: number) => ({
  valueQuantity: { value, system: 'http://unitsofmeasure.org', code: '%' },
});
const temperature = (date: string, value: number) =>
  observation('temperature', date, {
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code: 'Cel' },
  });
/** All that a grade of CRS looks at: no hypotension, room air. */
const charted = (date: string, celsius: number) => [
  temperature(date, celsius),
  observation('hypotension', date, { valueBoolean: false }),
  observation('oxygen-support', date, {
    valueCodeableConcept: { coding: [{ system: `${CS}cartograph-oxygen-device`, code: 'none' }] },
  }),
];
const blasts = (value: number, since = 4) => ({
  ...observation('x', day(-10, since), percent(value)),
  code: { coding: [{ system: 'http://loinc.org', code: '11150-0' }] },
});
const said = (code: string, valueBoolean: boolean) => observation(code, day(-20), { valueBoolean });
const HISTORY = ['seizure-history', 'pres-history', 'other-neurological-history', 'abnormal-neuro-imaging'];
const noHistory = () => HISTORY.map((code) => said(code, false));
const drug = (atc: string, date: string) => ({
  resourceType: 'MedicationAdministration',
  id: `m-${atc}`,
  status: 'completed',
  medicationCodeableConcept: { coding: [{ system: 'http://www.whocc.no/atc', code: atc }] },
  subject: { reference: `Patient/${ID}` },
  effectiveDateTime: date,
});

const searchset = (resources: readonly object[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
});

interface Sent {
  readonly observations: readonly object[];
  readonly administrations?: readonly object[];
  readonly since?: number;
}

const prefetchOf = ({ observations, administrations = [], since = 4 }: Sent) => ({
  patient: patient(ID),
  conditions: null,
  procedures: searchset([infusion('inf', ID, day(0, since))]),
  observations: searchset(observations),
  administrations: administrations.length === 0 ? null : searchset(administrations),
  statements: null,
});

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, () => new Date(`${TODAY}T12:00:00Z`));
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const ask = async (path: string, more: object, of = service) => {
  const call = {
    hook: path === VIEW ? 'patient-view' : 'order-select',
    hookInstance: '0f2b2d6a-6a02-4f57-9f0b-0d6e7f3f3b11',
    context: { userId: 'Practitioner/p', patientId: ID },
    ...more,
  };
  const { status, body } = await of.post(path, call, { 'content-type': 'application/json' });
  expect(status).toBe(200);
  expect(isHookResponse(body)).toBe(true);
  return body.cards as readonly {
    readonly summary: string;
    readonly detail: string;
    readonly indicator: string;
    readonly source: { readonly label: string };
    readonly links: readonly { readonly url: string }[];
    readonly overrideReasons: readonly unknown[];
    readonly suggestions?: unknown;
  }[];
};
const view = async (sent: Sent, of = service) => ask(VIEW, { prefetch: prefetchOf(sent) }, of);
const summaries = async (sent: Sent) => (await view(sent)).map(({ summary }) => summary);

describe('early tocilizumab', () => {
  it('may be considered at grade 1 with a factor; what is not known is named, and nothing is ordered', async () => {
    const [card, ...others] = await view({
      observations: [...charted(TODAY, 38.6), blasts(40), ...noHistory()],
    });
    expect(others).toEqual([]);
    expect(card).toMatchObject({
      summary:
        'After CAR-T. Early tocilizumab may be considered: CRS grade 1 at present, high burden before lymphodepletion.',
      indicator: 'warning',
      source: { label: 'Cartograph, PROPH_EARLY_TOCI version 1' },
    });
    expect(card?.detail).toContain(
      'Not known, each of which may speak for it: cardiac comorbidity, pulmonary comorbidity.',
    );
    expect(card?.detail).toContain('- high burden before lymphodepletion: yes, 40 %, threshold &gt; 5 %');
    expect(card?.detail).toContain('recommends no treatment');
    expect(card?.links.map(({ url }) => url)).toEqual([`${CS}cartograph-result-definition`]);
    expect(card?.overrideReasons.length).toBeGreaterThan(2);
    expect(card?.suggestions).toBeUndefined();
  });

  const known = (value: number) => [
    blasts(value),
    said('cardiac-comorbidity', false),
    said('pulmonary-comorbidity', false),
    ...noHistory(),
  ];

  it.each<readonly [string, readonly object[], readonly string[]]>([
    ['afebrile', [...charted(TODAY, 37), ...known(40)], []],
    ['a burden of 5 %, nothing else', [...charted(TODAY, 38.6), ...known(5)], []],
    ['fever of another day', [...charted(day(1), 38.6), ...known(40)], []],
    ['no grade at all', known(40), []],
    [
      'grade 1, nothing of the factors known',
      [...charted(TODAY, 38.6), ...noHistory()],
      [
        'After CAR-T. Early tocilizumab cannot be weighed. Not known: high burden before lymphodepletion, cardiac comorbidity, pulmonary…',
      ],
    ],
    [
      'fever alone charted',
      [temperature(TODAY, 38.6), ...known(40)],
      ['After CAR-T. Early tocilizumab cannot be weighed. Not known: CRS grade 1 at present.'],
    ],
  ])('%s', async (_, observations, expected) => {
    expect(await summaries({ observations })).toEqual(expected);
  });

  it('is silent once it was given', async () => {
    const observations = [...charted(TODAY, 38.6), ...known(40)];
    const administrations = [drug('L04AC07', day(3))];
    expect(await summaries({ observations, administrations })).toEqual([]);
  });
});

describe('seizure prophylaxis', () => {
  it.each<readonly [string, readonly object[], readonly string[]]>([
    [
      'a history of seizures',
      [said('seizure-history', true)],
      ['After CAR-T. Seizure prophylaxis may be considered: history of seizures.'],
    ],
    [
      'one of four not known',
      noHistory().slice(1),
      ['After CAR-T. Seizure prophylaxis cannot be weighed. Not known: history of seizures.'],
    ],
    ['nothing in the history', noHistory(), []],
  ])('%s', async (_, observations, expected) => {
    expect(await summaries({ observations })).toEqual(expected);
  });

  it.each([
    [28, 1],
    [29, 0],
  ])('%i days after the infusion: %i cards', async (since, cards) => {
    expect(await summaries({ observations: [said('seizure-history', true)], since })).toHaveLength(cards);
  });

  it('is silent once levetiracetam is given', async () => {
    const observations = [said('seizure-history', true)];
    expect(await summaries({ observations, administrations: [drug('N03AX14', day(1))] })).toEqual([]);
  });
});

describe('who is not asked about', () => {
  it('nobody without CAR-T, and no one who has died', async () => {
    const observations = [said('seizure-history', true)];
    expect(await ask(VIEW, { prefetch: { ...prefetchOf({ observations }), procedures: null } })).toEqual([]);
    const dead = { ...patient(ID), deceasedDateTime: TODAY };
    expect(await ask(VIEW, { prefetch: { ...prefetchOf({ observations }), patient: dead } })).toEqual([]);
  });
});

describe('order-select', () => {
  const order = (id: string, medication: object) => ({
    resourceType: 'MedicationRequest',
    id,
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${ID}` },
    ...medication,
  });
  const code = (atc: string) => ({ coding: [{ system: 'http://www.whocc.no/atc', code: atc }] });
  const tocilizumab = order('toci', { medicationCodeableConcept: code('L04AC07') });
  const levetiracetam = order('lev', {
    contained: [{ resourceType: 'Medication', id: 'm', code: code('N03AX14') }],
    medicationReference: { reference: '#m' },
  });
  const select = async (selected: string, sent: Sent) =>
    (
      await ask(SELECT, {
        context: {
          userId: 'Practitioner/p',
          patientId: ID,
          selections: [`MedicationRequest/${selected}`],
          draftOrders: { ...searchset([tocilizumab, levetiracetam]), type: 'collection' },
        },
        prefetch: prefetchOf(sent),
      })
    ).map(({ source: { label }, detail }) => [label, /Tocilizumab was already given/.test(detail)]);

  it('answers the order of the drug, also where much is not known', async () => {
    expect(await select('toci', { observations: [] })).toEqual([
      ['Cartograph, PROPH_EARLY_TOCI version 1', false],
    ]);
    expect(await select('lev', { observations: [] })).toEqual([
      ['Cartograph, PROPH_SEIZURE version 1', false],
    ]);
  });

  it('says that it was given before', async () => {
    const observations = [...charted(TODAY, 38.6), blasts(40)];
    const administrations = [drug('L04AC07', day(3))];
    expect(await select('toci', { observations, administrations })).toEqual([
      ['Cartograph, PROPH_EARLY_TOCI version 1', true],
    ]);
  });

  it('has nothing to say where the factors are known to be absent', async () => {
    expect(await select('lev', { observations: noHistory() })).toEqual([]);
  });
});

describe('parameters of the settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cds-parameters-'));
  const parametersFile = join(folder, 'parameters.json');
  writeFileSync(
    parametersFile,
    JSON.stringify({
      feverFromCelsius: 39,
      earlyOnsetHours: 48,
      icansAutomaticToDay: 3,
      earlyTocilizumabBurden: 'GT25',
    }),
  );
  let configured: TestService;
  beforeAll(async () => {
    configured = await startTestService({ parametersFile }, () => new Date(`${TODAY}T12:00:00Z`));
  });
  afterAll(async () => {
    await configured.stop();
    rmSync(folder, { recursive: true });
  });

  const factors = (percentOfBlasts: number) => [
    blasts(percentOfBlasts),
    said('cardiac-comorbidity', false),
    said('pulmonary-comorbidity', false),
    ...noHistory(),
  ];

  it.each<readonly [string, readonly object[], number, number]>([
    ['fever as it is usually read', [...charted(TODAY, 38.6), ...factors(40)], 1, 0],
    ['a burden as it is usually read', [...charted(TODAY, 39.2), ...factors(20)], 1, 0],
    ['fever and burden by both readings', [...charted(TODAY, 39.2), ...factors(40)], 1, 1],
    ['the first days of seizures over', [said('seizure-history', true)], 1, 0],
  ])('%s', async (_, observations, usually, here) => {
    expect(await view({ observations })).toHaveLength(usually);
    expect(await view({ observations }, configured)).toHaveLength(here);
  });

  it('stand in the card, and its words follow them', async () => {
    const observations = [...charted(TODAY, 39.2), ...factors(40)];
    const [card] = await view({ observations }, configured);
    expect(card?.detail).toContain(
      'at their default: feverFromCelsius=39, earlyOnsetHours=48, earlyTocilizumabBurden=GT25.',
    );
    expect(card?.detail).toContain('- CRS within 48 hours of the infusion: no');
    const [usual] = await view({ observations });
    expect(usual?.detail).not.toContain('default');
    expect(usual?.detail).toContain('- CRS within 24 hours of the infusion: no');
    const [seizure] = await view({ observations: [said('seizure-history', true)], since: 3 }, configured);
    expect(seizure?.detail).toContain('at their default: icansAutomaticToDay=3.');
  });
});
