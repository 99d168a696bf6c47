/** Rules of data types that FHIR states in words, where no invariant says them. */
import { quote } from '../core/finding.ts';
import { FhirPathError } from '../fhir/fhirpath/fhirpath-error.ts';
import { parseFhirPath } from '../fhir/fhirpath/parse-fhirpath.ts';
import { checkSystemAndCode } from './coded-value-check.ts';
import { isObject, type JsonObject } from './definition.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const HTTP_OR_URN = /^(?:https?|urn):/;
const QUANTITIES: ReadonlySet<string> = new Set(['Quantity', 'Age', 'Count', 'Distance', 'Duration']);

type SpecialCheck = (value: JsonObject, run: Run, context: ValidatorContext) => unknown;

/** The check of a type that has such rules. */
export function specialCheckOf(type: string): SpecialCheck | undefined {
  if (type === 'Coding') return checkCoding;
  if (QUANTITIES.has(type)) return checkSystemAndCode;
  if (type === 'Attachment') return checkAttachment;
  if (type === 'Identifier') return checkIdentifier;
  return type === 'Expression' ? checkExpression : undefined;
}

/** A code of a code system; the display is one of the code's. */
function checkCoding(coding: JsonObject, run: Run, context: ValidatorContext): void {
  const { system, code, display } = coding;
  if (system === undefined && code !== undefined) {
    run.report('code-unknown', 'warning', 'a code without a system means nothing');
  }
  const isKnown = checkSystemAndCode(coding, run, context);
  if (isKnown && typeof system === 'string' && typeof code === 'string' && typeof display === 'string') {
    checkDisplay(system, code, display, run, context);
  }
}

function checkDisplay(
  system: string,
  code: string,
  display: string,
  run: Run,
  context: ValidatorContext,
): void {
  const held = context.store.terminology.codeSystem(system);
  if (held === undefined || held.find(code)?.display === display) return;
  const known = held.displaysOf(code);
  if (known.length === 0 || known.some((each) => isSameText(each, display))) return;
  const expected = quote(known[0]);
  run.push('display', -1, 'string');
  run.report('display-wrong', 'error', 'is no display of the code', { found: quote(display), expected });
  run.pop();
}

/** Most are alike to the letter, or but for case. */
function isSameText(one: string, other: string): boolean {
  return one === other || one.toLowerCase() === other.toLowerCase() || plain(one) === plain(other);
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The system is an absolute URI; an identifier of the system of URIs is one (R4, datatypes.html, Identifier). */
function checkIdentifier({ system, value }: JsonObject, run: Run): void {
  if (typeof system === 'string' && !HTTP_OR_URN.test(system)) {
    run.error('primitive-invalid', 'the system of an identifier is an absolute URI', {
      expected: 'http:, https: or urn:',
    });
  }
  if (system !== 'urn:ietf:rfc:3986' || typeof value !== 'string' || ABSOLUTE.test(value)) return;
  run.error('primitive-invalid', 'an identifier of that system is a full URI', {
    expected: 'a URI with a scheme',
  });
}

/** `size` counts the bytes before base64. */
function checkAttachment({ data, size }: JsonObject, run: Run): void {
  if (typeof data !== 'string' || typeof size !== 'number') return;
  const packed = data.replace(/\s+/g, '');
  const padding = packed.endsWith('==') ? 2 : packed.endsWith('=') ? 1 : 0;
  const bytes = (packed.length / 4) * 3 - padding;
  if (bytes === size) return;
  run.error('value-out-of-limits', 'size is not that of the data', {
    found: String(size),
    expected: String(bytes),
  });
}

/** An expression in FHIRPath can be read, and the parameters that a value set names in it are declared there. */
function checkExpression({ language, expression }: JsonObject, run: Run): void {
  if (language !== 'text/fhirpath' || typeof expression !== 'string') return;
  try {
    parseFhirPath(expression);
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    run.error('definition-invalid', 'is no FHIRPath', { found: quote(expression) });
    return;
  }
  const resource = run.scope?.resource;
  if (resource?.['resourceType'] !== 'ValueSet') return;
  const declared = parametersOf(resource);
  const named = [...expression.matchAll(VARIABLE)].map(([, name]) => name ?? '');
  const unknown = named.filter((name) => !declared.has(name) && !GIVEN.test(name));
  if (unknown.length > 0) {
    run.error('definition-invalid', 'names a parameter that the value set does not declare', {
      found: quote(unknown.join(', ')),
    });
  }
}

/** Names of parameters may have hyphens. */
const VARIABLE = /%([A-Za-z][A-Za-z0-9_-]*)/g;
/** Variables that FHIR gives every expression. */
const GIVEN = /^(?:resource|rootResource|context|ucum|sct|loinc|(?:vs|ext)-.*)$/;
const PARAMETER = 'http://hl7.org/fhir/tools/StructureDefinition/valueset-parameter';

function parametersOf({ extension }: JsonObject): ReadonlySet<unknown> {
  const parameters = (Array.isArray(extension) ? extension : []).filter(
    (each) => isObject(each) && each['url'] === PARAMETER,
  );
  const parts = parameters.flatMap((each) => (Array.isArray(each.extension) ? each.extension : []));
  return new Set(
    parts.filter((part) => isObject(part) && part['url'] === 'name').map((part) => part.valueCode),
  );
}
