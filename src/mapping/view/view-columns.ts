import {
  type ColumnDefinition,
  type SelectDefinition,
  type ViewDefinition,
  viewError,
} from './parse-view-definition.ts';

/** A column of a view's rows. */
export interface ViewColumn {
  readonly name: string;
  /** FHIRPath, relative to the element that its select iterates over. Of a union, the path of its first branch. */
  readonly path: string;
  /** FHIR type as the view declares it. */
  readonly type?: string;
  /** FHIR type that the path leads to by R4, where it can only be one. */
  readonly inferredType?: string;
  /** True when values are arrays. */
  readonly collection: boolean;
  readonly description?: string;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
}

/**
 * The columns in the order of the specification: of a select its own, then those of nested selects, then those of the
 * union. Throws CartographError `mapping-invalid` for a name used twice and for branches of a union that differ.
 */
export function collectColumns(view: ViewDefinition): readonly ViewColumn[] {
  const columns = columnsOfSelects(view.select, 'ViewDefinition');
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw viewError('ViewDefinition.select', `has two columns named ${name}`);
    seen.add(name);
  }
  return columns;
}

function columnsOfSelects(selects: readonly SelectDefinition[], place: string): readonly ViewColumn[] {
  return selects.flatMap((select, i) => columnsOfSelect(select, `${place}.select[${i}]`));
}

function columnsOfSelect(select: SelectDefinition, place: string): readonly ViewColumn[] {
  return [
    ...(select.column ?? []).map(toColumn),
    ...columnsOfSelects(select.select ?? [], place),
    ...columnsOfUnion(select.unionAll ?? [], place),
  ];
}

function columnsOfUnion(branches: readonly SelectDefinition[], place: string): readonly ViewColumn[] {
  const [first = [], ...others] = branches.map((branch, i) =>
    columnsOfSelect(branch, `${place}.unionAll[${i}]`),
  );
  for (const [i, columns] of others.entries()) {
    const same =
      columns.length === first.length && columns.every((column, at) => isSameColumn(column, first[at]));
    if (!same) {
      const names = first.map((column) => column.name).join(', ');
      throw viewError(
        `${place}.unionAll[${i + 1}]`,
        `must have the columns of the first branch, with the same types, in its order: ${names}`,
      );
    }
  }
  return first;
}

function isSameColumn(column: ViewColumn, other: ViewColumn | undefined): boolean {
  return column.name === other?.name && column.type === other.type && column.collection === other.collection;
}

function toColumn(column: ColumnDefinition): ViewColumn {
  return {
    name: column.name,
    path: column.path,
    collection: column.collection ?? false,
    tags: (column.tag ?? []).map(({ name, value }) => ({ name, value })),
    ...(column.type === undefined ? {} : { type: column.type }),
    ...(column.description === undefined ? {} : { description: column.description }),
  };
}
