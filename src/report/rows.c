#include "report/rows.h"

lkv_chart_draft *lkv_rows_new(const lkv_writing *writing, const char *id,
                              lkv_value_unit unit, bool zero)
{
    lkv_chart_draft *chart =
        lkv_chart_draft_new(writing->draft, id, LKV_CHART_ROWS);
    chart->chart.scale =
        (lkv_scale){.kind = LKV_SCALE_CELLS, .unit = unit, .zero = zero};
    return chart;
}

static void add_marks(lkv_chart_draft *chart, const lkv_row *row, int16_t slot)
{
    if (row->from != 0) {
        lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_BAND,
                                               .role = LKV_ROLE_DISTRICT,
                                               .slot = slot,
                                               .low = row->from,
                                               .high = row->to});
    }
    if (row->tick != 0) {
        lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_TICK,
                                               .role = LKV_ROLE_DISTRICT,
                                               .slot = slot,
                                               .at = row->tick});
    }
    lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_INTERVAL,
                                           .role = row->role,
                                           .slot = slot,
                                           .at = row->figure->value,
                                           .low = row->figure->low,
                                           .high = row->figure->high});
}

void lkv_rows_add(lkv_chart_draft *chart, const lkv_row *row)
{
    const lkv_cell span[] = {row->from,        row->to,
                             row->tick,        row->figure->value,
                             row->figure->low, row->figure->high};
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){
                   .label = row->label, .below = row->below, .end = row->end});
    add_marks(chart, row, slot);
    for (size_t i = 0; i < G_N_ELEMENTS(span); i++) {
        lkv_chart_draft_span(chart, span[i]);
    }
    lkv_chart_draft_alt(chart, row->alt);
}
