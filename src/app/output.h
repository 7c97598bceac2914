/* The folder that a run, or reports drawn again, are written to. */
#ifndef LKV_APP_OUTPUT_H
#define LKV_APP_OUTPUT_H

#include <stdbool.h>

#include "app/handle.h"
#include "base/publish.h"

/* A stage for GOAL, as lkv_stage_open. NULL with a report also when GOAL, which
 * FORCE would replace as a whole, holds a file that RUN reads: the study, a
 * table, rules, a theme, an earlier run, or the run that is drawn again.
 */
lkv_stage *lkv_output_open(likvard *run, const char *goal, bool force);

#endif
