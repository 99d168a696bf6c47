/** Tags with what stands in them, and the two attributes of a narrative that hold a URL. */
const PART = /<[a-z]*|>|\b(href|src)(\s*=\s*)("[^"<>]*"|'[^'<>]*')/gi;

/** The XHTML of a narrative, with what its `<a href>` and `<img src>` name replaced (R4, http, 3.1.0.11.2). */
export function replaceNarrativeLinks(div: string, replace: (url: string) => string): string {
  let attribute: string | undefined;
  return div.replace(PART, (part: string, name?: string, equals?: string, quoted?: string) => {
    if (name === undefined || equals === undefined || quoted === undefined) {
      attribute = { '<a': 'href', '<img': 'src' }[part.toLowerCase()];
      return part;
    }
    if (name.toLowerCase() !== attribute) return part;
    const [quote = ''] = quoted;
    return `${name}${equals}${quote}${replace(quoted.slice(1, -1))}${quote}`;
  });
}
