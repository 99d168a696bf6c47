/** Contents as texts, so that equal ones are found and all have an order. */

export type Content = Readonly<Record<string, unknown>>;

/** The names of all elements of these contents, sorted; found once for many contents, since few differ in theirs. */
export function elementNames(contents: readonly Content[]): readonly string[] {
  const names = new Set<string>();
  for (const content of contents) for (const name in content) names.add(name);
  return [...names].sort();
}

/** A text that two contents share which are equal in the elements of these names. */
export function contentKey(content: Content, names: readonly string[]): string {
  let key = '';
  for (const name of names) {
    const value = content[name];
    if (value === undefined) continue;
    // Control characters stand in no value of FHIR, so that two contents never share a text by accident.
    key += `${name}\u0001${typeof value === 'object' ? JSON.stringify(value) : String(value)}\u0002`;
  }
  return key;
}
