import { ANALYSIS_CODES } from './catalogue/analysis-codes.ts';
import { RECORD_CODES } from './catalogue/record-codes.ts';
import { REQUEST_CODES } from './catalogue/request-codes.ts';
import { SERVICE_CODES } from './catalogue/service-codes.ts';
import { VALIDATION_CODES } from './catalogue/validation-codes.ts';

/**
 * The one catalogue of stable codes: of rejected requests and of findings about data. `docs/errors.md` is
 * generated from it. A code never changes its meaning; a new meaning is a new code.
 */
export const CATALOGUE = {
  ...REQUEST_CODES,
  ...SERVICE_CODES,
  ...ANALYSIS_CODES,
  ...RECORD_CODES,
  ...VALIDATION_CODES,
};

export type Code = keyof typeof CATALOGUE;
