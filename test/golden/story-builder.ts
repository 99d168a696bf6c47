/** Writes a patient's story as FHIR in native shapes; days count from the infusion, times are local, one hour ahead of UTC. */
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { addDays, type PartialDate } from '../../src/core/partial-date.ts';
import { about, concept, extensionUrl, PATIENT, quantity } from '../support/fhir-shapes.ts';

type Day = number;
type Time = string;
type Series = readonly (readonly [Day, number])[];

const SYNTHETIC = { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] };

const UNITS: Readonly<Record<string, string>> = {
  anc: '/uL',
  platelets: '10*9/L',
  haemoglobin: 'g/dL',
  ferritin: 'ug/L',
  fibrinogen: 'mg/dL',
  triglycerides: 'mg/dL',
  ast: 'U/L',
  igg: 'mg/dL',
  'b-cells-percent-of-lymphocytes': '%',
  'b-cells-per-volume': '/uL',
  'car-transgene': '{copies}/ug',
};

export interface Bedside {
  readonly hypotension?: boolean;
  /** Room air where absent. */
  readonly oxygen?: readonly [device: string, litresPerMinute?: number];
}

/** Collects the resources of one patient. */
export class StoryBuilder {
  readonly #resources: Resource[] = [];
  readonly #infusion: PartialDate;

