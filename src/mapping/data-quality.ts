/** What is to be said about the data of a cohort: findings counted by site and code, codes that nothing knows. */
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { Finding } from '../core/finding.ts';
import { linkIndex, linkResource } from './link-resources.ts';
import type { SourcedResource } from './map-person.ts';
import type { Mappings } from './mappings.ts';
import { conceptsOf, recognise } from './recognise.ts';

export interface FindingCount {
  /** Absent for findings that no single site is behind, such as an identity that was not joined. */
  readonly site?: string;
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly count: number;
  /** Persons with at least one of them. */
  readonly patients: number;
}

export interface UnmappedCode {
  readonly site: string;
  readonly resourceType: string;
  /** Absent for a concept in text alone; texts are not repeated, for anything may stand in them. */
  readonly system?: string;
  readonly code?: string;
  readonly count: number;
}

export interface DataQualityReport {
  readonly patients: number;
  /** The most frequent first. */
  readonly findings: readonly FindingCount[];
  readonly unmappedCodes: readonly UnmappedCode[];
}

export function buildDataQualityReport(
  records: Iterable<Pick<CohortRecord, 'findings'>>,
  unmappedCodes: readonly UnmappedCode[] = [],
): DataQualityReport {
  const counts = new Map<string, { finding: Finding; count: number; patients: number }>();
  let patients = 0;
  for (const { findings } of records) {
    patients += 1;
    const own = new Set<string>();
    for (const finding of findings as readonly Finding[]) {
      const key = `${finding.site ?? ''} ${finding.code} ${finding.severity}`;
      const known = counts.get(key) ?? { finding, count: 0, patients: 0 };
      known.count += 1;
      if (!own.has(key)) known.patients += 1;
      own.add(key);
      counts.set(key, known);
    }
  }
  const listed = [...counts.entries()].map(
    ([
      key,
      {
        finding: { site, code, severity },
        ...numbers
      },
    ]) => ({
      key,
      entry: { ...(site === undefined ? {} : { site }), code, severity, ...numbers },
    }),
  );
  listed.sort((a, b) => b.entry.count - a.entry.count || (a.key < b.key ? -1 : 1));
  return { patients, findings: listed.map(({ entry }) => entry), unmappedCodes };
}

/** Counts, over persons one after the other, the codes that no concept map and no pattern knows. */
export class UnmappedCodes {
  readonly #counts = new Map<string, UnmappedCode & { count: number }>();
  readonly #mappings: Mappings;

  constructor(mappings: Mappings) {
    this.#mappings = mappings;
  }

  addPerson(resources: readonly SourcedResource[]): void {
    const index = linkIndex(resources.map(({ resource }) => resource));
    for (const { resource, site } of resources) {
      const rules = this.#mappings.forSite(site).rules.get(resource.resourceType);
      if (rules === undefined || rules.recognisers.length === 0) continue;
      const linked = linkResource(resource, index);
      if (recognise(linked, rules).length > 0) continue;
      for (const element of ['code', 'medication', 'event'] as const) {
        for (const concept of conceptsOf(linked, element))
          this.#add(site, resource.resourceType, concept.coding);
      }
    }
  }

  /** The most frequent first. */
  list(): readonly UnmappedCode[] {
    return [...this.#counts]
      .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
      .map(([, code]) => code);
  }

  #add(
    site: string,
    resourceType: string,
    codings: readonly { readonly system?: string; readonly code?: string }[] | undefined,
  ): void {
    const [first] = codings ?? [];
    const key = `${site} ${resourceType} ${first?.system ?? ''}|${first?.code ?? ''}`;
    const known = this.#counts.get(key);
    if (known !== undefined) known.count += 1;
    else {
      this.#counts.set(key, {
        site,
        resourceType,
        ...(first?.system === undefined ? {} : { system: first.system }),
        ...(first?.code === undefined ? {} : { code: first.code }),
        count: 1,
      });
    }
  }
}
