import type { CohortRow } from './belgian-cohort.ts';
import type { Outline } from './draw-outline.ts';
import type { BCellStory, Considerations, MrdStory } from './patient-story.ts';

/** All that is decided about a patient before any fact of the course is drawn. */
export interface CourseStory {
  readonly row: CohortRow;
  readonly outline: Outline;
  readonly considerations: Considerations;
  readonly bCells: BCellStory;
  readonly mrd: MrdStory;
  /** Product, drawn once a patient. */
  readonly cellSource: boolean;
  readonly lots: boolean;
}
