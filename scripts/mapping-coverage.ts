/** docs/mapping-coverage.md: which view and which concepts fill each element of the record, dialect by dialect. */
import { NO_OTHER_NAMES } from '../src/fhir/terminology/code-spelling.ts';
import { ConceptLookup } from '../src/fhir/terminology/concept-map.ts';
import type { ElementMap } from '../src/mapping/fact-map.ts';
import { loadMappings } from '../src/mapping/load-mappings.ts';
import type { CompiledFactMap, Mappings } from '../src/mapping/mappings.ts';

export const MAPPING_COVERAGE_FILE = 'docs/mapping-coverage.md';

const DIALECTS = ['native', 'US Core style', 'mCODE and genomics', 'ICD-10-GM, OPS, ATC', 'text'] as const;
type Dialect = (typeof DIALECTS)[number];

/** By the beginning of a code system's name; the first that fits. */
const SYSTEMS: readonly (readonly [prefix: string, dialect: Dialect])[] = [
  ['https://cartograph.example.org/fhir/CodeSystem/text', 'text'],
  ['https://cartograph.example.org/', 'native'],
  ['http://fhir.de/', 'ICD-10-GM, OPS, ATC'],
  ['http://www.whocc.no/atc', 'ICD-10-GM, OPS, ATC'],
  ['http://www.genenames.org', 'mCODE and genomics'],
  ['http://hl7.org/fhir/us/', 'mCODE and genomics'],
  ['http://ncicb.nci.nih.gov', 'mCODE and genomics'],
];
/** LOINC terms that mCODE and the Genomics Reporting guide ask for. */
const OF_MCODE: ReadonlySet<string> = new Set(['97509-4', '69548-6', '48018-6']);

export async function mappingCoverage(): Promise<string> {
  const mappings = await loadMappings('mappings');
  const byFact = Map.groupBy(mappings.factMaps, ({ fact }) => fact);
  const sections = [...byFact]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([fact, factMaps]) => [`## ${fact}`, '', ...factMaps.flatMap((one) => section(one, mappings))]);
  return [
    '# What fills the record',
    '',
    'Generated from `mappings/` by `npm run generate`. For each fact: the fact maps that give it, the view that each of',
    'them reads, the codes by which a resource is recognised in each dialect, and the columns and concept maps of every',
    'element. What a site adds is not listed here; `cartograph mappings explain` shows it for a resource.',
    '',
    ...sections,
  ].join('\n');
}

function section(factMap: CompiledFactMap, mappings: Mappings): readonly string[] {
  const { name, view, compiled, elements } = factMap;
  return [
    `### ${name}`,
    '',
    `\`${compiled.resourceType}\` by view \`${view}\`${negation(factMap)}.`,
    '',
    ...recognised(factMap, mappings),
    '',
    '| element | filled by |',
    '| --- | --- |',
    ...Object.entries(elements).map(([element, map]) => `| \`${element}\` | ${filledBy(map, factMap)} |`),
    '',
  ];
}

function negation({ negated }: CompiledFactMap): string {
  return negated === undefined ? '' : `; not done or refuted: \`${negated}\``;
}

function recognised({ accepts, compiled }: CompiledFactMap, mappings: Mappings): readonly string[] {
  if (accepts === undefined) return [`Every ${compiled.resourceType}.`];
  if ('pattern' in accepts) {
    const { systems, code } = accepts.pattern;
    return [
      `Recognised by \`${accepts.element}\` of ${systems.map((system) => `\`${system}\``).join(', ')} like \`${code.replaceAll('|', '\\|')}\`, where no map knows it.`,
    ];
  }
  const lookup = mappings.conceptMaps.get(accepts.map) ?? new ConceptLookup([], NO_OTHER_NAMES);
  const codes = codesByDialect(lookup, accepts.codes);
  return [
    `Recognised by \`${accepts.element}\` through \`${accepts.map}\`:`,
    '',
    ...DIALECTS.filter((dialect) => codes.has(dialect)).map(
      (dialect) => `- ${dialect}: ${shown(codes.get(dialect) ?? [])}`,
    ),
  ];
}

function codesByDialect(
  lookup: ConceptLookup,
  kinds: readonly string[] | undefined,
): ReadonlyMap<Dialect, readonly string[]> {
  const found = new Map<Dialect, Set<string>>();
  for (const [key, { codes }] of lookup) {
    if (kinds !== undefined && !codes.some((code) => kinds.includes(code))) continue;
    const cut = key.indexOf('|');
    const code = key.slice(cut + 1);
    const dialect = dialectOf(key.slice(0, cut), code);
    if (dialect === undefined) continue;
    found.set(dialect, (found.get(dialect) ?? new Set()).add(code));
  }
  return new Map([...found].map(([dialect, codes]) => [dialect, [...codes].sort()]));
}

/** Undefined for another name of a system that is listed already. */
function dialectOf(system: string, code: string): Dialect | undefined {
  if (system.startsWith('urn:oid:')) return undefined;
  if (OF_MCODE.has(code)) return 'mCODE and genomics';
  return SYSTEMS.find(([prefix]) => system.startsWith(prefix))?.[1] ?? 'US Core style';
}

const SHOWN = 24;

function shown(codes: readonly string[]): string {
  const first = codes.slice(0, SHOWN).map((code) => `\`${code}\``);
  return codes.length > SHOWN ? `${first.join(', ')} and ${codes.length - SHOWN} more` : first.join(', ');
}

function filledBy(map: ElementMap, factMap: CompiledFactMap): string {
  const path = (column: string): string => `\`${factMap.compiled.sourcePath(column)}\``;
  const paths = (columns: readonly string[]): string => [...new Set(columns.map(path))].join(', ');
  switch (map.as) {
    case 'constant':
      return `always ${map.value}`;
    case 'kind':
      return map.map === undefined ? 'what the code means' : `what the code means, by \`${map.map}\``;
    case 'date':
      return paths([...map.from, ...(map.recorded === undefined ? [] : [map.recorded])]);
    case 'concept':
      return `${paths(map.from.map((prefix) => `${prefix}__code`))} by \`${map.map}\``;
    case 'answer':
      return `${paths([map.boolean, ...map.from.map((prefix) => `${prefix}__code`)])} by \`${map.map}\``;
    case 'quantity':
      return `${path(`${map.from}__value`)} in ${map.unit ?? `the unit of ${map.by?.element ?? ''}`}`;
    case 'as-written':
      return `${path(`${map.from}__value`)} as written`;
    case 'number':
      return paths(map.from);
    case 'boolean':
    case 'text':
      return path(map.from);
    case 'first':
      return map.of.map((one) => filledBy(one, factMap)).join('; else ');
  }
}
