import { allOf, anyOf, fromBoolean, not, type Tristate } from '../../core/tristate.ts';
import type { Criterion } from './criterion.ts';

/** Whether a resource of these tokens meets a criterion; UNKNOWN where dates, texts, numbers or references decide. */
export function meetsByTokens(criterion: Criterion, id: string, tokens: ReadonlySet<string>): Tristate {
  switch (criterion.kind) {
    case 'all':
      return allOf(criterion.of.map((one) => meetsByTokens(one, id, tokens)));
    case 'any':
      return anyOf(criterion.of.map((one) => meetsByTokens(one, id, tokens)));
    case 'not':
      return not(meetsByTokens(criterion.of, id, tokens));
    case 'words':
      return fromBoolean(criterion.words.some((word) => tokens.has(word)));
    case 'ids':
      return fromBoolean(criterion.ids.includes(id));
    default:
      return 'UNKNOWN';
  }
}
