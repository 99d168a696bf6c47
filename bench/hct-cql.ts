/**
 * The same logic in CQL (`hct-consolidation.cql`) through the translator and `cql-execution`, beside ours on the same
 * resources, from parsed JSON to an answer, one thread. The answers must be equal: without its model infos the peer
 * says nothing at all, quickly.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { SystemModelInfoProvider } from '@cqframework/cql/cql';
import {
  CqlTranslator,
  createModelInfoProvider,
  LibraryManager,
  ModelManager,
  stringAsSource,
} from '@cqframework/cql/cql-to-elm';
import type { Resource } from '@medplum/fhirtypes';
import fhirSource from 'cql-exec-fhir';
import cql from 'cql-execution';
import { focusMappings } from '../src/cds/focus-mappings.ts';
import { addDays } from '../src/core/partial-date.ts';
import { assessHctConsolidation } from '../src/eligibility/assess-hct-consolidation.ts';
import type { HctAssessment } from '../src/eligibility/hct-assessment.ts';
import { loadMappings } from '../src/mapping/load-mappings.ts';
import { mapPerson } from '../src/mapping/map-person.ts';

/** Day after the last infusion on which every patient is evaluated. */
const EVALUATION_DAY = 100;
const WARM_UP = 3;

export interface CqlComparison {
  readonly patients: number;
  /** Milliseconds a patient. */
  readonly ours: number;
  readonly cql: number;
  /** How many different statuses the patients have; a comparison of one answer would say little. */
  readonly statuses: number;
}

interface Case {
  readonly resources: readonly Resource[];
  readonly asOf: string;
}

/** Throws where an answer differs. */
export async function compareWithCql(patients: readonly (readonly Resource[])[]): Promise<CqlComparison> {
  const evaluate = await ourEvaluation();
  const library = translate();
  const cases = patients.map((resources) => ({ resources, asOf: evaluationDay(resources) }));
  for (const warm of cases.slice(0, WARM_UP)) {
    evaluate(warm);
    await evaluateCql(library, warm);
  }
  const spent = { ours: 0, cql: 0 };
  const statuses = new Set<string>();
  for (const one of cases) {
    const start = performance.now();
    const ours = evaluate(one);
    const between = performance.now();
    const theirs = await evaluateCql(library, one);
    spent.cql += performance.now() - between;
    spent.ours += between - start;
    const [expected, found] = [answerOf(ours), theirs(ours)];
    if (expected !== found) throw new Error(`CQL differs on ${one.asOf}: ours ${expected}, CQL ${found}`);
    statuses.add(ours.status);
  }
  const count = cases.length;
  return { patients: count, ours: spent.ours / count, cql: spent.cql / count, statuses: statuses.size };
}

async function ourEvaluation(): Promise<(one: Case) => HctAssessment> {
  const mappings = focusMappings(await loadMappings('mappings'), 'ELIGIBILITY');
  return ({ resources, asOf }) => {
    const sent = resources.map((resource) => ({ resource, site: 'bench', receivedOn: '2027-01-01' }));
    return assessHctConsolidation(mapPerson(sent, mappings), asOf);
  };
}

function answerOf({ status, statusIfEligible, criteria }: HctAssessment): string {
  return [status, statusIfEligible ?? '-', ...criteria.map(({ id, result }) => `${id} ${result}`)].join(', ');
}

function evaluationDay(resources: readonly Resource[]): string {
  const infusions = resources.flatMap((resource) =>
    resource.resourceType === 'Procedure' && resource.code?.coding?.[0]?.code === 'car-t-infusion'
      ? [resource.performedDateTime?.slice(0, 10) ?? '']
      : [],
  );
  return addDays(infusions.sort().at(-1) ?? '2020-01-01', EVALUATION_DAY);
}

/** Throws where the translator reports an error. */
function translate() {
  const require = createRequire(import.meta.url);
  const fhir = readFileSync(require.resolve('cql-exec-fhir/lib/modelInfos/fhir-modelinfo-4.0.1.xml'), 'utf8');
  const text = readFileSync(new URL('./hct-consolidation.cql', import.meta.url), 'utf8');
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
  models.modelInfoLoader.registerModelInfoProvider(
    createModelInfoProvider((id) => (id === 'FHIR' ? stringAsSource(fhir) : null)),
  );
  const translator = CqlTranslator.fromText(text, new LibraryManager(models));
  const [error] = translator.errors.asJsReadonlyArrayView();
  if (error !== undefined) throw new Error(`CQL does not translate: ${error.message}`);
  return new cql.Library(JSON.parse(translator.toJson()));
}

/** The peer's answer, written as ours would be for the criteria that ours evaluated. */
async function evaluateCql(library: ReturnType<typeof translate>, { resources, asOf }: Case) {
  const [year = 0, month = 0, day = 0] = asOf.split('-').map(Number);
  const executor = new cql.Executor(library, undefined, { AsOf: new cql.Date(year, month, day) });
  const source = fhirSource.PatientSource.FHIRv401();
  const entry = resources.map((resource) => ({ resource }));
  source.loadBundles([{ resourceType: 'Bundle', type: 'collection', entry }]);
  const { patientResults } = await executor.exec(source);
  const [found = {}] = Object.values(patientResults) as readonly Readonly<Record<string, unknown>>[];
  const word = (value: unknown) => (value === true ? 'MET' : value === false ? 'NOT_MET' : 'UNKNOWN');
  return ({ criteria }: HctAssessment): string =>
    [
      String(found['Status']),
      String(found['Status if eligible'] ?? '-'),
      ...criteria.map(({ id }) => `${id} ${word(found[id])}`),
    ].join(', ');
}
