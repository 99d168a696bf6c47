/** A published effect, as the source gives it; effects are shown and never combined into a score. */
export interface PublishedEffect {
  /** Cohort of the publication. */
  readonly cohort?: string;
  readonly text: string;
}

export interface RiskFlagDefinition {
  readonly id: string;
  readonly version: string;
  readonly rule: string;
  readonly effects: readonly PublishedEffect[];
  readonly citation: readonly string[];
  /** Contested, or secondary to another flag. */
  readonly contested?: true;
}

const effect = (cohort: string, text: string): PublishedEffect => ({ cohort, text });

const DEFINITIONS = {
  RF_HIGH_BURDEN_GE5: {
    rule: 'Marrow blasts of 5 % or more before lymphodepletion',
    effects: [
      effect(
        'N=420 CAR-MA',
        'EFS HR 2.5 (p<.001), multivariable; CD19-negative relapse HR 5.2 (p<.001); inferior EFS, RFS and OS',
      ),
      effect('N=185 PRWCC', '12-month EFS 31 vs 70 %, OS 58 vs 85 % (both p<.0001), OS HR 5.1 (p=.002)'),
      effect('N=30 St Jude/JHU', 'EFS HR 6.0 (p=.038), OS HR 4.2 (p=.015)'),
    ],
    citation: ['WH L714-718'],
  },
  RF_HIGH_BURDEN_GT5: {
    rule: 'Marrow blasts above 5 % before lymphodepletion',
    effects: [{ text: 'Lower RFS, more CD19-negative relapse' }],
    citation: ['WH L110'],
  },
  RF_HIGH_BURDEN_GT40: {
    rule: 'Marrow blasts above 40 % before lymphodepletion',
    effects: [effect('N=70 CHOP tisagenlecleucel', '24-month EFS 34 vs 78 %, OS 60 vs 92 %')],
    citation: ['WH L716'],
  },
  RF_HIGH_BURDEN_GE1: {
    rule: 'Marrow blasts of 1 % or more before lymphodepletion',
    effects: [effect('N=51 Paris', 'CD19-negative relapse SHR 10.4 (p=.03)')],
    citation: ['WH L719'],
  },
  RF_BLINA_NONRESPONSE: {
    rule: 'Documented non-response to blinatumomab',
    effects: [
      effect(
        'N=420',
        'CR 65 % and 6-month EFS 27 %; responders 93 % and 67 %; without blinatumomab 94 % and 73 %',
      ),
    ],
    citation: ['WH L111', 'WH L720'],
  },
  RF_BLINA_EXPOSURE: {
    rule: 'Any exposure to blinatumomab',
    effects: [
      effect('N=166 CHOP', 'Composite of NR, CD19-negative MRD or relapse more frequent'),
      effect('N=51', 'Early failure p=.01, CIR HR 2.6, EFS HR 3.0, OS HR 5.5'),
    ],
    citation: ['WH L721-723', 'WH L111'],
    contested: true,
  },
  RF_BCA_LOSS_6M: {
    rule: 'Loss of B-cell aplasia within 6 months',
    effects: [effect('N=143 pooled', '24-month EFS 14 %')],
    citation: ['WH L112', 'WH L724'],
  },
  RF_BCA_LOSS_12M: {
    rule: 'Loss of B-cell aplasia within 1 year',
    effects: [{ text: 'Relapse HR 4.5 (p<.001), 95 % CI 2.03-9.97' }],
    citation: ['WH L724'],
  },
  RF_BCA_LOSS_ANY: {
    rule: 'Loss of B-cell aplasia at any time',
    effects: [
      effect('N=45 PLAT-02', 'HR 3.5 (p=.04)'),
      effect('N=74 CHOP humanised', 'RFS p=.011, time-varying'),
    ],
    citation: ['WH L724'],
  },
  RF_ANTIGEN_LOSS_RISK: {
    rule: 'KMT2A rearrangement, or high burden, or a CD19-negative or dim clone before the infusion',
    effects: [],
    citation: ['WH L182-186', 'WH L274', 'WH L432'],
  },
  RF_LOW_DOSE: {
    rule: 'Dose below a chosen cut-off; the source gives none',
    effects: [effect('N=185', 'Higher dose: OS p=.031, EFS p=.0079, RFS p=.0045')],
    citation: ['WH L188', 'WH L725'],
  },
  RF_EARLY_POST_HCT_RELAPSE: {
    rule: 'Relapse less than 6 months after allogeneic HCT, and an autologous product',
    effects: [effect('N=81 Germany', 'EFS 18.4 vs 55.5 %, OS 16.0 vs 74.8 %')],
    citation: ['WH L189', 'WH L194', 'WH L726', 'COM L7'],
  },
  RF_FLU_SUBOPT_13_8: {
    rule: 'Cumulative fludarabine AUC below 13.8 mg.h/L',
    effects: [effect('N=152 PRWCC', 'CIR HR 2.5 (p=.005); relapse or loss of B-cell aplasia HR 2.0 (p=.01)')],
    citation: ['WH L190', 'WH L727'],
  },
  RF_FLU_SUBOPT_14: {
    rule: 'Cumulative fludarabine AUC below 14 mg.h/L',
    effects: [
      effect(
        'N=26 Utrecht',
        'CD19-positive relapse within 1 year 100 vs 27 % (p=.0001), loss of B-cell aplasia within 6 months 77 vs 37 % (p=.009)',
      ),
    ],
    citation: ['WH L728'],
  },
  RF_TP53: { rule: 'TP53 mutation', effects: [{ text: 'Mixed evidence' }], citation: ['WH L219'] },
  RF_KMT2A: { rule: 'KMT2A rearrangement', effects: [{ text: 'Mixed evidence' }], citation: ['WH L219'] },
  RF_ACTIVE_EMD: {
    rule: 'Active extramedullary disease before the infusion',
    effects: [{ text: 'Mixed evidence' }],
    citation: ['WH L200-203'],
  },
  RF_ISOLATED_CNS: {
    rule: 'Isolated disease of the central nervous system before the infusion',
    effects: [{ text: 'Mixed evidence' }],
    citation: ['WH L200-203'],
  },
  RF_PRIOR_CD22: {
    rule: 'CD22-directed therapy before the infusion',
    effects: [{ text: 'Possibly lower expansion' }],
    citation: ['WH L285'],
  },
  RF_MRD_GE_1E3: {
    rule: 'MRD of 1e-3 or more before or after lymphodepletion',
    effects: [
      effect(
        'PKU',
        'Severe CRS where MRD is below 1e-3: before lymphodepletion OR 0.067 (0.006-0.725, p .026), after it 0.067 (0.006-0.711, p .025)',
      ),
    ],
    citation: ['PKU L236', 'PKU L272-287'],
  },
  RF_SEX_MALE: {
    rule: 'Male sex',
    effects: [effect('PKU', 'LFS HR for female 0.235 (0.062-0.884), p .032')],
    citation: ['PKU L133'],
  },
  RF_IL6_RISE: {
    rule: 'Interleukin 6 above the upper limit of normal after the infusion',
    effects: [effect('PKU', 'Severe CRS OR 5.25; ICANS OR 9.0 (p<.001, no interval)')],
    citation: ['PKU L310'],
  },
  RF_BLAST_PCT: {
    rule: 'Marrow blasts before lymphodepletion, as a number; it has no threshold',
    effects: [effect('BEL', 'EFS p .021; CRS grade p .013; not OS')],
    citation: ['BEL L34', 'BEL L38'],
  },
} as const satisfies Readonly<Record<string, Omit<RiskFlagDefinition, 'id' | 'version'>>>;

export type RiskFlagId = keyof typeof DEFINITIONS;

/** The failure-risk flags of clinical specification 6.1, in its order. */
export const RISK_FLAGS: readonly (RiskFlagDefinition & { readonly id: RiskFlagId })[] = Object.freeze(
  Object.entries(DEFINITIONS).map(([id, definition]) => ({
    ...definition,
    id: id as RiskFlagId,
    version: '1',
  })),
);
