/**
 * L D L' of a symmetric non-negative definite matrix, row-major, as R's `survival` does it: a pivot that is small
 * against the largest diagonal element marks a column as redundant, a combination of those before it; it is left
 * out of every solution.
 */
export interface SymmetricFactor {
  readonly size: number;
  /** Unit lower triangle, with D on the diagonal. */
  readonly values: Float64Array;
  /** 1 for each column that is a combination of those before it. */
  readonly redundant: Uint8Array;
  readonly rank: number;
}

/** The double precision epsilon to the power 3/4, R's tolerance for a vanishing pivot. */
const TOLERANCE = 2 ** -39;

export function factorSymmetric(matrix: Float64Array, size: number): SymmetricFactor {
  const values = matrix.slice();
  const redundant = new Uint8Array(size);
  let largest = 0;
  for (let i = 0; i < size; i += 1) largest = Math.max(largest, values[i * size + i] as number);
  let rank = size;
  for (let column = 0; column < size; column += 1) {
    const pivot = values[column * size + column] as number;
    if (!(pivot > largest * TOLERANCE)) {
      redundant[column] = 1;
      rank -= 1;
      for (let row = column; row < size; row += 1) values[row * size + column] = 0;
      continue;
    }
    for (let row = column + 1; row < size; row += 1) {
      const ratio = (values[row * size + column] as number) / pivot;
      values[row * size + column] = ratio;
      values[row * size + row] = (values[row * size + row] as number) - ratio * ratio * pivot;
      for (let below = row + 1; below < size; below += 1) {
        const at = below * size + row;
        values[at] = (values[at] as number) - ratio * (values[below * size + column] as number);
      }
    }
  }
  return { size, values, redundant, rank };
}

/** The solution of matrix x = right; 0 for redundant columns. */
export function solveSymmetric(factor: SymmetricFactor, right: ArrayLike<number>): Float64Array {
  const { size, values, redundant } = factor;
  const solution = Float64Array.from(right);
  for (let i = 0; i < size; i += 1) {
    let value = solution[i] as number;
    for (let j = 0; j < i; j += 1) value -= (solution[j] as number) * (values[i * size + j] as number);
    solution[i] = value;
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    if (redundant[i] === 1) {
      solution[i] = 0;
      continue;
    }
    let value = (solution[i] as number) / (values[i * size + i] as number);
    for (let j = i + 1; j < size; j += 1) {
      value -= (solution[j] as number) * (values[j * size + i] as number);
    }
    solution[i] = value;
  }
  return solution;
}

/** The inverse, row-major; rows and columns of redundant ones are 0. */
export function invertSymmetric(factor: SymmetricFactor): Float64Array {
  const { size, redundant } = factor;
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column += 1) {
    if (redundant[column] === 1) continue;
    unit.fill(0);
    unit[column] = 1;
    const solution = solveSymmetric(factor, unit);
    for (let row = 0; row < size; row += 1) inverse[row * size + column] = solution[row] as number;
  }
  return inverse;
}

/** right' matrix^-1 right. */
export function quadraticForm(factor: SymmetricFactor, right: ArrayLike<number>): number {
  const solution = solveSymmetric(factor, right);
  let sum = 0;
  for (let i = 0; i < solution.length; i += 1) sum += (solution[i] as number) * (right[i] as number);
  return sum;
}
