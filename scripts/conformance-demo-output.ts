/**
 * What the demo takes in and what it gives: the bundles of the example cohort, and of each of its patients and of the whole
 * the answer of every operation, asked of a service over HTTP.
 */
import { readFile } from 'node:fs/promises';
import { GROUP_OPERATIONS, PATIENT_OPERATIONS } from '../src/http/rest/interactions.ts';
import { startTestService, type TestService } from '../test/support/service.ts';

const COHORT = new URL('../examples/cohort/', import.meta.url);
const FILES = ['native', 'us-core'];
const AS_OF = '2026-01-01';
/** One endpoint without competing events and one with. */
const QUERIES: Readonly<Record<string, string>> = {
  survival: '?endpoint=EFS_RW_D28&at=365&at=730',
  'cumulative-incidence': '?endpoint=CIR&at=365',
  'hct-consolidation': '',
};

/**
 * Resources by a name that says what they are.
 * @param every of bundles and of patients only one of so many.
 */
export async function demoOutput(every: number): Promise<ReadonlyMap<string, unknown>> {
  const output = new Map<string, unknown>();
  const service = await startTestService();
  try {
    for (const file of FILES) {
      const lines = (await readFile(new URL(`${file}.ndjson`, COHORT), 'utf8')).trim().split('\n');
      for (const [i, line] of lines.entries()) {
        if (i % every === 0) output.set(`demo-${file}-${i + 1}`, JSON.parse(line));
        await ask(service, '', line);
      }
    }
    const cohort = await ask(service, '/Group/car-t');
    for (const [i, { entity }] of cohort.member.entries()) {
      if (i % every === 0) await addPatient(entity.reference, service, output);
    }
    for (const { name } of GROUP_OPERATIONS) {
      const answer = await ask(service, `/Group/car-t/$${name}${QUERIES[name]}`);
      output.set(`demo-group-${name}`, answer);
    }
    return output;
  } finally {
    await service.stop();
  }
}

async function addPatient(
  reference: string,
  service: TestService,
  output: Map<string, unknown>,
): Promise<void> {
  for (const name of [...PATIENT_OPERATIONS.map((each) => each.name), 'cart-summary']) {
    const answer = await ask(service, `/${reference}/$${name}?asOf=${AS_OF}`);
    output.set(`demo-${reference.replace('/', '-')}-${name}`, answer);
  }
}

/** The body of an answer; what is refused ends the run. */
async function ask(
  service: TestService,
  path: string,
  body?: string,
): Promise<Awaited<ReturnType<TestService['get']>>['body']> {
  const url = `/fhir/R4${path}`;
  const answer = await (body === undefined ? service.get(url) : service.post(url, body));
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return answer.body;
}
