import { isBelowThreshold } from '../clinical/record/threshold.ts';
import type { DiseaseStatus } from '../cohort/cohort-record.generated.ts';
import { earliestDay, latestDay, type PartialDate } from '../core/partial-date.ts';
import type { BurdenBeforeInfusion } from './burden.ts';
import type { HctCaution } from './hct-caution-texts.ts';
import { dayOfFact, type HctContext } from './hct-context.ts';
import type { HctParameters } from './hct-parameters.ts';

const LOW_MRD_BELOW = 1e-4;
const HIGH_MRD_FROM = 1e-2;

/** The cautions that come from the patient and the burden rather than from a criterion. */
export function deriveCautions(
  context: HctContext,
  { preLdMrd, postLdMrd }: BurdenBeforeInfusion,
  parameters: HctParameters,
): readonly HctCaution[] {
  const isLow = (mrd: typeof preLdMrd) =>
    mrd !== undefined && isBelowThreshold(mrd, 'LT', LOW_MRD_BELOW) === 'MET';
  const isHigh = preLdMrd !== undefined && isBelowThreshold(preLdMrd, 'LT', HIGH_MRD_FROM) === 'NOT_MET';
  const age = completedYears(context.record.patient.birthDate?.value, context.infusionDate);
  return [
    ...(isLow(preLdMrd) ? (['LOW_BURDEN_PRE_LD'] as const) : []),
    ...(isLow(postLdMrd) ? (['LOW_BURDEN_POST_LD'] as const) : []),
    ...(isHigh ? (['NOTE_HIGH_MRD'] as const) : []),
    ...(age !== undefined && age > parameters.cayaMaximumAgeYears
      ? (['OUTSIDE_CAYA_AGE_RANGE'] as const)
      : []),
    ...(hadExtramedullaryDisease(context) ? (['EM_DISEASE_NOTE'] as const) : []),
  ];
}

/** Completed years of age that are certain: a birth known to the year counts from the end of it. */
function completedYears(birth: PartialDate | undefined, on: PartialDate | undefined): number | undefined {
  if (birth === undefined || on === undefined) return undefined;
  const born = latestDay(birth);
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The last status with disease before the infusion named a site outside the marrow. */
function hadExtramedullaryDisease(context: HctContext): boolean {
  const before = context.record.observations.diseaseStatus
    .filter((status) => {
      const day = dayOfFact(context, status);
      const isBefore =
        day === undefined ? latestDay(status.date) < earliestDay(context.course.infusion.date) : day <= 0;
      return isBefore && isDisease(status);
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
  const lastDate = before.at(-1)?.date;
  return before.filter(({ date }) => date === lastDate).some(isExtramedullary);
}

function isDisease({ status }: DiseaseStatus): boolean {
  return status === 'RELAPSE' || status === 'PROGRESSIVE' || status === 'NR';
}

function isExtramedullary({ level, sites = [] }: DiseaseStatus): boolean {
  return level === 'EXTRAMEDULLARY' || sites.some((site) => site !== 'MARROW');
}
