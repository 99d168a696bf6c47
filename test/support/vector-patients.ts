/**
 * Writes the worked examples of `test/vectors/` as FHIR, through the builders of the generator, so that the whole
 * way from a bundle to a result is under test and not a record made by hand. A field or value that is not
 * understood is refused: an ignored one would make a test pass for the wrong reason.
 */
import type { Bundle } from '@medplum/fhirtypes';
import type { PartialDate } from '../../src/core/partial-date.ts';
import { buildPatientBundles, type Dialect } from '../../src/example/build-bundles.ts';
import { endpointPlan } from './endpoint-plan.ts';
import { hctPlan } from './hct-plan.ts';
import { textOf } from './vector-case.ts';

export interface VectorPatient {
  readonly patientId: string;
  readonly bundles: readonly Bundle[];
  /** Day as of which the example is told. */
  readonly asOf: PartialDate;
}

/** A case of endpoint.json, with or without its expectation. */
export function endpointCaseToBundles(endpointCase: unknown, dialect: Dialect): VectorPatient {
  const plan = endpointPlan(endpointCase);
  const { cutoff } = endpointCase as { readonly cutoff: string };
  return {
    patientId: plan.patientId,
    bundles: buildPatientBundles(plan, dialect),
    asOf: textOf(cutoff, 'cutoff'),
  };
}

/** A case of hct.json, or its input alone. */
export function hctCaseToBundles(hctCase: unknown, dialect: Dialect): VectorPatient {
  const whole = hctCase as { readonly input?: unknown };
  const { plan, asOf } = hctPlan(whole.input ?? hctCase);
  return { patientId: plan.patientId, bundles: buildPatientBundles(plan, dialect), asOf };
}
