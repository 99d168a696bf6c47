/** The endpoint vectors of clinical specification 4.6 as records of facts. */
import { readFileSync } from 'node:fs';
import type { CohortRecord, DiseaseStatus } from '../../src/cohort/cohort-record.generated.ts';
import { addDays } from '../../src/core/partial-date.ts';
import {
  bCellsOn,
  diedOn,
  hctOn,
  infusedOn,
  malignancyOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
  therapyOn,
} from './record-builder.ts';

interface VectorEvent {
  readonly type: string;
  readonly date: string;
  readonly cd19?: 'POS' | 'NEG' | 'UNKNOWN';
  readonly site?: string;
  readonly lineageSwitch?: boolean;
  readonly cause?: 'LEUKEMIA' | 'CRS' | 'INFECTION' | 'OTHER';
  readonly maintenance?: boolean;
}

export interface VectorCase {
  readonly id: string;
  readonly infusions: readonly string[];
  readonly assessments: readonly {
    readonly date: string;
    readonly resp: 'CR' | 'CRi' | 'NR';
    readonly mrd?: 'POS' | 'NEG';
  }[];
  readonly events: readonly VectorEvent[];
  readonly lastContact: string;
  readonly cutoff: string;
  readonly expected: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface VectorFile {
  readonly definitions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly monthDays: number;
  readonly cases: readonly VectorCase[];
}

export function loadEndpointVectors(): VectorFile {
  return JSON.parse(readFileSync(new URL('../vectors/endpoint.json', import.meta.url), 'utf8')) as VectorFile;
}

const RESPONSES = { CR: 'CR', CRi: 'CRI', NR: 'NR' } as const;
const ANTIGENS = { POS: 'POSITIVE', NEG: 'NEGATIVE', UNKNOWN: 'UNKNOWN' } as const;
const SITES: Readonly<Record<string, NonNullable<DiseaseStatus['sites']>[number]>> = {
  BM: 'MARROW',
  CNS: 'CNS',
  TESTIS: 'TESTIS',
};

/** A day with loss of aplasia needs an aplastic sample before it. */
const APLASTIC_SAMPLE_DAY = 14;

export function recordOfVector(vector: VectorCase): CohortRecord {
  const parts: { -readonly [Key in keyof RecordParts]: RecordParts[Key] } = {
    courses: infusedOn(...vector.infusions),
    statuses: vector.assessments.map(({ date, resp }) => statusOn(date, RESPONSES[resp])),
    mrd: vector.assessments.flatMap(({ date, mrd }) =>
      mrd === undefined ? [] : [mrdOn(date, mrd === 'POS' ? 'POSITIVE' : 'NEGATIVE')],
    ),
    lastContact: vector.lastContact,
  };
  for (const event of vector.events) addEvent(parts, event, vector.infusions[0] ?? event.date);
  return recordOf(parts);
}

function addEvent(
  parts: { -readonly [Key in keyof RecordParts]: RecordParts[Key] },
  event: VectorEvent,
  infusion: string,
): void {
  const { date } = event;
  switch (event.type) {
    case 'RELAPSE':
      parts.statuses = [...(parts.statuses ?? []), relapseOf(event)];
      return;
    case 'DEATH':
      parts.death = diedOn(date, event.cause);
      return;
    case 'HCT':
      parts.hcts = [...(parts.hcts ?? []), hctOn(date)];
      return;
    case 'NEW_THERAPY': {
      const intent = event.maintenance === true ? 'MAINTENANCE' : 'NEW_THERAPY';
      parts.therapies = [
        ...(parts.therapies ?? []),
        therapyOn(date, 'TYROSINE_KINASE_INHIBITOR', { intent }),
      ];
      return;
    }
    case 'SECOND_MALIGNANCY':
      parts.secondMalignancies = [malignancyOn(date)];
      return;
    case 'BCA_LOSS':
      parts.bCells = [bCellsOn(addDays(infusion, APLASTIC_SAMPLE_DAY), 0.1), bCellsOn(date, 5)];
      return;
    default:
      throw new RangeError(`Unknown event ${event.type}`);
  }
}

function relapseOf({ date, cd19, site, lineageSwitch }: VectorEvent): DiseaseStatus {
  const sites = (site ?? '').split('+').flatMap((code) => SITES[code] ?? []);
  const [first, ...rest] = sites;
  return statusOn(date, 'RELAPSE', {
    ...(first === undefined ? {} : { sites: [first, ...rest] }),
    ...(cd19 === undefined ? {} : { cd19: ANTIGENS[cd19] }),
    ...(lineageSwitch === undefined ? {} : { lineageSwitch }),
  });
}
