import { parseReference } from '../fhir/references.ts';
import { CORE, isObject, type JsonObject, withoutVersion } from './definition.ts';
import { carriedBy, carriedIn, resolveReference } from './resolve-reference.ts';
import type { ResourceScope, Run } from './run.ts';
import type { ValidatorContext, ValueCheck } from './validator-context.ts';

/**
 * The check of a reference: its form, that it leads somewhere where it has to, and that what it leads to is of a type
 * and profile that `targetProfiles` name. A target that is not here is judged by its type alone.
 */
export function compileReferenceCheck(
  targetProfiles: readonly string[] | undefined,
  context: ValidatorContext,
): ValueCheck {
  const targets = compileTargets(targetProfiles, context);
  return (value, _sidecar, run) => {
    if (!isObject(value)) return;
    const { reference } = value;
    if (typeof reference === 'string') {
      checkForm(reference, run, context);
      checkStatedType(reference, value['type'], run);
    }
    targets?.(value, run);
  };
}

/** Only the targets, for a profile: the form was judged with the type. */
export function compileTargets(
  targetProfiles: readonly string[] | undefined,
  context: ValidatorContext,
): ((value: JsonObject, run: Run) => void) | undefined {
  if (targetProfiles === undefined || targetProfiles.length === 0) return undefined;
  const targets = targetProfiles.map((canonical) => ({ canonical, type: typeOfTarget(canonical, context) }));
  if (targets.some(({ type }) => type === 'Resource' || type === undefined)) return undefined;
  const names = [...new Set(targets.map(({ type }) => String(type)))];
  const hasProfile = targetProfiles.some(
    (canonical) =>
      !withoutVersion(canonical).startsWith(CORE) ||
      !names.includes(withoutVersion(canonical).slice(CORE.length)),
  );
  const byType = new Map<string, typeof targets>();
  const possibleFor = (type: string): typeof targets => {
    const known = byType.get(type);
    if (known !== undefined) return known;
    const possible = targets.filter((target) => context.shapes.isA(type, String(target.type)));
    if (context.shapes.isResourceType(type)) byType.set(type, possible);
    return possible;
  };
  return (value, run) => {
    const reference = value['reference'];
    const resolved = typeof reference === 'string' ? resolveReference(reference, run) : undefined;
    const type = resolved?.resource['resourceType'] ?? declaredType(value, run);
    if (typeof type !== 'string') return;
    const possible = possibleFor(type);
    if (possible.length === 0) {
      const details = { found: type, expected: names.join(', ') };
      run.error('reference-target-invalid', `refers to a ${type}, which is not allowed there`, details);
    } else if (resolved !== undefined && hasProfile) {
      checkProfiles(resolved.resource, possible, context, run);
    }
  };
}

function typeOfTarget(canonical: string, { store }: ValidatorContext): string | undefined {
  const url = withoutVersion(canonical);
  const structure = store.structure(url);
  if (structure !== undefined) return structure.type;
  return url.startsWith(CORE) ? url.slice(CORE.length) : undefined;
}

/** By the reference's own text, or by `Reference.type`. */
function declaredType({ reference, type }: JsonObject, run: Run): string | undefined {
  if (typeof reference === 'string') {
    const form = parseReference(reference);
    if (form.form === 'literal' || form.form === 'conditional') return form.type;
    if (form.form === 'contained') return undefined;
  }
  if (typeof type !== 'string' || run.scope === undefined) return undefined;
  return type.startsWith(CORE) ? type.slice(CORE.length) : type;
}

/** The target has to satisfy one of the profiles; a circle of references holds where it closes. */
function checkProfiles(
  resource: JsonObject,
  targets: readonly { readonly canonical: string }[],
  context: ValidatorContext,
  run: Run,
): void {
  const satisfied = targets.some(({ canonical }) => satisfies(resource, canonical, context, run));
  if (satisfied) return;
  const expected = targets.map(({ canonical }) => canonical).join(', ');
  run.error('reference-target-invalid', 'refers to a resource that satisfies none of the profiles', {
    expected,
  });
}

