/* Groups of pupils against the group they are compared with. */
#ifndef LKV_REPORT_AGAINST_H
#define LKV_REPORT_AGAINST_H

#include "report/section.h"

/* Those at LEAF of group number GROUP, in TOPIC. */
typedef struct lkv_against {
    lkv_topic topic;
    uint16_t group, leaf;
} lkv_against;

/* Every leaf of the groups that the section is set to, in their order: array
 * of lkv_against. What the release tells of them is asked next.
 */
GArray *lkv_against_all(const lkv_writing *writing, lkv_topic topic);

/* COMPONENT of MEASURE, in the district, between AT and its reference; NULL if
 * the release has none.
 */
const lkv_figure *lkv_against_figure(const lkv_ask *ask, const lkv_against *at,
                                     const char *measure,
                                     const char *component);

#endif
