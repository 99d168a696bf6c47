import { readdirSync, readFileSync } from 'node:fs';
import { loadProfiles } from '../../src/profiles/load-profiles.ts';
import type { Validator } from '../../src/profiles/validator.ts';
import { type Resource, structures } from './guide-files.ts';

/** The name of a file is the rule that its resource breaks, and what stands after a point tells files of one rule apart. */
const FOLDER = new URL('invalid-examples/', import.meta.url);
const invalid = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => {
    const content: Resource = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
    return [file.split('.')[0] ?? '', content] as const;
  });
const ours = new Set(
  structures.flatMap(({ differential }) =>
    [...JSON.stringify(differential).matchAll(/"key":"(cart-[a-z-]+)"/g)].map(([, key = '']) => key),
  ),
);

let validator: Validator;
beforeAll(async () => {
  validator = await loadProfiles();
});

const errorsOf = (resource: Resource) =>
  validator.validateResource(resource).filter(({ severity }) => severity === 'error');

it('every constraint of ours has an example that breaks it', () => {
  expect([...new Set(invalid.map(([rule]) => rule))]).toEqual([...ours].sort());
});

it.each(invalid)('%s is broken, and nothing else', (rule, resource) => {
  const broken = errorsOf(resource).map((issue) => issue.rule?.split('#').at(-1));
  expect(broken.length).toBeGreaterThan(0);
  expect([...new Set(broken)]).toEqual([rule]);
});

it.each(invalid)('the example that breaks %s is marked as synthetic', (_rule, { meta }) => {
  expect(meta?.tag?.map(({ code }) => code)).toContain('HTEST');
});
