/** Who calls: the client's JWT (CDS Hooks 2.0, "Trusting CDS Clients"). */
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { rejection } from '../core/cartograph-error.ts';
import type { CdsClient, CdsRegistrations } from './client-registration.ts';

/** Asymmetric ones; the standard recommends the two with 384 bits. */
const ALGORITHMS = ['ES384', 'RS384', 'ES256', 'RS256', 'PS256', 'PS384'];
const CLOCK_TOLERANCE_SECONDS = 5;
/** A token that was made earlier is refused, whatever its expiry. */
const MAX_AGE_SECONDS = 3600;

export interface ClientVerifier {
  /** The client that made the token for a call of `audience`. Throws `client-unauthenticated`. */
  verify(authorization: string | undefined, audience: string): Promise<CdsClient>;
}

/**
 * Keys come from the registrations alone: `jku` and `x5u` of a token are not looked at. Each token counts once, as
 * far as this process remembers.
 */
export function buildClientVerifier({ clients }: CdsRegistrations, now: () => Date): ClientVerifier {
  const known = new Map(
    clients.map((client) => [client.iss, { client, keys: createLocalJWKSet(client.jwks) }]),
  );
  const seen = new Map<string, number>();
  return {
    verify: async (authorization, audience) => {
      const token = bearerToken(authorization);
      const issuer = known.get(claimedIssuer(token));
      if (issuer === undefined) throw refused();
      const at = now();
      const { payload } = await jwtVerify(token, issuer.keys, {
        issuer: issuer.client.iss,
        audience,
        algorithms: ALGORITHMS,
        currentDate: at,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        maxTokenAge: MAX_AGE_SECONDS,
        requiredClaims: ['iss', 'aud', 'exp', 'iat', 'jti'],
      }).catch((cause: unknown) => {
        throw refused(cause);
      });
      remember(seen, `${issuer.client.iss} ${payload.jti}`, payload.exp ?? 0, at.getTime() / 1000);
      return issuer.client;
    },
  };
}

function bearerToken(authorization: string | undefined): string {
  const [, token] = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) throw refused();
  return token;
}

/** Only to choose the keys; nothing is believed before the signature is checked. */
function claimedIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch (cause) {
    throw refused(cause);
  }
}

function remember(seen: Map<string, number>, token: string, expires: number, seconds: number): void {
  if (seen.has(token)) throw refused();
  for (const [known, until] of seen) {
    if (until + CLOCK_TOLERANCE_SECONDS < seconds) seen.delete(known);
  }
  seen.set(token, expires);
}

function refused(cause?: unknown): Error {
  return rejection('client-unauthenticated', 'The call carries no valid token of a registered client', {
    expected:
      'Authorization: Bearer with a JWT for this address that has not expired and was not used before',
    ...(cause === undefined ? {} : { cause }),
  });
}
