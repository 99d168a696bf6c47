/** Methods on values that are there once for each row, without time. */
import { rejection } from '../../core/cartograph-error.ts';
import { describeSample } from '../../reports/describe-sample.ts';
import { chiSquareTest } from '../../statistics/comparison/chi-square-test.ts';
import { pearson, spearman } from '../../statistics/comparison/correlation.ts';
import { fisherExact } from '../../statistics/comparison/fisher-exact.ts';
import { fisherTwoByTwo } from '../../statistics/comparison/fisher-two-by-two.ts';
import { kruskalWallis } from '../../statistics/comparison/kruskal-wallis.ts';
import { mannWhitney } from '../../statistics/comparison/mann-whitney.ts';
import { mcNemar } from '../../statistics/comparison/mcnemar.ts';
import { proportion } from '../../statistics/comparison/proportion.ts';
import { signedRank } from '../../statistics/comparison/signed-rank.ts';
import { pairedTTest, tTest } from '../../statistics/comparison/t-test.ts';
import { type Groups, parseGroups } from '../../statistics/data/groups.ts';
import { notComputed } from '../../statistics/reason.ts';
import { logisticRegression } from '../../statistics/regression/logistic-regression.ts';
import type { Columns } from './read-columns.ts';
import type { StatsMethod } from './stats-method.ts';

const COMPARED = ['value', 'group'] as const;
const PAIRED = ['value', 'with'] as const;

export const COMPARISON_METHODS: Readonly<Record<string, StatsMethod>> = {
  summary: {
    title: 'median, range, quartiles, mean and geometric mean',
    needs: ['value'],
    takes: ['group'],
    run: (columns) => ({
      groups: samplesOf(columns).map(({ group, values }) => ({ group, ...describeSample(values) })),
    }),
  },
  frequency: {
    title: 'how often each level occurs, with its share and intervals',
    needs: ['value'],
    takes: ['group'],
    categorical: true,
    run: (columns, { level }) => ({
      groups: levelCounts(columns).map(({ group, n, counts }) => ({
        group,
        n,
        levels: counts.map(({ value, count }) => ({ value, ...proportion(count, n, level) })),
      })),
    }),
  },
  proportion: {
    title: 'share of rows with value 1, Clopper-Pearson and Wilson intervals',
    needs: ['event'],
    takes: ['group'],
    run: (columns, { level }) => ({
      groups: samplesOf(columns, 'event').map(({ group, values }) => ({
        group,
        ...proportion(values.filter((value) => value === 1).length, values.length, level),
      })),
    }),
  },
  'mann-whitney': {
    title: 'rank-sum test of two groups',
    needs: COMPARED,
    takes: [],
    run: (columns) => ofTwo(columns, mannWhitney),
  },
  't-test': {
    title: "Welch's t-test of two groups; --equal-variances for Student's",
    needs: COMPARED,
    takes: [],
    run: (columns, { level, equalVariances }) =>
      ofTwo(columns, (a, b) => tTest(a, b, { level, variances: equalVariances ? 'equal' : 'unequal' })),
  },
  'kruskal-wallis': {
    title: 'rank test of several groups',
    needs: COMPARED,
    takes: [],
    run: (columns) => kruskalWallis(columns.numbers('value'), parseGroups(columns.values('group'))),
  },
  wilcoxon: {
    title: "Wilcoxon's signed-rank test of pairs",
    needs: PAIRED,
    takes: [],
    run: (columns) => signedRank(columns.numbers('value'), columns.numbers('with')),
  },
  'paired-t': {
    title: 't-test of pairs',
    needs: PAIRED,
    takes: [],
    run: (columns, { level }) => pairedTTest(columns.numbers('value'), columns.numbers('with'), { level }),
  },
  pearson: {
    title: 'product-moment correlation',
    needs: PAIRED,
    takes: [],
    run: (columns, { level }) => pearson(columns.numbers('value'), columns.numbers('with'), { level }),
  },
  spearman: {
    title: 'rank correlation',
    needs: PAIRED,
    takes: [],
    run: (columns) => spearman(columns.numbers('value'), columns.numbers('with')),
  },
  'chi-square': {
    title: 'test of independence; --correct for Yates',
    needs: COMPARED,
    takes: [],
    categorical: true,
    run: (columns, { correct }) => {
      const table = crossTable(columns, 'group', 'value');
      return { ...table, ...chiSquareTest(table.counts, { correct }) };
    },
  },
  fisher: {
    title: 'exact test of independence',
    needs: COMPARED,
    takes: [],
    categorical: true,
    run: (columns, { level }) => {
      const table = crossTable(columns, 'group', 'value');
      const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = table.counts;
      const isSmall = table.rowLevels.length === 2 && table.columnLevels.length === 2;
      const test = isSmall
        ? fisherTwoByTwo(
            [
              [a, b],
              [c, d],
            ],
            level,
          )
        : fisherExact(table.counts);
      return { ...table, ...test };
    },
  },
  mcnemar: {
    title: 'exact test of paired values with two levels',
    needs: PAIRED,
    takes: [],
    categorical: true,
    run: (columns) => {
      const both = [...columns.values('value').map(String), ...columns.values('with').map(String)];
      const levels = parseGroups(both).labels;
      if (levels.length > 2) throw notTwo('McNemar', levels.length);
      const table = crossTable(columns, 'value', 'with', levels);
      return { ...table, ...mcNemar(table.counts[0]?.[1] ?? 0, table.counts[1]?.[0] ?? 0) };
    },
  },
  logistic: {
    title: 'logistic regression of --event; --force against the events-per-variable guard',
    needs: ['event'],
    takes: [],
    regression: true,
    iterated: true,
    run: (columns, { level, force }, covariates) =>
      logisticRegression(columns.numbers('event'), covariates, { level, force }),
  },
};

