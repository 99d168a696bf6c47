/** The template with each `{name}` replaced. Throws RangeError for a name without a value: a text with a hole is worse. */
export function fillMessage(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`No value for {${name}} in a message`);
    return String(value);
  });
}
