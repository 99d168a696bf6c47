import type { Source } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import type { Datum } from './hct-assessment.ts';

/** The sources of one fact as evidence, with its date and value. */
export function buildData(
  sources: readonly Source[],
  fact: { readonly date?: PartialDate | undefined; readonly value?: string | undefined } = {},
): readonly Datum[] {
  return sources.map(({ reference, versionId, path, site }) => ({
    ref: reference,
    ...(versionId === undefined ? {} : { versionId }),
    path,
    site,
    ...(fact.value === undefined ? {} : { value: fact.value }),
    ...(fact.date === undefined ? {} : { date: fact.date }),
  }));
}
