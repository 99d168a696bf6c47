/**
 * The structural check of what comes in: is it JSON that PostgreSQL can keep, is it shaped as R4 shapes its
 * elements, are its dates dates? Cardinality, bindings and profiles are the validator's. Elements that R4 does not
 * know are only checked for what no element may carry. All findings of a resource come in one pass.
 */
import type { Code } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { EXPECTED_DATE, isFhirDate } from './date-format.ts';
import { type ElementType, elementsOf, isResourceType } from './element-types.ts';

const MAX_DEPTH = 64;
const MAX_FINDINGS = 100;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

const NUMERIC = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt']);
const DATES = new Set(['date', 'dateTime', 'instant']);
const INTEGER_FROM: Readonly<Record<string, number>> = {
  integer: -(2 ** 31),
  unsignedInt: 0,
  positiveInt: 1,
};

/** True for 1 to 64 of A-Z, a-z, 0-9, hyphen and dot. */
export function isResourceId(id: string): boolean {
  return ID.test(id);
}

/** Every structural fault of a resource; `path` is where it stands, such as `Bundle.entry[3].resource`. */
export function checkStructure(resource: unknown, path?: string): readonly Finding[] {
  const findings: Finding[] = [];
  checkResource(resource, path, 0, findings);
  return findings;
}

/** Every structural fault of a bundle's entry with what it carries; `path` such as `Bundle.entry[3]`. */
export function checkEntry(entry: unknown, path: string): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(findings);
  if (isObject(entry)) new Walk(report, findings).object(entry, 'Bundle.entry', path, 0);
  else report('element-invalid', path, kindOf(entry), 'an object (Bundle.entry)');
  return findings;
}

type Report = (code: Code, expression: string, found: string, expected: string) => void;

function reporter(findings: Finding[]): Report {
  return (code, expression, found, expected) => {
    if (findings.length >= MAX_FINDINGS) return;
    const message = `${expression}: found ${found}, expected ${expected}`;
    findings.push({ code, severity: 'error', message, expression, found, expected });
  };
}

function checkResource(value: unknown, path: string | undefined, depth: number, findings: Finding[]): void {
  const report = reporter(findings);
  const place = path ?? 'Resource';
  if (!isObject(value)) return report('not-fhir', place, kindOf(value), 'a FHIR resource: a JSON object');
  const type = value['resourceType'];
  if (type === undefined)
    return report('not-fhir', place, 'no resourceType', 'a FHIR resource with a resourceType');
  if (typeof type !== 'string' || !isResourceType(type)) {
    return report(
      'resource-type-unknown',
      `${place}.resourceType`,
      shown(type),
      'a resource type of FHIR R4',
    );
  }
  const root = path ?? type;
  const id = value['id'];
  if (id !== undefined && (typeof id !== 'string' || !isResourceId(id))) {
    report('id-invalid', `${root}.id`, shown(id), '1 to 64 of A-Z, a-z, 0-9, hyphen and dot');
  }
  new Walk(report, findings).object(value, type, root, depth);
}

class Walk {
  readonly #report: Report;
  readonly #findings: Finding[];

  constructor(report: Report, findings: Finding[]) {
    this.#report = report;
    this.#findings = findings;
  }

  object(
    value: Readonly<Record<string, unknown>>,
    type: string | undefined,
    path: string,
    depth: number,
  ): void {
    if (depth > MAX_DEPTH) {
      return this.#report('element-invalid', path, 'deeper nesting', `at most ${MAX_DEPTH} levels`);
    }
    const elements = type === undefined ? undefined : elementsOf(type);
    for (const [name, child] of Object.entries(value)) {
      if (name === '__proto__' || !isStorable(name)) {
        this.#report('element-invalid', path, 'an element name that is none', 'names of FHIR elements');
        continue;
      }
      this.#element(value, name, child, elements?.get(name), `${path}.${name}`, depth + 1);
    }
  }

  #element(
    owner: Readonly<Record<string, unknown>>,
    name: string,
    value: unknown,
    known: ElementType | undefined,
    path: string,
    depth: number,
  ): void {
    if (known === undefined || !Array.isArray(value)) {
      if (known?.repeats === true) return this.#report('element-invalid', path, kindOf(value), 'an array');
      if (!Array.isArray(value)) return this.#value(value, known?.type, path, depth);
    } else if (!known.repeats) {
      return this.#report('element-invalid', path, 'an array', 'one value, not an array');
    }
    const mayHoldNull = name.startsWith('_') || Array.isArray(owner[`_${name}`]);
    for (const [index, item] of value.entries()) {
      const at = `${path}[${index}]`;
      if (item === null && mayHoldNull) continue;
      if (Array.isArray(item)) this.#report('element-invalid', at, 'an array', 'no array within an array');
      else this.#value(item, known?.type, at, depth);
    }
  }

  #value(value: unknown, type: string | undefined, path: string, depth: number): void {
    if (value === null) return this.#report('element-invalid', path, 'null', 'a value, or no such element');
    if (typeof value === 'string' && !isStorable(value)) {
      return this.#report(
        'element-invalid',
        path,
        'a character that is none',
        'well-formed Unicode without U+0000',
      );
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return this.#report('element-invalid', path, 'a number out of range', 'a number');
    }
    if (type === 'Resource') return checkResource(value, path, depth, this.#findings);
    if (type !== undefined && /^[a-z]/.test(type)) return this.#primitive(value, type, path);
    if (isObject(value)) return this.object(value, type, path, depth);
    if (type !== undefined) this.#report('element-invalid', path, kindOf(value), `an object (${type})`);
  }

  #primitive(value: unknown, type: string, path: string): void {
    if (NUMERIC.has(type)) {
      const lowest = INTEGER_FROM[type];
      if (typeof value !== 'number')
        return this.#report('element-invalid', path, kindOf(value), `a number (${type})`);
      if (lowest !== undefined && (!Number.isInteger(value) || value < lowest || value > 2 ** 31 - 1)) {
        this.#report('element-invalid', path, quote(value), `a whole number (${type})`);
      }
      return;
    }
    if (type === 'boolean') {
      if (typeof value !== 'boolean') this.#report('element-invalid', path, kindOf(value), 'true or false');
      return;
    }
    if (typeof value !== 'string')
      return this.#report('element-invalid', path, kindOf(value), `a string (${type})`);
    if (DATES.has(type)) this.#date(value, type as 'date' | 'dateTime' | 'instant', path);
  }

  #date(value: string, type: 'date' | 'dateTime' | 'instant', path: string): void {
    if (!isFhirDate(value, type)) this.#report('date-unparseable', path, quote(value), EXPECTED_DATE[type]);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
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
