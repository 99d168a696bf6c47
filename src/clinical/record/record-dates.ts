import type { CohortRecord, PartialDate, Source } from '../../cohort/cohort-record.generated.ts';
import { imputeDate } from '../../core/partial-date.ts';
import { dateFact, type FactDate, joinEvidence, type KnownDates, limitsWithin } from './fact-date.ts';

/** The last day on which something in the record shows the patient alive. */
interface LastContact extends FactDate {
  /** As the record wrote it. */
  readonly written: PartialDate;
  readonly evidence: readonly Source[];
}

/** A death, dated where the record tells its day or month. */
interface KnownDeath {
  /** Absent for a death without a date, or known to the year only, which may not be imputed. */
  readonly on?: FactDate;
  /** First day that the death may fall on, where the record says a year. */
  readonly written?: PartialDate;
  readonly fromLeukemia: boolean;
  readonly evidence: readonly Source[];
}

/** Everything about a record's dates that single facts need to be placed in time. */
export interface RecordDates extends KnownDates {
  readonly lastContact?: LastContact;
  readonly deathRecorded?: KnownDeath;
}

interface Contact {
  readonly date: PartialDate;
  readonly course?: number;
  readonly sources: readonly Source[];
}

/**
 * Reads the infusions, the death and the last contact of a record. The last contact is the latest day of
 * anything that was done to or measured in the patient, not only of what says so by name; a statement about
 * the patient (`assertions`) or "dead" is none, nor is a fact that a finding calls dated in the future.
 */
export function deriveRecordDates(record: CohortRecord): RecordDates {
  const contacts = contactsOf(record);
  const latestFull = latestFullDate(contacts);
  const infusions = dateInfusions(record, latestFull);
  const death = deriveDeath(record, latestFull);
  const bounds: KnownDates = {
    infusions,
    ...(death?.on === undefined ? {} : { death: death.on }),
    ...(latestFull === undefined ? {} : { latestFullContact: latestFull }),
  };
  const lastContact = latestContact(contacts, bounds);
  return {
    ...bounds,
    ...(lastContact === undefined ? {} : { lastContact }),
    ...(death === undefined ? {} : { deathRecorded: death }),
  };
}

function contactsOf(record: CohortRecord): readonly (readonly Contact[])[] {
  const { observations: seen, followUp } = record;
  const lists: (readonly Contact[])[] = [
    record.courses.map((course) => course.infusion).filter((infusion) => infusion.date.length !== 4),
    record.hcts,
    record.laterTherapies,
    seen.diseaseStatus,
    seen.marrowBlasts,
    seen.mrd,
    seen.bCells,
    (seen.collections ?? []).filter((collection) => collection.kind !== 'INFUSION_NOT_DONE'),
    seen.laboratory ?? [],
    seen.vitalSigns ?? [],
    seen.oxygenSupport ?? [],
    seen.clinicalSigns ?? [],
    seen.neuroAssessments ?? [],
    seen.toxicityGrades ?? [],
    seen.supportiveDrugs ?? [],
    seen.infections ?? [],
    seen.intensiveCare ?? [],
    seen.transgene ?? [],
    followUp.secondMalignancies,
    followUp.vitalStatus.filter((status) => status.status !== 'DEAD'),
    followUp.lastContact === undefined ? [] : [followUp.lastContact],
  ];
  const unreliable = futureReferences(record);
  if (unreliable.size === 0) return lists;
  return lists.map((list) => list.filter((fact) => !fact.sources.every((s) => unreliable.has(s.reference))));
}

/** Resources dated after they were received: their date proves nothing (inputs, "last contact"). */
function futureReferences(record: CohortRecord): ReadonlySet<string> {
  const references = new Set<string>();
  for (const finding of record.findings) {
    if (finding.code === 'date-in-future' && finding.reference !== undefined)
      references.add(finding.reference);
  }
  return references;
}

function latestFullDate(lists: readonly (readonly Contact[])[]): PartialDate | undefined {
  let latest: PartialDate | undefined;
  for (const list of lists) {
    for (const { date } of list) {
      if (date.length === 10 && (latest === undefined || date > latest)) latest = date;
    }
  }
  return latest;
}

function latestContact(lists: readonly (readonly Contact[])[], bounds: KnownDates): LastContact | undefined {
  let best: { readonly fact: FactDate; readonly contact: Contact } | undefined;
  for (const list of lists) {
    for (const contact of list) {
      if (contact.date.length === 10 && best !== undefined && contact.date < best.fact.date) continue;
      const fact = dateFact(contact.date, contact.course, bounds);
      if (best === undefined || isBetter(fact, contact, best)) best = { fact, contact };
    }
  }
  if (best === undefined) return undefined;
  return { ...best.fact, written: best.contact.date, evidence: best.contact.sources };
}

/** Later wins; on one day the full date, then the smaller reference, so that order does not matter. */
function isBetter(
  fact: FactDate,
  contact: Contact,
  best: { readonly fact: FactDate; readonly contact: Contact },
): boolean {
  if (fact.date !== best.fact.date) return fact.date > best.fact.date;
  if (fact.dateImputed !== best.fact.dateImputed) return best.fact.dateImputed;
  return (contact.sources[0]?.reference ?? '') < (best.contact.sources[0]?.reference ?? '');
}

/** An infusion known to the month lies after its lymphodepletion and between its neighbours; a year is no date. */
function dateInfusions(
  record: CohortRecord,
  latestFull: PartialDate | undefined,
): ReadonlyMap<number, FactDate> {
  const dated = new Map<number, FactDate>();
  for (const [index, course] of record.courses.entries()) {
    const { date } = course.infusion;
    if (date.length === 4) continue;
    const next = record.courses[index + 1]?.infusion.date;
    const earlier = [
      dated.get(course.number - 1)?.date,
      ...course.lymphodepletion.map((drug) => drug.endDate ?? drug.date),
    ];
    const full = (day: PartialDate | undefined): boolean => day?.length === 10;
    const limits = limitsWithin(date, earlier.filter(full), [next, latestFull].filter(full));
    const { date: day, imputed, spanDays } = imputeDate(date, limits);
    dated.set(course.number, { date: day, dateImputed: imputed, spanDays });
  }
  return dated;
}

/** "Dead" as a vital status without a death record is a death without a date: its day is that of the report. */
function deriveDeath(record: CohortRecord, latestFull: PartialDate | undefined): KnownDeath | undefined {
  const { death, vitalStatus } = record.followUp;
  if (death === undefined) {
    const reports = vitalStatus.filter((status) => status.status === 'DEAD');
    if (reports.length === 0) return undefined;
    return { fromLeukemia: false, evidence: joinEvidence(reports.map((report) => report.sources)) };
  }
  const known = { fromLeukemia: death.cause === 'LEUKEMIA', evidence: death.sources };
  if (death.date === undefined) return known;
  if (death.date.length === 4) return { ...known, written: death.date };
  const limits = limitsWithin(death.date, [latestFull], []);
  const { date, imputed, spanDays } = imputeDate(death.date, limits);
  return { ...known, written: death.date, on: { date, dateImputed: imputed, spanDays } };
}
