/** `$process-message`: a message bundle is stored like a transaction, and answered by a message. */
import type { Request, Response } from 'express';
import { CartographError } from '../../core/cartograph-error.ts';
import { CATALOGUE } from '../../core/catalogue.ts';
import type { Finding } from '../../core/finding.ts';
import { buildMessageResponse, type MessageResponseCode } from '../../fhir/build-message-response.ts';
import { outcomeOf, statusOf } from '../../fhir/operation-outcome.ts';
import { type Message, parseMessage, parseMessageHeader } from '../../fhir/parse-message.ts';
import { ingestMessage } from '../../ingest/ingest-message.ts';
import { callerOf } from '../edge/door.ts';
import { markRefused } from '../edge/error-responses.ts';
import { parseBody } from '../edge/read-body.ts';
import { addLogFields } from '../edge/request-log.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { baseOf, queryOf } from '../rest/request-target.ts';
import { invalid } from './operation-parameters.ts';

/**
 * What cannot be answered as a message, for it is none, is refused as elsewhere. What can be but is refused is
 * answered by a message that says so, with the status that a transaction would have got.
 */
export async function processMessage(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  refuseParameters(new URLSearchParams(queryOf(req)));
  const body = contentOf(parseBody(req));
  const header = parseMessageHeader(body);
  const respond = (code: MessageResponseCode, findings: readonly Finding[]): string => {
    const { newId, now } = deps;
    const endpoint = `${baseOf(req)}/$process-message`;
    const ids = [newId(), newId(), newId()] as const;
    const outcome = outcomeOf(findings);
    return JSON.stringify(buildMessageResponse({ request: header, code, outcome, ids, endpoint, at: now() }));
  };
  try {
    sendFhir(res, await store(body, header, () => respond('ok', []), res, deps));
  } catch (error) {
    if (!(error instanceof CartographError)) throw error;
    const isBusy = CATALOGUE[error.code].category === 'busy';
    markRefused(res, error.findings, statusOf(error.code));
    sendFhir(res, respond(isBusy ? 'transient-error' : 'fatal-error', error.findings));
  }
}

function store(
  body: unknown,
  header: Message['header'],
  respond: () => string,
  res: Response,
  deps: HttpDeps,
): Promise<string> {
  const message = parseMessage(body, header);
  addLogFields(res, { entries: message.writes.length });
  return ingestMessage(message, respond, callerOf(res), deps.ingest);
}

/** The bundle itself, or Parameters that hold it as `content`. */
function contentOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('resourceType' in body)) return body;
  if (body.resourceType !== 'Parameters' || !('parameter' in body) || !Array.isArray(body.parameter)) {
    return body;
  }
  const named: readonly { readonly name?: unknown; readonly resource?: unknown }[] = body.parameter;
  const contents = named.filter(({ name }) => name === 'content');
  if (contents.length !== 1) throw invalid('content', `${contents.length} of them`, 'one message');
  for (const part of named) {
    if (part.name === 'content') continue;
    const value = Object.entries(part).find(([key]) => key.startsWith('value'))?.[1];
    refuseParameter(String(part.name), String(value));
  }
  return contents[0]?.resource;
}

/** Parameters of every call that say nothing about the operation. */
const GENERAL = new Set(['_format', '_pretty']);

function refuseParameters(query: URLSearchParams): void {
  for (const [name, value] of query) if (!GENERAL.has(name)) refuseParameter(name, value);
}

/** A message is answered at once. A caller who would wait for an answer elsewhere must not wait in vain. */
function refuseParameter(name: string, value: string): void {
  if (name === 'async' && value === 'false') return;
  if (name === 'async') throw invalid(name, 'true', 'false: messages are answered at once');
  if (name === 'response-url') throw invalid(name, 'a URL', 'none: messages are answered at once');
  throw invalid(name, 'a parameter of another name', 'content, async');
}
