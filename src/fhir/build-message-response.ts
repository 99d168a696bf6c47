import type { Bundle, MessageHeader, OperationOutcome } from '@medplum/fhirtypes';

/** How a message fared: R4, code system response-code. */
export type MessageResponseCode = 'ok' | 'transient-error' | 'fatal-error';

export interface MessageResponse {
  readonly request: MessageHeader & { readonly id: string };
  readonly code: MessageResponseCode;
  readonly outcome: OperationOutcome;
  /** UUIDs of the response bundle, its header and its outcome. */
  readonly ids: readonly [string, string, string];
  /** Where the message was sent to. */
  readonly endpoint: string;
  readonly at: Date;
}

/** The message that answers: a header that names what it answers, and the outcome that it refers to. */
export function buildMessageResponse({ request, code, outcome, ids, endpoint, at }: MessageResponse): Bundle {
  const [bundleId, headerId, outcomeId] = ids;
  const { eventCoding, eventUri, source } = request;
  const name = source?.name === undefined ? {} : { name: source.name };
  return {
    resourceType: 'Bundle',
    id: bundleId,
    type: 'message',
    timestamp: at.toISOString(),
    entry: [
      {
        fullUrl: `urn:uuid:${headerId}`,
        resource: {
          resourceType: 'MessageHeader',
          id: headerId,
          ...(eventCoding === undefined ? { eventUri } : { eventCoding }),
          destination: [{ ...name, endpoint: source?.endpoint }],
          source: { name: 'Cartograph', endpoint },
          response: { identifier: request.id, code, details: { reference: `urn:uuid:${outcomeId}` } },
        } as MessageHeader,
      },
      { fullUrl: `urn:uuid:${outcomeId}`, resource: { ...outcome, id: outcomeId } },
    ],
  };
}
