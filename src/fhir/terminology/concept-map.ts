/**
 * Translation of codings by FHIR ConceptMaps, compiled once to one lookup for each map. Several files may carry
 * the same map name: a site's own file comes before the standard one; two of equal rank that disagree are an error.
 */
import type {
  CodeableConcept,
  ConceptMap,
  ConceptMapGroup,
  ConceptMapGroupUnmapped,
} from '@medplum/fhirtypes';
import { rejection } from '../../core/cartograph-error.ts';
import { canonicalSystem, looseCode, NO_OTHER_NAMES, type SystemNames } from './code-spelling.ts';

/** The pseudo code system of a map's group whose codes are lower-case words of a text. */
export const TEXT_SYSTEM = 'https://cartograph.example.org/fhir/CodeSystem/text';

export interface ConceptMapFile {
  readonly file: string;
  readonly map: ConceptMap;
}

export interface Target {
  readonly codes: readonly string[];
  /** The map says `inexact`: the code says less than what it is taken for. */
  readonly inexact: boolean;
}

/** Stands in a key for every code of the system that the map does not name; no code of FHIR holds a space. */
const ANY_CODE = ' any ';

type Codes = ReadonlyMap<string, Target>;

/** `system|code` to what it means. */
export class ConceptLookup extends Map<string, Target> {
  /** By the name that the maps write, then by canonical name: what is spelt as in the maps is found at once. */
  readonly #bySystem: ReadonlyMap<string, Codes>;
  readonly #byCanonical: ReadonlyMap<string, Codes>;
  readonly #loose: ReadonlyMap<string, Codes>;

  /** Of two entries for one key the later stays. */
  constructor(entries: Iterable<readonly [key: string, target: Target]>, { loose }: SystemNames) {
    super(entries);
    const parts = [...this].map(([key, target]) => {
      const cut = key.indexOf('|');
      return { system: key.slice(0, cut), code: key.slice(cut + 1), target };
    });
    const isLoose = new Set(loose.map(canonicalSystem));
    this.#bySystem = codesBy(parts);
    const canonical = parts.map((part) => ({ ...part, system: canonicalSystem(part.system) }));
    this.#byCanonical = codesBy(canonical);
    this.#loose = codesBy(
      canonical
        .filter(({ system, code }) => isLoose.has(system) && code !== ANY_CODE)
        .map((part) => ({ ...part, code: looseCode(part.code) })),
    );
  }

  /** What a code means: as it is named, else as its system's group says of all others. */
  find(system: string, code: string): Target | undefined {
    const target = this.#bySystem.get(system)?.get(code);
    if (target !== undefined) return target;
    const canonical = canonicalSystem(system);
    const codes = this.#byCanonical.get(canonical);
    if (codes === undefined) return undefined;
    const respelt = codes.get(code) ?? this.#loose.get(canonical)?.get(looseCode(code));
    if (respelt !== undefined) return respelt;
    const rest = codes.get(ANY_CODE);
    return rest === undefined || rest.codes.length > 0 ? rest : { ...rest, codes: [code] };
  }
}

function codesBy(
  parts: readonly { readonly system: string; readonly code: string; readonly target: Target }[],
): ReadonlyMap<string, Codes> {
  const systems = new Map<string, Map<string, Target>>();
  for (const { system, code, target } of parts) {
    const codes = systems.get(system) ?? new Map<string, Target>();
    systems.set(system, codes.set(code, target));
  }
  return systems;
}

export interface Translation extends Target {
  readonly byText: boolean;
}

/** Lookup of all the groups of the files, which are of equal rank. Throws `mapping-invalid` where two disagree. */
export function compileConceptMaps(
  files: readonly ConceptMapFile[],
  names: SystemNames = NO_OTHER_NAMES,
): ConceptLookup {
  const lookup = new Map<string, Target>();
  const origin = new Map<string, string>();
  for (const { file, map } of files) {
    if (map.group?.some(({ unmapped }) => unmapped?.mode === 'other-map') === true) {
      throw rejection(
        'mapping-invalid',
        `${file} /group/unmapped: other-map is not followed; put its codes here`,
        {
          expression: '/group/unmapped/mode',
          expected: 'fixed or provided',
        },
      );
    }
    for (const [key, target] of targetsOf(map, names.aliases)) {
      const before = lookup.get(key);
      if (before !== undefined && before.codes.join() !== target.codes.join()) {
        throw rejection('mapping-invalid', `${origin.get(key)} and ${file} translate ${key} differently`, {
          found: `${before.codes.join()} and ${target.codes.join()}`,
          expected: 'one translation for a code',
        });
      }
      lookup.set(key, target);
      origin.set(key, file);
    }
  }
  return new ConceptLookup(lookup, names);
}

