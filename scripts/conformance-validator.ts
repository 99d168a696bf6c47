/**
 * `node scripts/conformance-validator.ts`: our verdicts against those recorded from HL7's validator, HL7's validator on
 * our guide, the official FHIRPath tests, and 100,000 mutations of the guide's examples. Writes docs/conformance.md; `--check` writes nothing;
 * `--full` gives HL7's validator all patients of the demo instead of one of eight.
 * Last line: what passed of what; exit 1 where a bar is missed.
 */
import { writeFile } from 'node:fs/promises';
import { loadProfiles, OWN_GUIDE } from '../src/profiles/load-profiles.ts';
import { type FuzzResult, fuzzValidator } from '../test/profiles/validator/fuzz.ts';
import { type FhirPathRun, runFhirPathTests } from './conformance-fhirpath-cases.ts';
import { runPeer, SAMPLE } from './conformance-hl7-cases.ts';
import { peerHolds, peerLines, peerSection } from './conformance-hl7-section.ts';
import { type CaseRun, runValidatorCases, sharedFolder } from './conformance-validator-cases.ts';
import { readArchive } from './ig-archive.ts';

const PAGE = new URL('../docs/conformance.md', import.meta.url);
const MUTATIONS = 100_000;
const SEED = 20_260_101;

/** Why a verdict differs, by what HL7's validator had and we have not, or what it was told and we are not. */
const REASONS: readonly (readonly [test: RegExp, reason: string])[] = [
  [/Wrong Display Name/, 'displays of LOINC, SNOMED CT or CVX need a terminology server'],
  [/Unknown code .* in the CodeSystem/, 'codes of that system need a terminology server'],
  [/Example URLs are not allowed/, 'the case forbids example URLs by a setting; by default they are allowed'],
  [/HTML tags/, 'the case switches the check of strings for HTML off; ours is always on'],
];

const OUTSIDE = 'beyond what is implemented';

function reasonOf({ errors, crash }: CaseRun): string {
  if (crash !== undefined) return `crash: ${crash}`;
  return REASONS.find(([test]) => errors.some((text) => test.test(text)))?.[1] ?? OUTSIDE;
}

interface Counted {
  readonly passed: number;
  readonly of: number;
}

function percent({ passed, of }: Counted): string {
  return `${passed} of ${of} (${((100 * passed) / of).toFixed(1)} %)`;
}

function countAgreeing(runs: readonly CaseRun[]): Counted {
  return { passed: runs.filter(({ recorded, ours }) => recorded === ours).length, of: runs.length };
}

function validatorSection(runs: readonly CaseRun[]): readonly string[] {
  const differing = runs.filter(({ recorded, ours }) => recorded !== ours);
  const rows = differing.map((run) => {
    const [recorded, ours] = [run.recorded, run.ours].map((invalid) => (invalid ? 'invalid' : 'valid'));
    return `| ${run.name} | ${run.kind} | ${recorded} | ${ours} | ${reasonOf(run)} |`;
  });
  return [
    '## Verdicts of the validator',
    '',
    "Against what HL7's Java validator recorded: any error, or none, of the base and of the profile runs. Each case gets R4",
    'core, our guide and the definitions that it names; settings are the defaults for all.',
    '',
    `- all: ${percent(countAgreeing(runs))}; the bar is 95 %`,
    `- those recorded as invalid: ${percent(countAgreeing(runs.filter(({ recorded }) => recorded)))}; the bar is 90 %`,
    '',
    '| case | run | recorded | ours | why |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

function countPassed(runs: readonly FhirPathRun[]): Counted {
  const run = runs.filter(({ status }) => status !== 'no-instance');
  return { passed: run.filter(({ status }) => status === 'passed').length, of: run.length };
}

function fhirPathSection(runs: readonly FhirPathRun[]): readonly string[] {
  const failed = runs.filter(({ status }) => status === 'failed');
  const missing = runs.filter(({ status }) => status === 'no-instance').length;
  const code = (text: string): string =>
    `\`${text.replace(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 100)}\``;
  return [
    '## FHIRPath',
    '',
    `The official tests for R4: ${percent(countPassed(runs))}; the bar is 97 %. ${missing} are not run, because R4's`,
    'examples do not hold the instance that they query.',
    '',
    '| test | expression | what happens |',
    '|---|---|---|',
    ...failed.map(
      ({ name, expression, reason = '' }) => `| ${name} | ${code(expression)} | ${code(reason)} |`,
    ),
    '',
  ];
}

function fuzzSection({ runs, missed, crashes }: FuzzResult): readonly string[] {
  return [
    '## Mutations',
    '',
    `${runs} seeded mutations of the guide's examples: ${crashes.length} crashes, ${missed.length} that break a rule and were`,
    'found valid.',
    '',
  ];
}

async function runMutations(): Promise<FuzzResult> {
  const files = await readArchive(OWN_GUIDE);
  const names = [...files.keys()].filter((name) => /example\/[A-Z][^/]*\.json$/.test(name));
  const examples = names.map((name): unknown => JSON.parse(files.get(name) ?? ''));
  const validator = await loadProfiles();
  for (const example of examples) validator.validateResource(example);
  return fuzzValidator(validator, examples, MUTATIONS, SEED);
}

const peer = await runPeer(process.argv.includes('--full') ? 1 : SAMPLE);
process.stdout.write(`${peerLines(peer).join('\n')}\n`);
if (!peerHolds(peer)) process.exitCode = 1;
const shared = sharedFolder();
if (shared === undefined) {
  process.stdout.write(
    'conformance of the validator: skipped, the shared test data are not here (CARTOGRAPH_SHARED)\n',
  );
} else {
  const cases = await runValidatorCases(shared);
  const fhirPath = await runFhirPathTests(shared);
  const fuzz = await runMutations();
  const page = [
    '# Conformance',
    '',
    'Generated by `node scripts/conformance-validator.ts`; do not edit.',
    '',
    ...validatorSection(cases),
    ...peerSection(peer),
    ...fhirPathSection(fhirPath),
    ...fuzzSection(fuzz),
  ];
  if (!process.argv.includes('--check')) await writeFile(PAGE, `${page.join('\n').trimEnd()}\n`);
  const invalid = cases.filter(({ recorded }) => recorded);
  const share = ({ passed, of }: Counted): number => passed / of;
  const holds =
    share(countAgreeing(cases)) >= 0.95 &&
    share(countAgreeing(invalid)) >= 0.9 &&
    share(countPassed(fhirPath)) >= 0.97 &&
    fuzz.missed.length + fuzz.crashes.length === 0;
  process.stdout.write(
    `verdicts ${percent(countAgreeing(cases))}, invalid ones ${percent(countAgreeing(invalid))}; ` +
      `FHIRPath ${percent(countPassed(fhirPath))}; mutations ${fuzz.runs}, missed ${fuzz.missed.length}, ` +
      `crashes ${fuzz.crashes.length}, slowest ${fuzz.slowestMs.toFixed(0)} ms\n`,
  );
  if (!holds) process.exitCode = 1;
}
