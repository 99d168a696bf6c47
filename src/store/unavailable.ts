/** What callers are told while the database cannot do its work: not where it is, nor how it is set up. */
import { type CartographError, rejection } from '../core/cartograph-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  '25006': 'The database can only be read',
  '53100': 'The disk of the database is full',
  '53300': 'The database takes no more connections',
  '57014': 'The database took too long',
};

/** `service-busy` for a failure that may pass. */
export function unavailable(cause: unknown): CartographError {
  return rejection('service-busy', REASONS[causeCode(cause)] ?? 'The database cannot be reached', { cause });
}

/** Code of PostgreSQL or of the system; nothing where there is none. */
export function causeCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
