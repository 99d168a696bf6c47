import { compileFhirPath } from '../fhir/fhirpath/compile-fhirpath.ts';
import { FhirPathError } from '../fhir/fhirpath/fhirpath-error.ts';
import { toItems } from '../fhir/fhirpath/value.ts';
import {
  type ExtensionContext,
  isObject,
  type JsonObject,
  type StructureDefinition,
  withoutVersion,
} from './definition.ts';
import { furtherContexts } from './errata.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Namespaces in which whoever writes an example defines what they like. */
const EXAMPLE = /^https?:\/\/[^/]*(?:example\.(?:org|com|net)|acme\.(?:org|com)|nema\.org)\b/;

/**
 * Defined by rule and not by a definition: elements of other versions of FHIR (versions.html, "extensions"), and what
 * HL7's tools write into definitions.
 */
const BY_RULE =
  /^http:\/\/hl7\.org\/fhir\/(?:[1-6]\.\d\/StructureDefinition\/extension-|tools\/StructureDefinition\/)/;

/** Judges an extension where it stands: is it known, may it be there, does it hold what its definition asks for. */
export function checkExtension(
  value: JsonObject,
  isModifier: boolean,
  context: ValidatorContext,
  run: Run,
): void {
  const { url } = value;
  if (typeof url !== 'string') return;
  if (!ABSOLUTE.test(url)) {
    checkNested(url, context, run);
    return;
  }
  if (url.includes('|')) run.error('extension-misused', 'the URL of an extension has no version');
  const definition = context.store.structure(url);
  if (definition === undefined || definition.type !== 'Extension') {
    reportUnknown(url, context, run);
    return;
  }
  checkModifier(definition, isModifier, run);
  checkContext(definition, context, run);
  context.profileCheck(withoutVersion(url))?.(value, undefined, run);
}

/** A relative URL names a part of a complex extension, and only there. */
function checkNested(url: string, context: ValidatorContext, run: Run): void {
  if (run.typeAt(run.depth - 2) === 'Extension') {
    checkPart(url, context, run);
    return;
  }
  run.error('extension-unknown', 'the URL of an extension is absolute', { found: url.slice(0, 40) });
}

/** A complex extension has the parts that its definition names. */
function checkPart(url: string, { store }: ValidatorContext, run: Run): void {
  const parent = parentUrl(run);
  const definition = typeof parent === 'string' ? store.structure(parent) : undefined;
  if (definition === undefined) return;
  const parts = partsOf(definition);
  if (parts.length === 0 || parts.includes(url)) return;
  run.error('extension-unknown', 'the extension around it defines no such part', {
    found: url.slice(0, 40),
    expected: parts.join(', ').slice(0, 200),
  });
}

function partsOf({ snapshot, differential }: StructureDefinition): readonly unknown[] {
  return (
    (snapshot ?? differential)?.element
      .filter(({ path }) => path === 'Extension.extension.url')
      .map(({ fixedUri }) => fixedUri)
      .filter((url) => typeof url === 'string') ?? []
  );
}

function reportUnknown(url: string, { settings }: ValidatorContext, run: Run): void {
  const severity = EXAMPLE.test(url) || BY_RULE.test(url) ? 'information' : settings.unknownExtensions;
  run.report('extension-unknown', severity, 'the definition of this extension is not known', {
    found: url.slice(0, 40),
    expected: 'an extension of R4 or of a guide that is loaded',
  });
}

function checkModifier(definition: StructureDefinition, isModifier: boolean, run: Run): void {
  const root = definition.snapshot?.element[0] ?? definition.differential?.element[0];
  const defined = root?.isModifier === true;
  if (defined === isModifier) return;
  const message = defined
    ? 'is a modifier, so it must stand in modifierExtension'
    : 'is no modifier, so it must not stand in modifierExtension';
  run.error('extension-misused', message);
}

function checkContext(definition: StructureDefinition, context: ValidatorContext, run: Run): void {
  const { context: contexts = [] } = definition;
  if (contexts.length === 0 || contexts.some((each) => isWithin(each, context, run))) return;
  if (furtherContexts(definition.url).some((each) => isElement(each, context, run))) return;
  const expected = contexts.map(({ expression }) => expression).join(', ');
  run.error('extension-context', 'the extension is not allowed there', { expected: expected.slice(0, 200) });
}

function isWithin({ type, expression }: ExtensionContext, context: ValidatorContext, run: Run): boolean {
  if (type === 'extension') return parentUrl(run) === withoutVersion(expression);
  if (type === 'fhirpath') return matchesPath(expression, run);
  return isElement(expression.replace(/^.*#/, ''), context, run);
}

function parentUrl(run: Run): unknown {
  const parent = run.valueAt(run.depth - 2);
  return isObject(parent) ? parent['url'] : undefined;
}

/** `Element`, which is anywhere; a type; or a path, from the resource or from the type of any element on the way. */
function isElement(expression: string, { shapes }: ValidatorContext, run: Run): boolean {
  const wanted = expression.replaceAll('[x]', '');
  if (wanted === 'Element') return true;
  const start = run.scope?.start ?? 1;
  const resourceType = String(run.scope?.resource['resourceType']);
  const host = run.depth - 2;
  if (host < start) return shapes.isA(resourceType, wanted) || wanted === 'CanonicalResource';
  const hostType = run.typeAt(host) ?? '';
  if (hostType === wanted || shapes.isA(hostType, wanted)) return true;
  let path = '';
  for (let at = host; at >= start; at--) {
    path = `.${run.stepAt(at)?.replace(/\.ofType\(.*\)$/, '')}${path}`;
    const owner = at === start ? resourceType : (run.typeAt(at - 1) ?? '');
    const [root = ''] = wanted.split('.');
    if (`${owner}${path}` === wanted) return true;
    if (wanted === `${root}${path}` && shapes.isA(owner, root)) return true;
  }
  return false;
}

function matchesPath(expression: string, run: Run): boolean {
  const resource = run.scope?.resource;
  const type = resource?.['resourceType'];
  if (typeof type !== 'string') return true;
  try {
    const found = compileFhirPath(expression, { focus: [type] }).evaluate(resource, {
      ...run.frame,
      resource,
    });
    return toItems(found).length > 0;
  } catch (error) {
    if (error instanceof FhirPathError) return true;
    throw error;
  }
}
