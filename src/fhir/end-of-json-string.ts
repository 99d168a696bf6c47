const QUOTE = '"';
const BACKSLASH = 92;

/** Place of the quote that closes the string which begins at `start`; the text is well-formed JSON. */
export function endOfJsonString(text: string, start: number): number {
  let end = text.indexOf(QUOTE, start + 1);
  while (isEscaped(text, end)) end = text.indexOf(QUOTE, end + 1);
  return end;
}

/** Behind an odd number of backslashes. */
function isEscaped(text: string, place: number): boolean {
  let first = place;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (place - first) % 2 === 1;
}
