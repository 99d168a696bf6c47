import type { CohortRecord, Course, Source, Therapy } from '../../cohort/cohort-record.generated.ts';
import { dayNumber } from '../../core/partial-date.ts';
import { cd19Courses } from '../course/courses.ts';
import { type DatedFact, datedFact, dateFact } from './fact-date.ts';
import type { RecordDates } from './record-dates.ts';

/** Given for the leukaemia after an infusion. `SUPPORT` is bridging, lymphodepletion, prophylaxis, conditioning. */
export type TherapyRole = 'NEW_THERAPY' | 'MAINTENANCE' | 'HCT' | 'REINFUSION' | 'SUPPORT';

export interface TherapyEvent extends DatedFact {
  readonly role: TherapyRole;
  /** The record says that it was given because the infusion did not work. */
  readonly forLackOfEfficacy: boolean;
  /** Directed at the leukaemia's antigens or kinase: MRD after it is no longer the CAR-T cells' doing. */
  readonly targeted: boolean;
}

export interface TherapyParameters {
  /** Chemotherapy or irradiation without a stated intent this close before a transplantation conditions it. */
  readonly conditioningDays: number;
}

/** Project convention: conditioning regimens last under two weeks. */
const DEFAULTS: TherapyParameters = { conditioningDays: 14 };

const TARGETED: ReadonlySet<Therapy['kind']> = new Set([
  'BLINATUMOMAB',
  'INOTUZUMAB',
  'RITUXIMAB',
  'TYROSINE_KINASE_INHIBITOR',
]);
const CONDITIONS: ReadonlySet<Therapy['kind']> = new Set(['CHEMOTHERAPY', 'RADIOTHERAPY', 'OTHER']);

/**
 * Every therapy that starts after the course's infusion day, sorted by day. A transplantation counts whatever its
 * kind: an autologous or unspecified one changes the course of the disease as well. A CAR-T infusion against
 * another antigen is a new therapy; one whose date is known to the year only has no day and is not here.
 */
export function deriveTherapyEvents(
  record: CohortRecord,
  course: Course,
  dates: RecordDates,
  parameters: TherapyParameters = DEFAULTS,
): readonly TherapyEvent[] {
  const infusion = dates.infusions.get(course.number);
  if (infusion === undefined) return [];
  const infusionDay = dayNumber(infusion.date);
  const events: TherapyEvent[] = [];
  for (const therapy of record.laterTherapies) {
    const fact = datedFact(dateFact(therapy.date, therapy.course, dates), infusionDay, therapy.sources);
    if (fact.day <= 0) continue;
    events.push({
      ...fact,
      role: roleOf(therapy, record, dates, parameters),
      forLackOfEfficacy: therapy.reason === 'LACK_OF_EFFICACY',
      targeted: TARGETED.has(therapy.kind),
    });
  }
  for (const hct of record.hcts) {
    const fact = datedFact(dateFact(hct.date, hct.course, dates), infusionDay, hct.sources);
    if (fact.day > 0) events.push({ ...fact, role: 'HCT', forLackOfEfficacy: false, targeted: false });
  }
  events.push(...laterInfusions(record, course, dates, infusionDay));
  return events.sort((a, b) => a.day - b.day || compareSources(a.evidence, b.evidence));
}

function laterInfusions(
  record: CohortRecord,
  course: Course,
  dates: RecordDates,
  infusionDay: number,
): readonly TherapyEvent[] {
  const counted = new Set(cd19Courses(record).map(({ number }) => number));
  const events: TherapyEvent[] = [];
  for (const { number, infusion } of record.courses) {
    const on = dates.infusions.get(number);
    if (number === course.number || on === undefined) continue;
    const fact = datedFact(on, infusionDay, infusion.sources);
    if (fact.day <= 0) continue;
    const role = counted.has(number) ? 'REINFUSION' : 'NEW_THERAPY';
    events.push({ ...fact, role, forLackOfEfficacy: false, targeted: true });
  }
  return events;
}

/** What a therapy counts as; without a stated intent by its kind (inputs, "later anti-leukaemic therapy"). */
function roleOf(
  therapy: Therapy,
  record: CohortRecord,
  dates: RecordDates,
  parameters: TherapyParameters,
): TherapyRole {
  const { intent, sources } = therapy;
  const stated = intent !== undefined && !sources.every(({ flags }) => flags?.includes('INTENT_ASSUMED'));
  if (!stated && (isLymphodepletion(therapy, record) || isConditioning(therapy, record, dates, parameters))) {
    return 'SUPPORT';
  }
  if (intent === undefined) return roleByKind(therapy.kind);
  return intent === 'NEW_THERAPY' || intent === 'MAINTENANCE' ? intent : 'SUPPORT';
}

function roleByKind(kind: Therapy['kind']): TherapyRole {
  if (kind === 'TYROSINE_KINASE_INHIBITOR') return 'MAINTENANCE';
  return kind === 'INTRATHECAL' ? 'SUPPORT' : 'NEW_THERAPY';
}

function isLymphodepletion(therapy: Therapy, record: CohortRecord): boolean {
  if (therapy.agent === undefined) return false;
  return record.courses.some((course) =>
    course.lymphodepletion.some(({ agent, date }) => agent === therapy.agent && date === therapy.date),
  );
}

function isConditioning(
  therapy: Therapy,
  record: CohortRecord,
  dates: RecordDates,
  { conditioningDays }: TherapyParameters,
): boolean {
  if (!CONDITIONS.has(therapy.kind)) return false;
  const start = dayNumber(dateFact(therapy.date, therapy.course, dates).date);
  return record.hcts.some((hct) => {
    const graft = dayNumber(dateFact(hct.date, hct.course, dates).date);
    const from =
      hct.conditioningStart === undefined
        ? graft - conditioningDays
        : dayNumber(dateFact(hct.conditioningStart, hct.course, dates).date);
    return start >= from && start <= graft;
  });
}

function compareSources(a: readonly Source[], b: readonly Source[]): number {
  const left = a[0]?.reference ?? '';
  const right = b[0]?.reference ?? '';
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
