import { addMonthsClamped, daysBetween } from '../../core/partial-date.ts';
import type { Tristate } from '../../core/tristate.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import { dateFact, joinEvidence } from '../record/fact-date.ts';
import { latestAssertion } from '../record/latest-assertion.ts';
import type { RiskFlagReading } from './risk-flag-reading.ts';

/**
 * Whether the first relapse after the latest allogeneic HCT before the infusion came less than so many months after
 * it; exactly so many months is not less (COM L7). Never transplanted is a no where it is stated.
 */
export function relapseSoonAfterHct(frame: CourseFrame, months: number): RiskFlagReading {
  const { record, dates, infusion } = frame;
  const threshold = `< ${months} months`;
  const day = (fact: { readonly date: string; readonly course?: number }) =>
    dateFact(fact.date, fact.course, dates).date;
  const grafts = record.hcts.filter((hct) => hct.kind !== 'AUTOLOGOUS' && day(hct) < infusion.date);
  const [graft] = [...grafts].sort((a, b) => (day(a) < day(b) ? 1 : -1));
  if (graft === undefined) {
    const stated = latestAssertion(record, 'PRIOR_ALLOGENEIC_HCT');
    return {
      status: stated.status === 'NOT_MET' ? 'NOT_MET' : 'UNKNOWN',
      threshold,
      evidence: stated.evidence,
    };
  }
  const [relapse] = record.observations.diseaseStatus
    .filter(
      (status) => status.status === 'RELAPSE' && day(status) > day(graft) && day(status) <= infusion.date,
    )
    .sort((a, b) => (day(a) < day(b) ? -1 : 1));
  if (relapse === undefined) return { status: 'UNKNOWN', threshold, evidence: graft.sources };
  const early: Tristate = day(relapse) < addMonthsClamped(day(graft), months) ? 'MET' : 'NOT_MET';
  return {
    status: graft.kind === 'UNKNOWN' && early === 'MET' ? 'UNKNOWN' : early,
    observed: `${daysBetween(day(graft), day(relapse))} days`,
    threshold,
    evidence: joinEvidence([graft.sources, relapse.sources]),
  };
}
