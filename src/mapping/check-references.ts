/**
 * What no schema can see: whether everything that one mapping file names in another is there. Each trouble names the
 * file, the place in it, and what would be right.
 */
import { CartographError, rejection } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import type { ConceptLookup, ConceptMapFile } from '../fhir/terminology/concept-map.ts';
import type { UnitTable } from './convert-unit.ts';
import type { ElementMap, FactMap } from './fact-map.ts';
import type { CompiledView } from './view/compile-view.ts';

export interface Known {
  readonly views: ReadonlyMap<string, CompiledView>;
  readonly lookups: ReadonlyMap<string, ConceptLookup>;
  readonly units: Readonly<Record<string, UnitTable>>;
}

/** Throws `mapping-invalid` with every trouble of the fact maps. */
export function checkFactMaps(
  factMaps: readonly { readonly file: string; readonly factMap: FactMap }[],
  known: Known,
): void {
  throwAll([
    ...factMaps.flatMap(({ file, factMap }) => troublesOf(file, factMap, known)),
    ...doubled(factMaps),
  ]);
}

function throwAll(findings: readonly Finding[]): void {
  const [first, ...rest] = findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
}

function trouble(file: string, path: string, problem: string, expected: string): Finding {
  const message = `${file} ${path}: ${problem}; ${expected}`;
  return { code: 'mapping-invalid', severity: 'error', message, expression: path, expected };
}

function doubled(
  factMaps: readonly { readonly file: string; readonly factMap: FactMap }[],
): readonly Finding[] {
  const files = Map.groupBy(factMaps, ({ factMap }) => factMap.name);
  return [...files].flatMap(([name, same]) => {
    const [first, second] = same;
    if (first === undefined || second === undefined) return [];
    return [trouble(second.file, '/name', `${first.file} is named ${name} too`, 'name each fact map once')];
  });
}

function troublesOf(file: string, factMap: FactMap, known: Known): readonly Finding[] {
  const view = known.views.get(factMap.view);
  if (view === undefined) {
    return [trouble(file, '/view', `no view is named ${factMap.view}`, `use ${listOf(known.views.keys())}`)];
  }
  const columns = new Set(view.columns.map(({ name }) => name));
  const at = (path: string, column: string): readonly Finding[] =>
    columns.has(column)
      ? []
      : [trouble(file, path, `view ${factMap.view} has no column ${column}`, `use ${listOf(columns)}`)];
  const names = Object.keys(factMap.elements);
  return [
    ...acceptanceTroubles(file, factMap, known),
    ...Object.entries(factMap.elements).flatMap(([name, map], index) => [
      ...columnsOf(map).flatMap((column) => at(`/elements/${name}`, column)),
      ...namesOf(map).flatMap((named) => missingName(file, `/elements/${name}`, named, known)),
      ...laterElement(file, name, map, names.slice(0, index)),
    ]),
    ...(factMap.anyOf ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => trouble(file, '/anyOf', `there is no element ${name}`, `use ${listOf(names)}`)),
    ...(factMap.absent === undefined ? [] : at('/absent', factMap.absent)),
    ...at('/source', factMap.source),
  ];
}

function acceptanceTroubles(file: string, { accepts }: FactMap, known: Known): readonly Finding[] {
  if (accepts === undefined || !('map' in accepts)) return [];
  const lookup = known.lookups.get(accepts.map);
  if (lookup === undefined) return missingName(file, '/accepts/map', { concepts: accepts.map }, known);
  const targets = targetsOf(lookup);
  return (accepts.codes ?? [])
    .filter((code) => !targets.has(code))
    .map((code) =>
      trouble(
        file,
        '/accepts/codes',
        `concept map ${accepts.map} translates nothing to ${code}`,
        `use ${listOf(targets)}`,
      ),
    );
}

type Named = { readonly concepts: string } | { readonly dimension: string };

function missingName(file: string, path: string, named: Named, known: Known): readonly Finding[] {
  if ('concepts' in named) {
    if (known.lookups.has(named.concepts)) return [];
    const expected = `use ${listOf(known.lookups.keys())}`;
    return [trouble(file, path, `no concept map is named ${named.concepts}`, expected)];
  }
  if (Object.hasOwn(known.units, named.dimension)) return [];
  const expected = `use ${listOf(Object.keys(known.units))}`;
  return [trouble(file, path, `units.json has no dimension ${named.dimension}`, expected)];
}

