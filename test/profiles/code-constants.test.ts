import { isLoincCode, isSnomedIdentifier } from './check-digits.ts';
import { codeConstants } from './code-constants.ts';
import { mappingFiles, packageText } from './guide-files.ts';

const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';

const mappings = await mappingFiles();
const texts = [
  ...[...packageText].filter(([file]) => file.endsWith('.json')).map(([file, text]) => ({ file, text })),
  ...mappings,
];
const constants = texts.flatMap(({ file, text }) =>
  codeConstants(JSON.parse(text)).map((constant) => ({ file, ...constant })),
);
const codesOf = (system: string) => [
  ...new Set(constants.filter((each) => each.system === system).map(({ code }) => code)),
];

describe('check digits', () => {
  it.each([
    ['277571004', true],
    ['91857003', true],
    ['234336002', true],
    ['1269349006', true],
    ['277571005', false],
    ['27757100', false],
    ['0', false],
    ['', false],
  ])('SNOMED CT %s: %s', (code, valid) => {
    expect(isSnomedIdentifier(code)).toBe(valid);
  });

  it.each([
    ['11150-0', true],
    ['97509-4', true],
    ['3151-8', true],
    ['8310-5', true],
    ['3150-6', false],
    ['11150-1', false],
    ['111500', false],
    ['', false],
  ])('LOINC %s: %s', (code, valid) => {
    expect(isLoincCode(code)).toBe(valid);
  });
});

describe('the walk over JSON', () => {
  it('finds codes in codings, value sets and concept maps, each with its system', () => {
    expect(
      codeConstants({
        coding: [{ system: 'a', code: '1' }],
        compose: { include: [{ system: 'b', concept: [{ code: '2' }] }] },
        group: [{ source: 'c', target: 'd', element: [{ code: '3', target: [{ code: '4' }] }] }],
        status: { code: 'nothing' },
      }),
    ).toEqual([
      { system: 'a', code: '1' },
      { system: 'b', code: '2' },
      { system: 'c', code: '3' },
      { system: 'd', code: '4' },
    ]);
  });
});

describe('codes in profiles/ and mappings/', () => {
  it('are found at all', () => {
    expect(codesOf(SNOMED)).toContain('277571004');
    expect(codesOf(LOINC)).toContain('11150-0');
  });

  it('have right check digits', () => {
    expect(codesOf(SNOMED).filter((code) => !isSnomedIdentifier(code))).toEqual([]);
    // Answers of LOINC's lists (LA…) carry another digit.
    const terms = codesOf(LOINC).filter((code) => !code.startsWith('LA'));
    expect(terms.filter((code) => !isLoincCode(code))).toEqual([]);
  });

  /** Checked and wrong for what they are used for elsewhere: targeted chemotherapy, not CAR-T; not CD19; no FiO2; not CRS. */
  it.each([['1255831008'], ['8124-0'], ['3150-6'], ['10068752']])('do not include %s', (code) => {
    expect(texts.filter(({ text }) => text.includes(`"${code}"`)).map(({ file }) => file)).toEqual([]);
  });

  it('do not take 425983008, an autologous transplantation, for an allogeneic one', () => {
    const targets = mappings
      .flatMap(({ text }) => (JSON.parse(text).group ?? []) as readonly ConceptMapGroup[])
      .flatMap(({ element }) => element ?? [])
      .filter(({ code }) => code === '425983008')
      .flatMap(({ target }) => target ?? [])
      .map(({ code }) => code?.toLowerCase());
    expect(targets.filter((code) => code?.startsWith('allo'))).toEqual([]);
    expect([...packageText.values()].filter((text) => text.includes('425983008'))).toEqual([]);
  });
});

interface ConceptMapGroup {
  readonly element?: readonly {
    readonly code?: string;
    readonly target?: readonly { readonly code?: string }[];
  }[];
}
