/** Every file that is generated and committed, with what makes it. */
import { COHORT_TYPES_FILE, cohortTypes } from './cohort-types.ts';
import { GUIDE_INDEX_FILE, guideIndex } from './ig-index.ts';

export const GENERATED: ReadonlyArray<{ readonly file: string; readonly make: () => Promise<string> }> = [
  { file: COHORT_TYPES_FILE, make: cohortTypes },
  { file: GUIDE_INDEX_FILE, make: guideIndex },
];
