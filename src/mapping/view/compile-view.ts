import { rejection } from '../../core/cartograph-error.ts';
import type { Types } from '../../fhir/fhirpath/compiled.ts';
import { FhirPathError } from '../../fhir/fhirpath/fhirpath-error.ts';
import type { Value } from '../../fhir/fhirpath/value.ts';
import { type ColumnReader, columnReaders, EMPTY_COLUMN } from './column-reader.ts';
import {
  compileSelects,
  compileViewPath,
  hasOneRow,
  type RowState,
  type ViewPlan,
} from './compile-select.ts';
import { LocatedRow, staticSourcePath } from './located-row.ts';
import { parseViewDefinition, type ViewDefinition, viewError } from './parse-view-definition.ts';
import { collectColumns, type ViewColumn } from './view-columns.ts';
import { collectConstants } from './view-constants.ts';

/** Column name to value: null when the path finds nothing, an array for a collection column. */
export type Row = Readonly<Record<string, unknown>>;

export interface CompiledView {
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly resourceType: string;
  readonly columns: readonly ViewColumn[];
  /** Expressions in the view, and how many of them run as closures of ours. */
  readonly totalExpressions: number;
  readonly compiledExpressions: number;
  /** The others, which the FHIRPath library runs. */
  readonly fallbacks: readonly { readonly source: string; readonly reason: string }[];
  /** Elements named in the view that R4 does not have, or not in FHIRPath (`valueQuantity`), as `Type.name`. */
  readonly unknownElements: readonly string[];
  /**
   * The rows of a resource; none for a resource of another type. Values are the resource's own, not copies.
   * @throws CartographError `expression-failed` when an expression cannot be applied to it.
   */
  readonly rows: (resource: unknown) => Row[];
  /** The same rows, each able to say where its values came from. */
  readonly locatedRows: (resource: unknown) => LocatedRow[];
  /** As many located rows, for `reader` alone: of a view of one row no value is looked for before it is asked for. */
  readonly unreadRows: (resource: unknown) => readonly LocatedRow[];
  /** What reads a column of an unread or located row; a column that the view does not have is empty. */
  readonly reader: (column: string) => ColumnReader;
  /** FHIRPath of a column's element in JSON names, without indices: `Observation.component.valueQuantity`. */
  readonly sourcePath: (column: string) => string;
}

/**
 * Compiles a ViewDefinition of SQL on FHIR v2 to a function from a resource to rows.
 * @throws CartographError `mapping-invalid` that names the place in the definition.
 */
export function compileView(json: unknown): CompiledView {
  const view = parseViewDefinition(json);
  const columns = collectColumns(view);
  const plan: ViewPlan = {
    resourceType: view.resource,
    constants: collectConstants(view),
    iterations: [undefined],
    sources: [],
    expressions: [],
    unions: 0,
  };
  const accepts = compileWhere(view, plan);
  const place = { path: 'ViewDefinition.select', slot: 0, types: [view.resource], within: [] };
  const run = compileSelects(view.select, place, plan, (state) => state.emit());
  const blank: Row = Object.fromEntries(columns.map(({ name }) => [name, null]));
  const walk = (resource: unknown, emit: (state: RowState) => void): void => {
    if (!isOfType(resource, view.resource)) return;
    const state = newState(resource, { ...blank }, () => emit(state));
    attempt(view, state, () => {
      if (accepts(state)) run(state);
    });
  };
  const readers = columnReaders(plan, columns);
  const locatedRows = (resource: unknown): LocatedRow[] => {
    const rows: LocatedRow[] = [];
    walk(resource, (state) => rows.push(new LocatedRow(plan, state)));
    return rows;
  };
  return {
    ...describe(view, columns, plan),
    unreadRows: hasOneRow(plan) ? oneUnreadRow(view, plan, accepts, blank) : locatedRows,
    reader: (column) => readers.get(column) ?? EMPTY_COLUMN,
    rows: (resource) => {
      const rows: Row[] = [];
      walk(resource, (state) => rows.push({ ...state.row }));
      return rows;
    },
    locatedRows,
    sourcePath: (column) => staticSourcePath(plan, column),
  };
}

