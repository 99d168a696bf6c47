import { readConfig } from '../src/config.ts';

beforeEach(() => expect.hasAssertions());

it('has a default for everything', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8103,
    databaseUrl: undefined,
    dataFolder: './data',
    mappingsFolder: undefined,
    site: 'local',
    timeZone: undefined,
    maxBodyBytes: 33_554_432,
    logLevel: 'info',
    poolSize: 16,
    maxActive: 512,
    statementTimeoutMs: 60_000,
    cdsClientsFile: undefined,
    cdsOpen: true,
    validation: 'warn',
  });
});

it.each([
  ['1000', 1_000],
  ['64k', 65_536],
  ['1 MB', 1_048_576],
  ['2GiB', 2_147_483_648],
])('reads %s as a size', (text, bytes) => {
  expect(readConfig({ CARTOGRAPH_MAX_BODY: text }).maxBodyBytes).toBe(bytes);
});

it.each([
  ['CARTOGRAPH_PORT', '70000'],
  ['CARTOGRAPH_PORT', 'http'],
  ['CARTOGRAPH_MAX_BODY', 'much'],
  ['CARTOGRAPH_MAX_BODY', '0'],
  ['CARTOGRAPH_TIME_ZONE', 'Middle/Earth'],
  ['CARTOGRAPH_LOG_LEVEL', 'loud'],
  ['CARTOGRAPH_VALIDATION', 'strict'],
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

it.each(['0.0.0.0', '::', '192.168.1.2', 'example.org', '127.0.0.1.example.org', ''])(
  'refuses to listen on "%s"',
  (host) => {
    expect(() => readConfig({ CARTOGRAPH_HOST: host })).toThrow(
      expect.objectContaining({ code: 'bind-refused' }),
    );
  },
);
