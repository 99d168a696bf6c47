/** What one resource states: facts, each with its source, and findings about what could not be read. */
import type { Identifier, Resource } from '@medplum/fhirtypes';
import type { SourceFlag } from '../cohort/cohort-record.generated.ts';
import { CartographError } from '../core/cartograph-error.ts';
import { CATALOGUE } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { type ElementFinding, scalar } from './element-reading.ts';
import type { Fact, FactSource, FactValue } from './fact.ts';
import type { CompiledFactMap, SiteMappings, TypeRules } from './mappings.ts';
import { type Occurrence, occurrenceOf } from './occurrence.ts';
import { panelParts } from './panel-parts.ts';
import { readElement } from './read-element.ts';
import { conceptsOf, type Recognised, recognise } from './recognise.ts';
import type { LocatedRow } from './view/located-row.ts';
import type { WatchedWords } from './watched-words.ts';

export interface Extracted {
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
}

const NOTHING: Extracted = { facts: [], findings: [] };

/** `resource` has its links among `contained` (link-resources.ts) and belongs to the site of `mappings`. */
export function extractFacts(
  resource: Resource,
  mappings: SiteMappings,
  watchedWords: WatchedWords,
): Extracted {
  const rules = mappings.rules.get(resource.resourceType);
  if (rules === undefined) return NOTHING;
  const occurrence = occurrenceOf(resource);
  if (occurrence === 'NONE') return NOTHING;
  const recognised = recognise(resource, rules);
  if (recognised.length > 0) return extractRecognised(resource, recognised, occurrence, mappings);
  const parts = extractParts(resource, rules, occurrence, mappings);
  if (parts !== undefined) return parts;
  return { facts: [], findings: unmappedFindings(resource, mappings.site, watchedWords) };
}

function extractRecognised(
  resource: Resource,
  recognised: readonly Recognised[],
  occurrence: Occurrence,
  mappings: SiteMappings,
): Extracted {
  if (occurrence === 'UNCONFIRMED') {
    return { facts: [], findings: [finding('status-unconfirmed', resource, mappings.site)] };
  }
  const facts: Fact[] = [];
  const findings: Finding[] = [];
  for (const match of recognised) {
    const rows = locatedRows(resource, match, mappings.site);
    findings.push(...rows.findings);
    for (const located of rows.rows) {
      const read = readFact(resource, located, match, occurrence, mappings);
      if (read.fact !== undefined) facts.push(read.fact);
      findings.push(...read.findings);
    }
  }
  return { facts, findings };
}

/** What the parts of a panel state; undefined where nothing here knows any of them. */
function extractParts(
  panel: Resource,
  rules: TypeRules,
  occurrence: Occurrence,
  mappings: SiteMappings,
): Extracted | undefined {
  const facts: Fact[] = [];
  const findings: Finding[] = [];
  let known = false;
  for (const { resource, pathOf } of panelParts(panel)) {
    const recognised = recognise(resource, rules);
    if (recognised.length === 0) continue;
    known = true;
    const extracted = extractRecognised(resource, recognised, occurrence, mappings);
    for (const fact of extracted.facts) {
      facts.push({
        ...fact,
        sources: fact.sources.map((source) => ({ ...source, path: pathOf(source.path) })),
      });
    }
    for (const one of extracted.findings) {
      findings.push(one.expression === undefined ? one : { ...one, expression: pathOf(one.expression) });
    }
  }
  return known ? { facts, findings } : undefined;
}

/** An expression that cannot be applied to this resource (two values where one may be) costs this fact alone. */
function locatedRows(
  resource: Resource,
  { factMap }: Recognised,
  site: string,
): { readonly rows: readonly LocatedRow[]; readonly findings: readonly Finding[] } {
  try {
    return { rows: factMap.compiled.locatedRows(resource), findings: [] };
  } catch (error) {
    if (!(error instanceof CartographError) || error.code !== 'expression-failed') throw error;
    return { rows: [], findings: [finding('value-unreadable', resource, site)] };
  }
}

function readFact(
  resource: Resource,
  located: LocatedRow,
  match: Recognised,
  occurrence: string,
  mappings: SiteMappings,
): { readonly fact?: Fact; readonly findings: readonly Finding[] } {
  const { factMap, byText, inexact } = match;
  const { site } = mappings;
  if (occurrence === 'NEGATED' && factMap.negated === undefined) return { findings: [] };
  const read = readElements(resource, located, match, mappings);
  if (read === undefined) return { findings: [] };
  const findings = [...read.findings];
  if (inexact) findings.unshift(finding('code-inexact', resource, site));
  if (byText) findings.unshift(finding('matched-by-text', resource, site));
  const path = located.sourcePath(factMap.source);
  if (!read.usable && factMap.accepts === undefined) return { findings: [] };
  if (!read.usable) {
    const silent =
      findings.some(({ severity }) => severity !== 'information') ||
      statesAbsence(resource, located, factMap);
    return { findings: silent ? findings : [...findings, finding('value-unreadable', resource, site, path)] };
  }
  const flags = [...read.flags];
  if (byText) flags.push('MATCHED_BY_TEXT');
  if (occurrence === 'PRELIMINARY') {
    flags.push('PRELIMINARY');
    findings.push(finding('status-preliminary', resource, site));
  }
  const isNegated = occurrence === 'NEGATED';
  const kind = (isNegated ? factMap.negated : undefined) ?? factMap.fact;
  const elements = isNegated ? { ...read.elements, ...factMap.negatedElements } : read.elements;
  const source = sourceOf(resource, path, flags.length < 2 ? flags : [...new Set(flags)].sort(), site);
  return { fact: { kind, elements, sources: [source] }, findings };
}