/** A code may stand in several groups, each with targets of one code system: it means all of them. */
function targetsOf(map: ConceptMap, aliases: SystemNames['aliases']): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  for (const group of map.group ?? []) {
    const named = group.source ?? '';
    for (const source of [named, ...(aliases[named] ?? [])]) addGroup(group, source, targets);
  }
  return targets;
}

function addGroup(group: ConceptMapGroup, source: string, targets: Map<string, Target>): void {
  const rest = unmappedTarget(group.unmapped);
  if (rest !== undefined) targets.set(`${source}|${ANY_CODE}`, rest);
  for (const element of group.element ?? []) {
    const key = `${source}|${element.code ?? ''}`;
    const meant = (element.target ?? []).filter(
      ({ equivalence }) => equivalence !== 'disjoint' && equivalence !== 'unmatched',
    );
    const before = targets.get(key);
    targets.set(key, {
      codes: [...(before?.codes ?? []), ...meant.flatMap(({ code }) => (code === undefined ? [] : [code]))],
      inexact: before?.inexact === true || meant.some(({ equivalence }) => equivalence === 'inexact'),
    });
  }
}

/**
 * What a group says of codes that it does not name: `fixed` one meaning for all of them, `provided` the code itself.
 */
function unmappedTarget(unmapped: ConceptMapGroupUnmapped | undefined): Target | undefined {
  if (unmapped?.mode === 'fixed' && unmapped.code !== undefined) {
    return { codes: [unmapped.code], inexact: true };
  }
  return unmapped?.mode === 'provided' ? { codes: [], inexact: true } : undefined;
}

/** Any coding may match; coding order means nothing; text counts only where no coding matches. */
export function translateConcept(concept: CodeableConcept, lookup: ConceptLookup): Translation | undefined {
  let found: Target | undefined;
  let others: Target[] | undefined;
  for (const { system = '', code = '' } of concept.coding ?? []) {
    const target = lookup.find(system, code);
    if (target === undefined) continue;
    if (found === undefined) found = target;
    else if (others === undefined) others = [found, target];
    else others.push(target);
  }
  if (others !== undefined) {
    const codes = [...new Set(others.flatMap((target) => target.codes))].sort();
    return { codes, inexact: others.every(({ inexact }) => inexact), byText: false };
  }
  if (found !== undefined) return { codes: sorted(found.codes), inexact: found.inexact, byText: false };
  const target = concept.text === undefined ? undefined : translateText(concept.text, lookup);
  return target === undefined ? undefined : { ...target, byText: true };
}

function sorted(codes: readonly string[]): readonly string[] {
  return codes.length < 2 ? codes : [...new Set(codes)].sort();
}

/** Words that say nothing beside the name of a product. */
const FILLERS = new Set(
  'a an and of the by iv intravenous infusion infused administration administered suspension dose single car t cell cells cart cd19 therapy treatment product autologous autoleucel'.split(
    ' ',
  ),
);

/**
 * A text matches only if every word of it that is no filler names the same thing: "Kymriah (tisagenlecleucel)
 * infusion" does, "echo before Kymriah" does not.
 */
function translateText(text: string, lookup: ConceptLookup): Target | undefined {
  let found: Target | undefined;
  for (const word of text.toLowerCase().split(/[^a-z0-9]+/)) {
    if (word === '' || FILLERS.has(word)) continue;
    const target = lookup.find(TEXT_SYSTEM, word);
    if (target === undefined) return undefined;
    if (found !== undefined && found.codes.join() !== target.codes.join()) return undefined;
    found = target;
  }
  return found;
}
