/* Slots are years, the scale runs up: lines with ribbons, labels at the end.
 */
#include <math.h>
#include <stdlib.h>

#include "render/chart.h"

#define PLOT_HEIGHT 74.0
#define PLOT_SHARE 0.42 /* of its width, when that is narrow */
#define AXIS_HEIGHT 17.0
#define LABEL_GAP 8.0
#define TOP_ROOM 5.0
#define EDGE 16.0 /* between the plot's sides and the first and last year */
#define YEAR_GAP 6.0 /* between the years' names */
#define LEADER_LEAST 4.0 /* a label moved farther is tied to its point */

static double plot_height(const lkv_plot *plot)
{
    return fmin(PLOT_HEIGHT, PLOT_SHARE * plot->width);
}

static double height(const lkv_plot *plot)
{
    return TOP_ROOM + plot_height(plot) + AXIS_HEIGHT;
}

struct frame {
    const lkv_plot *plot;
    const lkv_canvas *canvas;
    lkv_pdf_box box; /* of the plot alone */
};

static double x_of(const struct frame *frame, int slot)
{
    double slots = (double)frame->plot->chart->slots;
    if (slots < 2.0) {
        return frame->box.x + frame->box.width / 2.0;
    }
    return frame->box.x + EDGE +
           (frame->box.width - 2.0 * EDGE) * slot / (slots - 1.0);
}

static double y_of(const struct frame *frame, double value)
{
    return frame->box.y +
           frame->box.height * (1.0 - lkv_plot_part(&frame->plot->axis, value));
}

static void draw_values(const struct frame *frame)
{
    const lkv_plot *plot = frame->plot;
    const lkv_look *look = plot->press->look;
    const lkv_plot_axis *axis = &plot->axis;
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, look);
    type.align = LKV_ALIGN_RIGHT;
    size_t every = lkv_plot_every(lkv_style_at(LKV_STYLE_SMALL)->leading,
                                  frame->box.height * axis->ticks.step /
                                      (axis->most - axis->least));
    for (size_t i = 0; i < lkv_plot_ticks(axis); i += every) {
        double y = y_of(frame, lkv_plot_tick_at(axis, i));
        lkv_canvas_line(frame->canvas, (lkv_pdf_point){frame->box.x, y},
                        (lkv_pdf_point){frame->box.x + frame->box.width, y},
                        lkv_pdf_stroked(look->grid, 0.7));
        g_autofree char *text = lkv_plot_tick(plot, axis, i, every);
        lkv_canvas_text(frame->canvas,
                        (lkv_pdf_point){frame->box.x - 5.0, y + 3.0}, &type,
                        text);
    }
}

/* Every how manieth year's name keeps clear of the next. */
static size_t years_every(const struct frame *frame, bool brief)
{
    const lkv_plot *plot = frame->plot;
    double width = 0.0;
    for (size_t i = 0; i < plot->chart->slots; i++) {
        const lkv_slot_words *words = &plot->slot[i];
        width = fmax(width,
                     lkv_passage_width(brief ? &words->brief : &words->label));
    }
    return lkv_plot_every(width + YEAR_GAP, x_of(frame, 1) - x_of(frame, 0));
}

/* Names in brief where the full ones would touch; if those would too, some are
 * left out, the last year's never.
 */
static void draw_years(const struct frame *frame)
{
    const lkv_plot *plot = frame->plot;
    size_t slots = plot->chart->slots;
    bool brief = slots > 1 && plot->slot[0].brief.lines->len > 0 &&
                 years_every(frame, false) > 1;
    size_t every = slots > 1 ? years_every(frame, brief) : 1;
    for (size_t i = 0; i < slots; i++) {
        if ((slots - 1 - i) % every != 0) {
            continue;
        }
        const lkv_passage *name =
            brief ? &plot->slot[i].brief : &plot->slot[i].label;
        lkv_passage_paint(
            name, plot->press, frame->canvas,
            (lkv_pdf_point){x_of(frame, (int)i),
                            frame->box.y + frame->box.height + 5.0},
            (lkv_passage_part){.count = name->lines->len,
                               .align = LKV_ALIGN_CENTRE});
    }
}

static bool breaks_before(const lkv_chart *chart, int slot)
{
    for (size_t i = 0; i < chart->marks; i++) {
        if (chart->mark[i].kind == LKV_MARK_BREAK &&
            chart->mark[i].slot == slot) {
            return true;
        }
    }
    return false;
}

/* The mark of the same kind, role and series in the next slot, or NULL. No line
 * leads over a break.
 */
static const lkv_mark *next_of(const lkv_chart *chart, const lkv_mark *mark)
{
    if (breaks_before(chart, mark->slot + 1)) {
        return NULL;
    }
    for (size_t i = 0; i < chart->marks; i++) {
        const lkv_mark *other = &chart->mark[i];
        if (other->kind == mark->kind && other->role == mark->role &&
            other->series == mark->series && other->slot == mark->slot + 1) {
            return other;
        }
    }
    return NULL;
}

