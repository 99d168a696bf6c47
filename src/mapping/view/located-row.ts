import type { CompiledFhirPath } from '../../fhir/fhirpath/compile-fhirpath.ts';
import type { Located } from '../../fhir/fhirpath/origin.ts';
import type { Frame } from '../../fhir/fhirpath/value.ts';
import { type ColumnSource, hasOneRow, type RowState, type ViewPlan } from './compile-select.ts';

const NOWHERE: readonly Located[] = [];

/**
 * A row that remembers which elements it was made of. The FHIRPath of a value is worked out when asked for, by walking
 * the same expressions again over elements with their places.
 */
export class LocatedRow {
  /** Values by column; of a view of one row filled only where the rows themselves were asked for. */
  readonly row: Readonly<Record<string, unknown>>;
  readonly resource: unknown;
  readonly frame: Frame;
  private readonly plan: ViewPlan;
  private readonly focus: readonly unknown[];
  private readonly index: readonly number[];
  private readonly branch: readonly number[];

  constructor(plan: ViewPlan, state: RowState) {
    // What a view of one row has, nothing changes afterwards.
    const only = hasOneRow(plan);
    this.row = only ? state.row : { ...state.row };
    this.resource = state.focus[0];
    this.plan = plan;
    this.frame = state.frame;
    this.focus = only ? state.focus : [...state.focus];
    this.index = only ? state.index : [...state.index];
    this.branch = only ? state.branch : [...state.branch];
  }

  /**
   * FHIRPath of the element that the column's value came from, such as `Observation.component[1].valueQuantity`. For a
   * value made of several elements the first of them; for one made of none, the element that the row stands for.
   */
  sourcePath(column: string): string {
    return this.sourcesOf(column)[0]?.path ?? this.rowPath(column);
  }

  /** All elements behind the column's value; of a collection column one for each value, in their order. */
  sourcePaths(column: string): readonly string[] {
    return this.sourcesOf(column).map(({ path }) => path);
  }

  /** FHIRPath of the element that the column's path starts from: the resource, or one of a forEach. */
  rowPath(column: string): string {
    return this.locate(this.sourceOf(column)?.slot ?? 0).path;
  }

  private sourcesOf(column: string): readonly Located[] {
    const source = this.sourceOf(column);
    const origin = source?.path.origin;
    if (source === undefined || origin === undefined) return NOWHERE;
    return origin.trace(this.locate(source.slot), this.frameAt(source.slot));
  }

  private sourceOf(column: string): ColumnSource | undefined {
    for (const source of this.plan.sources) {
      if (source.column === column && this.isWithin(source)) return source;
    }
    return undefined;
  }

  private isWithin({ within }: ColumnSource): boolean {
    return within.length === 0 || within.every(({ union, branch }) => this.branch[union] === branch);
  }

  private frameAt(slot: number): Frame {
    if (hasOneRow(this.plan)) return this.frame;
    return { ...this.frame, context: this.focus[slot], rowIndex: this.index[slot] ?? 0 };
  }

  private locate(slot: number): Located {
    const value = this.focus[slot];
    const iteration = this.plan.iterations[slot];
    if (iteration === undefined) return { value, path: this.plan.resourceType };
    const parent = this.locate(iteration.parent);
    const frame = this.frameAt(iteration.parent);
    const elements = iteration.recursive
      ? traceRepeat(iteration.paths, parent, frame)
      : iteration.paths.flatMap((path) => path.origin?.trace(parent, frame) ?? []);
    const at = elements[this.index[slot] ?? 0];
    const found = at?.value === value ? at : elements.find((element) => element.value === value);
    return found ?? { value, path: parent.path };
  }
}

/** In the order of `repeat`: each element before what lies below it. */
function traceRepeat(paths: readonly CompiledFhirPath[], parent: Located, frame: Frame): readonly Located[] {
  return paths.flatMap((path) =>
    (path.origin?.trace(parent, frame) ?? []).flatMap((element) => [
      element,
      ...traceRepeat(paths, element, frame),
    ]),
  );
}

/** FHIRPath of a column's element without indices; of a union, in its first branch. */
export function staticSourcePath(plan: ViewPlan, column: string): string {
  const source = plan.sources.find((candidate) => candidate.column === column);
  if (source === undefined) return plan.resourceType;
  return `${staticSlotPath(plan, source.slot)}${source.path.origin?.path ?? ''}`;
}

function staticSlotPath(plan: ViewPlan, slot: number): string {
  const iteration = plan.iterations[slot];
  if (iteration === undefined) return plan.resourceType;
  return `${staticSlotPath(plan, iteration.parent)}${iteration.paths[0]?.origin?.path ?? ''}`;
}
