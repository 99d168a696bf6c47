import type { OxygenSupport } from './cohort-record.generated.ts';

/** Devices from the least support to the most; one that is not known stands before every device that is. */
export const OXYGEN_DEVICES: readonly OxygenSupport['device'][] = [
  'NONE',
  'UNKNOWN',
  'BLOW_BY',
  'NASAL_CANNULA',
  'HIGH_FLOW_CANNULA',
  'FACEMASK',
  'VENTURI',
  'NON_REBREATHER',
  'CPAP',
  'BIPAP',
  'MECHANICAL_VENTILATION',
];
