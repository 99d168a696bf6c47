# Writes the committed tables of values that the statistics are tested against where the published data sets are
# missing. The patients are made by the formulas below; nothing here is real.
#   Rscript test/statistics/r/own-table.R test/vectors
# R 4.2.2 with survival 3.5-3 and cmprsk 2.2-11 (Debian: r-base-core, r-cran-survival, r-cran-cmprsk).
library(survival)
library(cmprsk)
folder <- commandArgs(trailingOnly = TRUE)[1]

# JSON with every digit that a double has.
js <- function(x, ind = "") {
  inner <- paste0(ind, "  ")
  if (is.null(x)) return("null")
  if (is.list(x) && !is.null(names(x)))
    return(paste0("{\n", paste0(inner, '"', names(x), '": ', sapply(x, js, ind = inner), collapse = ",\n"), "\n", ind, "}"))
  if (is.list(x)) return(paste0("[\n", paste0(inner, sapply(x, js, ind = inner), collapse = ",\n"), "\n", ind, "]"))
  one <- function(v) {
    if (is.na(v)) return("null")
    if (is.character(v)) return(paste0('"', v, '"'))
    if (!is.finite(v)) return("null")
    s <- format(v, digits = 15)
    if (as.numeric(s) != v) sprintf("%.17g", v) else s
  }
  if (length(x) == 1 && !inherits(x, "AsIs")) one(x)
  else paste0("[", paste(sapply(as.vector(unclass(x)), one), collapse = ", "), "]")
}
save <- function(x, name) writeLines(js(x), file.path(folder, name))

# ---- the table -----------------------------------------------------------------------------------------------
i <- 1:48
frac <- function(v) v - floor(v)
u <- frac(i * 0.6180339887)
v <- frac(i * 0.3437238437)
w <- frac(i * 0.5698402910)
age <- 2 + floor(18 * frac(i * 0.4142135624))
arm <- ifelse(i %% 2 == 0, "b", "a")
product <- c("x", "y", "z")[1 + i %% 3]
site <- c("north", "south")[1 + (i %/% 5) %% 2]
burden <- round(100 * w)
raw <- -log(1 - 0.97 * u) * 20 / exp(0.5 * (arm == "b") + 0.008 * burden - 0.03 * age)
time <- round(raw * 2) / 2
time[c(7, 20)] <- c(0, 0.5)
cause <- ifelse(v < 0.35, 0, ifelse(v < 0.75, 1, 2))
event <- as.integer(cause > 0)
entry <- ifelse(i %% 4 == 0, pmin(3, time / 4), -1)
d <- data.frame(time, event, cause, arm, product, site, age, burden, entry)
at <- c(0, 1, 5, 10, 20)

km <- function(fit) {
  out <- lapply(c("plain", "log", "log-log"), function(type) {
    f <- update(fit, conf.type = type)
    q <- quantile(f, c(0.1, 0.25, 0.5, 0.75))
    list(type = type, time = I(f$time), atRisk = I(f$n.risk), events = I(f$n.event), survival = I(f$surv),
      stdErrorLog = I(f$std.err), lower = I(f$lower), upper = I(f$upper),
      quantile = I(as.vector(q$quantile)), quantileLower = I(as.vector(q$lower)), quantileUpper = I(as.vector(q$upper)))
  })
  out
}
rmean <- function(fit, tau) { m <- survival:::survmean(fit, rmean = tau)$matrix; list(limit = tau, mean = m[["rmean"]], stdError = m[["se(rmean)"]]) }
lr <- function(f) list(observed = I(if (is.matrix(f$obs)) rowSums(f$obs) else f$obs), expected = I(if (is.matrix(f$exp)) rowSums(f$exp) else f$exp), chiSquare = f$chisq, df = length(f$n) - 1, p = f$pvalue)
cx <- function(f) {
  s <- summary(f)
  list(n = f$n, events = f$nevent, logLikelihood = I(f$loglik), coefficient = I(unname(coef(f))), stdError = I(unname(sqrt(diag(vcov(f))))),
    lower = I(unname(s$conf.int[, 3])), upper = I(unname(s$conf.int[, 4])), p = I(unname(s$coefficients[, 5])),
    likelihoodRatio = I(unname(s$logtest)), score = I(unname(s$sctest)), wald = I(c(f$wald.test, unname(s$waldtest[2:3]))))
}
zph <- function(f, transform) { z <- cox.zph(f, transform = transform)$table; list(name = I(rownames(z)), chiSquare = I(unname(z[, 1])), df = I(unname(z[, 2])), p = I(unname(z[, 3]))) }
efron <- coxph(Surv(time, event) ~ arm + age + burden, d)
factor3 <- coxph(Surv(time, event) ~ product + age, d)
strat <- coxph(Surv(time, event) ~ arm + burden + strata(site), d)
late <- coxph(Surv(entry, time, event) ~ arm + age + burden, d)

