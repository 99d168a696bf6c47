/** The compiled mapping knowledge: views, fact maps, concept maps, units and site overlays, ready to run. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { canonicalSystem, NO_OTHER_NAMES, type SystemNames } from '../fhir/terminology/code-spelling.ts';
import { ConceptLookup, type ConceptMapFile, compileConceptMaps } from '../fhir/terminology/concept-map.ts';
import { checkFactMaps, checkOverlay, checkSites } from './check-references.ts';
import { compileElement } from './compile-element.ts';
import type { UnitTable } from './convert-unit.ts';
import type { ElementSite, ReadElement } from './element-reading.ts';
import type { CodedElement, FactMap } from './fact-map.ts';
import type { ColumnReader } from './view/column-reader.ts';
import { type CompiledView, compileView } from './view/compile-view.ts';
import { WatchedWords } from './watched-words.ts';

/** What the files of `mappings/` say, read but not yet compiled. */
export interface MappingFiles {
  /** Digest of all the files: a record built with another one is built again. */
  readonly version: string;
  readonly views: readonly { readonly file: string; readonly view: unknown }[];
  readonly factMaps: readonly { readonly file: string; readonly factMap: FactMap }[];
  readonly concepts: readonly ConceptMapFile[];
  readonly units: Readonly<Record<string, UnitTable>>;
  readonly systems: SystemNames;
  readonly watchedWords: readonly string[];
  readonly sites: readonly SiteOverlay[];
}

export interface SiteOverlay {
  readonly site: string;
  /** A resource whose `meta.source` begins with one of these belongs to the site. */
  readonly sourcePrefixes: readonly string[];
  /** IANA name; instants written in UTC are brought to it. */
  readonly timeZone?: string;
  readonly concepts: readonly ConceptMapFile[];
  /** Units of the hospital's own, beside the standard ones of the same dimension. */
  readonly units: Readonly<Record<string, UnitTable>>;
}

export interface CompiledFactMap extends FactMap {
  readonly compiled: CompiledView;
}

/** With what a site says compiled into it. */
export interface SiteFactMap extends CompiledFactMap {
  /** In the order of the elements. */
  readonly readers: readonly ReadElement[];
  /** Says whether the value of a row is not known; absent where no column does. */
  readonly readAbsent: ColumnReader | undefined;
}

/** How resources of one type are recognised. */
export interface Recogniser {
  readonly element: CodedElement;
  readonly lookup: ConceptLookup;
  readonly byKind: ReadonlyMap<string, readonly SiteFactMap[]>;
  readonly patterns: readonly {
    /** Canonical names. */
    readonly systems: ReadonlySet<string>;
    /** Of codes in upper case. */
    readonly code: RegExp;
    readonly map: SiteFactMap;
  }[];
}

export interface TypeRules {
  /** Fact maps that take every resource of the type. */
  readonly always: readonly SiteFactMap[];
  readonly recognisers: readonly Recogniser[];
}

export interface SiteMappings extends ElementSite {
  readonly site: string;
  readonly rules: ReadonlyMap<string, TypeRules>;
}

export interface Mappings {
  readonly version: string;
  readonly views: readonly CompiledView[];
  readonly factMaps: readonly CompiledFactMap[];
  /** Concept maps of every site, by name. */
  readonly conceptMaps: ReadonlyMap<string, ConceptLookup>;
  readonly sites: readonly string[];
  readonly watchedWords: WatchedWords;
  /** The site that a resource belongs to: by the prefix of its meta.source, else `fallback`. */
  siteOf(resource: Resource, fallback: string): string;
  forSite(site: string): SiteMappings;
}

