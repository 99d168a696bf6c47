import { Ajv2020 } from 'ajv/dist/2020.js';
import type { CartographError } from '../../core/cartograph-error.ts';
import { rejection } from '../../core/cartograph-error.ts';
import { isResourceType } from '../../fhir/fhirpath/type-model.ts';
import { VIEW_DEFINITION_SCHEMA } from './view-definition-schema.ts';

export interface ColumnDefinition {
  readonly name: string;
  readonly path: string;
  readonly description?: string;
  readonly collection?: boolean;
  readonly type?: string;
  readonly tag?: readonly { readonly name: string; readonly value: string }[];
}

export interface SelectDefinition {
  readonly column?: readonly ColumnDefinition[];
  readonly select?: readonly SelectDefinition[];
  readonly forEach?: string;
  readonly forEachOrNull?: string;
  readonly repeat?: readonly string[];
  readonly unionAll?: readonly SelectDefinition[];
}

/** A `name` and exactly one `value[x]`. */
type ConstantDefinition = { readonly name: string } & Readonly<Record<string, unknown>>;

export interface ViewDefinition {
  readonly name?: string;
  readonly url?: string;
  readonly resource: string;
  readonly select: readonly SelectDefinition[];
  readonly where?: readonly { readonly path: string }[];
  readonly constant?: readonly ConstantDefinition[];
}

const validate = new Ajv2020({ allErrors: false, strict: true }).compile<ViewDefinition>(
  VIEW_DEFINITION_SCHEMA,
);

const MAX_DEPTH = 30;

/** Checks the shape of a ViewDefinition. Throws CartographError `mapping-invalid` that names the place. */
export function parseViewDefinition(json: unknown): ViewDefinition {
  requireDepth(json, 0);
  if (!validate(json)) {
    const [error] = validate.errors ?? [];
    throw viewError(placeOf(error?.instancePath ?? ''), error?.message ?? 'is not a ViewDefinition');
  }
  if (!isResourceType(json.resource))
    throw viewError('ViewDefinition.resource', 'is not a resource type of R4');
  return json;
}

/** `place` is the FHIRPath of the element in the ViewDefinition. */
export function viewError(place: string, problem: string, cause?: unknown): CartographError {
  return rejection('mapping-invalid', `${place} ${problem}`, {
    expression: place,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Keeps recursion over the definition, here and in Ajv, off the end of the stack. */
function requireDepth(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH * 2) throw viewError('ViewDefinition', `is nested deeper than ${MAX_DEPTH} selects`);
  for (const child of Object.values(value)) requireDepth(child, depth + 1);
}

/** `/select/0/column` as `ViewDefinition.select[0].column`. */
function placeOf(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return `ViewDefinition${steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('')}`;
}
