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
# MOVER: b less a, whose errors and limits are their own, V of the difference.
mover <- function(a, b, v) {
  r <- (a$error^2 + b$error^2 - v) / (2 * a$error * b$error)
  off <- function(up, down) sqrt(up^2 + down^2 - 2 * r * up * down)
  b$q - a$q + c(-off(b$q - b$limits[1], a$limits[2] - a$q),
                off(b$limits[2] - b$q, a$q - a$limits[1]))
}
apart <- function(a, b) {
  v <- within(b$z - a$z, school)
  say("distance", b$q - a$q, sqrt(v), mover(a, b, v))
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
  v <- within(z, school)
  say(paste0("gap p", 100 * p), one$q - zero$q, sqrt(v), mover(zero, one, v))
}

# ---- the gap on other scales ------------------------------------------------
one <- group == 1
n1 <- sum(one)
n0 <- sum(!one)
n <- n1 + n0
m <- ifelse(one, mean(y[one]), mean(y[!one]))
s2 <- sum((y - m)^2) / (n - 2)
d <- (mean(y[one]) - mean(y[!one])) / sqrt(s2)
z <- ifelse(one, 1 / n1, -1 / n0) * (y - m) / sqrt(s2) -
  d / (2 * s2) * ((y - m)^2 / (n - 2) - s2 / n)
J <- 1 - 3 / (4 * n - 9)
say("d g", d, d * J, sqrt(within(z, school)), sqrt(within(z, school)) * J)

above <- function(a, b) mean(a > b) + mean(a == b) / 2
p <- mean(outer(y[one], y[!one], function(a, b) (a > b) + (a == b) / 2))
place <- numeric(n)
place[one] <- sapply(y[one], function(v) above(v, y[!one]))
place[!one] <- sapply(y[!one], function(v) above(y[one], v))
z <- (place - p) / ifelse(one, n1, n0)
se <- sqrt(within(z, school))
say("ranks", p, se, sqrt(var(place[one]) / n1 + var(place[!one]) / n0),
    sqrt(2) * qnorm(p), sqrt(2) * se / dnorm(qnorm(p)))
if (requireNamespace("pROC", quietly = TRUE)) {
  roc <- pROC::roc(group, y, quiet = TRUE, direction = "<")
  say("pROC", as.numeric(roc$auc), sqrt(pROC::var(roc, method = "delong")))
}

# V of five steps; the derivatives by central differences.
step <- findInterval(y, c(60, 100, 130, 170))
shares <- function(g) sapply(0:3, function(s) mean(step[group == g] <= s))
v_of <- function(f1, f0) {
  line <- coef(lm(qnorm(f0) ~ qnorm(f1)))
  unname(sqrt(2) * line[1] / sqrt(1 + line[2]^2))
}
f1 <- shares(1)
f0 <- shares(0)
slope <- function(g, s) {
  move <- 1e-5 * (1:4 == s)
  if (g == 1) {
    (v_of(f1 + move, f0) - v_of(f1 - move, f0)) / 2e-5
  } else {
    (v_of(f1, f0 + move) - v_of(f1, f0 - move)) / 2e-5
  }
}
z <- numeric(n)
for (s in 1:4) {
  z <- z + ifelse(one, slope(1, s) * ((step <= s - 1) - f1[s]) / n1,
                  slope(0, s) * ((step <= s - 1) - f0[s]) / n0)
}
say("steps", v_of(f1, f0), sqrt(within(z, school)))

reach <- as.integer(y >= 100)
q1 <- mean(1 - reach[one])
q0 <- mean(1 - reach[!one])
z <- ifelse(one, (1 - reach - q1) / n1 / q1, -(1 - reach - q0) / n0 / q0)
say("ratio", q1 / q0, sqrt(within(z, school)))

