import pg from 'pg';

/** Rows that hold the word, of every table that there is, those of the job queue too; each by its table. */
export async function rowsWith(databaseUrl: string, word: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `select t::text as row from ${name} t where strpos(lower(t::text), lower($1)) > 0`,
        [word],
      );
      found.push(...rows.map(({ row }) => `${name} ${row.slice(0, 200)}`));
    }
    return found;
  } finally {
    await client.end();
  }
}
