/**
 * One line of CSV by RFC 4180, ended by CRLF. Null is an empty field, an empty text is a quoted one; lists and complex
 * values are written as JSON.
 */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

/** A value that is there, as text. */
export function csvText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = csvText(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
