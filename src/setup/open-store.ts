/** The database that the settings name: an external one, or the embedded one in the data folder. */
import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../store/database.ts';
import {
  type EmbeddedPostgres,
  joinEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../store/embedded-postgres.ts';
import { migrate } from '../store/migrate.ts';
import { withPatience } from '../store/with-patience.ts';

export interface Store {
  readonly database: Database;
  /** Where it connects to. */
  readonly url: string;
  close(): Promise<void>;
}

const PATIENCE_MS = 5_000;

/** Throws `service-busy` where a service runs the embedded one already. */
export async function openStore(config: Config): Promise<Store> {
  const { databaseUrl, dataFolder } = config;
  return openOn(config, databaseUrl === undefined ? await startEmbeddedPostgres(dataFolder) : undefined);
}

/** For commands: where a service runs the embedded one, beside it. */
export async function openStoreBeside(config: Config): Promise<Store> {
  const { databaseUrl, dataFolder } = config;
  const joined = databaseUrl === undefined ? await joinEmbeddedPostgres(dataFolder) : undefined;
  return joined === undefined ? openStore(config) : openOn(config, joined);
}

function openOn(
  { databaseUrl, poolSize, statementTimeoutMs }: Config,
  embedded: EmbeddedPostgres | undefined,
): Store {
  const url = databaseUrl ?? embedded?.url ?? '';
  const database = openDatabase({ url, poolSize, statementTimeoutMs });
  return {
    database,
    url,
    close: async () => {
      // Who still holds a connection then has been given up; PostgreSQL undoes what is not committed.
      await withPatience(database.end(), PATIENCE_MS).catch(() => undefined);
      await embedded?.stop();
    },
  };
}

/**
 * Opens the database in its newest schema for one piece of work, beside a running service if need be, and closes it
 * whatever comes of it.
 */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreBeside(config);
  try {
    await migrate(store.database);
    return await work(store);
  } finally {
    await store.close();
  }
}
