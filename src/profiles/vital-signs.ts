import { isObject, type JsonObject } from './definition.ts';

const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * R4 asks that an Observation with one of these codes conforms to the vital sign's profile, whether or not it claims it
 * (observation-vitalsigns.html). LOINC as that page lists them; SNOMED CT for the same measurements.
 */
const PROFILES: Readonly<Record<string, string>> = {
  'http://loinc.org 85353-1': 'vitalspanel',
  'http://loinc.org 9279-1': 'resprate',
  'http://loinc.org 8867-4': 'heartrate',
  'http://loinc.org 2708-6': 'oxygensat',
  'http://loinc.org 8310-5': 'bodytemp',
  'http://loinc.org 8302-2': 'bodyheight',
  'http://loinc.org 9843-4': 'headcircum',
  'http://loinc.org 29463-7': 'bodyweight',
  'http://loinc.org 39156-5': 'bmi',
  'http://loinc.org 85354-9': 'bp',
  'http://snomed.info/sct 86290005': 'resprate',
  'http://snomed.info/sct 364075005': 'heartrate',
  'http://snomed.info/sct 103228002': 'oxygensat',
  'http://snomed.info/sct 386725007': 'bodytemp',
  'http://snomed.info/sct 276885007': 'bodytemp',
  'http://snomed.info/sct 50373000': 'bodyheight',
  'http://snomed.info/sct 363812007': 'headcircum',
  'http://snomed.info/sct 27113001': 'bodyweight',
  'http://snomed.info/sct 60621009': 'bmi',
  'http://snomed.info/sct 75367002': 'bp',
};

/** The profile that the Observation's code asks for. */
export function vitalSignProfile({ code }: JsonObject): string | undefined {
  const codings = isObject(code) && Array.isArray(code['coding']) ? code['coding'] : [];
  for (const coding of codings) {
    if (!isObject(coding)) continue;
    const profile = PROFILES[`${coding['system']} ${coding['code']}`];
    if (profile !== undefined) return `${CORE}${profile}`;
  }
  return undefined;
}
