import { readConfig, SETTINGS } from '../src/config.ts';
import { CartographError } from '../src/core/cartograph-error.ts';

beforeEach(() => expect.hasAssertions());

it('has a default for everything', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8103,
    databaseUrl: undefined,
    dataFolder: './data',
    mappingsFolder: undefined,
    parametersFile: undefined,
    site: 'local',
    timeZone: undefined,
    corsOrigins: [],
    publicOrigins: [],
    stopDelaySeconds: 0,
    maxBodyBytes: 33_554_432,
    logLevel: 'info',
    poolSize: 16,
    maxActive: 512,
    versionRetentionDays: 0,
    bulkJobs: 10,
    bulkKeepSeconds: 86_400,
    importFolders: [],
    importHosts: [],
    statementTimeoutMs: 60_000,
    cdsClientsFile: undefined,
    cdsOpen: true,
    validation: 'warn',
    otlpEndpoint: undefined,
    otlpTracesEndpoint: undefined,
    tracingDisabled: false,
  });
});

it.each([
  ['1000', 1_000],
  ['64k', 65_536],
  ['1 MB', 1_048_576],
  ['500MiB', 524_288_000],
])('reads %s as a size', (text, bytes) => {
  expect(readConfig({ CARTOGRAPH_MAX_BODY: text }).maxBodyBytes).toBe(bytes);
});

it.each([
  ['CARTOGRAPH_PORT', '70000'],
  ['CARTOGRAPH_PORT', 'http'],
  ['CARTOGRAPH_MAX_BODY', 'much'],
  ['CARTOGRAPH_MAX_BODY', '0'],
  ['CARTOGRAPH_MAX_BODY', '501 MB'],
  ['CARTOGRAPH_MAX_BODY', '2 GB'],
  ['CARTOGRAPH_SITE', ' '],
  ['CARTOGRAPH_PUBLIC_ORIGINS', 'fhir.example.org'],
  ['CARTOGRAPH_STOP_DELAY', '-1'],
  ['CARTOGRAPH_TIME_ZONE', 'Middle/Earth'],
  ['CARTOGRAPH_LOG_LEVEL', 'loud'],
  ['CARTOGRAPH_VALIDATION', 'strict'],
  ['CARTOGRAPH_CDS_OPEN', 'yes'],
  ['CARTOGRAPH_PORTS', '8103'],
  ['CARTOGRAPH_', ''],
  ['CARTOGRAPH_CORS_ORIGINS', '*'],
  ['CARTOGRAPH_CORS_ORIGINS', 'https://a.example/'],
  ['CARTOGRAPH_CORS_ORIGINS', 'https://a.example,b.example'],
  ['CARTOGRAPH_CORS_ORIGINS', 'null'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector'],
  ['DATABASE_URL', 'mysql://x'],
])('refuses %s=%s', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(
    expect.objectContaining({
      code: 'configuration-invalid',
      findings: [expect.objectContaining({ expression: name })],
    }),
  );
});

it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('listens on %s', (host) => {
  expect(readConfig({ CARTOGRAPH_HOST: host }).host).toBe(host);
});

it.each(['0.0.0.0', '::', '192.168.1.2', 'example.org', '127.0.0.1.example.org', ' '])(
  'refuses to listen on "%s"',
  (host) => {
    expect(() => readConfig({ CARTOGRAPH_HOST: host })).toThrow(
      expect.objectContaining({ code: 'bind-refused' }),
    );
  },
);

it('takes empty variables for none', () => {
  const empty = Object.fromEntries(Object.values(SETTINGS).map(({ name }) => [name, '']));
  expect(readConfig(empty)).toEqual(readConfig({}));
});

it('minds no variables of others, nor those of the tests', () => {
  expect(readConfig({ PATH: '/bin', CARTOGRAPH_SHARED: '/shared' })).toEqual(readConfig({}));
});

it('tells of every trouble at once, and never repeats a password', () => {
  const env = { CARTOGRAPH_PORT: 'x', CARTOGRAPH_PROT: '1', DATABASE_URL: 'mysql://u:secret@h/d' };
  const findings = findingsOf(env);
  expect(findings.map(({ expression }) => expression)).toEqual([
    'CARTOGRAPH_PROT',
    'CARTOGRAPH_PORT',
    'DATABASE_URL',
  ]);
  expect(JSON.stringify(findings)).not.toContain('secret');
});

function findingsOf(env: Readonly<Record<string, string>>) {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof CartographError) return error.findings;
    throw error;
  }
  return [];
}

it('reads origins', () => {
  const env = { CARTOGRAPH_CORS_ORIGINS: 'https://ehr.example.org, http://localhost:3000' };
  expect(readConfig(env).corsOrigins).toEqual(['https://ehr.example.org', 'http://localhost:3000']);
});
