import { createHash } from 'node:crypto';
import type { Meta } from '@medplum/fhirtypes';
import type { PartialDate } from '../core/partial-date.ts';
import { DERIVED_TAG } from '../fhir/derived-tag.ts';
import { structureUrl } from './guide-urls.ts';

/** What a result is a result of: equal for the same question about the same person on the same day. */
export interface ResultIdentity {
  /** Id of the record. */
  readonly patient: string;
  readonly definition: string;
  readonly version: string;
  readonly asOf: PartialDate;
}

/** A FHIR id: a digest, so that asking twice gives the same resource and nothing can be read from it. */
export function derivedId({ patient, definition, version, asOf }: ResultIdentity): string {
  const text = JSON.stringify([patient, definition, version, asOf]);
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

/** The tag tells every reader, this service included, that the resource was computed and is no fact. */
export function derivedMeta(profile: string): Meta {
  return {
    profile: [structureUrl(profile)],
    tag: [{ ...DERIVED_TAG }],
  };
}
