/** `Patient/{id}/$cart-summary`. */
import type { Resource } from '@medplum/fhirtypes';
import type { Request, Response } from 'express';
import { assessHctConsolidation } from '../../eligibility/assess-hct-consolidation.ts';
import { deriveEndpoints } from '../../endpoints/derive-endpoint.ts';
import { parseReference } from '../../fhir/references.ts';
import { buildCartSummary } from '../../projection/cart-summary.ts';
import { deriveResultsOfCourses, isEvaluable } from '../../reports/results-of-courses.ts';
import { parseStored } from '../../store/parse-stored.ts';
import { readPersonIds } from '../../store/person/person-store.ts';
import { type ResourceKey, readResource } from '../../store/resource-store.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { baseOf, idOf } from '../rest/request-target.ts';
import { asOfOf, overridesOf, readOperationParameters } from './operation-parameters.ts';
import { personRecord } from './person-record.ts';

export async function cartSummary(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const given = readOperationParameters(req, ['asOf', 'parameter']);
  const asOf = asOfOf(given, deps.today);
  const overrides = overridesOf(given, deps.parameters);
  const record = await personRecord(idOf(req), deps.records);
  const patientIds = await readPersonIds(deps.ingest.database, record.id);
  const infused = record.courses
    .filter(({ infusion }) => infusion.date <= asOf)
    .flatMap(({ infusion }) => infusion.sources.flatMap(({ reference }) => keysOf(reference)));
  const bundle = buildCartSummary({
    patient: record.id,
    asOf,
    now: deps.now().toISOString(),
    base: baseOf(req),
    patients: await readAll(
      patientIds.map((id) => ({ type: 'Patient', id })),
      deps,
    ),
    infusions: await readAll(infused, deps),
    courses: deriveResultsOfCourses(record, { asOf, overrides }).filter(isEvaluable),
    overrides,
    endpoints: deriveEndpoints(record, asOf, deps.endpoints.definitions),
    hct: assessHctConsolidation(record, asOf),
  });
  sendFhir(res, bundle);
}

function keysOf(reference: string): readonly ResourceKey[] {
  const form = parseReference(reference);
  return form.form === 'literal' && form.type !== 'Patient' ? [{ type: form.type, id: form.id }] : [];
}

/** Each once, in their order; what is no longer stored is left out. */
async function readAll(keys: readonly ResourceKey[], { ingest }: HttpDeps): Promise<readonly Resource[]> {
  const unique = new Map(keys.map((key) => [`${key.type}/${key.id}`, key]));
  const found = await Promise.all([...unique.values()].map((key) => readResource(ingest.database, key)));
  return found.flatMap((one) => (one === undefined ? [] : [parseStored(one.content)]));
}
