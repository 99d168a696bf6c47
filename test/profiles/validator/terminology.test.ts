import { type Membership, Terminology } from '../../../src/fhir/terminology/terminology-value-set.ts';

const SYSTEM = {
  url: 'urn:s',
  content: 'complete',
  concept: [
    { code: 'a', display: 'A', concept: [{ code: 'a1', concept: [{ code: 'a11' }] }] },
    { code: 'b', property: [{ code: 'kind', valueCode: 'odd' }] },
  ],
};
const SETS = {
  all: { compose: { include: [{ system: 'urn:s' }] } },
  listed: { compose: { include: [{ system: 'urn:far', concept: [{ code: 'x' }] }] } },
  far: { compose: { include: [{ system: 'urn:far' }] } },
  below: {
    compose: { include: [{ system: 'urn:s', filter: [{ property: 'concept', op: 'is-a', value: 'a1' }] }] },
  },
  odd: { compose: { include: [{ system: 'urn:s', filter: [{ property: 'kind', op: '=', value: 'odd' }] }] } },
  less: {
    compose: { include: [{ system: 'urn:s' }], exclude: [{ system: 'urn:s', concept: [{ code: 'b' }] }] },
  },
  nested: { compose: { include: [{ valueSet: ['below'] }, { valueSet: ['listed'] }] } },
  circle: { compose: { include: [{ valueSet: ['circle'] }] } },
  units: { compose: { include: [{ system: 'http://unitsofmeasure.org' }] } },
};

const terminology = new Terminology({
  codeSystem: (url) => (url === 'urn:s' ? SYSTEM : undefined),
  valueSet: (url) => (Object.hasOwn(SETS, url) ? SETS[url as keyof typeof SETS] : undefined),
});

it.each<[string, string | undefined, string, Membership]>([
  ['all', 'urn:s', 'a11', 'member'],
  ['all', 'urn:s', 'c', 'not-member'],
  ['all', 'urn:other', 'a', 'not-member'],
  ['all', undefined, 'a', 'member'],
  ['listed', 'urn:far', 'x', 'member'],
  ['listed', 'urn:far', 'y', 'not-member'],
  ['far', 'urn:far', 'x', 'unknown'],
  ['far', 'urn:s', 'a', 'not-member'],
  ['below', 'urn:s', 'a11', 'member'],
  ['below', 'urn:s', 'a', 'not-member'],
  ['odd', 'urn:s', 'b', 'member'],
  ['odd', 'urn:s', 'a', 'not-member'],
  ['less', 'urn:s', 'b', 'not-member'],
  ['nested', 'urn:s', 'a1', 'member'],
  ['nested|1.0', 'urn:far', 'x', 'member'],
  ['circle', 'urn:s', 'a', 'unknown'],
  ['nowhere', 'urn:s', 'a', 'unknown'],
  ['units', 'http://unitsofmeasure.org', 'mm[Hg]', 'member'],
  ['units', 'http://unitsofmeasure.org', 'mmHg', 'not-member'],
  ['units', 'http://unitsofmeasure.org', '{score}', 'member'],
])('%s: %s#%s is %s', (valueSet, system, code, expected) => {
  expect(terminology.membershipTest(valueSet)(system, code)).toBe(expected);
});