# ---- segregation ------------------------------------------------------------
a <- as.vector(table(factor(school, 0:8), group)[, 2])
t <- as.vector(table(factor(school, 0:8)))
h <- function(q) ifelse(q == 0 | q == 1, 0, -q * log(q) - (1 - q) * log(1 - q))
indices <- function(a, t) {
  b <- t - a
  A <- sum(a)
  B <- sum(b)
  P <- A / sum(t)
  isolation <- sum(a / A * a / t)
  vr <- (isolation - P) / (1 - P)
  e0 <- (length(t) - 1) / (sum(t) - 1)
  c(sum(abs(a / A - b / B)) / 2, isolation, sum(a / A * b / t), vr,
    (vr - e0) / (1 - e0), 1 - sum(t * h(a / t)) / (sum(t) * h(P)),
    1 - sum(sqrt(a / A * b / B)), sum(abs(a / A - t / sum(t))) / 2)
}
say("segregation", indices(a, t))
without <- sapply(seq_along(t), function(j) indices(a[-j], t[-j]))
J <- length(t)
say("jackknife", apply(without, 1, function(v)
  sqrt((J - 1) / J * sum((v - mean(v))^2))))
three <- table(factor(school, 0:8), (0:399) %% 3)
p <- three / sum(three)
m <- sum(ifelse(p == 0, 0, p * log(p / outer(rowSums(p), colSums(p)))))
say("information", m, m / -sum(colSums(p) * log(colSums(p))))
# What chance gives, exactly: every school's number is hypergeometric.
expected <- function(f) {
  sum(mapply(function(t, j) sum(dhyper(0:t, sum(a), sum(t0) - sum(a), t) *
                                  f(0:t, t)), t, seq_along(t)))
}
t0 <- t
A <- sum(a)
B <- sum(t) - A
say("chance D VR H Hutchens",
    expected(function(a, t) abs(a / A - (t - a) / B) / 2),
    (J - 1) / (sum(t) - 1),
    1 - expected(function(a, t) t * h(a / t)) / (sum(t) * h(A / sum(t))),
    1 - expected(function(a, t) sqrt(a / A * (t - a) / B)))

# ---- grades against tests ---------------------------------------------------
wilson <- function(x, n) prop.test(x, n, correct = FALSE)$conf.int
paired <- function(l, e, h) { # Newcombe 1998, paired, method 10, cell a = 0
  n <- l + e + h
  w1 <- suppressWarnings(wilson(h, n))
  w2 <- suppressWarnings(wilson(l, n))
  phi <- if (h * l == 0) 0 else -h * l / sqrt(h * (n - h) * l * (n - l))
  d <- (h - l) / n
  lower <- sqrt((h / n - w1[1])^2 - 2 * phi * (h / n - w1[1]) *
                  (w2[2] - l / n) + (w2[2] - l / n)^2)
  upper <- sqrt((w1[2] - h / n)^2 - 2 * phi * (w1[2] - h / n) *
                  (l / n - w2[1]) + (l / n - w2[1])^2)
  c(d, d - lower, d + upper)
}
say("net", paired(3, 20, 9))
say("net", paired(0, 15, 0))
say("net", paired(0, 0, 16))

# ---- a change split (the first 180 pupils are the year before) ---------------
# Influence by moving one pupil's weight a little: no formula of derivatives.
year <- rep(1:2, c(180, 220))
split_of <- function(w) {
  s <- sapply(1:2, function(t) tapply(w[year == t], group[year == t], sum) /
                sum(w[year == t]))
  m <- sapply(1:2, function(t) tapply((w * y)[year == t], group[year == t],
                                      sum) /
                tapply(w[year == t], group[year == t], sum))
  c(sum((s[, 2] - s[, 1]) * rowMeans(m)), sum(rowMeans(s) * (m[, 2] - m[, 1])))
}
z <- t(sapply(seq_along(y), function(i) {
  w <- replace(rep(1, length(y)), i, 1 + 1e-4)
  v <- replace(rep(1, length(y)), i, 1 - 1e-4)
  (split_of(w) - split_of(v)) / 2e-4
}))
Z <- apply(z, 2, function(v) tapply(v, school, sum))
say("kitagawa", split_of(rep(1, 400)),
    apply(Z, 2, function(v) sqrt(9 / 8 * sum((v - mean(v))^2))))

