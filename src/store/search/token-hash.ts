import { hash } from 'node:crypto';

const MAX_REMEMBERED = 50_000;
const remembered = new Map<string, string>();

/**
 * A word of the search index as the signed 64-bit number that stands for it, in decimal. Two words of one number
 * would need far more words than there are: with 10^8 different ones the chance is below 1 in 3,000.
 */
function tokenHash(type: string, token: string): string {
  const word = `${type} ${token}`;
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const number = hash('sha256', word, 'buffer').readBigInt64BE().toString();
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(word, number);
  return number;
}

/** Numbers of several words, as PostgreSQL writes an array. */
export function tokenHashes(type: string, tokens: Iterable<string>): string {
  return `{${[...tokens].map((token) => tokenHash(type, token)).join()}}`;
}
