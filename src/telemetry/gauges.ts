/** Figures that are read when Prometheus asks: load of this instance, and what waits in the database. */
import { Counter, Gauge, type Registry } from 'prom-client';
import { type Backlog, readBacklog } from '../store/backlog.ts';
import type { Database } from '../store/database.ts';
import { withPatience } from '../store/with-patience.ts';

export interface GaugeSources {
  readonly database: Database;
  readonly load: () => { readonly active: number; readonly bytes: number; readonly refused: number };
  readonly waitingWrites: () => number;
}

/** What the database takes longer for is left out. */
const PATIENCE_MS = 3_000;

/** Registers the gauges; the answer writes everything of the registry in Prometheus's format. */
export function watchGauges(
  registry: Registry,
  { database, load, waitingWrites }: GaugeSources,
): () => Promise<string> {
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name: `cartograph_${name}`, help, labelNames, registers: [registry] });
  const active = gauge('http_active_requests', 'Requests in hand');
  const bytes = gauge('http_active_body_bytes', 'Bytes of the bodies of requests in hand, as announced');
  const refused = new Counter({
    name: 'cartograph_http_refused_requests_total',
    help: 'Requests refused with 503 since the start, for too much was in hand',
    registers: [registry],
  });
  const waiting = gauge('write_queue_waiting', 'Single writes that wait to be stored');
  const connections = gauge(
    'database_connections',
    'Connections of this instance: open, idle; callers that wait',
    ['state'],
  );
  const up = gauge('database_up', 'Whether the database answers');
  const stale = gauge('stale_patients', 'Patients whose records wait to be rebuilt, of all instances');
  const age = gauge('stale_oldest_seconds', 'How long the longest waiting of them has waited');
  const jobs = gauge('jobs', 'Jobs of all instances by queue and state', ['queue', 'state']);
  const showBacklog = (backlog: Backlog | undefined): void => {
    stale.set(backlog?.stalePatients ?? Number.NaN);
    age.set(backlog?.oldestSeconds ?? Number.NaN);
    jobs.reset();
    for (const { queue, state, count } of backlog?.jobs ?? []) jobs.set({ queue, state }, count);
  };
  return async () => {
    const now = load();
    active.set(now.active);
    bytes.set(now.bytes);
    refused.reset();
    refused.inc(now.refused);
    waiting.set(waitingWrites());
    for (const [state, count] of Object.entries(database.connections())) connections.set({ state }, count);
    up.set(
      await withPatience(database.query('select 1'), PATIENCE_MS).then(
        () => 1,
        () => 0,
      ),
    );
    showBacklog(await withPatience(readBacklog(database), PATIENCE_MS).catch(() => undefined));
    return registry.metrics();
  };
}
