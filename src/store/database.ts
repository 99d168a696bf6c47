/** The one door to PostgreSQL: parameterised queries, transactions that are repeated when they collide. */
import pg from 'pg';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { causeCode, unavailable } from './unavailable.ts';

type Row = Readonly<Record<string, unknown>>;

const PREPARED = new Map<string, string>();

/**
 * The statement, to be parsed and planned once a connection. Only for what scans no table: a plan made while a table
 * is small would be kept while it grows.
 */
export function prepared(sql: string): string {
  PREPARED.set(sql, `cartograph_${PREPARED.size}`);
  return sql;
}

export interface Queryable {
  query<R = Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly R[]>;
}

/** Connections of the pool, and callers that wait for one. */
export interface Connections {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

export interface Database extends Queryable {
  /** All or nothing. Repeated where PostgreSQL says that concurrent transactions collided. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** One connection for several statements, such as a session lock around a transaction. Repeated likewise. */
  session<T>(work: (session: Queryable) => Promise<T>): Promise<T>;
  connections(): Connections;
  end(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  /** A statement that takes longer is given up, as `service-busy`; 0 or nothing for never. */
  readonly statementTimeoutMs?: number;
}

const ATTEMPTS = 8;
/** serialization_failure, deadlock_detected. */
const COLLISIONS = new Set(['40001', '40P01']);
/** A text with U+0000. Resources are searched for it before; so it came with a parameter. */
const UNSTORABLE = '22021';
/**
 * Connection exceptions, insufficient resources, operator intervention, a standby that may only be read; and what the
 * socket says.
 */
const UNAVAILABLE = /^(?:08|53|57|25006)|^E(?:CONN|PIPE|HOSTUNREACH|TIMEDOUT|NOTFOUND|AI_AGAIN)/;
const LOST =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|after calling end on the pool/;

/** Opens a pool; it connects when first used. Every failure to reach PostgreSQL is a `service-busy` rejection. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    // To connect takes longer than to read: a few stay open however quiet it is.
    min: Math.min(4, options.poolSize),
    statement_timeout: options.statementTimeoutMs ?? 0,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: 'cartograph',
  });
  pool.on('error', () => undefined);
  return {
    query: (sql, parameters) => translated(() => rowsOf(pool, sql, parameters)),
    session: (work) =>
      translated(() => repeated(() => withClient(pool, (client) => work(queryable(client))))),
    transaction: (work) =>
      translated(() => repeated(() => withClient(pool, (client) => inTransaction(client, work)))),
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    end: () => pool.end(),
  };
}

async function rowsOf<R>(
  target: pg.Pool | pg.PoolClient,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly R[]> {
  const name = PREPARED.get(sql);
  const result = await target.query({
    text: sql,
    values: [...parameters],
    ...(name === undefined ? {} : { name }),
  });
  // Several statements in one text, which only ones without parameters may be, have a result each.
  const results: readonly pg.QueryResult[] = Array.isArray(result) ? result : [result];
  return results.length === 1 ? (results[0]?.rows as R[]) : results.flatMap(({ rows }) => rows as R[]);
}

function queryable(client: pg.PoolClient): Queryable {
  return { query: (sql, parameters) => rowsOf(client, sql, parameters) };
}

/** A connection on which something failed is not used again: nobody knows its state. */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const ignore = (): void => undefined;
  client.on('error', ignore);
  let failed = true;
  try {
    const result = await work(client);
    failed = false;
    return result;
  } catch (error) {
    failed = !(error instanceof CartographError);
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(failed);
  }
}

async function inTransaction<T>(client: pg.PoolClient, work: (tx: Queryable) => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work(queryable(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !COLLISIONS.has(causeCode(error))) throw error;
    }
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof CartographError) throw cause;
    if (causeCode(cause) === UNSTORABLE) throw unstorable(cause);
    const message = cause instanceof Error ? cause.message : '';
    if (!UNAVAILABLE.test(causeCode(cause)) && !LOST.test(message) && !COLLISIONS.has(causeCode(cause)))
      throw cause;
    throw unavailable(cause);
  }
}

/** PostgreSQL could not read a value as its type, or the value is beyond what the type holds. */
export function isDataException(error: unknown): boolean {
  return causeCode(error).startsWith('22');
}

function unstorable(cause: unknown): CartographError {
  return rejection('parameter-invalid', 'A parameter holds U+0000', {
    found: 'U+0000',
    expected: 'text without it',
    cause,
  });
}

/** Thrown by work that met what a concurrent transaction did: the transaction is repeated. */
export class Collision extends Error {
  readonly code = '40001';
}
