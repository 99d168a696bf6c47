/** Replaces references that only this bundle or a search can answer by `Type/id`. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Code } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import { type IdentifierCondition, parseIdentifierCondition } from '../fhir/identifier-condition.ts';
import type { PlannedWrite } from '../fhir/plan-entry.ts';
import { identifiersOf, parseReference, replaceReferences } from '../fhir/references.ts';
import { identifierName } from '../store/identifier-index.ts';
import { keyOf } from '../store/resource-store.ts';
import type { Matches, TargetedWrite } from './resolve-targets.ts';

/** Conditions of all conditional references, so that they can be looked up at once. */
export function referenceConditions(writes: readonly PlannedWrite[]): readonly IdentifierCondition[] {
  const conditions: IdentifierCondition[] = [];
  for (const { resource, resourcePath } of writes) {
    replaceReferences(resource, resourcePath, (text, path) => {
      const form = parseReference(text);
      if (form.form === 'conditional') conditions.push(parseIdentifierCondition(form.type, form.query, path));
      return text;
    });
  }
  return conditions;
}

/**
 * The resources with their references resolved, in the order of the targets. Conditional references see what the
 * bundle itself writes, as FHIR asks. Throws every `reference-unresolved` and `reference-ambiguous` at once.
 */
export function resolveReferences(targets: readonly TargetedWrite[], matches: Matches): readonly Resource[] {
  const findings: Finding[] = [];
  const byFullUrl = indexFullUrls(targets);
  const inBundle = indexIdentifiers(targets);
  const overwritten = new Set(targets.filter(({ mode }) => mode === 'put').map(keyOf));
  const lookup = (condition: IdentifierCondition): readonly string[] => {
    const stored = matches(condition).filter((id) => !overwritten.has(keyOf({ type: condition.type, id })));
    return [...new Set([...stored, ...(inBundle.get(identifierName(condition)) ?? [])])];
  };
  const report = (code: Code, expression: string, found: string, expected: string): void => {
    findings.push({
      code,
      severity: 'error',
      message: `${expression}: found ${found}, expected ${expected}`,
      expression,
      found,
      expected,
    });
  };
  const resolved = targets.map(({ write, mode }) => {
    if (mode === 'matched') return write.resource;
    return replaceReferences(write.resource, write.resourcePath, (text, path) => {
      const form = parseReference(text);
      switch (form.form) {
        case 'urn': {
          const target = byFullUrl.get(normalised(text));
          if (target === undefined)
            report('reference-unresolved', path, text.slice(0, 45), 'the fullUrl of an entry');
          return target ?? text;
        }
        case 'literal': {
          const base = form.base === '' ? baseOf(write.fullUrl) : form.base;
          return byFullUrl.get(`${base}${form.type}/${form.id}`) ?? text;
        }
        case 'conditional': {
          const found = lookup(parseIdentifierCondition(form.type, form.query, path));
          if (found.length === 1) return `${form.type}/${found[0]}`;
          const code = found.length === 0 ? 'reference-unresolved' : 'reference-ambiguous';
          report(code, path, `${found.length} matches`, `one ${form.type} with that identifier`);
          return text;
        }
        default:
          return text;
      }
    });
  });
  const [first, ...rest] = findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
  return resolved;
}

function indexFullUrls(targets: readonly TargetedWrite[]): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const target of targets) {
    if (target.write.fullUrl !== undefined) index.set(normalised(target.write.fullUrl), keyOf(target));
  }
  return index;
}

function indexIdentifiers(targets: readonly TargetedWrite[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const { write, type, id, mode } of targets) {
    if (mode === 'matched') continue;
    for (const identifier of identifiersOf(write.resource)) {
      const name = identifierName({ type, ...identifier });
      index.set(name, [...(index.get(name) ?? []), id]);
    }
  }
  return index;
}

/** UUIDs are equal whatever the case of their letters. */
function normalised(url: string): string {
  return /^urn:/i.test(url) ? url.toLowerCase() : url;
}

/** Base of the server that an entry came from: what stands before `Type/id` in its full URL. */
function baseOf(fullUrl: string | undefined): string {
  const form = fullUrl === undefined ? undefined : parseReference(fullUrl);
  return form?.form === 'literal' ? form.base : '';
}
