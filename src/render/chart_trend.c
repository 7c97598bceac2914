/* Slots are years, the scale runs up: lines with ribbons, labels at the end.
 */
#include <math.h>
#include <stdlib.h>

#include "render/chart.h"

#define PLOT_HEIGHT 88.0
#define PLOT_SHARE 0.45 /* of its width, when that is narrow */
#define AXIS_HEIGHT 15.0
#define LABEL_GAP 8.0
#define TOP_ROOM 5.0

static double plot_height(const lkv_plot *plot)
{
    return fmin(PLOT_HEIGHT, PLOT_SHARE * plot->width);
}

static double height(const lkv_plot *plot)
{
    (void)plot;
    return TOP_ROOM + plot_height(plot) + AXIS_HEIGHT;
}

struct frame {
    const lkv_plot *plot;
    lkv_pdf *pdf;
    lkv_pdf_box box; /* of the plot alone */
};

static double x_of(const struct frame *frame, int slot)
{
    double slots = (double)frame->plot->chart->slots;
    if (slots < 2.0) {
        return frame->box.x + frame->box.width / 2.0;
    }
    double edge = 12.0;
    return frame->box.x + edge +
           (frame->box.width - 2.0 * edge) * slot / (slots - 1.0);
}

static double y_of(const struct frame *frame, double value)
{
    return frame->box.y +
           frame->box.height * (1.0 - lkv_plot_part(frame->plot, value));
}

static void draw_axis(const struct frame *frame)
{
    const lkv_plot *plot = frame->plot;
    const lkv_look *look = plot->press->look;
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, look);
    const lkv_ticks *ticks = &plot->ticks;
    int count = (int)lround((ticks->most - ticks->least) / ticks->step);
    type.align = LKV_ALIGN_RIGHT;
    for (int i = 0; i <= count; i++) {
        double value = ticks->least + i * ticks->step;
        if (value < plot->least - 1e-9 || value > plot->most + 1e-9) {
            continue;
        }
        double y = y_of(frame, value);
        lkv_pdf_line(frame->pdf, (lkv_pdf_point){frame->box.x, y},
                     (lkv_pdf_point){frame->box.x + frame->box.width, y},
                     lkv_pdf_stroked(look->grid, 0.7));
        g_autofree char *text = lkv_plot_tick(plot, value);
        lkv_pdf_text(frame->pdf, (lkv_pdf_point){frame->box.x - 5.0, y + 3.0},
                     &type, text);
    }
    for (size_t i = 0; i < plot->chart->slots; i++) {
        const lkv_passage *label = &plot->slot[i].label;
        lkv_passage_draw(
            label, plot->press, frame->pdf,
            (lkv_pdf_point){x_of(frame, (int)i),
                            frame->box.y + frame->box.height + 3.0},
            (lkv_passage_part){.count = label->lines->len,
                               .align = LKV_ALIGN_CENTRE});
    }
}

/* The mark of the same kind, role and series in the next slot, or NULL. */
static const lkv_mark *next_of(const lkv_chart *chart, const lkv_mark *mark)
{
    for (size_t i = 0; i < chart->marks; i++) {
        const lkv_mark *other = &chart->mark[i];
        if (other->kind == mark->kind && other->role == mark->role &&
            other->series == mark->series && other->slot == mark->slot + 1) {
            return other;
        }
    }
    return NULL;
}

static void draw_ribbon(const struct frame *frame, const lkv_mark *mark)
{
    const lkv_mark *next = next_of(frame->plot->chart, mark);
    double low = 0.0, high = 0.0, next_low = 0.0, next_high = 0.0;
    if (!next || !lkv_plot_number(frame->plot, mark->low, &low) ||
        !lkv_plot_number(frame->plot, mark->high, &high) ||
        !lkv_plot_number(frame->plot, next->low, &next_low) ||
        !lkv_plot_number(frame->plot, next->high, &next_high)) {
        return;
    }
    double x = x_of(frame, mark->slot), to = x_of(frame, next->slot);
    const lkv_pdf_point points[] = {{x, y_of(frame, low)},
                                    {x, y_of(frame, high)},
                                    {to, y_of(frame, next_high)},
                                    {to, y_of(frame, next_low)}};
    lkv_pdf_polygon(frame->pdf, points, 4,
                    lkv_pdf_filled(lkv_plot_tint(
                        lkv_plot_colour(frame->plot, mark->role), 0.16)));
}

static void draw_segment(const struct frame *frame, const lkv_mark *mark)
{
    const lkv_mark *next = next_of(frame->plot->chart, mark);
    double from = 0.0, to = 0.0;
    if (!next || !lkv_plot_number(frame->plot, mark->at, &from) ||
        !lkv_plot_number(frame->plot, next->at, &to)) {
        return;
    }
    bool own = mark->role == LKV_ROLE_OWN || mark->role == LKV_ROLE_GROUP;
    lkv_pdf_line(frame->pdf,
                 (lkv_pdf_point){x_of(frame, mark->slot), y_of(frame, from)},
                 (lkv_pdf_point){x_of(frame, next->slot), y_of(frame, to)},
                 lkv_pdf_stroked(lkv_plot_colour(frame->plot, mark->role),
                                 own ? 2.2 : 1.6));
}

