/**
 * The latest statement counts (inputs.md, history assertions). Where one question was answered twice on one day, the
 * later time decides, if both times are known; the record itself keeps the day alone.
 */
import type { Finding } from '../core/finding.ts';
import type { Fact, FactValue } from './fact.ts';

export function latestStatements<F extends Fact>(
  facts: readonly F[],
): {
  readonly facts: readonly F[];
  readonly findings: readonly Finding[];
} {
  const days = Map.groupBy(facts, ({ elements }) => `${elements['question']} ${elements['date']}`);
  const kept: F[] = [];
  const findings: Finding[] = [];
  for (const day of days.values()) {
    const latest = latestOf(day);
    for (const fact of day) {
      const isOverruled = latest !== undefined && fact.elements['epochMinute'] !== latest;
      if (!isOverruled || day.some((other) => isLatest(other, latest) && saysTheSame(fact, other)))
        kept.push(withoutTime(fact));
      else findings.push(...fact.sources.map(overruled));
    }
  }
  return { facts: kept, findings };
}

/** The latest minute of the day's statements; undefined where one of them has no time. */
function latestOf(day: readonly Fact[]): number | undefined {
  const minutes = day.map(({ elements }) => elements['epochMinute']);
  return minutes.every((minute) => typeof minute === 'number') ? Math.max(...minutes) : undefined;
}

function isLatest({ elements }: Fact, latest: FactValue | undefined): boolean {
  return elements['epochMinute'] === latest;
}

function saysTheSame(one: Fact, other: Fact): boolean {
  return one.elements['answer'] === other.elements['answer'];
}

function withoutTime<F extends Fact>(fact: F): F {
  const { time: _, epochMinute: __, ...elements } = fact.elements;
  return { ...fact, elements };
}

function overruled({ reference, path, site }: Fact['sources'][number]): Finding {
  return {
    code: 'values-conflict',
    severity: 'information',
    message: 'A later statement of the same day says otherwise; that one is used.',
    reference,
    expression: path,
    site,
  };
}
