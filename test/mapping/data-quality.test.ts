import { codedTypes, listUnmappedCodes } from '../../src/mapping/data-quality.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { ATC, concept, LOINC } from '../support/fhir-shapes.ts';

it('counts the codes that nothing knows, by site; never a text', async () => {
  const mappings = await loadMappings('mappings');
  const said = (site: string, type: string, token: string, count: number) => ({
    site,
    type,
    concept: concept(token),
    count,
  });
  const counted = [
    said('a', 'Observation', 'urn:local|7', 2),
    { ...said('a', 'Observation', 'urn:local|7', 3), concept: { ...concept('urn:local|7'), text: 'seven' } },
    said('b', 'Observation', 'urn:local|7', 1),
    said('a', 'Observation', `${LOINC}|718-7`, 99),
    said('example-children', 'Observation', 'https://children.example.org/lab|MRDFLO', 4),
    { site: 'a', type: 'Condition', concept: { text: 'Somebody said something' }, count: 1 },
    said('a', 'MedicationAdministration', 'urn:local|d', 1),
    said('a', 'Medication', `${ATC}|L01XL04`, 5),
    said('a', 'Medication', 'urn:local|e', 1),
  ];
  const expected = [
    { site: 'a', resourceType: 'Observation', system: 'urn:local', code: '7', count: 5 },
    {
      site: 'example-children',
      resourceType: 'Observation',
      system: 'https://children.example.org/lab',
      code: 'MRDFLO',
      count: 4,
    },
    { site: 'a', resourceType: 'Condition', count: 1 },
    { site: 'a', resourceType: 'Medication', system: 'urn:local', code: 'e', count: 1 },
    { site: 'a', resourceType: 'MedicationAdministration', system: 'urn:local', code: 'd', count: 1 },
    { site: 'b', resourceType: 'Observation', system: 'urn:local', code: '7', count: 1 },
  ];
  expect(listUnmappedCodes(counted, mappings)).toEqual(expected);
  expect(listUnmappedCodes(counted.toReversed(), mappings)).toEqual(expected);
  expect(codedTypes(mappings)).toEqual([
    'AdverseEvent',
    'Condition',
    'Medication',
    'MedicationAdministration',
    'MedicationRequest',
    'MedicationStatement',
    'Observation',
    'Procedure',
  ]);
});
