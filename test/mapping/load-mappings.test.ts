/** What is wrong with a mapping file is said at load: which file, where in it, and what would be right. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../../src/core/cartograph-error.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { mapPerson } from '../../src/mapping/map-person.ts';
import { concept, condition, observation, PATIENT, quantity } from '../support/fhir-shapes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartograph-mappings-'));
  await cp('mappings', folder, { recursive: true });
  await rm(join(folder, 'sites'), { recursive: true, force: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function change(file: string, edit: (text: string) => string): Promise<void> {
  await writeFile(join(folder, file), edit(await readFile(join(folder, file), 'utf8')));
}

async function addSite(site: string, files: Readonly<Record<string, object>>): Promise<void> {
  await mkdir(join(folder, 'sites', site, 'concepts'), { recursive: true });
  const all = { 'site.json': { site, sourcePrefixes: [`urn:${site}:`] }, ...files };
  for (const [name, content] of Object.entries(all)) {
    await writeFile(join(folder, 'sites', site, name), JSON.stringify(content));
  }
}

/** A site's concept map that translates `urn:local|77`. */
function conceptMap(name: string, target: string): object {
  const element = [{ code: '77', target: [{ code: target, equivalence: 'equivalent' }] }];
  return {
    resourceType: 'ConceptMap',
    url: `https://cartograph.example.org/fhir/ConceptMap/${name}`,
    status: 'active',
    group: [{ source: 'urn:local', target: 'urn:x', element }],
  };
}

async function messages(): Promise<readonly string[]> {
  try {
    await loadMappings(folder);
  } catch (error) {
    if (!(error instanceof CartographError)) throw error;
    expect(error.code).toBe('mapping-invalid');
    return error.findings.map(({ message }) => message);
  }
  return [];
}

it('loads what is sound', async () => {
  expect(await messages()).toEqual([]);
});

describe('says what is wrong, and where', () => {
  it.each<[string, () => Promise<void>, RegExp]>([
    [
      'an unknown property',
      () => change('facts/mrd.json', (text) => text.replace('"as": "concept"', '"as": "konzept"')),
      /^facts\/mrd\.json\/elements\//,
    ],
    [
      'a view that is not there',
      () => change('facts/mrd.json', (text) => text.replace('mrd_observation', 'mrd_view')),
      /^facts\/mrd\.json \/view: no view is named mrd_view; use one of .*mrd_observation/,
    ],
    [
      'a column that the view lacks',
      () => change('facts/mrd.json', (text) => text.replace('"from": ["method"]', '"from": ["assay"]')),
      /^facts\/mrd\.json \/elements\/method: view mrd_observation has no column assay__code/,
    ],
    [
      'a concept map that is not there',
      () => change('facts/mrd.json', (text) => text.replace('"map": "mrd-method"', '"map": "methods"')),
      /^facts\/mrd\.json \/elements\/method: no concept map is named methods/,
    ],
    [
      'a dimension that is not there',
      () => change('facts/mrd.json', (text) => text.replace('"unit": "fraction"', '"unit": "part"')),
      /^facts\/mrd\.json \/elements\/value: units\.json has no dimension part/,
    ],
    [
      'a kind that no code has',
      () => change('facts/mrd.json', (text) => text.replace('"codes": ["mrd"]', '"codes": ["mdr"]')),
      /^facts\/mrd\.json \/accepts\/codes: concept map observation-kind translates nothing to mdr/,
    ],
    [
      'two fact maps of one name',
      () => change('facts/hct.json', (text) => text.replace('"name": "hct"', '"name": "mrd"')),
      /^facts\/mrd\.json \/name: facts\/hct\.json is named mrd too/,
    ],
    [
      'a view with a bad path',
      () => change('views/mrd_observation.json', (text) => text.replace('"method.text"', '"method..text"')),
      /^views\/mrd_observation\.json: /,
    ],
    [
      "a site's map of no known name",
      () => addSite('east', { 'concepts/a.json': conceptMap('observation-kinds', 'mrd') }),
      /^sites\/east\/concepts\/a\.json \/url: no concept map is named observation-kinds/,
    ],
    [
      "a site's map to a meaning that nobody knows",
      () => addSite('east', { 'concepts/a.json': conceptMap('observation-kind', 'mdr') }),
      /^sites\/east\/concepts\/a\.json \/group\/0\/element\/0\/target: observation-kind knows no mdr \(site east\)/,
    ],
    [
      'two files of a site that contradict each other',
      () =>
        addSite('east', {
          'concepts/a.json': conceptMap('observation-kind', 'mrd'),
          'concepts/b.json': conceptMap('observation-kind', 'anc'),
        }),
      /^sites\/east\/concepts\/a\.json and sites\/east\/concepts\/b\.json translate urn:local\|77 differently/,
    ],
    [
      'a site that is called otherwise than its folder',
      () => addSite('east', { 'site.json': { site: 'west', sourcePrefixes: [] } }),
      /^sites\/east\/site\.json \/site: the folder is named east/,
    ],
    [
      'a time zone that is none',
      () => addSite('east', { 'site.json': { site: 'east', sourcePrefixes: [], timeZone: 'Europe/Brusel' } }),
      /^sites\/east\/site\.json \/timeZone: no time zone is named so/,
    ],
  ])('%s', async (_, damage, expected) => {
    await damage();
    const found = await messages();
    expect(found[0]).toMatch(expected);
  });

  it('two sites of one prefix', async () => {
    await addSite('east', {});
    await addSite('west', { 'site.json': { site: 'west', sourcePrefixes: ['urn:east:'] } });
    expect(await messages()).toEqual([
      'sites/west/site.json /sourcePrefixes: sites/east/site.json claims the same prefix; keep one',
    ]);
  });
});

