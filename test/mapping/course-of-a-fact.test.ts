import type { Resource } from '@medplum/fhirtypes';
import { addDays } from '../../src/core/partial-date.ts';
import {
  ATC,
  administration,
  CPT,
  concept,
  LOINC,
  observation,
  procedure,
  quantity,
} from '../support/fhir-shapes.ts';
import { contentAt, mapResources } from '../support/map-resources.ts';

/** Two courses, infused on 2022-01-01 and 2022-06-15. */
const infusion = (id: string, date: string): Resource =>
  administration(`${ATC}|L01XL04`, { id, effectiveDateTime: date });
const COURSES = [infusion('first', '2022-01-01'), infusion('second', '2022-06-15')];

const blasts = (date: string): Resource =>
  observation(`${LOINC}|11150-0`, { effectiveDateTime: date, valueQuantity: quantity(3, '%') });

/** The latest infusion before the day; a partial date tells it only where each of its days would tell the same. */
it.each<[string, string, number | undefined]>([
  ['a day between the infusions', '2022-03-01', 1],
  ['the day of the first infusion, before it', '2022-01-01', 0],
  ['the day after the first infusion', '2022-01-02', 1],
  ['the day of the second infusion, before it', '2022-06-15', 1],
  ['the day after the second infusion', '2022-06-16', 2],
  ['a month between the infusions', '2022-03', 1],
  ['the month after the second infusion', '2022-07', 2],
  ['the month of the second infusion, before or after it', '2022-06', undefined],
  ['the month before both', '2021-12', 0],
  ['the year of both', '2022', undefined],
  ['the year after both', '2023', 2],
])('%s', (_, date, course) => {
  const [fact] = mapResources(...COURSES, blasts(date)).observations.marrowBlasts;
  expect(fact?.date).toBe(date);
  expect(fact?.course).toBe(course);
});

it('without an infusion there is no course to belong to', () => {
  expect(mapResources(blasts('2022-03')).observations.marrowBlasts[0]?.course).toBeUndefined();
});

it.each([
  ['the day before', '2021-12-31', 1, 0],
  ['the day of the infusion', '2022-01-01', 0, 1],
  ['the month before', '2021-12', 1, 0],
  ['the month of the infusion, taken as its middle', '2022-01', 0, 1],
])('a therapy of %s the first infusion', (_, date, prior, later) => {
  const record = mapResources(
    ...COURSES,
    administration(`${ATC}|L01FX07`, { id: 'blina', effectiveDateTime: date }),
  );
  expect([record.priorTherapies.length, record.laterTherapies.length]).toEqual([prior, later]);
});

it.each([
  ['90 days', addDays('2022-01-01', 90), 1],
  ['none', '2022-01-01', 0],
])('a second malignancy %s after the infusion', (_, date, count) => {
  const malignancy: Resource = {
    resourceType: 'Condition',
    id: 'mds',
    subject: { reference: 'Patient/p' },
    code: concept('http://hl7.org/fhir/sid/icd-10-cm|C92.00'),
    onsetDateTime: date,
  };
  expect(contentAt(mapResources(...COURSES, malignancy), 'followUp.secondMalignancies')).toHaveLength(count);
});

it('an infusion and an HCT of one day are both there', () => {
  const record = mapResources(...COURSES, procedure(`${CPT}|38240`, { performedDateTime: '2022-01-01' }));
  expect([record.courses.length, record.hcts.length]).toEqual([2, 1]);
});
