/**
 * Strata as text: a name (`product`), a canonical element (`patient.sex.value`), either with cut points
 * (`pre-ld-blasts:cut:5`, `course.infusion.dosePerKg:cut:2,4`), or what happens after the infusion in a form that
 * gives it no credit for the time before (`hct-after:landmark:180`, `hct-after:time-varying`).
 */

import { SIX_MONTH_WINDOWS, windowEndDay } from '../clinical/b-cells/b-cell-window.ts';
import { isBelowThreshold, type Measured } from '../clinical/record/threshold.ts';
import { type CartographError, rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { readBaselineElement } from './baseline-element.ts';
import { parseElementPath } from './element-path.ts';
import { EXPOSURES, NAMED_STRATA, type NamedStratum, type StratumValue } from './named-strata.ts';
import { type Stratum, UNKNOWN_STRATUM } from './stratum.ts';

/** Parts of the record that nobody has on the day of the infusion. */
const AFTER_INFUSION = new Set(['laterTherapies', 'followUp']);
/** "Within six months" (clinical specification 3.4). */
const SIX_MONTHS = windowEndDay('2000-01-01', SIX_MONTH_WINDOWS[0]);

/**
 * Throws `immortal-time-bias` for groups by what happens later, with the forms that may be asked for instead;
 * `parameter-invalid` for what is no stratum.
 */
export function parseStratum(text: string): Stratum {
  const [name = '', form, argument, ...more] = text.split(':');
  if (more.length > 0) throw unknownStratum(text);
  const exposure = Object.hasOwn(EXPOSURES, name) ? EXPOSURES[name] : undefined;
  if (exposure !== undefined) {
    if (form === 'time-varying' && argument === undefined)
      return { kind: form, name: text, parameters: [], ...exposure };
    if (form === 'landmark') {
      return { kind: form, name: text, landmark: landmarkOf(name, argument), parameters: [], ...exposure };
    }
    throw immortalTime(text, name);
  }
  if (form !== undefined && form !== 'cut') throw unknownStratum(text);
  if (name === 'course' && form === undefined) return { kind: 'course', name };
  const stratum = namedOrElement(name);
  if (stratum === undefined) throw unknownStratum(text);
  const cuts = form === undefined ? undefined : cutsOf(text, argument);
  return {
    kind: 'fixed',
    name: text,
    labelOf: (member, overrides) => labelOf(stratum.valueOf(member, overrides), cuts),
    parameters: stratum.parameters ?? [],
    cautions: stratum.cautions ?? [],
  };
}

function namedOrElement(name: string): NamedStratum | undefined {
  if (Object.hasOwn(NAMED_STRATA, name)) return NAMED_STRATA[name];
  const path = parseElementPath(name);
  if (path === undefined) return undefined;
  if (AFTER_INFUSION.has(path[0])) throw immortalTime(name, 'hct-after');
  return { valueOf: (member) => readBaselineElement(member, path) };
}

function labelOf(value: StratumValue | undefined, cuts: readonly number[] | undefined): string {
  if (value === undefined) return UNKNOWN_STRATUM;
  if (cuts !== undefined) return typeof value === 'string' ? UNKNOWN_STRATUM : bandOf(value, cuts);
  return typeof value === 'object' ? `${value.comparator ?? ''}${value.value}` : String(value);
}

/** Between which cut points; unknown where a comparator leaves more than one band open. */
function bandOf(measured: number | Measured, cuts: readonly number[]): string {
  const known = typeof measured === 'number' ? { value: measured } : measured;
  const states = cuts.map((cut) => isBelowThreshold(known, 'LT', cut));
  if (states.includes('UNKNOWN')) return UNKNOWN_STRATUM;
  const reached = states.filter((state) => state === 'NOT_MET').length;
  const [low, high] = [cuts[reached - 1], cuts[reached]];
  if (low === undefined) return `<${high}`;
  return high === undefined ? `>=${low}` : `>=${low} <${high}`;
}

function cutsOf(text: string, argument: string | undefined): readonly number[] {
  const cuts = (argument ?? '').split(',').map((cut) => (cut.trim() === '' ? Number.NaN : Number(cut)));
  const ascending = cuts.every((cut, at) => Number.isFinite(cut) && cut > (cuts[at - 1] ?? -Infinity));
  if (ascending) return cuts;
  throw rejection('parameter-invalid', `Stratum ${quote(text)}: the cut points cannot be used`, {
    found: quote(argument ?? 'none'),
    expected: 'ascending numbers, such as :cut:1,5',
  });
}

function landmarkOf(name: string, argument: string | undefined): number {
  if (argument === undefined && name === 'bca-loss') return SIX_MONTHS;
  const day = argument === undefined || argument === '' ? Number.NaN : Number(argument);
  if (Number.isInteger(day) && day >= 1) return day;
  throw rejection('parameter-invalid', `Stratum ${name}: the landmark cannot be used`, {
    found: quote(argument ?? 'none'),
    expected: `a day after the origin, such as ${name}:landmark:180`,
  });
}

function immortalTime(text: string, name: string): CartographError {
  const message =
    `Groups by ${quote(text)} would credit everybody who got there with the time that it took to get there: ` +
    'who died or relapsed before could not. Compare from a landmark on, or let the group change with time';
  return rejection('immortal-time-bias', message, {
    found: quote(text),
    expected: `${name}:landmark:DAYS or ${name}:time-varying`,
  });
}

function unknownStratum(text: string): CartographError {
  const names = [...Object.keys(NAMED_STRATA), 'course'].join(', ');
  const exposures = Object.keys(EXPOSURES).join(', ');
  return rejection('parameter-invalid', `${quote(text)} is no stratum`, {
    found: quote(text),
    expected:
      `${names}; an element such as patient.sex.value or course.infusion.dosePerKg, numbers with :cut:LIMITS; ` +
      `${exposures} with :landmark:DAYS or :time-varying`,
  });
}
