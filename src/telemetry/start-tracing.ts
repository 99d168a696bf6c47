/** Traces by OpenTelemetry, sent by OTLP over HTTP. Loaded only where an endpoint is configured. */
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { CartographError } from '../core/cartograph-error.ts';
import { afterwards } from './afterwards.ts';
import type { RequestSpan, TraceHeaders, Tracing } from './tracing.ts';

export interface TracingOptions {
  /** Where spans are posted, path included. */
  readonly url: string;
  readonly softwareVersion: string;
}

/** A collector that does not answer holds up nobody for longer, at shutdown too. */
const EXPORT_TIMEOUT_MS = 5_000;
const EXPORT_EVERY_MS = 2_000;

const PROPAGATOR = new W3CTraceContextPropagator();

/** The caller decides whether its trace is sampled; what has no caller is. */
export function startTracing({ url, softwareVersion }: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  const provider = new TracerProvider({
    resource: describeService(softwareVersion),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('cartograph', softwareVersion);
  const contexts = new AsyncLocalStorageContextManager().enable();
  return {
    request: (headers, work) => {
      const options = { kind: SpanKind.SERVER, root: false };
      const span = tracer.startSpan('request', options, callerContext(headers));
      contexts.with(trace.setSpan(ROOT_CONTEXT, span), work);
      return requestSpan(span);
    },
    step: (name, work) => {
      const active = contexts.active();
      const span = tracer.startSpan(name, {}, active);
      const within = () => contexts.with(trace.setSpan(active, span), work);
      return afterwards(within, (_outcome, error) => {
        if (error !== undefined) markFailed(span, error);
        span.end();
      });
    },
    outgoing: () => {
      const headers: Record<string, string> = {};
      PROPAGATOR.inject(contexts.active(), headers, defaultTextMapSetter);
      return headers;
    },
    stop: async () => {
      // A collector that is away is no reason not to stop in order.
      await provider.shutdown().catch(() => undefined);
      contexts.disable();
    },
  };
}

/** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` come last, and so win. */
function describeService(softwareVersion: string): Resource {
  return defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'cartograph', 'service.version': softwareVersion }))
    .merge(detectResources({ detectors: [envDetector] }));
}

/** A header that is not valid counts as none (W3C Trace Context, section 3.2). */
function callerContext(headers: TraceHeaders): Context {
  return PROPAGATOR.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}

/** Names of OpenTelemetry's conventions for HTTP servers; the path itself would name patients. */
function requestSpan(span: Span): RequestSpan {
  return {
    traceId: span.spanContext().traceId,
    end: ({ method, route, status }) => {
      span.updateName(`${method} ${route}`);
      span.setAttribute('http.request.method', method);
      span.setAttribute('http.route', route);
      const code = Number(status);
      if (Number.isInteger(code)) span.setAttribute('http.response.status_code', code);
      if (!Number.isInteger(code) || code >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** The code of the catalogue alone: a message of anything else may quote data. */
function markFailed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof CartographError ? error.code : 'internal-fault');
}
