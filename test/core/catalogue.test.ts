import { ANALYSIS_CODES } from '../../src/core/catalogue/analysis-codes.ts';
import { RECORD_CODES } from '../../src/core/catalogue/record-codes.ts';
import { REQUEST_CODES } from '../../src/core/catalogue/request-codes.ts';
import { SERVICE_CODES } from '../../src/core/catalogue/service-codes.ts';
import { VALIDATION_CODES } from '../../src/core/catalogue/validation-codes.ts';
import { CATALOGUE } from '../../src/core/catalogue.ts';

/** A code in two topics would silently take the meaning of the later one. */
it('holds every code of its topics once', () => {
  const topics = [REQUEST_CODES, SERVICE_CODES, ANALYSIS_CODES, RECORD_CODES, VALIDATION_CODES];

  const codes = topics.flatMap((topic) => Object.keys(topic));

  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect(Object.keys(CATALOGUE).toSorted()).toEqual(codes.toSorted());
});
