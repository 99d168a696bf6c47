import type { Cytogenetics } from '../../cohort/cohort-record.generated.ts';
import { fromBoolean } from '../../core/tristate.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import { joinEvidence } from '../record/fact-date.ts';
import type { RiskFlagReading } from './risk-flag-reading.ts';

/** Whether the leukaemia ever showed a marker; one that was never looked for is not known. */
export function cytogeneticMarker({ record }: CourseFrame, name: Cytogenetics['marker']): RiskFlagReading {
  const results = record.disease.cytogenetics.filter((result) => result.marker === name);
  const found = results.filter(({ present }) => present);
  const deciding = found.length > 0 ? found : results;
  return {
    status: results.length === 0 ? 'UNKNOWN' : fromBoolean(found.length > 0),
    evidence: joinEvidence(deciding.map(({ sources }) => sources)),
  };
}