static void draw_point(const struct frame *frame, const lkv_mark *mark)
{
    const lkv_look *look = frame->plot->press->look;
    double value = 0.0, x = x_of(frame, mark->slot);
    if (lkv_plot_number(frame->plot, mark->at, &value)) {
        lkv_status status =
            lkv_release_at(frame->plot->press->job->words->release, mark->at)
                .status;
        uint32_t colour = lkv_plot_colour(frame->plot, mark->role);
        lkv_pdf_ink ink = lkv_pdf_filled(colour);
        if (status != LKV_OK || mark->role == LKV_ROLE_REFERENCE) {
            ink = (lkv_pdf_ink){
                .fill = 0xffffff, .stroke = (int32_t)colour, .width = 1.4};
        }
        lkv_pdf_circle(frame->pdf, (lkv_pdf_point){x, y_of(frame, value)}, 3.2,
                       ink);
    } else if (mark->at != 0 && mark->role == LKV_ROLE_OWN) {
        const lkv_pdf_box box = {x - 7.0, frame->box.y, 14.0,
                                 frame->box.height};
        lkv_pdf_hatch(frame->pdf, box, 5.0, lkv_pdf_stroked(look->other, 0.5));
    }
}

struct end_label {
    const char *text;
    lkv_role role;
    double y;
};

static int by_height(const void *a, const void *b)
{
    const struct end_label *left = a, *right = b;
    return (left->y > right->y) - (left->y < right->y);
}

/* Labels at the right end, pushed apart where lines end close together. */
static void draw_labels(const struct frame *frame)
{
    const lkv_plot *plot = frame->plot;
    g_autofree struct end_label *labels =
        g_new0(struct end_label, plot->chart->marks + 1);
    size_t count = 0;
    for (size_t i = 0; i < plot->chart->marks; i++) {
        const lkv_mark *mark = &plot->chart->mark[i];
        double value = 0.0;
        if (*plot->mark_label[i] && lkv_plot_number(plot, mark->at, &value)) {
            labels[count++] = (struct end_label){
                plot->mark_label[i], mark->role, y_of(frame, value)};
        }
    }
    qsort(labels, count, sizeof *labels, by_height);
    double leading = lkv_style_at(LKV_STYLE_LABEL_STRONG)->leading;
    double bottom = frame->box.y + frame->box.height;
    for (size_t i = 1; i < count; i++) {
        labels[i].y = fmax(labels[i].y, labels[i - 1].y + leading);
    }
    for (size_t i = count; i-- > 0;) {
        double below = i + 1 < count ? labels[i + 1].y - leading : bottom;
        labels[i].y = fmin(labels[i].y, below);
    }
    lkv_pdf_type type =
        lkv_style_type(LKV_STYLE_LABEL_STRONG, plot->press->look);
    for (size_t i = 0; i < count; i++) {
        type.colour = lkv_plot_colour(plot, labels[i].role);
        lkv_pdf_text(
            frame->pdf,
            (lkv_pdf_point){frame->box.x + frame->box.width + LABEL_GAP,
                            labels[i].y + 3.0},
            &type, labels[i].text);
    }
}

static double tick_width(const lkv_plot *plot, lkv_pdf *pdf)
{
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, plot->press->look);
    double width = 0.0;
    const double ends[] = {plot->ticks.least, plot->ticks.most};
    for (int i = 0; i < 2; i++) {
        g_autofree char *text = lkv_plot_tick(plot, ends[i]);
        width = fmax(width, lkv_pdf_measure(pdf, &type, text));
    }
    return width;
}

static void draw(const lkv_plot *plot, lkv_pdf *pdf, lkv_pdf_box box)
{
    double left = tick_width(plot, pdf) + 6.0;
    double right = plot->end_width + LABEL_GAP;
    const struct frame frame = {.plot = plot,
                                .pdf = pdf,
                                .box = {box.x + left, box.y + TOP_ROOM,
                                        box.width - left - right,
                                        plot_height(plot)}};
    draw_axis(&frame);
    const lkv_chart *chart = plot->chart;
    for (int layer = 0; layer < 3; layer++) {
        for (size_t i = 0; i < chart->marks; i++) {
            const lkv_mark *mark = &chart->mark[i];
            if (layer == 0 && mark->kind == LKV_MARK_RIBBON) {
                draw_ribbon(&frame, mark);
            } else if (layer == 1 && mark->kind == LKV_MARK_LINE) {
                draw_segment(&frame, mark);
            } else if (layer == 2 && (mark->kind == LKV_MARK_LINE ||
                                      mark->kind == LKV_MARK_DOT)) {
                draw_point(&frame, mark);
            }
        }
    }
    draw_labels(&frame);
}

const lkv_chart_form lkv_chart_trend = {height, draw};
