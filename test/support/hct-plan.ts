/** The plan of a case of hct.json. */
import { addDays, addMonthsClamped, type PartialDate } from '../../src/core/partial-date.ts';
import type { PatientPlan } from '../../src/example/patient-plan.ts';
import {
  answerOf,
  type Fields,
  fieldsOf,
  isKnown,
  listOf,
  numberOf,
  textOf,
  translate,
} from './vector-case.ts';
import { bCellsOf, CONDITIONINGS, DONORS, mrdOf, mrdValueOf, PRODUCTS, STATUSES } from './vector-facts.ts';
import { basicPlan, type Facts, merge } from './vector-plan.ts';

const HCT_FIELDS = [
  'id',
  'desc',
  'disease',
  'fit',
  'priorHct',
  'product',
  'age',
  'evalDay',
  'bca',
  'mrd',
  'donor',
  'desire',
  'preLdBlastPct',
  'preLdMrd',
  'postLdMrd',
  'blina',
  'refractory',
  'adverseCyto',
  'monthsSinceFirstHct',
  'firstHctConditioning',
  'firstHctDonorType',
  'preCartCd19NegClone',
  'comorbidities',
  'previousToxicities',
  'postCartHctDay',
  'alive',
];

/** Day 0 of every HCT example. */
const INFUSION = '2024-03-01';

export function hctPlan(input: unknown): { readonly plan: PatientPlan; readonly asOf: PartialDate } {
  const fields = fieldsOf(input, 'HCT case', HCT_FIELDS);
  const id = textOf(fields['id'], 'id');
  const evalDay = numberOf(fields['evalDay'], `${id} evalDay`);
  const asOf = addDays(INFUSION, evalDay);
  const product = isKnown(fields['product'])
    ? translate(PRODUCTS, fields['product'], `${id} product`)
    : 'UNKNOWN';
  const ageMonths = isKnown(fields['age']) ? Math.round(numberOf(fields['age'], `${id} age`) * 12) : 120;
  const plan = {
    ...basicPlan(id, INFUSION, ageMonths, product),
    ...merge([
      diseaseFacts(fields['disease'], evalDay, id),
      burdenFacts(fields, id),
      seriesFacts(fields, id),
      historyFacts(fields, id),
      blinatumomabFacts(fields['blina'], id),
      decisionFacts(fields, asOf, id),
      afterwardsFacts(fields, asOf, id),
    ]),
  };
  return { plan, asOf };
}

function diseaseFacts(disease: unknown, evalDay: number, id: string): Facts {
  const assessed = addDays(INFUSION, Math.min(28, disease === 'ACTIVE' ? evalDay - 1 : evalDay));
  const evaluated = addDays(INFUSION, evalDay);
  if (!isKnown(disease) || disease === 'UNKNOWN') return {};
  if (disease === 'NO_RESPONSE') return { diseaseStatus: [{ date: assessed, status: 'NR' }] };
  if (disease === 'ACTIVE') {
    return {
      diseaseStatus: [
        { date: assessed, status: 'CR' },
        { date: evaluated, status: 'RELAPSE', level: 'MORPHOLOGIC', sites: ['MARROW'] },
      ],
      marrowBlasts: [{ date: evaluated, percent: 20 }],
    };
  }
  return { diseaseStatus: [{ date: assessed, status: translate(STATUSES, disease, `${id} disease`) }] };
}

function burdenFacts(fields: Fields, id: string): Facts {
  const before = addDays(INFUSION, -7);
  const mrd = (key: string, date: PartialDate) =>
    isKnown(fields[key]) ? [mrdValueOf(date, fields[key], `${id} ${key}`)] : [];
  return {
    marrowBlasts: isKnown(fields['preLdBlastPct'])
      ? [{ date: before, percent: numberOf(fields['preLdBlastPct'], `${id} preLdBlastPct`) }]
      : [],
    mrd: [...mrd('preLdMrd', before), ...mrd('postLdMrd', addDays(INFUSION, -1))],
  };
}

function seriesFacts(fields: Fields, id: string): Facts {
  const on = (day: unknown): PartialDate => addDays(INFUSION, numberOf(day, `${id} day`));
  return {
    bCells: listOf(fields['bca'] ?? [], `${id} bca`).flatMap((item) => {
      const [day, state, ...rest] = listOf(item, `${id} bca`);
      if (rest.length > 0) throw new TypeError(`${id} bca: expected day and state`);
      return bCellsOf(on(day), state, `${id} bca`);
    }),
    mrd: listOf(fields['mrd'] ?? [], `${id} mrd`).map((item) => {
      const [day, method, result, ...rest] = listOf(item, `${id} mrd`);
      if (rest.length > 0) throw new TypeError(`${id} mrd: expected day, method and result`);
      return mrdOf(on(day), method, result, `${id} mrd`);
    }),
  };
}

