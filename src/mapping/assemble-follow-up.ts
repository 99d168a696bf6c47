/** Death, vital status and last contact (inputs.md, first row and "last contact"). */
import type { Death, FollowUp, Contact as RecordContact, Source } from '../cohort/cohort-record.generated.ts';
import type { Finding } from '../core/finding.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { chooseValue } from './choose-value.ts';
import type { Fact, FactOf } from './fact.ts';
import { recordItem, sortContent } from './record-list.ts';
import { recordSources } from './record-sources.ts';

/** A day on which a resource proves contact. */
export interface Contact {
  readonly date: PartialDate;
  readonly source: Source;
}

export function assembleFollowUp(
  deaths: readonly Fact[],
  vitalStatus: readonly FactOf<'vitalStatus'>[],
  secondMalignancies: readonly FactOf<'secondMalignancy'>[],
  contacts: readonly Contact[],
): { readonly followUp: FollowUp; readonly findings: readonly Finding[] } {
  const { death, findings } = deathOf(deaths, vitalStatus);
  const lastContact = lastContactOf(vitalStatus, contacts);
  return {
    followUp: {
      ...(death === undefined ? {} : { death }),
      vitalStatus: sortContent(vitalStatus.map((fact) => recordItem(fact))),
      ...(lastContact === undefined ? {} : { lastContact }),
      secondMalignancies: sortContent(secondMalignancies.map((fact) => recordItem(fact))),
    },
    findings,
  };
}

function deathOf(
  facts: readonly Fact[],
  vitalStatus: readonly Fact[],
): { readonly death?: Death; readonly findings: readonly Finding[] } {
  const stating = facts.filter(
    ({ elements }) =>
      elements['date'] !== undefined || elements['deceased'] === true || elements['cause'] !== undefined,
  );
  const asVitalStatus = vitalStatus.filter(({ elements }) => elements['status'] === 'DEAD');
  if (stating.length === 0 && asVitalStatus.length === 0) return { findings: [] };
  const date = chooseValue(
    'date',
    stating.filter(({ elements }) => elements['date'] !== undefined),
  );
  const cause = chooseValue(
    'cause',
    stating.filter(({ elements }) => elements['cause'] !== undefined),
  );
  const sources = recordSources([...stating, ...asVitalStatus]);
  const undated: readonly Finding[] =
    date.chosen === undefined
      ? [
          {
            code: 'death-undated',
            severity: 'warning',
            message: 'The patient is dead at an unknown date.',
            ...(sources[0] === undefined ? {} : { reference: sources[0].reference }),
            expression: 'Patient.deceased',
            expected: 'deceasedDateTime',
          },
        ]
      : [];
  return {
    death: {
      ...(date.chosen === undefined ? {} : { date: date.chosen.value }),
      ...(cause.chosen === undefined ? {} : { cause: cause.chosen.value as NonNullable<Death['cause']> }),
      sources,
    },
    findings: [...undated, ...date.findings, ...cause.findings],
  };
}

/** The latest vital status; else the latest day on which a resource shows the patient, flagged as derived. */
function lastContactOf(
  vitalStatus: readonly Fact[],
  contacts: readonly Contact[],
): RecordContact | undefined {
  const stated = latest(vitalStatus.map((fact) => ({ date: String(fact.elements['date']), fact })));
  if (stated.length > 0) {
    return { date: stated[0]?.date ?? '', sources: recordSources(stated.map(({ fact }) => fact)) };
  }
  const [first] = latest(contacts).sort((a, b) => (a.source.reference < b.source.reference ? -1 : 1));
  return first === undefined
    ? undefined
    : { date: first.date, sources: [{ ...first.source, flags: ['DERIVED'] }] };
}

function latest<T extends { readonly date: string }>(dated: readonly T[]): T[] {
  const last = dated
    .map(({ date }) => date)
    .sort()
    .at(-1);
  return dated.filter(({ date }) => date === last);
}
