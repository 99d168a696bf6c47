/** The canonical record of one person from the facts that its resources state. */
import type { CohortRecord, Course, Patient } from '../cohort/cohort-record.generated.ts';
import type { Finding } from '../core/finding.ts';
import { earliestDay, imputeDate, latestDay, type PartialDate } from '../core/partial-date.ts';
import { assembleCourses, doseConflicts } from './assemble-courses.ts';
import { assembleFollowUp, type Contact } from './assemble-follow-up.ts';
import { assumeIntents } from './assume-intent.ts';
import { withCellsInProduct } from './cells-in-product.ts';
import { chooseValue } from './choose-value.ts';
import { contradictions } from './contradictions.ts';
import { completeDoses } from './dose-by-weight.ts';
import type { Fact, FactOf, FactValue } from './fact.ts';
import type { FactKind } from './fact-map.ts';
import { implausibleFacts } from './implausible-facts.ts';
import type { ItemByKind } from './item-by-kind.ts';
import { joinFacts } from './join-facts.ts';
import { latestStatements } from './latest-statements.ts';
import { recordItem, sortContent } from './record-list.ts';
import { joinRepeatedStatus, newMalignancies } from './repeated-diagnoses.ts';
import { takeLymphodepletion, withExposures } from './take-lymphodepletion.ts';

const MODEL_VERSION = '1.0.0';

/** `contacts` are days on which the person was seen, for where no vital status was sent. */
export function assembleRecord(
  id: string,
  facts: readonly Fact[],
  contacts: readonly Contact[],
  findings: readonly Finding[],
): CohortRecord {
  const byKind = Map.groupBy(facts, ({ kind }) => kind);
  const of = <K extends FactKind>(kind: K): readonly FactOf<K>[] =>
    (byKind.get(kind) ?? []).filter((fact): fact is FactOf<K> => fact.kind === kind);
  const joined = <K extends FactKind>(kind: K): readonly FactOf<K>[] => joinFacts(of(kind));
  const birth = chooseValue('value', of('birthDate'));
  const sex = chooseValue('value', of('sex'));
  const taken = takeLymphodepletion(
    assembleCourses(of('infusion')),
    joined('therapy'),
    joined('therapyOrder'),
  );
  const { courses, others } = taken;
  const first = courses[0]?.infusion.date;
  const intended = assumeIntents(others, first);
  const therapies = sortFacts(intended.therapies, courses);
  const { followUp, findings: followUpFindings } = assembleFollowUp(
    of('death'),
    joined('vitalStatus'),
    joinFacts(newMalignancies(of('secondMalignancy'), first)),
    contacts,
  );
  const status = joinRepeatedStatus(of('diseaseStatus'));
  const stated = latestStatements(of('assertion'));
  const vitalSigns = sortFacts(joined('vitalSign'), courses);
  const record: CohortRecord = {
    modelVersion: MODEL_VERSION,
    id,
    patient: {
      ...(birth.chosen === undefined ? {} : { birthDate: birth.chosen }),
      ...(sex.chosen === undefined ? {} : { sex: sex.chosen }),
    } as Patient,
    disease: {
      diagnoses: sortFacts(diagnoses(of('diagnosis'), of('diagnosisRefuted')), []),
      cytogenetics: sortFacts(joined('cytogenetics'), []),
    },
    priorTherapies: therapies.filter(({ date }) => first === undefined || isBefore(date, first)),
    hcts: sortFacts(joined('hct'), courses),
    courses: completeDoses(
      withExposures(withCellsInProduct(courses, joined('cellsInProduct')), joined('fludarabineExposure')),
      vitalSigns,
    ).map((course) => ({ ...course, lymphodepletion: sortContent(course.lymphodepletion) })),
    observations: {
      diseaseStatus: sortFacts(joinFacts(status.facts), courses),
      marrowBlasts: sortFacts(joined('marrowBlasts'), courses),
      mrd: sortFacts(joined('mrd'), courses),
      bCells: sortFacts(joined('bCells'), courses),
      assertions: sortFacts(joinFacts(stated.facts), []),
      collections: sortFacts([...joined('collection'), ...joined('infusionNotDone').map(notInfused)], []),
      laboratory: sortFacts(joined('laboratory'), courses),
      vitalSigns,
      oxygenSupport: sortFacts(joined('oxygenSupport'), courses),
      clinicalSigns: sortFacts(joined('clinicalSign'), courses),
      neuroAssessments: sortFacts(joined('neuroAssessment'), courses),
      toxicityGrades: sortFacts(joined('toxicityGrade'), courses),
      supportiveDrugs: sortFacts(joined('supportiveDrug'), courses),
      infections: sortFacts(joined('infection'), courses),
      intensiveCare: sortFacts(joined('intensiveCare').map(withoutPlace), courses),
      transgene: sortFacts(joined('transgene'), courses),
    },
    laterTherapies: therapies.filter(({ date }) => first !== undefined && !isBefore(date, first)),
    followUp,
    findings: [],
  };
  const all = [
    ...findings,
    ...birth.findings,
    ...sex.findings,
    ...followUpFindings,
    ...taken.findings,
    ...intended.findings,
    ...status.findings,
    ...stated.findings,
    ...doseConflicts(of('infusion')),
    ...contradictions(record),
    ...implausibleFacts(record),
    ...productFindings(courses),
  ];
  return { ...record, findings: sortContent(all) };
}

