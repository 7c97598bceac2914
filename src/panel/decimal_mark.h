/* The decimal mark of a file: the one that all its fractions are written with. */
#ifndef LKV_PANEL_DECIMAL_MARK_H
#define LKV_PANEL_DECIMAL_MARK_H

#include <stddef.h>

#include "base/diag.h"
#include "ingest/table.h"

/* Finds the mark of the numbers in COUNT slots of FILE from FIRST on, by one pass
 * over its rows unless the study states it; '.' where nothing tells. 0 with a
 * report when a comma could part decimals as well as thousands: "1,234" alone
 * could be either, so a file must show more.
 */
char lkv_decimal_mark_find(const lkv_table_file *file, size_t first,
                           size_t count, lkv_diag *diag);

#endif
