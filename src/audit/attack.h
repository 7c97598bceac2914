/* Attack: every number of a population that is hidden, left out or printed as a
 * range is sought, as a reader would who has all cells and a solver.
 */
#ifndef LKV_AUDIT_ATTACK_H
#define LKV_AUDIT_ATTACK_H

#include "audit/findings.h"
#include "audit/unknowns.h"

/* A number is told when less than MIN_WIDTH apart with its lower end under
 * THRESHOLD; a share when within PCT_WIDTH per cents, a mean within MEAN_WIDTH
 * of its scale.
 */
typedef struct lkv_audit_rules {
    int threshold, min_width;
    double pct_width, mean_width;
    bool linear; /* shares are not rounded to whole pupils first */
} lkv_audit_rules;

/* What an attack does, from this evidence; adds to FINDINGS. False with a
 * report when no table agrees with the cells, or there are too many crowds.
 */
bool lkv_attack(const lkv_evidence *evidence, uint16_t population,
                const lkv_audit_rules *rules, lkv_findings *findings,
                lkv_diag *diag);

#endif
