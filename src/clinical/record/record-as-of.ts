import type {
  CohortRecord,
  FollowUp,
  Observations,
  PartialDate,
  ToxicityGrade,
} from '../../cohort/cohort-record.generated.ts';
import { earliestDay, latestDay } from '../../core/partial-date.ts';
import { dateFact } from './fact-date.ts';
import { deriveRecordDates, type RecordDates } from './record-dates.ts';

/**
 * The record as it could have been known at the end of `asOf`: facts dated later do not exist. What they prove
 * stays: `followUp.lastContact` is the last day on which anything shows the patient alive, be it after `asOf`
 * (clinical specification 4.4 rule 4). A partial date counts by the day imputed for it; an infusion or a death
 * known to the year, which may not be imputed, counts from the first day of that year. An undated death is
 * dropped where the patient is known to have lived past `asOf`.
 */
export function recordAsOf(record: CohortRecord, asOf: PartialDate): CohortRecord {
  const cut = latestDay(asOf);
  const known = deriveRecordDates(record);
  const exists = (fact: { readonly date: PartialDate; readonly course?: number }): boolean =>
    fact.date.length === 10 ? fact.date <= cut : dateFact(fact.date, fact.course, known).date <= cut;
  const existsOrUndated = (fact: { readonly date?: PartialDate }): boolean =>
    fact.date === undefined || exists({ date: fact.date });
  return {
    ...record,
    disease: {
      diagnoses: record.disease.diagnoses.filter(existsOrUndated),
      cytogenetics: record.disease.cytogenetics.filter(existsOrUndated),
    },
    priorTherapies: record.priorTherapies.filter(exists).map((therapy) => withoutLaterEnd(therapy, cut)),
    hcts: record.hcts.filter(exists),
    courses: record.courses.filter(
      ({ number, infusion }) => (known.infusions.get(number)?.date ?? earliestDay(infusion.date)) <= cut,
    ),
    observations: observationsAsOf(record.observations, cut, exists, existsOrUndated),
    laterTherapies: record.laterTherapies.filter(exists).map((therapy) => withoutLaterEnd(therapy, cut)),
    followUp: followUpAsOf(record.followUp, known, cut, exists),
  };
}

function observationsAsOf(
  seen: Observations,
  cut: PartialDate,
  exists: (fact: { readonly date: PartialDate; readonly course?: number }) => boolean,
  existsOrUndated: (fact: { readonly date?: PartialDate }) => boolean,
): Observations {
  return {
    ...seen,
    diseaseStatus: seen.diseaseStatus.filter(exists),
    marrowBlasts: seen.marrowBlasts.filter(exists),
    mrd: seen.mrd.filter(exists),
    bCells: seen.bCells.filter(exists),
    assertions: seen.assertions.filter(existsOrUndated),
    ...(seen.collections && { collections: seen.collections.filter(exists) }),
    ...(seen.laboratory && { laboratory: seen.laboratory.filter(exists) }),
    ...(seen.vitalSigns && { vitalSigns: seen.vitalSigns.filter(exists) }),
    ...(seen.oxygenSupport && { oxygenSupport: seen.oxygenSupport.filter(exists) }),
    ...(seen.clinicalSigns && { clinicalSigns: seen.clinicalSigns.filter(exists) }),
    ...(seen.neuroAssessments && { neuroAssessments: seen.neuroAssessments.filter(exists) }),
    ...(seen.toxicityGrades && {
      toxicityGrades: seen.toxicityGrades
        .filter((grade) => exists(grade) && existsOrUndated(decisionOf(grade)))
        .map((grade) => withoutLaterEnd(grade, cut)),
    }),
    ...(seen.supportiveDrugs && {
      supportiveDrugs: seen.supportiveDrugs.filter(exists).map((drug) => withoutLaterEnd(drug, cut)),
    }),
    ...(seen.infections && {
      infections: seen.infections.filter(exists).map((infection) => withoutLaterEnd(infection, cut)),
    }),
    ...(seen.intensiveCare && {
      intensiveCare: seen.intensiveCare.filter(exists).map((stay) => withoutLaterEnd(stay, cut)),
    }),
    ...(seen.transgene && { transgene: seen.transgene.filter(exists) }),
  };
}

/** An adjudication does not exist before the day on which it was made. */
function decisionOf({ method, decidedOn }: ToxicityGrade): { readonly date?: PartialDate } {
  return method !== 'ADJUDICATED' || decidedOn === undefined ? {} : { date: decidedOn };
}

interface Lasting {
  readonly endDate?: PartialDate;
  readonly endTime?: string;
  readonly endEpochMinute?: number;
}

/** What goes on past the day has no end yet. */
function withoutLaterEnd<Fact extends Lasting>(
  fact: Fact,
  cut: PartialDate,
): Fact | Omit<Fact, keyof Lasting> {
  if (fact.endDate === undefined || earliestDay(fact.endDate) <= cut) return fact;
  const { endDate: _date, endTime: _time, endEpochMinute: _minute, ...rest } = fact;
  return rest;
}

function followUpAsOf(
  followUp: FollowUp,
  known: RecordDates,
  cut: PartialDate,
  exists: (fact: { readonly date: PartialDate }) => boolean,
): FollowUp {
  const { death, lastContact: _, ...rest } = followUp;
  const contact = lastProofOfLife(known, cut);
  return {
    ...rest,
    ...(death !== undefined && deathCounts(known, cut) ? { death } : {}),
    ...(contact === undefined ? {} : { lastContact: contact }),
    // A later "alive" proves survival; a later "dead" is a fact that does not exist yet.
    vitalStatus: followUp.vitalStatus.filter((status) => status.status !== 'DEAD' || exists(status)),
    secondMalignancies: followUp.secondMalignancies.filter(exists),
  };
}

function deathCounts(known: RecordDates, cut: PartialDate): boolean {
  const death = known.deathRecorded;
  if (death?.on !== undefined) return death.on.date <= cut;
  if (death?.written !== undefined && earliestDay(death.written) > cut) return false;
  return known.lastContact === undefined || known.lastContact.date <= cut;
}

/** A death after `cut` shows that the patient lived until then. */
function lastProofOfLife(known: RecordDates, cut: PartialDate): FollowUp['lastContact'] {
  const { lastContact, deathRecorded: death } = known;
  const livedUntil =
    death?.on?.date ?? (death?.written === undefined ? undefined : earliestDay(death.written));
  if (
    death !== undefined &&
    livedUntil !== undefined &&
    livedUntil > cut &&
    livedUntil > (lastContact?.date ?? '')
  ) {
    return { date: livedUntil, sources: death.evidence };
  }
  return lastContact && { date: lastContact.written, sources: lastContact.evidence };
}
