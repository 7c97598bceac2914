/* Charts as blocks: title, how to read, and one figure with its words. */
#include <math.h>

#include "base/wide.h"
#include "render/chart.h"

#define TITLE_GAP 1.0
#define PLOT_GAP 6.0
#define TICK_GAP 5.0 /* between a trend's axis and its numbers */
#define LABEL_GAP 8.0 /* between its lines and their labels */

struct chart {
    lkv_content content;
    const lkv_chart_form *form;
    lkv_plot plot;
    lkv_passage title, reading;
    char *alt;
};

static const struct chart *of(const lkv_content *content)
{
    return (const struct chart *)(const void *)content;
}

static double head_height(const struct chart *chart)
{
    return lkv_passage_height(&chart->title) + TITLE_GAP +
           lkv_passage_height(&chart->reading) + PLOT_GAP;
}

static double height(const lkv_content *content, size_t first, size_t count)
{
    const struct chart *chart = of(content);
    (void)first;
    (void)count;
    return content->margins.head + chart->form->height(&chart->plot);
}

static void draw_passage(const struct chart *chart, lkv_pdf *pdf,
                         lkv_pdf_point at, const lkv_passage *passage)
{
    if (passage->lines->len > 0) {
        lkv_pdf_begin(pdf, LKV_PDF_P, NULL);
        lkv_passage_draw_all(passage, chart->content.press, pdf, at);
        lkv_pdf_end(pdf, LKV_PDF_P);
    }
}

static void draw(const lkv_content *content, lkv_pdf *pdf, lkv_pdf_point at,
                 size_t first, size_t count)
{
    const struct chart *chart = of(content);
    (void)first;
    (void)count;
    draw_passage(chart, pdf, at, &chart->title);
    draw_passage(chart, pdf,
                 (lkv_pdf_point){at.x, at.y + TITLE_GAP +
                                           lkv_passage_height(&chart->title)},
                 &chart->reading);
    const lkv_pdf_box box = {at.x, at.y + content->margins.head, content->width,
                             chart->form->height(&chart->plot)};
    lkv_pdf_begin(pdf, LKV_PDF_FIGURE,
                  &(lkv_pdf_attr){.alt = chart->alt, .box = box});
    const lkv_canvas canvas = lkv_canvas_pdf(pdf);
    chart->form->draw(&chart->plot, &canvas, box);
    lkv_pdf_end(pdf, LKV_PDF_FIGURE);
}

static void release(lkv_content *content)
{
    struct chart *chart = (struct chart *)(void *)content;
    const lkv_chart *from = chart->plot.chart;
    for (size_t i = 0; i < from->slots; i++) {
        lkv_passage_clear(&chart->plot.slot[i].label);
        lkv_passage_clear(&chart->plot.slot[i].brief);
        lkv_passage_clear(&chart->plot.slot[i].below);
        lkv_passage_clear(&chart->plot.slot[i].end);
    }
    g_free(chart->plot.slot);
    g_strfreev(chart->plot.mark_label);
    g_strfreev(chart->plot.legend);
    lkv_passage_clear(&chart->title);
    lkv_passage_clear(&chart->reading);
    g_free(chart->alt);
    g_free(chart);
}

static const lkv_content_kind kind = {
    .height = height, .draw = draw, .free = release};

bool lkv_plot_number(const lkv_plot *plot, lkv_cell cell, double *out)
{
    if (cell == 0) {
        return false;
    }
    lkv_shown shown = lkv_release_at(plot->press->words.release, cell);
    if (!lkv_status_has_number(shown.status)) {
        return false;
    }
    *out = lkv_shown_number(shown);
    return true;
}

double lkv_plot_part(const lkv_plot_axis *axis, double value)
{
    double part = (value - axis->least) / (axis->most - axis->least);
    return part < 0.0 ? 0.0 : part > 1.0 ? 1.0 : part;
}

static bool is_share(const lkv_plot_axis *axis)
{
    return axis->unit == LKV_UNIT_SHARE || axis->unit == LKV_UNIT_SHARE_POINTS;
}

/* ---- ticks --------------------------------------------------------------- */

#define NEARLY 1e-9

enum { DECIMALS_MOST = 2 };

static size_t first_tick(const lkv_plot_axis *axis)
{
    double before =
        ceil((axis->least - axis->ticks.least) / axis->ticks.step - NEARLY);
    return before > 0.0 ? (size_t)before : 0;
}

