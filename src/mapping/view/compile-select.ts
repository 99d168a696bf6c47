import { type CompiledFhirPath, compileFhirPath } from '../../fhir/fhirpath/compile-fhirpath.ts';
import type { Types } from '../../fhir/fhirpath/compiled.ts';
import { FhirPathError } from '../../fhir/fhirpath/fhirpath-error.ts';
import { type Frame, toItems } from '../../fhir/fhirpath/value.ts';
import { type ColumnDefinition, type SelectDefinition, viewError } from './parse-view-definition.ts';
import type { ViewConstant } from './view-constants.ts';

/**
 * A view is compiled to a chain of steps: each step does its part and calls the next, once for each of its elements,
 * and the last one emits the row. The cross product of sibling selects is thus walked, never built. Every iteration has
 * its own slot for the element and its index, so that a later sibling cannot overwrite what an earlier one still needs.
 */
export interface RowState {
  readonly frame: Frame;
  /** By slot: the current element. Slot 0 is the resource. */
  readonly focus: unknown[];
  /** By slot: `%rowIndex`. */
  readonly index: number[];
  /** By union: the branch that is being walked. */
  readonly branch: number[];
  /** The row that is being filled. */
  readonly row: Record<string, unknown>;
  /** The expression that is being evaluated, for messages. */
  expression: string;
  /** Takes the row when it is complete. */
  readonly emit: () => void;
}

export type Step = (state: RowState) => void;

/** How the elements of a slot are found. */
interface Iteration {
  readonly parent: number;
  readonly paths: readonly CompiledFhirPath[];
  readonly recursive: boolean;
}

/** One place where a column gets its value; a column of a union has one in each branch. */
export interface ColumnSource {
  readonly column: string;
  readonly slot: number;
  readonly path: CompiledFhirPath;
  /** The unions around it, and the branch of each that it is in. */
  readonly within: readonly { readonly union: number; readonly branch: number }[];
}

/** What is gathered while a view is compiled. */
export interface ViewPlan {
  readonly resourceType: string;
  readonly constants: Readonly<Record<string, ViewConstant>>;
  /** By slot; that of the resource is undefined. */
  readonly iterations: (Iteration | undefined)[];
  readonly sources: ColumnSource[];
  readonly expressions: CompiledFhirPath[];
  unions: number;
}

/** A view that neither iterates nor unites has one row a resource. */
export function hasOneRow(plan: ViewPlan): boolean {
  return plan.iterations.length === 1 && plan.unions === 0;
}

interface Place {
  readonly path: string;
  readonly slot: number;
  readonly types: Types;
  readonly within: ColumnSource['within'];
}

const MAX_REPEAT_DEPTH = 100;

export function compileSelects(
  selects: readonly SelectDefinition[],
  place: Place,
  plan: ViewPlan,
  next: Step,
): Step {
  return selects.reduceRight(
    (following, select, i) =>
      compileSelect(select, { ...place, path: `${place.path}[${i}]` }, plan, following),
    next,
  );
}

/** Compiles an expression of the view. Throws CartographError `mapping-invalid` that names its place. */
export function compileViewPath(
  source: string,
  focus: Types,
  place: string,
  plan: ViewPlan,
): CompiledFhirPath {
  try {
    const compiled = compileFhirPath(source, {
      focus,
      resource: [plan.resourceType],
      variables: plan.constants,
    });
    plan.expressions.push(compiled);
    return compiled;
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    throw viewError(place, error.message, error);
  }
}

function compileSelect(select: SelectDefinition, place: Place, plan: ViewPlan, next: Step): Step {
  const { forEach, forEachOrNull, repeat } = select;
  const given = [forEach, forEachOrNull, repeat].filter((iteration) => iteration !== undefined);
  if (given.length > 1) throw viewError(place.path, 'may have one of forEach, forEachOrNull and repeat');
  if (forEach !== undefined) return compileForEach(select, place, plan, next, 'forEach', forEach);
  if (forEachOrNull !== undefined) {
    return compileForEach(select, place, plan, next, 'forEachOrNull', forEachOrNull);
  }
  if (repeat !== undefined) return compileRepeat(select, place, plan, next, repeat);
  return compileBody(select, place, plan, next);
}

/** Columns, nested selects and union on the current element. */
function compileBody(select: SelectDefinition, place: Place, plan: ViewPlan, next: Step): Step {
  const union = compileUnion(select.unionAll ?? [], place, plan, next);
  const nested = compileSelects(select.select ?? [], { ...place, path: `${place.path}.select` }, plan, union);
  const fillers = (select.column ?? []).map((column, i) =>
    compileColumn(column, { ...place, path: `${place.path}.column[${i}]` }, plan),
  );
  if (fillers.length === 0) return nested;
  return (state) => {
    for (const fill of fillers) fill(state);
    nested(state);
  };
}

