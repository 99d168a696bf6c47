/** What must hold of the stored version for a request to be carried out (RFC 9110, 13; FHIR R4, http, 3.1.0.5). */
import { rejection } from '../core/cartograph-error.ts';

/** A version number: that one is stored; `*`: there is one; null: there is none. */
export interface Precondition {
  readonly ifVersion?: string | null;
}

/** As a request states them: by headers, or by elements of an entry. */
export interface StatedPreconditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifNoneExist?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
}

export type PreconditionName = keyof StatedPreconditions;

/** How the sender knows a precondition, such as `If-Match` or `Bundle.entry[3].request.ifMatch`. */
export type NameOfPrecondition = (name: PreconditionName) => string;

/** Of a write of what may be stored. Throws `condition-unsupported` for any that would not be checked. */
export function readPrecondition(stated: StatedPreconditions, nameOf: NameOfPrecondition): Precondition {
  refuseUnchecked(stated, ['ifMatch', 'ifNoneMatch'], nameOf);
  const { ifMatch, ifNoneMatch } = stated;
  if (ifNoneMatch === undefined) {
    return ifMatch === undefined ? {} : { ifVersion: versionOf(ifMatch, nameOf('ifMatch')) };
  }
  if (ifNoneMatch.trim() === '*' && ifMatch === undefined) return { ifVersion: null };
  throw unsupported(nameOf('ifNoneMatch'), '* alone');
}

/** Preconditions that are not checked must not be taken for met. */
export function refuseUnchecked(
  stated: StatedPreconditions,
  checked: readonly PreconditionName[],
  nameOf: NameOfPrecondition,
): void {
  for (const name of Object.keys(stated) as PreconditionName[]) {
    if (stated[name] === undefined || checked.includes(name)) continue;
    const others =
      checked.length === 0 ? 'no condition' : `${checked.map(nameOf).join(', ')}, or no condition`;
    throw unsupported(nameOf(name), others);
  }
}

/** The version number of `W/"3"`, or `*`. */
function versionOf(text: string, expression: string): string {
  if (text.trim() === '*') return '*';
  const version = /^\s*(?:W\/)?"?([A-Za-z0-9.-]{1,64})"?\s*$/.exec(text)?.[1];
  if (version !== undefined) return version;
  throw unsupported(expression, 'one version, such as W/"1", or *');
}

function unsupported(expression: string, expected: string): Error {
  return rejection('condition-unsupported', `${expression} is not supported so here`, {
    expression,
    expected,
  });
}