size_t lkv_plot_ticks(const lkv_plot_axis *axis)
{
    double most = fmin(axis->ticks.most, axis->most);
    double last = floor((most - axis->ticks.least) / axis->ticks.step + NEARLY);
    size_t first = first_tick(axis);
    return last < (double)first ? 0 : (size_t)last - first + 1;
}

double lkv_plot_tick_at(const lkv_plot_axis *axis, size_t index)
{
    double value = axis->ticks.least +
                   (double)(first_tick(axis) + index) * axis->ticks.step;
    return fabs(value) < NEARLY ? 0.0 : value;
}

static double read_as(const lkv_plot_axis *axis, size_t index)
{
    return lkv_plot_tick_at(axis, index) * (is_share(axis) ? 100.0 : 1.0);
}

/* As few as tell all the numbers that are written, every EVERY-th. */
static unsigned decimals_of(const lkv_plot_axis *axis, size_t every)
{
    unsigned decimals = 0;
    double unit = 1.0;
    for (size_t i = 0; i < lkv_plot_ticks(axis); i += every) {
        while (decimals < DECIMALS_MOST &&
               fabs(read_as(axis, i) * unit -
                    nearbyint(read_as(axis, i) * unit)) > unit * NEARLY) {
            decimals++;
            unit *= 10.0;
        }
    }
    return decimals;
}

char *lkv_plot_tick(const lkv_plot *plot, const lkv_plot_axis *axis,
                    size_t index, size_t every)
{
    GString *out = g_string_new(NULL);
    unsigned decimals = decimals_of(axis, every);
    lkv_locale_number(plot->press->locale,
                      lkv_real_round(read_as(axis, index), decimals), decimals,
                      false, out);
    if (axis->unit == LKV_UNIT_SHARE) {
        lkv_locale_per_cent(plot->press->locale, 0, out);
    }
    return g_string_free(out, FALSE);
}

double lkv_plot_ticks_width(const lkv_plot *plot, const lkv_plot_axis *axis)
{
    const lkv_style_facts *facts = lkv_style_at(LKV_STYLE_SMALL);
    double width = 0.0;
    for (size_t i = 0; i < lkv_plot_ticks(axis); i++) {
        g_autofree char *text = lkv_plot_tick(plot, axis, i, 1);
        width = fmax(width, lkv_fonts_width(plot->press->fonts, facts->role,
                                            facts->size, text, SIZE_MAX));
    }
    return width;
}

size_t lkv_plot_every(double size, double spacing)
{
    return spacing > 0.0 && size > spacing ? (size_t)ceil(size / spacing) : 1;
}

/* ---- colours ------------------------------------------------------------- */

lkv_pdf_ink lkv_plot_ring(uint32_t colour)
{
    return (lkv_pdf_ink){
        .fill = 0xffffff, .stroke = (int32_t)colour, .width = 1.4};
}

void lkv_plot_arrow(const lkv_canvas *canvas, lkv_pdf_point at,
                    lkv_pdf_point towards, lkv_pdf_ink ink)
{
    const double wide = 4.0, tall = 6.5;
    const lkv_pdf_point corners[] = {
        {at.x + wide * towards.y, at.y + wide * towards.x},
        {at.x - wide * towards.y, at.y - wide * towards.x},
        {at.x + tall * towards.x, at.y + tall * towards.y}};
    lkv_canvas_polygon(canvas, corners, G_N_ELEMENTS(corners), ink);
}

void lkv_plot_hatch(const lkv_plot *plot, const lkv_canvas *canvas,
                    lkv_pdf_box box)
{
    uint32_t colour = plot->press->look->other;
    lkv_canvas_hatch(canvas, box, 4.0, lkv_pdf_stroked(colour, 0.5));
    lkv_canvas_rect(canvas, box,
                    (lkv_pdf_ink){.fill = LKV_PDF_NO_COLOUR,
                                  .stroke = (int32_t)colour,
                                  .width = 0.5});
}

double lkv_plot_width(const lkv_plot *plot, const lkv_pdf_type *type,
                      const char *text)
{
    return lkv_fonts_width(plot->press->fonts, type->role, type->size, text,
                           SIZE_MAX);
}

uint32_t lkv_plot_colour(const lkv_plot *plot, lkv_role role)
{
    const lkv_look *look = plot->press->look;
    switch (role) {
    case LKV_ROLE_OWN:
    case LKV_ROLE_GROUP:
    case LKV_ROLE_REFERENCE:
        return look->own;
    case LKV_ROLE_DISTRICT:
        return look->district;
    case LKV_ROLE_QUIET:
        break;
    }
    return look->other;
}

