import type {
  ClinicalSign,
  Laboratory,
  Observations,
  OxygenSupport,
  SupportiveDrug,
  VitalSign,
} from '../../cohort/cohort-record.generated.ts';
import { once } from '../../core/once.ts';
import { type Placed, placeAll, type Timing } from './moment.ts';

/** The long lists of a record in order of time, each placed once for all rules of a course, when first asked for. */
export interface PlacedFacts {
  readonly oxygenSupport: () => readonly Placed<OxygenSupport>[];
  readonly clinicalSigns: () => readonly Placed<ClinicalSign>[];
  readonly supportiveDrugs: () => readonly Placed<SupportiveDrug>[];
  /** Values of one sign, such as `temperature`. */
  readonly vitalSigns: (sign: string) => readonly Placed<VitalSign>[];
  /** Values of one analyte. */
  readonly laboratory: (analyte: string) => readonly Placed<Laboratory>[];
}

export function placeFacts(timing: Timing, seen: Observations): PlacedFacts {
  const vitalSigns = once(() => Map.groupBy(seen.vitalSigns ?? [], ({ sign }) => sign));
  const laboratory = once(() => Map.groupBy(seen.laboratory ?? [], ({ analyte }) => analyte));
  return {
    oxygenSupport: once(() => placeAll(timing, seen.oxygenSupport)),
    clinicalSigns: once(() => placeAll(timing, seen.clinicalSigns)),
    supportiveDrugs: once(() => placeAll(timing, seen.supportiveDrugs)),
    vitalSigns: byName((sign) => placeAll(timing, vitalSigns().get(sign))),
    laboratory: byName((analyte) => placeAll(timing, laboratory().get(analyte))),
  };
}

function byName<Value>(make: (name: string) => Value): (name: string) => Value {
  const made = new Map<string, Value>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}