# ---- concentration along another order --------------------------------------
# Influence by moving one pupil's weight a little, ranks and all.
x <- (7 * seq_along(y)) %% 23 + floor(y / 20)
concentration <- function(w, least = 0, most = 300) {
  n <- sum(w)
  of <- tapply(w, x, sum)
  rank <- ((cumsum(of) - of / 2) / n)[as.character(x)]
  m <- sum(w * y) / n
  cov <- sum(w * (y - m) * (rank - sum(w * rank) / n)) / n
  c(2 * cov / m, 8 * cov / (most - least),
    2 * cov * (most - least) / ((most - m) * (m - least)))
}
z <- t(sapply(seq_along(y), function(i) {
  w <- replace(rep(1, length(y)), i, 1 + 1e-4)
  v <- replace(rep(1, length(y)), i, 1 - 1e-4)
  (concentration(w) - concentration(v)) / 2e-4
}))
say("concentration", concentration(rep(1, 400)))
say("its errors", apply(z, 2, function(v) sqrt(within(v, school))))
place <- (rank(x) - 0.5) / 400
for (k in c(1, 4, 10)) {
  part <- place > (k - 1) / 10 & place <= k / 10
  say("a tenth", sum(part), mean(y[part]))
}
low <- place <= 0.25
say("lowest", sum(low), sum((rank(y) - 0.5)[low] / 400 >= 0.75))

# ---- inequality (y + 200, so that all are above 0) ---------------------------
v <- y + 200
inequality <- function(w) {
  n <- sum(w)
  m <- sum(w * v) / n
  of <- tapply(w, v, sum)
  rank <- ((cumsum(of) - of / 2) / n)[as.character(v)]
  c(2 * sum(w * (v - m) * (rank - 0.5)) / n / m,
    sum(w * v / m * log(v / m)) / n, -sum(w * log(v / m)) / n,
    (sum(w * v^2) / n / m^2 - 1) / 2)
}
z <- t(sapply(seq_along(v), function(i) {
  w <- replace(rep(1, length(v)), i, 1 + 1e-4)
  u <- replace(rep(1, length(v)), i, 1 - 1e-4)
  (inequality(w) - inequality(u)) / 2e-4
}))
say("inequality", inequality(rep(1, 400)))
say("its errors", apply(z, 2, function(u) sqrt(within(u, school))))

# ---- classes in schools ------------------------------------------------------
# Mean squares by aov; the coefficients by expectation: each variance component
# in turn makes the mean squares of indicator columns (no formula of k1, k2, k3).
class <- paste(school, (3 * seq_along(y)) %% (1 + school %% 4))
nested <- function(y, school, class) {
  school <- factor(school)
  class <- factor(class)
  project <- function(f) {
    n <- table(f)
    outer(f, f, "==") / as.vector(n[f])
  }
  one <- matrix(1 / length(y), length(y), length(y))
  s <- project(as.character(school))
  c <- project(as.character(class))
  ms <- list((s - one) / (nlevels(school) - 1),
             (c - s) / (nlevels(class) - nlevels(school)),
             (diag(length(y)) - c) / (length(y) - nlevels(class)))
  zz <- list(outer(as.character(school), as.character(school), "==") + 0,
             outer(as.character(class), as.character(class), "==") + 0,
             diag(length(y)))
  e <- sapply(zz, function(z) sapply(ms, function(m) sum(m * z)))
  solve(e, sapply(ms, function(m) drop(t(y) %*% m %*% y)))
}
parts <- nested(y, school, class)
m <- anova(lm(y ~ factor(school) / factor(class)))
say("nested", parts, parts / sum(parts))
say("mean squares", m[1:3, 3])
p <- pf(m[2, 3] / m[3, 3], m[2, 1], m[3, 1], lower.tail = FALSE)
say("F of classes", m[2, 3] / m[3, 3], p)
without <- sapply(0:8, function(j) {
  k <- school != j
  v <- nested(y[k], school[k], class[k])
  v / sum(v)
})
say("jackknife", apply(without, 1, function(v) {
  sqrt(8 / 9 * sum((v - mean(v))^2))
}))
