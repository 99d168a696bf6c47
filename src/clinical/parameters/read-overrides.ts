import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { CartographError } from '../../core/cartograph-error.ts';
import { type Finding, quote } from '../../core/finding.ts';
import {
  CLINICAL_PARAMETERS,
  expectationOf,
  isWhole,
  type ParameterOverrides,
} from './clinical-parameters.ts';
import type { Parameter } from './parameter.ts';

const TABLE = new Map<string, Parameter>(Object.entries(CLINICAL_PARAMETERS));

/** JSON Schema (2020-12) of a set of overrides: an object with some of the parameters. */
export const PARAMETER_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: Object.fromEntries([...TABLE].map(([name, parameter]) => [name, schemaOf(parameter)])),
  additionalProperties: false,
} as const;

const OPTIONS = { allErrors: true, strict: true, allowUnionTypes: true } as const;
const isTyped = new Ajv2020(OPTIONS).compile(PARAMETER_SCHEMA);
// The text of a call has no types: "48" is the number, where a number is asked for.
const isText = new Ajv2020({ ...OPTIONS, coerceTypes: true }).compile(PARAMETER_SCHEMA);

/**
 * Overrides of the clinical parameters from JSON, such as a file of settings. Throws `parameter-invalid`, with a
 * finding for each name that is not known and each value of another type or out of range.
 */
export function readParameterOverrides(content: unknown): ParameterOverrides {
  if (!isTyped(content)) throw refusal(isTyped.errors ?? [], content);
  return content as ParameterOverrides;
}

/** The same from `name=value` as written in a call; a later one of a name overrides an earlier one. */
export function readParameterAssignments(assignments: readonly string[]): ParameterOverrides {
  const pairs = new Map<string, string>();
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    if (at < 1) throw new CartographError(finding('parameter', quote(assignment), 'name=value'));
    pairs.set(assignment.slice(0, at).trim(), assignment.slice(at + 1).trim());
  }
  // The validator turns the text into numbers and switches in this object.
  const given: unknown = Object.fromEntries(pairs);
  if (!isText(given)) throw refusal(isText.errors ?? [], Object.fromEntries(pairs));
  return given as ParameterOverrides;
}

function schemaOf(parameter: Parameter): Readonly<Record<string, unknown>> {
  const { meaning: description, value } = parameter;
  if ('choices' in parameter) return { type: 'string', enum: parameter.choices, default: value, description };
  if (!('minimum' in parameter)) return { type: 'boolean', default: value, description };
  const { minimum, maximum } = parameter;
  const number = isWhole(parameter) ? 'integer' : 'number';
  return { type: value === null ? [number, 'null'] : number, minimum, maximum, default: value, description };
}

function refusal(errors: readonly ErrorObject[], content: unknown): CartographError {
  const values = new Map<string, unknown>(
    typeof content === 'object' && content !== null ? Object.entries(content) : [],
  );
  const findings = new Map<string, Finding>();
  for (const { instancePath, params } of errors) {
    const { additionalProperty: unknown } = params as { readonly additionalProperty?: string };
    const name = unknown ?? instancePath.slice(1);
    const parameter = TABLE.get(name);
    if (parameter !== undefined) {
      findings.set(name, finding(name, quote(String(values.get(name))), expectationOf(parameter)));
    } else if (unknown !== undefined) {
      findings.set(name, finding(name, 'a name that is not known', likely(name)));
    }
  }
  const [first = finding('parameters', 'something else', 'an object of names and values'), ...rest] = [
    ...findings.values(),
  ];
  return new CartographError([first, ...rest]);
}

/** Names that hold a part of what was written, or the place where all are listed. */
function likely(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+|(?=[A-Z])/).filter((word) => word.length > 3);
  const close = [...TABLE.keys()].filter((known) =>
    words.some((word) => known.toLowerCase().includes(word.toLowerCase())),
  );
  return close.length === 0 || close.length > 8 ? 'a parameter of docs/parameters.md' : close.join(', ');
}

function finding(name: string, found: string, expected: string): Finding {
  return {
    code: 'parameter-invalid',
    severity: 'error',
    message: `Parameter ${quote(name)}: found ${found}, expected ${expected}`,
    expression: /^[\w-]{1,60}$/.test(name) ? name : 'parameter',
    found,
    expected,
  };
}