function productFindings(courses: readonly Course[]): readonly Finding[] {
  return courses.flatMap(({ product, infusion }) => {
    const [source] = infusion.sources;
    const at = source === undefined ? {} : { reference: source.reference };
    const sameDay = courses.filter((other) => other.infusion.date === infusion.date).length > 1;
    return [
      ...(product.code === 'UNKNOWN' ? [{ ...productFinding('infusion-without-product'), ...at }] : []),
      ...(sameDay ? [{ ...productFinding('values-conflict'), ...at }] : []),
    ];
  });
}

const PRODUCT_MESSAGES = {
  'infusion-without-product': 'A CAR-T infusion names no product.',
  'values-conflict': 'Infusions of one day name different products; each is a course.',
} as const;

function productFinding(code: keyof typeof PRODUCT_MESSAGES): Finding {
  return { code, severity: 'warning', message: PRODUCT_MESSAGES[code] };
}

function diagnoses(
  confirmed: readonly FactOf<'diagnosis'>[],
  refuted: readonly FactOf<'diagnosisRefuted'>[],
): readonly FactOf<'diagnosis'>[] {
  const negative = joinFacts(refuted).map((fact) => ({
    ...fact,
    kind: 'diagnosis' as const,
    elements: { ...fact.elements, verification: 'REFUTED' },
  }));
  return [...joinFacts(confirmed), ...negative];
}

function notInfused(fact: FactOf<'infusionNotDone'>): FactOf<'collection'> {
  const { date } = fact.elements;
  const elements = { ...(date === undefined ? {} : { date }), kind: 'INFUSION_NOT_DONE' };
  return { ...fact, kind: 'collection', elements };
}

/** What the place was has served to find the stay. */
function withoutPlace<F extends Fact>(fact: F): F {
  const { place: _, ...elements } = fact.elements;
  return { ...fact, elements };
}

/** Days known to the month or year stand where clinical specification 0.2 imputes them. */
function isBefore(date: PartialDate, first: PartialDate): boolean {
  return imputeDate(date).date < imputeDate(first).date;
}

/** Facts as the record carries them: content, course, sources; sorted by date, then content. */
function sortFacts<K extends keyof ItemByKind>(
  facts: readonly FactOf<K>[],
  courses: readonly Course[],
): readonly ItemByKind[K][] {
  return sortContent(facts.map((fact) => recordItem(fact, courseOn(fact.elements['date'], courses))));
}

/** The latest infusion before that day; a fact of the day of infusion belongs to the course before. */
function courseOn(date: FactValue | undefined, courses: readonly Course[]): number | undefined {
  if (typeof date !== 'string' || courses.length === 0) return undefined;
  const course = coursesBefore(earliestDay(date), courses);
  return date.length === 10 || course === coursesBefore(latestDay(date), courses) ? course : undefined;
}

function coursesBefore(day: PartialDate, courses: readonly Course[]): number {
  let count = 0;
  for (const { infusion } of courses) if (earliestDay(infusion.date) < day) count++;
  return count;
}
