import { compileMember } from './compile-member.ts';
import { compileOperator } from './compile-operator.ts';
import {
  type Compiled,
  constantOf,
  type FunctionTable,
  kindOfTypes,
  NOTHING,
  type Scope,
} from './compiled.ts';
import { EXISTENCE_FUNCTIONS } from './existence-functions.ts';
import type { Expression } from './expression.ts';
import { FHIR_FUNCTIONS } from './fhir-functions.ts';
import { FhirPathError, NotCompilable } from './fhirpath-error.ts';
import { compileIndexer, FILTERING_FUNCTIONS } from './filtering-functions.ts';
import { INVARIANT_FUNCTIONS } from './invariant-functions.ts';
import { checkedTypeName, compileIs, narrowTo } from './narrow.ts';
import { FOCUS_ORIGIN, mergedOrigin } from './origin.ts';
import { OTHER_FUNCTIONS } from './other-functions.ts';
import { STRING_FUNCTIONS } from './string-functions.ts';
import { type Evaluate, singleItem } from './value.ts';

const FUNCTIONS: FunctionTable = {
  ...EXISTENCE_FUNCTIONS,
  ...FILTERING_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...OTHER_FUNCTIONS,
  ...FHIR_FUNCTIONS,
  ...INVARIANT_FUNCTIONS,
};

const WELL_KNOWN: Readonly<Record<string, string>> = {
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
};

/** The expression as a closure. Throws NotCompilable, or FhirPathError `syntax` for an undefined variable. */
export function compileExpression(expression: Expression, scope: Scope): Compiled {
  switch (expression.kind) {
    case 'literal':
      return constantOf(expression.value, [expression.type]);
    case 'empty':
      return NOTHING;
    case 'this':
      return { evaluate: (focus) => focus, types: scope.focus, origin: FOCUS_ORIGIN };
    case 'index':
      return { evaluate: (_focus, frame) => frame.index, types: ['integer'] };
    case 'variable':
      return compileVariable(expression.name, scope);
    case 'member':
      return compileMember(compileInput(expression.input, scope), expression.name, scope);
    case 'call':
      return compileCall(expression, scope);
    case 'indexer':
      return compileIndexer(
        compileExpression(expression.input, scope),
        compileExpression(expression.index, scope),
      );
    case 'sign':
      return compileSign(expression.operator, compileExpression(expression.operand, scope));
    case 'binary':
      return compileBinary(expression, scope);
    case 'type':
      return compileType(expression.operator, compileExpression(expression.operand, scope), expression.type);
    default:
      throw new NotCompilable(expression.kind);
  }
}

function compileBinary(expression: Expression & { readonly kind: 'binary' }, scope: Scope): Compiled {
  const left = compileExpression(expression.left, scope);
  const right = compileExpression(expression.right, scope);
  const compiled = compileOperator(expression.operator, left, right);
  return { ...compiled, ...mergedOrigin(left.origin, right.origin) };
}

function compileInput(input: Expression | undefined, scope: Scope): Compiled | undefined {
  return input === undefined ? undefined : compileExpression(input, scope);
}

function compileCall(expression: Expression & { readonly kind: 'call' }, scope: Scope): Compiled {
  const { name, args } = expression;
  const compiler = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (compiler === undefined) throw new NotCompilable(`function ${name}`);
  const input = compileExpression(expression.input ?? { kind: 'this' }, scope);
  const compiled = compiler({ input, args, scope, compile: compileExpression });
  if (compiled.origin !== undefined || input.origin === undefined) return compiled;
  return { ...compiled, origin: input.origin };
}

function compileVariable(name: string, scope: Scope): Compiled {
  const variable = scope.variables.get(name);
  if (variable !== undefined) return variable;
  switch (name) {
    case 'resource':
    case 'rootResource':
      return { evaluate: (_focus, frame) => frame.resource, types: scope.root };
    case 'context':
      return { evaluate: (_focus, frame) => frame.context, types: scope.context };
    case 'rowIndex':
      return { evaluate: (_focus, frame) => frame.rowIndex, types: ['integer'] };
    default:
      return compileWellKnown(name);
  }
}

/** The variables that FHIR defines for every expression. */
function compileWellKnown(name: string): Compiled {
  const value = Object.hasOwn(WELL_KNOWN, name) ? WELL_KNOWN[name] : conformanceUrl(name);
  if (value === undefined) throw new FhirPathError('syntax', `%${name} is not defined`);
  return constantOf(value, ['string']);
}

function conformanceUrl(name: string): string | undefined {
  if (name.startsWith('vs-')) return `http://hl7.org/fhir/ValueSet/${name.slice('vs-'.length)}`;
  return name.startsWith('ext-')
    ? `http://hl7.org/fhir/StructureDefinition/${name.slice('ext-'.length)}`
    : undefined;
}

function compileSign(operator: '+' | '-', operand: Compiled): Compiled {
  if (kindOfTypes(operand.types) !== 'number') throw new NotCompilable('sign of what is not a number');
  if (operator === '+') return operand;
  const input = operand.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    return typeof item === 'number' ? -item : undefined;
  };
  const constant = operand.constant?.value;
  return typeof constant === 'number'
    ? constantOf(-constant, operand.types)
    : { evaluate, types: operand.types };
}

function compileType(operator: 'is' | 'as', operand: Compiled, name: string): Compiled {
  const type = checkedTypeName(name);
  if (operator === 'is') {
    return {
      evaluate: compileIs(operand, type),
      types: ['boolean'],
      ...mergedOrigin(operand.origin, undefined),
    };
  }
  const narrowed = narrowTo(operand, type);
  const input = narrowed.evaluate;
  return { ...narrowed, evaluate: (focus, frame) => singleItem(input(focus, frame)) };
}
