/* Words of the proof files: fields, conditions and names as the auditor reads
 * them.
 */
#ifndef LKV_DISCLOSE_PROOF_H
#define LKV_DISCLOSE_PROOF_H

#include <glib.h>

#include "base/frame.h"

/* TEXT as a field of CSV that no spreadsheet takes for a formula. */
void lkv_proof_field(GString *out, const char *text);
/* Name of an axis or of TERM's value, plain; g_free. */
char *lkv_proof_axis(const lkv_cube *cube, lkv_axis axis);
char *lkv_proof_value(const lkv_cube *cube, lkv_term term);
/* "school=17;sex=f" as a field, names encoded. */
void lkv_proof_where(GString *out, const lkv_cube *cube,
                     const lkv_where *where);
/* Name of an outcome: "grade:MA"; g_free. */
char *lkv_proof_outcome(const lkv_frame *frame, uint16_t number);

#endif
