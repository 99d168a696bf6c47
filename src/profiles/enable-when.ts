/** Is an item of a questionnaire enabled by the answers given (R4, questionnaire.html, enableWhen)? */
import { isObject, type JsonObject } from './definition.ts';
import { choiceIn, sameAnswer } from './questionnaire-answers.ts';

/** Values of the answers of a response, by link id. */
export type Answers = ReadonlyMap<unknown, readonly unknown[]>;

/** Every answer of a response, at any depth. */
export function answersOf(response: JsonObject): Answers {
  const answers = new Map<unknown, unknown[]>();
  gather(response['item'], answers);
  return answers;
}

function gather(items: unknown, answers: Map<unknown, unknown[]>): void {
  for (const item of listOf(items)) {
    const { linkId } = item;
    for (const answer of listOf(item['answer'])) {
      const given = choiceIn(answer, 'value');
      const known = answers.get(linkId) ?? [];
      if (given !== undefined) answers.set(linkId, [...known, given.value]);
      gather(answer['item'], answers);
    }
    gather(item['item'], answers);
  }
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function isEnabled(item: JsonObject, answers: Answers): boolean {
  const conditions = listOf(item['enableWhen']);
  if (conditions.length === 0) return true;
  const holds = (condition: JsonObject): boolean => conditionHolds(condition, answers);
  return item['enableBehavior'] === 'all' ? conditions.every(holds) : conditions.some(holds);
}

function conditionHolds(condition: JsonObject, answers: Answers): boolean {
  const wanted = choiceIn(condition, 'answer')?.value;
  const given = answers.get(condition['question']) ?? [];
  switch (condition['operator']) {
    case 'exists':
      return given.length > 0 === (wanted === true);
    case '=':
      return given.some((each) => sameAnswer(each, wanted));
    case '!=':
      return given.every((each) => !sameAnswer(each, wanted));
    case '>':
      return given.some((each) => orderOf(each, wanted) > 0);
    case '<':
      return given.some((each) => orderOf(each, wanted) < 0);
    case '>=':
      return given.some((each) => orderOf(each, wanted) >= 0);
    case '<=':
      return given.some((each) => orderOf(each, wanted) <= 0);
    default:
      return true;
  }
}

/** NaN, which is neither more nor less, where the two have no order. */
function orderOf(left: unknown, right: unknown): number {
  const [a, b] = [left, right].map((each) => (isObject(each) ? each['value'] : each));
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return Number.NaN;
  return a === b ? 0 : a < b ? -1 : 1;
}
