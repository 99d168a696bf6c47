import type { GuidanceResponse, Parameters } from '@medplum/fhirtypes';
import type { Finding } from '../core/finding.ts';
import { collectData } from '../eligibility/explain-full.ts';
import type { HctAssessment } from '../eligibility/hct-assessment.ts';
import { derivedId, derivedMeta } from './derived-meta.ts';
import { buildEvidence } from './evidence-extension.ts';
import { libraryUrl } from './guide-urls.ts';
import { ANSWER_ID, buildHctAnswer, evidenceOf } from './hct-answer.ts';
import { buildDataRequirements } from './missing-data.ts';
import { buildResultParameters } from './result-parameters.ts';

/** The answer of `Patient/$hct-consolidation`: one GuidanceResponse, and what there is to say about the data. */
export function hctConsolidationParameters(
  assessment: HctAssessment,
  findings: readonly Finding[],
): Parameters {
  return buildResultParameters([buildGuidanceResponse(assessment)], findings);
}

/** One assessment in the profile of assessments. */
export function buildGuidanceResponse(assessment: HctAssessment): GuidanceResponse {
  const { patient, evaluatedAt, missing, status } = assessment;
  const [definition = '', version = ''] = assessment.ruleset.split('@');
  const evidence = buildEvidence(evidenceOf(collectData(assessment)));
  const requirements = status === 'INDETERMINATE' ? buildDataRequirements(missing) : [];
  return {
    resourceType: 'GuidanceResponse',
    id: derivedId({ patient, definition, version, asOf: evaluatedAt }),
    meta: derivedMeta('cartograph-hct-assessment'),
    contained: [buildHctAnswer(assessment)],
    ...(evidence.length === 0 ? {} : { extension: [...evidence] }),
    moduleCanonical: `${libraryUrl(definition)}|${version}`,
    status: status === 'INDETERMINATE' ? 'data-required' : 'success',
    subject: { reference: `Patient/${patient}` },
    occurrenceDateTime: evaluatedAt,
    outputParameters: { reference: `#${ANSWER_ID}` },
    ...(requirements.length === 0 ? {} : { dataRequirement: [...requirements] }),
  };
}
