import { rejection } from '../../core/cartograph-error.ts';

/** PostgreSQL takes no more parameters in one statement. */
const MAX_VALUES = 65_535;

/** Collects the parameters of a statement. Throws `parameter-invalid` where they are too many. */
export class SqlParameters {
  readonly values: unknown[] = [];
  #aliases = 0;

  /** Place of the value in the statement, such as `$3::text[]`. */
  add(value: unknown, type: string): string {
    if (this.values.length === MAX_VALUES) throw tooManyValues();
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /** The place of a value that is only made a parameter where the statement comes to use it. */
  whenUsed(value: unknown, type: string): () => string {
    let place: string | undefined;
    return () => {
      place ??= this.add(value, type);
      return place;
    };
  }

  /** A table name that no other part of the statement uses. */
  alias(): string {
    this.#aliases += 1;
    return `t${this.#aliases}`;
  }
}

function tooManyValues(): Error {
  return rejection('parameter-invalid', 'The search has too many values', {
    found: `more than ${MAX_VALUES}`,
    expected: 'several searches',
  });
}
