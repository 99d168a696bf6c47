import type { Resource } from '@medplum/fhirtypes';
import type { Precondition } from '../fhir/precondition.ts';
import type { OutgoingReference } from '../fhir/references.ts';
import type { ResourceKey } from '../store/resource-store.ts';
import type { TargetedWrite } from './resolve-targets.ts';

/** What is to be stored, but for the version. */
export interface Draft {
  readonly type: string;
  readonly id: string;
  readonly resource: Resource;
  readonly references: readonly OutgoingReference[];
  readonly target: TargetedWrite;
  readonly site: string;
  readonly digest: string;
}

/** What is to go, if it is there. */
export interface Removal extends ResourceKey, Precondition {
  readonly references: readonly OutgoingReference[];
  readonly path: string;
  readonly site: string;
}
