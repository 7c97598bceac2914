/* Why a cell is hidden, and the proof files: for `app` alone, which writes
 * them into private/.
 */
#ifndef LKV_DISCLOSE_PRIVATE_H
#define LKV_DISCLOSE_PRIVATE_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/sink.h"
#include "disclose/disclose.h"

/* Places in documents where cells are printed, for published-cells.csv. */
typedef struct lkv_printed {
    size_t profile;
    const char *report; /* "district", "school-17" */
    const char *table; /* block id inside the report */
    lkv_cell cell;
} lkv_printed;

/* In the format of the auditor: UTF-8 CSV. */
void lkv_private_cells(const lkv_disclosure *disclosure,
                       const lkv_printed *printed, size_t count,
                       const lkv_sink *sink);
/* Each figure that is hidden or printed as a bound: whom it is about, status,
 * reason (primary rule or complementary), and between which numbers of pupils a
 * reader can place it, as bounds have it: empty where no count can be.
 */
void lkv_private_disclosure(const lkv_disclosure *disclosure,
                            const lkv_sink *sink);
/* The same in short texts; g_free. */
char *lkv_private_dims(const lkv_disclosure *disclosure);
char *lkv_private_populations(const lkv_disclosure *disclosure);
char *lkv_private_implications(const lkv_disclosure *disclosure);
/* outcome, least, most, step of each outcome in points. */
char *lkv_private_scales(const lkv_disclosure *disclosure);

/* Numbers that must stay unknown, over all populations, and to how few possible
 * ones a reader can work out the one that is nearest to being known, by bounds
 * (INT64_MAX without any). What is known from earlier releases is no secret.
 */
typedef struct lkv_assurance {
    size_t secrets;
    int64_t narrowest;
} lkv_assurance;
lkv_assurance lkv_private_assurance(const lkv_disclosure *disclosure);

/* How many figures an audience sees, and not. */
typedef struct lkv_disclosure_counts {
    size_t figures, hidden, bounded, primary, complementary;
} lkv_disclosure_counts;
lkv_disclosure_counts lkv_private_counts(const lkv_disclosure *disclosure,
                                         size_t profile);

#endif
