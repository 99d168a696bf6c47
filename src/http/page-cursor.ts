/** Where the next page begins, as an opaque text in its URL. */
import { rejection } from '../core/cartograph-error.ts';

export function encodeCursor(cursor: object): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** What `encodeCursor` was given. Throws `parameter-invalid` for what it cannot have written. */
export function decodeCursor<T>(text: string): T {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof cursor === 'object' && cursor !== null) return cursor as T;
  } catch {
    // Falls through to the refusal.
  }
  throw rejection('parameter-invalid', '_cursor: found another text, expected that of a page link', {
    found: 'another text',
    expected: 'the URL of a page link, unchanged',
  });
}
