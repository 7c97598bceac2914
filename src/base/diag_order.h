/* Messages in the order in which people and tables show them. */
#ifndef LKV_BASE_DIAG_ORDER_H
#define LKV_BASE_DIAG_ORDER_H

#include "base/diag.h"

/* All messages of DIAG by file, line, column, gravity, code and text: the
 * order of arrival shows only in messages that are equal. Elements are const
 * lkv_message *, lent by DIAG.
 */
GPtrArray *lkv_diag_sorted(const lkv_diag *diag);

#endif