uint32_t lkv_plot_tint(uint32_t ink, double share)
{
    uint32_t mixed = 0;
    for (unsigned shift = 0; shift <= 16; shift += 8) {
        double part = (ink >> shift) & 0xffu;
        double level = 255.0 - share * (255.0 - part);
        mixed |= (uint32_t)lround(level) << shift;
    }
    return mixed;
}

/* ---- the axis ------------------------------------------------------------ */

enum { TICKS = 5, TICKS_ASIDE = 3 };

/* The axis holds the cells of the scale, and nothing is known of others. */
static void span_cells(const lkv_plot *plot, const lkv_scale *scale,
                       lkv_plot_axis *axis)
{
    bool some = false;
    for (size_t i = 0; i < scale->spans; i++) {
        double value = 0.0;
        if (!lkv_plot_number(plot, scale->span[i], &value)) {
            continue;
        }
        axis->least = some ? fmin(axis->least, value) : value;
        axis->most = some ? fmax(axis->most, value) : value;
        some = true;
    }
}

static void widen(lkv_plot_axis *axis)
{
    axis->least = fmin(axis->least, axis->ticks.least);
    axis->most = fmax(axis->most, axis->ticks.most);
    if (axis->unit == LKV_UNIT_SHARE) {
        axis->least = fmax(axis->least, 0.0);
        axis->most = fmin(axis->most, 1.0);
    }
}

static lkv_plot_axis axis_of(const lkv_plot *plot, const lkv_scale *scale,
                             int wanted)
{
    double unit = pow(10.0, scale->decimals);
    lkv_plot_axis axis = {.unit = scale->unit,
                          .least = (double)scale->least / unit,
                          .most = (double)scale->most / unit};
    if (scale->kind == LKV_SCALE_CELLS) {
        span_cells(plot, scale, &axis);
    }
    if (scale->zero) {
        axis.least = fmin(axis.least, 0.0);
        axis.most = fmax(axis.most, 0.0);
    }
    if (!(axis.most > axis.least)) {
        double room = is_share(&axis) ? 0.1 : 1.0;
        axis.least -= room;
        axis.most += room;
    }
    axis.ticks = lkv_ticks_of(axis.least, axis.most, wanted);
    if (scale->kind == LKV_SCALE_CELLS) {
        widen(&axis);
    }
    return axis;
}

/* ---- words --------------------------------------------------------------- */

/* Labels take what they wish up to LABEL_MOST of the width, then break. */
static double column(const lkv_press *press, const lkv_chart *chart,
                     double most, bool end)
{
    double width = 0.0;
    for (size_t i = 0; i < chart->slots; i++) {
        const lkv_slot_label *slot = &chart->slot[i];
        const lkv_text *texts[] = {end ? &slot->end : &slot->label,
                                   &slot->below};
        for (size_t t = 0; t < (end ? 1u : 2u); t++) {
            g_autofree char *said = lkv_press_say(press, texts[t]);
            lkv_style style = t == 0 ? LKV_STYLE_LABEL_STRONG : LKV_STYLE_SMALL;
            const lkv_style_facts *facts = lkv_style_at(style);
            width = fmax(width, lkv_fonts_width(press->fonts, facts->role,
                                                facts->size, said, SIZE_MAX));
        }
    }
    return fmin(width + 0.5, most);
}

static void make_words(lkv_plot *plot)
{
    const lkv_press *press = plot->press;
    const lkv_chart *chart = plot->chart;
    bool trend = chart->kind == LKV_CHART_TREND;
    double wide = trend ? plot->width : plot->label_width;
    plot->slot = g_new0(lkv_slot_words, chart->slots);
    for (size_t i = 0; i < chart->slots; i++) {
        const lkv_slot_label *from = &chart->slot[i];
        plot->slot[i] = (lkv_slot_words){
            .label = lkv_passage_new(
                press, trend ? LKV_STYLE_SMALL : LKV_STYLE_LABEL_STRONG,
                lkv_press_say(press, &from->label), wide),
            .brief = lkv_passage_new(press, LKV_STYLE_SMALL,
                                     lkv_press_say(press, &from->brief), wide),
            .below = lkv_passage_new(press, LKV_STYLE_SMALL,
                                     lkv_press_say(press, &from->below), wide),
            .end = lkv_passage_new(press, LKV_STYLE_LABEL_STRONG,
                                   lkv_press_say(press, &from->end),
                                   plot->end_width + 0.5)};
    }
    plot->mark_label = g_new0(char *, chart->marks + 1);
    for (size_t i = 0; i < chart->marks; i++) {
        plot->mark_label[i] = lkv_press_say(press, &chart->mark[i].label);
    }
    plot->legend = g_new0(char *, chart->legends + 1);
    for (size_t i = 0; i < chart->legends; i++) {
        plot->legend[i] = lkv_press_say(press, &chart->legend[i]);
    }
}

