import type { Code } from './catalogue.ts';

/**
 * One thing to say about a piece of data: collected, never thrown. `found` quotes at most 40 characters of a
 * primitive and never a name, address, identifier or narrative.
 */
export interface Finding {
  readonly code: Code;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** `Type/id` of the resource, or the place in the bundle. */
  readonly reference?: string;
  /** FHIRPath of the element. */
  readonly expression?: string;
  readonly found?: string;
  readonly expected?: string;
  readonly site?: string;
}

const MAX_QUOTED = 40;

/** A primitive as it may be shown in a message: cut at 40 characters. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
