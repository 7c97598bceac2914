/* What an audit has found, and how much it looked at. */
#ifndef LKV_AUDIT_FINDINGS_H
#define LKV_AUDIT_FINDINGS_H

#include "audit/tighten.h"

typedef enum { LKV_FOUND_LEAK, LKV_FOUND_UNSURE, LKV_FOUND_NOTE } lkv_grave;

/* KIND is a stable word. LOW and HIGH are what can be worked out, NAN where
 * nothing is bounded. WHAT names the number, WHY says what was done, RECIPE
 * lists what is needed for it, a line each, or is "".
 */
typedef struct lkv_finding {
    lkv_grave grave;
    const char *kind;
    const char *population; /* lent */
    char *what, *why, *recipe;
    double low, high;
} lkv_finding;

/* Numbers that are not printed, by how it was found that they are safe, or
 * what became of them.
 */
typedef struct lkv_audit_counts {
    size_t cells, sought;
    size_t by_bounds; /* bounds alone tell that nothing leaks */
    size_t by_tables; /* two tables put it far apart */
    size_t by_programs; /* exact, by linear programming */
    size_t unsure; /* the solver gave up */
    size_t columns, rows;
} lkv_audit_counts;

typedef struct lkv_findings {
    GArray *list; /* lkv_finding */
    lkv_audit_counts counts;
} lkv_findings;

lkv_findings *lkv_findings_new(void);
void lkv_findings_free(lkv_findings *findings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_findings, lkv_findings_free)

/* Adds FOUND, whose WHAT, WHY and RECIPE are taken. */
void lkv_findings_add(lkv_findings *findings, lkv_finding found);
/* Moves all of FROM behind those of INTO. */
void lkv_findings_merge(lkv_findings *into, lkv_findings *from);
/* RECIPE in words, a line each; g_free. */
char *lkv_findings_recipe(const lkv_evidence *evidence,
                          const lkv_recipe *recipe);

#endif
