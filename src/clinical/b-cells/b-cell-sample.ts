import type { BCells } from '../../cohort/cohort-record.generated.ts';
import { allOf, anyOf, type Tristate } from '../../core/tristate.ts';
import { isBelowThreshold } from '../record/threshold.ts';
import {
  B_CELL_DEFINITION_IDS,
  B_CELL_DEFINITIONS,
  type BCellDefinition,
  type BCellDefinitionId,
  type BCellLimit,
} from './b-cell-definitions.ts';

/** A aplastic, R recovered, U not computable. */
export type BCellCall = 'A' | 'R' | 'U';

export type BCellItem = Pick<BCells, 'measure' | 'specimen' | 'value'> & Partial<Pick<BCells, 'comparator'>>;

/** What became of one item of a definition: used, or why not. */
export interface BCellBasis {
  readonly measure: BCells['measure'];
  readonly use: 'BELOW' | 'AT_OR_ABOVE' | 'NOT_MEASURED' | 'UNDECIDED' | 'MARROW_ONLY';
}

export interface BCellJudgement {
  readonly call: BCellCall;
  readonly basis: readonly BCellBasis[];
}

/**
 * Judges one sample, all values of one day together, by one definition (clinical specification 3.2). Several
 * values of one measure count as below only if all of them are. An item that was not measured, or whose
 * comparator leaves both answers open, is listed and otherwise ignored. Outside `BCA_PEKING`, which asks for
 * "blood or marrow", marrow can show aplasia but not recovery: its early precursors are not told apart.
 */
export function assessBCellSample(items: readonly BCellItem[], definition: BCellDefinition): BCellJudgement {
  const basis = definition.limits.map((limit) => judgeLimit(items, limit, definition));
  const decided = basis.filter((entry) => entry.use === 'BELOW' || entry.use === 'AT_OR_ABOVE');
  if (decided.length === 0) return { call: 'U', basis };
  const below = decided.map((entry) => entry.use === 'BELOW');
  const aplastic = definition.aplasticWhen === 'EVERY' ? below.every(Boolean) : below.some(Boolean);
  return { call: aplastic ? 'A' : 'R', basis };
}

/** The calls of all eight definitions; `discordant` when those that can be computed disagree. */
export function assessBCellSampleByAll(items: readonly BCellItem[]): {
  readonly calls: Readonly<Record<BCellDefinitionId, BCellCall>>;
  readonly discordant: boolean;
} {
  const calls = Object.fromEntries(
    B_CELL_DEFINITION_IDS.map((id) => [id, assessBCellSample(items, B_CELL_DEFINITIONS[id]).call]),
  ) as Record<BCellDefinitionId, BCellCall>;
  const given = new Set(Object.values(calls).filter((call) => call !== 'U'));
  return { calls, discordant: given.size > 1 };
}

function judgeLimit(
  items: readonly BCellItem[],
  { measure, below, limit }: BCellLimit,
  definition: BCellDefinition,
): BCellBasis {
  const judge = (specimen: 'BLOOD' | 'MARROW') =>
    items
      .filter((item) => item.measure === measure && specimenOf(item) === specimen)
      .map((item) => isBelowThreshold(item, below, limit));
  const blood = judge('BLOOD');
  const marrow = judge('MARROW');
  if (blood.length + marrow.length === 0) return { measure, use: 'NOT_MEASURED' };
  if (definition.marrowShowsRecovery) return { measure, use: bloodOrMarrow(blood, marrow) };
  // Marrow speaks only where it is below: at or above, it is neither recovery nor against the blood's answer.
  const heard = [...blood, ...marrow.filter((state) => state === 'MET')];
  if (heard.length === 0) return { measure, use: marrow.includes('NOT_MET') ? 'MARROW_ONLY' : 'UNDECIDED' };
  return { measure, use: useOf(allOf(heard)) };
}

/** Either specimen suffices; within one specimen all values must be below. */
function bloodOrMarrow(blood: readonly Tristate[], marrow: readonly Tristate[]): BCellBasis['use'] {
  return useOf(anyOf([blood, marrow].filter((states) => states.length > 0).map(allOf)));
}

function useOf(below: Tristate): BCellBasis['use'] {
  if (below === 'UNKNOWN') return 'UNDECIDED';
  return below === 'MET' ? 'BELOW' : 'AT_OR_ABOVE';
}

/** Blood where the specimen is not stated; cerebrospinal fluid and others say nothing about aplasia. */
function specimenOf(item: BCellItem): 'BLOOD' | 'MARROW' | undefined {
  if (item.specimen === 'MARROW') return 'MARROW';
  return item.specimen === 'BLOOD' || item.specimen === 'UNKNOWN' ? 'BLOOD' : undefined;
}
