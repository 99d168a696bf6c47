/** Checks mapping files against our JSON Schemas; an error names file, path and what to do. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import type { SystemNames } from '../fhir/terminology/code-spelling.ts';
import type { UnitTable } from './convert-unit.ts';
import factMapSchema from './fact-map.schema.json' with { type: 'json' };
import type { FactMap } from './fact-map.ts';
import type { SiteOverlay } from './mappings.ts';
import siteSchema from './site.schema.json' with { type: 'json' };
import systemsSchema from './systems.schema.json' with { type: 'json' };
import unitsSchema from './units.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ allErrors: true, strict: true, formats: { regex: isRegex } });
const isFactMap = ajv.compile<FactMap>(factMapSchema);
const isSite = ajv.compile<Omit<SiteOverlay, 'concepts' | 'units'>>(siteSchema);
const isUnits = ajv.compile<Readonly<Record<string, UnitTable>>>(unitsSchema);

const isSystems = ajv.compile<{
  readonly systems: SystemNames['aliases'];
  readonly loose: readonly string[];
}>(systemsSchema);

export function checkSystems(file: string, content: unknown): SystemNames {
  const { systems, loose } = checked(file, content, isSystems);
  return { aliases: systems, loose: loose.flatMap((system) => [system, ...(systems[system] ?? [])]) };
}

export function checkFactMap(file: string, content: unknown): FactMap {
  return checked(file, content, isFactMap);
}

export function checkSite(file: string, content: unknown): Omit<SiteOverlay, 'concepts' | 'units'> {
  return checked(file, content, isSite);
}

export function checkUnits(file: string, content: unknown): Readonly<Record<string, UnitTable>> {
  return checked(file, content, isUnits);
}

function checked<T>(file: string, content: unknown, validate: ValidateFunction<T>): T {
  if (validate(content)) return content;
  const error = mostSpecific(validate.errors ?? []);
  throw rejection(
    'mapping-invalid',
    `${file}${error?.instancePath ?? ''} ${error?.message ?? 'is invalid'}`,
    {
      expression: error?.instancePath ?? '',
      found: quote(JSON.stringify(content)),
      expected: error?.message ?? 'what the schema says',
    },
  );
}

/** The error that lies deepest: of the branches of a oneOf, the one that came furthest. */
function mostSpecific(errors: readonly ErrorObject[]): ErrorObject | undefined {
  return errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
}

function isRegex(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
