/** What each caution means, for people; they annotate and never change a status (clinical specification 5.2, 4.7). */
export const HCT_CAUTIONS = Object.freeze({
  LOW_BURDEN_PRE_LD:
    'MRD before lymphodepletion below 1e-4: HCT had worse survival in one small series (PKU L223).',
  LOW_BURDEN_POST_LD:
    'MRD after lymphodepletion below 1e-4: HCT had worse survival in one small series (PKU L223).',
  NOTE_HIGH_MRD: 'MRD before lymphodepletion of 1e-2 or more: HCT may help, not significant (PKU L223).',
  MRD_SINCE_CLEARED: 'MRD was positive and has been negative since, without therapy.',
  OUTSIDE_CAYA_AGE_RANGE: 'Older than the children and young adults that the text is about (WH L102).',
  EM_DISEASE_NOTE: 'Extramedullary disease before CAR-T: subsequent relapse there is frequent (WH L198-202).',
  MRD_STALE: 'The last negative MRD is older than the parameter mrdStaleDays.',
  UNCONFIRMED_BCA_LOSS: 'A single sample shows B cells: repeat it.',
  LOSS_UNCONFIRMED: 'B cells were found, in fewer samples than the parameter confirm asks for.',
  PRODUCT_COSTIMULATION_CONFLICT: 'The recorded costimulatory domains differ from the product table.',
  CONTRADICTORY_ASSERTIONS: 'Statements of one day contradict each other; the answer is taken as unknown.',
  ASSERTION_CONTRADICTED_BY_FACT: 'A statement "never" contradicts a recorded fact; the fact is used.',
});
export type HctCaution = keyof typeof HCT_CAUTIONS;
