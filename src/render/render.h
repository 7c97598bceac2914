/* Renderers: a document becomes a PDF, a release becomes CSV, JSON
 * and XLSX. */
#ifndef LKV_RENDER_RENDER_H
#define LKV_RENDER_RENDER_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/sink.h"
#include "disclose/release.h"
#include "render/font.h"
#include "render/hyphens.h"
#include "render/picture.h"
#include "report/document.h"

/* Colours as 0xRRGGBB. */
typedef struct lkv_look {
    uint32_t ink, muted, own, district, other, grid, panel, band;
} lkv_look;

typedef struct lkv_pdf_job {
    const lkv_document *document;
    const lkv_words *words;
    const lkv_fonts *fonts;
    const lkv_hyphens *hyphens; /* of the language; or NULL */
    const lkv_picture *logo; /* or NULL */
    lkv_look look;
    int64_t epoch; /* seconds: dates in the file */
} lkv_pdf_job;

/* The bytes of the PDF; NULL with a report (an overflow names block and page).
 */
GByteArray *lkv_render_pdf(const lkv_pdf_job *job, lkv_diag *diag);
/* The boxes of the pages as text, one a line: page, x, y, width, height, kind,
 * words. For tests; g_free.
 */
char *lkv_render_boxes(const lkv_pdf_job *job, lkv_diag *diag);

/* results.csv (decisions page, section 9) and results.json, which
 * lkv_release_read gives back.
 */
void lkv_render_csv(const lkv_release *release, const lkv_sink *sink);
void lkv_render_json(const lkv_release *release, const lkv_sink *sink);
/* Appends to OUT the rows of results.csv whose figures DOCUMENT prints or draws,
 * in part or whole: what is attached to its PDF. Of a district's document none
 * of a school: its dots have no name.
 */
void lkv_render_csv_of(const lkv_document *document, const lkv_release *release,
                       GString *out);

/* results.xlsx in the language of WORDS: a sheet that explains, one for the
 * district, one for the schools. FOLDER holds it while it is made. NULL with a
 * report when it cannot be written. EPOCH: the date in the file.
 */
GBytes *lkv_render_xlsx(const lkv_words *words, const char *folder,
                        int64_t epoch, lkv_diag *diag);

#endif
