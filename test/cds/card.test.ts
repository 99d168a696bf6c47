import { escapeMarkdown, fitSummary } from '../../src/cds/card.ts';

describe('fitSummary', () => {
  it.each([
    ['short', 'short'],
    ['x'.repeat(139), 'x'.repeat(139)],
    ['x'.repeat(140), `${'x'.repeat(138)}…`],
    [`${'word '.repeat(27)}last-one-here`, `${'word '.repeat(26)}word…`],
  ])('%#', (text, expected) => {
    expect(fitSummary(text)).toBe(expected);
    expect(fitSummary(text).length).toBeLessThan(140);
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['MRD <0.0001', 'MRD &lt;0.0001'],
    ['[a](http://b) *c* `d`', '\\[a\\](http://b) \\*c\\* \\`d\\`'],
    ['a | b & c\n# d', 'a \\| b &amp; c # d'],
  ])('%s', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});
