import { betaQuantile, betaTails } from '../../../src/statistics/distribution/beta.ts';
import { chiSquareUpperTail } from '../../../src/statistics/distribution/chi-square.ts';
import { normalQuantileUpper, normalUpperTail } from '../../../src/statistics/distribution/normal.ts';
import { logFactorial } from '../../../src/statistics/distribution/stirling-error.ts';
import { studentMultiplier, studentTwoSided } from '../../../src/statistics/distribution/student-t.ts';
import { expectClose } from '../support/close.ts';
import { readVector } from '../support/vector.ts';

interface Vectors {
  readonly normal: readonly { readonly z: number; readonly upper: number }[];
  readonly normalQuantile: readonly { readonly upper: number; readonly z: number }[];
  readonly chiSquare: readonly { readonly x: number; readonly df: number; readonly upper: number }[];
  readonly student: readonly { readonly t: number; readonly df: number; readonly twoSided: number }[];
  readonly studentMultiplier: readonly { readonly level: number; readonly df: number; readonly t: number }[];
  readonly beta: readonly {
    readonly x: number;
    readonly a: number;
    readonly b: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  readonly betaQuantile: readonly {
    readonly p: number;
    readonly a: number;
    readonly b: number;
    readonly x: number;
  }[];
  readonly logFactorial: readonly { readonly n: number; readonly logFactorial: number }[];
}

const VECTORS = readVector<Vectors>('statistics-distributions.json');
const SMALLEST = 1e-280;
/** With parameters of 10^4 and more, the rounding of x itself moves the tail by this much. */
const LARGE_PARAMETER_TOLERANCE = 1e-11;

describe('distribution functions equal those of R', () => {
  it.each(VECTORS.normal)('normal tail at $z', ({ z, upper }) => {
    expectClose(normalUpperTail(z), upper, 1e-13);
    expectClose(normalUpperTail(-z), 1 - upper, 1e-15);
  });

  it.each(VECTORS.normalQuantile)('normal quantile of $upper', ({ upper, z }) => {
    expectClose(normalQuantileUpper(upper), z, 1e-14);
  });

  it.each(VECTORS.chiSquare)('chi-square tail at $x with $df degrees of freedom', ({ x, df, upper }) => {
    expectClose(chiSquareUpperTail(x, df), upper, 1e-13);
  });

  it.each(VECTORS.student)('Student two-sided at $t with $df', ({ t, df, twoSided }) => {
    expectClose(studentTwoSided(t, df), twoSided, 1e-12);
  });

  it.each(VECTORS.studentMultiplier)('Student multiplier of $level with $df', ({ level, df, t }) => {
    expectClose(studentMultiplier(level, df), t, 1e-12);
  });

  it.each(VECTORS.beta)('beta tails at $x of Beta($a, $b)', ({ x, a, b, lower, upper }) => {
    const tails = betaTails(x, 1 - x, a, b);
    if (lower > SMALLEST) expectClose(tails.lower, lower, 1e-12);
    if (upper > SMALLEST) expectClose(tails.upper, upper, 1e-12);
  });

  it.each(VECTORS.betaQuantile)('beta quantile $p of Beta($a, $b)', ({ p, a, b, x }) => {
    expectClose(betaQuantile(p, a, b), x, b < 1000 ? 1e-13 : LARGE_PARAMETER_TOLERANCE);
  });

  it.each(VECTORS.logFactorial)('logarithm of $n!', ({ n, logFactorial: expected }) => {
    expectClose(logFactorial(n), expected, 1e-14);
  });
});
