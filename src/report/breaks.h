/* School years over which results cannot be compared, as charts mark them and
 * sentences tell of them.
 */
#ifndef LKV_REPORT_BREAKS_H
#define LKV_REPORT_BREAKS_H

#include "report/section.h"

/* Whether there is one before the year of the report: a change over it is
 * nobody's doing.
 */
bool lkv_breaks_now(const lkv_writing *writing, lkv_topic topic);
/* Those of TOPIC among the last so many YEARS, which are CHART's slots. */
void lkv_breaks_mark(lkv_chart_draft *chart, const lkv_writing *writing,
                     lkv_topic topic, int years);
/* What the dashed lines of TOPICS (array of lkv_topic) stand for. */
void lkv_breaks_tell(const lkv_writing *writing, const GArray *topics,
                     int years);
/* That numbers of TOPICS hold years together, or against one another, that are
 * unlike each other.
 */
void lkv_breaks_across(const lkv_writing *writing, const GArray *topics,
                       int years);

#endif
