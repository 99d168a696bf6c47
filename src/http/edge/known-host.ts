/**
 * The Host of a request must be a name of this service. A page of another site that has its own name resolve to
 * loopback (DNS rebinding) would else be of the same origin as the service, and read from it what it likes.
 */
import type { Request, RequestHandler } from 'express';
import { isLoopback } from '../../auth/loopback.ts';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';

const origins = new WeakMap<Request, string>();

/** Scheme, host and port by which the caller knows the service, as in `https://fhir.example.org`. */
export function originOf(req: Request): string {
  const origin = origins.get(req);
  if (origin === undefined) throw new Error('A request did not pass the check of its host');
  return origin;
}

/** RFC 9110, section 7.2: a name or address, perhaps a port. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i;
/**
 * Lets in what is sent to loopback, by name or address and at any port, and to the public origins, which gateways serve.
 * Throws `host-unknown` for any other host, `request-malformed` for none, two, or what cannot be one.
 */
export function knownHost(publicOrigins: readonly string[]): RequestHandler {
  const known = new Set(publicOrigins);
  return (req, _res, next) => {
    const host = hostOf(req);
    const origin =
      ['https', 'http']
        .map((scheme) => URL.parse(`${scheme}://${host}`)?.origin ?? '')
        .find((one) => known.has(one)) ?? loopbackOrigin(host);
    if (origin === undefined) {
      throw rejection('host-unknown', 'The service does not answer for this host', {
        expression: 'Host',
        found: quote(host),
        expected: 'a loopback address, localhost, or a host of CARTOGRAPH_PUBLIC_ORIGINS',
      });
    }
    origins.set(req, origin);
    next();
  };
}

function loopbackOrigin(host: string): string | undefined {
  const url = URL.parse(`http://${host}`);
  return url !== null && isLoopback(url.hostname.replace(/^\[|\]$/g, '')) ? url.origin : undefined;
}

/** Without a host, as HTTP/1.0 allows, it is the address that was reached. */
function hostOf(req: Request): string {
  const [host, ...others] = req.headersDistinct['host'] ?? [];
  if (host === undefined && req.httpVersion === '1.0') return addressReached(req);
  if (host !== undefined && others.length === 0 && HOST.test(host)) return host;
  throw rejection('request-malformed', 'The request names no one host', {
    expression: 'Host',
    found: host === undefined ? 'none' : others.length === 0 ? quote(host) : `${others.length + 1} of them`,
    expected: 'one host',
  });
}

function addressReached({ socket: { localAddress = '127.0.0.1', localPort = 80 } }: Request): string {
  return localAddress.includes(':') ? `[${localAddress}]:${localPort}` : `${localAddress}:${localPort}`;
}