function laterElement(
  file: string,
  name: string,
  map: ElementMap,
  before: readonly string[],
): readonly Finding[] {
  const later = (path: string, element: string): readonly Finding[] =>
    before.includes(element)
      ? []
      : [
          trouble(
            file,
            `/elements/${name}/${path}`,
            `${element} is not read before`,
            `use ${listOf(before)}`,
          ),
        ];
  if (map.as === 'quantity' && map.by !== undefined) return later('by/element', map.by.element);
  if (map.as !== 'concept') return [];
  return (map.defaultWith ?? []).flatMap((element) => later('defaultWith', element));
}

/** Columns that have to be in the view; `__system` and `__text` of a code may be left out. */
function columnsOf(map: ElementMap): readonly string[] {
  switch (map.as) {
    case 'date':
      return [...map.from, ...(map.recorded === undefined ? [] : [map.recorded])];
    case 'concept':
      return [...map.from, ...(map.alsoFrom ?? [])].map((prefix) => `${prefix}__code`);
    case 'answer':
      return [map.boolean, map.absent, ...map.from.map((prefix) => `${prefix}__code`)];
    case 'quantity':
      return [`${map.from}__value`, `${map.from}__ucum`, ...(map.text === undefined ? [] : [map.text])];
    case 'as-written':
      return [`${map.from}__value`, `${map.from}__ucum`];
    case 'number':
      return map.from;
    case 'boolean':
    case 'text':
      return [map.from];
    case 'first':
      return map.of.flatMap(columnsOf);
    case 'constant':
    case 'kind':
      return [];
  }
}

function namesOf(map: ElementMap): readonly Named[] {
  switch (map.as) {
    case 'concept':
    case 'answer':
      return [{ concepts: map.map }];
    case 'kind':
      return map.map === undefined ? [] : [{ concepts: map.map }];
    case 'quantity': {
      const ranges = Object.values(map.by?.ranges ?? {}).map(({ unit }) => unit);
      const units = [...(map.unit === undefined ? [] : [map.unit]), ...ranges, ...(map.alternatives ?? [])];
      return units.map((dimension) => ({ dimension }));
    }
    case 'first':
      return map.of.flatMap(namesOf);
    default:
      return [];
  }
}

/**
 * A site's concept map adds to one of ours, by its name, and speaks its language: a target that nothing else has would
 * be a fact that nobody looks for.
 */
export function checkOverlay(
  site: string,
  files: readonly ConceptMapFile[],
  standard: ReadonlyMap<string, ConceptLookup>,
): void {
  throwAll(
    files.flatMap(({ file, map }) => {
      const name = map.url?.split('/').pop() ?? '';
      const lookup = standard.get(name);
      if (lookup === undefined) {
        return [trouble(file, '/url', `no concept map is named ${name}`, `use ${listOf(standard.keys())}`)];
      }
      const targets = targetsOf(lookup);
      return (map.group ?? []).flatMap(({ element }, group) =>
        (element ?? []).flatMap(({ target }, index) =>
          (target ?? [])
            .filter(({ code }) => code !== undefined && !targets.has(code))
            .map(({ code }) =>
              trouble(
                file,
                `/group/${group}/element/${index}/target`,
                `${name} knows no ${code} (site ${site})`,
                `use ${listOf(targets)}`,
              ),
            ),
        ),
      );
    }),
  );
}

/** Two sites may not claim one prefix, and a time zone has to be one. */
export function checkSites(
  sites: readonly {
    readonly site: string;
    readonly sourcePrefixes: readonly string[];
    readonly timeZone?: string;
  }[],
): void {
  const owners = new Map<string, string>();
  for (const { site, sourcePrefixes, timeZone } of sites) {
    const file = `sites/${site}/site.json`;
    if (timeZone !== undefined && !isTimeZone(timeZone)) {
      throw rejection('mapping-invalid', `${file} /timeZone: no time zone is named so; use an IANA name`, {
        expression: '/timeZone',
        found: timeZone,
        expected: 'an IANA name such as Europe/Brussels',
      });
    }
    for (const prefix of sourcePrefixes) {
      const owner = owners.get(prefix);
      if (owner !== undefined) {
        const message = `${file} /sourcePrefixes: sites/${owner}/site.json claims the same prefix; keep one`;
        throw rejection('mapping-invalid', message, { expression: '/sourcePrefixes', found: prefix });
      }
      owners.set(prefix, site);
    }
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format !== undefined;
  } catch {
    return false;
  }
}

function targetsOf(lookup: ConceptLookup): ReadonlySet<string> {
  return new Set([...lookup.values()].flatMap(({ codes }) => codes));
}

const LISTED = 40;

function listOf(names: Iterable<string>): string {
  const sorted = [...names].sort();
  const shown = sorted.slice(0, LISTED).join(', ');
  return sorted.length > LISTED ? `one of ${shown}, …` : `one of ${shown}`;
}
