/* Charts as blocks: title, how to read, and one figure with its words. */
#include <math.h>

#include "render/chart.h"

#define TITLE_GAP 1.0
#define PLOT_GAP 6.0

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
    return head_height(chart) + chart->form->height(&chart->plot);
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
    const lkv_pdf_box box = {at.x, at.y + head_height(chart), content->width,
                             chart->form->height(&chart->plot)};
    lkv_pdf_begin(pdf, LKV_PDF_FIGURE,
                  &(lkv_pdf_attr){.alt = chart->alt, .box = box});
    chart->form->draw(&chart->plot, pdf, box);
    lkv_pdf_end(pdf, LKV_PDF_FIGURE);
}

static void release(lkv_content *content)
{
    struct chart *chart = (struct chart *)(void *)content;
    const lkv_chart *from = chart->plot.chart;
    for (size_t i = 0; i < from->slots; i++) {
        lkv_passage_clear(&chart->plot.slot[i].label);
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

static const lkv_content_kind kind = {height, draw, release};

bool lkv_plot_number(const lkv_plot *plot, lkv_cell cell, double *out)
{
    if (cell == 0) {
        return false;
    }
    lkv_shown shown = lkv_release_at(plot->press->job->words->release, cell);
    if (shown.status != LKV_OK && shown.status != LKV_AT_LEAST &&
        shown.status != LKV_AT_MOST) {
        return false;
    }
    *out = shown.decimals == LKV_FULL
               ? shown.full
               : (double)shown.scaled / pow(10.0, shown.decimals);
    return true;
}

double lkv_plot_part(const lkv_plot *plot, double value)
{
    double part = (value - plot->least) / (plot->most - plot->least);
    return part < 0.0 ? 0.0 : part > 1.0 ? 1.0 : part;
}

static bool is_share(const lkv_plot *plot)
{
    return plot->chart->scale.unit == LKV_UNIT_SHARE ||
           plot->chart->scale.unit == LKV_UNIT_SHARE_POINTS;
}

char *lkv_plot_tick(const lkv_plot *plot, double value)
{
    GString *out = g_string_new(NULL);
    const lkv_locale *locale = plot->press->locale;
    double step = plot->ticks.step * (is_share(plot) ? 100.0 : 1.0);
    unsigned decimals = step >= 1.0 && fabs(step - nearbyint(step)) < 1e-9 ? 0
                        : step >= 0.1                                      ? 1
                                                                           : 2;
    double number =
        value * (is_share(plot) ? 100.0 : 1.0) * pow(10.0, decimals);
    lkv_locale_number(locale, (int64_t)llround(number), decimals, false, out);
    if (plot->chart->scale.unit == LKV_UNIT_SHARE) {
        lkv_locale_per_cent(locale, 0, out);
    }
    return g_string_free(out, FALSE);
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

/* The axis holds the cells of the scale, and nothing is known of others. */
static void span_cells(lkv_plot *plot)
{
    const lkv_scale *scale = &plot->chart->scale;
    bool some = false;
    for (size_t i = 0; i < scale->spans; i++) {
        double value = 0.0;
        if (!lkv_plot_number(plot, scale->span[i], &value)) {
            continue;
        }
        plot->least = some ? fmin(plot->least, value) : value;
        plot->most = some ? fmax(plot->most, value) : value;
        some = true;
    }
}

static void set_axis(lkv_plot *plot)
{
    const lkv_scale *scale = &plot->chart->scale;
    double unit = pow(10.0, scale->decimals);
    plot->least = (double)scale->least / unit;
    plot->most = (double)scale->most / unit;
    if (scale->kind == LKV_SCALE_CELLS) {
        span_cells(plot);
    }
    if (scale->zero) {
        plot->least = fmin(plot->least, 0.0);
        plot->most = fmax(plot->most, 0.0);
    }
    if (!(plot->most > plot->least)) {
        double room = is_share(plot) ? 0.1 : 1.0;
        plot->least -= room;
        plot->most += room;
    }
    plot->ticks = lkv_ticks_of(plot->least, plot->most, 5);
    if (scale->kind == LKV_SCALE_CELLS) {
        plot->least = fmin(plot->least, plot->ticks.least);
        plot->most = fmax(plot->most, plot->ticks.most);
    }
}

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

/* The column at the right end of a trend holds the labels of its lines. */
static double line_labels(const lkv_press *press, const lkv_chart *chart,
                          double most)
{
    const lkv_style_facts *facts = lkv_style_at(LKV_STYLE_LABEL_STRONG);
    double width = 0.0;
    for (size_t i = 0; i < chart->marks; i++) {
        g_autofree char *said = lkv_press_say(press, &chart->mark[i].label);
        width = fmax(width, lkv_fonts_width(press->fonts, facts->role,
                                            facts->size, said, SIZE_MAX));
    }
    return fmin(width, most);
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

lkv_content *lkv_content_chart(const lkv_press *press, const lkv_block *block,
                               double width)
{
    const lkv_chart *from = &block->as.chart;
    struct chart *chart = g_new0(struct chart, 1);
    chart->form = form_of(from);
    chart->title = lkv_passage_new(press, LKV_STYLE_HEADING_2,
                                   lkv_press_say(press, &from->title), width);
    chart->reading = lkv_passage_new(
        press, LKV_STYLE_SMALL, lkv_press_say(press, &from->reading), width);
    chart->alt = lkv_press_say(press, &from->alt);
    bool trend = from->kind == LKV_CHART_TREND;
    chart->plot = (lkv_plot){
        .press = press,
        .chart = from,
        .width = width,
        .label_width = trend ? 0.0 : column(press, from, 0.34 * width, false),
        .end_width = trend ? line_labels(press, from, 0.3 * width)
                           : column(press, from, 0.26 * width, true),
    };
    set_axis(&chart->plot);
    make_words(&chart->plot);
    chart->content = (lkv_content){.kind = &kind,
                                   .press = press,
                                   .block = block,
                                   .width = width,
                                   .before = 12.0,
                                   .after = 6.0,
                                   .parts = from->slots > 0 ? 1 : 0,
                                   .least = 1};
    return &chart->content;
}
