/* 400 pupils of 9 schools in two groups, as reference.R draws them. */
#ifndef LKV_TESTS_STAT_PUPILS_H
#define LKV_TESTS_STAT_PUPILS_H

#include <stdint.h>

#include "stat/piles.h"

enum { PUPILS = 400, PUPILS_SCHOOLS = 9 };

typedef struct drawn_pupil {
    uint32_t school, group;
    double y;
} drawn_pupil;

/* Lehmer's generator. */
static inline uint64_t pupils_draw(uint64_t *x, uint64_t below)
{
    *x = 16807 * *x % 2147483647;
    return *x % below;
}

static inline void pupils_fill(drawn_pupil pupils[PUPILS])
{
    uint64_t x = 20251;
    for (size_t i = 0; i < PUPILS; i++) {
        uint64_t school = pupils_draw(&x, 9);
        uint64_t group = pupils_draw(&x, 10) < 2 + school / 2;
        double first = (double)pupils_draw(&x, 41);
        double points = first + (double)pupils_draw(&x, 41);
        pupils[i] = (drawn_pupil){
            .school = (uint32_t)school,
            .group = (uint32_t)group,
            .y = 2.5 * (points + 3.0 * (double)school - 8.0 * (double)group),
        };
    }
}

/* The pupils of GROUP, or of both for -1. */
static inline lkv_piles *pupils_piles(int group)
{
    drawn_pupil pupils[PUPILS];
    pupils_fill(pupils);
    lkv_piles *piles = lkv_piles_new(PUPILS_SCHOOLS);
    for (size_t i = 0; i < PUPILS; i++) {
        if (group < 0 || pupils[i].group == (uint32_t)group) {
            lkv_piles_add(piles, (lkv_pile){.value = pupils[i].y,
                                            .n = 1,
                                            .school = pupils[i].school,
                                            .group = pupils[i].group});
        }
    }
    lkv_piles_sort(piles);
    return piles;
}

#endif
