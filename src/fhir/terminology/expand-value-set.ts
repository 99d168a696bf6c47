/** Lists the codes of a value set, where it is made of lists: whole code systems that are held, and named codes. */
import type { ConceptDefinition } from './terminology-code-system.ts';
import type { TerminologySource, ValueSetResource } from './terminology-value-set.ts';

export interface ListedCode {
  readonly system: string;
  readonly code: string;
}

type ConceptSet = NonNullable<NonNullable<ValueSetResource['compose']>['include']>[number];

/** Undefined where the set is not known, or needs a filter or a code system that is not held whole. */
export function expandValueSet(url: string, source: TerminologySource): readonly ListedCode[] | undefined {
  return expand(url, source, new Set());
}

function expand(
  canonical: string,
  source: TerminologySource,
  seen: Set<string>,
): readonly ListedCode[] | undefined {
  const url = canonical.split('|')[0] ?? canonical;
  if (seen.has(url)) return [];
  seen.add(url);
  const include = source.valueSet(url)?.compose?.include;
  if (include === undefined) return undefined;
  const exclude = source.valueSet(url)?.compose?.exclude ?? [];
  const included = include.map((set) => listOf(set, source, seen));
  const excluded = exclude.map((set) => listOf(set, source, seen));
  if (included.includes(undefined) || excluded.includes(undefined)) return undefined;
  const gone = new Set(excluded.flatMap((set) => set ?? []).map(nameOf));
  const codes = new Map(included.flatMap((set) => set ?? []).map((one) => [nameOf(one), one]));
  return [...codes.values()].filter((one) => !gone.has(nameOf(one)));
}

/** A set that names several sources means what they have in common. */
function listOf(
  { system, concept, filter, valueSet }: ConceptSet,
  source: TerminologySource,
  seen: Set<string>,
): readonly ListedCode[] | undefined {
  if (filter !== undefined && filter.length > 0) return undefined;
  const lists: (readonly ListedCode[] | undefined)[] = (valueSet ?? []).map((url) =>
    expand(url, source, new Set(seen)),
  );
  if (system !== undefined) {
    const codes = concept?.map(({ code }) => code) ?? codesOf(system, source);
    lists.push(codes?.map((code) => ({ system, code })));
  }
  const [first, ...rest] = lists;
  if (first === undefined || rest.includes(undefined)) return undefined;
  return first.filter((one) => rest.every((list) => list?.some((other) => nameOf(other) === nameOf(one))));
}

function codesOf(system: string, source: TerminologySource): readonly string[] | undefined {
  const resource = source.codeSystem(system);
  return resource?.content === 'complete' ? flatten(resource.concept ?? []) : undefined;
}

function flatten(concepts: readonly ConceptDefinition[]): readonly string[] {
  return concepts.flatMap(({ code, concept }) => [code, ...flatten(concept ?? [])]);
}

function nameOf({ system, code }: ListedCode): string {
  return `${system}|${code}`;
}
