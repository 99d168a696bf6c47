/**
 * The words under which a resource is found by its tokens. Storing and searching spell them here alike; the store
 * keeps a hash of each.
 */

/** A token of a code system, as any of the forms by which it may be asked for. */
export function tokenForms(parameter: string, system: string, code: string): readonly string[] {
  if (code === '') return system === '' ? [] : [systemToken(parameter, system)];
  const anySystem = codeToken(parameter, code);
  if (system === '') return [anySystem, systemCodeToken(parameter, '', code)];
  return [anySystem, systemCodeToken(parameter, system, code), systemToken(parameter, system)];
}

/** `system|code`; an empty system is the one that names none. */
export function systemCodeToken(parameter: string, system: string, code: string): string {
  return `${parameter}=${system}|${code}`;
}

/** A code of whatever system. */
export function codeToken(parameter: string, code: string): string {
  return `${parameter}~${code}`;
}

/** Whatever code of a system. */
export function systemToken(parameter: string, system: string): string {
  return `${parameter}@${system}`;
}

/** The resource has a value for the parameter. */
export function presenceToken(parameter: string): string {
  return `${parameter}?`;
}

/** A whole text, letter by letter: a URI, or a string asked for by `:exact`. */
export function exactToken(parameter: string, text: string): string {
  return `${parameter}==${text}`;
}

/** A pair of tokens that stand in one component. */
export function pairToken(parameter: string, first: string, second: string): string {
  return `${parameter}:${first}$${second}`;
}

/** A reference by identifier alone. */
export function identifierParameter(parameter: string): string {
  return `${parameter}:identifier`;
}
