/** Who calls: the client's JWT (CDS Hooks 2.0, "Trusting CDS Clients"). */
import { createLocalJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
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

/** A token that was found valid: who made it, its `jti`, and until when it would be taken. */
export interface ValidToken {
  readonly issuer: string;
  readonly id: string;
  readonly expiresAt: Date;
}

/**
 * Keys come from the registrations alone: `jku` and `x5u` of a token are not looked at. Each token counts once: `spend`
 * answers true for the first who asks, wherever the next may ask.
 */
export function buildClientVerifier(
  { clients }: CdsRegistrations,
  now: () => Date,
  spend: (token: ValidToken) => Promise<boolean>,
): ClientVerifier {
  const known = new Map(
    clients.map((client) => [client.iss, { client, keys: createLocalJWKSet(client.jwks) }]),
  );
  return {
    verify: async (authorization, audience) => {
      const bearer = bearerToken(authorization);
      const issuer = known.get(claimedIssuer(bearer));
      if (issuer === undefined) throw refused();
      const at = now();
      const { payload } = await jwtVerify(bearer, issuer.keys, {
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
      const { iss } = issuer.client;
      const token = { issuer: iss, id: String(payload.jti), expiresAt: endOf(payload) };
      if (!(await spend(token))) throw refused();
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

/** It is refused from its expiry on, and when it has grown too old. */
function endOf({ exp = 0, iat = 0 }: JWTPayload): Date {
  return new Date(1_000 * (Math.min(exp, iat + MAX_AGE_SECONDS) + 2 * CLOCK_TOLERANCE_SECONDS));
}

function refused(cause?: unknown): Error {
  return rejection('client-unauthenticated', 'The call carries no valid token of a registered client', {
    expected:
      'Authorization: Bearer with a JWT for this address that has not expired and was not used before',
    ...(cause === undefined ? {} : { cause }),
  });
}