static double strong_width(const lkv_press *press, const char *text)
{
    const lkv_style_facts *facts = lkv_style_at(LKV_STYLE_LABEL_STRONG);
    return lkv_fonts_width(press->fonts, facts->role, facts->size, text,
                           SIZE_MAX);
}

/* The column at the right end of a trend holds the labels of its lines, broken
 * between words where they are wider than MOST.
 */
static double line_labels(const lkv_press *press, const lkv_chart *chart,
                          double most)
{
    double widest = 0.0, word_width = 0.0;
    for (size_t i = 0; i < chart->marks; i++) {
        g_autofree char *said = lkv_press_say(press, &chart->mark[i].label);
        g_auto(GStrv) words = g_strsplit(said, " ", -1);
        widest = fmax(widest, strong_width(press, said));
        for (size_t w = 0; words[w]; w++) {
            word_width = fmax(word_width, strong_width(press, words[w]));
        }
    }
    return fmax(fmin(widest, most), word_width) + 0.5;
}

static const lkv_chart_form *form_of(const lkv_chart *chart)
{
    switch (chart->kind) {
    case LKV_CHART_ROWS:
        return &lkv_chart_rows;
    case LKV_CHART_TREND:
        return &lkv_chart_trend;
    case LKV_CHART_STACKS:
        break;
    }
    return &lkv_chart_stacks;
}

/* A trend's numbers stand to the left of its plot, its labels to the right. */
static lkv_margins margins_of(const struct chart *chart)
{
    const lkv_plot *plot = &chart->plot;
    lkv_margins margins = {.head = head_height(chart)};
    if (plot->chart->kind == LKV_CHART_TREND) {
        margins.left = lkv_plot_ticks_width(plot, &plot->axis) + TICK_GAP;
        margins.right = plot->end_width + LABEL_GAP;
    }
    return margins;
}

static lkv_plot plot_of(struct chart *chart, const lkv_press *press,
                        const lkv_chart *from, double width)
{
    bool trend = from->kind == LKV_CHART_TREND;
    lkv_plot plot = {
        .press = press,
        .chart = from,
        .margins = &chart->content.margins,
        .width = width,
        .label_width = trend ? 0.0
                       : press->stacked && from->kind == LKV_CHART_ROWS
                           ? width
                           : column(press, from, 0.34 * width, false),
        .end_width = trend ? line_labels(press, from, 0.28 * width)
                           : column(press, from, 0.26 * width, true),
    };
    plot.axis = axis_of(&plot, &from->scale, TICKS);
    if (from->has_aside) {
        plot.aside = axis_of(&plot, &from->aside, TICKS_ASIDE);
    }
    make_words(&plot);
    return plot;
}

lkv_content *lkv_content_chart(const lkv_press *press, const lkv_block *block,
                               double width)
{
    const lkv_chart *from = &block->as.chart;
    struct chart *chart = g_new0(struct chart, 1);
    bool narrow = block->columns > 0 && block->columns < LKV_GRID;
    chart->form = form_of(from);
    chart->title = lkv_passage_new(
        press, narrow ? LKV_STYLE_HEADING_3 : LKV_STYLE_HEADING_2,
        lkv_press_say(press, &from->title), width);
    chart->reading = lkv_passage_new(
        press, LKV_STYLE_SMALL, lkv_press_say(press, &from->reading), width);
    chart->alt = lkv_press_say(press, &from->alt);
    chart->plot = plot_of(chart, press, from, width);
    chart->content = (lkv_content){.kind = &kind,
                                   .press = press,
                                   .block = block,
                                   .width = width,
                                   .before = narrow ? 6.0 : 10.0,
                                   .after = 6.0,
                                   .margins = margins_of(chart),
                                   .parts = from->slots > 0 ? 1 : 0,
                                   .least = 1};
    return &chart->content;
}

double lkv_chart_paint(const lkv_press *press, const lkv_block *block,
                       double width, const lkv_canvas *canvas)
{
    lkv_content *content = lkv_content_chart(press, block, width);
    const struct chart *chart = of(content);
    double tall = content->parts > 0 ? chart->form->height(&chart->plot) : 0.0;
    if (content->parts > 0) {
        chart->form->draw(&chart->plot, canvas,
                          (lkv_pdf_box){0.0, 0.0, width, tall});
    }
    lkv_content_free(content);
    return tall;
}