/** Compiles everything once. Throws `mapping-invalid` naming file and trouble. */
export function buildMappings(files: MappingFiles): Mappings {
  const views = compileViews(files.views);
  const standard = lookupsByName(files.concepts, files.systems);
  checkFactMaps(files.factMaps, { views, lookups: standard, units: files.units });
  checkSites(files.sites);
  for (const { site, concepts } of files.sites) checkOverlay(site, concepts, standard);
  const factMaps = files.factMaps.map(({ factMap }) => withView(factMap, views));
  const overlays = new Map(files.sites.map((site) => [site.site, site]));
  const compiled = new Map<string, SiteMappings>();
  const forSite = (site: string): SiteMappings => {
    let mappings = compiled.get(site);
    if (mappings === undefined) {
      mappings = siteMappings(site, overlays.get(site), standard, factMaps, files);
      compiled.set(site, mappings);
    }
    return mappings;
  };
  for (const site of overlays.keys()) forSite(site);
  forSite('');
  // The longest prefix is the most particular one.
  const prefixes = files.sites
    .flatMap(({ site, sourcePrefixes }) => sourcePrefixes.map((prefix) => ({ site, prefix })))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  return {
    version: files.version,
    views: [...views.values()],
    factMaps,
    conceptMaps: standard,
    sites: files.sites.map(({ site }) => site),
    watchedWords: new WatchedWords(files.watchedWords),
    siteOf: (resource, fallback) => {
      const source = resource.meta?.source;
      if (typeof source !== 'string') return fallback;
      return prefixes.find(({ prefix }) => source.startsWith(prefix))?.site ?? fallback;
    },
    forSite,
  };
}

function compileViews(files: MappingFiles['views']): ReadonlyMap<string, CompiledView> {
  const views = new Map<string, CompiledView>();
  for (const { file, view } of files) {
    const compiled = compileIn(file, view);
    const { name } = compiled;
    if (name === undefined || views.has(name)) {
      throw rejection('mapping-invalid', `${file}: a view needs a name of its own`, { expression: 'name' });
    }
    views.set(name, compiled);
  }
  return views;
}

/** The trouble of a view, with the file that it is in. */
function compileIn(file: string, view: unknown): CompiledView {
  try {
    return compileView(view);
  } catch (cause) {
    if (!(cause instanceof CartographError)) throw cause;
    const [{ expression } = { expression: '' }] = cause.findings;
    throw rejection('mapping-invalid', `${file}: ${cause.message}`, { cause, expression: expression ?? '' });
  }
}

function withView(factMap: FactMap, views: ReadonlyMap<string, CompiledView>): CompiledFactMap {
  const compiled = views.get(factMap.view);
  if (compiled === undefined) throw new RangeError(`View ${factMap.view} was not checked`);
  return { ...factMap, compiled };
}

function lookupsByName(
  files: readonly ConceptMapFile[],
  names: SystemNames,
): ReadonlyMap<string, ConceptLookup> {
  const byName = Map.groupBy(files, ({ map }) => nameOf(map.url));
  return new Map([...byName].map(([name, group]) => [name, compileConceptMaps(group, names)]));
}

/** A concept map is known by the last segment of its url; a site's map of that name adds to the standard one. */
function nameOf(url: string | undefined): string {
  return url?.split('/').pop() ?? '';
}

function siteMappings(
  site: string,
  overlay: SiteOverlay | undefined,
  standard: ReadonlyMap<string, ConceptLookup>,
  factMaps: readonly CompiledFactMap[],
  { units: standardUnits, systems }: MappingFiles,
): SiteMappings {
  const units = mergeUnits(standardUnits, overlay?.units ?? {});
  const lookups = new Map(standard);
  for (const [name, own] of lookupsByName(overlay?.concepts ?? [], systems)) {
    lookups.set(name, new ConceptLookup([...(standard.get(name) ?? []), ...own], systems));
  }
  const lookup = (map: string): ConceptLookup => {
    const found = lookups.get(map);
    if (found === undefined) throw rejection('mapping-invalid', `No concept map is named ${map}`);
    return found;
  };
  const elements: ElementSite = {
    timeZone: overlay?.timeZone,
    kinds: kindsByMap(lookups),
    lookup,
    units: (dimension) => {
      const table = units[dimension];
      if (table === undefined) throw rejection('mapping-invalid', `units.json has no dimension ${dimension}`);
      return table;
    },
  };
  const own = factMaps.map((factMap) => forElements(factMap, elements));
  return { ...elements, site, rules: rulesByType(own, lookup, systems) };
}

