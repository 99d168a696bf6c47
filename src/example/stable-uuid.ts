import { createHash } from 'node:crypto';

/** A UUID that depends on `name` alone: version 5 of RFC 9562, in a name space of our own. */
export function stableUuid(name: string): string {
  const digest = createHash('sha1').update(`https://cartograph.example.org/example/${name}`).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
