# What fitting models costs beside lme4, in one run on the same pupils.
#
#   Rscript bench_models.R BENCH_MODELS [ROUNDS]
#
# The contenders take turns (A B A B ...); a ratio is taken a round and its
# median counts. Their answers are compared before a time is printed. Seconds
# are of the processor. R with lme4.
suppressPackageStartupMessages(library(lme4))

words <- commandArgs(trailingOnly = TRUE)
program <- words[1]
rounds <- if (length(words) > 1) as.integer(words[2]) else 7L

# Pupils of schools of unequal size (gamma, shape 4): an intraclass correlation
# of 0.10 or so, four covariates, and a yes or no of which 85 % are yes.
make <- function(schools, pupils, path) {
  set.seed(20250613)
  size <- pmax(5, round(rgamma(schools, 4, 4 * schools / pupils)))
  school <- rep(seq_len(schools), size)
  n <- length(school)
  u <- rnorm(schools)
  x1 <- rnorm(n) + rnorm(schools, sd = .5)[school]
  x2 <- rbinom(n, 1, .5)
  x3 <- rbinom(n, 1, .25)
  x4 <- rbinom(n, 1, .1)
  y <- 220 + 17 * u[school] + 15 * x1 + 20 * x2 - 25 * x3 - 40 * x4 +
    rnorm(n, sd = 50)
  yes <- rbinom(n, 1, plogis(1.9 + .49 * u[school]))
  d <- data.frame(school = school - 1L, y, x1, x2, x3, x4, yes)
  columns <- lapply(d, function(x) format(x, digits = 17, trim = TRUE))
  writeLines(do.call(paste, c(columns, sep = ",")), path)
  d$school <- factor(d$school)
  d
}

seconds <- function(what) {
  gc()
  from <- proc.time()
  value <- force(what())
  list(value = value, seconds = sum((proc.time() - from)[1:2]))
}

ours <- function(path, repeats) {
  lines <- strsplit(system2(program, c(path, repeats), stdout = TRUE), " ")
  setNames(as.list(as.numeric(vapply(lines, `[`, "", 2))),
           vapply(lines, `[`, "", 1))
}

agree <- function(name, mine, theirs, tolerance) {
  off <- abs(mine - theirs) / abs(theirs)
  if (!(off <= tolerance)) {
    stop(sprintf("%s differs: %.12g here, %.12g in lme4", name, mine, theirs))
  }
}

# lme4 stops where its search does: about 1e-4 of a variance by its defaults.
agree_lmer <- function(mine, m) {
  for (i in seq_along(fixef(m))) {
    agree(paste0("beta", i - 1), mine[[paste0("beta", i - 1)]], fixef(m)[[i]],
          1e-6)
  }
  agree("tau2", mine$tau2, VarCorr(m)$school[1], 1e-4)
  agree("sigma2", mine$sigma2, sigma(m)^2, 1e-6)
  if (mine$crit > REMLcrit(m) + 1e-6) {
    stop("the criterion is higher here than in lme4")
  }
}

agree_glmer <- function(mine, m) {
  agree("logit_beta", mine$logit_beta, fixef(m)[[1]], 1e-4)
  agree("logit_tau2", mine$logit_tau2, VarCorr(m)$school[1], 1e-3)
}

say <- function(name, ratio, ours, theirs, aim) {
  cat(sprintf("%-58s %9.1f us %9.3f s %9.0f x  aim %s (rounds %.0f to %.0f)\n",
              name, 1e6 * median(ours), median(theirs), median(ratio), aim,
              min(ratio), max(ratio)))
}

compare <- function(name, mine, theirs, aim) {
  say(name, theirs / mine, mine, theirs, aim)
}

linear <- function(schools, pupils, rounds, repeats, aim) {
  path <- tempfile()
  d <- make(schools, pupils, path)
  theirs <- mine <- list()
  for (i in seq_len(rounds)) {
    theirs[[i]] <- seconds(function() {
      lmer(y ~ x1 + x2 + x3 + x4 + (1 | school), d)
    })
    mine[[i]] <- ours(path, repeats)
  }
  agree_lmer(mine[[1]], theirs[[1]]$value)
  at <- function(name) vapply(mine, `[[`, 0, name)
  lmer <- vapply(theirs, `[[`, 0, "seconds")
  title <- sprintf("%d schools, %d pupils:", schools, nrow(d))
  compare(paste(title, "REML from sums / lmer"), at("seconds_fit"), lmer, aim)
  compare(paste(title, "with both intervals"), at("seconds_intervals"), lmer,
          "none")
  compare(paste(title, "adding up the pupils too"),
          at("seconds_fit") + at("seconds_sums"), lmer, "none")
  if ("seconds_bootstrap" %in% names(mine[[1]])) {
    compare(paste(title, "10,000 refits / lmer"), at("seconds_bootstrap"),
            lmer, "4")
    # what the refits' middle is about is known: they were drawn from it
    agree("middle of refits", mine[[1]]$drawn_middle, mine[[1]]$icc, 0.02)
  }
  list(data = d, path = path)
}

logistic <- function(made, rounds) {
  d <- made$data
  few <- aggregate(cbind(yes, n = 1) ~ school, d, sum)
  rows <- groups <- mine <- list()
  for (i in seq_len(rounds)) {
    rows[[i]] <- seconds(function() {
      glmer(yes ~ 1 + (1 | school), d, binomial, nAGQ = 7)
    })
    groups[[i]] <- seconds(function() {
      glmer(cbind(yes, n - yes) ~ 1 + (1 | school), few, binomial, nAGQ = 7)
    })
    mine[[i]] <- ours(made$path, 21)
  }
  agree_glmer(mine[[1]], rows[[1]]$value)
  at <- vapply(mine, `[[`, 0, "seconds_logit")
  title <- sprintf("%d pupils: logistic, 7 nodes /", nrow(d))
  compare(paste(title, "glmer of pupils"), at,
          vapply(rows, `[[`, 0, "seconds"), "12")
  compare(paste(title, "glmer of counts by school"), at,
          vapply(groups, `[[`, 0, "seconds"), "none")
}

city <- linear(76, 31600, rounds, 501, "5000")
logistic(city, max(3, rounds %/% 2))
invisible(linear(4700, 1100000, max(3, rounds %/% 2), 51, "5000"))