interface ReadElements {
  readonly elements: Readonly<Record<string, FactValue>>;
  readonly flags: readonly SourceFlag[];
  readonly findings: readonly Finding[];
  readonly usable: boolean;
}

/** Undefined where the row turns out not to be this fact. */
function readElements(
  resource: Resource,
  located: LocatedRow,
  { factMap, kind, kinds }: Recognised,
  mappings: SiteMappings,
): ReadElements | undefined {
  const elements: Record<string, FactValue> = {};
  const flags: SourceFlag[] = [];
  const findings: Finding[] = [];
  let usable = true;
  const meaning = { kind, kinds };
  for (const [name, map] of factMap.entries) {
    const reading = readElement(name, map, located.row, meaning, elements, mappings);
    if (reading.other === true) return undefined;
    for (const key in reading.values) elements[key] = reading.values[key] as FactValue;
    for (const flag of reading.flags) flags.push(flag);
    for (const trouble of reading.findings)
      findings.push(elementFinding(trouble, resource, located, mappings));
    usable &&= reading.usable;
  }
  if (factMap.anyOf?.every((name) => elements[name] === undefined) === true) usable = false;
  return { elements, flags, findings, usable };
}

/** An explicit "not known": no fact, and nothing to find fault with. */
function statesAbsence(resource: Resource, { row }: LocatedRow, { absent }: CompiledFactMap): boolean {
  if (absent !== undefined && scalar(row, absent) === true) return true;
  return 'dataAbsentReason' in resource && resource.dataAbsentReason !== undefined;
}

function sourceOf(resource: Resource, path: string, flags: readonly SourceFlag[], site: string): FactSource {
  const author = 'performer' in resource ? authorOf(resource.performer) : undefined;
  return {
    reference: referenceTo(resource),
    ...(resource.meta?.versionId === undefined ? {} : { versionId: resource.meta.versionId }),
    path,
    site,
    ...(flags.length === 0 ? {} : { flags }),
    ...(author === undefined ? {} : { author }),
    identifiers: identifiersOf(resource),
  };
}

function authorOf(performer: unknown): string | undefined {
  const [first] = Array.isArray(performer) ? performer : [];
  const reference = (first as { readonly reference?: unknown } | undefined)?.reference;
  return typeof reference === 'string' ? reference : undefined;
}

function identifiersOf(resource: Resource): readonly string[] {
  const identifiers = 'identifier' in resource ? resource.identifier : undefined;
  if (!Array.isArray(identifiers)) return NO_IDENTIFIERS;
  const list: readonly Identifier[] = identifiers;
  return list.map(({ system, value }) => `${system ?? ''}|${value ?? ''}`).sort();
}

const NO_IDENTIFIERS: readonly string[] = [];

export function referenceTo(resource: Resource): string {
  return `${resource.resourceType}/${resource.id ?? ''}`;
}

function elementFinding(
  { code, column, found, expected }: ElementFinding,
  resource: Resource,
  located: LocatedRow,
  mappings: SiteMappings,
): Finding {
  return {
    ...finding(code, resource, mappings.site, located.sourcePath(column)),
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
  };
}

const INFORMATION: ReadonlySet<string> = new Set([
  'matched-by-text',
  'unit-by-text',
  'date-imprecise',
  'date-recorded-only',
  'date-in-utc',
  'status-preliminary',
  'code-inexact',
]);

function finding(
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

/** A code or text that no map knows is worth a word only where it could carry a fact of ours. */
function unmappedFindings(resource: Resource, site: string, watchedWords: WatchedWords): readonly Finding[] {
  for (const element of SAYS_WHAT_IT_IS) {
    for (const { text, coding } of conceptsOf(resource, element)) {
      let watched = watchedWords.findIn(text ?? '');
      for (const { display } of coding ?? []) watched ??= watchedWords.findIn(display ?? '');
      if (watched === undefined) continue;
      const first = coding?.[0];
      const found =
        first === undefined ? `text with "${watched}"` : quote(`${first.system ?? ''}|${first.code ?? ''}`);
      return [{ ...finding('code-unmapped', resource, site, `${resource.resourceType}.code`), found }];
    }
  }
  return NO_FINDINGS;
}

const SAYS_WHAT_IT_IS = ['code', 'medication', 'event'] as const;
const NO_FINDINGS: readonly Finding[] = [];
