/* Slots are rows, the scale runs to the right: the own value in the band of
 * the district's schools, dumbbells of gaps, bars.
 */
#include <math.h>

#include "render/chart.h"

#define ROW_LEAST 20.0
#define ROW_PAD 5.0
#define AXIS_HEIGHT 15.0 /* of its numbers */
#define AXIS_BARE 0.0 /* of one without */
#define COLUMN_GAP 12.0
#define SECOND_ROW 5.0 /* marks of series 1 lie so far below the middle */
#define HATCH_HEIGHT 5.0
#define PANEL_GAP 30.0
#define STACKED_LEFT 8.0 /* of the axis where words stand above marks */
#define ASIDE_SHARE 0.42 /* of the plot's width, for the second scale */
#define END_LEAST 6.0 /* right of the axis where nothing is written */
#define TICK_GAP 6.0 /* between the numbers of an axis */

static double words_height(const lkv_plot *plot, size_t slot)
{
    return lkv_passage_height(&plot->slot[slot].label) +
           lkv_passage_height(&plot->slot[slot].below);
}

static double marks_height(const lkv_plot *plot, size_t slot)
{
    double words = lkv_passage_height(&plot->slot[slot].end);
    return fmax(fmax(words, lkv_pile_of_slot(plot, (int16_t)slot).height) +
                    ROW_PAD,
                ROW_LEAST);
}

/* Words stand before their marks, or above them where there is little room. */
static double row_height(const lkv_plot *plot, size_t slot)
{
    double words = words_height(plot, slot), marks = marks_height(plot, slot);
    return plot->press->stacked ? words + marks : fmax(words + ROW_PAD, marks);
}

static double axis_height(const lkv_plot *plot)
{
    return plot->chart->scale.bare ? AXIS_BARE : AXIS_HEIGHT;
}

static double height(const lkv_plot *plot)
{
    double height = axis_height(plot);
    for (size_t i = 0; i < plot->chart->slots; i++) {
        height += row_height(plot, i);
    }
    return height;
}

/* One scale and where it lies. */
struct panel {
    const lkv_plot_axis *axis;
    double left, width;
};

/* Where the marks of one row go. */
struct row {
    const lkv_plot *plot;
    const lkv_canvas *canvas;
    struct panel panel, aside;
    double middle;
    bool two; /* has marks of series 1 */
    lkv_pile pile;
};

static const struct panel *panel_of(const struct row *row, const lkv_mark *mark)
{
    return mark->aside ? &row->aside : &row->panel;
}

static double x_of(const struct panel *panel, double value)
{
    return panel->left + panel->width * lkv_plot_part(panel->axis, value);
}

static double y_of(const struct row *row, const lkv_mark *mark)
{
    if (!row->two) {
        return row->middle;
    }
    return row->middle + (mark->series > 0 ? SECOND_ROW : -SECOND_ROW + 1.0);
}

static void draw_dot(const struct row *row, const lkv_mark *mark, double x,
                     double y)
{
    const lkv_plot *plot = row->plot;
    bool small = mark->series > 0 || mark->role == LKV_ROLE_QUIET;
    double radius = mark->aside ? 2.8 : small ? LKV_SMALL_DOT : 4.2;
    uint32_t colour = mark->series > 0 ? plot->press->look->other
                                       : lkv_plot_colour(plot, mark->role);
    lkv_pdf_ink ink = lkv_pdf_filled(colour);
    if (mark->role == LKV_ROLE_REFERENCE) {
        ink = (lkv_pdf_ink){.fill = 0xffffff,
                            .stroke = (int32_t)colour,
                            .width = small ? 1.2 : 1.8};
        radius -= 0.5;
    }
    lkv_canvas_circle(row->canvas, (lkv_pdf_point){x, y}, radius, ink);
}

/* A bound is an arrow and a dashed line to the end of the axis: the value lies
 * somewhere along it.
 */
