/** One number, choice or switch that a source leaves open, as data (clinical specification 0.1). */
interface Described {
  /** Unit in words; `1` for a count or ratio. */
  readonly unit: string;
  /** `PROJ`: project convention. `OK-M`, `OK-H`, `OK-V`: outside knowledge, by how well it was checked. */
  readonly tag: 'PROJ' | 'OK-M' | 'OK-H' | 'OK-V' | 'SOURCE';
  /** Section of the clinical specification, or the paper. */
  readonly source: string;
  readonly meaning: string;
}

export interface NumberParameter extends Described {
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface ChoiceParameter extends Described {
  readonly value: string;
  readonly choices: readonly string[];
}

export interface SwitchParameter extends Described {
  readonly value: boolean;
}

/** A cut-off that no source gives: absent until somebody chooses one. */
export interface OpenParameter extends Described {
  readonly value: null;
  readonly minimum: number;
  readonly maximum: number;
}

export type Parameter = NumberParameter | ChoiceParameter | SwitchParameter | OpenParameter;

/** What a call may set a parameter to. */
export type ParameterValue<P extends Parameter> = P extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : P['value'] extends number
    ? number
    : P['value'] extends boolean
      ? boolean
      : number | null;
