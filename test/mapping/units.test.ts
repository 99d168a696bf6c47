/** The table of units against the UCUM library, for every code that the library converts. */
import { createRequire } from 'node:module';
import units from '../../mappings/units.json' with { type: 'json' };
import type { Conversion } from '../../src/mapping/convert-unit.ts';

interface Converted {
  readonly status: string;
  readonly toVal: number | null;
}
interface Library {
  convertUnitTo(from: string, value: number, to: string): Converted;
}

/** Between moles and grams the library needs a weight that a code does not say. */
const BY_WEIGHT = /mol\//;

const cases = Object.entries(units).flatMap(([dimension, { canonical, ucum }]) =>
  Object.entries(ucum as Readonly<Record<string, Conversion>>)
    .filter(([code]) => !BY_WEIGHT.test(code))
    .map(([code, conversion]) => [dimension, code, canonical, conversion] as const),
);

let library: Library | undefined;
beforeAll(() => {
  try {
    const { UcumLhcUtils } = createRequire(import.meta.url)('@lhncbc/ucum-lhc') as {
      readonly UcumLhcUtils: { getInstance(): Library };
    };
    library = UcumLhcUtils.getInstance();
  } catch {
    console.warn('The UCUM library is not installed; units are not compared.');
  }
});

it('agrees with the library', () => {
  const apart: string[] = [];
  let compared = 0;
  for (const [dimension, code, canonical, conversion] of cases) {
    const answer = library?.convertUnitTo(code, 10, canonical);
    if (answer?.status !== 'succeeded' || answer.toVal === null) continue;
    compared += 1;
    const { factor, offset } =
      typeof conversion === 'number' ? { factor: conversion, offset: 0 } : conversion;
    const ours = 10 * factor + offset;
    if (Math.abs(ours - answer.toVal) > Math.abs(answer.toVal) * 1e-9) {
      apart.push(`${dimension}: 10 ${code} is ${answer.toVal} ${canonical}, not ${ours}`);
    }
  }
  expect(apart).toEqual([]);
  if (library !== undefined) expect(compared).toBeGreaterThan(100);
});
