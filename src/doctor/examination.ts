import { CartographError } from '../core/cartograph-error.ts';

/** fail: the service does not start or cannot be trusted; warn: it works, and somebody should look. */
export type Verdict = 'ok' | 'warn' | 'fail';

export interface Examined {
  readonly check: string;
  readonly verdict: Verdict;
  /** One line. */
  readonly detail: string;
}

type Outcome = readonly [Verdict, string];

/** Does the check; what it throws is a failure, told without anything that might be a secret. */
export async function examine(check: string, work: () => Outcome | Promise<Outcome>): Promise<Examined> {
  try {
    const [verdict, detail] = await work();
    return { check, verdict, detail };
  } catch (error) {
    return { check, verdict: 'fail', detail: describe(error) };
  }
}

function describe(error: unknown): string {
  if (error instanceof CartographError) {
    const more = error.findings.length > 1 ? `; and ${error.findings.length - 1} more` : '';
    const [{ found, expected } = {}] = error.findings;
    const details = [
      found === undefined || error.message.includes(found) ? '' : `found ${found}`,
      expected === undefined || error.message.includes(expected) ? '' : `expected ${expected}`,
    ];
    return `${[error.message, ...details.filter((part) => part !== '')].join(', ')}${more}`;
  }
  if (!(error instanceof Error)) return 'something unknown was thrown';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
