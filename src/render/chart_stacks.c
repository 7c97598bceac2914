/* Rows of parts that add up to the whole: grades per subject.
 *
 * Steps go from light to dark in one hue, so that grey print keeps their
 * order; what is not passed stands apart in the accent, a dash is hatched.
 */
#include <math.h>

#include "render/chart.h"

#define ROW_HEIGHT 17.0
#define BAR_HEIGHT 12.0
#define COLUMN_GAP 10.0
#define LEGEND_HEIGHT 16.0
#define SWATCH 8.0
#define TEXT_LEAST 18.0 /* a part so wide holds its figure */

static double row_height(const lkv_plot *plot, size_t slot)
{
    const lkv_slot_words *words = &plot->slot[slot];
    return fmax(ROW_HEIGHT, lkv_passage_height(&words->label) + 4.0);
}

/* Where swatch and words of a legend go: the width each takes. */
static double legend_width(const lkv_plot *plot, size_t index)
{
    const lkv_style_facts *facts = lkv_style_at(LKV_STYLE_SMALL);
    return SWATCH + 4.0 +
           lkv_fonts_width(plot->press->fonts, facts->role, facts->size,
                           plot->legend[index], SIZE_MAX) +
           12.0;
}

static double legend_height(const lkv_plot *plot)
{
    double x = 0.0;
    int lines = plot->chart->legends > 0 ? 1 : 0;
    for (size_t i = 0; i < plot->chart->legends; i++) {
        double width = legend_width(plot, i);
        if (x > 0.0 && x + width > plot->width) {
            lines++;
            x = 0.0;
        }
        x += width;
    }
    return lines * LEGEND_HEIGHT;
}

static double height(const lkv_plot *plot)
{
    double height = legend_height(plot);
    for (size_t i = 0; i < plot->chart->slots; i++) {
        height += row_height(plot, i);
    }
    return height;
}

/* How a series is painted: role and place among those of its role. */
struct paint {
    uint32_t fill;
    bool hatched;
    uint32_t text;
};

static lkv_role role_of(const lkv_chart *chart, size_t series)
{
    for (size_t i = 0; i < chart->marks; i++) {
        if (chart->mark[i].series == series) {
            return chart->mark[i].role;
        }
    }
    return LKV_ROLE_DISTRICT;
}

static struct paint paint_of(const lkv_plot *plot, size_t series)
{
    const lkv_look *look = plot->press->look;
    lkv_role role = role_of(plot->chart, series);
    if (role == LKV_ROLE_QUIET) {
        return (struct paint){0xffffff, true, look->ink};
    }
    if (role != LKV_ROLE_DISTRICT) {
        return (struct paint){look->own, false, 0xffffff};
    }
    size_t before = 0, all = 0;
    for (size_t i = 0; i < plot->chart->legends; i++) {
        bool step = role_of(plot->chart, i) == LKV_ROLE_DISTRICT;
        all += step;
        before += step && i < series;
    }
    double share =
        all > 1 ? 1.0 - 0.82 * (double)before / (double)(all - 1) : 1.0;
    return (struct paint){lkv_plot_tint(look->district, share), false,
                          share > 0.62 ? 0xffffff : look->ink};
}

static void paint_box(const lkv_plot *plot, lkv_pdf *pdf, lkv_pdf_box box,
                      size_t series)
{
    struct paint paint = paint_of(plot, series);
    if (paint.hatched) {
        lkv_pdf_hatch(pdf, box, 3.0,
                      lkv_pdf_stroked(plot->press->look->muted, 0.6));
        lkv_pdf_rect(pdf, box,
                     (lkv_pdf_ink){.fill = LKV_PDF_NO_COLOUR,
                                   .stroke = (int32_t)plot->press->look->muted,
                                   .width = 0.5});
        return;
    }
    lkv_pdf_rect(pdf, box, lkv_pdf_filled(paint.fill));
}