static void draw_bound(const struct row *row, const lkv_mark *mark,
                       lkv_pdf_point at, bool least)
{
    uint32_t colour = lkv_plot_colour(row->plot, mark->role);
    const struct panel *panel = panel_of(row, mark);
    double end = panel->left + (least ? panel->width : 0.0);
    lkv_canvas_line(row->canvas, at, (lkv_pdf_point){end, at.y},
                    lkv_pdf_dashed(colour, 1.6, 3.0, 2.0));
    lkv_plot_arrow(row->canvas, at, (lkv_pdf_point){least ? 1.0 : -1.0, 0.0},
                   mark->role == LKV_ROLE_REFERENCE ? lkv_plot_ring(colour)
                                                    : lkv_pdf_filled(colour));
}

/* From end to end, so that it cannot be taken for a value. */
static void draw_hidden(const struct row *row, const lkv_mark *mark, double y)
{
    const struct panel *panel = panel_of(row, mark);
    lkv_plot_hatch(row->plot, row->canvas,
                   (lkv_pdf_box){panel->left, y - HATCH_HEIGHT / 2.0,
                                 panel->width, HATCH_HEIGHT});
}

static void draw_range(const struct row *row, const lkv_mark *mark, double y)
{
    double low = 0.0, high = 0.0;
    if (!lkv_plot_number(row->plot, mark->low, &low) ||
        !lkv_plot_number(row->plot, mark->high, &high)) {
        return;
    }
    const lkv_look *look = row->plot->press->look;
    const struct panel *panel = panel_of(row, mark);
    double from = x_of(panel, fmin(low, high));
    double to = x_of(panel, fmax(low, high));
    uint32_t colour =
        mark->series > 0 ? look->other : lkv_plot_colour(row->plot, mark->role);
    if (mark->kind == LKV_MARK_BAND) {
        lkv_canvas_rect(
            row->canvas,
            (lkv_pdf_box){from, y - 8.0, fmax(to - from, 1.0), 16.0},
            lkv_pdf_filled(look->band));
        return;
    }
    bool span = mark->kind == LKV_MARK_SPAN;
    lkv_canvas_line(row->canvas, (lkv_pdf_point){from, y},
                    (lkv_pdf_point){to, y},
                    lkv_pdf_stroked(span ? lkv_plot_tint(colour, 0.55) : colour,
                                    mark->series > 0 ? 1.6
                                    : span           ? 3.0
                                                     : 2.2));
}

static void draw_label(const struct row *row, size_t index, double x, double y)
{
    const char *text = row->plot->mark_label[index];
    if (!*text) {
        return;
    }
    const lkv_mark *mark = &row->plot->chart->mark[index];
    lkv_pdf_type type = lkv_style_type(
        mark->series > 0 ? LKV_STYLE_SMALL : LKV_STYLE_LABEL_STRONG,
        row->plot->press->look);
    if (mark->series == 0) {
        type.colour = lkv_plot_colour(row->plot, mark->role);
    }
    double width = lkv_plot_width(row->plot, &type, text);
    const struct panel *panel = panel_of(row, mark);
    double right = panel->left + panel->width;
    double at = x + 7.0;
    if (at + width > right + COLUMN_GAP) {
        at = x - 7.0 - width;
    }
    lkv_canvas_text(row->canvas, (lkv_pdf_point){at, y + 3.2}, &type, text);
}

#define BAR_HEIGHT 12.0

/* The part that is told apart stands first, hatched, so that grey print keeps
 * it.
 */
static void draw_bar(const struct row *row, const lkv_mark *mark, double x,
                     double y)
{
    const struct panel *panel = panel_of(row, mark);
    double zero = x_of(panel, fmax(panel->axis->least, 0.0)), part = 0.0;
    lkv_pdf_box box = {fmin(zero, x), y - BAR_HEIGHT / 2.0, fabs(x - zero),
                       BAR_HEIGHT};
    uint32_t colour = lkv_plot_colour(row->plot, mark->role);
    lkv_canvas_rect(row->canvas, box, lkv_pdf_filled(colour));
    if (mark->kind == LKV_MARK_PART &&
        lkv_plot_number(row->plot, mark->low, &part) && part > 0.0) {
        box.width *= fmin(part, 1.0);
        lkv_canvas_rect(row->canvas, box,
                        lkv_pdf_filled(lkv_plot_tint(colour, 0.25)));
        lkv_canvas_hatch(row->canvas, box, 3.0, lkv_pdf_stroked(colour, 0.7));
    }
}

