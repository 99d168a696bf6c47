/**
 * The id of a request, in its answer, in the log and in what is told of an error: that of the caller if it is of a
 * kind that may stand in a log, else one of our own (FHIR R4, "Custom Headers").
 */
import type { RequestHandler, Response } from 'express';

/** UUIDs and trace ids: nothing that could be a patient's number. It is an id for FHIR, too. */
const LOGGABLE = /^(?=.*[a-f-])[0-9a-f-]{16,64}$/i;
/** What may be given back in a header. */
const PRINTABLE = /^[\x21-\x7e]{1,128}$/;

export const REQUEST_ID_HEADER = 'x-request-id';
export const CORRELATION_ID_HEADER = 'x-correlation-id';

/** Reads `X-Request-Id`, or without it `X-Correlation-Id`. Where the id is ours, the caller's is given back beside it. */
export function correlateRequests(newId: () => string): RequestHandler {
  return (req, res, next) => {
    const given = req.get(REQUEST_ID_HEADER) ?? req.get(CORRELATION_ID_HEADER) ?? '';
    const id = LOGGABLE.test(given) ? given : newId();
    res.locals['correlationId'] = id;
    res.set(REQUEST_ID_HEADER, id);
    res.set(CORRELATION_ID_HEADER, PRINTABLE.test(given) ? given : id);
    next();
  };
}

export function correlationIdOf(res: Response): string {
  return String(res.locals['correlationId']);
}
