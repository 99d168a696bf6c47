/** The query of a search, read as R4 has it written. */
import { type CartographError, rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { isResourceType } from '../element-types.ts';
import type { Criterion } from './criterion.ts';
import { isOffered } from './find-parameter.ts';
import { parseCriterion, type SearchContext } from './parse-criterion.ts';
import { searchParametersOf } from './search-parameters.ts';
import type { Include, SearchRequest, SortKey } from './search-request.ts';

/** What concerns the answer and not what is found. */
const PRESENTATION = new Set(['_format', '_pretty', '_summary', '_elements']);
const INCLUDE = /^_(rev)?include(?::(iterate|recurse))?$/;

export interface SearchOptions extends SearchContext {
  /** `Prefer: handling=strict`: what is not understood is refused, not left out. */
  readonly isStrict: boolean;
}

/** Throws `parameter-invalid`. A value that cannot be read is refused always, a name only where it is strict. */
export function parseSearch(
  type: string,
  query: Iterable<readonly [string, string]>,
  options: SearchOptions,
): SearchRequest {
  const reader = new Reader(type, options);
  for (const [name, value] of query) reader.read(name, value);
  return reader;
}

class Reader implements SearchRequest {
  readonly type: string;
  readonly criteria: Criterion[] = [];
  readonly sort: SortKey[] = [];
  readonly includes: Include[] = [];
  count: number | undefined;
  total: SearchRequest['total'];
  cursor: string | undefined;
  readonly used: [string, string][] = [];
  readonly ignored: { readonly name: string; readonly reason: string }[] = [];
  readonly #options: SearchOptions;

  constructor(type: string, options: SearchOptions) {
    this.type = type;
    this.#options = options;
  }

  read(name: string, value: string): void {
    if (value === '' && !PRESENTATION.has(name)) {
      this.#leaveOut(name, 'it has no value');
      return;
    }
    const counted = this.#readControl(name, value);
    if (counted !== undefined) {
      if (counted !== '') this.used.push([name, counted]);
      return;
    }
    if (!this.#isKnown(name)) {
      this.#leaveOut(name, 'no such parameter is offered');
      return;
    }
    this.criteria.push(parseCriterion(this.type, name, value, this.#options));
    this.used.push([name, value]);
  }

  /** What counted of the value; undefined for a parameter that says what is to be found. */
  #readControl(name: string, value: string): string | undefined {
    const include = INCLUDE.exec(name);
    if (include !== null) {
      this.includes.push(
        parseInclude(name, value, {
          isReverse: include[1] !== undefined,
          iterates: include[2] !== undefined,
        }),
      );
      return value;
    }
    switch (name) {
      case '_count':
        if (!/^\d+$/.test(value)) throw invalid(name, 'a whole number');
        this.count = Number(value);
        return value;
      case '_total':
        if (value !== 'none' && value !== 'estimate' && value !== 'accurate') {
          throw invalid(name, 'none, estimate or accurate');
        }
        this.total = value;
        return value;
      case '_sort':
        return value
          .split(',')
          .filter((text) => this.#sortBy(text))
          .join();
      case '_cursor':
        this.cursor = value;
        return '';
      default:
        return PRESENTATION.has(name) ? value : undefined;
    }
  }

  /** False where it cannot be sorted by that. */
  #sortBy(text: string): boolean {
    const descending = text.startsWith('-');
    const parameter = descending ? text.slice(1) : text;
    if (parameter === '_id' || parameter === '_lastUpdated') {
      this.sort.push({ parameter, type: parameter === '_id' ? 'id' : 'updated', descending });
      return true;
    }
    const type = searchParametersOf(this.type).get(parameter)?.type;
    if (type === 'date' || type === 'string' || type === 'quantity' || type === 'number') {
      this.sort.push({ parameter, type, descending });
      return true;
    }
    this.#leaveOut('_sort', `it cannot be sorted by ${quote(parameter)}`);
    return false;
  }

  /** Says whether the first part of the name is one; what is wrong behind it is refused. */
  #isKnown(name: string): boolean {
    return name.startsWith('_has:') || isOffered(this.type, name.split(/[:.]/)[0] ?? '');
  }

  #leaveOut(name: string, reason: string): void {
    if (this.#options.isStrict) {
      throw rejection('parameter-invalid', `Parameter ${quote(name)}: ${reason}`, {
        found: quote(name),
        expected: 'a parameter of the CapabilityStatement',
      });
    }
    this.ignored.push({ name, reason });
  }
}

function parseInclude(name: string, value: string, kind: Pick<Include, 'isReverse' | 'iterates'>): Include {
  if (value === '*') return { source: '*', parameter: '*', target: undefined, ...kind };
  const [source = '', parameter = '', target, ...more] = value.split(':');
  const known =
    isResourceType(source) &&
    (parameter === '*' || searchParametersOf(source).get(parameter)?.type === 'reference');
  if (!known || more.length > 0 || (target !== undefined && !isResourceType(target))) {
    throw invalid(name, 'Type:parameter or Type:parameter:TargetType, of a reference, or *');
  }
  return { source, parameter, target, ...kind };
}

function invalid(name: string, expected: string): CartographError {
  return rejection('parameter-invalid', `Parameter ${quote(name)}: expected ${expected}`, { expected });
}
