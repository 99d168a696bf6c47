import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFhirPath } from '../../../src/fhir/fhirpath/compile-fhirpath.ts';
import { toItems } from '../../../src/fhir/fhirpath/value.ts';

/**
 * The official FHIRPath tests for R4, as far as we compile their expressions ourselves; what the library runs is the
 * library's to test. They are read where the shared data lies; see CARTOGRAPH_SHARED.
 */
const SHARED = process.env['CARTOGRAPH_SHARED'] ?? join(import.meta.dirname, '../../../../shared');
const SUITE = join(SHARED, 'fhir/fhir-test-cases/fhirpath-r4/tests-fhir-r4.xml');
const EXAMPLES = join(import.meta.dirname, '../../../node_modules/hl7.fhir.r4.examples');

const INSTANCES: Readonly<Record<string, string>> = {
  'patient-example.xml': 'Patient-example.json',
  'observation-example.xml': 'Observation-example.json',
  'valueset-example-expansion.xml': 'ValueSet-example-expansion.json',
  'explanationofbenefit-example.json': 'ExplanationOfBenefit-EB3500.json',
  'appointment-examplereq.json': 'Appointment-examplereq.json',
};

/** Where we depart, and why. */
const DEPARTURES: Readonly<Record<string, string>> = {
  testSimpleFail: 'an unknown element is empty and reported, as SQL on FHIR expects',
  testSimpleWithWrongContext: 'an unknown element is empty and reported',
  testPolymorphismB: 'JSON names of choice elements are read and reported',
  testPolymorphicsB: 'JSON names of choice elements are read and reported',
  testPolymorphismAsB: 'an element of an impossible type is empty',
  testFHIRPathIsFunction8: 'the published example lacks the extension',
  testFHIRPathIsFunction9: 'the published example lacks the extension',
  testFHIRPathIsFunction10: 'the published example lacks the extension',
  testFHIRPathAsFunction14: 'the published example has another version',
  testFHIRPathAsFunction19: 'the published example has another version',
};

interface Case {
  readonly name: string;
  readonly source: string;
  readonly resource: { readonly resourceType: string };
  readonly invalid: boolean;
  readonly predicate: boolean;
  readonly outputs: readonly string[];
}

function readCases(): readonly Case[] {
  const xml = readFileSync(SUITE, 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  return [...xml.matchAll(/<test ([^>]*)>([\s\S]*?)<\/test>/g)].flatMap(([, attributes = '', body = '']) => {
    const file = INSTANCES[/inputfile="([^"]*)"/.exec(attributes)?.[1] ?? 'patient-example.xml'];
    const expression = /<expression([^>]*)>([\s\S]*?)<\/expression>/.exec(body);
    if (file === undefined || expression === null) return [];
    return {
      name: /name="([^"]*)"/.exec(attributes)?.[1] ?? '',
      source: decode(expression[2] ?? ''),
      resource: JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as Case['resource'],
      invalid: (expression[1] ?? '').includes('invalid='),
      predicate: attributes.includes('predicate="true"'),
      outputs: [...body.matchAll(/<output[^>]*?(?:\/>|>([\s\S]*?)<\/output>)/g)].map(([, text = '']) =>
        decode(text),
      ),
    };
  });
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

/** The results as text, or `invalid`; undefined for what we leave to the library. */
function outcomeOf({ source, resource, predicate }: Case): readonly string[] | 'invalid' | undefined {
  try {
    const { evaluate, compiled } = compileFhirPath(source, { focus: [resource.resourceType] });
    if (!compiled) return undefined;
    const items = toItems(evaluate(resource, { resource, context: resource, rowIndex: 0, index: 0 }));
    return predicate ? [String(items.length > 0 && items[0] !== false)] : items.map(String);
  } catch {
    return 'invalid';
  }
}

function agrees(found: readonly string[] | 'invalid', { invalid, outputs }: Case): boolean {
  if (invalid || found === 'invalid') return invalid && found === 'invalid';
  return found.length === outputs.length && found.every((text, i) => sameText(text, outputs[i] ?? ''));
}

/** The suite writes dates as literals, and decimals with trailing zeros. */
function sameText(found: string, expected: string): boolean {
  const plain = expected.replace(/^@T?/, '').replace(/T$/, '');
  return found === expected || found === plain || (expected !== '' && Number(found) === Number(expected));
}

if (existsSync(SUITE) && existsSync(EXAMPLES)) {
  const compiled = readCases().flatMap((test) => {
    const found = outcomeOf(test);
    return found === undefined ? [] : [[test.name, test, found] as const];
  });

  it.each(compiled.filter(([name]) => !Object.hasOwn(DEPARTURES, name)))('%s', (_name, test, found) => {
    expect({ source: test.source, found, agrees: agrees(found, test) }).toEqual({
      source: test.source,
      found,
      agrees: true,
    });
  });

  it.each(Object.entries(DEPARTURES))('%s departs: %s', (name) => {
    const departing = compiled.find(([candidate]) => candidate === name);
    expect(departing !== undefined && !agrees(departing[2], departing[1])).toBe(true);
  });
} else {
  it.skip(`official FHIRPath tests: ${SUITE} or hl7.fhir.r4.examples is missing`, () => undefined);
}
