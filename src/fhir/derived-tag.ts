/** Tag of what Cartograph derived itself; such a resource is stored and never mapped (architecture, decision 14). */
export const DERIVED_TAG = {
  system: 'https://cartograph.example.org/fhir/CodeSystem/cartograph-tag',
  code: 'derived',
} as const;
