/* From the texts of a column to our codes, each text looked up once. */
#ifndef LKV_PANEL_CODES_H
#define LKV_PANEL_CODES_H

#include <stdbool.h>

#include <glib.h>

#include "base/diag.h"
#include "base/intern.h"
#include "study/columns.h"
#include "study/study.h"

typedef struct lkv_coder lkv_coder;

/* For FIELD of INPUT's table. The study's codes rule; else those of our own
 * vocabulary; a field that has neither keeps its texts as codes.
 */
lkv_coder *lkv_coder_new(const lkv_input *input, const lkv_fields *fields,
                         const char *field);
void lkv_coder_free(lkv_coder *coder);

/* Our code for TEXT; NULL when it is missing or not known. UNKNOWN tells the
 * two apart. Lent.
 */
const char *lkv_coder_code(lkv_coder *coder, const char *text, bool *unknown);
/* "f (flicka, flickor, f …), m (pojke, p)": what is known; g_free. */
char *lkv_coder_known(const lkv_coder *coder);
/* Reports that TEXT in the row on LINE is none of the codes. */
void lkv_coder_report(const lkv_coder *coder, const char *text, long line,
                      lkv_diag *diag);

#endif