struct range {
    double low, high;
};

static bool range_of(const struct frame *frame, const lkv_mark *mark,
                     struct range *range)
{
    return mark && lkv_plot_number(frame->plot, mark->low, &range->low) &&
           lkv_plot_number(frame->plot, mark->high, &range->high);
}

/* A year between two of which nothing is told has a line for its interval. */
static bool is_alone(const struct frame *frame, const lkv_mark *mark)
{
    const lkv_chart *chart = frame->plot->chart;
    struct range range = {0};
    for (size_t i = 0; i < chart->marks; i++) {
        const lkv_mark *other = &chart->mark[i];
        if (other->kind == mark->kind && other->role == mark->role &&
            abs(other->slot - mark->slot) == 1 &&
            !breaks_before(chart, MAX(other->slot, mark->slot)) &&
            range_of(frame, other, &range)) {
            return false;
        }
    }
    return true;
}

static void draw_ribbon(const struct frame *frame, const lkv_mark *mark)
{
    const lkv_mark *next = next_of(frame->plot->chart, mark);
    uint32_t colour = lkv_plot_colour(frame->plot, mark->role);
    struct range here = {0}, there = {0};
    if (!range_of(frame, mark, &here)) {
        return;
    }
    double x = x_of(frame, mark->slot);
    if (is_alone(frame, mark)) {
        lkv_canvas_line(frame->canvas,
                        (lkv_pdf_point){x, y_of(frame, here.low)},
                        (lkv_pdf_point){x, y_of(frame, here.high)},
                        lkv_pdf_stroked(lkv_plot_tint(colour, 0.55), 2.2));
    }
    if (!range_of(frame, next, &there)) {
        return;
    }
    double to = x_of(frame, next->slot);
    const lkv_pdf_point points[] = {{x, y_of(frame, here.low)},
                                    {x, y_of(frame, here.high)},
                                    {to, y_of(frame, there.high)},
                                    {to, y_of(frame, there.low)}};
    lkv_canvas_polygon(frame->canvas, points, 4,
                       lkv_pdf_filled(lkv_plot_tint(colour, 0.16)));
}

/* Halfway between the years that it parts. */
static void draw_break(const struct frame *frame, const lkv_mark *mark)
{
    if (mark->slot < 1) {
        return;
    }
    double x = (x_of(frame, mark->slot - 1) + x_of(frame, mark->slot)) / 2.0;
    lkv_canvas_line(
        frame->canvas, (lkv_pdf_point){x, frame->box.y - TOP_ROOM},
        (lkv_pdf_point){x, frame->box.y + frame->box.height},
        lkv_pdf_dashed(frame->plot->press->look->muted, 1.0, 3.0, 2.0));
}

static bool is_value(const struct frame *frame, const lkv_mark *mark)
{
    return lkv_release_at(frame->plot->press->words.release, mark->at).status ==
           LKV_OK;
}

/* No line leads to a bound: the value lies elsewhere. */
static void draw_segment(const struct frame *frame, const lkv_mark *mark)
{
    const lkv_mark *next = next_of(frame->plot->chart, mark);
    double from = 0.0, to = 0.0;
    if (!next || !is_value(frame, mark) || !is_value(frame, next) ||
        !lkv_plot_number(frame->plot, mark->at, &from) ||
        !lkv_plot_number(frame->plot, next->at, &to)) {
        return;
    }
    bool own = mark->role == LKV_ROLE_OWN || mark->role == LKV_ROLE_GROUP;
    lkv_canvas_line(frame->canvas,
                    (lkv_pdf_point){x_of(frame, mark->slot), y_of(frame, from)},
                    (lkv_pdf_point){x_of(frame, next->slot), y_of(frame, to)},
                    lkv_pdf_stroked(lkv_plot_colour(frame->plot, mark->role),
                                    own ? 2.2 : 1.6));
}

static void draw_point(const struct frame *frame, const lkv_mark *mark)
{
    double value = 0.0, x = x_of(frame, mark->slot);
    lkv_status status =
        lkv_release_at(frame->plot->press->words.release, mark->at).status;
    if (!lkv_plot_number(frame->plot, mark->at, &value)) {
        if (mark->at != 0 && mark->series == 0) {
            lkv_plot_hatch(
                frame->plot, frame->canvas,
                (lkv_pdf_box){x - 2.5, frame->box.y, 5.0, frame->box.height});
        }
        return;
    }
    const lkv_pdf_point at = {x, y_of(frame, value)};
    const lkv_pdf_ink ink =
        lkv_pdf_filled(lkv_plot_colour(frame->plot, mark->role));
    if (status == LKV_OK) {
        lkv_canvas_circle(frame->canvas, at, 3.2, ink);
    } else {
        double up = status == LKV_AT_LEAST ? -1.0 : 1.0;
        lkv_plot_arrow(frame->canvas, at, (lkv_pdf_point){0.0, up}, ink);
    }
}

