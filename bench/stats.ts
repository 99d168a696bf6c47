/**
 * `npm run bench -- stats`: Kaplan-Meier with intervals and the log-rank test for 1,000,000 patients, Cox with 5
 * covariates for 100,000, with sorting counted in; R's `survival` on the same data in the same run where R is
 * installed, reading not counted. Time is that of the processor, so that what else runs does not matter. The bars: under 1 s, under 2 s, and not slower than R. Last line: the figures, and
 * whether the bars hold.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/example/random.ts';
import { parseGroups } from '../src/statistics/data/groups.ts';
import { parseSurvival } from '../src/statistics/data/survival-data.ts';
import { parseCovariates } from '../src/statistics/regression/covariates.ts';
import { coxRegression } from '../src/statistics/regression/cox-regression.ts';
import { confidenceBand } from '../src/statistics/survival/confidence-band.ts';
import { kaplanMeier } from '../src/statistics/survival/kaplan-meier.ts';
import { logRank } from '../src/statistics/survival/log-rank.ts';
import { survivalQuantile } from '../src/statistics/survival/survival-quantile.ts';

const BAR = { survival: 1000, cox: 2000 } as const;
const RUNS = 3;
const R_COMMAND = 'Rscript';

interface Table {
  readonly time: Float64Array;
  readonly status: Float64Array;
  readonly group: Float64Array;
  readonly covariates: readonly Float64Array[];
}

/** Exponential times of two groups, a third of them censored; covariates that matter a little. */
function draw(n: number, covariates: number): Table {
  const random = createRandom(`bench-${n}`);
  const columns = Array.from({ length: covariates }, () => new Float64Array(n));
  const table = {
    time: new Float64Array(n),
    status: new Float64Array(n),
    group: new Float64Array(n),
    covariates: columns,
  };
  for (let row = 0; row < n; row += 1) {
    const group = random.chance(0.5) ? 1 : 0;
    let hazard = group * 0.1;
    for (const [at, column] of columns.entries()) {
      const value = 2 * random.next() - 1;
      column[row] = value;
      hazard += value * 0.1 * (at + 1);
    }
    const event = -Math.log(1 - random.next()) * 1000 * Math.exp(-hazard);
    const censoring = -Math.log(1 - random.next()) * 2000;
    table.time[row] = Math.min(event, censoring);
    table.status[row] = event <= censoring ? 1 : 0;
    table.group[row] = group;
  }
  return table;
}

interface Timed {
  readonly ms: number;
  /** A number of the result, to see that both computed the same. */
  readonly check: number;
}

function best(run: () => number): Timed {
  let ms = Number.POSITIVE_INFINITY;
  let check = 0;
  for (let turn = 0; turn < RUNS; turn += 1) {
    const started = process.cpuUsage();
    check = run();
    const { user, system } = process.cpuUsage(started);
    ms = Math.min(ms, (user + system) / 1000);
  }
  return { ms, check };
}

function ownSurvival({ time, status, group }: Table): number {
  const data = parseSurvival({ time, status });
  const curve = kaplanMeier(data);
  survivalQuantile(curve, 0.5, confidenceBand(curve));
  const { test } = logRank(data, parseGroups(group, [0, 1]));
  return test.status === 'computed' ? test.chiSquare : Number.NaN;
}

function ownCox({ time, status, covariates }: Table): number {
  const named = covariates.map((values, at) => ({ name: `x${at}`, values }));
  const fit = coxRegression(parseSurvival({ time, status }), parseCovariates(named));
  const [first] = fit.status === 'computed' ? fit.coefficients : [];
  return first?.status === 'computed' ? first.coefficient : Number.NaN;
}

const SCRIPT = `suppressMessages(library(survival))
read <- function(name, n) { f <- file(name, "rb"); x <- readBin(f, "double", n); close(f); x }
args <- commandArgs(TRUE); dir <- args[1]; n <- as.integer(args[2]); m <- as.integer(args[3]); runs <- as.integer(args[4])
path <- function(name) file.path(dir, name)
t <- read(path("time"), n); s <- read(path("status"), n); g <- read(path("group"), n)
best <- Inf
for (i in 1:runs) { best <- min(best, sum(system.time({
  f <- survfit(Surv(t, s) ~ 1, conf.type = "log-log"); q <- quantile(f, 0.5); d <- survdiff(Surv(t, s) ~ g) })[1:2])) }
cat(best * 1000, d$chisq, "")
t <- read(path("cox-time"), m); s <- read(path("cox-status"), m)
x <- sapply(0:4, function(j) read(path(paste0("x", j)), m))
best <- Inf
for (i in 1:runs) best <- min(best, sum(system.time(f <- coxph(Surv(t, s) ~ x))[1:2]))
cat(best * 1000, coef(f)[[1]], "\\n", sep = " ")
`;

async function peer(
  survival: Table,
  cox: Table,
): Promise<{ readonly survival: Timed; readonly cox: Timed } | undefined> {
  if (spawnSync(R_COMMAND, ['-e', 'library(survival)']).status !== 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'cartograph-bench-'));
  try {
    const files: readonly (readonly [string, Float64Array])[] = [
      ['time', survival.time],
      ['status', survival.status],
      ['group', survival.group],
      ['cox-time', cox.time],
      ['cox-status', cox.status],
      ...cox.covariates.map((values, at) => [`x${at}`, values] as const),
    ];
    for (const [name, values] of files) await writeFile(join(folder, name), new Uint8Array(values.buffer));
    await writeFile(join(folder, 'bench.R'), SCRIPT);
    const sizes = [survival.time.length, cox.time.length, RUNS].map(String);
    const { stdout } = spawnSync(R_COMMAND, [join(folder, 'bench.R'), folder, ...sizes], {
      encoding: 'utf8',
    });
    const [survivalMs = 0, chiSquare = 0, coxMs = 0, coefficient = 0] = stdout
      .trim()
      .split(/\s+/)
      .map(Number);
    return { survival: { ms: survivalMs, check: chiSquare }, cox: { ms: coxMs, check: coefficient } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function agrees(own: Timed, other: Timed | undefined): boolean {
  return other === undefined || Math.abs(own.check - other.check) <= 1e-6 * Math.abs(other.check);
}

function told(name: string, own: Timed, other: Timed | undefined, bar: number): string {
  const beside = other === undefined ? 'R is not installed' : `R ${other.ms.toFixed(0)} ms`;
  return `${name} ${own.ms.toFixed(0)} ms (bar ${bar}; ${beside})`;
}

const survivalTable = draw(1_000_000, 0);
const coxTable = draw(100_000, 5);
const survival = best(() => ownSurvival(survivalTable));
const cox = best(() => ownCox(coxTable));
const r = await peer(survivalTable, coxTable);
const holds =
  survival.ms < BAR.survival &&
  cox.ms < BAR.cox &&
  agrees(survival, r?.survival) &&
  agrees(cox, r?.cox) &&
  (r === undefined || (survival.ms <= r.survival.ms && cox.ms <= r.cox.ms));
process.stdout.write(
  `stats: ${told('Kaplan-Meier and log-rank of 1,000,000', survival, r?.survival, BAR.survival)}; ` +
    `${told('Cox of 100,000 with 5 covariates', cox, r?.cox, BAR.cox)}; ` +
    `${agrees(survival, r?.survival) && agrees(cox, r?.cox) ? 'the same numbers' : 'other numbers'}: ` +
    `${holds ? 'holds' : 'does not hold'}\n`,
);
process.exitCode = holds ? 0 : 1;
