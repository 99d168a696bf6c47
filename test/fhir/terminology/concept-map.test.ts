import type { ConceptMap } from '@medplum/fhirtypes';
import { CartographError } from '../../../src/core/cartograph-error.ts';
import {
  compileConceptMaps,
  TEXT_SYSTEM,
  translateConcept,
} from '../../../src/fhir/terminology/concept-map.ts';

const ATC = 'http://www.whocc.no/atc';

function conceptMap(system: string, codes: Record<string, string[]>, equivalence = 'equivalent'): ConceptMap {
  return {
    resourceType: 'ConceptMap',
    url: 'https://example.org/fhir/ConceptMap/product',
    status: 'active',
    group: [
      {
        source: system,
        element: Object.entries(codes).map(([code, targets]) => ({
          code,
          target: targets.map((target) => ({ code: target, equivalence: equivalence as 'equivalent' })),
        })),
      },
    ],
  };
}

const lookup = compileConceptMaps([
  { file: 'a.json', map: conceptMap(ATC, { L01XL04: ['tisagenlecleucel'], X: ['one', 'two'] }) },
  { file: 'b.json', map: conceptMap('http://loinc.org', { '8117-4': ['b-cells'] }, 'inexact') },
  {
    file: 'c.json',
    map: conceptMap(TEXT_SYSTEM, {
      kymriah: ['tisagenlecleucel'],
      tisagenlecleucel: ['tisagenlecleucel'],
      tecartus: ['brexucabtagene'],
    }),
  },
]);

describe('translation by concept map', () => {
  it('takes any coding, whatever its place', () => {
    const coding = [
      { system: 'urn:local', code: '7' },
      { system: ATC, code: 'L01XL04' },
    ];
    expect(translateConcept({ coding }, lookup)?.codes).toEqual(['tisagenlecleucel']);
    expect(translateConcept({ coding: coding.toReversed() }, lookup)?.codes).toEqual(['tisagenlecleucel']);
  });

  it('asks for system and code together', () => {
    expect(translateConcept({ coding: [{ system: 'urn:other', code: 'L01XL04' }] }, lookup)).toBeUndefined();
    expect(translateConcept({ coding: [{ code: 'L01XL04' }] }, lookup)).toBeUndefined();
  });

  it('keeps every target of a code', () => {
    expect(translateConcept({ coding: [{ system: ATC, code: 'X' }] }, lookup)?.codes).toEqual(['one', 'two']);
  });

  it('says where the code says less than it is taken for', () => {
    const translated = translateConcept({ coding: [{ system: 'http://loinc.org', code: '8117-4' }] }, lookup);
    expect(translated).toEqual({ codes: ['b-cells'], inexact: true, byText: false });
  });

  it.each([
    ['Kymriah', ['tisagenlecleucel']],
    ['KYMRIAH (tisagenlecleucel) infusion, single dose', ['tisagenlecleucel']],
    ['tisagenlecleucel CAR-T cells', ['tisagenlecleucel']],
    ['Kymriah or Tecartus', undefined],
    ['Kymriah then Tecartus', undefined],
    ['echo before Kymriah', undefined],
    ['CAR-T cell infusion', undefined],
    ['', undefined],
  ])('reads the text "%s" as %j', (text, codes) => {
    expect(translateConcept({ text }, lookup)?.codes).toEqual(codes);
  });

  it('does not look at the text where a coding matches', () => {
    const concept = { coding: [{ system: ATC, code: 'L01XL04' }], text: 'Tecartus' };
    expect(translateConcept(concept, lookup)).toEqual({
      codes: ['tisagenlecleucel'],
      inexact: false,
      byText: false,
    });
  });

  it('refuses two files of one rank that disagree, naming both', () => {
    const files = [
      { file: 'one.json', map: conceptMap(ATC, { L01XL04: ['tisagenlecleucel'] }) },
      { file: 'two.json', map: conceptMap(ATC, { L01XL04: ['brexucabtagene'] }) },
    ];
    expect(() => compileConceptMaps(files)).toThrow(CartographError);
    expect(() => compileConceptMaps(files)).toThrow(/one\.json and two\.json/);
  });
});