describe("a site's own knowledge", () => {
  const bilirubin = (source: string, unit: string): Resource =>
    observation('urn:local|77', { meta: { source }, valueQuantity: quantity(1, unit) });

  it('comes before ours, at that site alone', async () => {
    await addSite('east', {
      'concepts/a.json': conceptMap('observation-kind', 'haemoglobin'),
      'units.json': { haemoglobin: { canonical: 'g/dL', ucum: { '{own}': 5 }, text: {} } },
    });
    const mappings = await loadMappings(folder);
    const laboratory = (source: string): unknown => {
      const resources = [PATIENT, bilirubin(source, '{own}')].map((resource) => ({
        resource,
        site: mappings.siteOf(resource, 'other'),
      }));
      return mapPerson(resources, mappings).observations.laboratory?.map(({ value }) => value);
    };
    expect(laboratory('urn:east:lab')).toEqual([5]);
    expect(laboratory('urn:west:lab')).toEqual([]);
  });

  it('a code without a meaning means nothing there, not even by its pattern', async () => {
    const icd = 'http://hl7.org/fhir/sid/icd-10-cm';
    await addSite('east', {
      'concepts/a.json': {
        ...conceptMap('condition-kind', 'b-all'),
        group: [{ source: icd, target: 'urn:x', element: [{ code: 'A41.9' }] }],
      },
    });
    const mappings = await loadMappings(folder);
    const infections = (site: string, code: string): unknown =>
      mapPerson(
        [PATIENT, condition(`${icd}|${code}`)].map((resource) => ({ resource, site })),
        mappings,
      ).observations.infections?.length;
    expect([infections('east', 'A41.9'), infections('east', 'A41.8'), infections('west', 'A41.9')]).toEqual([
      0, 1, 1,
    ]);
  });

  it('a grading system may be told by the code of the grade', async () => {
    await addSite('east', {
      'concepts/a.json': conceptMap('observation-kind', 'crs-grade'),
      'concepts/b.json': conceptMap('grading-system', 'ASTCT-2019'),
    });
    const mappings = await loadMappings(folder);
    const grades = (content: object): unknown =>
      mapPerson(
        [PATIENT, observation('urn:local|77', { valueInteger: 2, ...content })].map((resource) => ({
          resource,
          site: 'east',
        })),
        mappings,
      ).observations.toxicityGrades?.map(({ system, grade }) => [system, grade]);
    expect(grades({})).toEqual([['ASTCT-2019', 2]]);
    expect(grades({ method: concept('grading-system|PENN') })).toEqual([['PENN', 2]]);
  });

  it('is found by the longest prefix', async () => {
    await addSite('east', {});
    await addSite('east-children', {
      'site.json': { site: 'east-children', sourcePrefixes: ['urn:east:children'] },
    });
    const { siteOf } = await loadMappings(folder);
    const from = (source: string): string =>
      siteOf({ resourceType: 'Patient', meta: { source } }, 'fallback');
    expect([from('urn:east:children#1'), from('urn:east:adults'), from('urn:north')]).toEqual([
      'east-children',
      'east',
      'fallback',
    ]);
  });
});
