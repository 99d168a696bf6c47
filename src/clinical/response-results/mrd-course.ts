import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { MRD_PARAMETER_NAMES } from '../response/mrd.ts';
import { deriveMrdPersistence } from '../response/mrd-persistence.ts';
import { buildResponseResult, type ResponseContext, type ResponseResult } from './response-result.ts';

/**
 * `MRD_REEMERGENCE_PKU`: MRD that had gone came back, twice in a row at least 14 days apart, without blasts or targeted
 * therapy between (clinical specification 4.2, 4.7), dated at the first of the two. A positive that waits for the second
 * leaves it open. Throws RangeError on an override that the parameter does not allow.
 */
export function deriveMrdReturn(
  context: ResponseContext,
  overrides: ParameterOverrides = {},
): ResponseResult {
  const parameters = chooseParameters([...MRD_PARAMETER_NAMES, 'mrdReemergenceDays'], overrides);
  const { mrd, molecularRelapses } = context.timeline;
  const found = molecularRelapses.find(({ basis }) => basis === 'MRD_REEMERGENCE');
  const build = (draft: Omit<Parameters<typeof buildResponseResult>[2], 'definition'>) =>
    buildResponseResult(context, parameters, { definition: 'MRD_REEMERGENCE_PKU', ...draft });
  if (found !== undefined) {
    return build({ answer: 'MET', date: found.date, day: found.day, evidence: found.evidence });
  }
  const last = mrd.at(-1);
  if (last === undefined) return build({ answer: 'UNKNOWN', missing: ['mrd'] });
  const relapsed = context.timeline.relapses.some(({ day }) => day <= last.day);
  const waits = last.result === 'POSITIVE' && mrd.some(({ result }) => result === 'NEGATIVE') && !relapsed;
  return build({
    answer: waits ? 'UNKNOWN' : 'NOT_MET',
    flags: waits ? ['UNCONFIRMED_POSITIVE'] : [],
    missing: waits ? ['second-mrd'] : [],
    evidence: last.evidence,
  });
}

/**
 * `MRD_PERSISTENCE`: in remission by the deadline, and MRD found on every occasion up to it (clinical specification 4.2,
 * 4.4). UNKNOWN without a remission or without MRD. Throws RangeError on an override that the parameter does not allow.
 */
export function derivePersistence(
  context: ResponseContext,
  overrides: ParameterOverrides = {},
): ResponseResult {
  const parameters = chooseParameters([...MRD_PARAMETER_NAMES, 'responseDeadlineDay'], overrides);
  const { timeline } = context;
  const deadline = parameters.responseDeadlineDay;
  const found = deriveMrdPersistence(timeline, deadline);
  const build = (draft: Omit<Parameters<typeof buildResponseResult>[2], 'definition'>) =>
    buildResponseResult(context, parameters, { definition: 'MRD_PERSISTENCE', ...draft });
  if (found !== undefined) {
    return build({ answer: 'MET', date: found.date, day: found.day, evidence: found.evidence });
  }
  const negative = timeline.mrd.find(({ day, result }) => day <= deadline && result === 'NEGATIVE');
  if (negative !== undefined) return build({ answer: 'NOT_MET', evidence: negative.evidence });
  const missing = timeline.firstRemission === undefined ? ['remission'] : ['mrd'];
  return build({ answer: 'UNKNOWN', missing });
}
