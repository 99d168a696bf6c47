/** Traces, as the rest of the service sees them: no library of them is named here. */
import type { IngestObserver } from '../ingest/ingest-observer.ts';
import type { RequestFigures } from './metrics.ts';

export interface Tracing {
  /** Opens the span of a request, does the work within it, and answers what ends it. */
  request(headers: TraceHeaders, work: () => void): RequestSpan;
  /** Spans for the steps of ingest, within that of the request they are done for. */
  readonly step: IngestObserver['step'];
  /** Headers for a call to another service within the trace of the work at hand. */
  outgoing(): Readonly<Record<string, string>>;
  /** Sends what has not been sent yet. */
  stop(): Promise<void>;
}

/** W3C Trace Context. */
export interface TraceHeaders {
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
}

export interface RequestSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  end(request: Omit<RequestFigures, 'seconds'>): void;
}
