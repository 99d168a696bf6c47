/** Why a database cannot be used, and what somebody can do about it. */
import { type CartographError, rejection } from '../core/cartograph-error.ts';
import type { Queryable } from './database.ts';
import { causeCode } from './unavailable.ts';

/** PostgreSQL, 15 or later. */
const OLDEST_VERSION = 150_000;

interface Trouble {
  readonly found: string;
  readonly expected: string;
}

/** It is away: the settings may be right, and another try may do. By code of the socket or of PostgreSQL. */
const AWAY: Readonly<Record<string, Trouble>> = {
  ECONNREFUSED: {
    found: 'nobody listens there',
    expected: 'PostgreSQL running at the host and port of DATABASE_URL',
  },
  ENOTFOUND: { found: 'a host that has no address', expected: 'the name of a host in DATABASE_URL' },
  EAI_AGAIN: {
    found: 'no answer to the question for the address of the host',
    expected: 'a working name service',
  },
  ETIMEDOUT: { found: 'no answer', expected: 'a host in DATABASE_URL that can be reached from here' },
  '53100': { found: 'a full disk', expected: 'room on the disk of PostgreSQL' },
  '53300': {
    found: 'too many connections',
    expected:
      'max_connections above CARTOGRAPH_POOL times the number of instances, or a smaller CARTOGRAPH_POOL',
  },
  '57P03': {
    found: 'PostgreSQL that is starting up or shutting down',
    expected: 'PostgreSQL that takes connections',
  },
};

const READ_ONLY: Trouble = {
  found: 'a database that is read-only',
  expected: 'a database that can be written to: the primary, default_transaction_read_only off',
};

/** It is there and will not do, however often it is tried. */
const UNFIT: Readonly<Record<string, Trouble>> = {
  '28P01': { found: 'user or password refused', expected: 'a user and its password in DATABASE_URL' },
  '28000': { found: 'the user refused', expected: 'a user that pg_hba.conf of PostgreSQL lets in from here' },
  '3D000': {
    found: 'no database of that name',
    expected: 'a database made before: createdb NAME, encoding UTF8',
  },
  '42501': {
    found: 'a user who may not do this',
    expected: 'a user who may make schemas and tables: alter database NAME owner to USER',
  },
  '25006': READ_ONLY,
};

const NO_ANSWER = /timeout exceeded when trying to connect/;

/** At the start, where an operator reads along: the same, told with what can be done; what is nothing of the kind comes back as it was. */
export function explainUnusable(error: unknown): unknown {
  const code = causeCode(causeOf(error)) || causeCode(error);
  const away = AWAY[code] ?? (NO_ANSWER.test(String(causeOf(error))) ? AWAY['ETIMEDOUT'] : undefined);
  if (away !== undefined)
    return rejection('service-busy', 'The database cannot be reached', { ...away, cause: error });
  const unfit = UNFIT[code];
  return unfit === undefined ? error : unusable(unfit, error);
}

interface Nature {
  readonly number: number;
  readonly version: string;
  readonly encoding: string;
  readonly readOnly: string;
}

/**
 * Throws `configuration-invalid` for a PostgreSQL that is too old, that does not store every character, or that may only
 * be read.
 */
export async function refuseUnfit(db: Queryable): Promise<void> {
  const [row] = await db.query<Nature>(
    `select current_setting('server_version_num')::integer as number, current_setting('server_version') as version,
            current_setting('server_encoding') as encoding, current_setting('transaction_read_only') as "readOnly"`,
  );
  if (row === undefined) return;
  const { number, version, encoding, readOnly } = row;
  if (readOnly === 'on') throw unusable(READ_ONLY);
  if (number < OLDEST_VERSION) throw unusable({ found: `PostgreSQL ${version}`, expected: '15 or later' });
  if (encoding !== 'UTF8')
    throw unusable({ found: `encoding ${encoding}`, expected: 'a database of encoding UTF8' });
}

function unusable(trouble: Trouble, cause?: unknown): CartographError {
  return rejection('configuration-invalid', 'The database of DATABASE_URL cannot be used', {
    expression: 'DATABASE_URL',
    ...trouble,
    ...(cause === undefined ? {} : { cause }),
  });
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
