import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { PrefetchKey } from './prefetch-templates.ts';

/** What one key holds; undefined where it is not there, failed, or is not whole. */
export type Prefetched = readonly Resource[] | undefined;

/**
 * The resources behind a prefetch value. `null` says that there are none. An OperationOutcome stands for a query that
 * failed; a bundle that reports an error among its entries, or has further pages, is not whole, and half of a history
 * may lack the relapse. A patient's own key holds a Patient with that id and nothing else.
 */
export function readPrefetchValue(key: PrefetchKey, value: unknown, patientId: string): Prefetched {
  if (key === 'patient') {
    const resource = value as Resource | null | undefined;
    return resource?.resourceType === 'Patient' && resource.id === patientId ? [resource] : undefined;
  }
  if (value === null) return [];
  if (typeof value !== 'object') return undefined;
  const resource = value as Resource;
  if (resource.resourceType === 'OperationOutcome') return undefined;
  if (resource.resourceType !== 'Bundle') return [resource];
  return readBundle(resource);
}

/** The resources that a search found; undefined where it is not whole. */
function readBundle(bundle: Bundle): Prefetched {
  if (nextPageOf(bundle) !== undefined) return undefined;
  return matchesOf(bundle);
}

export function nextPageOf({ link }: Bundle): string | undefined {
  return link?.find(({ relation }) => relation === 'next')?.url;
}

/** What a page of a search holds; undefined where it says that something went wrong. */
export function matchesOf({ entry = [] }: Bundle): Prefetched {
  const resources = entry.flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
  return resources.some(isFailure)
    ? undefined
    : resources.filter(({ resourceType }) => resourceType !== 'OperationOutcome');
}

function isFailure(resource: Resource): boolean {
  return (
    resource.resourceType === 'OperationOutcome' &&
    (resource.issue ?? []).some(({ severity }) => severity === 'error' || severity === 'fatal')
  );
}
