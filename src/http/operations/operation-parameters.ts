/** The input of an operation, from the query of a GET or the Parameters of a POST. */
import type { Request } from 'express';
import {
  mergeParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../../clinical/parameters/clinical-parameters.ts';
import { readParameterAssignments } from '../../clinical/parameters/read-overrides.ts';
import { CartographError, rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { isPartialDate, type PartialDate } from '../../core/partial-date.ts';
import { checkStructure } from '../../fhir/check-structure.ts';
import { parametersOfReport } from '../../reports/report-parameters.ts';
import { parseBody } from '../edge/read-body.ts';

/** Values of each parameter, in order. */
export type OperationParameters = ReadonlyMap<string, readonly string[]>;

/** Parameters of every call that say nothing about the operation. */
const GENERAL = new Set(['_format', '_pretty']);

/** Throws `parameter-invalid` for a name that is not among `known`. */
export function readOperationParameters(req: Request, known: readonly string[]): OperationParameters {
  const values = new Map<string, string[]>();
  for (const [name, value] of readNamedValues(req)) {
    if (GENERAL.has(name)) continue;
    if (!known.includes(name)) throw invalid(name, 'a parameter of another name', known.join(', '));
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

/** Names and values of the query and, for a POST, of its Parameters, in order. A reference is its text. */
export function readNamedValues(req: Request): readonly (readonly [name: string, value: string])[] {
  return [...queryOf(req), ...(req.method === 'POST' ? bodyOf(req) : [])];
}

/** `asOf`, a full date, at most once; else today. */
export function asOfOf(parameters: OperationParameters, today: () => PartialDate): PartialDate {
  const [given, ...more] = parameters.get('asOf') ?? [];
  if (more.length > 0) throw invalid('asOf', `${more.length + 1} values`, 'one date');
  if (given === undefined) return today();
  if (given.length !== 10 || !isPartialDate(given)) throw invalid('asOf', quote(given), 'a date YYYY-MM-DD');
  return given;
}

/** Clinical parameters: what the settings changed, and `parameter=name=value` of the call before it. */
export function overridesOf(
  parameters: OperationParameters,
  configured: ParameterOverrides,
): ParameterOverrides {
  return mergeParameters(configured, readParameterAssignments(parameters.get('parameter') ?? []));
}

/** The same for an answer that rests on the named parameters alone; one of the call that changes nothing is refused. */
export function reportOverridesOf(
  parameters: OperationParameters,
  configured: ParameterOverrides,
  names: readonly ParameterName[],
): ParameterOverrides {
  return parametersOfReport(configured, readParameterAssignments(parameters.get('parameter') ?? []), names);
}

export function invalid(name: string, found: string, expected: string): CartographError {
  return rejection('parameter-invalid', `Parameter ${quote(name)}: found ${found}, expected ${expected}`, {
    expression: `Parameters.parameter.where(name='${/^[\w-]{1,40}$/.test(name) ? name : '…'}')`,
    found,
    expected,
  });
}

function queryOf(req: Request): readonly (readonly [string, string])[] {
  const start = req.originalUrl.indexOf('?');
  return start === -1 ? [] : [...new URLSearchParams(req.originalUrl.slice(start + 1))];
}

function bodyOf(req: Request): readonly (readonly [string, string])[] {
  if (!Buffer.isBuffer(req.body) || req.body.length === 0) return [];
  const body = parseBody(req);
  const [first, ...rest] = checkStructure(body);
  if (first !== undefined) throw new CartographError([first, ...rest]);
  const { resourceType, parameter } = body as {
    readonly resourceType: string;
    readonly parameter?: readonly object[];
  };
  if (resourceType !== 'Parameters') {
    throw rejection('element-invalid', 'The body of an operation is a Parameters resource', {
      expression: 'Resource.resourceType',
      found: resourceType,
      expected: 'Parameters',
    });
  }
  return (parameter ?? []).map((one) => {
    const name = 'name' in one ? String(one.name) : '';
    const given = Object.entries(one).find(([key]) => key.startsWith('value'))?.[1];
    const value = 'valueReference' in one ? given.reference : given;
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw invalid(
        name,
        'no value that is text or number',
        'valueDate, valueCode, valueString or valueDecimal',
      );
    }
    return [name, String(value)];
  });
}
