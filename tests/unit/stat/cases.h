/* Pupils of invented schools: whole numbers by a small generator (Park and
 * Miller 1988), so that R can make the same ones. In R:
 *
 *   cases <- function(schools, seed = 1, effect = 20) {
 *     state <- seed
 *     draw <- function(below) {
 *       state <<- (state * 16807) %% 2147483647
 *       floor(state / 65536) %% below
 *     }
 *     rows <- list()
 *     for (j in 1:schools) {
 *       n <- 3 + draw(12)
 *       level <- draw(effect)
 *       for (i in 1:n) {
 *         x <- draw(10) + (j %% 3)
 *         z <- as.numeric(draw(3) == 0)
 *         y <- level + 2 * x - 5 * z + draw(30) + (if (j %% 4 == 0) x else 0)
 *         rows[[length(rows) + 1]] <- c(j, y, x, z)
 *       }
 *     }
 *     d <- as.data.frame(do.call(rbind, rows))
 *     names(d) <- c("school", "y", "x", "z"); d
 *   }
 */
#ifndef LKV_TESTS_STAT_CASES_H
#define LKV_TESTS_STAT_CASES_H

#include <stdint.h>

#include <glib.h>

#include "stat/moments.h"

enum { CASES_MOST = 14 };

typedef struct cases {
    size_t schools, count;
    double *value; /* y, x, z of each */
    uint32_t *school;
} cases;

static inline uint64_t cases_draw(uint64_t *state, uint64_t below)
{
    *state = *state * 16807 % 2147483647;
    return *state / 65536 % below;
}

static inline cases cases_new(size_t schools, uint64_t seed, uint64_t effect)
{
    cases made = {.schools = schools};
    made.value = g_new0(double, schools *CASES_MOST * 3);
    made.school = g_new0(uint32_t, schools * CASES_MOST);
    for (size_t j = 1; j <= schools; j++) {
        uint64_t n = 3 + cases_draw(&seed, 12);
        uint64_t level = cases_draw(&seed, effect);
        for (uint64_t i = 0; i < n; i++) {
            uint64_t x = cases_draw(&seed, 10) + j % 3;
            uint64_t z = cases_draw(&seed, 3) == 0;
            uint64_t noise = cases_draw(&seed, 30) + (j % 4 == 0 ? x : 0);
            double *value = &made.value[made.count * 3];
            made.school[made.count++] = (uint32_t)(j - 1);
            value[0] = (double)(level + 2 * x + noise) - 5.0 * (double)z;
            value[1] = (double)x;
            value[2] = (double)z;
        }
    }
    return made;
}

static inline void cases_clear(cases *of)
{
    g_free(of->value);
    g_free(of->school);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(cases, cases_clear)

/* All three variables; the schools are groups. */
static inline lkv_moments *cases_moments(const cases *of)
{
    return lkv_moments_of(of->value, of->school, of->count, of->schools, 3);
}

#endif
