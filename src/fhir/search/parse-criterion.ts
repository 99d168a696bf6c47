/** One parameter of a search with its values, as what it asks for. */
import { type CartographError, rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { isResourceType } from '../element-types.ts';
import type { Criterion, DateTest } from './criterion.ts';
import { normalisedText } from './normalised-text.ts';
import { dateTest, quantityTest, referenceTest, tokenWord } from './parse-value.ts';
import {
  type Composite,
  compositesOf,
  partsOf,
  type SearchParameter,
  searchParametersOf,
} from './search-parameters.ts';
import { splitEscaped, unescaped } from './split-escaped.ts';
import { exactToken, identifierParameter, pairToken, presenceToken, systemCodeToken } from './token-text.ts';

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

/** Throws `parameter-invalid` for a parameter, modifier or value that is not offered. */
export function parseCriterion(type: string, name: string, value: string, context: SearchContext): Criterion {
  const has = /^_has:([A-Za-z]+):([A-Za-z-]+):(.+)$/.exec(name);
  if (has !== null) {
    const [, source = '', parameter = '', inner = ''] = has;
    referenceParameter(source, parameter, name);
    if (inner.startsWith('_has:') || inner.includes('.')) throw unknown(name);
    return { kind: 'has', type: source, parameter, criterion: parseCriterion(source, inner, value, context) };
  }
  const dot = name.indexOf('.');
  if (dot !== -1) return parseChain(type, name, dot, value, context);
  const [code = '', modifier, ...more] = name.split(':');
  if (more.length > 0) throw unknown(name);
  if (modifier === 'missing') return missing(type, code, value);
  if (code === '_id') return negated(modifier, { kind: 'ids', ids: splitEscaped(value, ',').map(unescaped) });
  if (code === '_lastUpdated') return { kind: 'updated', tests: datesOf(name, value, context) };
  const composite = compositesOf(type).find((one) => one.code === code);
  if (composite !== undefined && modifier === undefined) return parseComposite(type, composite, value);
  const parts = partsOf(type, code);
  const asked = parts.map((part) => parsePlain(parameterOf(type, part), modifier, name, value, context));
  // What is "not" must hold of every part.
  const isNegative = modifier === 'not' || modifier === 'not-in';
  return asked.length === 1 && asked[0] !== undefined
    ? asked[0]
    : { kind: isNegative ? 'all' : 'any', of: asked };
}

/** `subject:Patient.name`, or without the type where one type alone has a parameter of that name. */
function parseChain(
  type: string,
  name: string,
  dot: number,
  value: string,
  context: SearchContext,
): Criterion {
  const [code = '', named] = name.slice(0, dot).split(':');
  const inner = name.slice(dot + 1);
  if (inner.includes('.') || inner.startsWith('_has')) throw unknown(name);
  const { targets } = referenceParameter(type, code, name);
  const candidates = named === undefined ? targets : [named];
  const [innerCode = ''] = inner.split(':');
  const fitting = candidates.filter(
    (one) => isResourceType(one) && (innerCode === '_id' || searchParametersOf(one).has(innerCode)),
  );
  if (fitting.length === 0 || (named !== undefined && !isResourceType(named))) throw unknown(name);
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
      return parseToken(parameter.code, modifier, name, value, context);
    case 'string':
      return parseString(parameter.code, modifier, name, value);
    case 'uri':
      if (modifier !== undefined) throw unknown(name);
      return {
        kind: 'words',
        words: splitEscaped(value, ',').map((text) => exactToken(parameter.code, unescaped(text))),
      };
    case 'date':
      if (modifier !== undefined) throw unknown(name);
      return { kind: 'dates', parameter: parameter.code, tests: datesOf(name, value, context) };
    case 'reference':
      return parseReferenceValue(parameter, modifier, name, value);
    default: {
      if (modifier !== undefined) throw unknown(name);
      const tests = each(name, value, quantityTest, QUANTITY);
      return { kind: 'quantities', parameter: parameter.code, tests, concepts: [] };
    }
  }
}

