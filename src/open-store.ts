/** The database that the settings name: an external one, or the embedded one in the data folder. */
import type { Config } from './config.ts';
import { type Database, openDatabase } from './store/database.ts';
import { startEmbeddedPostgres } from './store/embedded-postgres.ts';
import { migrate } from './store/migrate.ts';

export interface Store {
  readonly database: Database;
  close(): Promise<void>;
}

export async function openStore({
  databaseUrl,
  dataFolder,
  poolSize,
  statementTimeoutMs,
}: Config): Promise<Store> {
  const embedded = databaseUrl === undefined ? await startEmbeddedPostgres(dataFolder) : undefined;
  const database = openDatabase({ url: databaseUrl ?? embedded?.url ?? '', poolSize, statementTimeoutMs });
  return {
    database,
    close: async () => {
      await database.end();
      await embedded?.stop();
    },
  };
}

/** Opens the database in its newest schema for one piece of work, and closes it whatever comes of it. */
export async function withStore<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const store = await openStore(config);
  try {
    await migrate(store.database);
    return await work(store.database);
  } finally {
    await store.close();
  }
}
