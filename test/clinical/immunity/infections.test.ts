import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveInfections } from '../../../src/clinical/immunity/infections.ts';
import type { Infection } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { courseOn, from, infusedOn, recordOf } from '../../support/record-builder.ts';
import { INFUSION, when } from '../../support/toxicity-facts.ts';

const infection = (day: number, more: Partial<Infection> = {}): Infection => ({
  ...when(day),
  sources: from(`Condition/infection-${day}`),
  ...more,
});

it('up to day 28 early, then late; what came before the infusion is neither', () => {
  const infections = [infection(100), infection(-1), infection(28), infection(29), infection(0)];
  const found = deriveInfections(frameOf({ observations: { infections } }));
  expect(found).toMatchObject({ early: 2, late: 2, missing: [], flags: [] });
  expect(found.infections.map(({ day, phase }) => [day, phase])).toEqual([
    [0, 'EARLY'],
    [28, 'EARLY'],
    [29, 'LATE'],
    [100, 'LATE'],
  ]);
});

it('the next infusion ends the course', () => {
  const record = recordOf({
    courses: [...infusedOn(INFUSION), courseOn(2, when(60).date, 'tisagenlecleucel')],
    observations: { infections: [infection(59), infection(60)] },
  });
  const days = (course: number) => {
    const frame = frameCourse(record, course);
    return frame && deriveInfections(frame).infections.map(({ day }) => day);
  };
  expect(days(1)).toEqual([59]);
  expect(days(2)).toEqual([0]);
});

it('of one day in the order of their classes; what is not known stays unknown', () => {
  const infections = [
    infection(5, { class: 'VIRAL', invasive: false }),
    infection(5),
    infection(5, { class: 'BACTERIAL', invasive: true }),
  ];
  const found = deriveInfections(frameOf({ observations: { infections } }));
  expect(found.infections.map((each) => [each.class, each.invasive])).toEqual([
    ['BACTERIAL', true],
    ['UNKNOWN', undefined],
    ['VIRAL', false],
  ]);
});

it('an infection of a month has an imputed date, and says so', () => {
  const found = deriveInfections(
    frameOf({ observations: { infections: [infection(0, { date: '2024-05' })] } }),
  );
  expect(found).toMatchObject({ late: 1, flags: ['DATE_IMPUTED'] });
});

it('none recorded is not none', () => {
  expect(deriveInfections(frameOf())).toMatchObject({ early: 0, late: 0, missing: ['infections'] });
});
