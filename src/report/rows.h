/* Charts of rows as many sections draw them: in each a value with its interval,
 * perhaps before a band of what is usual.
 */
#ifndef LKV_REPORT_ROWS_H
#define LKV_REPORT_ROWS_H

#include "report/section.h"

typedef struct lkv_row {
    lkv_text label, below, end;
    lkv_text alt; /* the row in words */
    const lkv_figure *figure; /* value and interval */
    lkv_role role;
    lkv_cell from, to; /* of the band; 0 = none */
    lkv_cell tick; /* 0 = none */
} lkv_row;

/* A chart of rows on a scale that holds what is drawn, in UNIT. */
lkv_chart_draft *lkv_rows_new(const lkv_writing *writing, const char *id,
                              lkv_value_unit unit, bool zero);
void lkv_rows_add(lkv_chart_draft *chart, const lkv_row *row);

#endif
