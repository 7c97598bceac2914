/* What single cells, and pairs of them, tell without any reckoning: counts and
 * bases under the threshold, shares that with their base are one count, means
 * of few with one set of points, the same cell of populations that differ by a
 * few pupils.
 */
#ifndef LKV_AUDIT_RULES_H
#define LKV_AUDIT_RULES_H

#include "audit/attack.h"

void lkv_rules_apply(const lkv_evidence *evidence, const lkv_audit_rules *rules,
                     lkv_findings *findings);

#endif
