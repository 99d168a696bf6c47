import { quote } from '../core/finding.ts';
import type { Membership, MembershipTest } from '../fhir/terminology/terminology-value-set.ts';
import { type Binding, isObject, withoutVersion } from './definition.ts';
import type { Run } from './run.ts';
import type { ValidatorContext, ValueCheck } from './validator-context.ts';

const MAX_VALUE_SET = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';
const QUANTITIES: ReadonlySet<string> = new Set([
  'Quantity',
  'Age',
  'Count',
  'Distance',
  'Duration',
  'Money',
]);

/** The codings that a bound value offers; `system` undefined for a bare code. */
interface Offered {
  readonly system: string | undefined;
  readonly code: string;
}

/**
 * The check that a binding asks for: a code outside a required value set is an error, outside an extensible one a
 * warning, outside a preferred or example one nothing. A code that cannot be decided here is one information issue for
 * each value set. The binding of a choice speaks of its coded types; of quantities only where it leaves no other type.
 */
export function compileBinding(
  binding: Binding | undefined,
  type: string,
  context: ValidatorContext,
  types: number = 1,
): ValueCheck | undefined {
  if (binding === undefined || (types > 1 && QUANTITIES.has(type))) return undefined;
  const { strength, valueSet } = binding;
  const most = binding.extension?.find(({ url }) => url === MAX_VALUE_SET);
  const maximum = most?.['valueCanonical'] ?? most?.['valueUri'];
  const checks: ValueCheck[] = [];
  if (valueSet !== undefined && (strength === 'required' || strength === 'extensible')) {
    checks.push(checkOf(valueSet, strength === 'required' ? 'error' : 'warning', type, context));
  }
  if (typeof maximum === 'string') checks.push(checkOf(maximum, 'error', type, context));
  if (checks.length < 2) return checks[0];
  return (value, sidecar, run) => {
    for (const check of checks) check(value, sidecar, run);
  };
}

function checkOf(
  valueSet: string,
  severity: 'error' | 'warning',
  type: string,
  { store: { terminology } }: ValidatorContext,
): ValueCheck {
  const url = withoutVersion(valueSet);
  let test: MembershipTest | undefined;
  return (value, _sidecar, run) => {
    test ??= terminology.membershipTest(url);
    if (isMember(value, type, test)) return;
    const offered = offeredBy(value, type);
    if (offered === undefined) return;
    const verdict = verdictOf(offered, test);
    if (verdict === 'member') return;
    const found = offered.map(({ system, code }) => (system === undefined ? code : `${system}#${code}`));
    if (verdict === 'unknown') {
      undecided(url, run);
    } else if (found.length > 0 || severity === 'error') {
      const message = found.length === 0 ? 'has no code of the value set' : 'is not in the value set';
      const quoted = found.length === 0 ? {} : { found: quote(found.join(', ')) };
      run.report('code-not-in-value-set', severity, `${message} ${url}`, { expected: url, ...quoted });
    }
  };
}

/** The usual case, which makes no objects: the code, or the first coding, is a member. */
function isMember(value: unknown, type: string, test: MembershipTest): boolean {
  if (typeof value === 'string') return test(undefined, value) === 'member';
  if (!isObject(value)) return false;
  const codings = type === 'CodeableConcept' ? value['coding'] : undefined;
  const coding: unknown = Array.isArray(codings) ? codings[0] : value;
  if (!isObject(coding)) return false;
  const { system, code } = coding;
  return typeof system === 'string' && typeof code === 'string' && test(system, code) === 'member';
}

/** Says once a resource that a value set cannot be decided. */
function undecided(url: string, run: Run): void {
  if (run.undecided.has(url)) return;
  run.undecided.add(url);
  const message = `membership in ${url} cannot be decided without a terminology server`;
  run.report('value-set-undecidable', 'information', message, { expected: url });
}

/** Of several codings one has to be a member. */
function verdictOf(offered: readonly Offered[], membership: MembershipTest): Membership {
  let best: Membership = 'not-member';
  for (const { system, code } of offered) {
    const found = membership(system, code);
    if (found === 'member') return found;
    if (found === 'unknown') best = found;
  }
  return best;
}

/** Undefined where there is nothing to look at. A coding without a system is in no value set. */
function offeredBy(value: unknown, type: string): readonly Offered[] | undefined {
  if (typeof value === 'string') return [{ system: undefined, code: value }];
  if (!isObject(value)) return undefined;
  if (type === 'CodeableConcept') {
    const codings = Array.isArray(value['coding']) ? value['coding'] : [];
    return codings.filter(isObject).flatMap(offeredByCoding);
  }
  if (type === 'Coding') return offeredByCoding(value);
  if (QUANTITIES.has(type)) return typeof value['code'] === 'string' ? offeredByCoding(value) : undefined;
  return undefined;
}

function offeredByCoding(coding: Readonly<Record<string, unknown>>): readonly Offered[] {
  const { system, code } = coding;
  if (typeof code !== 'string') return [];
  return [{ system: typeof system === 'string' ? system : '', code }];
}