function parseToken(
  code: string,
  modifier: string | undefined,
  name: string,
  value: string,
  context: SearchContext,
): Criterion {
  if (modifier === 'in' || modifier === 'not-in') {
    const members = context.expand(unescaped(value));
    if (members === undefined) throw invalid(name, 'another form', 'a value set that can be listed here');
    const words = members.map((one) => systemCodeToken(code, one.system, one.code));
    return negated(modifier, { kind: 'words', words });
  }
  if (modifier !== undefined && modifier !== 'not') throw unknown(name);
  const words = each(name, value, (text) => tokenWord(code, text), 'code, system|code, |code or system|');
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
  if (modifier === 'exact') return { kind: 'words', words: texts.map((text) => exactToken(code, text)) };
  if (modifier !== undefined && modifier !== 'contains') throw unknown(name);
  const normalised = texts.map(normalisedText);
  if (normalised.includes('')) throw invalid(name, 'no text', 'a text');
  return { kind: 'strings', parameter: code, texts: normalised, within: modifier === 'contains' };
}

function parseReferenceValue(
  { code, targets }: SearchParameter,
  modifier: string | undefined,
  name: string,
  value: string,
): Criterion {
  if (modifier === 'identifier') {
    const word = (text: string) => tokenWord(identifierParameter(code), text);
    return { kind: 'words', words: each(name, value, word, 'system|value') };
  }
  if (modifier !== undefined && !isResourceType(modifier)) throw unknown(name);
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

function parseComposite(type: string, { code, alternatives }: Composite, value: string): Criterion {
  const of = splitEscaped(value, ',').flatMap((text) => {
    const [first = '', second = '', ...more] = splitEscaped(text, '$');
    if (first === '' || second === '' || more.length > 0) throw invalid(code, 'another form', 'code$value');
    return alternatives.map(({ scope, parameters: [codes, values] }): Criterion => {
      const isQuantity = parameterOf(type, values).type === 'quantity';
      const codeWord = wordOf(code, scope === 'component' ? '' : codes, first);
      if (scope === 'resource') {
        const valued: Criterion = isQuantity
          ? { kind: 'quantities', parameter: values, tests: [quantityOf(code, second)], concepts: [] }
          : { kind: 'words', words: [wordOf(code, values, second)] };
        return { kind: 'all', of: [{ kind: 'words', words: [codeWord] }, valued] };
      }
      if (isQuantity) {
        return {
          kind: 'quantities',
          parameter: values,
          tests: [quantityOf(code, second)],
          concepts: [codeWord],
        };
      }
      return {
        kind: 'words',
        words: [pairToken('component-code-value-concept', codeWord, wordOf(code, '', second))],
      };
    });
  });
  return { kind: 'any', of };
}

function wordOf(name: string, parameter: string, text: string): string {
  const word = tokenWord(parameter, text);
  if (word === undefined) throw invalid(name, 'another form', 'code, system|code, |code or system|');
  return word;
}

function quantityOf(name: string, text: string) {
  const test = quantityTest(text);
  if (test === undefined) throw invalid(name, 'another form', QUANTITY);
  return test;
}

const DATE = 'a date, such as ge2024-05 or 2024-05-01T10:00:00Z';
const QUANTITY = 'a quantity, such as gt5.4|http://unitsofmeasure.org|mg';

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

function parameterOf(type: string, code: string): SearchParameter {
  const parameter = searchParametersOf(type).get(code);
  if (parameter === undefined) throw unknown(code);
  return parameter;
}

function referenceParameter(type: string, code: string, name: string): SearchParameter {
  const parameter = searchParametersOf(type).get(code);
  if (parameter?.type !== 'reference') throw unknown(name);
  return parameter;
}

function unknown(name: string): CartographError {
  return invalid(name, 'a parameter or modifier that is not offered', 'one of the CapabilityStatement');
}

/** The value may be a patient's and is not told. */
function invalid(name: string, found: string, expected: string): CartographError {
  return rejection('parameter-invalid', `Parameter ${quote(name)}: found ${found}, expected ${expected}`, {
    found,
    expected,
  });
}
