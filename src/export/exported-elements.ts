/** `_elements` of an export: root elements, of one resource type or of all. */
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { elementsOf, isResourceType } from '../fhir/element-types.ts';
import { isNamed } from '../fhir/shape-resource.ts';

export interface ExportedElement {
  /** Undefined for every type. */
  readonly type?: string;
  readonly name: string;
}

/** From `Type.element` and `element`. Throws `parameter-invalid` for what no exported type has. */
export function parseElements(
  values: readonly string[],
  types: readonly string[] | undefined,
): readonly ExportedElement[] {
  return values
    .flatMap((text) => text.split(','))
    .map((text) => {
      const [, type, name = ''] = /^(?:([A-Z][A-Za-z]*)\.)?([a-z][A-Za-z]*)$/.exec(text.trim()) ?? [];
      const isExported = type === undefined || (isResourceType(type) && types?.includes(type) !== false);
      const among = type === undefined ? types : [type];
      const isKnown = name !== '' && (among === undefined || among.some((one) => hasElement(one, name)));
      if (!isExported || !isKnown) throw invalid(quote(text));
      return type === undefined ? { name } : { type, name };
    });
}

/** Names of what stays of a resource of that type; undefined where all of it does. */
export function elementNamesOf(
  type: string,
  elements: readonly ExportedElement[],
): readonly string[] | undefined {
  const named = elements.filter((one) => one.type === undefined || one.type === type);
  return named.length === 0 ? undefined : named.map(({ name }) => name);
}

function hasElement(type: string, name: string): boolean {
  return [...(elementsOf(type)?.keys() ?? [])].some((known) => isNamed(known, [name], type));
}

function invalid(found: string): Error {
  const expected = 'root elements of exported types, such as Patient.birthDate or id';
  return rejection('parameter-invalid', `Parameter "_elements": found ${found}, expected ${expected}`, {
    found,
    expected,
  });
}
