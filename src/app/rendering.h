/* All reports of a run: one job a report and language, dealt out to threads.
 */
#ifndef LKV_APP_RENDERING_H
#define LKV_APP_RENDERING_H

#include <stdbool.h>

#include <glib.h>

#include "app/handle.h"
#include "base/publish.h"
#include "render/font.h"
#include "render/hyphens.h"
#include "report/report.h"

typedef struct lkv_rendering lkv_rendering;

/* What the reports of RUN share; lent. */
lkv_report_plan lkv_rendering_plan(const likvard *run, const lkv_theme *theme);

/* Reads definitions and theme, and builds every document. NULL with a report in
 * the run's diag.
 */
lkv_rendering *lkv_rendering_new(likvard *run);
void lkv_rendering_free(lkv_rendering *rendering);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_rendering, lkv_rendering_free)

/* Reads catalogues and fonts, renders and writes PROFILE/reports/LANG/… into
 * STAGE.
 */
bool lkv_rendering_write(lkv_rendering *rendering, lkv_stage *stage);

/* The report of school UNIT alone, for the first audience in the first language
 * of the study, as a PDF; NULL with a report.
 */
GByteArray *lkv_rendering_school(likvard *run, uint16_t unit);

/* Where cells are printed: lkv_printed, in a fixed order; lent. */
const GArray *lkv_rendering_printed(const lkv_rendering *rendering);

/* Of what was written; NULL when no PDF is asked for. */
const lkv_fonts *lkv_rendering_fonts(const lkv_rendering *rendering);
/* By what words were divided in it: array of const lkv_hyphens *, free it with
 * g_ptr_array_unref.
 */
GPtrArray *lkv_rendering_hyphens(const lkv_rendering *rendering);

#endif
