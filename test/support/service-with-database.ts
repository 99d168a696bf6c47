import pg from 'pg';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { startTestService, type TestService } from './service.ts';

/** A service with its database opened beside it, to look behind what it answers. */
export interface ServiceWithDatabase {
  readonly service: TestService;
  readonly database: Database;
  /** For statements that no part of the service makes. */
  readonly client: pg.Client;
  readonly stop: () => Promise<void>;
}

export async function startServiceWithDatabase(poolSize: number): Promise<ServiceWithDatabase> {
  const service = await startTestService();
  const database = openDatabase({ url: service.databaseUrl, poolSize });
  const client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  const stop = async () => {
    await client.end();
    await database.end();
    await service.stop();
  };
  return { service, database, client, stop };
}