describe('codes that a map does not name', () => {
  const withUnmapped = (unmapped: object): ConceptMap => {
    const map = conceptMap(ATC, { L01XL04: ['tisagenlecleucel'] });
    return { ...map, group: map.group?.map((group) => ({ ...group, unmapped })) } as ConceptMap;
  };
  const meaning = (unmapped: object, code: string, system = ATC): unknown =>
    translateConcept(
      { coding: [{ system, code }] },
      compileConceptMaps([{ file: 'a.json', map: withUnmapped(unmapped) }], {
        aliases: { [ATC]: ['urn:atc'] },
        loose: [],
      }),
    );

  it.each([
    ['fixed', { mode: 'fixed', code: 'other' }, 'L01', ['other']],
    ['provided', { mode: 'provided' }, 'L01', ['L01']],
    ['fixed, for a code that is named', { mode: 'fixed', code: 'other' }, 'L01XL04', ['tisagenlecleucel']],
  ])('%s', (_, unmapped, code, codes) => {
    expect(meaning(unmapped, code)).toMatchObject({ codes });
    expect(meaning(unmapped, code, 'urn:atc')).toMatchObject({ codes });
    expect(meaning(unmapped, code, 'urn:other')).toBeUndefined();
  });

  it('other-map is refused', () => {
    expect(() => meaning({ mode: 'other-map', url: 'urn:x' }, 'L01')).toThrow(CartographError);
  });
});

describe('other spellings', () => {
  const CM = 'http://hl7.org/fhir/sid/icd-10-cm';
  const LOCAL = 'urn:oid:1.2.3';
  const OID = 'urn:oid:2.16.840.1.113883.6.90';
  const spelt = compileConceptMaps(
    [
      { file: 'a.json', map: conceptMap(CM, { 'C91.00': ['b-all'] }) },
      { file: 'b.json', map: conceptMap('http://www.whocc.no/atc', { L01XL04: ['tisagenlecleucel'] }) },
      { file: 'c.json', map: conceptMap(LOCAL, { Mx: ['local'] }) },
    ],
    { aliases: { [CM]: [OID] }, loose: [CM, OID] },
  );

  it.each([
    ['https', 'https://hl7.org/fhir/sid/icd-10-cm', 'C91.00', ['b-all']],
    ['a slash at the end', `${CM}/`, 'C91.00', ['b-all']],
    ['capitals in the system', 'HTTP://HL7.ORG/fhir/sid/ICD-10-CM', 'C91.00', ['b-all']],
    ['without www', 'http://whocc.no/atc', 'L01XL04', ['tisagenlecleucel']],
    ['an OID alone', '2.16.840.1.113883.6.90', 'C91.00', ['b-all']],
    ['an OID in capitals', 'URN:OID:2.16.840.1.113883.6.90', 'C91.00', ['b-all']],
    ['a code without its dot', CM, 'C9100', ['b-all']],
    ['a code in small letters', CM, 'c91.00', ['b-all']],
    ['a code with a space', CM, 'C91.00 ', ['b-all']],
    ['a code with a dagger', CM, 'C91.00+', ['b-all']],
    ['all at once', '2.16.840.1.113883.6.90', 'c9100', ['b-all']],
    ['another system', 'http://hl7.org/fhir/sid/icd-10', 'C91.00', undefined],
    ['another code', CM, 'C91.01', undefined],
    ['small letters where they may mean something else', LOCAL, 'mx', undefined],
    ['a dot where it may mean something else', 'http://www.whocc.no/atc', 'L01.XL04', undefined],
    ['no system', '', 'C91.00', undefined],
  ])('%s', (_, system, code, codes) => {
    expect(translateConcept({ coding: [{ system, code }] }, spelt)?.codes).toEqual(codes);
  });
});
