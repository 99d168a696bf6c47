import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import type { Precondition } from '../fhir/precondition.ts';
import type { StoredVersion } from '../store/resource-store.ts';
import type { Draft, Removal } from './draft.ts';

interface Expectation extends Precondition {
  readonly type: string;
  readonly id: string;
  readonly path: string;
}

/** Throws `precondition-failed` for every version that is not the one which its request expects. */
export function refuseUnmet(
  drafts: readonly Draft[],
  removals: readonly Removal[],
  present: ReadonlyMap<string, StoredVersion>,
): void {
  const expectations: readonly Expectation[] = [
    ...drafts.map(({ type, id, target: { write } }) => {
      const { interaction, resourcePath } = write;
      const ifVersion = interaction.kind === 'create' ? undefined : interaction.ifVersion;
      return { type, id, path: resourcePath, ...(ifVersion === undefined ? {} : { ifVersion }) };
    }),
    ...removals,
  ];
  const findings = expectations.flatMap((one) => unmet(one, present.get(`${one.type}/${one.id}`)?.version));
  const [first, ...rest] = findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
}

function unmet({ path, ifVersion }: Expectation, version: number | undefined): readonly Finding[] {
  if (ifVersion === undefined || ifVersion === (version === undefined ? null : String(version))) return [];
  if (ifVersion === '*' && version !== undefined) return [];
  const found = version === undefined ? 'no such resource' : `version ${version}`;
  const expected =
    ifVersion === null ? 'no such resource' : ifVersion === '*' ? 'a stored one' : `version ${ifVersion}`;
  const message = `${path}: found ${found}, expected ${expected}`;
  return [{ code: 'precondition-failed', severity: 'error', message, expression: path, found, expected }];
}
