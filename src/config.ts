/**
 * Settings from the environment: the one table of them. `docs/configuration.md` is generated from it. The only
 * reader of the environment is the caller that passes it in.
 */
import { isLoopback } from './auth/loopback.ts';
import { CartographError, rejection } from './core/cartograph-error.ts';
import { type Finding, quote } from './core/finding.ts';
import type { ValidationMode } from './ingest/refuse-invalid.ts';
import {
  anyText,
  httpUrl,
  listOf,
  oneOf,
  readSetting,
  type Setting,
  sizeInBytes,
  wholeNumber,
  yesOrNo,
} from './setup/setting.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const VALIDATION_MODES: readonly ValidationMode[] = ['reject', 'warn', 'off'];

const NETWORK = 'Where it listens';
const DATABASE = 'Database';
const CONTENT = 'What is stored, and how it is read';
const LOAD = 'Load';
const BULK = 'Bulk Data';
const CDS = 'CDS Hooks';
const OBSERVATION = 'Observation';

export const SETTINGS = {
  /** Loopback only, until authorization exists. */
  host: {
    name: 'CARTOGRAPH_HOST',
    section: NETWORK,
    meaning: 'Address to listen on. Any other than loopback is refused until callers can be authorized.',
    standard: '127.0.0.1',
    expected: '127.0.0.1 (or another of 127.0.0.0/8), ::1 or localhost',
    parse: readHost,
    fallback: '127.0.0.1',
  },
  port: wholeNumber(
    { name: 'CARTOGRAPH_PORT', section: NETWORK, meaning: 'Port to listen on; 0 lets the system choose.' },
    { from: 0, to: 65_535, standard: 8103 },
  ),
  /** Origins of pages that may call from a browser. */
  corsOrigins: listOf(
    {
      name: 'CARTOGRAPH_CORS_ORIGINS',
      section: NETWORK,
      meaning:
        'Origins of web pages that may call from a browser (CORS), parted by commas. Everybody (`*`) is no choice.',
    },
    'origins such as https://ehr.example.org, parted by commas',
    parseOrigin,
  ),
  /** Under which a gateway makes the service reachable; loopback is known without being named. */
  publicOrigins: listOf(
    {
      name: 'CARTOGRAPH_PUBLIC_ORIGINS',
      section: NETWORK,
      meaning:
        'Origins under which a gateway makes the service reachable, parted by commas. It has to pass `Host` on: requests for other hosts than these and loopback are answered 421, and links are written with the origin.',
    },
    'origins such as https://fhir.example.org, parted by commas',
    parseOrigin,
  ),
  /** External PostgreSQL; without it the embedded one is started in dataFolder. */
  databaseUrl: {
    name: 'DATABASE_URL',
    section: DATABASE,
    meaning: 'An external PostgreSQL, 15 or later. Without it the embedded one is started.',
    standard: 'none: embedded',
    expected: 'postgres://…',
    parse: (text) => (/^postgres(?:ql)?:\/\//.test(text) ? text : undefined),
    fallback: undefined,
    isSecret: true,
  } satisfies Setting<string | undefined>,
  dataFolder: anyText(
    { name: 'CARTOGRAPH_DATA', section: DATABASE, meaning: 'Folder of the embedded PostgreSQL.' },
    'a folder that the service may write to',
    './data',
  ),
  poolSize: wholeNumber(
    {
      name: 'CARTOGRAPH_POOL',
      section: DATABASE,
      meaning: 'Connections to the database that this instance opens at most.',
    },
    { from: 2, to: 500, standard: 16 },
  ),
  /** Milliseconds after which PostgreSQL gives up a statement; 0 for never. */
  statementTimeoutMs: wholeNumber(
    {
      name: 'CARTOGRAPH_STATEMENT_TIMEOUT',
      section: DATABASE,
      meaning:
        'Milliseconds after which a statement is given up and the request answered with 503; 0 for never.',
    },
    { from: 0, to: 86_400_000, standard: 60_000 },
  ),
  /** Site of resources whose meta.source names none. */
  site: {
    name: 'CARTOGRAPH_SITE',
    section: CONTENT,
    meaning: 'Site of resources whose `meta.source` names none.',
    standard: 'local',
    expected: 'the name of a site, without spaces around it',
    parse: (text) => (text.trim() === text ? text : undefined),
    fallback: 'local',
  } satisfies Setting<string>,
  /** Undefined for the one that comes with the service. */
  mappingsFolder: anyText(
    {
      name: 'CARTOGRAPH_MAPPINGS',
      section: CONTENT,
      meaning:
        'Folder of mapping knowledge and site overlays, instead of the one that comes with the service.',
    },
    'a folder',
  ),
  /** Undefined where every clinical parameter has its default. */
  parametersFile: anyText(
    {
      name: 'CARTOGRAPH_PARAMETERS',
      section: CONTENT,
      meaning: 'JSON file of clinical parameters (docs/parameters.md) that differ from their defaults.',
    },
    'a file',
  ),
  /** IANA name; undefined for that of the machine. */
  timeZone: {
    name: 'CARTOGRAPH_TIME_ZONE',
    section: CONTENT,
    meaning: 'Time zone of the service: it decides what "today" is.',
    standard: 'that of the machine',
    expected: 'an IANA time zone such as Europe/Brussels',
    parse: readTimeZone,
    fallback: undefined,
  } satisfies Setting<string | undefined>,
  /** What becomes of resources that are not valid. */
  validation: oneOf(
    {
      name: 'CARTOGRAPH_VALIDATION',
      section: CONTENT,
      meaning:
        'What is not valid: refuse it, store it and tell it among the findings (and to writes that prefer return=OperationOutcome), or do not look.',
    },
    VALIDATION_MODES,
    'warn',
  ),
  /** Days for which a version is kept after it was replaced; 0 for ever. */
  versionRetentionDays: wholeNumber(
    {
      name: 'CARTOGRAPH_VERSION_RETENTION',
      section: CONTENT,
      meaning:
        'Days for which a version stays after another has replaced it; 0 keeps all. What was known at an earlier instant can then no longer be asked.',
    },
    { from: 0, to: 36_500, standard: 0 },
  ),
  maxBodyBytes: sizeInBytes(
    {
      name: 'CARTOGRAPH_MAX_BODY',
      section: LOAD,
      meaning: 'Largest body of a request, after decompression.',
    },
    32,
  ),
  /** Requests in hand at one time; further ones are told to come again. */
  maxActive: wholeNumber(
    {
      name: 'CARTOGRAPH_MAX_ACTIVE',
      section: LOAD,
      meaning: 'Requests in hand at one time; further ones are answered 503 with `Retry-After`.',
    },
    { from: 1, to: 100_000, standard: 512 },
  ),
  /** Seconds between the signal to stop and the end of serving. */
  stopDelaySeconds: wholeNumber(
    {
      name: 'CARTOGRAPH_STOP_DELAY',
      section: LOAD,
      meaning:
        'Seconds for which the service, told to stop, still serves while `/health/ready` says 503, so that a balancer sends requests elsewhere first.',
    },
    { from: 0, to: 600, standard: 0 },
  ),
  /** Bulk jobs that wait or run at one time, over all instances. */
  bulkJobs: wholeNumber(
    {
      name: 'CARTOGRAPH_BULK_JOBS',
      section: BULK,
      meaning: 'Exports and imports that may wait or run at one time; further ones are answered 429.',
    },
    { from: 1, to: 1_000, standard: 10 },
  ),
  /** Seconds for which the files of a bulk job stay. */
  bulkKeepSeconds: wholeNumber(
    {
      name: 'CARTOGRAPH_BULK_KEEP',
      section: BULK,
      meaning: 'Seconds after its end for which a bulk job and its files stay.',
    },
    { from: 1, to: 2_592_000, standard: 86_400 },
  ),
  /** Folders below which `$import` may read. */
  importFolders: listOf(
    {
      name: 'CARTOGRAPH_IMPORT_FOLDERS',
      section: BULK,
      meaning: 'Folders below which `$import` may read, parted by commas; without one it reads no files.',
    },
    'folders, parted by commas',
    (text) => (text === '' ? undefined : text),
  ),
  /** Origins that `$import` may fetch from. */
  importHosts: listOf(
    {
      name: 'CARTOGRAPH_IMPORT_HOSTS',
      section: BULK,
      meaning: 'Origins that `$import` may fetch from, redirects included, parted by commas.',
    },
    'origins such as https://files.example.org, parted by commas',
    parseOrigin,
  ),
  /** JSON with the CDS clients that may call; undefined where none is registered. */
  cdsClientsFile: anyText(
    {
      name: 'CARTOGRAPH_CDS_CLIENTS',
      section: CDS,
      meaning: 'JSON file of the EHRs that may call CDS Hooks.',
    },
    'a file',
  ),
  /** Whether, without registered clients, everybody on loopback may call the CDS services. */
  cdsOpen: yesOrNo(
    {
      name: 'CARTOGRAPH_CDS_OPEN',
      section: CDS,
      meaning: 'Whether everybody on loopback may call CDS Hooks where no file names clients.',
    },
    true,
  ),
  /** Base of the collector's addresses. */
  otlpEndpoint: httpUrl({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    section: OBSERVATION,
    meaning:
      'Collector of traces by OTLP over HTTP; they go to `/v1/traces` there. Without one there are none.',
  }),
  /** The whole address for traces. */
  otlpTracesEndpoint: httpUrl({
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    section: OBSERVATION,
    meaning: 'The same for traces alone, path included; it wins.',
  }),
  tracingDisabled: yesOrNo(
    { name: 'OTEL_SDK_DISABLED', section: OBSERVATION, meaning: 'No traces, whatever else is set.' },
    false,
  ),
  logLevel: oneOf(
    {
      name: 'CARTOGRAPH_LOG_LEVEL',
      section: OBSERVATION,
      meaning: 'From which level on the log, NDJSON on standard output, is written.',
    },
    LOG_LEVELS,
    'info',
  ),
} as const;

type Settings = typeof SETTINGS;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type Config = {
  readonly [K in keyof Settings]: Settings[K] extends Setting<infer T> ? T : never;
};

/** Read by this repository's own tests and benchmarks; the service does not mind them. */
const OF_THE_REPOSITORY: ReadonlySet<string> = new Set([
  'CARTOGRAPH_SHARED',
  'CARTOGRAPH_WHOLE_SUITE',
  'CARTOGRAPH_WRITE_GOLDEN',
  'CARTOGRAPH_INTERACTIONS',
]);

const PREFIX = 'CARTOGRAPH_';

/**
 * Throws one rejection for all settings that are not what they may be, with `configuration-invalid` for each, or for
 * an unknown name with our prefix; `bind-refused` for an address that is not loopback.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const findings: Finding[] = unknownVariables(env);
  const config: Partial<Record<keyof Config, unknown>> = {};
  for (const [key, setting] of Object.entries(SETTINGS)) {
    try {
      config[key as keyof Config] = readSetting(setting as Setting<unknown>, env);
    } catch (error) {
      if (!(error instanceof CartographError)) throw error;
      findings.push(...error.findings);
    }
  }
  const [first, ...rest] = findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
  return config as Mutable<Config>;
}

/** A misspelt setting would otherwise be a setting that silently does nothing. */
function unknownVariables(env: Readonly<Record<string, string | undefined>>): Finding[] {
  const known: ReadonlySet<string> = new Set(Object.values(SETTINGS).map(({ name }) => name));
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.has(name) && !OF_THE_REPOSITORY.has(name))
    .map((name): Finding => {
      const expected = 'a name of docs/configuration.md';
      const found = 'an unknown setting';
      return {
        code: 'configuration-invalid',
        severity: 'error',
        message: `${quote(name)}: found ${found}, expected ${expected}`,
        expression: name,
        found,
        expected,
      };
    });
}

/** The address if it is loopback: 127.0.0.0/8, ::1 or localhost. Throws `bind-refused`. */
export function readHost(host: string): string {
  if (isLoopback(host)) return host;
  throw rejection('bind-refused', 'The service listens on loopback only', {
    expression: 'CARTOGRAPH_HOST',
    found: quote(host),
    expected: '127.0.0.1, ::1 or localhost',
  });
}

/** As browsers write it: scheme, host and port, nothing behind. */
function parseOrigin(text: string): string | undefined {
  if (!/^https?:\/\//.test(text)) return undefined;
  return URL.parse(text)?.origin === text ? text : undefined;
}

function readTimeZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