  constructor(infusion: PartialDate, birthDate: PartialDate) {
    this.#infusion = infusion;
    this.#resources.push({ ...PATIENT, birthDate, meta: SYNTHETIC } as Resource);
    this.#add('Condition', {
      code: concept('condition|b-all'),
      verificationStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
      },
      onsetDateTime: addDays(infusion, -500),
    });
  }

  toBundle(): Bundle {
    return {
      resourceType: 'Bundle',
      type: 'collection',
      entry: this.#resources.map((resource) => ({ resource })),
    };
  }

  /** Each infusion with its product; `source` is autologous unless told. */
  infusion(day: Day, product: string, costimulation: string, source = 'autologous'): this {
    const id = `product-${day}`;
    this.#resources.push({
      resourceType: 'BiologicallyDerivedProduct',
      id,
      meta: SYNTHETIC,
      productCode: concept(`product|${product}`),
      extension: [
        {
          url: extensionUrl('costimulatory-domain'),
          valueCodeableConcept: concept(`costimulation|${costimulation}`),
        },
        { url: extensionUrl('cell-source'), valueCodeableConcept: concept(`cell-source|${source}`) },
      ],
    } as Resource);
    return this.#add('Procedure', {
      status: 'completed',
      code: concept('procedure|car-t-infusion'),
      performedDateTime: this.#at(day, day === 0 ? '10:00' : undefined),
      extension: [
        {
          url: extensionUrl('car-t-product'),
          valueReference: { reference: `BiologicallyDerivedProduct/${id}` },
        },
      ],
    });
  }

  hct(day: Day, donor: string): this {
    return this.#add('Procedure', {
      status: 'completed',
      code: concept('procedure|allogeneic-hct'),
      performedDateTime: this.#at(day),
      extension: [{ url: extensionUrl('hct-donor'), valueCodeableConcept: concept(`hct-donor|${donor}`) }],
    });
  }

  /** Temperature in Cel, blood pressure as judged, breathing: all that a grade of CRS looks at. */
  bedside(
    day: Day,
    time: Time,
    temperature: number,
    { hypotension = false, oxygen = ['none'] }: Bedside = {},
  ): this {
    const [device, flow] = oxygen;
    this.#observe('temperature', day, { valueQuantity: quantity(temperature, 'Cel') }, time);
    this.#observe('hypotension', day, { valueBoolean: hypotension }, time);
    return this.#observe(
      'oxygen-support',
      day,
      {
        valueCodeableConcept: concept(`oxygen-device|${device}`),
        ...(flow === undefined
          ? {}
          : {
              component: [
                { code: concept('http://loinc.org|3151-8'), valueQuantity: quantity(flow, 'L/min') },
              ],
            }),
      },
      time,
    );
  }

  /** One dose, or a period where an end is given. */
  drug(agent: string, from: readonly [Day, Time?], to?: readonly [Day, Time?]): this {
    const start = this.#at(...from);
    return this.#add('MedicationAdministration', {
      status: 'completed',
      medicationCodeableConcept: concept(`agent|${agent}`),
      ...(to === undefined
        ? { effectiveDateTime: start }
        : { effectivePeriod: { start, end: this.#at(...to) } }),
    });
  }

  intensiveCare(from: Day, to: Day): this {
    const period = { start: this.#at(from, '08:00'), end: this.#at(to, '12:00') };
    this.#resources.push({
      resourceType: 'Location',
      id: 'icu',
      type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'ICU' }] }],
    } as Resource);
    return this.#add('Encounter', {
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      period,
      location: [{ location: { reference: 'Location/icu' }, period }],
    });
  }

  /** Laboratory values, B cells or transgene; a negative number is "below" its amount. */
  measured(code: string, series: Series, upperLimit?: number): this {
    const unit = UNITS[code] ?? '1';
    for (const [day, value] of series) {
      const comparator = value < 0 ? '<' : undefined;
      this.#observe(code, day, {
        valueQuantity: quantity(Math.abs(value), unit, comparator),
        ...(upperLimit === undefined ? {} : { referenceRange: [{ high: quantity(upperLimit, unit) }] }),
      });
    }
    return this;
  }

  /** One neurological examination; components by their names. */
  examined(day: Day, time: Time, found: Readonly<Record<string, number | string | boolean>>): this {
    const component = Object.entries(found).map(([name, value]) => ({
      code: concept(`component|${name}`),
      ...(typeof value === 'number' ? { valueInteger: value } : {}),
      ...(typeof value === 'boolean' ? { valueBoolean: value } : {}),
      ...(typeof value === 'string' ? { valueCodeableConcept: concept(`${name}|${value}`) } : {}),
    }));
    return this.#observe('neuro-assessment', day, { component }, time);
  }

  sign(code: string, day: Day, present: boolean): this {
    return this.#observe(code, day, { valueBoolean: present });
  }

  grade(toxicity: string, system: string, day: Day, grade: number): this {
    return this.#observe(`${toxicity}-grade`, day, {
      valueInteger: grade,
      method: concept(`grading-system|${system}`),
    });
  }

  status(day: Day, status: string, more: Readonly<Record<string, string>> = {}): this {
    const component = Object.entries(more).map(([name, value]) => ({
      code: concept(`component|${name}`),
      valueCodeableConcept: concept(`${name === 'relapse-site' ? 'site' : name}|${value}`),
    }));
    return this.#observe('disease-status', day, {
      valueCodeableConcept: concept(`disease-status|${status}`),
      ...(component.length === 0 ? {} : { component }),
    });
  }

  mrd(day: Day, call: string): this {
    return this.#observe('mrd', day, {
      method: concept('mrd-method|flow-cytometry'),
      valueCodeableConcept: concept(`mrd-call|${call}`),
      component: [{ code: concept('component|mrd-sensitivity'), valueQuantity: quantity(0.0001, '1') }],
    });
  }

  blasts(day: Day, percent: number): this {
    return this.#add('Observation', {
      status: 'final',
      code: concept('http://loinc.org|11150-0'),
      effectiveDateTime: this.#at(day),
      valueQuantity: quantity(percent, '%'),
    });
  }

  infection(day: Day, kind: string): this {
    return this.#add('Condition', {
      code: concept('condition|infection'),
      onsetDateTime: this.#at(day),
      extension: [
        { url: extensionUrl('infection-class'), valueCodeableConcept: concept(`infection-class|${kind}`) },
      ],
    });
  }

  statement(code: string, day: Day, answer: boolean): this {
    return this.#observe(code, day, {
      valueBoolean: answer,
      performer: [{ display: 'Treating physician' }],
    });
  }

  /** What the treating physician has said on transplantation and on the history that it asks for. */
  history(day: Day, answers: Readonly<Record<string, boolean>>): this {
    return Object.entries(answers).reduce<this>(
      (told, [code, said]) => told.statement(code, day, said),
      this,
    );
  }

  seen(day: Day): this {
    return this.#observe('vital-status', day, { valueCodeableConcept: concept('vital-status|alive') });
  }

  #observe(code: string, day: Day, content: object, time?: Time): this {
    return this.#add('Observation', {
      status: 'final',
      code: concept(`observation|${code}`),
      effectiveDateTime: this.#at(day, time),
      ...content,
    });
  }

  #add(resourceType: string, content: object): this {
    const id = `${resourceType.toLowerCase()}-${this.#resources.length}`;
    this.#resources.push(about(resourceType, { id, meta: SYNTHETIC, ...content }));
    return this;
  }

  #at(day: Day, time?: Time): string {
    const date = addDays(this.#infusion, day);
    return time === undefined ? date : `${date}T${time}:00+01:00`;
  }
}
