/** Links of a narrative: where they may lead, and that those into the resource lead somewhere. */
import { isObject, type JsonObject } from './definition.ts';

const SCHEME = /^\s*([A-Za-z][A-Za-z0-9+.-]*):/;
/** They run as a script where the narrative is shown. */
const ACTIVE: ReadonlySet<string> = new Set(['javascript', 'vbscript']);
/** They name something and lead nowhere. */
const NAMES: ReadonlySet<string> = new Set(['urn', 'oid', 'uuid']);
const LOCAL = /\s(?:href|src)\s*=\s*["']#([^"']+)["']/g;
const NAMED = /\s(?:id|name|xml:id)\s*=\s*["']([^"']+)["']/g;

/** What is wrong with the target of a hyperlink by itself. */
export function linkFault(target: string): string | undefined {
  if (target.trim() === '') return 'has an empty link';
  const scheme = SCHEME.exec(target)?.[1]?.toLowerCase();
  if (scheme !== undefined && ACTIVE.has(scheme)) return 'has a link to a script';
  if (scheme !== undefined && NAMES.has(scheme)) return 'has a link that is a name and no address';
  return /\s/.test(target.trim()) ? 'has a link with white space' : undefined;
}

/** A link to `#x`, or an image of it, where neither a narrative nor an element of the resource has that id. */
export function localLinkFault(narrative: string, resource: JsonObject | undefined): string | undefined {
  if (!narrative.includes('#')) return undefined;
  if (!narrative.includes('"#') && !narrative.includes("'#")) return undefined;
  const wanted = [...narrative.matchAll(LOCAL)].map(([, id]) => id);
  if (wanted.length === 0) return undefined;
  const ids = new Set<unknown>();
  gatherIds(resource, ids);
  return wanted.every((id) => ids.has(id))
    ? undefined
    : 'has a link to a part of the resource that is not there';
}

function gatherIds(value: unknown, ids: Set<unknown>): void {
  if (Array.isArray(value)) {
    for (const item of value) gatherIds(item, ids);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (key === 'id') ids.add(child);
      if (key === 'div' && typeof child === 'string') {
        for (const [, id] of child.matchAll(NAMED)) ids.add(id);
      } else gatherIds(child, ids);
    }
  }
}
