import { isObject, type JsonObject } from './definition.ts';
import type { Run } from './run.ts';

/** What enables an item is another item of the questionnaire (R4, questionnaire.html). */
export function checkQuestionnaire(questionnaire: JsonObject, run: Run): void {
  const linkIds = new Set<unknown>();
  walk(questionnaire, run, ({ linkId }) => linkIds.add(linkId));
  walk(questionnaire, run, (item) => checkEnableWhen(item, linkIds, run));
}

function walk(owner: JsonObject, run: Run, visit: (item: JsonObject) => void): void {
  const items = owner['item'];
  if (!Array.isArray(items)) return;
  for (const [i, item] of items.entries()) {
    if (!isObject(item)) continue;
    run.push('item', i, 'Questionnaire.item', item);
    visit(item);
    walk(item, run, visit);
    run.pop();
  }
}

function checkEnableWhen(item: JsonObject, linkIds: ReadonlySet<unknown>, run: Run): void {
  const { enableWhen, linkId } = item;
  if (!Array.isArray(enableWhen)) return;
  for (const [i, condition] of enableWhen.entries()) {
    if (!isObject(condition) || typeof condition['question'] !== 'string') continue;
    const { question } = condition;
    run.push('enableWhen', i, 'Questionnaire.item.enableWhen', condition);
    if (question === linkId) run.error('definition-invalid', 'an item is not enabled by itself');
    else if (linkIdsIn(item).has(question)) {
      run.error('definition-invalid', 'an item is not enabled by one inside it');
    } else if (!linkIds.has(question)) run.error('definition-invalid', 'names a question that is not there');
    run.pop();
  }
}

function linkIdsIn({ item }: JsonObject): ReadonlySet<unknown> {
  const below = Array.isArray(item) ? item.filter(isObject) : [];
  return new Set(below.flatMap((each) => [each['linkId'], ...linkIdsIn(each)]));
}
