import { quote } from '../core/finding.ts';
import { checkBundle } from './bundle-rules.ts';
import { isObject, type JsonObject } from './definition.ts';
import { checkDefinition } from './definition-rules.ts';
import type { ResourceScope, Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';
import { vitalSignProfile } from './vital-signs.ts';

/** Checks the resource at the present place: its type, the profiles that it claims, and the rules of its kind. */
export function checkResource(
  value: unknown,
  run: Run,
  carrier: 'contained' | 'entry' | undefined,
  profiles: readonly string[],
  context: ValidatorContext,
): void {
  if (!isObject(value)) {
    run.error('not-fhir', 'no JSON object, where a resource is needed');
    return;
  }
  const type = value['resourceType'];
  if (typeof type !== 'string' || !context.shapes.isResourceType(type)) {
    const found = typeof type === 'string' ? { found: quote(type) } : {};
    const code = type === undefined ? 'not-fhir' : 'resource-type-unknown';
    run.error(code, 'has no resource type of R4', { expected: 'a resource type of R4', ...found });
    return;
  }
  run.within(scopeOf(value, run, carrier), () => {
    if (carrier === 'contained' && value['id'] === undefined) {
      run.error('element-missing', 'a contained resource without an id', { expected: 'id' });
    }
    context.typeCheck(type)(value, run);
    checkContainedIds(value, run);
    checkSecurity(value, run);
    checkProfiles(value, type, profiles, context, run);
    if (type === 'Bundle') checkBundle(value, run);
    checkDefinition(type, value, context, run);
  });
}

function checkContainedIds({ contained }: JsonObject, run: Run): void {
  if (!Array.isArray(contained) || contained.length < 2) return;
  const ids = contained
    .map((each) => (isObject(each) ? each['id'] : undefined))
    .filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length)
    run.error('element-invalid', 'two contained resources have the same id');
}

/** A security label stands once (R4, resource.html, Meta). */
function checkSecurity({ meta }: JsonObject, run: Run): void {
  const labels = isObject(meta) ? meta['security'] : undefined;
  if (!Array.isArray(labels) || labels.length < 2) return;
  const keys = labels.map((label) => (isObject(label) ? `${label['system']} ${label['code']}` : ''));
  if (new Set(keys).size < keys.length) run.error('element-invalid', 'a security label is there twice');
}

function scopeOf(resource: JsonObject, run: Run, carrier: 'contained' | 'entry' | undefined): ResourceScope {
  const parent = run.scope;
  const start = run.depth;
  if (parent === undefined) return { resource, container: resource, start };
  if (carrier === 'contained') return { ...parent, resource, container: parent.container, start, parent };
  const entry = run.valueAt(run.depth - 2);
  const fullUrl = isObject(entry) ? entry['fullUrl'] : undefined;
  const named = typeof fullUrl === 'string' ? { fullUrl } : {};
  return { resource, container: resource, start, carrier: parent.resource, parent, ...named };
}

/** Profiles asked for, claimed in `meta.profile`, and those that R4 asks for by the code of an Observation. */
function checkProfiles(
  resource: JsonObject,
  type: string,
  asked: readonly string[],
  context: ValidatorContext,
  run: Run,
): void {
  const meta = resource['meta'];
  const claimed = isObject(meta) && Array.isArray(meta['profile']) ? meta['profile'] : [];
  const implied = type === 'Observation' ? vitalSignProfile(resource) : undefined;
  const named = implied === undefined ? [...asked, ...claimed] : [...asked, ...claimed, implied];
  for (const profile of withoutImplied(named, context)) {
    checkProfile(profile, resource, type, asked.includes(profile), context, run);
  }
}

/** Each profile once, and none that another of them derives from: who satisfies that one satisfies it. */
function withoutImplied(named: readonly unknown[], context: ValidatorContext): readonly string[] {
  const distinct: string[] = [];
  for (const each of named) if (typeof each === 'string' && !distinct.includes(each)) distinct.push(each);
  if (distinct.length < 2) return distinct;
  return distinct.filter(
    (one) => !distinct.some((other) => other !== one && context.derivesFrom(other, one)),
  );
}

function checkProfile(
  canonical: string,
  resource: JsonObject,
  type: string,
  isAsked: boolean,
  context: ValidatorContext,
  run: Run,
): void {
  const profiled = context.profiledType(canonical);
  const check = context.profileCheck(canonical);
  if (profiled === undefined || check === undefined) {
    const severity = isAsked ? 'error' : 'warning';
    run.report('profile-unknown', severity, 'claims a profile that is not loaded', { expected: canonical });
  } else if (!context.shapes.isA(type, profiled)) {
    const details = { found: type, expected: profiled, rule: canonical };
    run.error('type-not-allowed', `is no ${profiled}, as its profile asks`, details);
  } else {
    check(resource, undefined, run);
  }
}
