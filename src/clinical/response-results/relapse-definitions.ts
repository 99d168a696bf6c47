import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { MRD_PARAMETER_NAMES } from '../response/mrd.ts';
import type { MolecularRelapse, Relapse } from '../response/relapse.ts';
import {
  type AntigenClass,
  buildResponseResult,
  type ResponseContext,
  type ResponseResult,
} from './response-result.ts';

const CLASSES = {
  POS: 'CD19_POS',
  NEG: 'CD19_NEG',
  DIM: 'CD19_DIM',
  MIXED: 'CD19_MIXED',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<Relapse['cd19'], AntigenClass>;

/**
 * `REL_MORPH5`: the first relapse with marrow blasts of 5 % or more, circulating blasts or extramedullary disease
 * (clinical specification 4.3), with its antigen class and site. Not known where nobody assessed the disease.
 */
export function deriveMorphologicRelapse(context: ResponseContext): ResponseResult {
  const [first] = context.timeline.relapses;
  return buildResponseResult(
    context,
    {},
    {
      definition: 'REL_MORPH5',
      ...(first === undefined ? withoutRelapse(context) : describe(first)),
      ...(first === undefined ? {} : { antigenClass: antigenClassOf(first) }),
      ...(first?.site === undefined ? {} : { site: first.site }),
    },
  );
}

/** `REL_MOLECULAR`: the first relapse at the level of MRD alone, recorded or by re-emergence (clinical specification 4.3). */
export function deriveMolecularRelapse(
  context: ResponseContext,
  overrides: ParameterOverrides = {},
): ResponseResult {
  const parameters = chooseParameters([...MRD_PARAMETER_NAMES, 'mrdReemergenceDays'], overrides);
  const [first] = context.timeline.molecularRelapses;
  const looked = context.timeline.mrd.length > 0;
  return buildResponseResult(context, parameters, {
    definition: 'REL_MOLECULAR',
    ...(first === undefined
      ? ({ answer: looked ? 'NOT_MET' : 'UNKNOWN', missing: looked ? [] : ['mrd'] } as const)
      : { ...describe(first), antigenClass: CLASSES[first.cd19] }),
  });
}

export function antigenClassOf({ cd19, lineageSwitch }: Relapse): AntigenClass {
  return lineageSwitch ? 'LINEAGE_SWITCH' : CLASSES[cd19];
}

function describe(relapse: Relapse | MolecularRelapse) {
  const { date, day, dateImputed, basis, evidence } = relapse;
  return {
    answer: 'MET',
    date,
    day,
    observed: basis,
    flags: dateImputed ? ['DATE_IMPUTED'] : [],
    evidence,
  } as const;
}

function withoutRelapse({ timeline }: ResponseContext) {
  const last = timeline.days.findLast(({ assessed }) => assessed !== undefined)?.assessed;
  if (last === undefined) return { answer: 'UNKNOWN', missing: ['disease-status'] } as const;
  return { answer: 'NOT_MET', evidence: last.evidence } as const;
}
