/* From a report definition and a release to a document.
 *
 * A section is one file with one record and one line in sections.def. It asks
 * the release for figures and adds blocks; it can neither compute nor see an
 * unreleased figure.
 */
#ifndef LKV_REPORT_REPORT_H
#define LKV_REPORT_REPORT_H

#include "base/diag.h"
#include "disclose/release.h"
#include "report/document.h"
#include "study/definition.h"
#include "study/study.h"

/* Checks that every section and setting of DEFINITION is known. */
bool lkv_report_check(const lkv_definition *definition, lkv_diag *diag);

/* What a school chose the year before: a question, what it did, and what it
 * looks at to see. QUESTION and ACTION are its own words; ACTION may be "".
 */
typedef struct lkv_followup {
    const char *school_id;
    const char *question, *action;
    lkv_target_spec target; /* its level may be LKV_NO_LEVEL */
} lkv_followup;

/* What the reports of a run share. THEME may be NULL; without STUDY and the
 * VERSION of the program no report tells what it was made of.
 */
typedef struct lkv_report_plan {
    const lkv_study *study;
    const char *version;
    const lkv_theme *theme;
    const lkv_target_spec *targets;
    size_t target_count;
    const lkv_followup *followups; /* by school */
    size_t followup_count;
    const lkv_official_spec *officials;
    size_t official_count;
} lkv_report_plan;

/* Checks that FRAME knows what targets, follow-ups and official
 * figures of PLAN are about. */
bool lkv_report_check_plan(const lkv_report_plan *plan, const lkv_frame *frame,
                           lkv_diag *diag);

/* The document of UNIT (0 for the district). NULL with a report. */
lkv_document *lkv_report_build(const lkv_definition *definition,
                               const lkv_report_plan *plan,
                               const lkv_release *release, uint16_t unit,
                               lkv_diag *diag);

#endif
