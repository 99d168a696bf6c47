import type { IncomingMessage } from 'node:http';

const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i;

/**
 * Makes a request for an absolute URL, as proxies are sent them and servers have to take them, one for a path at a host;
 * what Host says then does not count (RFC 9112, section 3.2.2). To be done before Express sees it, which would keep
 * the URL as it is.
 */
export function toOriginForm(req: IncomingMessage): void {
  const [, authority, rest = ''] = ABSOLUTE.exec(req.url ?? '') ?? [];
  if (authority === undefined) return;
  req.url = rest.startsWith('/') ? rest : `/${rest}`;
  req.headers.host = authority;
  req.headersDistinct['host'] = [authority];
}
