/** From the resources of one person, in any order, to the canonical record. */
import type { Resource } from '@medplum/fhirtypes';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import { CATALOGUE } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { DERIVED_TAG } from '../fhir/derived-tag.ts';
import type { Contact } from './assemble-follow-up.ts';
import { assembleRecord } from './assemble-record.ts';
import { type ContactDay, contactDay } from './contact-date.ts';
import { extractFacts } from './extract-facts.ts';
import type { Fact } from './fact.ts';
import { linkIndex, linkResource, literalKey } from './link-resources.ts';
import type { Mappings } from './mappings.ts';
import { referenceTo } from './resource-finding.ts';

export interface SourcedResource {
  readonly resource: Resource;
  readonly site: string;
  /** Day on which it reached us; what is dated later is a finding and proves no contact. */
  readonly receivedOn?: PartialDate;
}

/** Findings that are the same for every resource of a site: one of them a site is enough. */
const ONCE_A_SITE: ReadonlySet<string> = new Set(['date-in-utc', 'code-inexact']);

/**
 * `resources` are all that belong to the person: every Patient that is this person, what refers to one of them,
 * and the medications, specimens and products that those refer to. `about` are findings that only the caller can
 * make, who sees more than this person: identities that were not joined, references that lead nowhere.
 */
export function mapPerson(
  resources: readonly SourcedResource[],
  mappings: Mappings,
  about: readonly Finding[] = [],
): CohortRecord {
  const all = resources.map(({ resource }) => resource);
  const index = linkIndex(all);
  const facts: Fact[] = [];
  const seen: Seen[] = [];
  let lastDay = '';
  const findings: Finding[] = [...about];
  for (const { resource, site, receivedOn } of resources) {
    if (isDerived(resource)) continue;
    const siteMappings = mappings.forSite(site);
    const linked = linkResource(resource, index);
    const extracted = extractFacts(linked, siteMappings, mappings.watchedWords);
    for (const fact of extracted.facts) facts.push(fact);
    for (const finding of extracted.findings) findings.push(finding);
    const contact = contactDay(resource, siteMappings.timeZone);
    if (contact === undefined) continue;
    if (receivedOn !== undefined && contact.date > receivedOn)
      findings.push(inFuture(resource, contact, site));
    else if (contact.date >= lastDay) {
      // Only the last day on which the person was seen will count.
      if (contact.date > lastDay) seen.length = 0;
      lastDay = contact.date;
      seen.push({ resource, contact, site });
    }
  }
  const { id, missing } = personOf(all);
  findings.push(...missing);
  return assembleRecord(id, facts, seen.map(contactOf), onceASite(findings));
}

/** A resource that shows the person, and the day on which it does. */
interface Seen {
  readonly resource: Resource;
  readonly contact: ContactDay;
  readonly site: string;
}

function isDerived({ meta }: Resource): boolean {
  if (!Array.isArray(meta?.tag)) return false;
  for (const { system, code } of meta.tag) {
    if (code === DERIVED_TAG.code && system === DERIVED_TAG.system) return true;
  }
  return false;
}

/** The smallest id of the Patients; where none is here, the smallest that is referred to, with a finding. */
function personOf(resources: readonly Resource[]): {
  readonly id: string;
  readonly missing: readonly Finding[];
} {
  const patients = resources
    .filter(({ resourceType }) => resourceType === 'Patient')
    .map(({ id }) => id ?? '');
  const [id] = patients.sort();
  if (id !== undefined) return { id, missing: [] };
  const named = resources.flatMap((resource) => {
    const key = literalKey(subjectOf(resource));
    return key?.startsWith('Patient/') === true ? [key.slice('Patient/'.length)] : [];
  });
  const [first] = named.sort();
  const missing: Finding = {
    code: 'patient-unknown',
    severity: 'warning',
    message: CATALOGUE['patient-unknown'].meaning,
    ...(resources[0] === undefined ? {} : { reference: referenceTo(resources[0]) }),
  };
  return { id: first ?? 'unknown', missing: [missing] };
}

function subjectOf(resource: Resource): string | undefined {
  if ('subject' in resource)
    return (resource.subject as { readonly reference?: string } | undefined)?.reference;
  if ('patient' in resource)
    return (resource.patient as { readonly reference?: string } | undefined)?.reference;
  return undefined;
}

function contactOf({ resource, contact: { date, path }, site }: Seen): Contact {
  const versionId = resource.meta?.versionId;
  const version = versionId === undefined ? {} : { versionId };
  return { date, source: { reference: referenceTo(resource), ...version, path, site } };
}

function inFuture(resource: Resource, contact: ContactDay, site: string): Finding {
  return {
    code: 'date-in-future',
    severity: 'warning',
    message: CATALOGUE['date-in-future'].meaning,
    reference: referenceTo(resource),
    expression: contact.path,
    found: contact.date,
    site,
  };
}

/** Deterministic whatever the order of arrival: the one with the smallest reference stays. */
function onceASite(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  const others: Finding[] = [];
  for (const finding of findings) {
    if (!ONCE_A_SITE.has(finding.code)) others.push(finding);
    else {
      const key = `${finding.code} ${finding.site ?? ''}`;
      const before = kept.get(key);
      if (before === undefined || (finding.reference ?? '') < (before.reference ?? ''))
        kept.set(key, finding);
    }
  }
  return [...others, ...kept.values()];
}
