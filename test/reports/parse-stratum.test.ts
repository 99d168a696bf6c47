import { parseStratum } from '../../src/reports/parse-stratum.ts';
import { bCellsOn, blastsOn, courseOn, hctOn, mrdOn, therapyOn } from '../support/record-builder.ts';
import { cohortOf, day, INFUSION, patient } from './support.ts';

function labelOf(by: string, parts: Parameters<typeof patient>[2] = {}): string {
  const [member] = cohortOf('OS', patient('a', 400, parts)).members;
  const stratum = parseStratum(by);
  if (member === undefined || stratum.kind !== 'fixed') throw new Error('Not a fixed stratum');
  return stratum.labelOf(member, {});
}

describe('strata', () => {
  it.each([
    ['product', {}, 'tisagenlecleucel'],
    ['costimulation', {}, '4-1BB'],
    ['product', { courses: [courseOn(1, INFUSION, 'UNKNOWN')] }, 'UNKNOWN'],
    ['prior-hct', {}, 'UNKNOWN'],
    ['prior-hct', { hcts: [hctOn('2019-05-01')] }, 'prior HCT'],
    ['prior-hct', { hcts: [hctOn(day(60))] }, 'UNKNOWN'],
    ['burden', { blasts: [blastsOn('2019-12-20', 40)] }, 'high'],
    ['burden', { blasts: [blastsOn('2019-12-20', 2)] }, 'not high'],
    ['burden', {}, 'UNKNOWN'],
    ['crs-grade', {}, 'UNKNOWN'],
    ['site', {}, 'a'],
    ['patient.sex.value', {}, 'UNKNOWN'],
    ['hcts.kind', { hcts: [hctOn('2019-05-01')] }, 'ALLOGENEIC'],
    ['hcts.kind', { hcts: [hctOn(day(60))] }, 'UNKNOWN'],
    ['course.product.code', {}, 'tisagenlecleucel'],
    [
      'observations.mrd.method',
      { mrd: [mrdOn('2019-12-01', 'POSITIVE'), mrdOn(day(28), 'NEGATIVE', { method: 'NGS' })] },
      'FCM',
    ],
    ['pre-ld-blasts:cut:5', { blasts: [blastsOn('2019-12-20', 5)] }, '>=5'],
    ['pre-ld-blasts:cut:5', { blasts: [blastsOn('2019-12-20', 4.9)] }, '<5'],
    ['pre-ld-blasts:cut:1,5,25', { blasts: [blastsOn('2019-12-20', 12)] }, '>=5 <25'],
    ['pre-ld-blasts:cut:1,5', { blasts: [blastsOn('2019-12-20', 1, { comparator: '<' })] }, '<1'],
    ['pre-ld-blasts:cut:1,5', { blasts: [blastsOn('2019-12-20', 5, { comparator: '<' })] }, 'UNKNOWN'],
    ['pre-ld-blasts:cut:1,5', { blasts: [blastsOn('2019-12-20', 5, { comparator: '>' })] }, '>=5'],
  ] as const)('%s, case %#', (by, parts, expected) => {
    expect(labelOf(by, parts)).toBe(expected);
  });

  it.each([
    'hct-after',
    'hct-after:cut:100',
    'bca-loss',
    'new-therapy',
    'reinfusion',
    'laterTherapies.kind',
    'followUp.death.cause',
  ])('%s is refused, and the alternatives are named', (by) => {
    expect(() => parseStratum(by)).toThrow(
      expect.objectContaining({
        code: 'immortal-time-bias',
        findings: [
          expect.objectContaining({ expected: expect.stringMatching(/landmark:DAYS or .*time-varying/) }),
        ],
      }),
    );
  });

  it.each([
    'arm',
    '',
    'patient',
    'patient.sex',
    'patient.name.value',
    'id.x',
    'findings.code',
    'hcts.sources.reference',
    'constructor',
    'toString.name',
    'product:landmark:100',
    'course:cut:1',
    'pre-ld-blasts:cut',
    'pre-ld-blasts:cut:',
    'pre-ld-blasts:cut:5,1',
    'pre-ld-blasts:cut:x',
    'hct-after:landmark',
    'hct-after:landmark:0',
    'hct-after:landmark:1.5',
    'hct-after:landmark:180:1',
  ])('%s is no stratum', (by) => {
    expect(() => parseStratum(by)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  });

  it('bca-loss has the six months of the specification as its landmark', () => {
    expect(parseStratum('bca-loss:landmark')).toMatchObject({ kind: 'landmark', landmark: 183 });
  });

  it('bca-loss is unknown where no aplasia was ever seen', () => {
    const stratum = parseStratum('bca-loss:landmark:100');
    if (stratum.kind !== 'landmark') throw new Error('Expected a landmark');
    const exposure = (parts: Parameters<typeof patient>[2]) => {
      const [member] = cohortOf('OS', patient('a', 400, parts)).members;
      return member === undefined ? undefined : stratum.exposureOf(member, {});
    };
    expect(exposure({})).toBe('UNKNOWN');
    expect(exposure({ bCells: [bCellsOn(day(28), 0)] })).toEqual({ day: null });
    expect(exposure({ bCells: [bCellsOn(day(28), 0), bCellsOn(day(90), 8), bCellsOn(day(120), 9)] })).toEqual(
      { day: 90 },
    );
    expect(exposure({ therapies: [therapyOn(day(50), 'BLINATUMOMAB')] })).toBe('UNKNOWN');
  });
});
