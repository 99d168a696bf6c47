/** Finds every code constant in a JSON value, whatever FHIR structure it stands in. */
export interface CodeConstant {
  readonly system: string;
  readonly code: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * A code belongs to the `system` beside it, or to that of the structure around it: `include` of a value set,
 * and in a concept map `source` for the elements and `target` for their targets.
 */
export function codeConstants(value: unknown, inherited?: string): readonly CodeConstant[] {
  if (Array.isArray(value)) return value.flatMap((each) => codeConstants(each, inherited));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Readonly<Record<string, unknown>>;
  const system = text(node['system']) ?? inherited;
  const code = text(node['code']);
  const here = system !== undefined && code !== undefined ? [{ system, code }] : [];
  if (Array.isArray(node['element']) && text(node['source']) !== undefined) {
    return node['element'].flatMap((element: Readonly<Record<string, unknown>>) => [
      ...codeConstants({ code: element['code'] }, text(node['source'])),
      ...codeConstants(element['target'], text(node['target'])),
    ]);
  }
  const nested = Object.entries(node).flatMap(([key, child]) =>
    codeConstants(child, key === 'concept' || key === 'coding' ? system : undefined),
  );
  return [...here, ...nested];
}