static void draw_whole(const struct row *row, const lkv_mark *mark, double y)
{
    const struct panel *panel = panel_of(row, mark);
    lkv_canvas_rect(row->canvas,
                    (lkv_pdf_box){panel->left, y - BAR_HEIGHT / 2.0,
                                  panel->width, BAR_HEIGHT},
                    lkv_pdf_filled(row->plot->press->look->band));
}

static void draw_at(const struct row *row, size_t index, double y)
{
    const lkv_plot *plot = row->plot;
    const lkv_mark *mark = &plot->chart->mark[index];
    double value = 0.0;
    if (!lkv_plot_number(plot, mark->at, &value)) {
        return;
    }
    const struct panel *panel = panel_of(row, mark);
    double x = x_of(panel, value);
    lkv_status status =
        lkv_release_at(plot->press->words.release, mark->at).status;
    if (status != LKV_OK) {
        draw_bound(row, mark, (lkv_pdf_point){x, y}, status == LKV_AT_LEAST);
    } else if (mark->kind == LKV_MARK_TICK) {
        lkv_canvas_line(
            row->canvas, (lkv_pdf_point){x, y - 9.0},
            (lkv_pdf_point){x, y + 9.0},
            lkv_pdf_stroked(lkv_plot_colour(plot, mark->role), 1.6));
    } else if (mark->kind == LKV_MARK_BAR || mark->kind == LKV_MARK_PART) {
        draw_bar(row, mark, x, y);
    } else {
        draw_dot(row, mark, x, y + lkv_pile_shift(plot, index, row->pile));
    }
    draw_label(row, index, x, y);
}

static bool is_hidden(const struct row *row, const lkv_mark *mark)
{
    double value = 0.0;
    return mark->at != 0 && mark->kind != LKV_MARK_TICK && mark->series == 0 &&
           !lkv_plot_number(row->plot, mark->at, &value);
}

enum { BEHIND, BETWEEN, FRONT, LAYERS };

/* Bands and hatched slots lie behind ranges, ranges behind ticks and dots. */
static void draw_mark(const struct row *row, size_t index, int16_t slot,
                      int layer)
{
    const lkv_mark *mark = &row->plot->chart->mark[index];
    if (mark->slot != slot) {
        return;
    }
    bool band = mark->kind == LKV_MARK_BAND;
    bool span = mark->kind == LKV_MARK_SPAN;
    double y = y_of(row, mark);
    if (mark->kind == LKV_MARK_WHOLE) {
        if (layer == BEHIND) {
            draw_whole(row, mark, y);
        }
    } else if (layer == BEHIND && band) {
        draw_range(row, mark, row->middle);
    } else if (layer == BEHIND && is_hidden(row, mark)) {
        draw_hidden(row, mark, y);
    } else if (layer == BETWEEN && (span || mark->kind == LKV_MARK_INTERVAL)) {
        draw_range(row, mark, y);
    } else if (layer == FRONT && !band && !span) {
        draw_at(row, index, y);
    }
}

static void draw_marks(const struct row *row, int16_t slot)
{
    for (int layer = BEHIND; layer < LAYERS; layer++) {
        for (size_t i = 0; i < row->plot->chart->marks; i++) {
            draw_mark(row, i, slot, layer);
        }
    }
}

static void draw_lines(const lkv_plot *plot, const lkv_canvas *canvas,
                       const struct panel *panel, lkv_pdf_box box)
{
    const lkv_look *look = plot->press->look;
    for (size_t i = 0; i < lkv_plot_ticks(panel->axis); i++) {
        double value = lkv_plot_tick_at(panel->axis, i);
        double x = x_of(panel, value);
        bool zero = value == 0.0;
        lkv_canvas_line(
            canvas, (lkv_pdf_point){x, box.y},
            (lkv_pdf_point){x, box.y + box.height},
            lkv_pdf_stroked(zero ? look->other : look->grid, zero ? 1.0 : 0.7));
    }
}

