/** The fact that one row of a view states, and findings about what could not be read of it. */
import type { Resource } from '@medplum/fhirtypes';
import type { Finding } from '../core/finding.ts';
import { type Draft, type ElementFinding, firstOf } from './element-reading.ts';
import type { Fact } from './fact.ts';
import { factSource } from './fact-source.ts';
import type { SiteFactMap } from './mappings.ts';
import type { Occurrence } from './occurrence.ts';
import type { Recognised } from './recognise.ts';
import { resourceFinding } from './resource-finding.ts';
import type { LocatedRow } from './view/located-row.ts';

/** Writes into `facts` and `findings`. */
export function readFact(
  resource: Resource,
  row: LocatedRow,
  match: Recognised,
  occurrence: Occurrence,
  site: string,
  facts: Fact[],
  findings: Finding[],
): void {
  const { factMap, byText, inexact } = match;
  const isNegated = occurrence === 'NEGATED';
  if (isNegated && factMap.negated === undefined) return;
  const draft: Draft = { elements: {}, flags: [], findings: [], usable: true, other: false };
  for (const read of factMap.readers) {
    read(row, match, draft);
    if (draft.other) return;
  }
  const { elements, flags } = draft;
  if (factMap.anyOf?.every((name) => elements[name] === undefined) === true) draft.usable = false;
  if (!draft.usable && factMap.accepts === undefined) return;
  const path = row.sourcePath(factMap.source);
  if (byText) findings.push(resourceFinding('matched-by-text', resource, site));
  if (inexact) findings.push(resourceFinding('code-inexact', resource, site));
  const before = findings.length;
  for (const trouble of draft.findings) findings.push(elementFinding(trouble, resource, row, site));
  if (!draft.usable) {
    const isTold = findings.slice(before).some(({ severity }) => severity !== 'information');
    if (!isTold && !statesAbsence(resource, row, factMap))
      findings.push(resourceFinding('value-unreadable', resource, site, path));
    return;
  }
  if (byText) flags.push('MATCHED_BY_TEXT');
  if (occurrence === 'PRELIMINARY') {
    flags.push('PRELIMINARY');
    findings.push(resourceFinding('status-preliminary', resource, site));
  }
  facts.push({
    kind: (isNegated ? factMap.negated : undefined) ?? factMap.fact,
    elements: isNegated ? { ...elements, ...factMap.negatedElements } : elements,
    sources: [factSource(resource, path, flags, site)],
  });
}

/** An explicit "not known": no fact, and nothing to find fault with. */
function statesAbsence(resource: Resource, row: LocatedRow, { readAbsent }: SiteFactMap): boolean {
  if (readAbsent !== undefined && firstOf(readAbsent(row)) === true) return true;
  return 'dataAbsentReason' in resource && resource.dataAbsentReason !== undefined;
}

function elementFinding(
  { code, column, found, expected }: ElementFinding,
  resource: Resource,
  row: LocatedRow,
  site: string,
): Finding {
  return {
    ...resourceFinding(code, resource, site, row.sourcePath(column)),
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
  };
}
