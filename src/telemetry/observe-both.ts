import type { IngestObserver } from '../ingest/ingest-observer.ts';
import type { Tracing } from './tracing.ts';

/** The observer of the metrics, with spans around the same steps where there is tracing. */
export function observeBoth(metrics: IngestObserver, tracing: Tracing | undefined): IngestObserver {
  if (tracing === undefined) return metrics;
  return { ...metrics, step: (name, work) => metrics.step(name, () => tracing.step(name, work)) };
}
