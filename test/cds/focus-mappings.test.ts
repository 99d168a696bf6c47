import { fileURLToPath } from 'node:url';
import { focusMappings } from '../../src/cds/focus-mappings.ts';
import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';

const mappings = await loadMappings(fileURLToPath(new URL('../../mappings', import.meta.url)));

describe('focusMappings', () => {
  it('leaves every assessment as it is, and most of everyday care unread', () => {
    const { bundles } = generateCohort({ patients: 40, seed: 'focus', dialect: 'native' });
    const sent = bundles.map(({ bundle }) => bundle);
    const whole = recordsOfBundles(sent, mappings);
    const focused = recordsOfBundles(sent, focusMappings(mappings));
    for (const asOf of ['2021-06-01', '2023-06-01', '2026-01-01']) {
      const assess = (record: (typeof whole)[number]) => assessHctConsolidation(record, asOf);
      expect(focused.map(assess)).toEqual(whole.map(assess));
    }
    const vitalSigns = (records: typeof whole) =>
      records.reduce((count, { observations }) => count + (observations.vitalSigns?.length ?? 0), 0);
    expect(vitalSigns(whole)).toBeGreaterThan(0);
    expect(vitalSigns(focused)).toBe(0);
  });
});