static void draw_legend(const lkv_plot *plot, lkv_pdf *pdf, lkv_pdf_box box)
{
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, plot->press->look);
    double x = box.x, y = box.y;
    for (size_t i = 0; i < plot->chart->legends; i++) {
        double width = legend_width(plot, i);
        if (x > box.x && x + width > box.x + box.width) {
            x = box.x;
            y += LEGEND_HEIGHT;
        }
        paint_box(plot, pdf, (lkv_pdf_box){x, y + 1.0, SWATCH, SWATCH}, i);
        lkv_pdf_text(pdf, (lkv_pdf_point){x + SWATCH + 4.0, y + 8.5}, &type,
                     plot->legend[i]);
        x += width;
    }
}

static void draw_part(const lkv_plot *plot, lkv_pdf *pdf, lkv_pdf_box box,
                      size_t index)
{
    const lkv_mark *mark = &plot->chart->mark[index];
    paint_box(plot, pdf, box, mark->series);
    const char *text = plot->mark_label[index];
    if (!*text || box.width < TEXT_LEAST ||
        paint_of(plot, mark->series).hatched) {
        return;
    }
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, plot->press->look);
    type.align = LKV_ALIGN_CENTRE;
    type.colour = paint_of(plot, mark->series).text;
    if (lkv_pdf_measure(pdf, &type, text) < box.width - 2.0) {
        lkv_pdf_text(
            pdf,
            (lkv_pdf_point){box.x + box.width / 2.0, box.y + box.height - 3.1},
            &type, text);
    }
}

/* Parts in the order of the marks; when one is hidden, what follows and what
 * is left would tell it, so the whole bar is a hatched slot.
 */
static void draw_bar(const lkv_plot *plot, lkv_pdf *pdf, lkv_pdf_box box,
                     int16_t slot)
{
    const lkv_chart *chart = plot->chart;
    double value = 0.0;
    for (size_t i = 0; i < chart->marks; i++) {
        if (chart->mark[i].slot == slot &&
            (!lkv_plot_number(plot, chart->mark[i].at, &value) ||
             lkv_release_at(plot->press->job->words->release, chart->mark[i].at)
                     .status != LKV_OK)) {
            lkv_pdf_hatch(pdf, box, 5.0,
                          lkv_pdf_stroked(plot->press->look->other, 0.6));
            lkv_pdf_rect(
                pdf, box,
                (lkv_pdf_ink){.fill = LKV_PDF_NO_COLOUR,
                              .stroke = (int32_t)plot->press->look->other,
                              .width = 0.6});
            return;
        }
    }
    double x = box.x;
    for (size_t i = 0; i < chart->marks; i++) {
        if (chart->mark[i].slot != slot ||
            !lkv_plot_number(plot, chart->mark[i].at, &value)) {
            continue;
        }
        double width = fmin(box.width * value, box.x + box.width - x);
        if (width > 0.0) {
            draw_part(plot, pdf, (lkv_pdf_box){x, box.y, width, box.height}, i);
        }
        x += fmax(width, 0.0);
    }
}

static void draw(const lkv_plot *plot, lkv_pdf *pdf, lkv_pdf_box box)
{
    draw_legend(plot, pdf, box);
    double y = box.y + legend_height(plot);
    double end = plot->end_width > 1.0 ? plot->end_width + COLUMN_GAP : 0.0;
    double left = box.x + plot->label_width + COLUMN_GAP;
    for (size_t i = 0; i < plot->chart->slots; i++) {
        double tall = row_height(plot, i);
        const lkv_slot_words *words = &plot->slot[i];
        lkv_passage_draw_all(
            &words->label, plot->press, pdf,
            (lkv_pdf_point){
                box.x, y + (tall - lkv_passage_height(&words->label)) / 2.0});
        draw_bar(plot, pdf,
                 (lkv_pdf_box){left, y + (tall - BAR_HEIGHT) / 2.0,
                               box.x + box.width - end - left, BAR_HEIGHT},
                 (int16_t)i);
        lkv_passage_draw(
            &words->end, plot->press, pdf,
            (lkv_pdf_point){box.x + box.width,
                            y + (tall - lkv_passage_height(&words->end)) / 2.0},
            (lkv_passage_part){.count = words->end.lines->len,
                               .align = LKV_ALIGN_RIGHT});
        y += tall;
    }
}

const lkv_chart_form lkv_chart_stacks = {height, draw};
