import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ENDPOINT_DEFINITIONS, endpointDefinition } from '../../src/endpoints/endpoint-definitions.ts';

const schema: object = JSON.parse(
  readFileSync(new URL('../../src/endpoints/endpoint-definition.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

describe('endpoint definitions', () => {
  it('are those of clinical specification 4.5 and 4.7', () => {
    expect(ENDPOINT_DEFINITIONS.map(({ id }) => id)).toEqual([
      'OS',
      'LFS_PEKING',
      'DFS_NOCENS',
      'EFS_ELIANA_CENS',
      'EFS_ELIANA_NOCENS',
      'EFS_RW_D28',
      'EFS_BE_A',
      'EFS_BE_B',
      'EFS_ANYTX',
      'EFS_STRINGENT',
      'RFS_CENS',
      'RFS_NOCENS',
      'DOR_CR',
      'CIR',
      'CIR_HCT_COMPETING',
      'CIR_CD19NEG',
      'CIR_CD19POS',
      'NRM',
      'BCALOSS_CIF',
      'BCALOSS_CIF_ACHIEVED',
      'REL_OR_BCALOSS',
      'NR_CD19NEG_COMPOSITE',
      'EFS_CART2',
      'EFS_CART2_ANYTX',
      'MED_TIME_TO_RELAPSE',
    ]);
  });

  it.each(ENDPOINT_DEFINITIONS.map((definition) => [definition.id, definition] as const))(
    '%s satisfies the schema and cannot be changed',
    (id, definition) => {
      expect(validate(definition)).toBe(true);
      expect(Object.isFrozen(definition)).toBe(true);
      expect(endpointDefinition(id)).toBe(definition);
    },
  );

  it.each([
    ['a field that is not of the schema', { flag: true }],
    ['a misspelt setting', { relapse: 'EVENTS' }],
    ['responders counted from the infusion', { population: 'RESPONDERS' }],
    ['a clock that starts at remission for everybody', { originType: 'FIRST_CR' }],
    ['an index course 0', { indexCourse: 0 }],
    ['a version without three numbers', { version: '1.0' }],
  ])('the schema refuses %s', (_, change) => {
    expect(validate({ ...endpointDefinition('OS'), ...change })).toBe(false);
  });

  it.each(['EFS', 'DFS', 'LFS', 'RFS', 'os', ''])('nobody defined "%s"', (id) => {
    expect(endpointDefinition(id)).toBeUndefined();
  });

  it('alike in all but their names', () => {
    const settings = (id: string) => {
      const { id: _, title, sources, ...rest } = endpointDefinition(id) ?? {};
      return rest;
    };
    expect(settings('DFS_NOCENS')).toEqual(settings('LFS_PEKING'));
    expect(settings('EFS_BE_A')).toEqual({ ...settings('EFS_RW_D28'), secondMalignancy: 'IGNORE' });
    expect(settings('EFS_CART2')).toEqual({ ...settings('EFS_RW_D28'), indexCourse: 2 });
    expect(settings('EFS_CART2_ANYTX')).toEqual({ ...settings('EFS_ANYTX'), indexCourse: 2 });
  });
});