# Firth's penalty: the maximum of the partial likelihood plus half the log determinant of the information, by a
# general optimiser over coxph evaluated at fixed coefficients.
firth <- function(formula, data, ties, p) {
  value <- function(b) { f <- suppressWarnings(coxph(formula, data, ties = ties, init = b, control = coxph.control(iter.max = 0))); f$loglik[2] - 0.5 * as.numeric(determinant(f$var)$modulus) }
  b <- rep(0, p)
  for (round in 1:6) b <- optim(b, function(z) -value(z), method = if (p == 1) "BFGS" else "Nelder-Mead", control = list(reltol = 1e-16, maxit = 5000))$par
  f <- suppressWarnings(coxph(formula, data, ties = ties, init = b, control = coxph.control(iter.max = 0)))
  list(coefficient = I(unname(b)), stdError = I(sqrt(diag(f$var))), null = value(rep(0, p)), fitted = value(b))
}
separated <- data.frame(t = c(1, 2, 3, 4, 5, 6, 7, 8), s = c(1, 1, 1, 0, 0, 1, 0, 0), x = c(1, 1, 1, 1, 0, 0, 0, 0), z = c(0.2, 1.1, 0.4, 0.9, 0.3, 0.8, 0.1, 0.7))
separated$s[6] <- 0

aj <- survfit(Surv(time, factor(cause, 0:2)) ~ 1, d)
ci <- cuminc(d$time, d$cause)
tp <- timepoints(ci, at)
gray2 <- cuminc(d$time, d$cause, d$arm)$Tests
gray3 <- cuminc(d$time, d$cause, d$product)$Tests
# Without the patients of time 0: crr takes a censoring at time 0 as before an event at time 0.
fg <- function(x, cause) { f <- crr(d$time[time > 0], d$cause[time > 0], x[time > 0, , drop = FALSE], failcode = cause); list(coefficient = I(unname(f$coef)), stdError = I(sqrt(diag(f$var))), logLikelihood = I(c(f$loglik.null, f$loglik)), p = I(unname(summary(f)$coef[, 5]))) }
x <- cbind(armb = as.integer(arm == "b"), age, burden)

