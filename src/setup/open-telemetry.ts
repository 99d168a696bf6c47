import type { Config } from '../config.ts';
import type { IngestObserver } from '../ingest/ingest-observer.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { observeBoth } from '../telemetry/observe-both.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { openTracing } from './open-tracing.ts';

export interface Telemetry {
  readonly metrics: Metrics;
  /** Undefined where no traces are asked for. */
  readonly tracing: Tracing | undefined;
  /** Tells both of what ingest does. */
  readonly observer: IngestObserver;
}

export async function openTelemetry(config: Config, softwareVersion: string): Promise<Telemetry> {
  const metrics = createMetrics();
  const tracing = await openTracing(config, softwareVersion);
  return { metrics, tracing, observer: observeBoth(metrics.observer, tracing) };
}
