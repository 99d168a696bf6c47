import { brief, on, resultOf } from '../support/endpoint-case.ts';
import {
  bCellsOn,
  diedOn,
  hctOn,
  infusedOn,
  malignancyOn,
  mrdOn,
  type RecordParts,
  statusOn,
  therapyOn,
} from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('one day holds two facts (rule 3)', () => {
  const day = on(100);
  const facts = {
    RELAPSE: { statuses: [CR28, statusOn(day, 'RELAPSE')] },
    DEATH: { death: diedOn(day) },
    SECOND_MALIGNANCY: { secondMalignancies: [malignancyOn(day)] },
    HCT: { hcts: [hctOn(day)] },
    REINFUSION: { courses: infusedOn(on(0), day) },
    NEW_THERAPY: { therapies: [therapyOn(day, 'CHEMOTHERAPY', { intent: 'NEW_THERAPY' })] },
  } as const satisfies Record<string, RecordParts>;
  const order = Object.keys(facts) as (keyof typeof facts)[];
  const pairs = order.flatMap((first, index) =>
    order.slice(index + 1).map((second) => [first, second] as const),
  );

  it.each(pairs)('%s before %s', (first, second) => {
    const parts: RecordParts = { statuses: [CR28], ...facts[second], ...facts[first] };
    const result = resultOf('EFS_STRINGENT', parts);
    expect(result).toMatchObject({ status: 'EVENT', type: first, days: 100 });
    if (first !== 'RELAPSE') expect(result.next).toMatchObject({ type: second, days: 100 });
  });

  it.each<[string, string, RecordParts, string]>([
    [
      'relapse, no response',
      'EFS_STRINGENT',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(28), 'RELAPSE')] },
      'EVENT RELAPSE 28',
    ],
    [
      'no response, death',
      'EFS_STRINGENT',
      { statuses: [statusOn(on(28), 'NR')], death: diedOn(on(28)) },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'molecular relapse, death',
      'EFS_STRINGENT',
      { statuses: [CR28, statusOn(day, 'RELAPSE', { level: 'MOLECULAR' })], death: diedOn(day) },
      'EVENT MRD_RELAPSE 100',
    ],
    [
      'relapse, molecular relapse',
      'EFS_STRINGENT',
      { statuses: [CR28, statusOn(day, 'RELAPSE'), statusOn(day, 'RELAPSE', { level: 'MOLECULAR' })] },
      'EVENT RELAPSE 100',
    ],
    [
      'MRD persistence, HCT',
      'EFS_STRINGENT',
      { statuses: [CR28], mrd: [mrdOn(on(28), 'POSITIVE')], hcts: [hctOn(on(28))] },
      'EVENT MRD_PERSISTENCE 28',
    ],
    [
      'loss of aplasia, reinfusion',
      'BCALOSS_CIF',
      { statuses: [CR28], bCells: [bCellsOn(on(20), 0.1), bCellsOn(day, 5)], courses: infusedOn(on(0), day) },
      'EVENT BCA_LOSS 100',
    ],
    [
      'death beats censoring at HCT',
      'RFS_CENS',
      { statuses: [CR28], hcts: [hctOn(day)], death: diedOn(day) },
      'EVENT DEATH 72',
    ],
    [
      'relapse and death on one day compete with non-relapse mortality',
      'NRM',
      { statuses: [CR28, statusOn(day, 'RELAPSE')], death: diedOn(day) },
      'COMPETING RELAPSE 100',
    ],
    [
      'overall survival counts the death regardless',
      'OS',
      { statuses: [CR28, statusOn(day, 'RELAPSE')], death: diedOn(day) },
      'EVENT DEATH 100',
    ],
  ])('%s (%s)', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });
});
