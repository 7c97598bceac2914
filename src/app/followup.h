/* What schools chose the year before to follow up: a table of the study that
 * holds no pupils.
 *
 * Its words are printed in the school's report as they are, so what should not
 * be there is refused: text that is too long or cannot be seen, and what looks
 * like a personal identity number.
 */
#ifndef LKV_APP_FOLLOWUP_H
#define LKV_APP_FOLLOWUP_H

#include <stddef.h>

#include <glib.h>

#include "base/diag.h"
#include "report/report.h"
#include "study/study.h"

typedef struct lkv_followups lkv_followups;

/* Reads all such tables of STUDY; INPUTS gets lkv_input_facts. NULL without
 * any, or with a report: every fault with its place.
 */
lkv_followups *lkv_followups_read(const lkv_study *study, GArray *inputs,
                                  lkv_diag *diag);
/* Those of STUDY's run that lie in the run folder DIR; NULL without any. */
lkv_followups *lkv_followups_reread(const lkv_study *study, const char *dir,
                                    lkv_diag *diag);
void lkv_followups_free(lkv_followups *followups);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_followups, lkv_followups_free)

/* Sorted by school and question, whatever the order of rows; none of NULL. */
const lkv_followup *lkv_followups_all(const lkv_followups *followups,
                                      size_t *count);

/* The table that lkv_followups_reread reads, and its name in the run folder;
 * g_free. NULL of NULL.
 */
char *lkv_followups_csv(const lkv_followups *followups);
extern const char lkv_followups_file[];

#endif
