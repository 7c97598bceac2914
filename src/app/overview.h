/* The web page of one audience in one language: the district's overview, and
 * links to all that is written for that audience.
 */
#ifndef LKV_APP_OVERVIEW_H
#define LKV_APP_OVERVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "app/handle.h"
#include "base/catalogue.h"
#include "render/render.h"

typedef struct lkv_overview lkv_overview;

/* CATALOGUE is lent until it is freed. */
lkv_overview *lkv_overview_new(const likvard *run,
                               const lkv_catalogue *catalogue);
void lkv_overview_free(lkv_overview *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_overview, lkv_overview_free)

/* The same page in the language of CATALOGUE lies at HREF. */
void lkv_overview_language(lkv_overview *overview,
                           const lkv_catalogue *catalogue, const char *href);
/* The report of UNIT lies at HREF. Schools are listed by name, never by
 * anything else.
 */
void lkv_overview_report(lkv_overview *overview, uint16_t unit, bool easy,
                         const char *href);

/* The bytes of the page of PAGES' document; NULL with a report. */
GByteArray *lkv_overview_draw(lkv_overview *overview, const lkv_pdf_job *pages,
                              lkv_diag *diag);

#endif
