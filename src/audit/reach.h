/* Reach: how far apart two tables of pupils can put a number when both agree
 * with everything published.
 *
 * Many numbers are pushed up or down at once; every solution of the solver is a
 * table that agrees with all cells, and two that put a number far apart show
 * that no attack can tell it: it needs no program of its own. What is never
 * seen apart is asked for itself: first within its own part, where other
 * columns may be anywhere and a narrow range is proof of a leak; then in the
 * whole, where the answer is exact.
 */
#ifndef LKV_AUDIT_REACH_H
#define LKV_AUDIT_REACH_H

#include "audit/program.h"

/* A number that is sought: a count, or a ratio (a mean, or a share of 0 … 1)
 * where at least one pupil is in BASE.
 */
typedef struct lkv_sought {
    lkv_form number, base;
    bool ratio;
    double least, most; /* of a ratio: none is outside */
    double width; /* apart at least as much: enough */
    double low, high; /* seen; INFINITY, -INFINITY before */
} lkv_sought;

/* NUMBER and BASE are taken. */
lkv_sought lkv_sought_count(lkv_form number, double width);
lkv_sought lkv_sought_ratio(lkv_form number, lkv_form base, double least,
                            double most, double width);
void lkv_sought_clear(gpointer target);
/* Whether tables seen put it far enough apart; a count in whole pupils. */
bool lkv_sought_apart(const lkv_sought *target);

typedef struct lkv_reach lkv_reach;

/* Of SYSTEM (lent). To be freed by the thread that made it. */
lkv_reach *lkv_reach_new(const lkv_unknowns *system);
void lkv_reach_free(lkv_reach *reach);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_reach, lkv_reach_free)

/* Finds a first table: LKV_IMPOSSIBLE when none agrees with what is published,
 * LKV_GIVEN_UP when the solver found none in time.
 */
lkv_solved lkv_reach_start(lkv_reach *reach);

/* Moves tables about to see TARGETS (lkv_sought; lent until the next) apart. */
void lkv_reach_push(lkv_reach *reach, GArray *targets);

typedef enum {
    LKV_ASKED_APART, /* two tables show that it is wide enough */
    LKV_ASKED_NARROW, /* a proof: no table is outside the range */
    LKV_ASKED_NOBODY, /* a ratio of nobody */
    LKV_ASKED_GIVEN_UP /* the solver took too many steps: not known */
} lkv_asked;

/* The range of TARGET in LOW and HIGH; where it is narrow, RECIPE is added to.
 * It is exact, or SETTLED by what holds for a part of the system already.
 */
typedef bool (*lkv_settled)(void *context, double low, double high);
lkv_asked lkv_reach_ask(lkv_reach *reach, lkv_sought *target,
                        lkv_settled settled, void *context, double *low,
                        double *high, lkv_recipe *recipe);

#endif
