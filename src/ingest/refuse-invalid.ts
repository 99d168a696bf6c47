/** Validation of what is about to be stored, where the settings say that it refuses. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import type { Validator } from '../profiles/validator.ts';
import type { IngestObserver } from './ingest-observer.ts';
import { validateInTurns } from './validate-in-turns.ts';

/** reject: what is not valid is not stored; warn: it is, and is told among the findings; off: nobody looks. */
export type ValidationMode = 'reject' | 'warn' | 'off';

/** A resource, and where in the request it stands. */
export interface PlacedResource {
  readonly resource: Resource;
  readonly path: string;
}

/** Throws a rejection with the errors of all of them. */
export type RefuseInvalid = (resources: readonly PlacedResource[]) => Promise<void>;

const MAX_FINDINGS = 100;

export function refuseInvalid(
  mode: ValidationMode,
  validator: () => Promise<Validator>,
  observer: IngestObserver,
): RefuseInvalid {
  if (mode !== 'reject') return () => Promise.resolve();
  return async (placed) => {
    if (placed.length === 0) return;
    const found = await validateInTurns(
      await validator(),
      placed.map(({ resource }) => resource),
      observer,
    );
    const errors = placed.flatMap(({ path }, index) => errorsAt(path, found[index] ?? []));
    const [first, ...rest] = errors.slice(0, MAX_FINDINGS);
    if (first !== undefined) throw new CartographError([first, ...rest]);
  };
}

/** Errors as the sender sees them: with the place in what was sent instead of the type. */
function errorsAt(path: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.flatMap((finding) => {
    if (finding.severity !== 'error') return [];
    const within = (finding.expression ?? '').replace(/^[A-Za-z]+/, '');
    return [{ ...finding, expression: `${path}${within}` }];
  });
}
