/** Facts within a day for tests of toxicity: local time without a change of clock, one hour ahead of UTC. */
import type {
  ClinicalSign,
  Laboratory,
  NeuroAssessment,
  OxygenSupport,
  SupportiveDrug,
  ToxicityGrade,
  Transgene,
  VitalSign,
} from '../../src/cohort/cohort-record.generated.ts';
import { addDays, dayNumber } from '../../src/core/partial-date.ts';
import { from } from './record-builder.ts';

export const INFUSION = '2024-03-04';

interface When {
  readonly date: string;
  readonly time?: string;
  readonly epochMinute?: number;
}

/** Day counted from the infusion, and local time HH:MM; without a time the fact is known by its day alone. */
export function when(day: number, time?: string): When {
  const date = addDays(INFUSION, day);
  if (time === undefined) return { date };
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return { date, time: `${time}:00+01:00`, epochMinute: dayNumber(date) * 1440 + minutes - 60 };
}

function source(kind: string, at: When): ReturnType<typeof from> {
  return from(`Observation/${kind}-${at.date}-${at.time?.slice(0, 5) ?? 'day'}`);
}

export function temperature(at: When, value: number, more: Partial<VitalSign> = {}): VitalSign {
  return { ...at, sign: 'temperature', value, sources: source('temperature', at), ...more };
}

export function systolic(at: When, value: number): VitalSign {
  return { ...at, sign: 'systolic', value, sources: source('systolic', at) };
}

export function oxygen(
  at: When,
  device: OxygenSupport['device'],
  flow?: number,
  more: Partial<OxygenSupport> = {},
): OxygenSupport {
  const sources = source('oxygen', at);
  return { ...at, device, ...(flow === undefined ? {} : { flow }), sources, ...more };
}

export function sign(
  at: When,
  name: ClinicalSign['sign'],
  present: boolean,
  more: Partial<ClinicalSign> = {},
): ClinicalSign {
  return { ...at, sign: name, present, sources: source(name.toLowerCase(), at), ...more };
}

/** Without an end: one moment. */
export function drug(
  start: When,
  agent: string,
  end?: When,
  more: Partial<SupportiveDrug> = {},
): SupportiveDrug {
  const sources = from(`MedicationAdministration/${agent}-${start.date}-${start.time?.slice(0, 5) ?? 'day'}`);
  return {
    ...start,
    agent,
    ...(end === undefined ? {} : { endDate: end.date }),
    ...(end?.time === undefined ? {} : { endTime: end.time }),
    ...(end?.epochMinute === undefined ? {} : { endEpochMinute: end.epochMinute }),
    sources,
    ...more,
  };
}

export function neuro(at: When, findings: Partial<NeuroAssessment>): NeuroAssessment {
  return { ...at, sources: source('neuro', at), ...findings };
}

export function lab(at: When, analyte: string, value: number, more: Partial<Laboratory> = {}): Laboratory {
  return { ...at, analyte, value, sources: source(`${analyte}-${value}`, at), ...more };
}

export function transgene(at: When, copies: number, more: Partial<Transgene> = {}): Transgene {
  return { ...at, copiesPerMicrogram: copies, specimen: 'BLOOD', sources: source('transgene', at), ...more };
}

export function reported(
  at: When,
  toxicity: ToxicityGrade['toxicity'],
  system: string,
  grade?: number,
  more: Partial<ToxicityGrade> = {},
): ToxicityGrade {
  const sources = source(`${toxicity}-${system}`.toLowerCase(), at);
  return { ...at, toxicity, system, ...(grade === undefined ? {} : { grade }), sources, ...more };
}
