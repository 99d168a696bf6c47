/** NDJSON files as a Bulk Data export writes them: by type, the lines of a patient scattered over the files. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { EVERYDAY_TESTS, UCUM } from './everyday-tests.ts';

const LOINC = 'http://loinc.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const RESOURCES_PER_PATIENT = 100;
const LINES_PER_FILE = 100_000;

/** So many resources, a hundredth of them Patients; every other file is gzip. */
export async function writeImportFiles(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const patients = Math.ceil(count / RESOURCES_PER_PATIENT);
  await writeFile(join(folder, 'Patient.ndjson'), 0, patients, patientAt);
  const others = count - patients;
  for (let from = 0, file = 1; from < others; from += LINES_PER_FILE, file += 1) {
    const name = `resources-${String(file).padStart(3, '0')}.ndjson${file % 2 === 0 ? '.gz' : ''}`;
    await writeFile(join(folder, name), from, Math.min(others, from + LINES_PER_FILE), (n) =>
      resourceAt(n, patients),
    );
  }
}

async function writeFile(
  path: string,
  from: number,
  to: number,
  resourceOf: (n: number) => object,
): Promise<void> {
  function* lines(): Generator<string, void, undefined> {
    for (let n = from; n < to; n += 1) yield `${JSON.stringify(resourceOf(n))}\n`;
  }
  const target = createWriteStream(path);
  if (path.endsWith('.gz')) await pipeline(Readable.from(lines()), createGzip({ level: 1 }), target);
  else await pipeline(Readable.from(lines()), target);
}

function patientAt(n: number): object {
  return {
    resourceType: 'Patient',
    id: `bench-${n}`,
    identifier: [{ system: 'urn:bench:mrn', value: String(n) }],
    gender: n % 2 === 0 ? 'female' : 'male',
    birthDate: `20${String(n % 20).padStart(2, '0')}-03-02`,
  };
}

function resourceAt(n: number, patients: number): object {
  const subject = { reference: `Patient/bench-${(n * 40_503) % patients}` };
  if (n % 10 === 9) return administrationAt(n, subject);
  const [code, unit] = EVERYDAY_TESTS[n % EVERYDAY_TESTS.length] ?? ['718-7', 'g/dL'];
  return {
    resourceType: 'Observation',
    id: `bench-${n}`,
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
        ],
      },
    ],
    code: { coding: [{ system: LOINC, code }] },
    subject,
    effectiveDateTime: momentAt(n),
    valueQuantity: { value: (n % 500) / 10, system: UCUM, code: unit, unit },
  };
}

function administrationAt(n: number, subject: object): object {
  return {
    resourceType: 'MedicationAdministration',
    id: `bench-${n}`,
    status: 'completed',
    medicationCodeableConcept: { coding: [{ system: RXNORM, code: '612865', display: 'tocilizumab' }] },
    subject,
    effectiveDateTime: momentAt(n),
    dosage: { dose: { value: 8, system: UCUM, code: 'mg/kg', unit: 'mg/kg' } },
  };
}

function momentAt(n: number): string {
  const [month, day, minute] = [1 + (n % 12), 1 + (n % 28), n % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `2024-${month}-${day}T10:${minute}:00Z`;
}
