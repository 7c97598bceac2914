/* Charts know what is released and nothing else: what is hidden leaves no
 * trace in the drawing, and equal cells lie at equal places.
 */
#include "render/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "paper.h"

enum { SLOTS = 3 };

static int open_paper(void **state)
{
    *state = paper_new();
    return 0;
}

static int close_paper(void **state)
{
    paper_free(*state);
    return 0;
}

static const char *const forms[] = {"rows", "trend", "stacks"};

static lkv_block chart_of(paper *on, lkv_chart_kind kind, const lkv_mark *mark,
                          size_t marks)
{
    lkv_slot_label slot[SLOTS] = {0};
    const lkv_text legend[SLOTS] = {paper_say(on, "A"), paper_say(on, "B"),
                                    paper_say(on, "C")};
    for (size_t i = 0; i < SLOTS; i++) {
        slot[i] = (lkv_slot_label){.label = paper_say(on, "2022/23"),
                                   .brief = paper_say(on, "22/23")};
    }
    const lkv_scale scale = {
        .kind = LKV_SCALE_FIXED, .unit = LKV_UNIT_SHARE, .most = 1};
    return (lkv_block){
        .kind = LKV_BLOCK_CHART,
        .id = "chart",
        .as.chart = {.kind = kind,
                     .scale = scale,
                     .aside = scale,
                     .has_aside = kind == LKV_CHART_ROWS,
                     .slot = paper_keep(on, slot, sizeof slot),
                     .slots = SLOTS,
                     .mark = paper_keep(on, mark, marks * sizeof *mark),
                     .marks = marks,
                     .legend = paper_keep(on, legend, sizeof legend),
                     .legends = SLOTS,
                     .title = paper_say(on, "Rubrik"),
                     .alt = paper_say(on, "alt")}};
}

/* What BLOCK is drawn as: the file without compression. */
static char *drawn(paper *on, const lkv_block *block)
{
    const lkv_press press = {.job = &on->job,
                             .fonts = on->fonts,
                             .locale = on->locale,
                             .look = &on->job.look,
                             .words = on->words,
                             .diag = on->diag};
    const lkv_pdf_meta meta = {.title = "Prov",
                               .language = "sv",
                               .author = "Prov",
                               .creator = "likvard",
                               .level = LKV_PDF_PLAIN};
    lkv_content *content = lkv_content_new(&press, block, 400.0);
    g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&meta, on->fonts);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    lkv_pdf_page(pdf);
    lkv_pdf_begin(pdf, LKV_PDF_DOCUMENT, NULL);
    content->kind->draw(content, pdf, (lkv_pdf_point){48.0, 60.0}, 0,
                        content->parts);
    lkv_pdf_end(pdf, LKV_PDF_DOCUMENT);
    assert_true(lkv_pdf_finish(pdf, bytes, on->diag));
    lkv_content_free(content);
    return g_strndup((const char *)bytes->data, bytes->len);
}

/* The same as SVG. */
static char *drawn_svg(paper *on, const lkv_block *block)
{
    const lkv_press press = {.job = &on->job,
                             .fonts = on->fonts,
                             .locale = on->locale,
                             .look = &on->job.look,
                             .words = on->words,
                             .diag = on->diag};
    lkv_svg svg = {.out = g_string_new(NULL), .fonts = on->fonts};
    const lkv_canvas canvas = lkv_canvas_svg(&svg);
    assert_true(lkv_chart_paint(&press, block, 400.0, &canvas) > 0.0);
    return g_string_free(svg.out, FALSE);
}

/* ---- what is hidden ------------------------------------------------------ */

static const lkv_mark_kind kinds[] = {
    LKV_MARK_DOT,  LKV_MARK_INTERVAL, LKV_MARK_BAND, LKV_MARK_TICK,
    LKV_MARK_LINE, LKV_MARK_RIBBON,   LKV_MARK_BAR,  LKV_MARK_STACK,
    LKV_MARK_SPAN, LKV_MARK_WHOLE,    LKV_MARK_PART, LKV_MARK_BREAK};

/* A mark of KIND whose cells are hidden, beside two that are told. */
typedef char *(*drawer)(paper *on, const lkv_block *block);
static char *drawn_hidden(paper *on, lkv_chart_kind form, lkv_mark like,
                          int64_t rubbish, drawer device)
{
    lkv_mark mark[SLOTS];
    for (int16_t i = 0; i < SLOTS; i++) {
        mark[i] = like;
        mark[i].slot = form == LKV_CHART_STACKS ? 0 : i;
        mark[i].series = form == LKV_CHART_STACKS ? (uint8_t)i : like.series;
        mark[i].at =
            i == 1 ? paper_hidden(on, rubbish) : paper_value(on, 30 + i, 2);
        mark[i].low =
            i == 1 ? paper_hidden(on, rubbish - 7) : paper_value(on, 20, 2);
        mark[i].high =
            i == 1 ? paper_hidden(on, rubbish + 7) : paper_value(on, 40, 2);
    }
    const lkv_block block = chart_of(on, form, mark, SLOTS);
    return device(on, &block);
}

