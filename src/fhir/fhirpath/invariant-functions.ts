import { type Call, type Compiled, type FunctionTable, kindOfTypes, type Types } from './compiled.ts';
import { FhirPathError, NotCompilable } from './fhirpath-error.ts';
import { isResourceType, isSubtype } from './type-model.ts';
import { type Evaluate, flatMap, singleItem, toItems } from './value.ts';

const BOOLEAN: Types = ['boolean'];
const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/** Functions that invariants of FHIR use, beside those of paths. */
export const INVARIANT_FUNCTIONS: FunctionTable = {
  /** Nothing is logged: a trace would show what a resource holds. */
  trace: ({ input, args }) => {
    if (args.length === 0 || args.length > 2) throw new NotCompilable('unusual number of arguments');
    return input;
  },
  matches: compileMatches,
  replaceMatches: compileReplaceMatches,
  precision: compilePrecision,
  conformsTo: compileConformsTo,
};

function textOf(argument: Call['args'][number] | undefined, call: Call): string {
  const constant = argument === undefined ? undefined : call.compile(argument, call.scope).constant?.value;
  if (typeof constant !== 'string') throw new NotCompilable('argument that is no constant text');
  return constant;
}

function patternOf(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    throw new NotCompilable('regular expression of another dialect');
  }
}

function requireText({ input }: Call): Evaluate {
  const kind = kindOfTypes(input.types);
  if (kind !== 'string' && kind !== 'empty')
    throw new NotCompilable('string function on what is not a string');
  return input.evaluate;
}

/** Anywhere in the text. Invariants escape characters that need none, which the strict syntax refuses. */
function compileMatches(call: Call): Compiled {
  const input = requireText(call);
  const source = textOf(call.args[0], call);
  const pattern = patternOf(source, isStrict(source) ? 'su' : 's');
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    return item === undefined ? undefined : pattern.test(String(item));
  };
  return { evaluate, types: BOOLEAN };
}

function isStrict(source: string): boolean {
  try {
    return new RegExp(source, 'su').unicode;
  } catch {
    return false;
  }
}

/** An empty pattern leaves the text as it is. */
function compileReplaceMatches(call: Call): Compiled {
  const input = requireText(call);
  if (call.args.length !== 2) throw new NotCompilable('unusual number of arguments');
  const [source, substitution] = [textOf(call.args[0], call), textOf(call.args[1], call)];
  const pattern = patternOf(source, 'gs');
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    if (item === undefined || source === '') return item;
    return String(item).replace(pattern, substitution);
  };
  return { evaluate, types: ['string'] };
}

/** Digits of a date or time as written, its time zone left out. */
function compilePrecision(call: Call): Compiled {
  const kind = kindOfTypes(call.input.types);
  if (call.args.length > 0 || (kind !== 'date' && kind !== 'time')) {
    throw new NotCompilable('precision of a number');
  }
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    if (typeof item !== 'string') return undefined;
    const [date = '', time = ''] = kind === 'time' ? ['', item] : item.split('T');
    return `${date}${time.replace(/(Z|[+-].*)$/, '')}`.replace(/\D/g, '').length;
  };
  return { evaluate, types: ['integer'] };
}

/** Conformance with a type of R4. A profile needs the validator, which this engine does not know. */
function compileConformsTo(call: Call): Compiled {
  const url = textOf(call.args[0], call);
  const type = url.startsWith(CORE) ? url.slice(CORE.length) : '';
  if (call.args.length !== 1 || !isResourceType(type))
    throw new NotCompilable('profile that is no type of R4');
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) =>
    flatMap(toItems(input(focus, frame)), (item) => {
      if (typeof item !== 'object' || item === null || !('resourceType' in item)) {
        throw new FhirPathError('evaluation', 'conformsTo of what is no resource');
      }
      return isSubtype(String(item.resourceType), type);
    });
  return { evaluate, types: BOOLEAN };
}
