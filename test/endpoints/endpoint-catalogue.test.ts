import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEndpoints } from '../../src/cli/load-endpoints.ts';
import { describeDefinition, hasCompetingEvents } from '../../src/endpoints/describe-definition.ts';
import { buildEndpointCatalogue } from '../../src/endpoints/endpoint-catalogue.ts';
import { ENDPOINT_DEFINITIONS, endpointDefinition } from '../../src/endpoints/endpoint-definitions.ts';

const own = {
  ...endpointDefinition('OS'),
  id: 'OS_LOCAL',
  title: 'Overall survival, censored at HCT',
  hctInRemission: 'CENSOR',
};

describe('the catalogue of endpoints', () => {
  it('has ours first, then those of sites by id', () => {
    const { definitions, find } = buildEndpointCatalogue([
      { file: 'b.json', content: { ...own, id: 'Z_LAST' } },
      { file: 'a.json', content: own },
    ]);
    expect(definitions.slice(-2).map(({ id }) => id)).toEqual(['OS_LOCAL', 'Z_LAST']);
    expect(definitions).toHaveLength(ENDPOINT_DEFINITIONS.length + 2);
    expect(find('OS_LOCAL')).toMatchObject({ hctInRemission: 'CENSOR' });
    expect(find('EFS')).toBeUndefined();
  });

  it.each([
    ['an id that we have', { ...own, id: 'OS' }, 'OS is defined already'],
    ['a misspelt setting', { ...own, relapse: 'EVENTS' }, '/relapse'],
    ['a field too many', { ...own, flag: true }, 'flag'],
    ['a field too few', { ...own, death: undefined }, 'death'],
    ['no object', 7, 'object'],
  ])('refuses %s', (_, content, expected) => {
    expect(() =>
      buildEndpointCatalogue([{ file: 'x.json', content: JSON.parse(JSON.stringify(content)) }]),
    ).toThrow(
      expect.objectContaining({ code: 'mapping-invalid', message: expect.stringContaining(expected) }),
    );
  });

  it('names every file that is wrong', () => {
    try {
      buildEndpointCatalogue([
        { file: 'x.json', content: {} },
        { file: 'y.json', content: { ...own, monthDays: 0 } },
      ]);
    } catch (error) {
      const { findings } = error as { readonly findings: readonly { readonly message: string }[] };
      expect(findings.some(({ message }) => message.startsWith('x.json'))).toBe(true);
      expect(findings.some(({ message }) => message.startsWith('y.json: /monthDays'))).toBe(true);
    }
    expect.assertions(2);
  });

  it('is read from the folders of sites', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cartograph-endpoints-'));
    const endpoints = join(folder, 'sites', 'north', 'endpoints');
    await mkdir(endpoints, { recursive: true });
    await writeFile(join(endpoints, 'os-local.json'), JSON.stringify(own));
    expect((await loadEndpoints(folder)).find('OS_LOCAL')?.title).toContain('censored at HCT');
    await writeFile(join(endpoints, 'torn.json'), '{');
    await expect(loadEndpoints(folder)).rejects.toMatchObject({ code: 'mapping-invalid' });
    await rm(folder, { recursive: true });
    expect((await loadEndpoints(folder)).definitions).toHaveLength(ENDPOINT_DEFINITIONS.length);
  });
});

describe('a definition in words', () => {
  it('says what ends the clock and how', () => {
    expect(describeDefinition(endpointDefinition('CIR_CD19NEG') as never)).toEqual({
      starts: 'infusion 1',
      population: 'everybody infused',
      events: ['CD19-negative relapse'],
      competing: [
        'no response by day 42',
        'relapse of another or unknown antigen class',
        'death (from leukaemia: counted as a relapse)',
      ],
      censorings: ['last contact, at the latest the cut-off'],
    });
  });

  it.each(ENDPOINT_DEFINITIONS.map((definition) => [definition.id, definition] as const))(
    '%s competes as its fields say',
    (id, definition) => {
      const competing = ['DOR_CR', 'MED_TIME_TO_RELAPSE', 'NRM', 'REL_OR_BCALOSS', 'NR_CD19NEG_COMPOSITE'];
      const expected = competing.includes(id) || id.startsWith('CIR') || id.startsWith('BCALOSS');
      expect(hasCompetingEvents(definition)).toBe(expected);
    },
  );
});
