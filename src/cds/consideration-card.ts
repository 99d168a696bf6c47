import type { Consideration, ConsiderationFactor } from '../clinical/risk/consideration.ts';
import type { Tristate } from '../core/tristate.ts';
import { fillMessage } from '../eligibility/fill-message.ts';
import { type Card, escapeMarkdown, fitSummary, OVERRIDE_REASONS } from './card.ts';
import { type CardContext, describeGaps } from './card-context.ts';
import { TOXICITY_MESSAGES_EN, type ToxicityMessages } from './toxicity-messages.ts';

/** More references would bury what they stand for; their number is told. */
const MAX_EVIDENCE = 12;

/** A consideration that is met, or that what is not known leaves open, as a card; `remark` is a message beside it. */
export function buildConsiderationCard(
  context: CardContext,
  consideration: Consideration,
  remark?: keyof ToxicityMessages,
): Card {
  const { newId, links } = context;
  const { definition, version, status } = consideration;
  const messages = TOXICITY_MESSAGES_EN;
  return {
    uuid: newId(),
    summary: fitSummary(`After CAR-T. ${answerOf(consideration, messages)}`),
    detail: detailOf(context, consideration, messages, remark),
    indicator: status === 'MET' && definition === 'PROPH_EARLY_TOCI' ? 'warning' : 'info',
    source: { label: `Cartograph, ${definition} version ${version}` },
    ...(links.length === 0 ? {} : { links }),
    overrideReasons: OVERRIDE_REASONS,
  };
}

function answerOf({ definition, status, factors }: Consideration, messages: ToxicityMessages): string {
  const key = `answer.${definition}.${status}`;
  if (!isMessage(key)) throw new RangeError(`No message ${key}`);
  return fillMessage(messages[key], listed(factors, messages));
}

function listed(factors: readonly ConsiderationFactor[], messages: ToxicityMessages) {
  const names = (wanted: Tristate) =>
    factors.filter(({ status }) => status === wanted).map((factor) => nameOf(factor, messages));
  return { present: names('MET').join(', '), unknown: names('UNKNOWN').join(', ') };
}

function detailOf(
  context: CardContext,
  consideration: Consideration,
  messages: ToxicityMessages,
  remark: keyof ToxicityMessages | undefined,
): string {
  const { definition, version, citation, factors, notes, status } = consideration;
  const { present, unknown } = listed(factors, messages);
  const sections: readonly (readonly [keyof ToxicityMessages, readonly string[]])[] = [
    [
      'full.answer',
      [
        answerOf(consideration, messages),
        ...(status === 'UNKNOWN' && present !== ''
          ? [fillMessage(messages['answer.factors'], { present })]
          : []),
        ...(unknown === '' ? [] : [fillMessage(messages['answer.unknown'], { unknown })]),
        ...(remark === undefined ? [] : [messages[remark]]),
      ],
    ],
    ['full.factors', factors.map((factor) => describeFactor(factor, messages))],
    ['full.notes', notes],
    ['full.evidence', evidenceOf(consideration, messages)],
    [
      'full.source',
      [
        fillMessage(messages['full.definition'], { definition, version, citation: citation.join(', ') }),
        messages['full.disclaimer'],
      ],
    ],
  ];
  const gaps = describeGaps(context).map((line) => `> ${escapeMarkdown(line)}`);
  const parts = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) =>
      [`### ${messages[heading]}`, '', ...lines.map((line) => `- ${escapeMarkdown(line)}`)].join('\n'),
    );
  return [...gaps, ...parts].join('\n\n');
}

function describeFactor(factor: ConsiderationFactor, messages: ToxicityMessages): string {
  const { status, observed, threshold } = factor;
  return fillMessage(messages['full.factor'], {
    name: nameOf(factor, messages),
    result: messages[`result.${status}`],
    observed: observed === undefined ? '' : fillMessage(messages['full.observed'], { observed }),
    threshold: threshold === undefined ? '' : fillMessage(messages['full.threshold'], { threshold }),
  });
}

function nameOf({ id }: ConsiderationFactor, messages: ToxicityMessages): string {
  const key = `factor.${id}`;
  return isMessage(key) ? messages[key] : id;
}

function evidenceOf({ evidence }: Consideration, messages: ToxicityMessages): readonly string[] {
  const references = [...new Set(evidence.map(({ reference }) => reference))];
  const left = references.length - MAX_EVIDENCE;
  return left <= 0
    ? references
    : [...references.slice(0, MAX_EVIDENCE), fillMessage(messages['full.moreEvidence'], { count: left })];
}

function isMessage(key: string): key is keyof ToxicityMessages {
  return key in TOXICITY_MESSAGES_EN;
}
