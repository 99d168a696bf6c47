/**
 * The structural check of what comes in: is it JSON that PostgreSQL can keep, is it shaped as R4 shapes its
 * elements, are its dates dates? Cardinality, bindings and profiles are the validator's. Elements that R4 does not
 * know are only checked for what no element may carry. All findings of a resource come in one pass.
 */
import type { Code } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { type DateType, EXPECTED_DATE, isFhirDate } from './date-format.ts';
import { type ElementType, elementsOf, isResourceType } from './element-types.ts';

const MAX_DEPTH = 64;
const MAX_FINDINGS = 100;
/** Also lets pass what older versions of FHIR had, such as fhir_comments. */
const ELEMENT_NAME = /^_?[A-Za-z][A-Za-z0-9_]*$/;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** True for 1 to 64 of A-Z, a-z, 0-9, hyphen and dot. */
export function isResourceId(id: string): boolean {
  return ID.test(id);
}

/** Every structural fault of a resource; `path` is where it stands, such as `Bundle.entry[3].resource`. */
export function checkStructure(resource: unknown, path?: string): readonly Finding[] {
  const walk = new Walk();
  walk.resource(resource, path, 0);
  return walk.findings;
}

/** Every structural fault of a bundle's entry with what it carries; `path` such as `Bundle.entry[3]`. */
export function checkEntry(entry: unknown, path: string): readonly Finding[] {
  const walk = new Walk();
  walk.value(entry, 'Bundle.entry', path, 0);
  return walk.findings;
}

interface Fault {
  readonly code: Code;
  readonly found: string;
  readonly expected: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

class Walk {
  readonly findings: Finding[] = [];

  resource(value: unknown, path: string | undefined, depth: number): void {
    const place = path ?? 'Resource';
    if (!isObject(value)) {
      this.#report(place, fault('not-fhir', kindOf(value), 'a FHIR resource: a JSON object'));
      return;
    }
    const type = value['resourceType'];
    if (type === undefined) {
      this.#report(place, fault('not-fhir', 'no resourceType', 'a FHIR resource with a resourceType'));
    } else if (typeof type !== 'string' || !isResourceType(type)) {
      const expected = 'a resource type of FHIR R4';
      this.#report(`${place}.resourceType`, fault('resource-type-unknown', shown(type), expected));
    } else {
      this.#report(`${path ?? type}.id`, idFault(value['id']));
      this.#object(value, type, path ?? type, depth);
    }
  }

  value(value: unknown, type: string | undefined, path: string, depth: number): void {
    if (type === 'Resource') {
      this.resource(value, path, depth);
      return;
    }
    const trouble = valueFault(value, type);
    if (trouble === undefined && isObject(value)) this.#object(value, type, path, depth);
    else this.#report(path, trouble);
  }

  #object(value: JsonObject, type: string | undefined, path: string, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.#report(path, fault('element-invalid', 'deeper nesting', `at most ${MAX_DEPTH} levels`));
      return;
    }
    const elements = type === undefined ? undefined : elementsOf(type);
    for (const [name, child] of Object.entries(value)) {
      if (!ELEMENT_NAME.test(name)) {
        this.#report(path, fault('element-invalid', 'a name that no element has', 'names of FHIR elements'));
      } else {
        this.#element(value, name, child, elements?.get(name), `${path}.${name}`, depth + 1);
      }
    }
  }

  #element(
    owner: JsonObject,
    name: string,
    value: unknown,
    known: ElementType | undefined,
    path: string,
    depth: number,
  ): void {
    const isArray = Array.isArray(value);
    if (known !== undefined && known.repeats !== isArray) {
      const expected = known.repeats ? 'an array' : 'one value, not an array';
      this.#report(path, fault('element-invalid', kindOf(value), expected));
    } else if (isArray) {
      const mayHoldNull = name.startsWith('_') || Array.isArray(owner[`_${name}`]);
      for (const [index, item] of value.entries()) {
        if (item !== null || !mayHoldNull) this.value(item, known?.type, `${path}[${index}]`, depth);
      }
    } else {
      this.value(value, known?.type, path, depth);
    }
  }

  #report(expression: string, trouble: Fault | undefined): void {
    if (trouble === undefined || this.findings.length >= MAX_FINDINGS) return;
    const message = `${expression}: found ${trouble.found}, expected ${trouble.expected}`;
    this.findings.push({ severity: 'error', message, expression, ...trouble });
  }
}

function fault(code: Code, found: string, expected: string): Fault {
  return { code, found, expected };
}

function idFault(id: unknown): Fault | undefined {
  if (id === undefined || (typeof id === 'string' && isResourceId(id))) return undefined;
  return fault('id-invalid', shown(id), '1 to 64 of A-Z, a-z, 0-9, hyphen and dot');
}

/** What is wrong with a value by itself; the elements of an object are not looked into. */
function valueFault(value: unknown, type: string | undefined): Fault | undefined {
  if (value === null) return fault('element-invalid', 'null', 'a value, or no such element');
  if (Array.isArray(value)) return fault('element-invalid', 'an array', 'no array within an array');
  if (typeof value === 'string' && !isStorable(value)) {
    return fault('element-invalid', 'half a character, or U+0000', 'well-formed Unicode without U+0000');
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return fault('element-invalid', 'a number out of range', 'a number');
  }
  if (type === undefined) return undefined;
  if (/^[a-z]/.test(type)) return primitiveFault(value, type);
  return isObject(value) ? undefined : fault('element-invalid', kindOf(value), `an object (${type})`);
}

function primitiveFault(value: unknown, type: string): Fault | undefined {
  const expected = JSON_TYPES[type] ?? 'string';
  if (typeof value !== expected) return fault('element-invalid', kindOf(value), `a ${expected} (${type})`);
  const lowest = LOWEST[type];
  if (lowest !== undefined) {
    const isWhole = Number.isInteger(value) && Number(value) >= lowest && Number(value) < 2 ** 31;
    return isWhole ? undefined : fault('element-invalid', quote(value), `a whole number (${type})`);
  }
  if (!isDateType(type) || isFhirDate(String(value), type)) return undefined;
  return fault('date-unparseable', quote(value), EXPECTED_DATE[type]);
}

/** JSON types of the primitives that are no strings. */
const JSON_TYPES: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  decimal: 'number',
  integer: 'number',
  positiveInt: 'number',
  unsignedInt: 'number',
};

const LOWEST: Readonly<Record<string, number>> = { integer: -(2 ** 31), unsignedInt: 0, positiveInt: 1 };

function isDateType(type: string): type is DateType {
  return Object.hasOwn(EXPECTED_DATE, type);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** PostgreSQL keeps no U+0000, and UTF-8 no lone surrogate. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

/** A primitive as quoted; anything else by its kind alone. */
function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? quote(value) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
