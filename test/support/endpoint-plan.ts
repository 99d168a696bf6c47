/** The plan of a case of endpoint.json. */
import { addDays, daysBetween, type PartialDate } from '../../src/core/partial-date.ts';
import type { PatientPlan } from '../../src/example/patient-plan.ts';
import { type Fields, fieldsOf, isKnown, listOf, numberOf, textOf, translate } from './vector-case.ts';
import {
  bCellsOf,
  DEATH_CAUSES,
  MALIGNANCIES,
  mrdOf,
  relapseOf,
  STATUSES,
  therapyOf,
} from './vector-facts.ts';
import { basicPlan, type Facts, infusionOf, merge } from './vector-plan.ts';

const ENDPOINT_FIELDS = [
  'id',
  'description',
  'infusions',
  'assessments',
  'events',
  'lastContact',
  'cutoff',
  'expected',
];
const ASSESSMENT_FIELDS = ['date', 'day', 'resp', 'mrd', 'mrdMethod', 'blasts'];
const EVENT_FIELDS = [
  'type',
  'date',
  'day',
  'cd19',
  'site',
  'lineageSwitch',
  'cause',
  'drug',
  'maintenance',
  'reason',
  'kind',
];

export function endpointPlan(endpointCase: unknown): PatientPlan {
  const fields = fieldsOf(endpointCase, 'endpoint case', ENDPOINT_FIELDS);
  const id = textOf(fields['id'], 'id');
  const infusions = listOf(fields['infusions'], `${id} infusions`).map((date) =>
    textOf(date, `${id} infusion`),
  );
  const [index] = infusions;
  if (index === undefined) throw new TypeError(`${id}: expected an infusion`);
  const parts = [
    ...listOf(fields['assessments'], `${id} assessments`).map((item) => assessmentFacts(item, id)),
    ...listOf(fields['events'], `${id} events`).map((item) => eventFacts(item, infusions, id)),
  ];
  return {
    ...basicPlan(id, index, 120, 'tisagenlecleucel'),
    infusions: infusions.map((date) => infusionOf(date, 'tisagenlecleucel')),
    ...merge([...parts, contactFacts(fields, parts)]),
  };
}

function assessmentFacts(item: unknown, id: string): Facts {
  const what = `${id} assessment`;
  const fields = fieldsOf(item, what, ASSESSMENT_FIELDS);
  const date = textOf(fields['date'], `${what} date`);
  return {
    diseaseStatus: isKnown(fields['resp'])
      ? [{ date, status: translate(STATUSES, fields['resp'], `${what} resp`) }]
      : [],
    mrd: isKnown(fields['mrd'])
      ? [mrdOf(date, fields['mrdMethod'] ?? 'FCM', fields['mrd'], `${what} mrd`)]
      : [],
    marrowBlasts: isKnown(fields['blasts'])
      ? [{ date, percent: numberOf(fields['blasts'], `${what} blasts`) }]
      : [],
  };
}

function eventFacts(item: unknown, infusions: readonly PartialDate[], id: string): Facts {
  const event = fieldsOf(item, `${id} event`, EVENT_FIELDS);
  const type = textOf(event['type'], `${id} event type`);
  const what = `${id} ${type}`;
  const date = textOf(event['date'], `${what} date`);
  switch (type) {
    case 'RELAPSE':
      return { diseaseStatus: [relapseOf(event, date, what)] };
    case 'MRD_RELAPSE':
      return { diseaseStatus: [{ ...relapseOf(event, date, what), level: 'MOLECULAR' }] };
    case 'DEATH': {
      const cause = isKnown(event['cause']) ? translate(DEATH_CAUSES, event['cause'], what) : 'UNKNOWN';
      return { death: { date, cause } };
    }
    case 'HCT':
      return { hcts: [{ date, kind: 'ALLOGENEIC' }] };
    case 'NEW_THERAPY':
      return { therapies: [therapyOf(event, date, what)] };
    case 'SECOND_MALIGNANCY': {
      const kind = isKnown(event['kind']) ? translate(MALIGNANCIES, event['kind'], what) : 'UNSPECIFIED';
      return { secondMalignancies: [{ date, kind }] };
    }
    case 'BCA_LOSS':
      return {
        bCells: [...bCellsOf(aplasiaBefore(date, infusions, what), 'A', what), ...bCellsOf(date, 'R', what)],
      };
    default:
      throw new TypeError(`${id}: nobody knows how to write an event of type ${type} as FHIR`);
  }
}

/** Day 28 of the course that the loss belongs to, or the day before the loss where that is earlier. */
function aplasiaBefore(loss: PartialDate, infusions: readonly PartialDate[], what: string): PartialDate {
  const origin = infusions.filter((date) => date < loss).at(-1);
  const lossDay = origin === undefined ? 0 : daysBetween(origin, loss);
  if (origin === undefined || lossDay < 2)
    throw new TypeError(`${what}: no day is left for aplasia before it`);
  return addDays(origin, Math.min(28, lossDay - 1));
}

/** The last contact as an observation, unless it is the death itself. */
function contactFacts(fields: Fields, parts: readonly Facts[]): Facts {
  if (!isKnown(fields['lastContact'])) return {};
  const date = textOf(fields['lastContact'], 'lastContact');
  const died = parts.map(({ death }) => death?.date).find((day) => day !== undefined);
  return died !== undefined && date >= died ? {} : { vitalStatus: [{ date, status: 'ALIVE' }] };
}