/* Those that would touch are left out, lines never. */
static void draw_numbers(const lkv_plot *plot, const lkv_canvas *canvas,
                         const struct panel *panel, double bottom)
{
    const lkv_plot_axis *axis = panel->axis;
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, plot->press->look);
    type.align = LKV_ALIGN_CENTRE;
    size_t every = lkv_plot_every(lkv_plot_ticks_width(plot, axis) + TICK_GAP,
                                  panel->width * axis->ticks.step /
                                      (axis->most - axis->least));
    for (size_t i = 0; i < lkv_plot_ticks(axis); i += every) {
        g_autofree char *text = lkv_plot_tick(plot, axis, i, every);
        double x = x_of(panel, lkv_plot_tick_at(axis, i));
        lkv_canvas_text(canvas, (lkv_pdf_point){x, bottom + 11.0}, &type, text);
    }
}

static bool has_second(const lkv_chart *chart, int16_t slot)
{
    for (size_t i = 0; i < chart->marks; i++) {
        if (chart->mark[i].slot == slot && chart->mark[i].series > 0) {
            return true;
        }
    }
    return false;
}

static void draw_words(const struct row *row, size_t slot, lkv_pdf_box box)
{
    const lkv_press *press = row->plot->press;
    const lkv_slot_words *words = &row->plot->slot[slot];
    double both = words_height(row->plot, slot);
    lkv_pdf_point at = {box.x,
                        press->stacked ? box.y : row->middle - both / 2.0};
    lkv_passage_paint_all(&words->label, press, row->canvas, at);
    at.y += lkv_passage_height(&words->label);
    lkv_passage_paint_all(&words->below, press, row->canvas, at);
    at.x = box.x + box.width;
    at.y = row->middle - lkv_passage_height(&words->end) / 2.0;
    lkv_passage_paint(&words->end, press, row->canvas, at,
                      (lkv_passage_part){.count = words->end.lines->len,
                                         .align = LKV_ALIGN_RIGHT});
}

static void draw_axes(const struct row *row, lkv_pdf_box box)
{
    draw_lines(row->plot, row->canvas, &row->panel, box);
    if (row->aside.width > 0.0) {
        draw_lines(row->plot, row->canvas, &row->aside, box);
    }
}

static void draw_row(struct row *row, size_t slot, lkv_pdf_box box)
{
    double above =
        row->plot->press->stacked ? words_height(row->plot, slot) : 0.0;
    const lkv_pdf_box marks = {box.x, box.y + above, box.width,
                               box.height - above};
    if (above > 0.0) {
        draw_axes(row, marks);
    }
    row->middle = marks.y + marks.height / 2.0;
    row->two = has_second(row->plot->chart, (int16_t)slot);
    row->pile = lkv_pile_of_slot(row->plot, (int16_t)slot);
    draw_marks(row, (int16_t)slot);
    draw_words(row, slot, box);
}

static void draw(const lkv_plot *plot, const lkv_canvas *canvas,
                 lkv_pdf_box box)
{
    bool stacked = plot->press->stacked;
    double last = lkv_plot_ticks_width(plot, &plot->axis) / 2.0;
    double end = plot->end_width > 1.0 ? plot->end_width + COLUMN_GAP
                                       : fmax(END_LEAST, last);
    double left =
        box.x + (stacked ? STACKED_LEFT : plot->label_width + COLUMN_GAP);
    double width = box.x + box.width - end - left;
    double aside = plot->chart->has_aside ? width * ASIDE_SHARE : 0.0;
    double gap = aside > 0.0 ? PANEL_GAP : 0.0;
    struct row row = {.plot = plot,
                      .canvas = canvas,
                      .panel = {&plot->axis, left, width - aside - gap},
                      .aside = {&plot->aside, left + width - aside, aside}};
    double bottom = box.y + box.height - axis_height(plot);
    if (!stacked) {
        draw_axes(&row, (lkv_pdf_box){left, box.y, width, bottom - box.y});
    }
    if (!plot->chart->scale.bare) {
        draw_numbers(plot, canvas, &row.panel, bottom);
    }
    if (aside > 0.0) {
        draw_numbers(plot, canvas, &row.aside, bottom);
    }
    double y = box.y;
    for (size_t i = 0; i < plot->chart->slots; i++) {
        double tall = row_height(plot, i);
        draw_row(&row, i, (lkv_pdf_box){box.x, y, box.width, tall});
        y += tall;
    }
}

const lkv_chart_form lkv_chart_rows = {height, draw};
