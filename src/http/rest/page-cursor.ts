/** Where the next page begins, as an opaque text in its URL. */
import { rejection } from '../../core/cartograph-error.ts';
import { isDataException } from '../../store/database.ts';

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
  throw foreignCursor();
}

/** Reads what lies behind a cursor. Throws `parameter-invalid` where PostgreSQL cannot read the values that it holds. */
export async function readBehind<T>(cursor: object | undefined, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (cursor !== undefined && isDataException(error)) throw foreignCursor();
    throw error;
  }
}

/** For a cursor that this service has not written, or not for this place. */
export function foreignCursor(): Error {
  return rejection('parameter-invalid', '_cursor: found another text, expected that of a page link', {
    found: 'another text',
    expected: 'the URL of a page link, unchanged',
  });
}
