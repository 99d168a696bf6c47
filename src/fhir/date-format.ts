/** The textual forms of FHIR's date and time types, checked against the calendar (FHIR R4, "Data types"). */
import { daysInMonth } from '../core/partial-date.ts';

export type DateType = 'date' | 'dateTime' | 'instant';

/** What a reader is told to write. */
export const EXPECTED_DATE: Readonly<Record<DateType, string>> = {
  date: 'YYYY, YYYY-MM or YYYY-MM-DD',
  dateTime: 'YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a time zone',
  instant: 'YYYY-MM-DDThh:mm:ss with a time zone',
};

const PARTS =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$/;

/** True where the text is of that FHIR type and names a day that exists. */
export function isFhirDate(text: string, type: DateType): boolean {
  const match = PARTS.exec(text);
  if (match === null) return false;
  const [, year, month, day, time] = match;
  if (Number(year) === 0) return false;
  if (type === 'instant' && time === undefined) return false;
  if (type === 'date' && time !== undefined) return false;
  if (month === undefined) return true;
  if (Number(month) < 1 || Number(month) > 12) return false;
  return day === undefined || (Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month)));
}
