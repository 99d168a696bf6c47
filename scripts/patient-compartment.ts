/** Which resources are a patient's, from R4's definition of the compartment (hl7.fhir.r4.examples, CC0). */
import { readFile } from 'node:fs/promises';

export const PATIENT_COMPARTMENT_FILE = 'src/fhir/search/patient-compartment.generated.ts';

const DEFINITION = new URL(
  '../node_modules/hl7.fhir.r4.examples/CompartmentDefinition-patient.json',
  import.meta.url,
);

interface Definition {
  readonly resource: readonly { readonly code: string; readonly param?: readonly string[] }[];
}

const HEAD = `/* Generated from R4's CompartmentDefinition by \`npm run generate\`; do not edit. */

/** By resource type, the search parameters by which a resource belongs to a patient. */
export const PATIENT_COMPARTMENT: Readonly<Record<string, string>> = {
`;

export async function patientCompartment(): Promise<string> {
  const { resource }: Definition = JSON.parse(await readFile(DEFINITION, 'utf8'));
  const lines = resource.flatMap(({ code, param = [] }) =>
    param.length === 0 ? [] : [`  ${code}: '${param.join(' ')}',\n`],
  );
  return `${HEAD}${lines.join('')}};\n`;
}
