/* Charts: marks on a scale, drawn from released cells alone.
 *
 * content_chart.c composes the words and makes the figure; each form of chart
 * is one file that knows its height and how to draw itself into a box.
 */
#ifndef LKV_RENDER_CHART_H
#define LKV_RENDER_CHART_H

#include "render/content.h"
#include "render/ticks.h"

/* The words at one slot, ready. */
typedef struct lkv_slot_words {
    lkv_passage label, below, end;
} lkv_slot_words;

typedef struct lkv_plot {
    const lkv_press *press;
    const lkv_chart *chart;
    double width;
    double least, most; /* of the axis */
    lkv_ticks ticks;
    lkv_slot_words *slot; /* [chart->slots] */
    char **mark_label; /* [chart->marks], "" without */
    char **legend; /* [chart->legends] */
    double label_width, end_width; /* of the columns beside the plot */
} lkv_plot;

typedef struct lkv_chart_form {
    double (*height)(const lkv_plot *plot);
    void (*draw)(const lkv_plot *plot, lkv_pdf *pdf, lkv_pdf_box box);
} lkv_chart_form;

extern const lkv_chart_form lkv_chart_rows, lkv_chart_trend, lkv_chart_stacks;

/* The number of CELL for drawing; false if it may not be known (a bound is
 * known: see the status).
 */
bool lkv_plot_number(const lkv_plot *plot, lkv_cell cell, double *out);
/* VALUE as a part of the axis, 0 … 1, held within it. */
double lkv_plot_part(const lkv_plot *plot, double value);
/* The text at tick VALUE; g_free. */
char *lkv_plot_tick(const lkv_plot *plot, double value);
uint32_t lkv_plot_colour(const lkv_plot *plot, lkv_role role);
/* Two colours mixed: SHARE of INK, the rest white. */
uint32_t lkv_plot_tint(uint32_t ink, double share);

#endif
