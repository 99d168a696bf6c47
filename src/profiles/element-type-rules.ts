/** Types, targets, fixed values and bindings that a profile's element may have, by those of the element that it constrains. */
import { quote } from '../core/finding.ts';
import {
  CORE,
  choiceOf,
  type ElementDefinition,
  isObject,
  type JsonObject,
  withoutVersion,
} from './definition.ts';
import type { Run } from './run.ts';
import type { ShapeElement } from './shapes.ts';
import type { ValidatorContext } from './validator-context.ts';

/** One element of a differential, with the element of R4 that its path leads to. */
export interface Constrained {
  readonly element: JsonObject;
  readonly path: string;
  readonly base: ShapeElement;
}

export function checkElementTypes({ element, base }: Constrained, context: ValidatorContext, run: Run): void {
  const allowed = base.definition.type ?? [];
  const own = Array.isArray(element['type']) ? element['type'].filter(isObject) : [];
  for (const { code, profile, targetProfile } of own) {
    if (typeof code !== 'string') continue;
    if (
      !isAllowed(
        code,
        allowed.map((type) => type.code),
        context,
      )
    ) {
      run.error('definition-invalid', 'has a type that its base does not have', {
        found: quote(code),
        expected: allowed
          .map((type) => type.code)
          .join(', ')
          .slice(0, 200),
      });
      continue;
    }
    for (const each of listOf(profile)) checkProfile(each, code, context, run);
    const targets = allowed.flatMap((type) => (type.code === code ? (type.targetProfile ?? []) : []));
    for (const each of listOf(targetProfile)) checkTarget(each, targets, context, run);
  }
  checkFixed(element as unknown as ElementDefinition, own.length > 0 ? own : allowed, context, run);
  checkBinding(element['binding'], context, run);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** System types stand for ids and URLs, and are constrained under several names. */
function isAllowed(code: string, allowed: readonly string[], { shapes }: ValidatorContext): boolean {
  if (allowed.length === 0 || code.startsWith('http://hl7.org/fhirpath/')) return true;
  return allowed.some((each) => each.startsWith('http://hl7.org/fhirpath/') || shapes.isA(code, each));
}

function checkProfile(canonical: string, code: string, context: ValidatorContext, run: Run): void {
  const type = context.store.structure(canonical)?.type;
  if (type === undefined || context.shapes.isA(type, code)) return;
  const details = { found: type, expected: code };
  run.error('definition-invalid', 'names a profile of another type', details);
}

function checkTarget(
  canonical: string,
  targets: readonly string[],
  { store, shapes }: ValidatorContext,
  run: Run,
): void {
  const typeOf = (url: string): string | undefined =>
    store.structure(url)?.type ?? (url.startsWith(CORE) ? withoutVersion(url).slice(CORE.length) : undefined);
  const type = typeOf(canonical);
  const types = targets.map(typeOf);
  if (type === undefined || types.length === 0) return;
  if (types.some((each) => each === undefined || shapes.isA(type, each))) return;
  const details = { found: type, expected: types.join(', ').slice(0, 200) };
  run.error('definition-invalid', 'names a target that its base does not allow', details);
}

function checkFixed(
  element: ElementDefinition,
  types: readonly { readonly code?: unknown }[],
  { shapes }: ValidatorContext,
  run: Run,
): void {
  const set = choiceOf(element, 'fixed') ?? choiceOf(element, 'pattern');
  if (set === undefined || types.length === 0) return;
  const primitive = set.type.charAt(0).toLowerCase() + set.type.slice(1);
  const type = typeof set.value === 'object' ? set.type : primitive;
  const codes = types.map(({ code }) => String(code));
  if (codes.some((code) => code.startsWith('http://hl7.org/fhirpath/') || shapes.isA(type, code))) return;
  run.error('definition-invalid', 'sets a value of a type that it does not have', {
    found: type,
    expected: codes.join(', ').slice(0, 200),
  });
}

function checkBinding(binding: unknown, { store }: ValidatorContext, run: Run): void {
  const valueSet = isObject(binding) ? binding['valueSet'] : undefined;
  if (typeof valueSet !== 'string') return;
  const url = withoutVersion(valueSet);
  if (store.terminology.hasValueSet(url) || store.terminology.codeSystem(url) === undefined) return;
  run.error('definition-invalid', 'is bound to a code system, not to a value set', { found: quote(url) });
}
