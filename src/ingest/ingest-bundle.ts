/** A transaction or batch, from what was posted to the response bundle. */

import type { Bundle, BundleEntry, BundleEntryResponse } from '@medplum/fhirtypes';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { CATALOGUE } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { bundleEntries } from '../fhir/bundle-entries.ts';
import { checkEntry, checkStructure } from '../fhir/check-structure.ts';
import { outcomeOf, statusOf } from '../fhir/operation-outcome.ts';
import { type PlannedEntry, planEntry } from '../fhir/plan-entry.ts';
import type { SearchContext } from '../fhir/search/parse-criterion.ts';
import type { EntryAnswers, IngestContext, IngestDeps } from './ingest-deps.ts';
import { runEntries } from './run-entries.ts';

const MAX_FINDINGS = 100;

/** Order in which FHIR has the entries of a bundle processed. */
const ORDER: readonly string[] = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET', 'HEAD'];

/**
 * Stores a transaction whole or throws why not; answers each entry of a batch for itself. Throws for what is no
 * bundle of one of these types.
 */
export async function ingestBundle(
  body: unknown,
  context: IngestContext,
  deps: IngestDeps,
  answers: EntryAnswers,
): Promise<Bundle> {
  const { type, entries } = readShell(body);
  if (type === 'batch') return ingestBatch(entries, context, deps, answers);
  const planned = planAll(entries, deps.searchContext());
  const responses = await runEntries(planned, context, deps, answers);
  return responseBundle('transaction-response', responses);
}

interface Shell {
  readonly type: 'transaction' | 'batch';
  readonly entries: readonly unknown[];
}

function readShell(body: unknown): Shell {
  const isBundle =
    typeof body === 'object' && body !== null && 'resourceType' in body && body.resourceType === 'Bundle';
  if (!isBundle) {
    refuse(checkStructure(body));
    throw unsupportedBundle('Resource.resourceType', 'another resource type', 'a Bundle');
  }
  const { entry, ...shell } = body as Readonly<Record<string, unknown>>;
  refuse(checkStructure(shell, 'Bundle'));
  const type = shell['type'];
  if (type !== 'transaction' && type !== 'batch') {
    throw unsupportedBundle(
      'Bundle.type',
      type === undefined ? 'no type' : quote(type),
      'transaction or batch',
    );
  }
  if (entry !== undefined && !Array.isArray(entry)) {
    const expression = 'Bundle.entry';
    throw rejection('element-invalid', `${expression}: expected an array`, {
      expression,
      found: typeof entry,
      expected: 'an array',
    });
  }
  return { type, entries: entry ?? [] };
}

function unsupportedBundle(expression: string, found: string, expected: string): Error {
  return rejection('bundle-type-unsupported', `${expression}: found ${found}, expected ${expected}`, {
    expression,
    found,
    expected,
  });
}

function refuse(findings: readonly Finding[]): void {
  const [first, ...rest] = findings.slice(0, MAX_FINDINGS);
  if (first !== undefined) throw new CartographError([first, ...rest]);
}

function planOne(entry: unknown, index: number, context: SearchContext): PlannedEntry {
  const path = `Bundle.entry[${index}]`;
  refuse(checkEntry(entry, path));
  return planEntry(entry as BundleEntry, path, context);
}

/** Every entry of a transaction, or every finding on all of them. */
function planAll(entries: readonly unknown[], context: SearchContext): readonly PlannedEntry[] {
  const findings: Finding[] = [];
  const planned: PlannedEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      planned.push(planOne(entry, index, context));
    } catch (error) {
      if (!(error instanceof CartographError)) throw error;
      findings.push(...error.findings);
    }
  }
  refuse([...findings, ...repeatedFullUrls(planned)]);
  return planned;
}

/** Two entries of one full URL would make every reference to it ambiguous. */
function repeatedFullUrls(planned: readonly PlannedEntry[]): readonly Finding[] {
  const seen = new Set<string>();
  return planned.flatMap((entry): readonly Finding[] => {
    if (entry.kind !== 'write' || entry.fullUrl === undefined) return [];
    if (!seen.has(entry.fullUrl)) {
      seen.add(entry.fullUrl);
      return [];
    }
    const expression = `${entry.path}.fullUrl`;
    const message = `${expression}: another entry has the same fullUrl`;
    return [{ code: 'duplicate-target', severity: 'error', message, expression }];
  });
}

async function ingestBatch(
  entries: readonly unknown[],
  context: IngestContext,
  deps: IngestDeps,
  answers: EntryAnswers,
): Promise<Bundle> {
  const responses = new Map<number, BundleEntry>();
  const inOrder = [...entries.entries()].sort(([a, one], [b, other]) => rankOf(one) - rankOf(other) || a - b);
  for (const [index, entry] of inOrder) {
    responses.set(index, await ingestEntry(entry, index, context, deps, answers));
  }
  const inPlace = entries.map((_entry, index) => responses.get(index) ?? {});
  return responseBundle('batch-response', inPlace);
}

function responseBundle(
  type: 'transaction-response' | 'batch-response',
  entries: readonly BundleEntry[],
): Bundle {
  return { resourceType: 'Bundle', type, ...bundleEntries(entries) };
}

function rankOf(entry: unknown): number {
  const request =
    typeof entry === 'object' && entry !== null && 'request' in entry ? entry.request : undefined;
  const method = typeof request === 'object' && request !== null && 'method' in request ? request.method : '';
  return ORDER.indexOf(String(method));
}

async function ingestEntry(
  entry: unknown,
  index: number,
  context: IngestContext,
  deps: IngestDeps,
  answers: EntryAnswers,
): Promise<BundleEntry> {
  try {
    const [response] = await runEntries(
      [planOne(entry, index, deps.searchContext())],
      context,
      deps,
      answers,
    );
    return response ?? {};
  } catch (error) {
    if (error instanceof CartographError) return { response: failure(error.findings) };
    deps.onFault(error);
    const { meaning } = CATALOGUE['internal-fault'];
    return { response: failure([{ code: 'internal-fault', severity: 'error', message: meaning }]) };
  }
}

function failure(findings: readonly Finding[]): BundleEntryResponse {
  const code = findings[0]?.code ?? 'internal-fault';
  return { status: String(statusOf(code)), outcome: outcomeOf(findings) };
}
