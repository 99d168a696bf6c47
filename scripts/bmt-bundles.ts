/**
 * The 137 patients of KMsurv's `bmt` (Klein and Moeschberger 1997, 1.3) as FHIR, to see that curves survive the way
 * through FHIR. They had a transplantation and no CAR-T cells: the transplantation is written as the index infusion, all
 * on 1 January 2000, and the risk group as the product. A last contact is a vital status.
 *
 * `node scripts/bmt-bundles.ts bmt.csv > bmt.ndjson`
 */
import { readFile } from 'node:fs/promises';
import type { Bundle } from '@medplum/fhirtypes';
import { parseCsv } from '../src/cli/stats/parse-csv.ts';
import { addDays } from '../src/core/partial-date.ts';
import { buildPatientBundles } from '../src/example/build-bundles.ts';
import { emptyPlan, type PatientPlan } from '../src/example/patient-plan.ts';

const INFUSION = '2000-01-01';
/** A remission is on record on this day, or there was no time for one. */
const REMISSION_DAY = 28;

/** Which product stands for which risk group. */
export const GROUP_PRODUCTS: Readonly<Record<string, string>> = {
  ALL: 'axicabtagene-ciloleucel',
  'AML low risk': 'brexucabtagene-autoleucel',
  'AML high risk': 'tisagenlecleucel',
};

/** One list of bundles a patient. */
export function bmtBundles(csv: string): readonly (readonly Bundle[])[] {
  const { columns, rows } = parseCsv(csv);
  return Array.from({ length: rows }, (_, row) => {
    const cell = (name: string): string => columns.get(name)?.[row] ?? '';
    const number = (name: string): number => Number(cell(name));
    return buildPatientBundles(
      planOf({
        id: cell('id'),
        group: cell('group'),
        survivalDays: number('t1'),
        isDead: number('d1') === 1,
        freeDays: number('t2'),
        isRelapsed: number('d2') === 1,
      }),
      'native',
    );
  });
}

interface BmtPatient {
  readonly id: string;
  readonly group: string;
  readonly survivalDays: number;
  readonly isDead: boolean;
  readonly freeDays: number;
  readonly isRelapsed: boolean;
}

function planOf({ id, group, survivalDays, isDead, freeDays, isRelapsed }: BmtPatient): PatientPlan {
  const last = addDays(INFUSION, survivalDays);
  const inRemission = Math.min(freeDays, survivalDays) > REMISSION_DAY;
  return {
    ...emptyPlan(`bmt-${id}`),
    birthDate: '1975-06-01',
    infusions: [
      { date: INFUSION, product: { code: GROUP_PRODUCTS[group] ?? 'UNKNOWN' }, lymphodepletion: [] },
    ],
    diseaseStatus: [
      ...(inRemission ? [{ date: addDays(INFUSION, REMISSION_DAY), status: 'CR' as const }] : []),
      ...(isRelapsed ? [{ date: addDays(INFUSION, freeDays), status: 'RELAPSE' as const }] : []),
    ],
    ...(isDead
      ? { death: { date: last, cause: 'UNKNOWN' as const } }
      : { vitalStatus: [{ date: last, status: 'ALIVE' as const }] }),
  };
}

if (import.meta.main) {
  const csv = await readFile(process.argv[2] ?? 'kmsurv_bmt.csv', 'utf8');
  for (const bundle of bmtBundles(csv).flat()) process.stdout.write(`${JSON.stringify(bundle)}\n`);
}
