import { deriveRecordDates } from '../../../src/clinical/record/record-dates.ts';
import { deriveTherapyEvents } from '../../../src/clinical/record/therapy-events.ts';
import type { Therapy } from '../../../src/cohort/cohort-record.generated.ts';
import { on } from '../../support/endpoint-case.ts';
import {
  courseOn,
  from,
  hctOn,
  infusedOn,
  type RecordParts,
  recordOf,
  therapyOn,
} from '../../support/record-builder.ts';

function rolesOf(parts: RecordParts): readonly string[] {
  const courses = parts.courses ?? infusedOn(on(0));
  const record = recordOf({ ...parts, courses });
  const [course] = courses;
  if (course === undefined) throw new Error('no course');
  return deriveTherapyEvents(record, course, deriveRecordDates(record)).map(
    ({ day, role }) => `${day} ${role}`,
  );
}

const ASSUMED = from('MedicationAdministration/a', ['INTENT_ASSUMED']);

describe('what a therapy counts as', () => {
  it.each<[string, Therapy, string]>([
    [
      'stated new therapy',
      therapyOn(on(60), 'TYROSINE_KINASE_INHIBITOR', { intent: 'NEW_THERAPY' }),
      'NEW_THERAPY',
    ],
    ['stated maintenance', therapyOn(on(60), 'BLINATUMOMAB', { intent: 'MAINTENANCE' }), 'MAINTENANCE'],
    ['stated bridging', therapyOn(on(60), 'CHEMOTHERAPY', { intent: 'BRIDGING' }), 'SUPPORT'],
    ['stated lymphodepletion', therapyOn(on(60), 'CHEMOTHERAPY', { intent: 'LYMPHODEPLETION' }), 'SUPPORT'],
    ['stated prophylaxis', therapyOn(on(60), 'DLI', { intent: 'PROPHYLAXIS' }), 'SUPPORT'],
    ['kinase inhibitor', therapyOn(on(60), 'TYROSINE_KINASE_INHIBITOR'), 'MAINTENANCE'],
    ['intrathecal', therapyOn(on(60), 'INTRATHECAL'), 'SUPPORT'],
    ['antibody', therapyOn(on(60), 'INOTUZUMAB'), 'NEW_THERAPY'],
    ['irradiation', therapyOn(on(60), 'RADIOTHERAPY'), 'NEW_THERAPY'],
    ['anything else', therapyOn(on(60), 'OTHER'), 'NEW_THERAPY'],
  ])('%s', (_, therapy, role) => {
    expect(rolesOf({ therapies: [therapy] })).toEqual([`60 ${role}`]);
  });

  it.each<[string, Partial<Therapy>, number, string]>([
    ['14 days before', {}, 76, 'SUPPORT'],
    ['15 days before', {}, 75, 'NEW_THERAPY'],
    ['on the day', {}, 90, 'SUPPORT'],
    ['the day after', {}, 91, 'NEW_THERAPY'],
    ['an intent that was only assumed', { intent: 'NEW_THERAPY', sources: ASSUMED }, 80, 'SUPPORT'],
    ['an intent that was stated', { intent: 'NEW_THERAPY' }, 80, 'NEW_THERAPY'],
  ])('chemotherapy %s of a transplantation conditions it or not', (_, more, day, role) => {
    const roles = rolesOf({ therapies: [therapyOn(on(day), 'CHEMOTHERAPY', more)], hcts: [hctOn(on(90))] });
    expect(roles).toContain(`${day} ${role}`);
  });

  it('a recorded start of conditioning decides instead', () => {
    const hcts = [hctOn(on(90), { conditioningStart: on(70) })];
    const therapies = [therapyOn(on(69), 'CHEMOTHERAPY'), therapyOn(on(70), 'RADIOTHERAPY')];
    expect(rolesOf({ hcts, therapies })).toEqual(['69 NEW_THERAPY', '70 SUPPORT', '90 HCT']);
  });

  it('the lymphodepletion of a later course is no therapy of its own', () => {
    const second = {
      ...courseOn(2, on(100), 'tisagenlecleucel'),
      lymphodepletion: [
        { agent: 'fludarabine', date: on(95), sources: from('MedicationAdministration/flu') },
      ],
    };
    const therapies = [therapyOn(on(95), 'CHEMOTHERAPY', { agent: 'fludarabine' })];
    expect(rolesOf({ courses: [...infusedOn(on(0)), second], therapies })).toEqual([
      '95 SUPPORT',
      '100 REINFUSION',
    ]);
  });

  it('only what starts after the infusion day, sorted', () => {
    const therapies = [-1, 300, 0, 20].map((day) => therapyOn(on(day), 'DLI'));
    expect(rolesOf({ therapies })).toEqual(['20 NEW_THERAPY', '300 NEW_THERAPY']);
  });

  it('an infusion against another antigen, and one whose day is not known', () => {
    const courses = [
      ...infusedOn(on(0)),
      courseOn(2, on(50), 'ciltacabtagene-autoleucel'),
      courseOn(3, '2023', 'tisagenlecleucel'),
    ];
    expect(rolesOf({ courses })).toEqual(['50 NEW_THERAPY']);
  });
});
