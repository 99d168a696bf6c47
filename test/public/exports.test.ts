import { existsSync, readFileSync } from 'node:fs';

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('what the package exports', () => {
  it.each(Object.entries(manifest.exports))('%s', async (path, { types, default: file }) => {
    const name = path.replace('./', '');
    expect([types, file]).toEqual([`./dist/public/${name}.d.ts`, `./dist/public/${name}.js`]);
    expect(existsSync(`src/public/${name}.ts`)).toBe(true);
    const module = (await import(`../../src/public/${name}.ts`)) as Record<string, unknown>;
    expect(Object.values(module).every((value) => value !== undefined)).toBe(true);
    expect(Object.keys(module).length).toBeGreaterThan(0);
  });

  it('names every public file', async () => {
    const { readdirSync } = await import('node:fs');
    const names = readdirSync('src/public').map((file) => `./${file.replace('.ts', '')}`);
    expect(Object.keys(manifest.exports).toSorted()).toEqual(names.toSorted());
  });
});
