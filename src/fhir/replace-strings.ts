import { withDecimalsOf } from './written-decimals.ts';

/** Answers what is to stand for the text of an element; `path` is the FHIRPath of the text, `name` that of its element. */
export type ReplaceString = (text: string, path: string, name: string) => string;

/**
 * A copy of the resource with every text replaced. A Bundle is left as it is: what its entries say to each other is
 * settled within it, and it may be signed.
 */
export function replaceStrings<T>(value: T, path: string, replace: ReplaceString, name = ''): T {
  if (typeof value === 'string') return replace(value, path, name) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item, index) => replaceStrings(item, `${path}[${index}]`, replace, name));
    return withDecimalsOf(value, items) as T;
  }
  if ('resourceType' in value && value.resourceType === 'Bundle') return value;
  const copy: Record<string, unknown> = {};
  for (const [child, held] of Object.entries(value)) {
    copy[child] = replaceStrings(held, `${path}.${child}`, replace, child);
  }
  return withDecimalsOf(value, copy) as T;
}
