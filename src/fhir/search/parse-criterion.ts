/** One parameter of a search with its values, as what it asks for. */
import { isResourceType } from '../element-types.ts';
import type { Criterion, DateTest } from './criterion.ts';
import { invalid, isOffered, parameterOf, referenceParameter, unknownParameter } from './find-parameter.ts';
import { normalisedText } from './normalised-text.ts';
import { parseComposite } from './parse-composite.ts';
import {
  dateTest,
  QUANTITY_FORM,
  quantityTest,
  referenceTest,
  TOKEN_FORM,
  tokenWord,
} from './parse-value.ts';
import { compositesOf, partsOf, type SearchParameter } from './search-parameters.ts';
import { splitEscaped, unescaped } from './split-escaped.ts';
import { codeToken, exactToken, identifierParameter, presenceToken, systemCodeToken } from './token-text.ts';

/** Codes of a value set; undefined where they cannot be listed here. */
export type ExpandValueSet = (
  url: string,
) => readonly { readonly system: string; readonly code: string }[] | undefined;

/** What a value may depend on beside itself. */
export interface SearchContext {
  readonly expand: ExpandValueSet;
  /** For what is approximately a date. */
  readonly now: Date;
}

/** References that a chain and `_has` may lead over. */
const MAX_LINKS = 3;

function linksIn(name: string): number {
  return [...name.matchAll(/\.|_has:/g)].length;
}

/** Throws `parameter-invalid` for a parameter, modifier or value that is not offered. */
export function parseCriterion(type: string, name: string, value: string, context: SearchContext): Criterion {
  if (linksIn(name) > MAX_LINKS) throw invalid(name, 'a longer way', `at most ${MAX_LINKS} references`);
  const has = /^_has:([A-Za-z]+):([A-Za-z-]+):(.+)$/.exec(name);
  if (has !== null) {
    const [, source = '', parameter = '', inner = ''] = has;
    referenceParameter(source, parameter, name);
    return { kind: 'has', type: source, parameter, criterion: parseCriterion(source, inner, value, context) };
  }
  const dot = name.indexOf('.');
  if (dot !== -1) return parseChain(type, name, dot, value, context);
  const [code = '', modifier, ...more] = name.split(':');
  if (more.length > 0) throw unknownParameter(name);
  if (modifier === 'missing') return missing(type, code, value);
  if (code === '_id') {
    if (modifier !== undefined && modifier !== 'not') throw unknownParameter(name);
    return negated(modifier, { kind: 'ids', ids: splitEscaped(value, ',').map(unescaped) });
  }
  if (code === '_lastUpdated') {
    if (modifier !== undefined) throw unknownParameter(name);
    return { kind: 'updated', tests: datesOf(name, value, context) };
  }
  const composite = compositesOf(type).find((one) => one.code === code);
  if (composite !== undefined && modifier === undefined) {
    const parse = (parameter: SearchParameter, text: string): Criterion =>
      parsePlain(parameter, undefined, name, text, context);
    return parseComposite(type, composite, value, parse);
  }
  const parts = partsOf(type, code);
  const asked = parts.map((part) => parsePlain(parameterOf(type, part), modifier, name, value, context));
  // What is "not" must hold of every part.
  const isNegative = modifier === 'not' || modifier === 'not-in';
  return asked.length === 1 && asked[0] !== undefined
    ? asked[0]
    : { kind: isNegative ? 'all' : 'any', of: asked };
}

/** `subject:Patient.name`; without the type it is every type that has a parameter of that name. */
function parseChain(
  type: string,
  name: string,
  dot: number,
  value: string,
  context: SearchContext,
): Criterion {
  const [code = '', named] = name.slice(0, dot).split(':');
  const inner = name.slice(dot + 1);
  const { targets } = referenceParameter(type, code, name);
  const candidates = named === undefined ? targets : [named];
  const [innerCode = ''] = inner.split(/[:.]/);
  const fitting = candidates.filter(
    (one) => isResourceType(one) && (innerCode === '_has' || isOffered(one, innerCode)),
  );
  if (fitting.length === 0 || (named !== undefined && !isResourceType(named))) throw unknownParameter(name);
  const of = fitting.map(
    (one): Criterion => ({
      kind: 'chain',
      parameter: code,
      type: one,
      criterion: parseCriterion(one, inner, value, context),
    }),
  );
  return { kind: 'any', of };
}