struct end_label {
    lkv_passage words;
    lkv_role role;
    double point; /* where its line ends */
    double y, height; /* its middle */
};

static int by_point(const void *a, const void *b)
{
    const struct end_label *left = a, *right = b;
    return (left->point > right->point) - (left->point < right->point);
}

/* Down from the top, then up from the bottom, until none lies on another. */
static void push_apart(struct end_label *label, size_t count, lkv_pdf_box box)
{
    double edge = box.y - TOP_ROOM;
    for (size_t i = 0; i < count; i++) {
        label[i].y = fmax(label[i].point, edge + label[i].height / 2.0);
        edge = label[i].y + label[i].height / 2.0;
    }
    edge = box.y + box.height + TOP_ROOM;
    for (size_t i = count; i-- > 0;) {
        label[i].y = fmin(label[i].y, edge - label[i].height / 2.0);
        edge = label[i].y - label[i].height / 2.0;
    }
}

static void draw_label(const struct frame *frame, const struct end_label *label)
{
    const lkv_plot *plot = frame->plot;
    uint32_t colour = lkv_plot_colour(plot, label->role);
    double x = frame->box.x + frame->box.width + LABEL_GAP;
    if (fabs(label->y - label->point) > LEADER_LEAST) {
        double end = x_of(frame, (int)plot->chart->slots - 1) + 4.0;
        lkv_canvas_line(frame->canvas, (lkv_pdf_point){end, label->point},
                        (lkv_pdf_point){x - 2.0, label->y},
                        lkv_pdf_stroked(plot->press->look->other, 0.5));
    }
    lkv_passage_paint(&label->words, plot->press, frame->canvas,
                      (lkv_pdf_point){x, label->y - label->height / 2.0},
                      (lkv_passage_part){.count = label->words.lines->len,
                                         .colour = &colour});
}

/* Labels at the right end, pushed apart where lines end close together. */
static void draw_labels(const struct frame *frame)
{
    const lkv_plot *plot = frame->plot;
    size_t count = 0;
    g_autofree struct end_label *label =
        g_new0(struct end_label, plot->chart->marks + 1);
    for (size_t i = 0; i < plot->chart->marks; i++) {
        const lkv_mark *mark = &plot->chart->mark[i];
        double value = 0.0;
        if (!*plot->mark_label[i] || !lkv_plot_number(plot, mark->at, &value)) {
            continue;
        }
        struct end_label *made = &label[count++];
        made->words = lkv_passage_new(plot->press, LKV_STYLE_LABEL_STRONG,
                                      g_strdup(plot->mark_label[i]),
                                      plot->margins->right - LABEL_GAP + 0.5);
        made->role = mark->role;
        made->point = y_of(frame, value);
        made->height = lkv_passage_height(&made->words);
    }
    qsort(label, count, sizeof *label, by_point);
    push_apart(label, count, frame->box);
    for (size_t i = 0; i < count; i++) {
        draw_label(frame, &label[i]);
        lkv_passage_clear(&label[i].words);
    }
}

static void draw_layer(const struct frame *frame, int layer)
{
    const lkv_chart *chart = frame->plot->chart;
    for (size_t i = 0; i < chart->marks; i++) {
        const lkv_mark *mark = &chart->mark[i];
        if (layer == 0 && mark->kind == LKV_MARK_RIBBON) {
            draw_ribbon(frame, mark);
        } else if (layer == 0 && mark->kind == LKV_MARK_BREAK) {
            draw_break(frame, mark);
        } else if (layer == 1 && mark->kind == LKV_MARK_LINE) {
            draw_segment(frame, mark);
        } else if (layer == 2 && (mark->kind == LKV_MARK_LINE ||
                                  mark->kind == LKV_MARK_DOT)) {
            draw_point(frame, mark);
        }
    }
}

static void draw(const lkv_plot *plot, const lkv_canvas *canvas,
                 lkv_pdf_box box)
{
    double left = plot->margins->left;
    double right = plot->margins->right;
    const struct frame frame = {.plot = plot,
                                .canvas = canvas,
                                .box = {box.x + left, box.y + TOP_ROOM,
                                        box.width - left - right,
                                        plot_height(plot)}};
    draw_values(&frame);
    draw_years(&frame);
    for (int layer = 0; layer < 3; layer++) {
        draw_layer(&frame, layer);
    }
    draw_labels(&frame);
}

const lkv_chart_form lkv_chart_trend = {height, draw};
