/** Parts between separators that no backslash escapes; the escapes stay. */
export function splitEscaped(text: string, separator: ',' | '|' | '$'): readonly string[] {
  const parts = [''];
  for (const [piece] of text.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (piece === separator) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** The text without its escapes. */
export function unescaped(text: string): string {
  return text.replace(/\\([\\,|$])/g, '$1');
}
