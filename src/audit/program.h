/* Program: a linear program over some columns of a system (GLPK). */
#ifndef LKV_AUDIT_PROGRAM_H
#define LKV_AUDIT_PROGRAM_H

#include "audit/unknowns.h"

typedef struct lkv_program lkv_program;

/* Over COLUMNS (uint32_t; a reference). Others may be anywhere within their own
 * ends, for each row by itself: what is found is never too narrow, and over a
 * whole, where there are no others, it is exact. To be freed by the thread that
 * made it.
 */
lkv_program *lkv_program_new(const lkv_unknowns *system, const GArray *columns);
void lkv_program_free(lkv_program *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_program, lkv_program_free)

/* FORM is LEAST at least. */
void lkv_program_at_least(lkv_program *program, const lkv_form *form,
                          double least);
/* What the solver holds in this thread, once no program is left. */
void lkv_program_cleanup(void);

/* Objective: all zero; then TIMES a form. */
void lkv_program_clear(lkv_program *program);
void lkv_program_add(lkv_program *program, const lkv_form *form, double times);

typedef enum {
    LKV_SOLVED,
    LKV_IMPOSSIBLE, /* nothing satisfies the rows */
    LKV_GIVEN_UP /* too many steps */
} lkv_solved;
/* Seeks the least value of the objective. */
lkv_solved lkv_program_solve(lkv_program *program);

/* The solution: of COLUMN (one of the program's), or all of them into POINT. */
void lkv_program_take(const lkv_program *program, double *point);
/* Adds the cells and implications whose rows hold the objective where it is. */
void lkv_program_explain(const lkv_program *program, lkv_recipe *recipe);

#endif
