/**
 * What a resource is found by, as R4's search parameters define it. Values that do not have the form of their type
 * are left out: they are stored as they came and simply not found by it.
 */
import type { Resource } from '@medplum/fhirtypes';
import { isResourceType } from '../element-types.ts';
import { normalisedText } from './normalised-text.ts';
import { quantityRange } from './quantity-range.ts';
import { comparable, type QuantityText } from './quantity-row.ts';
import {
  compositesOf,
  type Place,
  partsOf,
  type SearchParameter,
  searchParametersOf,
} from './search-parameters.ts';
import type { DateRow, QuantityRow, SearchRows, StringRow } from './search-rows.ts';
import { timeRange } from './time-range.ts';
import { exactToken, identifierParameter, pairToken, presenceToken, tokenForms } from './token-text.ts';

type Json = Readonly<Record<string, unknown>>;

/** Rows of the index for a resource, without `_id` and `_lastUpdated`, which the store knows by itself. */
export function indexResource(resource: Resource): SearchRows {
  const indexer = new Indexer();
  for (const parameter of searchParametersOf(resource.resourceType).values()) {
    if (partsOf(resource.resourceType, parameter.code).length > 1) continue;
    indexer.parameter(parameter, resource);
  }
  if (resource.resourceType === 'Observation') indexer.components(resource.component ?? []);
  return indexer;
}

class Indexer implements SearchRows {
  readonly tokens = new Set<string>();
  readonly dates: DateRow[] = [];
  readonly quantities: QuantityRow[] = [];
  readonly strings: StringRow[] = [];
  readonly references = new Map<string, Set<string>>();

  parameter(parameter: SearchParameter, resource: Resource): void {
    let isPresent = false;
    for (const place of parameter.places) {
      for (const value of valuesAt(resource, place)) {
        this.#value(parameter, place.type, value);
        isPresent = true;
      }
    }
    if (parameter.code === 'deceased' && !isPresent) {
      // "deceased.exists() and deceased != false" is a value for everybody.
      this.#add(tokenForms(parameter.code, '', 'false'));
      isPresent = true;
    }
    // Of references only those count that lead to a type of the parameter.
    if (isPresent && parameter.type !== 'reference') this.tokens.add(presenceToken(parameter.code));
  }

  /** What stands together in one component. */
  components(components: readonly unknown[]): void {
    const [concept] = compositesOf('Observation').filter(
      ({ code }) => code === 'component-code-value-concept',
    );
    for (const component of components) {
      if (!isObject(component)) continue;
      const codes = codingsOf(component['code']).flatMap((coding) => codeForms('', coding));
      for (const value of codingsOf(component['valueCodeableConcept'])) {
        for (const second of codeForms('', value)) {
          for (const first of codes) this.tokens.add(pairToken(concept?.code ?? '', first, second));
        }
      }
      for (const name of ['valueQuantity', 'valueSampledData'] as const) {
        if (isObject(component[name]))
          this.#quantity('component-value-quantity', typeOfValue(name), component[name], codes);
      }
    }
  }

