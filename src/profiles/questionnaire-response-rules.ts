/**
 * A QuestionnaireResponse against its Questionnaire, where that is at hand: contained, in the same bundle, or loaded. Items
 * are those of the questionnaire, in its order, as often as it allows; what is required and enabled is answered when the
 * response is complete; what is not enabled is not answered.
 */
import { isObject, type JsonObject, withoutVersion } from './definition.ts';
import { type Answers, answersOf, isEnabled } from './enable-when.ts';
import { checkAnswer, containedIn } from './questionnaire-answers.ts';
import { carriedBy } from './resolve-reference.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

/** What stays the same all over one response. */
interface Scope {
  readonly questionnaire: JsonObject;
  readonly answers: Answers;
  readonly isComplete: boolean;
  readonly context: ValidatorContext;
  readonly run: Run;
}

export function checkQuestionnaireResponse(response: JsonObject, context: ValidatorContext, run: Run): void {
  const { questionnaire: canonical, status } = response;
  if (typeof canonical !== 'string') return;
  const questionnaire = questionnaireOf(canonical, response, context, run);
  if (questionnaire === undefined) {
    run.report(
      'definition-unknown',
      'information',
      'its questionnaire is not here, so answers are not checked',
      {
        expected: canonical.slice(0, 200),
      },
    );
    return;
  }
  const isComplete = status === 'completed' || status === 'amended';
  checkItems(response['item'], questionnaire['item'], {
    questionnaire,
    answers: answersOf(response),
    isComplete,
    context,
    run,
  });
}

function questionnaireOf(
  canonical: string,
  response: JsonObject,
  { store }: ValidatorContext,
  run: Run,
): JsonObject | undefined {
  if (canonical.startsWith('#')) return containedIn(response, canonical.slice(1));
  const url = withoutVersion(canonical);
  const carrier = run.scope?.carrier;
  const carried = carrier === undefined ? [] : carriedBy(carrier);
  const found = carried.find(
    ({ resource }) => resource['resourceType'] === 'Questionnaire' && resource['url'] === url,
  );
  return found?.resource ?? store.questionnaire(canonical);
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** One level: the items of a response, a group or an answer, and the items that the questionnaire has there. */
function checkItems(given: unknown, asked: unknown, scope: Scope): void {
  const { run } = scope;
  const items = listOf(given);
  const questions = listOf(asked);
  let last = 0;
  let isOrdered = true;
  for (const [i, item] of items.entries()) {
    const index = questions.findIndex(({ linkId }) => linkId === item['linkId']);
    const question = questions[index];
    run.push('item', i, 'QuestionnaireResponse.item', item);
    if (question === undefined)
      run.error('answer-invalid', 'has a link id that the questionnaire does not have there');
    else checkItem(item, question, scope);
    run.pop();
    if (question !== undefined && index < last) isOrdered = false;
    last = Math.max(last, index);
  }
  if (!isOrdered)
    run.error('answer-invalid', 'its items are in another order than those of the questionnaire');
  for (const question of questions) checkNumber(question, items, scope);
}

/** How often a question has an item, and whether it has an answer where it must. */
function checkNumber(question: JsonObject, items: readonly JsonObject[], scope: Scope): void {
  const own = items.filter(({ linkId }) => linkId === question['linkId']);
  if (own.length > 1 && question['repeats'] !== true) {
    scope.run.error('answer-invalid', 'a question that does not repeat has several items', {
      found: String(own.length),
      expected: '1',
    });
  }
  if (question['required'] !== true || !scope.isComplete || !isEnabled(question, scope.answers)) return;
  const part = question['type'] === 'group' ? 'item' : 'answer';
  if (own.some((item) => listOf(item[part]).length > 0)) return;
  scope.run.error('answer-invalid', 'a required question has no answer', {
    found: '0',
    expected: 'at least 1',
  });
}

function checkItem(item: JsonObject, question: JsonObject, scope: Scope): void {
  const { run } = scope;
  const answers = listOf(item['answer']);
  if (answers.length > 0 && !isEnabled(question, scope.answers)) {
    run.error('answer-invalid', 'a question that is not enabled has an answer');
  }
  if (
    typeof item['text'] === 'string' &&
    typeof question['text'] === 'string' &&
    item['text'] !== question['text']
  ) {
    run.error('answer-invalid', 'its text is another than that of the question');
  }
  if (question['type'] === 'group') {
    if (answers.length > 0) run.error('answer-invalid', 'a group has an answer');
    checkItems(item['item'], question['item'], scope);
    return;
  }
  if (answers.length > 1 && question['repeats'] !== true) {
    run.error('answer-invalid', 'a question that does not repeat has several answers');
  }
  for (const [i, answer] of answers.entries()) {
    run.push('answer', i, 'QuestionnaireResponse.item.answer', answer);
    checkAnswer(answer, question, scope.questionnaire, scope.context, run);
    checkItems(answer['item'], question['item'], scope);
    run.pop();
  }
}