save(list(
  source = "R 4.2.2, survival 3.5-3, cmprsk 2.2-11, on invented patients; made by test/statistics/r/own-table.R",
  table = list(time = I(time), event = I(event), cause = I(cause), arm = I(arm), product = I(product), site = I(site), age = I(age), burden = I(burden), entry = I(entry)),
  kaplanMeier = km(survfit(Surv(time, event) ~ 1, d)),
  kaplanMeierLate = km(survfit(Surv(entry, time, event) ~ 1, d)),
  restrictedMean = list(rmean(survfit(Surv(time, event) ~ 1, d), 10), rmean(survfit(Surv(time, event) ~ 1, d), 25.25), rmean(survfit(Surv(time, event) ~ 1, d), 500)),
  logRank = list(arm = lr(survdiff(Surv(time, event) ~ arm, d)), product = lr(survdiff(Surv(time, event) ~ product, d)),
    stratified = lr(survdiff(Surv(time, event) ~ product + strata(site), d)), peto = lr(survdiff(Surv(time, event) ~ product, d, rho = 1)),
    petoStratified = lr(survdiff(Surv(time, event) ~ arm + strata(site), d, rho = 0.5))),
  cox = list(efron = cx(efron), breslow = cx(update(efron, ties = "breslow")), factor = cx(factor3), stratified = cx(strat), late = cx(late), lateBreslow = cx(update(late, ties = "breslow"))),
  proportionalHazards = list(efronKm = zph(efron, "km"), efronIdentity = zph(efron, "identity"), efronRank = zph(efron, "rank"),
    breslowKm = zph(update(efron, ties = "breslow"), "km"), factorKm = zph(factor3, "km"), stratifiedKm = zph(strat, "km"), lateKm = zph(late, "km")),
  firth = list(separated = separated |> lapply(I) |> as.list(),
    efron = firth(Surv(time, event) ~ arm + burden, d, "efron", 2), one = firth(Surv(t, s) ~ x, separated, "efron", 1), two = firth(Surv(t, s) ~ x + z, separated, "breslow", 2)),
  incidence = list(time = I(aj$time), relapse = I(aj$pstate[, 2]), relapseStdError = I(aj$std.err[, 2]), other = I(aj$pstate[, 3]), otherStdError = I(aj$std.err[, 3]),
    at = I(at), cmprskRelapse = I(unname(tp$est[1, ])), cmprskRelapseVariance = I(unname(tp$var[1, ])), cmprskOther = I(unname(tp$est[2, ])), cmprskOtherVariance = I(unname(tp$var[2, ]))),
  gray = list(arm = list(chiSquare = I(unname(gray2[, 1])), p = I(unname(gray2[, 2]))), product = list(chiSquare = I(unname(gray3[, 1])), p = I(unname(gray3[, 2])))),
  fineGray = list(relapse = fg(x, 1), other = fg(x, 2), one = fg(x[, 1, drop = FALSE], 1))
), "statistics-own-table.json")

# ---- comparisons ---------------------------------------------------------------------------------------------
a <- c(1.2, 3.4, 0.5, 7.7, 2.2, 5.1, 9.3, 4.4)
b <- c(2.1, 2.3, 0.9, 4.2, 1.7, 5.9, 6.6, 8.8)
tied <- c(1, 2, 2, 3, 5, 5, 5, 8)
long <- round(10 * sin(1:60), 3)
longer <- round(10 * cos((1:60) * 1.3) + 1, 3)
grp <- rep(1:3, length.out = 60)
tt <- function(f) list(t = unname(f$statistic), df = unname(f$parameter), p = f$p.value, lower = f$conf.int[1], upper = f$conf.int[2])
wx <- function(x, y, ...) { f <- suppressWarnings(wilcox.test(x, y, ...)); list(statistic = unname(f$statistic), p = f$p.value) }
sp <- function(x, y) { f <- suppressWarnings(cor.test(x, y, method = "spearman")); list(rho = unname(f$estimate), p = f$p.value) }
pe <- function(x, y) { f <- cor.test(x, y); list(r = unname(f$estimate), p = f$p.value, lower = f$conf.int[1], upper = f$conf.int[2]) }
tables <- list(matrix(c(3, 1, 6, 8), 2), matrix(c(9, 4, 0, 5), 2), matrix(c(7, 1, 22, 20), 2), matrix(c(12, 5, 3, 9, 7, 11), 2), matrix(c(1, 4, 2, 0, 3, 6, 5, 2, 1), 3), matrix(c(4, 2, 0, 7, 3, 1, 2, 5, 6, 0, 1, 4), 3), matrix(c(8, 3, 10, 15, 2, 20, 4, 11, 6, 9), 2))
rows <- function(m) lapply(seq_len(nrow(m)), function(r) I(m[r, ]))
ct <- function(m) {
  f <- fisher.test(m, workspace = 2e7)
  c1 <- suppressWarnings(chisq.test(m, correct = FALSE)); c2 <- suppressWarnings(chisq.test(m, correct = TRUE))
  c(list(cells = rows(m), fisher = f$p.value, chiSquare = unname(c1$statistic), df = unname(c1$parameter), p = c1$p.value, yates = unname(c2$statistic), yatesP = c2$p.value),
    if (all(dim(m) == 2)) list(oddsRatio = unname(f$estimate), lower = f$conf.int[1], upper = f$conf.int[2]))
}
cp <- function(k, n, level) { f <- binom.test(k, n, conf.level = level)$conf.int; w <- prop.test(k, n, conf.level = level, correct = FALSE)$conf.int; list(count = k, n = n, level = level, lower = f[1], upper = f[2], wilsonLower = w[1], wilsonUpper = w[2]) }
lg <- function(formula, data) { f <- glm(formula, binomial, data); s <- summary(f)$coefficients; list(coefficient = I(unname(s[, 1])), stdError = I(unname(s[, 2])), p = I(unname(s[, 4])), fitted = as.numeric(logLik(f)), null = -f$null.deviance / 2) }
d$y <- as.integer(d$burden + d$age + 100 * frac(i * 0.3819660113) > 110)

