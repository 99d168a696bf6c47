/** Reads a worked example field by field and refuses what it does not know. */

export type Fields = Readonly<Record<string, unknown>>;

/** The object with exactly these fields or some of them; throws on any other, and on what is no object. */
export function fieldsOf(value: unknown, what: string, allowed: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${what}: expected an object`);
  }
  const unknown = Object.keys(value).filter((key) => !allowed.includes(key));
  if (unknown.length > 0)
    throw new TypeError(`${what}: nobody knows how to write ${unknown.join(', ')} as FHIR`);
  return value as Fields;
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${what}: expected a list`);
  return value;
}

export function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new TypeError(`${what}: expected a text, found ${String(value)}`);
  return value;
}

export function numberOf(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new TypeError(`${what}: expected a number, found ${String(value)}`);
  return value;
}

/** Absent and null are both "not known". */
export function isKnown(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Yes, no, or not known. */
export function answerOf(value: unknown, what: string): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw new TypeError(`${what}: expected true, false or null`);
  return value;
}

/** What a table makes of a value; throws on a value that the table does not have. */
export function translate<T>(table: Readonly<Record<string, T>>, value: unknown, what: string): T {
  const found = typeof value === 'string' && Object.hasOwn(table, value) ? table[value] : undefined;
  if (found === undefined)
    throw new TypeError(`${what}: nobody knows how to write "${String(value)}" as FHIR`);
  return found;
}