  #value({ code, type, places, targets }: SearchParameter, valueType: string, value: unknown): void {
    switch (type) {
      case 'token':
        this.#token(code, valueType, value);
        return;
      case 'string':
        this.#strings(code, valueType, value);
        return;
      case 'uri':
        this.#uri(code, valueType, value);
        return;
      case 'date':
        this.#date(code, value);
        return;
      case 'reference':
        if (typeof value === 'string') this.#link(code, valueType, value);
        else this.#reference(code, value, targets);
        return;
      default:
        // Those of components are indexed with what stands beside them.
        if (places[0]?.path[0] !== 'component') this.#quantity(code, valueType, value, []);
    }
  }

  #token(code: string, type: string, value: unknown): void {
    if (code === 'deceased' && type === 'dateTime') {
      this.#add(tokenForms(code, '', 'true'));
      return;
    }
    if (!isObject(value)) {
      if (typeof value === 'string' || typeof value === 'boolean')
        this.#add(tokenForms(code, '', String(value)));
      return;
    }
    if (type === 'CodeableConcept' || type === 'Coding') {
      for (const coding of codingsOf(value)) this.#add(codeForms(code, coding));
    } else if (type === 'Identifier' || type === 'ContactPoint') {
      const system = type === 'Identifier' ? textOf(value['system']) : '';
      this.#add(tokenForms(code, system, textOf(value['value'])));
    }
  }

  #strings(code: string, type: string, value: unknown): void {
    const texts = isObject(value) ? (PARTS[type] ?? []).flatMap((part) => listOf(value[part])) : [value];
    for (const text of texts) {
      if (typeof text === 'string') this.tokens.add(exactToken(code, text));
      this.#text(code, text);
    }
  }

  #text(parameter: string, value: unknown): void {
    const text = typeof value === 'string' ? normalisedText(value) : '';
    if (text !== '') this.strings.push({ parameter, text });
  }

  #date(parameter: string, value: unknown): void {
    const range = timeRange(value);
    if (range !== undefined) this.dates.push({ parameter, ...range });
  }

  #uri(code: string, type: string, value: unknown): void {
    if (typeof value !== 'string') return;
    this.tokens.add(exactToken(code, value));
    // A canonical is found with its version and without.
    if (type === 'canonical') this.tokens.add(exactToken(code, value.replace(/\|.*$/s, '')));
  }

  /** A reference that is a URL and no more. */
  #link(code: string, type: string, value: string): void {
    this.#uri(code, type, value);
    this.tokens.add(presenceToken(code));
  }

  /** By what it refers to, and by its identifier, where that may be of a type of the parameter. */
  #reference(code: string, value: unknown, targets: readonly string[]): void {
    if (!isObject(value)) return;
    const reference = textOf(value['reference']);
    const named = /(?:^|\/)([A-Za-z]+)\/[^/]+(?:\/_history\/[^/]+)?$/.exec(reference)?.[1] ?? '';
    const link = isResourceType(named) ? named : undefined;
    const type = link ?? textOf(value['type']);
    if (type !== '' && targets.length > 0 && !targets.includes(type)) return;
    const { identifier } = value;
    if (isObject(identifier)) {
      const name = identifierParameter(code);
      this.#add(tokenForms(name, textOf(identifier['system']), textOf(identifier['value'])));
    }
    if (reference !== '' || isObject(identifier)) this.tokens.add(presenceToken(code));
    if (link !== undefined) {
      const parameters = this.references.get(reference) ?? new Set();
      this.references.set(reference, parameters.add(code));
    } else if (reference !== '' && !reference.startsWith('#')) this.tokens.add(exactToken(code, reference));
  }

  #quantity(parameter: string, type: string, value: unknown, concepts: readonly string[]): void {
    const range = quantityRange(type, value);
    if (range === undefined) return;
    const quantity = unitOf(range.unit, type);
    const { low, high } = range;
    this.quantities.push({ parameter, ...quantity, low, high, ...comparable(quantity, range), concepts });
  }

  #add(forms: readonly string[]): void {
    for (const form of forms) this.tokens.add(form);
  }
}

/** Parts of a complex type that a search by string looks into. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  HumanName: ['text', 'family', 'given', 'prefix', 'suffix'],
  Address: ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
};

/** Of money it is the currency, a code of ISO 4217. */
function unitOf({ system, code, unit, currency }: Json, type: string): QuantityText {
  if (type === 'Money') return { system: CURRENCIES, code: textOf(currency), unit: '' };
  return { system: textOf(system), code: textOf(code), unit: textOf(unit) };
}

const CURRENCIES = 'urn:iso:std:iso:4217';

function valuesAt(resource: Resource, { path, only, extension }: Place): readonly unknown[] {
  let values: readonly unknown[] = [resource];
  for (const [i, name] of path.entries()) {
    values = values.flatMap((value) => (isObject(value) ? listOf(value[name]) : []));
    if (i === 0 && extension !== undefined) {
      values = values.filter((value) => isObject(value) && textOf(value['url']).endsWith(extension));
    }
  }
  if (only === undefined) return values;
  return values.filter((value) => isObject(value) && value[only.name] === only.value);
}

function codingsOf(concept: unknown): readonly Json[] {
  if (!isObject(concept)) return [];
  if (!('coding' in concept)) return 'code' in concept || 'system' in concept ? [concept] : [];
  return listOf(concept['coding']).filter(isObject);
}

function codeForms(parameter: string, { system, code }: Json): readonly string[] {
  return tokenForms(parameter, textOf(system), textOf(code));
}

function typeOfValue(name: 'valueQuantity' | 'valueSampledData'): string {
  return name.slice('value'.length);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.filter((item) => item !== null) : [value];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
