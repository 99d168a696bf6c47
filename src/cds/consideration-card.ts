import {
  changedParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import type { Consideration, ConsiderationFactor } from '../clinical/risk/consideration.ts';
import type { Tristate } from '../core/tristate.ts';
import { fillMessage } from '../eligibility/fill-message.ts';
import { writtenParameters } from '../reports/report-parameters.ts';
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

function answerOf(consideration: Consideration, messages: ToxicityMessages): string {
  const { definition, status } = consideration;
  const key = `answer.${definition}.${status}`;
  if (!isMessage(key)) throw new RangeError(`No message ${key}`);
  return fillMessage(messages[key], listed(consideration, messages));
}

function listed({ factors, parameters }: Consideration, messages: ToxicityMessages) {
  const names = (wanted: Tristate) =>
    factors.filter(({ status }) => status === wanted).map((factor) => nameOf(factor, parameters, messages));
  return { present: names('MET').join(', '), unknown: names('UNKNOWN').join(', ') };
}

function detailOf(
  context: CardContext,
  consideration: Consideration,
  messages: ToxicityMessages,
  remark: keyof ToxicityMessages | undefined,
): string {
  const { definition, version, citation, factors, notes, status } = consideration;
  const { present, unknown } = listed(consideration, messages);
  const changed = changedIn(context, consideration);
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
    ['full.factors', factors.map((factor) => describeFactor(factor, consideration, messages))],
    ['full.notes', notes],
    ['full.evidence', evidenceOf(consideration, messages)],
    [
      'full.source',
      [
        fillMessage(messages['full.definition'], { definition, version, citation: citation.join(', ') }),
        ...(changed === '' ? [] : [fillMessage(messages['full.parameters'], { parameters: changed })]),
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

/** Those that the answer, or the time of the card, rests on. */
function changedIn({ parameters }: CardContext, { definition, parameters: used }: Consideration): string {
  const window: readonly ParameterName[] = definition === 'PROPH_SEIZURE' ? ['icansAutomaticToDay'] : [];
  const names = [...(Object.keys(used) as readonly ParameterName[]), ...window];
  return writtenParameters(changedParameters(parameters, names)).replaceAll(';', ', ');
}

function describeFactor(
  factor: ConsiderationFactor,
  { parameters }: Consideration,
  messages: ToxicityMessages,
): string {
  const { status, observed, threshold } = factor;
  return fillMessage(messages['full.factor'], {
    name: nameOf(factor, parameters, messages),
    result: messages[`result.${status}`],
    observed: observed === undefined ? '' : fillMessage(messages['full.observed'], { observed }),
    threshold: threshold === undefined ? '' : fillMessage(messages['full.threshold'], { threshold }),
  });
}

function nameOf(
  { id }: ConsiderationFactor,
  { earlyOnsetHours: hours }: ParameterOverrides,
  messages: ToxicityMessages,
): string {
  const key = `factor.${id}`;
  return isMessage(key) ? fillMessage(messages[key], hours === undefined ? {} : { hours }) : id;
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
