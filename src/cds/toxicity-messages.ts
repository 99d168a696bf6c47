/** Every sentence of the toxicity cards, in English; `{name}` is filled in. Another language is another such object. */
export const TOXICITY_MESSAGES_EN = Object.freeze({
  'answer.PROPH_EARLY_TOCI.MET': 'Early tocilizumab may be considered: {present}.',
  'answer.PROPH_EARLY_TOCI.UNKNOWN': 'Early tocilizumab cannot be weighed. Not known: {unknown}.',
  'answer.PROPH_SEIZURE.MET': 'Seizure prophylaxis may be considered: {present}.',
  'answer.PROPH_SEIZURE.UNKNOWN': 'Seizure prophylaxis cannot be weighed. Not known: {unknown}.',
  'answer.factors': 'Present: {present}.',
  'answer.unknown': 'Not known, each of which may speak for it: {unknown}.',
  'given.tocilizumab': 'Tocilizumab was already given in this course.',
  'given.anticonvulsant': 'An anticonvulsant was already given in this course.',

  'factor.current-crs-grade-1': 'CRS grade 1 at present',
  'factor.high-burden': 'high burden before lymphodepletion',
  'factor.cardiac-comorbidity': 'cardiac comorbidity',
  'factor.pulmonary-comorbidity': 'pulmonary comorbidity',
  'factor.crs-onset-early': 'CRS within {hours} hours of the infusion',
  'factor.seizure-history': 'history of seizures',
  'factor.pres-history': 'history of PRES',
  'factor.other-neurological-history': 'other neurological disorder',
  'factor.abnormal-neuro-imaging': 'abnormal neuro-imaging',

  'result.MET': 'yes',
  'result.NOT_MET': 'no',
  'result.UNKNOWN': 'not known',

  'full.answer': 'Answer',
  'full.factors': 'Factors',
  'full.factor': '{name}: {result}{observed}{threshold}',
  'full.observed': ', {observed}',
  'full.threshold': ', threshold {threshold}',
  'full.notes': 'Notes',
  'full.evidence': 'Evidence',
  'full.moreEvidence': 'and {count} more',
  'full.source': 'Source',
  'full.definition': 'Definition {definition}, version {version}: {citation}.',
  'full.parameters': 'Parameters that the service does not have at their default: {parameters}.',
  'full.disclaimer':
    'Something to think of; it recommends no treatment. Decision support, not a medical device.',
});

export type ToxicityMessages = Readonly<Record<keyof typeof TOXICITY_MESSAGES_EN, string>>;
