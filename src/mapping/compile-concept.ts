/** Elements that are codes: translated by the concept maps of the resource's site. */
import { quote } from '../core/finding.ts';
import { type ConceptLookup, type Translation, translateConcept } from '../fhir/terminology/concept-map.ts';
import {
  type Columns,
  type Draft,
  type ElementSite,
  firstOf,
  itemBeside,
  leaveOut,
  type ReadElement,
} from './element-reading.ts';
import type { FactValue } from './fact.ts';
import type { AnswerElement, ConceptElement } from './fact-map.ts';
import type { LocatedRow } from './view/located-row.ts';

export function compileConcept(
  name: string,
  map: ConceptElement,
  columns: Columns,
  site: ElementSite,
): ReadElement {
  const lookup = site.lookup(map.map);
  const from = map.from.map((prefix) => compilePrefix(prefix, columns, lookup));
  const alsoFrom = (map.alsoFrom ?? []).map((prefix) => compilePrefix(prefix, columns, lookup));
  const finish = compileUntranslated(name, map);
  return (row, _meaning, draft) => {
    const said = translateAll(row, from);
    const codes = said.codes.length > 0 ? said.codes : translateAll(row, alsoFrom).codes;
    if (codes.length === 0) {
      finish(said.unmapped, draft);
      return;
    }
    const sorted = codes.length === 1 ? codes : [...new Set(codes)].sort();
    draft.elements[name] = map.many === true ? sorted : typed(sorted[0] ?? '', map.type);
    if (said.byText) draft.flags.push('MATCHED_BY_TEXT');
  };
}

interface Said {
  readonly codes: readonly string[];
  /** Undefined where everything that was said has a translation. */
  readonly unmapped: readonly Unmapped[] | undefined;
  readonly byText: boolean;
}

const NOTHING: Said = { codes: [], unmapped: undefined, byText: false };

function translateAll(row: LocatedRow, prefixes: readonly Prefix[]): Said {
  let said = NOTHING;
  for (const { translate, column } of prefixes) {
    const found = translate(row);
    if (found === undefined) continue;
    const { codes, unmapped, byText } = said;
    if (typeof found === 'string') {
      const added = { code: 'code-unmapped' as const, column, found };
      said = { codes, unmapped: unmapped === undefined ? [added] : [...unmapped, added], byText };
    } else {
      const all = codes.length === 0 ? found.codes : [...codes, ...found.codes];
      said = { codes: all, unmapped, byText: byText || found.byText };
    }
  }
  return said;
}

interface Unmapped {
  readonly code: 'code-unmapped';
  readonly column: string;
  readonly found: string;
}

/** What stands where no code has a translation. */
function compileUntranslated(
  name: string,
  map: ConceptElement,
): (unmapped: readonly Unmapped[] | undefined, draft: Draft) => void {
  const silent = map.silent === true;
  return (unmapped, draft) => {
    const mayDefault = map.defaultWith?.some((other) => draft.elements[other] !== undefined) ?? true;
    const byDefault = mayDefault ? map.default : undefined;
    const fallback = unmapped === undefined ? byDefault : (map.unmapped ?? (silent ? byDefault : undefined));
    if (!silent && unmapped !== undefined) draft.findings.push(...unmapped);
    if (fallback !== undefined) draft.elements[name] = fallback;
    else {
      leaveOut(draft, map);
      if (silent && map.required === true) draft.other = true;
    }
  };
}

function typed(code: string, type: ConceptElement['type']): FactValue {
  if (type === 'integer') return Number(code);
  return type === 'boolean' ? code === 'true' : code;
}

interface Prefix {
  readonly column: string;
  /** The translation, what has none, or nothing where nothing is said. */
  readonly translate: (row: LocatedRow) => Pick<Translation, 'codes' | 'byText'> | string | undefined;
}

/** The three columns of a code. */
function compilePrefix(prefix: string, columns: Columns, lookup: ConceptLookup): Prefix {
  const column = `${prefix}__code`;
  const readCode = columns(column);
  const readSystem = columns(`${prefix}__system`);
  const readText = columns(`${prefix}__text`);
  return {
    column,
    translate: (row) => {
      const codes = readCode(row);
      const systems = codes === undefined ? undefined : readSystem(row);
      // Most concepts have one coding, and it has a translation.
      if (typeof codes === 'string' && typeof systems === 'string') {
        const target = lookup.find(systems, codes);
        if (target !== undefined) return { codes: target.codes, byText: false };
      }
      const text = firstOf(readText(row));
      if (codes === undefined && text === undefined) return undefined;
      const coding = codingsOf(codes, systems);
      const translation = translateConcept(
        text === undefined ? { coding } : { coding, text: String(text) },
        lookup,
      );
      if (translation !== undefined) return translation;
      const [first] = coding;
      return quote(first === undefined ? String(text) : `${first.system}|${first.code}`);
    },
  };
}

interface Coded {
  readonly system: string;
  readonly code: string;
}

const NO_CODINGS: Coded[] = [];

function codingsOf(codes: unknown, systems: unknown): Coded[] {
  if (codes === undefined) return NO_CODINGS;
  if (!Array.isArray(codes)) return [{ system: String(firstOf(systems) ?? ''), code: String(codes) }];
  return codes.map((code, index) => ({
    system: String(itemBeside(systems, index, codes.length) ?? ''),
    code: String(code),
  }));
}

export function compileAnswer(
  name: string,
  map: AnswerElement,
  columns: Columns,
  site: ElementSite,
): ReadElement {
  const readFlag = columns(map.boolean);
  const readAbsent = columns(map.absent);
  const from = map.from.map((prefix) => compilePrefix(prefix, columns, site.lookup(map.map)));
  return (row, _meaning, draft) => {
    const flag = firstOf(readFlag(row));
    if (typeof flag === 'boolean') {
      draft.elements[name] = flag ? 'YES' : 'NO';
      return;
    }
    for (const { translate, column } of from) {
      const found = translate(row);
      if (typeof found === 'string') {
        leaveOut(draft, map, { code: 'code-unmapped', column, found });
        return;
      }
      const code = found?.codes[0];
      if (code !== undefined) {
        draft.elements[name] = code;
        return;
      }
    }
    if (firstOf(readAbsent(row)) === true) draft.elements[name] = 'UNKNOWN';
    else leaveOut(draft, map, { code: 'value-unreadable', column: map.boolean });
  };
}