type Question = PatientPlan['assertions'][number]['question'];

function stated(
  question: Question,
  value: unknown,
  date: PartialDate,
  what: string,
): PatientPlan['assertions'] {
  const answer = answerOf(value, what);
  return answer === undefined ? [] : [{ question, answer: answer ? 'YES' : 'NO', date }];
}

function historyFacts(fields: Fields, id: string): Facts {
  const date = addDays(INFUSION, -20);
  const state = (question: Question, key: string) => stated(question, fields[key], date, `${id} ${key}`);
  const conditioning = isKnown(fields['firstHctConditioning'])
    ? { conditioning: translate(CONDITIONINGS, fields['firstHctConditioning'], `${id} firstHctConditioning`) }
    : {};
  const donor = isKnown(fields['firstHctDonorType'])
    ? { donor: translate(DONORS, fields['firstHctDonorType'], `${id} firstHctDonorType`) }
    : {};
  const dated = isKnown(fields['monthsSinceFirstHct']);
  const months = dated ? numberOf(fields['monthsSinceFirstHct'], `${id} monthsSinceFirstHct`) : 0;
  return {
    assertions: [
      ...state('PRIOR_ALLOGENEIC_HCT', 'priorHct'),
      ...state('REFRACTORINESS', 'refractory'),
      ...state('ADVERSE_CYTOGENETICS', 'adverseCyto'),
      ...state('CD19_NEGATIVE_CLONE', 'preCartCd19NegClone'),
      ...state('COMORBIDITIES', 'comorbidities'),
      ...state('PREVIOUS_TOXICITIES', 'previousToxicities'),
      ...(dated || conditioning.conditioning === undefined
        ? []
        : [{ question: 'FIRST_HCT_CONDITIONING' as const, answer: conditioning.conditioning, date }]),
      ...(dated || donor.donor === undefined
        ? []
        : [{ question: 'FIRST_HCT_DONOR' as const, answer: donor.donor, date }]),
    ],
    hcts: dated
      ? [
          {
            date: addMonthsClamped(INFUSION, -months),
            kind: 'ALLOGENEIC' as const,
            ...donor,
            ...conditioning,
          },
        ]
      : [],
  };
}

/** Whether blinatumomab was given before, and how the leukaemia answered to it. */
function blinatumomabFacts(blina: unknown, id: string): Facts {
  if (!isKnown(blina) || blina === 'UNKNOWN') return {};
  const date = addDays(INFUSION, -20);
  const [exposure, response] = translate<readonly [string, string?]>(
    {
      NOT_GIVEN: ['NO'],
      GIVEN: ['YES'],
      GIVEN_UNKNOWN: ['YES'],
      FAILED: ['YES', 'NON_RESPONSE'],
      NON_RESPONDER: ['YES', 'NON_RESPONSE'],
      RESPONDED: ['YES', 'RESPONSE'],
      RESPONDER: ['YES', 'RESPONSE'],
    },
    blina,
    `${id} blina`,
  );
  return {
    assertions: [
      { question: 'BLINATUMOMAB_EXPOSURE', answer: exposure, date },
      ...(response === undefined
        ? []
        : [{ question: 'BLINATUMOMAB_RESPONSE' as const, answer: response, date }]),
    ],
  };
}

function decisionFacts(fields: Fields, asOf: PartialDate, id: string): Facts {
  return {
    assertions: [
      ...stated('FIT_FOR_HCT', fields['fit'], asOf, `${id} fit`),
      ...stated('DONOR_AVAILABLE', fields['donor'], asOf, `${id} donor`),
      ...stated('HCT_DESIRED', fields['desire'], asOf, `${id} desire`),
    ],
  };
}

function afterwardsFacts(fields: Fields, asOf: PartialDate, id: string): Facts {
  const alive = answerOf(fields['alive'], `${id} alive`) ?? true;
  const hct = fields['postCartHctDay'];
  return {
    ...(alive ? { vitalStatus: [{ date: asOf, status: 'ALIVE' as const }] } : { death: { date: asOf } }),
    hcts: isKnown(hct)
      ? [{ date: addDays(INFUSION, numberOf(hct, `${id} postCartHctDay`)), kind: 'ALLOGENEIC' }]
      : [],
  };
}
