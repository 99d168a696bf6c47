/** Tests of dates as conditions on rows `x` of the table search_date. */
import type { DateTest } from '../../fhir/search/criterion.ts';
import { between } from '../../fhir/search/date-range.ts';
import type { SqlParameters } from './sql-parameters.ts';

const DAY_MS = 86_400_000;

/**
 * How the stored stretch lies to the one that is asked for (FHIR R4, search, 3.1.1.4.5). The index knows where stretches
 * begin; where they end it knows of those that are marked as a day or longer alone. A shorter one that reaches an instant
 * begins within the day before, so that each condition names a beginning too.
 */
export function dateSql({ prefix, low, high }: DateTest, parameters: SqlParameters): string {
  const from = parameters.whenUsed(low, 'timestamptz');
  const to = parameters.whenUsed(high, 'timestamptz');
  const reaches = (instant: string, place: () => string, sign: '>' | '>='): string => {
    const dayBefore = parameters.add(between(Date.parse(instant) - DAY_MS, 0).low, 'timestamptz');
    const ends = `x.high ${sign} ${place()}`;
    return `(x.low > ${dayBefore} or (x.is_long and ${ends})) and ${ends}`;
  };
  const within = (): string => `x.low >= ${from()} and x.low <= ${to()} and x.high <= ${to()}`;
  switch (prefix) {
    case 'eq':
      return `(${within()})`;
    case 'ne':
      return `not (${within()})`;
    case 'gt':
      return `(${reaches(high, to, '>')})`;
    case 'lt':
      return `x.low < ${from()}`;
    case 'ge':
      return `(${reaches(low, from, '>=')} and (x.high > ${to()} or x.low >= ${from()}))`;
    case 'le':
      return `(x.low <= ${to()} and (x.low < ${from()} or x.high <= ${to()}))`;
    case 'sa':
      return `x.low > ${to()}`;
    case 'eb':
      return `(x.low < ${from()} and x.high < ${from()})`;
    case 'ap':
      return `(x.low <= ${to()} and ${reaches(low, from, '>=')})`;
  }
}
