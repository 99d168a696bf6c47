import { once } from '../core/once.ts';
import { allOf, fromBoolean, type Tristate } from '../core/tristate.ts';
import type { Condition, SearchCondition } from '../fhir/condition.ts';
import { identifiersOf } from '../fhir/references.ts';
import { indexResource } from '../fhir/search/index-resource.ts';
import { meetsByRows } from '../fhir/search/meets-by-rows.ts';
import type { SearchRows } from '../fhir/search/search-rows.ts';
import { identifierName } from '../store/identifier-index.ts';
import { keyOf, type ResourceKey } from '../store/resource-store.ts';
import type { TargetedWrite } from './resolve-targets.ts';

type Index = ReadonlyMap<string, readonly TargetedWrite[]>;

/**
 * What a transaction itself writes, as its conditional references see it. Where other resources decide, or what it
 * refers to in turn, they see what was stored before.
 */
export class WrittenMatches {
  readonly #byKey: ReadonlyMap<string, TargetedWrite>;
  readonly #removed: ReadonlySet<string>;
  readonly #byIdentifier: () => Index;
  readonly #byToken: () => Index;
  readonly #rows = new Map<TargetedWrite, SearchRows>();

  constructor(targets: readonly TargetedWrite[], removed: readonly ResourceKey[]) {
    const written = targets.filter(({ mode }) => mode !== 'matched');
    this.#byKey = new Map(written.map((one) => [keyOf(one), one]));
    this.#removed = new Set(removed.map(keyOf));
    this.#byIdentifier = once(() => indexBy(written, identifierNames));
    this.#byToken = once(() => indexBy(written, (one) => this.#tokensOf(one)));
  }

  /** Ids that meet the condition once the transaction is done; `stored` are those that met it before. */
  after(condition: Condition, stored: readonly string[]): readonly string[] {
    const kept = stored.filter((id) => {
      const key = keyOf({ type: condition.type, id });
      const target = this.#byKey.get(key);
      const verdict = target === undefined ? 'UNKNOWN' : this.#verdict(condition, target);
      return !this.#removed.has(key) && verdict === 'UNKNOWN';
    });
    const written = this.#candidates(condition).filter((one) => this.#verdict(condition, one) === 'MET');
    return [...kept, ...written.map(({ id }) => id)];
  }

  /** All that could be known to meet it. */
  #candidates(condition: Condition): readonly TargetedWrite[] {
    if (condition.kind === 'identifier') return this.#byIdentifier().get(identifierName(condition)) ?? [];
    const tokens = condition.criteria.find(({ kind }) => kind === 'words');
    if (tokens?.kind !== 'words')
      return [...this.#byKey.values()].filter(({ type }) => type === condition.type);
    return [
      ...new Set(tokens.words.flatMap((word) => this.#byToken().get(`${condition.type} ${word}`) ?? [])),
    ];
  }

  #verdict(condition: Condition, target: TargetedWrite): Tristate {
    return condition.kind === 'identifier'
      ? fromBoolean(identifierNames(target).includes(identifierName(condition)))
      : this.#searchVerdict(condition, target);
  }

  #searchVerdict({ criteria }: SearchCondition, target: TargetedWrite): Tristate {
    const searched = { id: target.id, rows: this.#rowsOf(target), hasFinalReferences: false };
    return allOf(criteria.map((one) => meetsByRows(one, searched)));
  }

  #tokensOf(target: TargetedWrite): readonly string[] {
    return [...this.#rowsOf(target).tokens].map((token) => `${target.type} ${token}`);
  }

  #rowsOf(target: TargetedWrite): SearchRows {
    const rows = this.#rows.get(target) ?? indexResource(target.write.resource);
    this.#rows.set(target, rows);
    return rows;
  }
}

function identifierNames({ type, write }: TargetedWrite): readonly string[] {
  return identifiersOf(write.resource).flatMap((one) => [
    identifierName({ type, ...one }),
    identifierName({ type, ...one, system: undefined }),
  ]);
}

function indexBy(
  targets: readonly TargetedWrite[],
  keysOf: (one: TargetedWrite) => readonly string[],
): Index {
  const index = new Map<string, TargetedWrite[]>();
  for (const target of targets) {
    for (const key of new Set(keysOf(target))) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [target]);
      else known.push(target);
    }
  }
  return index;
}
