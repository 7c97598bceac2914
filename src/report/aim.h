/* What a goal or a follow-up is about, as it is now, and the verdict on it by
 * the interval. The one place that gives such verdicts.
 */
#ifndef LKV_REPORT_AIM_H
#define LKV_REPORT_AIM_H

#include "report/section.h"

/* A level of all pupils, or of a group's. */
typedef struct lkv_aim {
    const lkv_target_spec *target;
    lkv_topic topic;
    uint16_t group, value; /* LKV_NO_VALUE: of all pupils */
    const lkv_figure *level, *change;
} lkv_aim;

/* False where the unit has no such result. */
bool lkv_aim_find(const lkv_ask *ask, const lkv_target_spec *target,
                  lkv_aim *aim);

/* Key of the verdict. Reached: the whole interval, or a bound, lies at the
 * level or above it. Without a level, whether the figure is higher or lower
 * than the year before by the whole interval of the change.
 */
const char *lkv_aim_verdict(const lkv_ask *ask, const lkv_aim *aim);

/* "eligible, girls: at least 90 % in 2024/25"; without a level what it is about
 * alone.
 */
lkv_text lkv_aim_goal(const lkv_writing *writing, const lkv_aim *aim);

/* Reports as CODE what FRAME does not know of TARGET; WHO names its kind, such
 * as "a target".
 */
bool lkv_aim_check(const lkv_target_spec *target, const lkv_frame *frame,
                   const char *code, const char *who, lkv_diag *diag);

#endif
