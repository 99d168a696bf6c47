/** A real service on a real PostgreSQL, spoken to over HTTP. */
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { type RunningService, startService } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Surroundings } from '../../src/setup/surroundings.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the bodies of answers are looked into freely
  readonly body: any;
}

export interface TestService {
  readonly url: string;
  readonly databaseUrl: string;
  /** Everything that was logged, as text. */
  logged(): string;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  put(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  send(path: string, init: RequestInit): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startTestService(
  overrides: Partial<Config> = {},
  now: () => Date = () => new Date(),
): Promise<TestService> {
  const database = await createTestDatabase();
  const lines: string[] = [];
  const log = pino(
    { base: null },
    new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  const config = { ...readConfig({}), port: 0, databaseUrl: database.url, timeZone: 'UTC', ...overrides };
  const service = await startOrDrop(config, { log, now, newId: randomUUID }, database);
  const send = (path: string, init: RequestInit): Promise<Answer> => ask(`${service.url}${path}`, init);
  const withBody =
    (method: string) =>
    (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
      send(path, {
        method,
        headers: { 'content-type': 'application/fhir+json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
  return {
    url: service.url,
    databaseUrl: database.url,
    logged: () => lines.join(''),
    get: (path) => send(path, {}),
    post: withBody('POST'),
    put: withBody('PUT'),
    send,
    stop: async () => {
      await service.stop();
      await database.drop();
    },
  };
}

/** Another instance on the database of a service. */
export function startServiceOn(
  databaseUrl: string,
  overrides: Partial<Config> = {},
): Promise<RunningService> {
  const config = { ...readConfig({}), port: 0, databaseUrl, timeZone: 'UTC', ...overrides };
  const log = pino({ level: 'silent' });
  return startService(config, { log, now: () => new Date(), newId: randomUUID });
}

/** A service that does not start must not leave its PostgreSQL behind: the test run would never end. */
async function startOrDrop(
  config: Config,
  surroundings: Surroundings,
  database: TestDatabase,
): Promise<RunningService> {
  try {
    return await startService(config, surroundings);
  } catch (error) {
    await database.drop();
    throw error;
  }
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
}
