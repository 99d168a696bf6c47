import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HCT_STATUSES } from '../../src/eligibility/hct-assessment.ts';
import { ENDPOINT_DEFINITIONS } from '../../src/endpoints/endpoint-definitions.ts';
import { EVENT_TYPES } from '../../src/endpoints/endpoint-result.ts';
import {
  definitions,
  examples,
  instances,
  packageText,
  type Resource,
  readSource,
  structures,
} from './guide-files.ts';

const CANONICAL = 'https://cartograph.example.org/fhir';
const byType = (type: string): readonly Resource[] =>
  definitions.filter(({ resourceType }) => resourceType === type);
const profiles = structures.filter(({ type, abstract }) => type !== 'Extension' && abstract !== true);
const known = new Set(definitions.map(({ url }) => url));

describe('the package', () => {
  it('is a FHIR package of that name, version and dependency', () => {
    expect(JSON.parse(packageText.get('package/package.json') ?? '')).toMatchObject({
      name: 'org.example.cartograph',
      version: '0.1.0',
      canonical: CANONICAL,
      fhirVersions: ['4.0.1'],
      dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
    });
  });

  it.each([
    ['package/', definitions],
    ['package/example/', examples],
  ])('has an index of all that lies in %s', (folder, resources) => {
    const { files } = JSON.parse(packageText.get(`${folder}.index.json`) ?? '');
    expect(files.map(({ filename }: { filename: string }) => filename)).toEqual(
      resources.map(({ resourceType, id }) => `${resourceType}-${id}.json`),
    );
  });

  it('is what the present sources give, byte for byte of content', () => {
    const script = fileURLToPath(new URL('../../scripts/check-ig.ts', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, '--rebuild'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

describe('definitions', () => {
  it.each(definitions.map((each) => [each.resourceType, each.id, each] as const))(
    '%s %s has its canonical URL, a version and draft status',
    (resourceType, id, definition) => {
      expect(definition).toMatchObject({
        url: `${CANONICAL}/${resourceType}/${id}`,
        version: expect.any(String),
        status: 'draft',
      });
    },
  );

  it('carry snapshots', () => {
    const without = structures.filter(({ snapshot }) => snapshot === undefined).map(({ id }) => id);
    expect(without).toEqual([]);
  });

  it('refer to nothing of ours that the package lacks', () => {
    const text = JSON.stringify([...definitions, ...examples]);
    const named = new Set(text.match(/https:\/\/cartograph\.example\.org\/fhir\/[A-Za-z]+\/[A-Za-z0-9.-]+/g));
    expect([...named].filter((url) => !known.has(url))).toEqual([]);
  });

  it('require codes of our own systems only', () => {
    const required = structures.flatMap((structure) =>
      [
        ...JSON.stringify(structure['differential']).matchAll(/"strength":"required","valueSet":"([^"]+)"/g),
      ].map(([, url]) => url),
    );
    const systems = byType('ValueSet')
      .filter(({ url }) => required.includes(url))
      .flatMap(({ compose }) => (compose as { include: readonly { system: string }[] }).include)
      .map(({ system }) => system);
    expect(required.length).toBeGreaterThan(15);
    expect(systems.filter((system) => !system.startsWith(`${CANONICAL}/CodeSystem/`))).toEqual([]);
  });
});

describe('examples', () => {
  it.each(profiles.map(({ id, url }) => [id, url] as const))('%s has one that claims it', (_, url) => {
    expect(
      instances.filter(({ meta }) => meta?.profile?.includes(url ?? '')).map(({ id }) => id),
    ).not.toEqual([]);
  });

  it.each(examples.map(({ id, meta }) => [id, meta] as const))('%s is marked as synthetic', (_, meta) => {
    expect(meta?.tag).toContainEqual({
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
      code: 'HTEST',
    });
  });
});

describe('native input', () => {
  /** The rows of the table of codes: code system id and its codes. */
  const rowsOf = (page: string) =>
    [...page.matchAll(/^\| `CS\/([a-z0-9-]+)`[^|]*\|([^|]*)\|/gm)].map(
      ([, id = '', cell = '']) =>
        [id, [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)] as const,
    );
  /** What Cartograph says and is never told. */
  const isOutput = ({ id }: Resource): boolean => /^cartograph-(result|tag|estimate|override)/.test(id);

  it('and the guide have the same code systems with the same codes', async () => {
    // A code system may have several rows, by what its codes are for.
    const page: Record<string, string[]> = {};
    for (const [id, codes] of rowsOf(await readSource('docs/native-input.md'))) {
      page[id] = [...(page[id] ?? []), ...codes].toSorted();
    }
    const guide = Object.fromEntries(
      byType('CodeSystem')
        .filter((system) => !isOutput(system))
        .map(({ id, concept }) => [id, concept?.map(({ code }) => code).toSorted()]),
    );
    expect(Object.keys(page).length).toBeGreaterThan(20);
    expect(guide).toEqual(page);
  });

  it('names extensions that the guide has', async () => {
    const named = new Set((await readSource('docs/native-input.md')).match(/(?<=`SD\/)[a-z-]+(?=`)/g));
    const extensions = structures.filter(({ type }) => type === 'Extension').map(({ id }) => id);
    expect([...named].filter((id) => !extensions.includes(id))).toEqual([]);
    expect(named.size).toBeGreaterThan(8);
  });
});

describe('concept maps', () => {
  interface MapGroup {
    readonly source: string;
    readonly target: string;
    readonly element: readonly {
      readonly code: string;
      readonly target: readonly { readonly code: string }[];
    }[];
  }
  const rows = byType('ConceptMap').flatMap(({ id, group }) =>
    (group as readonly MapGroup[]).flatMap(({ source, target, element }) =>
      element.flatMap(({ code, target: targets }) =>
        targets.map((each) => ({ id, source, code, target, ours: each.code })),
      ),
    ),
  );
  const codes = new Map(byType('CodeSystem').map(({ url, concept }) => [url, concept]));

  it('lead from systems of others to codes that the guide has', () => {
    expect(rows.length).toBeGreaterThan(300);
    expect(rows.filter(({ source }) => source.startsWith(CANONICAL))).toEqual([]);
    expect(
      rows.filter(({ target, ours }) => codes.get(target)?.some(({ code }) => code === ours) !== true),
    ).toEqual([]);
  });

  it.each([
    ['http://www.ama-assn.org/go/cpt', '38228', 'car-t-infusion'],
    ['http://www.cms.gov/Medicare/Coding/ICD10', 'XW033J7', 'tisagenlecleucel'],
    ['http://www.whocc.no/atc', 'L01XL06', 'brexucabtagene-autoleucel'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'D89.833', '3'],
    ['http://snomed.info/sct', '277571004', 'b-all'],
    ['http://loinc.org', '2276-4', 'ferritin'],
    ['http://www.nlm.nih.gov/research/umls/rxnorm', '612865', 'tocilizumab'],
  ])('read %s %s as %s', (source, code, ours) => {
    expect(rows.filter((row) => row.source === source && row.code === code).map((row) => row.ours)).toContain(
      ours,
    );
  });

  it('do not read what is known to mean something else', () => {
    expect(rows.filter(({ code }) => ['1255831008', '425983008', '10068752'].includes(code))).toEqual([]);
  });
});

describe('narrative pages', () => {
  it('are those that the ImplementationGuide lists', () => {
    const guide = byType('ImplementationGuide')[0]?.['definition'] as {
      readonly page: { readonly nameUrl: string; readonly page: readonly { readonly nameUrl: string }[] };
    };
    const listed = [guide.page, ...guide.page.page].map(({ nameUrl }) => nameUrl.replace('.html', '.md'));
    const folder = new URL('../../profiles/input/pagecontent/', import.meta.url);
    expect(listed.toSorted()).toEqual(readdirSync(folder).toSorted());
  });

  it('name profiles that the guide has', async () => {
    const ids = structures.map(({ id }) => id);
    const pages = await Promise.all(
      ['crs-and-icans', 'b-cell-aplasia'].map((page) => readSource(`profiles/input/pagecontent/${page}.md`)),
    );
    const named = [...pages.join('\n').matchAll(/`(cartograph-[a-z-]+)`/g)].map(([, id = '']) => id);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('results', () => {
  const codesOf = (id: string) =>
    byType('CodeSystem')
      .find((system) => system.id === id)
      ?.concept?.map(({ code }) => code)
      .sort();

  it('have a code for every endpoint definition, and for no other', () => {
    expect(codesOf('cartograph-result-endpoint')).toEqual(ENDPOINT_DEFINITIONS.map(({ id }) => id).sort());
  });

  it('have a code for everything that can end the time of an endpoint', () => {
    const followUp = ['ADMIN_CUTOFF', 'LAST_CONTACT', 'LAST_DISEASE_ASSESSMENT'];
    expect(codesOf('cartograph-result-event-type')).toEqual([...EVENT_TYPES, ...followUp].sort());
  });

  it('have a code for every status of HCT consolidation', () => {
    expect(codesOf('cartograph-result-hct-status')).toEqual([...HCT_STATUSES, 'INDETERMINATE'].sort());
  });
});
