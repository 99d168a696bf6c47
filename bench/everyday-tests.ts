export const UCUM = 'http://unitsofmeasure.org';

/** LOINC codes and UCUM units of everyday laboratory work and of the CAR-T course. */
export const EVERYDAY_TESTS: readonly (readonly [string, string])[] = [
  ['718-7', 'g/dL'],
  ['6690-2', '10*3/uL'],
  ['777-3', '10*3/uL'],
  ['751-8', '10*3/uL'],
  ['1988-5', 'mg/L'],
  ['2276-4', 'ng/mL'],
  ['8310-5', 'Cel'],
  ['2708-6', '%'],
  ['26474-7', '10*3/uL'],
  ['2160-0', 'mg/dL'],
];