function samplesOf(
  columns: Columns,
  role: 'value' | 'event' = 'value',
): readonly { readonly group: string; readonly values: readonly number[] }[] {
  const values = columns.numbers(role);
  if (!columns.has('group')) return [{ group: 'all', values }];
  const { codes, labels } = parseGroups(columns.values('group'));
  return labels.map((group, code) => ({ group, values: values.filter((_, row) => codes[row] === code) }));
}

function levelCounts(columns: Columns): readonly {
  readonly group: string;
  readonly n: number;
  readonly counts: readonly { readonly value: string; readonly count: number }[];
}[] {
  const values = parseGroups(columns.values('value'));
  const groups = columns.has('group') ? parseGroups(columns.values('group')) : undefined;
  return (groups?.labels ?? ['all']).map((group, code) => {
    const own = Array.from(values.codes).filter(
      (_, row) => groups === undefined || groups.codes[row] === code,
    );
    const counts = values.labels.map((value, level) => ({
      value,
      count: own.filter((one) => one === level).length,
    }));
    return { group, n: own.length, counts };
  });
}

function ofTwo<T extends object>(
  columns: Columns,
  test: (first: readonly number[], second: readonly number[]) => T,
): object {
  if (columns.rows === 0) return notComputed('no-observations');
  const [first, second, ...more] = samplesOf(columns);
  if (more.length > 0) throw notTwo('The test', more.length + 2);
  if (first === undefined || second === undefined) return notComputed('too-few-groups');
  const groups = [first, second].map(({ group, values }) => ({ group, ...describeSample(values) }));
  return { groups, ...test(first.values, second.values) };
}

function crossTable(
  columns: Columns,
  rowRole: string,
  columnRole: string,
  levels?: readonly string[],
): {
  readonly rowLevels: readonly string[];
  readonly columnLevels: readonly string[];
  readonly counts: number[][];
} {
  const parse = (role: string): Groups =>
    levels === undefined
      ? parseGroups(columns.values(role))
      : parseGroups(columns.values(role).map(String), levels);
  const down = parse(rowRole);
  const across = parse(columnRole);
  const counts = down.labels.map(() => across.labels.map(() => 0));
  for (const [row, code] of down.codes.entries()) {
    const cells = counts[code];
    const column = across.codes[row];
    if (cells !== undefined && column !== undefined) cells[column] = (cells[column] ?? 0) + 1;
  }
  return { rowLevels: down.labels, columnLevels: across.labels, counts };
}

function notTwo(what: string, found: number): Error {
  return rejection('statistics-input-invalid', `${what} compares two levels, the column has ${found}`, {
    found: String(found),
    expected: '2',
  });
}
