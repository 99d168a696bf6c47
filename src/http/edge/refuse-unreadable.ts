import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Finding } from '../../core/finding.ts';
import { outcomeOf } from '../../fhir/operation-outcome.ts';

/** What Node's parser says, as the status and what was found; anything else is a request that is no HTTP. */
const FAULTS: Readonly<Record<string, readonly [string, string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'a URL or headers that are too long'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'a request that does not end'],
};
const OTHER = ['400 Bad Request', 'no well-formed HTTP'] as const;

/** Answers what cannot be read as a request at all, which so reaches no router, and closes the connection. */
export function refuseUnreadable(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, found] = FAULTS[error.code ?? ''] ?? OTHER;
    socket.end(answerOf(status, found));
  });
  server.on('connect', (_req, socket) => {
    socket.end(answerOf('405 Method Not Allowed', 'CONNECT, which asks for a proxy'));
  });
}

function answerOf(status: string, found: string): string {
  const expected = 'an HTTP/1.1 request of one length; long searches by POST to _search';
  const finding: Finding = {
    code: 'request-malformed',
    severity: 'error',
    message: 'The request could not be read',
    found,
    expected,
  };
  const body = JSON.stringify(outcomeOf([finding]));
  return [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/fhir+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
