/** Addresses of the implementation guide's own artefacts (`profiles/`). */
const BASE = 'https://cartograph.example.org/fhir';

export function codeSystemUrl(id: string): string {
  return `${BASE}/CodeSystem/${id}`;
}

export function structureUrl(id: string): string {
  return `${BASE}/StructureDefinition/${id}`;
}

export function libraryUrl(id: string): string {
  return `${BASE}/Library/${id}`;
}
