/** The stories told otherwise: in another order, in other units, and four years later. What is derived stays the same. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bundle, Observation } from '@medplum/fhirtypes';
import { addDays } from '../../src/core/partial-date.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { deriveResultsOfCourses } from '../../src/reports/results-of-courses.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';
import { STORIES } from './stories.ts';

const AS_OF = '2025-06-01';
/** Four years: the calendar, and with it every month's length, is the same again. */
const LATER_DAYS = 1461;

const mappings = await loadMappings(fileURLToPath(new URL('../../mappings', import.meta.url)));
const stories = Object.keys(STORIES).map((name) => [name, readBundle(name)] as const);

function readBundle(story: string): Bundle {
  return JSON.parse(readFileSync(new URL(`./${story}/bundle.json`, import.meta.url), 'utf8')) as Bundle;
}

function derived(bundle: Bundle, asOf = AS_OF): unknown {
  return recordsOfBundles([bundle], mappings, addDays(asOf, 200)).map((record) =>
    deriveResultsOfCourses(record, { asOf }),
  );
}

function shifted<Value>(value: Value, days: number): Value {
  const text = JSON.stringify(value).replaceAll(/\b\d{4}-\d{2}-\d{2}(?!\d)/g, (date) => addDays(date, days));
  return JSON.parse(text) as Value;
}

/** By the name of the measurement: the unit, the factor to it, and what is added after it. */
const OTHER_UNITS: Readonly<Record<string, readonly [unit: string, factor: number, plus?: number]>> = {
  anc: ['10*9/L', 1 / 1000],
  'b-cells-per-volume': ['10*9/L', 1 / 1000],
  platelets: ['/uL', 1000],
  ferritin: ['ng/mL', 1],
  fibrinogen: ['g/L', 1 / 100],
  haemoglobin: ['g/L', 10],
  igg: ['g/L', 1 / 100],
  temperature: ['[degF]', 1.8, 32],
};

function inOtherUnits(bundle: Bundle): { readonly bundle: Bundle; readonly changed: number } {
  let changed = 0;
  const entry = (bundle.entry ?? []).map((one) => {
    if (one.resource?.resourceType !== 'Observation') return one;
    const { code, valueQuantity, ...rest }: Observation = one.resource;
    const other = OTHER_UNITS[code.coding?.[0]?.code ?? ''];
    if (other === undefined || valueQuantity?.value === undefined) return one;
    changed += 1;
    const [unit, factor, plus = 0] = other;
    const value = Number((valueQuantity.value * factor + plus).toPrecision(12));
    return {
      ...one,
      resource: { ...rest, code, valueQuantity: { ...valueQuantity, value, unit, code: unit } },
    };
  });
  return { bundle: { ...bundle, entry }, changed };
}

describe.each(stories)('%s', (_, bundle) => {
  const expected = derived(bundle);

  it('in another order', () => {
    expect(derived({ ...bundle, entry: [...(bundle.entry ?? [])].reverse() })).toEqual(expected);
  });

  it('four years later', () => {
    const later = derived(shifted(bundle, LATER_DAYS), addDays(AS_OF, LATER_DAYS));
    expect(shifted(later, -LATER_DAYS)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it('in other units', () => {
    expect(derived(inOtherUnits(bundle).bundle)).toEqual(expected);
  });
});

it('the stories hold values of every unit that is told otherwise', () => {
  const changed = stories.map(([, bundle]) => inOtherUnits(bundle).changed);
  expect(changed.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(80);
});
