/* One small district that R knows too: 95 pupils of 16 schools, of 3 to 9.
 *
 *   g <- i <- c()
 *   for (j in 0:15) { n <- 3 + (j*5) %% 7; g <- c(g, rep(j, n))
 *                     i <- c(i, 0:(n-1)) }
 *   y <- ((i*37 + g*53 + ((i*g) %% 11)*7) %% 100)/4 + 2*(g %% 5)
 *   x <- ((i*29 + g*17) %% 50)/8
 *   s <- as.integer((i + g) %% 3 == 0)
 *   q <- as.integer(y >= 14)
 *   f <- factor(g)
 *
 * All values are exact in binary. The tests state the R calls (R 4.2).
 */
#ifndef LKV_TESTS_STAT_EXAMPLE_H
#define LKV_TESTS_STAT_EXAMPLE_H

#include <stdbool.h>

#include "check.h"
#include "stat/cluster.h"
#include "stat/moments.h"

enum { SCHOOLS = 16, PUPILS = 95 };

typedef struct lkv_example {
    uint32_t school[PUPILS], place[PUPILS];
    double y[PUPILS], x[PUPILS], s[PUPILS], q[PUPILS];
} lkv_example;

static inline lkv_example example(void)
{
    lkv_example all = {.school = {0}};
    size_t at = 0;
    for (uint32_t g = 0; g < SCHOOLS; g++) {
        for (uint32_t i = 0; i < 3 + g * 5 % 7; i++, at++) {
            all.school[at] = g;
            all.place[at] = i;
            all.y[at] =
                (i * 37 + g * 53 + i * g % 11 * 7) % 100 / 4.0 + 2.0 * (g % 5);
            all.x[at] = (i * 29 + g * 17) % 50 / 8.0;
            all.s[at] = (i + g) % 3 == 0;
            all.q[at] = all.y[at] >= 14.0;
        }
    }
    assert_int_equal(at, PUPILS);
    return all;
}

/* Moments of y; with COVARIATES those of x and s too. */
static inline lkv_moments *example_moments(const lkv_example *all,
                                           bool covariates)
{
    double values[PUPILS * 3];
    size_t v = covariates ? 3 : 1;
    for (size_t i = 0; i < PUPILS; i++) {
        values[i * v] = all->y[i];
        if (covariates) {
            values[i * v + 1] = all->x[i];
            values[i * v + 2] = all->s[i];
        }
    }
    return lkv_moments_of(values, all->school, PUPILS, SCHOOLS, v);
}

/* Stratum of the pupils of VALUE whose KEY[i] is WANTED. */
static inline lkv_stratum stratum_of(const double *value, const uint32_t *key,
                                     size_t count, uint32_t wanted)
{
    lkv_stratum stratum = {0};
    for (size_t i = 0; i < count; i++) {
        if (key[i] == wanted) {
            stratum.n++;
            stratum.mean += value[i];
        }
    }
    stratum.mean /= stratum.n > 0 ? (double)stratum.n : 1.0;
    for (size_t i = 0; i < count; i++) {
        if (key[i] == wanted) {
            stratum.squares +=
                (value[i] - stratum.mean) * (value[i] - stratum.mean);
        }
    }
    return stratum;
}

/* [school * 2 + s] of VALUE: strata by school and sex. */
static inline void example_pairs(const lkv_example *all, const double *value,
                                 lkv_stratum pairs[SCHOOLS * 2])
{
    uint32_t key[PUPILS];
    for (size_t i = 0; i < PUPILS; i++) {
        key[i] = all->school[i] * 2 + (all->s[i] > 0.0);
    }
    for (uint32_t k = 0; k < SCHOOLS * 2; k++) {
        pairs[k] = stratum_of(value, key, PUPILS, k);
    }
}

/* Strata by school of VALUE. */
static inline void example_strata(const lkv_example *all, const double *value,
                                  lkv_stratum strata[SCHOOLS])
{
    for (uint32_t j = 0; j < SCHOOLS; j++) {
        strata[j] = stratum_of(value, all->school, PUPILS, j);
    }
}

#endif
