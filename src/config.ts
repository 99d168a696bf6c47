/** Settings from the environment; the only reader of it is the caller that passes it in. */
import { rejection } from './core/cartograph-error.ts';
import { quote } from './core/finding.ts';
import type { ValidationMode } from './ingest/refuse-invalid.ts';

export interface Config {
  /** Loopback only, until authorization exists. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** External PostgreSQL; without it the embedded one is started in dataFolder. */
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  /** Undefined for the one that comes with the service. */
  readonly mappingsFolder: string | undefined;
  /** Site of resources whose meta.source names none. */
  readonly site: string;
  /** IANA name; undefined for that of the machine. */
  readonly timeZone: string | undefined;
  readonly maxBodyBytes: number;
  readonly logLevel: string;
  readonly poolSize: number;
  /** Requests in hand at one time; further ones are told to come again. */
  readonly maxActive: number;
  /** Milliseconds after which PostgreSQL gives up a statement; 0 for never. */
  readonly statementTimeoutMs: number;
  /** JSON with the CDS clients that may call; undefined where none is registered. */
  readonly cdsClientsFile: string | undefined;
  /** Whether, without registered clients, everybody on loopback may call the CDS services. */
  readonly cdsOpen: boolean;
  /** What becomes of resources that are not valid. */
  readonly validation: ValidationMode;
}

const MEGABYTE = 1024 * 1024;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Throws `configuration-invalid` naming the setting, `bind-refused` for an address that is not loopback. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  return {
    host: readHost(env['CARTOGRAPH_HOST'] ?? '127.0.0.1'),
    port: readNumber('CARTOGRAPH_PORT', env['CARTOGRAPH_PORT'], 8103, 0, 65_535),
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    dataFolder: env['CARTOGRAPH_DATA'] || './data',
    mappingsFolder: env['CARTOGRAPH_MAPPINGS'] || undefined,
    site: env['CARTOGRAPH_SITE'] || 'local',
    timeZone: readTimeZone(env['CARTOGRAPH_TIME_ZONE']),
    maxBodyBytes: readBytes('CARTOGRAPH_MAX_BODY', env['CARTOGRAPH_MAX_BODY']),
    logLevel: readLogLevel(env['CARTOGRAPH_LOG_LEVEL']),
    poolSize: readNumber('CARTOGRAPH_POOL', env['CARTOGRAPH_POOL'], 16, 2, 500),
    maxActive: readNumber('CARTOGRAPH_MAX_ACTIVE', env['CARTOGRAPH_MAX_ACTIVE'], 512, 1, 100_000),
    statementTimeoutMs: readNumber(
      'CARTOGRAPH_STATEMENT_TIMEOUT',
      env['CARTOGRAPH_STATEMENT_TIMEOUT'],
      60_000,
      0,
      86_400_000,
    ),
    cdsClientsFile: env['CARTOGRAPH_CDS_CLIENTS'] || undefined,
    cdsOpen: readSwitch('CARTOGRAPH_CDS_OPEN', env['CARTOGRAPH_CDS_OPEN'], true),
    validation: readValidation(env['CARTOGRAPH_VALIDATION']),
  };
}

/** The address if it is loopback: 127.0.0.0/8, ::1 or localhost. Throws `bind-refused`. */
export function readHost(host: string): string {
  if (/^127(?:\.\d{1,3}){3}$/.test(host) || host === '::1' || host === 'localhost') return host;
  throw rejection('bind-refused', 'The service listens on loopback only', {
    expression: 'CARTOGRAPH_HOST',
    found: quote(host),
    expected: '127.0.0.1, ::1 or localhost',
  });
}

function readNumber(
  name: string,
  text: string | undefined,
  standard: number,
  from: number,
  to: number,
): number {
  if (text === undefined || text === '') return standard;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= from && value <= to) return value;
  throw invalid(name, text, `a whole number from ${from} to ${to}`);
}

function readSwitch(name: string, text: string | undefined, standard: boolean): boolean {
  if (text === undefined || text === '') return standard;
  if (text === 'true' || text === 'false') return text === 'true';
  throw invalid(name, text, 'true or false');
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: MEGABYTE, g: 1024 * MEGABYTE };

function readBytes(name: string, text: string | undefined): number {
  if (text === undefined || text === '') return 32 * MEGABYTE;
  const [, digits = '', unit = ''] = /^([1-9]\d{0,11})\s*([kmg]?)(?:i?b)?$/i.exec(text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (digits === '' || factor === undefined) throw invalid(name, text, 'bytes, such as 33554432 or 32 MB');
  return Number(digits) * factor;
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  // The text is not quoted: it holds a password.
  if (!/^postgres(?:ql)?:\/\//.test(text)) throw invalid('DATABASE_URL', 'another form', 'postgres://…');
  return text;
}

function readTimeZone(name: string | undefined): string | undefined {
  if (name === undefined || name === '') return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw invalid('CARTOGRAPH_TIME_ZONE', name, 'an IANA time zone such as Europe/Brussels');
  }
}

function readValidation(mode: string | undefined): ValidationMode {
  if (mode === undefined || mode === '') return 'warn';
  if (mode === 'reject' || mode === 'warn' || mode === 'off') return mode;
  throw invalid('CARTOGRAPH_VALIDATION', mode, 'reject, warn or off');
}

function readLogLevel(level: string | undefined): string {
  if (level === undefined || level === '') return 'info';
  if (LOG_LEVELS.includes(level)) return level;
  throw invalid('CARTOGRAPH_LOG_LEVEL', level, LOG_LEVELS.join(', '));
}

function invalid(name: string, found: string, expected: string): Error {
  return rejection('configuration-invalid', `${name}: found ${quote(found)}, expected ${expected}`, {
    expression: name,
    found: quote(found),
    expected,
  });
}
