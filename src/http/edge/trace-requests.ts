import type { RequestHandler } from 'express';
import type { Tracing } from '../../telemetry/tracing.ts';
import { addLogFields, routeOf } from './request-log.ts';
import { statusSent } from './status-sent.ts';

/** A span for each request, within the trace of the caller where it sends `traceparent`. */
export function traceRequests(tracing: Tracing): RequestHandler {
  return (req, res, next) => {
    const headers = { traceparent: req.get('traceparent'), tracestate: req.get('tracestate') };
    const span = tracing.request(headers, () => next());
    addLogFields(res, { traceId: span.traceId });
    res.once('close', () => {
      span.end({ method: req.method, route: routeOf(req), status: String(statusSent(res)) });
    });
  };
}
