import type { Config } from '../config.ts';
import type { Tracing } from '../telemetry/tracing.ts';

type TracingSettings = Pick<Config, 'otlpEndpoint' | 'otlpTracesEndpoint' | 'tracingDisabled'>;

/** Undefined where no collector is named. The libraries of tracing are loaded only where there is something to do for them. */
export async function openTracing(
  { otlpEndpoint, otlpTracesEndpoint, tracingDisabled }: TracingSettings,
  softwareVersion: string,
): Promise<Tracing | undefined> {
  const url = otlpTracesEndpoint ?? (otlpEndpoint && `${otlpEndpoint.replace(/\/+$/, '')}/v1/traces`);
  if (url === undefined || tracingDisabled) return undefined;
  const { startTracing } = await import('../telemetry/start-tracing.ts');
  return startTracing({ url, softwareVersion });
}
