import { isObject, type JsonObject } from './definition.ts';
import { itemsOf, propertiesOf } from './element-items.ts';
import { resolveReference } from './resolve-reference.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

/** A step of the restricted FHIRPath that discriminators may use (R4, profiling.html). */
export type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'extension'; readonly url: string }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'resolve' };

/** A value in an instance with its type. */
export interface Located {
  readonly value: unknown;
  readonly sidecar: JsonObject | undefined;
  readonly type: string;
}

const TOKEN = /(resolve)\(\)|extension\(['"]([^'"]*)['"]\)|ofType\(([A-Za-z]+)\)|([A-Za-z0-9_]+)(?:\[x\])?/g;

/** `$this` is no step. */
export function parseDiscriminatorPath(path: string): readonly Step[] {
  return [...path.replaceAll('$this', '').matchAll(TOKEN)].map(([, resolve, url, type, name]): Step => {
    if (resolve !== undefined) return { kind: 'resolve' };
    if (url !== undefined) return { kind: 'extension', url };
    return type === undefined ? { kind: 'member', name: name ?? '' } : { kind: 'type', name: type };
  });
}

export function typeOfResource(value: unknown): string {
  return isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : 'Resource';
}

/** The values that a path leads to. */
export function locate(
  from: readonly Located[],
  steps: readonly Step[],
  context: ValidatorContext,
  run: Run,
): readonly Located[] {
  let current = from;
  for (const step of steps) current = current.flatMap((each) => follow(each, step, context, run));
  return current;
}

function follow(from: Located, step: Step, context: ValidatorContext, run: Run): readonly Located[] {
  switch (step.kind) {
    case 'type':
      return context.shapes.isA(from.type, step.name) ? [from] : [];
    case 'resolve':
      return followReference(from.value, run);
    case 'extension':
      return members(from, 'extension', context).filter(
        ({ value }) => isObject(value) && value['url'] === step.url,
      );
    case 'member':
      return members(from, step.name, context);
  }
}

function members(
  { value, sidecar, type }: Located,
  name: string,
  context: ValidatorContext,
): readonly Located[] {
  const isPrimitive = context.shapes.isPrimitive(type);
  const shape = context.shapes.get(isPrimitive ? 'Element' : type);
  if (shape === undefined) return [];
  return itemsOf(isPrimitive ? sidecar : value, propertiesOf(shape, name)).map((item) => ({
    value: item.value,
    sidecar: item.sidecar,
    type: item.property.type === 'Resource' ? typeOfResource(item.value) : item.property.type,
  }));
}

function followReference(value: unknown, run: Run): readonly Located[] {
  const reference = isObject(value) ? value['reference'] : value;
  if (typeof reference !== 'string') return [];
  const resource = resolveReference(reference, run)?.resource;
  if (resource !== undefined)
    return [{ value: resource, sidecar: undefined, type: typeOfResource(resource) }];
  const type = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]+$/.exec(reference)?.[1];
  return type === undefined ? [] : [{ value: undefined, sidecar: undefined, type }];
}
