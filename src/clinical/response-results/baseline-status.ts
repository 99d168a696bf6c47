import { dateOfDay } from '../course/course-frame.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { isBelowThreshold } from '../record/threshold.ts';
import { writtenMeasure } from '../record/written-measure.ts';
import { deriveBurdenBeforeCells, windowBeforeCells } from '../response/burden-before-infusion.ts';
import { assessMrd, MRD_PARAMETER_NAMES, mrdParameters } from '../response/mrd.ts';
import {
  type BaselineStatus,
  buildResponseResult,
  type ResponseContext,
  type ResponseResult,
} from './response-result.ts';

const ACTIVE_FROM_PERCENT = 5;

/**
 * `BASELINE_STATUS` (clinical specification 4.1): the disease before lymphodepletion, by the latest marrow. Five per cent
 * of blasts or more, or an MRD as high, is active; below it MRD decides, positive by any method of its day. Where blasts
 * were not counted, an MRD below 5 % tells both. Throws RangeError on an override that the parameter does not allow.
 */
export function deriveBaselineStatus(
  context: ResponseContext,
  overrides: ParameterOverrides = {},
): ResponseResult {
  const parameters = chooseParameters([...MRD_PARAMETER_NAMES, 'burdenLookbackDays'], overrides);
  const { frame } = context;
  const { blasts, mrdBeforeLymphodepletion: level } = deriveBurdenBeforeCells(
    { ...frame, infusionDate: frame.infusion.date },
    parameters.burdenLookbackDays,
  );
  const build = (
    answer: BaselineStatus | 'UNKNOWN',
    seen: { readonly day: number; readonly sources: ResponseResult['evidence'] } | undefined,
    observed?: string,
  ): ResponseResult =>
    buildResponseResult(context, parameters, {
      definition: 'BASELINE_STATUS',
      answer,
      ...(seen === undefined
        ? {}
        : { day: seen.day, date: dateOfDay(frame, seen.day), evidence: seen.sources }),
      ...(observed === undefined ? {} : { observed }),
      missing: answer === 'UNKNOWN' ? [blasts === undefined ? 'marrow-blasts' : 'mrd'] : [],
    });
  const blastsLow = blasts && isBelowThreshold(blasts, 'LT', ACTIVE_FROM_PERCENT);
  if (blasts !== undefined && blastsLow === 'NOT_MET') {
    return build('ACTIVE_GE5', blasts, `${writtenMeasure(blasts)} % marrow blasts`);
  }
  const mrdLow = level && isBelowThreshold(level, 'LT', ACTIVE_FROM_PERCENT / 100);
  if (level !== undefined && mrdLow === 'NOT_MET' && blastsLow !== 'MET') {
    return build('ACTIVE_GE5', level, `MRD ${writtenMeasure(level)}`);
  }
  if (blastsLow !== 'MET' && mrdLow !== 'MET') return build('UNKNOWN', blasts ?? level);
  const verdict = mrdVerdict(context, parameters.burdenLookbackDays, overrides);
  return verdict === undefined ? build('UNKNOWN', blasts) : build(verdict.answer, verdict);
}

/** All MRD of the latest day before lymphodepletion that says something. */
function mrdVerdict(
  { frame }: ResponseContext,
  lookbackDays: number,
  overrides: ParameterOverrides,
):
  | { readonly answer: BaselineStatus; readonly day: number; readonly sources: ResponseResult['evidence'] }
  | undefined {
  const rules = mrdParameters(overrides);
  const window = windowBeforeCells({ ...frame, infusionDate: frame.infusion.date }, lookbackDays);
  if (window === undefined) return undefined;
  const read = frame.record.observations.mrd
    .filter(({ date, specimen }) => date.length === 10 && (specimen === 'MARROW' || specimen === 'UNKNOWN'))
    .map((mrd) => ({ day: frame.dayOf(mrd.date), category: assessMrd(mrd, rules), sources: mrd.sources }))
    .filter(
      ({ day, category }) =>
        day >= window.from &&
        day <= window.to &&
        category !== 'INDETERMINATE' &&
        category !== 'NEG_INSUFFICIENT',
    );
  const day = Math.max(...read.map((one) => one.day));
  if (!Number.isFinite(day)) return undefined;
  const ofDay = read.filter((one) => one.day === day);
  const positive = ofDay.filter(({ category }) => category === 'POS' || category === 'POS_NQ');
  const deciding = positive.length > 0 ? positive : ofDay;
  return {
    answer: positive.length > 0 ? 'MRD_POS' : 'MRD_NEG',
    day,
    sources: deciding.flatMap(({ sources }) => sources),
  };
}
