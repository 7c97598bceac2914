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

/* What the reports of a run share. THEME may be NULL. */
typedef struct lkv_report_plan {
    const lkv_theme *theme;
    const lkv_target_spec *targets;
    size_t target_count;
} lkv_report_plan;

/* Checks that FRAME knows what the targets of PLAN are about. */
bool lkv_report_check_targets(const lkv_report_plan *plan,
                              const lkv_frame *frame, lkv_diag *diag);

/* The document of UNIT (0 for the district). NULL with a report. */
lkv_document *lkv_report_build(const lkv_definition *definition,
                               const lkv_report_plan *plan,
                               const lkv_release *release, uint16_t unit,
                               lkv_diag *diag);

#endif
