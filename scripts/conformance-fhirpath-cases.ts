/** The official FHIRPath tests for R4, run by the engine in use. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { compileFhirPath } from '../src/fhir/fhirpath/compile-fhirpath.ts';
import { toItems } from '../src/fhir/fhirpath/value.ts';

const INSTANCES = new URL('../node_modules/hl7.fhir.r4.examples/', import.meta.url);

/** Test inputs by their names in the suite. */
const FILES: Readonly<Record<string, string>> = {
  'patient-example': 'Patient-example.json',
  'observation-example': 'Observation-example.json',
  'questionnaire-example': 'Questionnaire-3141.json',
  'valueset-example-expansion': 'ValueSet-example-expansion.json',
  'explanationofbenefit-example': 'ExplanationOfBenefit-EB3500.json',
  'appointment-examplereq': 'Appointment-examplereq.json',
};

interface Output {
  readonly type: string;
  readonly text: string;
}

interface FhirPathTest {
  readonly name: string;
  readonly inputFile: string | undefined;
  readonly expression: string;
  /** The kind of error that is wanted: `syntax`, `semantic`, `execution`. */
  readonly invalid: string | undefined;
  readonly isPredicate: boolean;
  readonly outputs: readonly Output[];
}

export interface FhirPathRun {
  readonly name: string;
  readonly expression: string;
  readonly status: 'passed' | 'failed' | 'no-instance';
  readonly reason?: string;
}

export async function runFhirPathTests(shared: string): Promise<readonly FhirPathRun[]> {
  const file = path.join(shared, 'fhir/fhir-test-cases/fhirpath-r4/tests-fhir-r4.xml');
  const tests = parseTests(await readFile(file, 'utf8'));
  return Promise.all(tests.map(runTest));
}

async function runTest(test: FhirPathTest): Promise<FhirPathRun> {
  const about = { name: test.name, expression: test.expression };
  const instance = await instanceOf(test.inputFile);
  if (instance === undefined) return { ...about, status: 'no-instance' };
  try {
    const { evaluate, unknownElements } = compileFhirPath(test.expression, {
      focus: [String(instance['resourceType'])],
    });
    const frame = { resource: instance, context: instance, rowIndex: 0, index: 0 };
    const found = toItems(evaluate(instance, frame));
    if (test.invalid === 'semantic' && unknownElements.length > 0) return { ...about, status: 'passed' };
    if (test.invalid !== undefined) return { ...about, status: 'failed', reason: `no ${test.invalid} error` };
    const reason = test.isPredicate ? predicateFault(found, test.outputs) : outputFault(found, test.outputs);
    return reason === undefined ? { ...about, status: 'passed' } : { ...about, status: 'failed', reason };
  } catch (error) {
    if (test.invalid !== undefined) return { ...about, status: 'passed' };
    return { ...about, status: 'failed', reason: String(error) };
  }
}

type Instance = Readonly<Record<string, unknown>>;

async function instanceOf(file: string | undefined): Promise<Instance | undefined> {
  if (file === undefined) return {};
  const name = FILES[file.replace(/\.(xml|json)$/, '')];
  if (name === undefined) return undefined;
  return JSON.parse(await readFile(new URL(name, INSTANCES), 'utf8'));
}

/** As a boolean: an empty collection is false, an item that is no boolean is true. */
function predicateFault(found: readonly unknown[], outputs: readonly Output[]): string | undefined {
  const truth = found.length === 1 && typeof found[0] === 'boolean' ? found[0] : found.length > 0;
  return String(truth) === outputs[0]?.text ? undefined : `gives ${truth}`;
}

function outputFault(found: readonly unknown[], outputs: readonly Output[]): string | undefined {
  const same = found.length === outputs.length && outputs.every((output, i) => isOutput(found[i], output));
  return same ? undefined : `gives ${JSON.stringify(found).slice(0, 120)}`;
}

function isOutput(found: unknown, { type, text }: Output): boolean {
  if (typeof found === 'number') return found === Number(text);
  const [left, right] = [plain(String(found)), plain(text)];
  if (left === right || text === '') return true;
  return type === 'dateTime' && left.includes('T') && Date.parse(left) === Date.parse(right);
}

/** Literals of dates and times carry signs that values do not. */
function plain(text: string): string {
  return text.replace(/^@T?/, '').replace(/T$/, '');
}

const TEST = /<test\s([^>]*)>([\s\S]*?)<\/test>/g;
const EXPRESSION = /<expression([^>]*)>([\s\S]*?)<\/expression>/;
const OUTPUT = /<output(?:\s+type="([^"]*)")?\s*(?:\/>|>([\s\S]*?)<\/output>)/g;

function parseTests(xml: string): readonly FhirPathTest[] {
  const source = xml.replace(/<!--[\s\S]*?-->/g, '');
  return [...source.matchAll(TEST)].flatMap(([, head = '', body = '']) => {
    const [, flags = '', text] = EXPRESSION.exec(body) ?? [];
    if (text === undefined) return [];
    const outputs = [...body.matchAll(OUTPUT)].map(([, type = '', value = '']) => ({
      type,
      text: decode(value),
    }));
    return [
      {
        name: attribute(head, 'name') ?? '',
        inputFile: attribute(head, 'inputfile'),
        expression: decode(text),
        invalid: attribute(flags, 'invalid'),
        isPredicate: attribute(head, 'predicate') === 'true',
        outputs,
      },
    ];
  });
}

function attribute(text: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1];
}

function decode(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|([a-z]+));/g, (_all, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? '';
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });
}