/** The one row of a view that never has more; its columns are read when they are asked for. */
function oneUnreadRow(
  view: ViewDefinition,
  plan: ViewPlan,
  accepts: ReturnType<typeof compileWhere>,
  blank: Row,
): CompiledView['unreadRows'] {
  return (resource) => {
    if (!isOfType(resource, view.resource)) return NO_ROWS;
    const state = newState(resource, blank, NEVER);
    if (view.where === undefined) return [new LocatedRow(plan, state)];
    let accepted = false;
    attempt(view, state, () => {
      accepted = accepts(state);
    });
    return accepted ? [new LocatedRow(plan, state)] : NO_ROWS;
  };
}

const NO_ROWS: readonly LocatedRow[] = [];
const NEVER = (): void => undefined;

function describe(
  view: ViewDefinition,
  columns: readonly ViewColumn[],
  plan: ViewPlan,
): Omit<CompiledView, 'rows' | 'locatedRows' | 'unreadRows' | 'reader' | 'sourcePath'> {
  const compiled = plan.expressions.filter((expression) => expression.compiled);
  return {
    name: view.name,
    url: view.url,
    resourceType: view.resource,
    columns: columns.map((column) => withInferredType(column, plan)),
    totalExpressions: plan.expressions.length,
    compiledExpressions: compiled.length,
    fallbacks: plan.expressions
      .filter((expression) => !expression.compiled)
      .map(({ source, reason = '' }) => ({ source, reason })),
    unknownElements: [...new Set(plan.expressions.flatMap((expression) => expression.unknownElements))],
  };
}

/** Of a union only where all branches agree. */
function withInferredType(column: ViewColumn, plan: ViewPlan): ViewColumn {
  const types = plan.sources
    .filter((source) => source.column === column.name)
    .map(({ path }) => (path.types?.length === 1 ? path.types[0] : undefined));
  const [type] = types;
  return type === undefined || types.some((other) => other !== type)
    ? column
    : { ...column, inferredType: type };
}

function isOfType(resource: unknown, type: string): boolean {
  return (
    typeof resource === 'object' &&
    resource !== null &&
    'resourceType' in resource &&
    resource.resourceType === type
  );
}

function newState(resource: unknown, row: Record<string, unknown>, emit: () => void): RowState {
  return {
    frame: { resource, context: resource, rowIndex: 0, index: 0 },
    focus: [resource],
    index: [0],
    branch: [],
    row,
    expression: '',
    emit,
  };
}

/** All criteria have to be true; unknown is not enough. */
function compileWhere(view: ViewDefinition, plan: ViewPlan): (state: RowState) => boolean {
  const criteria = (view.where ?? []).map(({ path }, i) => {
    const place = `ViewDefinition.where[${i}].path`;
    const criterion = compileViewPath(path, [view.resource], place, plan);
    if (!mayBeBoolean(criterion.types)) throw viewError(place, 'is not a boolean');
    return criterion;
  });
  return (state) =>
    criteria.every(({ source, evaluate }) => {
      state.expression = source;
      return isTrue(evaluate(state.focus[0], state.frame));
    });
}

function mayBeBoolean(types: Types): boolean {
  return types === undefined || types.length === 0 || types.includes('boolean');
}

function isTrue(value: Value): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw new FhirPathError('evaluation', 'where finds something that is not a boolean');
}

/** Names the view; the message never quotes the resource. */
function attempt(view: ViewDefinition, state: RowState, run: () => void): void {
  try {
    run();
  } catch (cause) {
    if (!(cause instanceof FhirPathError)) throw cause;
    const name = view.name ?? view.url ?? view.resource;
    throw rejection('expression-failed', `View ${name}, expression "${state.expression}": ${cause.message}`, {
      cause,
    });
  }
}
