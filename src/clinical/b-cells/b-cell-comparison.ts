import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import {
  type BCellAplasia,
  type BCellAplasiaParameters,
  prepareBCellAplasia,
  type SeenRecord,
} from './b-cell-aplasia.ts';
import { B_CELL_DEFINITION_IDS, type BCellDefinitionId } from './b-cell-definitions.ts';
import { SIX_MONTH_WINDOWS } from './b-cell-window.ts';

/** One episode of B-cell aplasia by all eight definitions, side by side. */
export interface BCellComparison {
  readonly course: number;
  readonly byDefinition: Readonly<Record<BCellDefinitionId, BCellAplasia>>;
  /** Definitions that had a sample to judge disagree on the state, or on the day on which loss was first seen. */
  readonly discordant: boolean;
  /** Definitions by which loss fell within six months by some of the four windows and not by others. */
  readonly boundarySensitive: readonly BCellDefinitionId[];
}

/**
 * Clinical specification 3.2 and 3.4: every definition that can be computed is, and none is preferred in silence.
 * Overrides other than of the definition apply to all; `seen` is the record as of the day, where it is at hand. Throws RangeError when the record has no course of that
 * number.
 */
export function compareBCellDefinitions(
  record: CohortRecord,
  courseNumber: number,
  overrides: Partial<Omit<BCellAplasiaParameters, 'definition'>> = {},
  seen?: SeenRecord,
): BCellComparison {
  const results = B_CELL_DEFINITION_IDS.map(prepareBCellAplasia(record, courseNumber, overrides, seen));
  const byDefinition = Object.fromEntries(
    results.map((result) => [result.parameters.definition, result]),
  ) as Record<BCellDefinitionId, BCellAplasia>;
  const judged = results.filter(({ firstTest }) => firstTest !== undefined);
  const answers = new Set(judged.map(({ state, loss }) => `${state} ${loss?.firstDetected.day ?? ''}`));
  const sensitive = results.filter(({ loss }) => {
    return loss !== undefined && new Set(SIX_MONTH_WINDOWS.map((window) => loss.within[window])).size > 1;
  });
  return {
    course: courseNumber,
    byDefinition,
    discordant: answers.size > 1,
    boundarySensitive: sensitive.map(({ parameters }) => parameters.definition),
  };
}
