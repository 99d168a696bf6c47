/** The HTTP server of the service: one address, and an end that waits for what is at hand. */
import { lookup } from 'node:dns/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackAddress } from '../auth/loopback.ts';
import type { Config } from '../config.ts';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { toOriginForm } from '../http/edge/origin-form.ts';
import { refuseUnreadable } from '../http/edge/refuse-unreadable.ts';

export interface Listening {
  /** Such as http://127.0.0.1:8103. */
  readonly url: string;
  /** Takes no new requests, and ends when those at hand are answered or, after 10 s or in a hurry, cut off. */
  close(hurry: AbortSignal): Promise<void>;
}

/** Of a URL with its headers: the links to further pages repeat the parameters of a search that was posted. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Milliseconds in which a request must have arrived whole. */
const ARRIVAL_MS = 120_000;
/** Requests that are still running then are cut off. */
const DRAIN_MS = 10_000;

type Resolve = (name: string) => Promise<{ readonly address: string }>;

/** Throws `configuration-invalid` where the address cannot be used, `bind-refused` where it is not of loopback. */
export async function listen(
  app: RequestListener,
  address: Pick<Config, 'host' | 'port'>,
  resolve: Resolve = lookup,
): Promise<Listening> {
  const options = {
    requestTimeout: ARRIVAL_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The app says what is wrong with a request without a host.
    requireHostHeader: false,
  };
  const handle: RequestListener = (req, res) => {
    toOriginForm(req);
    app(req, res);
  };
  const server = createServer(options, handle);
  // Who asks first whether to send a body is told to by who reads it: what is refused is then not sent at all.
  server.on('checkContinue', handle);
  refuseUnreadable(server);
  const url = await bind(server, address, resolve);
  return {
    url,
    close: async (hurry) => {
      const cutOff = AbortSignal.any([hurry, AbortSignal.timeout(DRAIN_MS)]);
      const cut = (): void => server.closeAllConnections();
      const closed = new Promise((done) => server.close(done));
      if (cutOff.aborted) cut();
      cutOff.addEventListener('abort', cut);
      await closed;
      cutOff.removeEventListener('abort', cut);
    },
  };
}

/** Where a name such as localhost leads elsewhere, nobody listens there. */
async function bind(
  server: Server,
  { host: name, port }: Pick<Config, 'host' | 'port'>,
  resolve: Resolve,
): Promise<string> {
  const host = isIP(name) === 0 ? (await resolve(name)).address : name;
  if (!isLoopbackAddress(host)) {
    throw rejection('bind-refused', 'The service listens on loopback only', {
      expression: 'CARTOGRAPH_HOST',
      found: name === host ? quote(host) : `${quote(name)}, which is ${host} here`,
      expected: '127.0.0.1, ::1 or localhost',
    });
  }
  return new Promise((done, fail) => {
    server.once('error', (cause) => {
      const message = `Cannot listen on ${host}, port ${port}`;
      const found = 'code' in cause ? String(cause.code) : 'an address that cannot be used';
      fail(
        rejection('configuration-invalid', message, { found, expected: 'a free port on loopback', cause }),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      done(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}
