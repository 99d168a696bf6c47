import { deriveEndpoints } from '../../src/endpoints/derive-endpoint.ts';
import { ENDPOINT_DEFINITIONS } from '../../src/endpoints/endpoint-definitions.ts';
import { brief, CUTOFF, on, resultOf } from '../support/endpoint-case.ts';
import { courseOn, type RecordParts, recordOf, statusOn } from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('who has a result', () => {
  it('everybody, for every definition, also without any course', () => {
    const results = deriveEndpoints(recordOf({}), CUTOFF);
    expect(results).toHaveLength(ENDPOINT_DEFINITIONS.length);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'no CD19 CAR-T infusion', flags: [] });
    }
  });

  it.each([
    ['before the infusion', '2021-12-31', 'NOT_APPLICABLE no CD19 CAR-T infusion'],
    ['on the day of the infusion', '2022-01-01', 'CENSORED ADMIN_CUTOFF 0'],
  ])('as of a day %s', (_, asOf, expected) => {
    expect(brief(resultOf('OS', {}, asOf))).toBe(expected);
  });

  it.each([
    ['idecabtagene-vicleucel', 'NOT_APPLICABLE no CD19 CAR-T infusion'],
    ['unknown', 'CENSORED LAST_CONTACT 1000'],
    ['a-local-product', 'CENSORED LAST_CONTACT 1000'],
  ])('a product %s', (product, expected) => {
    expect(brief(resultOf('OS', { courses: [courseOn(1, on(0), product)] }))).toBe(expected);
  });

  it('an infusion against another antigen is no index infusion but a new therapy', () => {
    const parts: RecordParts = {
      courses: [
        courseOn(1, on(0), 'tisagenlecleucel'),
        courseOn(2, on(100), 'ciltacabtagene-autoleucel'),
        courseOn(3, on(300), 'tisagenlecleucel'),
      ],
      statuses: [CR28],
    };
    expect(brief(resultOf('EFS_ANYTX', parts))).toBe('EVENT NEW_THERAPY 100');
    expect(resultOf('EFS_CART2', parts)).toMatchObject({ origin: on(300), days: 700 });
  });
});
