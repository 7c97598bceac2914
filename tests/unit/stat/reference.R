# The numbers that the tests of this folder hold: written in R from the
# formulas, without the code under test. Rscript reference.R
#
# 400 pupils of 9 schools: Lehmer's generator x <- 16807 x mod (2^31 - 1).
x <- 20251
draw <- function(below) {
  x <<- (16807 * x) %% 2147483647
  x %% below
}
pupils <- t(sapply(1:400, function(i) {
  school <- draw(9)
  group <- as.integer(draw(10) < 2 + school %/% 2)
  c(school, group, 2.5 * (draw(41) + draw(41) + 3 * school - 8 * group))
}))
school <- pupils[, 1]
group <- pupils[, 2]
y <- pupils[, 3]
say <- function(name, ...) {
  cat(name, format(c(...), digits = 17), "\n")
}

# Variance within schools of a sum of influence values.
within <- function(z, by) {
  sum(sapply(split(z, by), function(v) {
    n <- length(v)
    if (n == 1) v^2 else n / (n - 1) * sum((v - mean(v))^2)
  }))
}
width <- function(n, by) qt(0.975, n - length(unique(by)))

percentile <- function(v, by, p, t = width(length(v), by)) {
  n <- length(v)
  q <- quantile(v, p, type = 7, names = FALSE)
  below <- v <= q
  se <- sqrt(within((below - mean(below)) / n, by))
  limits <- quantile(v, pmin(1, pmax(0, p + c(-1, 1) * t * se)), type = 7,
                     names = FALSE)
  error <- diff(limits) / (2 * t)
  list(q = q, error = error, limits = limits, df = n - length(unique(by)),
       z = -(below - mean(below)) * error / se / n)
}
for (p in c(0.1, 0.5, 0.9)) {
  of <- percentile(y, school, p)
  say(paste0("p", 100 * p), of$q, of$error, of$limits, of$df)
}
apart <- function(a, b) {
  se <- sqrt(within(b$z - a$z, school))
  say("distance", b$q - a$q, se,
      b$q - a$q + c(-1, 1) * width(length(y), school) * se)
}
apart(percentile(y, school, 0.1), percentile(y, school, 0.9))
apart(percentile(y, school, 0.5), percentile(y, school, 0.9))
for (p in c(0.1, 0.5, 0.9)) {
  t <- width(length(y), school)
  one <- percentile(y[group == 1], school[group == 1], p, t)
  zero <- percentile(y[group == 0], school[group == 0], p, t)
  z <- numeric(length(y))
  z[group == 1] <- one$z
  z[group == 0] <- -zero$z
  se <- sqrt(within(z, school))
  say(paste0("gap p", 100 * p), one$q - zero$q, se,
      one$q - zero$q + c(-1, 1) * width(length(y), school) * se)
}
