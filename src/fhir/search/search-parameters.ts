/** Which parameters a resource type is searched by, and where their values stand. */
import { SEARCH_PARAMETERS } from './search-parameters.generated.ts';

export type SearchType = 'token' | 'reference' | 'date' | 'quantity' | 'number' | 'string' | 'uri';

/** Where values stand. */
export interface Place {
  readonly path: readonly string[];
  /** FHIR type of what stands there. */
  readonly type: string;
  /** Counts only where this element has this value. */
  readonly only?: { readonly name: string; readonly value: string };
  /** Of the extensions that the path starts with only those whose URL ends so. */
  readonly extension?: string;
}

export interface SearchParameter {
  readonly code: string;
  readonly type: SearchType;
  readonly places: readonly Place[];
  /** Types that a reference may lead to; empty for any. */
  readonly targets: readonly string[];
  /** Code systems of elements that hold a code alone, and so imply its system. */
  readonly systems: readonly string[];
  /** Id of its definition in our guide, which has those that R4 has not. */
  readonly ownId?: string;
}

/** Parameters of every type; `_id` and `_lastUpdated` are columns of their own. */
const COMMON = [
  '_profile uri meta.profile:canonical',
  '_security token meta.security:Coding',
  '_source uri meta.source:uri',
  '_tag token meta.tag:Coding',
];

/** Parameters that are the union of others; these alone are indexed. */
const UNIONS: Readonly<Record<string, readonly string[]>> = {
  'combo-code': ['code', 'component-code'],
  'combo-data-absent-reason': ['data-absent-reason', 'component-data-absent-reason'],
  'combo-value-concept': ['value-concept', 'component-value-concept'],
  'combo-value-quantity': ['value-quantity', 'component-value-quantity'],
};

export interface Composite {
  readonly code: string;
  /** Each alternative pairs a parameter of codes with one of values, `component` in the same component. */
  readonly alternatives: readonly {
    readonly scope: 'resource' | 'component';
    readonly parameters: readonly [string, string];
  }[];
}

const COMPOSITES: readonly Composite[] = (['concept', 'quantity', 'date', 'string'] as const).flatMap(
  (kind) => {
    const whole = { scope: 'resource', parameters: ['code', `value-${kind}`] } as const;
    const alone = { code: `code-value-${kind}`, alternatives: [whole] };
    if (kind === 'date' || kind === 'string') return [alone];
    const part = {
      scope: 'component',
      parameters: ['component-code', `component-value-${kind}`],
    } as const;
    return [
      alone,
      { code: `component-code-value-${kind}`, alternatives: [part] },
      { code: `combo-code-value-${kind}`, alternatives: [whole, part] },
    ];
  },
);

const PARSED = new Map<string, ReadonlyMap<string, SearchParameter>>();

/** Parameters of a resource type by name, those of every type among them. */
export function searchParametersOf(type: string): ReadonlyMap<string, SearchParameter> {
  const known = PARSED.get(type);
  if (known !== undefined) return known;
  const own = Object.hasOwn(SEARCH_PARAMETERS, type) ? (SEARCH_PARAMETERS[type] ?? []) : [];
  const parsed = new Map([...COMMON, ...own].map(parseLine).map((one) => [one.code, one]));
  PARSED.set(type, parsed);
  return parsed;
}

/** The parameters that a parameter is the union of; itself where it is none. */
export function partsOf(type: string, code: string): readonly string[] {
  return (type === 'Observation' ? UNIONS[code] : undefined) ?? [code];
}

/** Composite parameters of a type. */
export function compositesOf(type: string): readonly Composite[] {
  return type === 'Observation' ? COMPOSITES : [];
}

function parseLine(line: string): SearchParameter {
  const [code = '', type = '', ...rest] = line.split(' ');
  const marked = (mark: string): string[] =>
    rest.filter((text) => text.startsWith(mark)).map((text) => text.slice(1));
  const [ownId] = marked('@');
  return {
    code,
    type: type as SearchType,
    places: rest.filter((text) => !/^[>@#]/.test(text)).map(parsePlace),
    targets: marked('>'),
    systems: marked('#'),
    ...(ownId === undefined ? {} : { ownId }),
  };
}

function parsePlace(text: string): Place {
  const [place = '', filter] = text.split('?');
  const [path = '', type = ''] = place.split(':');
  const [name = '', value = ''] = filter?.split('=') ?? [];
  const [first = '', ...steps] = path.split('.');
  const [step = '', extension] = first.split('/');
  return {
    path: [step, ...steps],
    type,
    ...(filter === undefined ? {} : { only: { name, value } }),
    ...(extension === undefined ? {} : { extension: `/${extension}` }),
  };
}