function compileColumn(column: ColumnDefinition, place: Place, plan: ViewPlan): Step {
  const path = compileViewPath(column.path, place.types, `${place.path}.path`, plan);
  const { slot } = place;
  const { name, collection } = column;
  const { evaluate } = path;
  plan.sources.push({ column: name, slot, path, within: place.within });
  if (collection === true) {
    return (state) => {
      state.expression = path.source;
      state.frame.rowIndex = state.index[slot] ?? 0;
      state.row[name] = toItems(evaluate(state.focus[slot], state.frame));
    };
  }
  return (state) => {
    state.expression = path.source;
    state.frame.rowIndex = state.index[slot] ?? 0;
    const value = evaluate(state.focus[slot], state.frame);
    if (Array.isArray(value))
      throw new FhirPathError(
        'evaluation',
        `column ${name} has no collection but finds ${value.length} values`,
      );
    state.row[name] = value === undefined ? null : value;
  };
}

function compileUnion(branches: readonly SelectDefinition[], place: Place, plan: ViewPlan, next: Step): Step {
  if (branches.length === 0) return next;
  const union = plan.unions++;
  const steps = branches.map((branch, i) =>
    compileSelect(
      branch,
      { ...place, path: `${place.path}.unionAll[${i}]`, within: [...place.within, { union, branch: i }] },
      plan,
      next,
    ),
  );
  return (state) => {
    for (let i = 0; i < steps.length; i++) {
      state.branch[union] = i;
      steps[i]?.(state);
    }
  };
}

function compileForEach(
  select: SelectDefinition,
  place: Place,
  plan: ViewPlan,
  next: Step,
  kind: 'forEach' | 'forEachOrNull',
  source: string,
): Step {
  const path = compileViewPath(source, place.types, `${place.path}.${kind}`, plan);
  const outer = place.slot;
  const slot = plan.iterations.push({ parent: outer, paths: [path], recursive: false }) - 1;
  const body = compileBody(select, { ...place, slot, types: path.types }, plan, next);
  const { evaluate } = path;
  const keepsEmpty = kind === 'forEachOrNull';
  return (state) => {
    state.expression = source;
    state.frame.rowIndex = state.index[outer] ?? 0;
    const elements = evaluate(state.focus[outer], state.frame);
    if (!Array.isArray(elements)) {
      if (elements !== undefined || keepsEmpty) enter(state, slot, elements, 0, body);
      return;
    }
    for (let i = 0; i < elements.length; i++) enter(state, slot, elements[i], i, body);
  };
}

function enter(state: RowState, slot: number, element: unknown, index: number, body: Step): void {
  state.focus[slot] = element;
  state.index[slot] = index;
  body(state);
}

function compileRepeat(
  select: SelectDefinition,
  place: Place,
  plan: ViewPlan,
  next: Step,
  sources: readonly string[],
): Step {
  const { paths, types } = compileRepeatPaths(sources, place, plan);
  const outer = place.slot;
  const slot = plan.iterations.push({ parent: outer, paths, recursive: true }) - 1;
  const body = compileBody(select, { ...place, slot, types }, plan, next);
  return (state) => {
    state.frame.rowIndex = state.index[outer] ?? 0;
    let index = 0;
    const visit = (focus: unknown, depth: number): void => {
      if (depth > MAX_REPEAT_DEPTH)
        throw new FhirPathError('evaluation', `repeat goes deeper than ${MAX_REPEAT_DEPTH}`);
      for (const path of paths) {
        state.expression = path.source;
        for (const element of toItems(path.evaluate(focus, state.frame))) {
          enter(state, slot, element, index++, body);
          visit(element, depth + 1);
        }
      }
    };
    visit(state.focus[outer], 0);
  };
}

/** Compiled on the types of the outer element and of all that the paths lead to from there. */
function compileRepeatPaths(
  sources: readonly string[],
  place: Place,
  plan: ViewPlan,
): { readonly paths: readonly CompiledFhirPath[]; readonly types: Types } {
  const scratch: ViewPlan = { ...plan, expressions: [] };
  const where = (i: number): string => `${place.path}.repeat[${i}]`;
  const found = new Set<string>();
  let frontier: Types = place.types;
  while (frontier !== undefined && frontier.length > 0) {
    const reached: Types[] = sources.map(
      (source, i) => compileViewPath(source, frontier, where(i), scratch).types,
    );
    const known = reached.every((types) => types !== undefined);
    const fresh: string[] = known
      ? reached.flatMap((types) => types ?? []).filter((type) => !found.has(type))
      : [];
    for (const type of fresh) found.add(type);
    frontier = known ? [...new Set(fresh)] : undefined;
  }
  const types = frontier === undefined ? undefined : [...found];
  const focus =
    types === undefined || place.types === undefined ? undefined : [...new Set([...place.types, ...types])];
  return { paths: sources.map((source, i) => compileViewPath(source, focus, where(i), plan)), types };
}
