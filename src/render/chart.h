/* Charts: marks on a scale, drawn from released cells alone.
 *
 * content_chart.c composes the words and makes the figure; each form of chart
 * is one file that knows its height and how to draw itself into a box.
 */
#ifndef LKV_RENDER_CHART_H
#define LKV_RENDER_CHART_H

#include "render/canvas.h"
#include "render/content.h"
#include "render/ticks.h"

/* The words at one slot, ready. */
typedef struct lkv_slot_words {
    lkv_passage label, brief, below, end;
} lkv_slot_words;

typedef struct lkv_plot_axis {
    lkv_value_unit unit;
    double least, most;
    lkv_ticks ticks;
} lkv_plot_axis;

typedef struct lkv_plot {
    const lkv_press *press;
    const lkv_chart *chart;
    const lkv_margins *margins; /* a trend's: its labels beside the plot */
    double width;
    lkv_plot_axis axis, aside;
    lkv_slot_words *slot; /* [chart->slots] */
    char **mark_label; /* [chart->marks], "" without */
    char **legend; /* [chart->legends] */
    double label_width, end_width; /* of the columns beside the plot */
} lkv_plot;

typedef struct lkv_chart_form {
    double (*height)(const lkv_plot *plot);
    void (*draw)(const lkv_plot *plot, const lkv_canvas *canvas,
                 lkv_pdf_box box);
} lkv_chart_form;

extern const lkv_chart_form lkv_chart_rows, lkv_chart_trend, lkv_chart_stacks;

/* The number of CELL for drawing; false if it may not be known (a bound is
 * known: see the status).
 */
bool lkv_plot_number(const lkv_plot *plot, lkv_cell cell, double *out);
/* VALUE as a part of AXIS, 0 … 1, held within it. */
double lkv_plot_part(const lkv_plot_axis *axis, double value);
uint32_t lkv_plot_colour(const lkv_plot *plot, lkv_role role);
/* Two colours mixed: SHARE of INK, the rest white. */
uint32_t lkv_plot_tint(uint32_t ink, double share);
/* White within a line of COLOUR. */
lkv_pdf_ink lkv_plot_ring(uint32_t colour);
/* An arrow at AT that points TOWARDS, which is one step along an axis. */
void lkv_plot_arrow(const lkv_canvas *canvas, lkv_pdf_point at,
                    lkv_pdf_point towards, lkv_pdf_ink ink);
/* A hatched slot: something is not shown. */
void lkv_plot_hatch(const lkv_plot *plot, const lkv_canvas *canvas,
                    lkv_pdf_box box);
/* How wide TEXT is set in TYPE. */
double lkv_plot_width(const lkv_plot *plot, const lkv_pdf_type *type,
                      const char *text);

/* The ticks within AXIS: how many, and the value of each. */
size_t lkv_plot_ticks(const lkv_plot_axis *axis);
double lkv_plot_tick_at(const lkv_plot_axis *axis, size_t index);
/* The text at tick INDEX where only every EVERY-th is written: with no more
 * decimals than those take; g_free.
 */
char *lkv_plot_tick(const lkv_plot *plot, const lkv_plot_axis *axis,
                    size_t index, size_t every);
/* The widest text at a tick. */
double lkv_plot_ticks_width(const lkv_plot *plot, const lkv_plot_axis *axis);
/* Every how manieth thing of SIZE keeps clear of the next one when they stand
 * SPACING apart; at least 1.
 */
size_t lkv_plot_every(double size, double spacing);

/* Quiet dots of a slot at the same place lie above each other, so that as many
 * are seen as there are: how high the highest pile is, and from dot to dot.
 */
#define LKV_SMALL_DOT 2.6 /* radius */
typedef struct lkv_pile {
    double height, step;
} lkv_pile;
lkv_pile lkv_pile_of_slot(const lkv_plot *plot, int16_t slot);
/* How far below the middle of its row mark INDEX lies. */
double lkv_pile_shift(const lkv_plot *plot, size_t index, lkv_pile pile);

#endif