function parsePlain(
  parameter: SearchParameter,
  modifier: string | undefined,
  name: string,
  value: string,
  context: SearchContext,
): Criterion {
  switch (parameter.type) {
    case 'token':
      return parseToken(parameter, modifier, name, value, context);
    case 'string':
      return parseString(parameter.code, modifier, name, value);
    case 'uri':
      if (modifier !== undefined) throw unknownParameter(name);
      return letterByLetter(parameter.code, value);
    case 'date':
      if (modifier !== undefined) throw unknownParameter(name);
      return { kind: 'dates', parameter: parameter.code, alternatives: [datesOf(name, value, context)] };
    case 'reference':
      return parseReferenceValue(parameter, modifier, name, value);
    default: {
      if (modifier !== undefined) throw unknownParameter(name);
      const tests = each(name, value, quantityTest, QUANTITY_FORM);
      return { kind: 'quantities', parameter: parameter.code, tests, concepts: [] };
    }
  }
}

/** One of these texts, whole. */
function letterByLetter(code: string, value: string): Criterion {
  return { kind: 'words', words: splitEscaped(value, ',').map((text) => exactToken(code, unescaped(text))) };
}

function parseToken(
  { code, systems }: SearchParameter,
  modifier: string | undefined,
  name: string,
  value: string,
  context: SearchContext,
): Criterion {
  if (modifier === 'in' || modifier === 'not-in') {
    const members = context.expand(unescaped(value));
    if (members === undefined) throw invalid(name, 'another form', 'a value set that can be listed here');
    const words = members.map((one) =>
      systems.includes(one.system) ? codeToken(code, one.code) : systemCodeToken(code, one.system, one.code),
    );
    return negated(modifier, { kind: 'words', words });
  }
  if (modifier !== undefined && modifier !== 'not') throw unknownParameter(name);
  const words = each(name, value, (text) => tokenWord(code, text, systems), TOKEN_FORM);
  return negated(modifier, { kind: 'words', words });
}

function negated(modifier: string | undefined, of: Criterion): Criterion {
  return modifier === 'not' || modifier === 'not-in' ? { kind: 'not', of } : of;
}

function datesOf(name: string, value: string, { now }: SearchContext): readonly DateTest[] {
  return each(name, value, (text) => dateTest(text, now), DATE);
}

function parseString(code: string, modifier: string | undefined, name: string, value: string): Criterion {
  const texts = splitEscaped(value, ',').map(unescaped);
  if (modifier === 'exact') return letterByLetter(code, value);
  if (modifier !== undefined && modifier !== 'contains') throw unknownParameter(name);
  const normalised = texts.map(normalisedText);
  if (normalised.includes('')) throw invalid(name, 'no text', 'a text');
  return { kind: 'strings', parameter: code, texts: normalised, within: modifier === 'contains' };
}

function parseReferenceValue(
  { code, places, targets }: SearchParameter,
  modifier: string | undefined,
  name: string,
  value: string,
): Criterion {
  if (places.every(({ type }) => type === 'canonical' || type === 'uri')) {
    if (modifier !== undefined) throw unknownParameter(name);
    return letterByLetter(code, value);
  }
  if (modifier === 'identifier') {
    const word = (text: string) => tokenWord(identifierParameter(code), text);
    return { kind: 'words', words: each(name, value, word, 'system|value') };
  }
  if (modifier !== undefined && !isResourceType(modifier)) throw unknownParameter(name);
  const types = modifier === undefined ? targets : [modifier];
  const literals = splitEscaped(value, ',').filter((text) => referenceTest(text) !== undefined);
  const others = splitEscaped(value, ',').filter((text) => referenceTest(text) === undefined);
  const words: Criterion = { kind: 'words', words: others.map((text) => exactToken(code, unescaped(text))) };
  if (literals.length === 0) return words;
  const tests = literals.flatMap((text) => referenceTest(text) ?? []);
  const references: Criterion = { kind: 'references', parameter: code, tests, types };
  return others.length === 0 ? references : { kind: 'any', of: [references, words] };
}

function missing(type: string, code: string, value: string): Criterion {
  if (value !== 'true' && value !== 'false')
    throw invalid(`${code}:missing`, 'another form', 'true or false');
  const words = partsOf(type, code).map((part) => presenceToken(parameterOf(type, part).code));
  const present: Criterion = { kind: 'words', words };
  return value === 'true' ? { kind: 'not', of: present } : present;
}

const DATE = 'a date, such as ge2024-05 or 2024-05-01T10:00:00Z';

/** Values between commas, each as `parse` reads it. */
function each<T>(
  name: string,
  value: string,
  parse: (text: string) => T | undefined,
  expected: string,
): readonly T[] {
  return splitEscaped(value, ',').map((text) => {
    const parsed = parse(text);
    if (parsed === undefined) throw invalid(name, 'another form', expected);
    return parsed;
  });
}
