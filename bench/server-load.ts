/** Load on a FHIR service: Observations of many patients and codes, alone or a hundred in a transaction. */
import { Agent, request } from 'node:http';
import { EVERYDAY_TESTS, UCUM } from './everyday-tests.ts';

export interface Measured {
  readonly clients: number;
  /** Resources a second. */
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const PATIENTS = 500;
const IN_BUNDLE = 100;

export class ServerLoad {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #made = 0;
  #patients = 0;

  constructor(url: string) {
    this.#url = url;
  }

  async putPatients(): Promise<void> {
    const entry = Array.from({ length: PATIENTS }, (_, n) => ({
      resource: { resourceType: 'Patient', id: `bench-${n}`, birthDate: '2015-03-02' },
      request: { method: 'PUT', url: `Patient/bench-${n}` },
    }));
    await this.#transaction(entry);
  }

  single(clients: number, ms: number): Promise<Measured> {
    return this.#run(clients, within(ms), 1, () =>
      this.#send('POST', '/fhir/R4/Observation', JSON.stringify(this.#observation())),
    );
  }

  bundles(clients: number, ms: number): Promise<Measured> {
    return this.#run(clients, within(ms), IN_BUNDLE, () => {
      const entry = Array.from({ length: IN_BUNDLE }, () => ({
        resource: this.#observation(),
        request: { method: 'POST', url: 'Observation' },
      }));
      return this.#transaction(entry);
    });
  }

  #transaction(entry: readonly object[]): Promise<boolean> {
    return this.#send(
      'POST',
      '/fhir/R4',
      JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
    );
  }

  /** Resources of new patients that were stored. */
  get stored(): number {
    return this.#patients * IN_BUNDLE;
  }

  /** So many resources more, of patients that are new with each transaction. */
  newPatients(clients: number, resources: number): Promise<Measured> {
    const until = this.#patients + Math.max(0, Math.round(resources / IN_BUNDLE));
    return this.#run(
      clients,
      () => this.#patients < until,
      IN_BUNDLE,
      () => {
        this.#patients += 1;
        const id = `grown-${this.#patients}`;
        const patient = { resourceType: 'Patient', id, birthDate: '2015-03-02' };
        const entry = Array.from({ length: IN_BUNDLE - 1 }, () => ({
          resource: this.#observation(id),
          request: { method: 'POST', url: 'Observation' },
        }));
        return this.#transaction([
          { resource: patient, request: { method: 'PUT', url: `Patient/${id}` } },
          ...entry,
        ]);
      },
    );
  }

  /** Reads by id, so many a second offered by so many clients, each on its own clock. */
  reads(clients: number, perSecond: number, ms: number): Promise<Measured> {
    return this.#gets(
      clients,
      perSecond,
      ms,
      (client) => `/fhir/R4/Patient/bench-${(client * 7) % PATIENTS}`,
    );
  }

  /** The same of an answer that needs no database: what the machine itself does to every answer. */
  yardstick(clients: number, perSecond: number, ms: number): Promise<Measured> {
    return this.#gets(clients, perSecond, ms, () => '/health/live');
  }

  async #gets(
    clients: number,
    perSecond: number,
    ms: number,
    pathOf: (client: number) => string,
  ): Promise<Measured> {
    const gap = (1000 * clients) / perSecond;
    const started = performance.now();
    const runs = Array.from({ length: clients }, async (_, client) => {
      const times: number[] = [];
      for (let due = started + (gap * client) / clients; due < started + ms; due += gap) {
        const wait = due - performance.now();
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
        const began = performance.now();
        const isDone = await this.#send('GET', pathOf(client), undefined);
        if (isDone) times.push(performance.now() - began);
      }
      return times;
    });
    const times = (await Promise.all(runs)).flat();
    return summary(clients, times, times.length, performance.now() - started, 0);
  }

  async #run(
    clients: number,
    isMore: () => boolean,
    size: number,
    work: () => Promise<boolean>,
  ): Promise<Measured> {
    const started = performance.now();
    let failed = 0;
    const runs = Array.from({ length: clients }, async () => {
      const times: number[] = [];
      while (isMore()) {
        const began = performance.now();
        if (await work()) times.push(performance.now() - began);
        else failed += 1;
      }
      return times;
    });
    const times = (await Promise.all(runs)).flat();
    return summary(clients, times, times.length * size, performance.now() - started, failed);
  }

  #observation(patient = `bench-${((this.#made + 1) * 40_503) % PATIENTS}`): object {
    this.#made += 1;
    const n = this.#made;
    const [code, unit] = EVERYDAY_TESTS[n % EVERYDAY_TESTS.length] ?? ['718-7', 'g/dL'];
    const minute = String(n % 60).padStart(2, '0');
    return {
      resourceType: 'Observation',
      status: 'final',
      category: [
        {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
          ],
        },
      ],
      code: { coding: [{ system: 'http://loinc.org', code }] },
      subject: { reference: `Patient/${patient}` },
      effectiveDateTime: `2024-01-${String((n % 28) + 1).padStart(2, '0')}T10:${minute}:00Z`,
      valueQuantity: { value: (n % 500) / 10, system: UCUM, code: unit, unit },
    };
  }

  #send(method: string, path: string, body: string | undefined): Promise<boolean> {
    return new Promise((done) => {
      const headers =
        body === undefined
          ? {}
          : { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(body) };
      const sent = request(`${this.#url}${path}`, { method, agent: this.#agent, headers }, (answer) => {
        answer.resume();
        answer.once('end', () => done((answer.statusCode ?? 500) < 300));
      });
      sent.once('error', () => done(false));
      sent.end(body);
    });
  }
}

function within(ms: number): () => boolean {
  const started = performance.now();
  return () => performance.now() - started < ms;
}

function summary(clients: number, times: number[], count: number, ms: number, failed: number): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { clients, perSecond: (count / ms) * 1000, p50: at(0.5), p99: at(0.99), failed };
}
