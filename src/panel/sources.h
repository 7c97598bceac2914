/* The tables of a study as read: what a panel is derived from. */
#ifndef LKV_PANEL_SOURCES_H
#define LKV_PANEL_SOURCES_H

#include <glib.h>

#include "base/diag.h"
#include "base/jobs.h"
#include "panel/marks.h"
#include "panel/roll.h"
#include "study/columns.h"
#include "study/rules.h"
#include "study/study.h"

typedef struct lkv_sources {
    lkv_fields *fields;
    lkv_roll *roll;
    lkv_marks *marks; /* NULL without rules, or without tables of marks */
    GArray *inputs; /* lkv_input_facts, in the order of reading */
} lkv_sources;

/* Reads all tables on the threads of CREW. NULL with a report when the data is
 * refused, without one when the crew is stopped.
 */
lkv_sources *lkv_sources_read(const lkv_study *study, const lkv_rules *rules,
                              lkv_crew crew, lkv_diag *diag);
void lkv_sources_free(lkv_sources *sources);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_sources, lkv_sources_free)

#endif