export function satisfies(
  resource: JsonObject,
  canonical: string,
  context: ValidatorContext,
  run: Run,
): boolean {
  const check = context.profileCheck(canonical);
  if (check === undefined) return true;
  const busy = run.visiting.get(resource) ?? new Set<string>();
  if (busy.has(canonical)) return true;
  run.visiting.set(resource, busy.add(canonical));
  try {
    return run.holds(() => withTarget(resource, run, () => check(resource, undefined, run)));
  } finally {
    busy.delete(canonical);
  }
}

/** The target becomes the innermost resource; its own contained resources are then those that `#` names. */
function withTarget(resource: JsonObject, run: Run, check: () => void): void {
  const { scope } = run;
  const contained = scope?.container['contained'];
  if (scope !== undefined && Array.isArray(contained) && contained.includes(resource)) {
    run.within({ ...scope, resource, start: run.depth, parent: scope }, check);
    return;
  }
  const place = placeOf(resource, scope);
  const outer = scope === undefined ? {} : { parent: scope };
  run.within({ resource, container: resource, start: run.depth, ...place, ...outer }, check);
}

/** The Bundle or Parameters that carries a resource, and under which URL. */
function placeOf(
  resource: JsonObject,
  scope: ResourceScope | undefined,
): { readonly carrier?: JsonObject; readonly fullUrl?: string } {
  for (let at = scope; at !== undefined; at = at.parent) {
    for (const carrier of [at.resource, at.carrier]) {
      const found = carrier === undefined ? undefined : carriedIn(carrier, resource);
      if (carrier === undefined || found === undefined) continue;
      return { carrier, ...(found.fullUrl === undefined ? {} : { fullUrl: found.fullUrl }) };
    }
  }
  return {};
}

function checkForm(reference: string, run: Run, context: ValidatorContext): void {
  if (reference.startsWith('#')) {
    if (resolveReference(reference, run) === undefined) {
      run.error('reference-not-found', 'names a contained resource that is not there');
    }
    return;
  }
  if (reference.startsWith('urn:')) {
    const isBundled = run.scope?.carrier?.['resourceType'] === 'Bundle';
    if (isBundled && resolveReference(reference, run) === undefined) {
      run.report('reference-not-found', 'warning', 'names by URN an entry that the bundle does not have');
    }
    return;
  }
  if (reference.includes(':') && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference)) return;
  const form = parseReference(reference);
  if (form.form === 'literal' || form.form === 'conditional') {
    checkCarried(reference, form.type, run);
    return;
  }
  const [first = ''] = reference.split('/');
  const expected = 'Type/id, an absolute URL, or # and an id';
  const isKnown = context.shapes.isResourceType(first);
  run.error('reference-invalid', isKnown ? 'the id of the reference is invalid' : 'is no reference', {
    expected,
  });
}

/** `Reference.type` is the type of what the reference leads to. */
function checkStatedType(reference: string, type: unknown, run: Run): void {
  if (typeof type !== 'string') return;
  const form = parseReference(reference);
  const named = form.form === 'literal' || form.form === 'conditional' ? form.type : undefined;
  const found = resolveReference(reference, run)?.resource['resourceType'] ?? named;
  const stated = type.startsWith(CORE) ? type.slice(CORE.length) : type;
  if (typeof found !== 'string' || found === stated) return;
  run.error('reference-target-invalid', `refers to a ${found}, and says that it is of another type`, {
    found,
    expected: stated.slice(0, 40),
  });
}

/**
 * Parameters that carry resources of a type carry each one of that type which they refer to; an extension may point to
 * what lies elsewhere, such as the evidence of a result.
 */
function checkCarried(reference: string, type: string, run: Run): void {
  const carrier = run.scope?.carrier;
  if (carrier?.['resourceType'] !== 'Parameters' || run.typeAt(run.depth - 2) === 'Extension') return;
  if (resolveReference(reference, run) !== undefined) return;
  if (!carriedBy(carrier).some(({ resource }) => resource['resourceType'] === type)) return;
  run.error('reference-not-found', `names a ${type} that is not among those in the Parameters`);
}