static void hold_hidden(paper *on, lkv_chart_kind form, lkv_mark like,
                        drawer device)
{
    g_autofree char *one = drawn_hidden(on, form, like, 11, device);
    g_autofree char *other = drawn_hidden(on, form, like, 88, device);
    if (strcmp(one, other) != 0) {
        print_error("mark %d of %s\n", like.kind, forms[form]);
    }
    assert_string_equal(one, other);
}

static void what_is_hidden_leaves_no_trace(void **state)
{
    static const lkv_role roles[] = {LKV_ROLE_OWN, LKV_ROLE_DISTRICT,
                                     LKV_ROLE_REFERENCE, LKV_ROLE_QUIET};
    enum { PLACES = 4 }; /* series 0 and 1, on both scales */
    for (size_t i = 0; i < G_N_ELEMENTS(kinds) * G_N_ELEMENTS(forms) *
                               G_N_ELEMENTS(roles) * PLACES;
         i++) {
        lkv_mark like = {.kind = kinds[i % G_N_ELEMENTS(kinds)]};
        size_t rest = i / G_N_ELEMENTS(kinds);
        lkv_chart_kind form = (lkv_chart_kind)(rest % G_N_ELEMENTS(forms));
        rest /= G_N_ELEMENTS(forms);
        like.role = roles[rest % G_N_ELEMENTS(roles)];
        rest /= G_N_ELEMENTS(roles);
        like.series = rest % 2;
        like.aside = rest / 2 > 0 && form == LKV_CHART_ROWS;
        hold_hidden(*state, form, like, drawn);
        hold_hidden(*state, form, like, drawn_svg);
    }
}

/* The axis does not follow hidden cells either. */
static void hidden_cells_span_nothing(void **state)
{
    paper *on = *state;
    char *text[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++) {
        const lkv_mark mark = {.kind = LKV_MARK_DOT,
                               .at = paper_value(on, 50, 2)};
        const lkv_cell span[] = {paper_value(on, 40, 2), paper_value(on, 60, 2),
                                 paper_hidden(on, i == 0 ? 1 : 99)};
        lkv_block block = chart_of(on, LKV_CHART_ROWS, &mark, 1);
        block.as.chart.scale.kind = LKV_SCALE_CELLS;
        block.as.chart.scale.span = span;
        block.as.chart.scale.spans = G_N_ELEMENTS(span);
        text[i] = drawn(on, &block);
    }
    assert_string_equal(text[0], text[1]);
    g_free(text[0]);
    g_free(text[1]);
}

/* ---- where marks lie ----------------------------------------------------- */

/* The first numbers of the circles in TEXT: array of double, x and y of where
 * each begins.
 */
static GArray *circles_of(const char *text)
{
    GArray *found = g_array_new(FALSE, TRUE, sizeof(double));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        double x = 0.0, y = 0.0;
        if (strstr(lines[i], " c") &&
            sscanf(lines[i], "%lf %lf m", &x, &y) == 2) {
            g_array_append_val(found, x);
            g_array_append_val(found, y);
        }
    }
    return found;
}

static void equal_cells_lie_alike(void **state)
{
    paper *on = *state;
    lkv_cell cell = paper_value(on, 62, 2);
    lkv_mark mark[SLOTS];
    for (int16_t i = 0; i < SLOTS; i++) {
        mark[i] = (lkv_mark){.kind = LKV_MARK_DOT, .slot = i, .at = cell};
    }
    const lkv_block rows = chart_of(on, LKV_CHART_ROWS, mark, SLOTS);
    const lkv_block trend = chart_of(on, LKV_CHART_TREND, mark, SLOTS);
    g_autofree char *across = drawn(on, &rows);
    g_autofree char *up = drawn(on, &trend);
    g_autoptr(GArray) x = circles_of(across);
    g_autoptr(GArray) y = circles_of(up);
    assert_int_equal(x->len, 2 * SLOTS);
    assert_int_equal(y->len, 2 * SLOTS);
    for (guint i = 1; i < SLOTS; i++) {
        assert_close(g_array_index(x, double, 2 * i),
                     g_array_index(x, double, 0), 1e-6);
        assert_close(g_array_index(y, double, 2 * i + 1),
                     g_array_index(y, double, 1), 1e-6);
        assert_true(fabs(g_array_index(x, double, 2 * i + 1) -
                         g_array_index(x, double, 1)) > 1.0);
    }
}

static size_t times(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        count++;
    }
    return count;
}