function forElements(factMap: CompiledFactMap, site: ElementSite): SiteFactMap {
  const { reader } = factMap.compiled;
  const entries = Object.entries(factMap.elements);
  return {
    ...factMap,
    readers: entries.map(([name, map]) => compileElement(name, map, reader, site)),
    readAbsent: factMap.absent === undefined ? undefined : reader(factMap.absent),
  };
}

/** For translating a kind once more: the targets by code alone, whatever the code system of the kind. */
function kindsByMap(
  lookups: ReadonlyMap<string, ConceptLookup>,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const kinds = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, lookup] of lookups) {
    const targets = new Map<string, string>();
    for (const [key, { codes }] of lookup) {
      const [target] = codes;
      if (target !== undefined) targets.set(key.slice(key.indexOf('|') + 1), target);
    }
    kinds.set(name, targets);
  }
  return kinds;
}

function mergeUnits(
  standard: Readonly<Record<string, UnitTable>>,
  own: Readonly<Record<string, UnitTable>>,
): Readonly<Record<string, UnitTable>> {
  const merged: Record<string, UnitTable> = { ...standard };
  for (const [dimension, table] of Object.entries(own)) {
    const before = standard[dimension];
    merged[dimension] =
      before === undefined
        ? table
        : {
            canonical: before.canonical,
            ucum: { ...before.ucum, ...table.ucum },
            text: { ...before.text, ...table.text },
          };
  }
  return merged;
}

function rulesByType(
  factMaps: readonly SiteFactMap[],
  lookup: (map: string) => ConceptLookup,
  systems: SystemNames,
): ReadonlyMap<string, TypeRules> {
  const byType = Map.groupBy(factMaps, (factMap) => factMap.compiled.resourceType);
  return new Map(
    [...byType].map(([type, maps]) => [
      type,
      {
        always: maps.filter((map) => map.accepts === undefined),
        recognisers: recognisersOf(maps, lookup, systems),
      },
    ]),
  );
}

/** By map first, by pattern last: a pattern counts only where no map knows the code. */
function recognisersOf(
  maps: readonly SiteFactMap[],
  lookup: (map: string) => ConceptLookup,
  systems: SystemNames,
): readonly Recogniser[] {
  const byMap = new Map<string, { element: CodedElement; map: string; group: SiteFactMap[] }>();
  const byPattern = new Map<CodedElement, Recogniser['patterns'][number][]>();
  for (const factMap of maps) {
    const { accepts } = factMap;
    if (accepts === undefined) continue;
    if ('map' in accepts) {
      const key = `${accepts.element} ${accepts.map}`;
      const entry = byMap.get(key);
      if (entry === undefined)
        byMap.set(key, { element: accepts.element, map: accepts.map, group: [factMap] });
      else entry.group.push(factMap);
    } else {
      const { systems: named, code } = accepts.pattern;
      const pattern = {
        systems: new Set(
          named.flatMap((system) => [system, ...(systems.aliases[system] ?? [])]).map(canonicalSystem),
        ),
        code: new RegExp(code),
        map: factMap,
      };
      byPattern.set(accepts.element, [...(byPattern.get(accepts.element) ?? []), pattern]);
    }
  }
  return [
    ...[...byMap.values()].map(({ element, map, group }) => recogniserByKind(element, lookup(map), group)),
    ...[...byPattern].map(([element, patterns]) => ({
      element,
      lookup: new ConceptLookup([], NO_OTHER_NAMES),
      byKind: new Map(),
      patterns,
    })),
  ];
}

function recogniserByKind(
  element: CodedElement,
  table: ConceptLookup,
  group: readonly SiteFactMap[],
): Recogniser {
  const byKind = new Map<string, SiteFactMap[]>();
  for (const factMap of group) {
    for (const kind of acceptedKinds(factMap, table)) {
      byKind.set(kind, [...(byKind.get(kind) ?? []), factMap]);
    }
  }
  return { element, lookup: table, byKind, patterns: [] };
}

function acceptedKinds(factMap: SiteFactMap, table: ConceptLookup): readonly string[] {
  const { accepts } = factMap;
  if (accepts === undefined || !('map' in accepts)) return [];
  return accepts.codes ?? [...new Set([...table.values()].flatMap(({ codes }) => codes))];
}
