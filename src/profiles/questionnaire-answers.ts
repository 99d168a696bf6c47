/** Answers of a QuestionnaireResponse against the item that asks for them (R4, questionnaireresponse.html). */
import { quote } from '../core/finding.ts';
import { isObject, type JsonObject } from './definition.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

/** The types of answer that an item takes, by `Questionnaire.item.type`; a choice takes what its options may be. */
const CHOICE: readonly string[] = ['Coding', 'string', 'integer', 'date', 'time', 'Reference'];
const TYPES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['boolean'],
  decimal: ['decimal'],
  integer: ['integer'],
  date: ['date'],
  dateTime: ['dateTime'],
  time: ['time'],
  string: ['string'],
  text: ['string'],
  url: ['uri'],
  choice: CHOICE,
  'open-choice': CHOICE,
  attachment: ['Attachment'],
  reference: ['Reference'],
  quantity: ['Quantity'],
};

interface Typed {
  readonly type: string;
  readonly value: unknown;
}

/** What `value[x]`, `answer[x]` or the like holds; undefined where there is nothing. */
export function choiceIn(owner: JsonObject, prefix: 'value' | 'answer'): Typed | undefined {
  const key = Object.keys(owner).find(
    (each) => each.startsWith(prefix) && /[A-Z]/.test(each.charAt(prefix.length)),
  );
  if (key === undefined) return undefined;
  const suffix = key.slice(prefix.length);
  const isPrimitive = typeof owner[key] !== 'object';
  return { type: isPrimitive ? suffix.charAt(0).toLowerCase() + suffix.slice(1) : suffix, value: owner[key] };
}

/** One answer: of a type that the question takes, and one of its options where it has some. */
export function checkAnswer(
  answer: JsonObject,
  question: JsonObject,
  questionnaire: JsonObject,
  context: ValidatorContext,
  run: Run,
): void {
  const given = choiceIn(answer, 'value');
  if (given === undefined) return;
  const kind = String(question['type']);
  const types = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined;
  if (types !== undefined && !types.includes(given.type)) {
    const details = { found: given.type, expected: types.join(', ') };
    run.error('answer-invalid', 'an answer of a type that the question does not take', details);
    return;
  }
  const isOpen = kind === 'open-choice';
  if (isOpen && given.type === 'string') return;
  if (Array.isArray(question['answerOption'])) checkOption(given, question['answerOption'], run);
  else if (!isOpen) checkMember(given, question['answerValueSet'], questionnaire, context, run);
}

function checkOption(given: Typed, options: readonly unknown[], run: Run): void {
  const isOffered = options.some((option) => {
    const offered = isObject(option) ? choiceIn(option, 'value') : undefined;
    return offered !== undefined && sameAnswer(offered.value, given.value);
  });
  if (isOffered) return;
  const { value } = given;
  const found = isObject(value) && typeof value['code'] === 'string' ? { found: quote(value['code']) } : {};
  run.error('answer-invalid', 'an answer that is none of the options', found);
}

/** Codings by system and code, references by what they name, others by value. */
export function sameAnswer(left: unknown, right: unknown): boolean {
  if (!isObject(left) || !isObject(right)) return left === right;
  const keys = 'reference' in left ? ['reference'] : ['system', 'code', 'value'];
  return keys.every((key) => left[key] === right[key]);
}

function checkMember(
  { type, value }: Typed,
  valueSet: unknown,
  questionnaire: JsonObject,
  { store: { terminology } }: ValidatorContext,
  run: Run,
): void {
  if (type !== 'Coding' || !isObject(value) || typeof valueSet !== 'string') return;
  const { system, code } = value;
  if (typeof code !== 'string') return;
  const local = valueSet.startsWith('#') ? containedIn(questionnaire, valueSet.slice(1)) : undefined;
  const test = local === undefined ? terminology.membershipTest(valueSet) : terminology.testOf(local);
  if (test(typeof system === 'string' ? system : '', code) !== 'not-member') return;
  run.error('code-not-in-value-set', 'an answer that is not in the value set of the question', {
    found: quote(code),
    expected: valueSet,
  });
}

/** A contained resource by its id. */
export function containedIn({ contained }: JsonObject, id: string): JsonObject | undefined {
  const list: readonly unknown[] = Array.isArray(contained) ? contained : [];
  return list.find((each): each is JsonObject => isObject(each) && each['id'] === id);
}
