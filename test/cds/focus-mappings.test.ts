import { fileURLToPath } from 'node:url';
import { focusMappings } from '../../src/cds/focus-mappings.ts';
import { frameCourse } from '../../src/clinical/course/course-frame.ts';
import { deriveCrs } from '../../src/clinical/crs/crs.ts';
import { considerEarlyTocilizumab, considerSeizureProphylaxis } from '../../src/clinical/risk/prophylaxis.ts';
import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';

const mappings = await loadMappings(fileURLToPath(new URL('../../mappings', import.meta.url)));

describe('focusMappings', () => {
  const { bundles } = generateCohort({ patients: 40, seed: 'focus', dialect: 'native' });
  const sent = bundles.map(({ bundle }) => bundle);
  const whole = recordsOfBundles(sent, mappings);
  const count = (records: typeof whole, list: 'vitalSigns' | 'bCells') =>
    records.reduce((sum, { observations }) => sum + (observations[list]?.length ?? 0), 0);

  it('leaves every assessment as it is, and most of everyday care unread', () => {
    const focused = recordsOfBundles(sent, focusMappings(mappings, 'ELIGIBILITY'));
    for (const asOf of ['2021-06-01', '2023-06-01', '2026-01-01']) {
      const assess = (record: (typeof whole)[number]) => assessHctConsolidation(record, asOf);
      expect(focused.map(assess)).toEqual(whole.map(assess));
    }
    expect(count(whole, 'vitalSigns')).toBeGreaterThan(0);
    expect(count(focused, 'vitalSigns')).toBe(0);
  });

  it('leaves every consideration of toxicity as it is', () => {
    const focused = recordsOfBundles(sent, focusMappings(mappings, 'TOXICITY'));
    const consider = (record: (typeof whole)[number]) =>
      record.courses.map(({ number }) => {
        const frame = frameCourse(record, number);
        return (
          frame && [considerEarlyTocilizumab(frame, deriveCrs(frame)), considerSeizureProphylaxis(frame)]
        );
      });
    expect(focused.map(consider)).toEqual(whole.map(consider));
    expect(count(whole, 'bCells')).toBeGreaterThan(0);
    expect(count(focused, 'bCells')).toBe(0);
  });
});