save(list(
  source = "R 4.2.2, packages stats, on invented values; made by test/statistics/r/own-table.R",
  a = I(a), b = I(b), tied = I(tied), long = I(long), longer = I(longer), groups = I(grp),
  welch = tt(t.test(a, b)), student = tt(t.test(a, b, var.equal = TRUE)), paired = tt(t.test(a, b, paired = TRUE)), welch90 = tt(t.test(long, a, conf.level = 0.9)),
  mannWhitney = list(exact = wx(a, b), normal = wx(a, b, exact = FALSE), ties = wx(a, tied), long = wx(long, longer)),
  signedRank = list(exact = wx(a, b, paired = TRUE), normal = wx(a, b, paired = TRUE, exact = FALSE), ties = wx(tied, c(2, 2, 3, 1, 4, 9, 7, 8), paired = TRUE), long = wx(long, longer, paired = TRUE), long49 = wx(long[1:49], longer[1:49], paired = TRUE)),
  tiedOther = I(c(2, 2, 3, 1, 4, 9, 7, 8)),
  kruskalWallis = { f <- kruskal.test(long, grp); g <- kruskal.test(tied, c(1, 1, 2, 2, 3, 3, 1, 2)); list(long = list(chiSquare = unname(f$statistic), p = f$p.value), tied = list(chiSquare = unname(g$statistic), p = g$p.value)) },
  tiedGroups = I(c(1, 1, 2, 2, 3, 3, 1, 2)),
  pearson = list(pairs = pe(a, b), long = pe(long, longer)),
  spearman = list(pairs = sp(a, b), nine = sp(long[1:9], longer[1:9]), ten = sp(long[1:10], longer[1:10]), thirty = sp(long[1:30], longer[3:32]), positive = sp(long[1:12], long[1:12] + longer[1:12] / 3), ties = sp(tied, a)),
  tables = lapply(tables, ct),
  mcnemar = lapply(list(c(5, 0), c(3, 8), c(6, 6), c(40, 22)), function(k) { m <- matrix(c(2, k[1], k[2], 9), 2); f <- mcnemar.test(m); list(discordant = I(k), exact = binom.test(k[1], sum(k))$p.value, chiSquare = unname(f$statistic), p = f$p.value) }),
  proportions = list(cp(8, 40, 0.95), cp(8, 50, 0.95), cp(0, 12, 0.95), cp(12, 12, 0.95), cp(1, 1, 0.9), cp(3, 7, 0.99), cp(450, 1000, 0.95)),
  logistic = list(outcome = I(d$y), one = lg(y ~ burden, d), three = lg(y ~ burden + arm + age, d))
), "statistics-comparisons.json")
