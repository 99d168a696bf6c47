const ROUNDING = 2 ** -48;

/** Of terms that cancel; 0 where what is left is no more than their rounding. */
export function sumOfTerms(first: number, second: number, third: number): number {
  const sum = first + second + third;
  return sum > ROUNDING * (Math.abs(first) + Math.abs(second) + Math.abs(third)) ? sum : 0;
}