/* A dashed line stands before the slot, and none of the lines leads over it. */
static void no_line_leads_over_a_break(void **state)
{
    paper *on = *state;
    lkv_mark mark[SLOTS + 1];
    for (int16_t i = 0; i < SLOTS; i++) {
        mark[i] = (lkv_mark){
            .kind = LKV_MARK_LINE, .slot = i, .at = paper_value(on, 60 + i, 2)};
    }
    mark[SLOTS] = (lkv_mark){.kind = LKV_MARK_BREAK, .slot = SLOTS - 1};
    const lkv_block whole = chart_of(on, LKV_CHART_TREND, mark, SLOTS);
    const lkv_block parted = chart_of(on, LKV_CHART_TREND, mark, SLOTS + 1);
    g_autofree char *before = drawn_svg(on, &whole);
    g_autofree char *after = drawn_svg(on, &parted);
    assert_int_equal(times(before, "stroke-dasharray"), 0);
    assert_int_equal(times(after, "stroke-dasharray"), 1);
    assert_int_equal(times(before, "stroke-width=\"2.2\""), SLOTS - 1);
    assert_int_equal(times(after, "stroke-width=\"2.2\""), SLOTS - 2);
    assert_int_equal(times(after, "<circle"), times(before, "<circle"));
}

/* ---- axes ---------------------------------------------------------------- */

static const lkv_plot_axis share_axis = {
    LKV_UNIT_SHARE, 0.25, 1.0, {0.2, 1.0, 0.2}};

static void ticks_stay_within_their_axis(void **state)
{
    (void)state;
    assert_int_equal(lkv_plot_ticks(&share_axis), 4);
    assert_close(lkv_plot_tick_at(&share_axis, 0), 0.4, 1e-12);
    assert_close(lkv_plot_tick_at(&share_axis, 3), 1.0, 1e-12);
    assert_close(lkv_plot_part(&share_axis, 0.25), 0.0, 1e-12);
    assert_close(lkv_plot_part(&share_axis, 1.2), 1.0, 1e-12);
}

static void ticks_have_the_decimals_of_those_written(void **state)
{
    (void)state;
    g_autofree char *error = NULL;
    g_autoptr(lkv_locale) locale = lkv_locale_new("sv", &error);
    const lkv_press press = {.locale = locale};
    const lkv_plot plot = {.press = &press};
    const lkv_plot_axis axis = {LKV_UNIT_SHARE, 0.8, 0.9, {0.8, 0.9, 0.025}};
    g_autofree char *all = lkv_plot_tick(&plot, &axis, 0, 1);
    g_autofree char *second = lkv_plot_tick(&plot, &axis, 2, 2);
    assert_string_equal(all, "80,0\u00a0%");
    assert_string_equal(second, "85\u00a0%");
}

static void labels_keep_clear_of_each_other(void **state)
{
    (void)state;
    assert_int_equal(lkv_plot_every(20.0, 30.0), 1);
    assert_int_equal(lkv_plot_every(30.0, 30.0), 1);
    assert_int_equal(lkv_plot_every(31.0, 30.0), 2);
    assert_int_equal(lkv_plot_every(61.0, 30.0), 3);
    assert_int_equal(lkv_plot_every(10.0, 0.0), 1);
}

/* ---- as SVG -------------------------------------------------------------- */

/* A value lies at its part of the axis, a label is set as wide as in print, and
 * nothing in a text is taken for markup.
 */
static void svg_shows_the_same(void **state)
{
    paper *on = *state;
    const lkv_mark mark[] = {
        {.kind = LKV_MARK_DOT,
         .role = LKV_ROLE_OWN,
         .at = paper_value(on, 0, 2),
         .label = paper_say(on, "Å <&> B")},
        {.kind = LKV_MARK_DOT, .slot = 1, .at = paper_value(on, 50, 2)},
        {.kind = LKV_MARK_DOT, .slot = 2, .at = paper_value(on, 100, 2)}};
    const lkv_block block = chart_of(on, LKV_CHART_ROWS, mark, SLOTS);
    g_autofree char *svg = drawn_svg(on, &block);
    double x[SLOTS] = {0};
    const char *at = svg;
    for (size_t i = 0; i < SLOTS; i++) {
        at = strstr(at + 1, "<circle cx=\"");
        assert_non_null(at);
        x[i] = g_ascii_strtod(at + strlen("<circle cx=\""), NULL);
    }
    assert_true(x[2] - x[0] > 50.0);
    assert_true(fabs(x[1] - (x[0] + x[2]) / 2.0) < 0.011);
    g_autofree char *wide = g_strdup_printf(
        "textLength=\"%.2f", lkv_fonts_width(on->fonts, LKV_ROLE_SEMIBOLD, 9.0,
                                             "Å <&> B", SIZE_MAX));
    while (g_str_has_suffix(wide, "0")) {
        wide[strlen(wide) - 1] = '\0';
    }
    assert_non_null(strstr(svg, wide));
    assert_non_null(strstr(svg, ">Å &lt;&amp;&gt; B</text>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_hidden_leaves_no_trace),
        cmocka_unit_test(hidden_cells_span_nothing),
        cmocka_unit_test(equal_cells_lie_alike),
        cmocka_unit_test(no_line_leads_over_a_break),
        cmocka_unit_test(ticks_stay_within_their_axis),
        cmocka_unit_test(ticks_have_the_decimals_of_those_written),
        cmocka_unit_test(labels_keep_clear_of_each_other),
        cmocka_unit_test(svg_shows_the_same),
    };
    return cmocka_run_group_tests(tests, open_paper, close_paper);
}
