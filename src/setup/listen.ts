/** The HTTP server of the service: one address, and an end that waits for what is at hand. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Config } from '../config.ts';
import { rejection } from '../core/cartograph-error.ts';
import { refuseUnreadable } from '../http/edge/refuse-unreadable.ts';

export interface Listening {
  /** Such as http://127.0.0.1:8103. */
  readonly url: string;
  /** Takes no new requests, and ends when those at hand are answered or cut off. */
  close(): Promise<void>;
}

/** Of a URL with its headers: the links to further pages repeat the parameters of a search that was posted. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Milliseconds in which a request must have arrived whole. */
const ARRIVAL_MS = 120_000;
/** Requests that are still running then are cut off. */
const DRAIN_MS = 10_000;

/** Throws `configuration-invalid` where the address cannot be used. */
export async function listen(
  app: RequestListener,
  address: Pick<Config, 'host' | 'port'>,
): Promise<Listening> {
  const server = createServer({ requestTimeout: ARRIVAL_MS, maxHeaderSize: MAX_HEADER_BYTES }, app);
  refuseUnreadable(server);
  const url = await bind(server, address);
  return {
    url,
    close: async () => {
      const cutOff = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await new Promise((done) => server.close(done));
      clearTimeout(cutOff);
    },
  };
}

function bind(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
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
