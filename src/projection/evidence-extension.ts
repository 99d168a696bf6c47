import type { Extension } from '@medplum/fhirtypes';
import { structureUrl } from './guide-urls.ts';

/** One element of one resource that a result rests on. */
export interface EvidenceItem {
  /** `Type/id`. */
  readonly reference: string;
  readonly versionId?: string;
  /** FHIRPath of the element. */
  readonly path: string;
}

/** One extension for each element, none twice, in a fixed order. R4 has no element that could point to all types. */
export function buildEvidence(items: readonly EvidenceItem[]): readonly Extension[] {
  const unique = new Map(
    items.map((item) => [`${item.reference} ${item.path} ${item.versionId ?? ''}`, item]),
  );
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => extensionOf(item));
}

function extensionOf({ reference, versionId, path }: EvidenceItem): Extension {
  return {
    url: structureUrl('evidence'),
    extension: [
      { url: 'resource', valueReference: { reference } },
      ...(versionId === undefined ? [] : [{ url: 'versionId', valueId: versionId }]),
      { url: 'path', valueString: path },
    ],
  };
}
