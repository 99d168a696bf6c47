/** Findings about one resource. */
import type { Resource } from '@medplum/fhirtypes';
import { CATALOGUE } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { conceptsOf } from './recognise.ts';
import type { WatchedWords } from './watched-words.ts';

const INFORMATION: ReadonlySet<string> = new Set([
  'matched-by-text',
  'unit-by-text',
  'date-imprecise',
  'date-recorded-only',
  'date-in-utc',
  'status-preliminary',
  'code-inexact',
]);

export function referenceTo(resource: Resource): string {
  return `${resource.resourceType}/${resource.id ?? ''}`;
}

export function resourceFinding(
  code: keyof typeof CATALOGUE,
  resource: Resource,
  site: string,
  expression?: string,
): Finding {
  return {
    code,
    severity: INFORMATION.has(code) ? 'information' : 'warning',
    message: CATALOGUE[code].meaning,
    reference: referenceTo(resource),
    ...(expression === undefined ? {} : { expression }),
    site,
  };
}

const SAYS_WHAT_IT_IS = ['code', 'medication', 'event'] as const;
const NO_FINDINGS: readonly Finding[] = [];

/** A code or text that no map knows is worth a word only where it could carry a fact of ours. */
export function unmappedFindings(
  resource: Resource,
  site: string,
  watchedWords: WatchedWords,
): readonly Finding[] {
  for (const element of SAYS_WHAT_IT_IS) {
    for (const { text, coding } of conceptsOf(resource, element)) {
      let watched = watchedWords.findIn(text ?? '');
      for (const { display } of coding ?? []) watched ??= watchedWords.findIn(display ?? '');
      if (watched === undefined) continue;
      const first = coding?.[0];
      const found =
        first === undefined ? `text with "${watched}"` : quote(`${first.system ?? ''}|${first.code ?? ''}`);
      return [
        { ...resourceFinding('code-unmapped', resource, site, `${resource.resourceType}.code`), found },
      ];
    }
  }
  return NO_FINDINGS;
}
