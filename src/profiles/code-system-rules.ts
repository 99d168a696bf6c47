/** A CodeSystem against itself: what it says of its content, and the content (R4, codesystem.html). */
import { isObject, type JsonObject } from './definition.ts';
import type { Run } from './run.ts';

export function checkCodeSystem(system: JsonObject, run: Run): void {
  const { content, count, supplements } = system;
  const concepts = countConcepts(system['concept']);
  if (content === 'complete' && typeof count === 'number' && count !== concepts) {
    run.error('definition-invalid', 'its count is not that of the concepts of a complete system', {
      found: String(concepts),
      expected: String(count),
    });
  }
  if (content === 'not-present' && concepts > 0) {
    run.error('definition-invalid', 'has concepts, though it says that its content is not present');
  }
  if ((content === 'supplement') !== (supplements !== undefined)) {
    run.error('definition-invalid', 'a supplement, and no other system, names the system that it adds to');
  }
}

function countConcepts(concepts: unknown): number {
  if (!Array.isArray(concepts)) return 0;
  return concepts.filter(isObject).reduce((sum: number, { concept }) => sum + 1 + countConcepts(concept), 0);
}
