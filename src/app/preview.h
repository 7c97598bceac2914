/* Pages as pictures, to look at before anything is sent. */
#ifndef LKV_APP_PREVIEW_H
#define LKV_APP_PREVIEW_H

#include <stdbool.h>

#include <glib.h>

#include "base/diag.h"

/* Writes page 1, 2 … PAGES of the PDF in BYTES as STEM-1.png, STEM-2.png …, as
 * many as it has, and adds their paths to PATHS. False with a report.
 *
 * pdftoppm of poppler-utils draws them in a process of its own: linked into
 * this one, its libraries would make every start of the program slower.
 */
bool lkv_preview_write(const GByteArray *bytes, const char *stem,
                       unsigned pages, GPtrArray *paths, lkv_diag *diag);

#endif
