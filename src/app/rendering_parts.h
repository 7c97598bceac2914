/* The inside of a rendering, for the files that build and draw it. */
#ifndef LKV_APP_RENDERING_PARTS_H
#define LKV_APP_RENDERING_PARTS_H

#include "app/rendering.h"
#include "base/catalogue.h"
#include "base/jobs.h"
#include "base/locale.h"
#include "render/render.h"
#include "study/definition.h"

typedef struct lkv_spoken {
    lkv_locale *locale;
    lkv_catalogue *catalogue;
    lkv_hyphens *hyphens; /* NULL where none are installed */
} lkv_spoken;

/* What a report is: of a school, of the district, of a school in plain words for
 * guardians, or the web page.
 */
typedef enum {
    LKV_FORM_SCHOOL,
    LKV_FORM_DISTRICT,
    LKV_FORM_EASY,
    LKV_FORM_OVERVIEW,
    LKV_FORMS
} lkv_form;

/* One report of one audience: drawn once in each of its languages. */
typedef struct lkv_planned {
    size_t profile;
    uint16_t unit;
    lkv_form form;
    char *id; /* in published-cells.csv */
    lkv_document *document;
} lkv_planned;

typedef struct lkv_task {
    guint report, language; /* the latter of those that the report has */
} lkv_task;

struct lkv_rendering {
    likvard *run;
    lkv_definition *definition[LKV_FORMS];
    lkv_theme *theme;
    lkv_fonts *fonts;
    lkv_picture *logo; /* or NULL */
    GArray *languages; /* lkv_spoken */
    GArray *easy; /* lkv_spoken, in plain words */
    GArray *jobs; /* lkv_task */
    GArray *reports; /* lkv_planned */
    GArray *printed; /* lkv_printed */
    lkv_stage *stage;
    lkv_diag **said; /* of each job */
    gint done;
};

/* Languages that reports of FORM are written in: array of lkv_spoken. */
const GArray *lkv_rendering_languages(const lkv_rendering *rendering,
                                      lkv_form form);
const lkv_spoken *lkv_spoken_at(const GArray *languages, guint index);

/* Where REPORT is written, seen from the run folder; g_free. */
char *lkv_rendering_path(const lkv_rendering *rendering,
                         const lkv_planned *report, const lkv_spoken *language);
/* Its bytes; NULL with a report in DIAG. */
GByteArray *lkv_rendering_draw(const lkv_rendering *rendering,
                               const lkv_planned *report,
                               const lkv_spoken *language, lkv_diag *diag);

/* Plans and builds every report that the study wants, or that of one school. */
bool lkv_rendering_build_all(lkv_rendering *rendering);
bool lkv_rendering_build_school(lkv_rendering *rendering, uint16_t unit);
/* Deals WORK out to the crew; what each of COUNT jobs said is joined in their
 * order.
 */
bool lkv_rendering_share(lkv_rendering *rendering, lkv_work work, size_t count);

#endif
