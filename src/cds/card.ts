/** What a service answers: CDS Hooks 2.0, as far as our cards need it. */
import type { Resource } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../projection/guide-urls.ts';

export interface Card {
  readonly uuid: string;
  /** Shorter than 140 characters. */
  readonly summary: string;
  /** GitHub Flavored Markdown. */
  readonly detail: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly source: { readonly label: string; readonly url?: string };
  readonly links?: readonly CardLink[];
  readonly suggestions?: readonly Suggestion[];
  readonly selectionBehavior?: 'any' | 'at-most-one';
  readonly overrideReasons: readonly Coding[];
}

export interface CardLink {
  readonly label: string;
  readonly url: string;
  readonly type: 'absolute';
}

export interface Suggestion {
  readonly label: string;
  readonly uuid: string;
  readonly actions: readonly {
    readonly type: 'create';
    readonly description: string;
    readonly resource: Resource;
  }[];
}

export interface Coding {
  readonly code: string;
  readonly system: string;
  readonly display: string;
}

const MAX_SUMMARY = 139;

/** A summary that fits: cut at a word, with a sign that it was cut. The detail always says everything. */
export function fitSummary(text: string): string {
  if (text.length <= MAX_SUMMARY) return text;
  const cut = text.slice(0, MAX_SUMMARY - 1);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > MAX_SUMMARY / 2 ? end : cut.length)}…`;
}

/** Text that stands in Markdown as it is. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*[\]|]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\s+/g, ' ');
}

const REASONS = {
  'already-addressed': 'Already discussed or planned',
  'not-wanted': 'Patient or family does not want it',
  'not-possible': 'Not possible for this patient now',
  'data-outdated': 'The data are wrong or not up to date',
  'clinical-judgement': 'Clinical judgement differs',
} as const;

export const OVERRIDE_REASONS: readonly Coding[] = Object.freeze(
  Object.entries(REASONS).map(([code, display]) => ({
    code,
    system: codeSystemUrl('cartograph-override-reason'),
    display,
  })),
);
