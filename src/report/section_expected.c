/* Actual and expected: three numbers of the school that add up, of this year and
 * of three years together. The district
 * is told how many of its schools are in line with what their pupils'
 * background lets expect; which ones is nobody's business there.
 */
#include "report/breaks.h"
#include "report/rows.h"

static const lkv_figure *of(const lkv_writing *writing, lkv_topic topic,
                            uint16_t unit, const char *component)
{
    return lkv_ask_measure(writing->ask, topic, unit, "expected", component);
}

/* ---- a school -------------------------------------------------------------- */

static lkv_zero_side side_of(const lkv_writing *writing, lkv_topic topic,
                             uint16_t unit)
{
    return lkv_zero_side_of(writing->ask->release,
                            of(writing, topic, unit, "difference"));
}

/* Where the whole interval lies; one in twenty lies aside by chance alone, so
 * nothing is called clear of it.
 */
static const char *finding_of(const lkv_writing *writing, lkv_topic topic)
{
    static const char *const keys[] = {[LKV_SIDE_UNKNOWN] =
                                           "expected.no_interval",
                                       [LKV_SIDE_NEITHER] = "expected.in_line",
                                       [LKV_SIDE_ABOVE] = "expected.above",
                                       [LKV_SIDE_BELOW] = "expected.below"};
    return keys[side_of(writing, topic, writing->ask->unit)];
}

static void add_row(lkv_chart_draft *chart, const lkv_writing *writing,
                    lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    uint16_t unit = writing->ask->unit;
    const lkv_figure *difference = of(writing, topic, unit, "difference");
    const lkv_figure *actual = of(writing, topic, unit, "actual");
    const lkv_figure *expected = of(writing, topic, unit, "expected");
    const lkv_arg numbers[] = {
        lkv_arg_cell("actual", actual ? actual->value : 0),
        lkv_arg_cell("expected", expected ? expected->value : 0),
        {0}};
    lkv_text below = lkv_draft_say(draft, "expected.numbers", numbers);
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)),
        lkv_arg_said(draft, "numbers", below),
        lkv_arg_said(draft, "value",
                     lkv_writing_difference_full(writing, difference)),
        lkv_arg_key("finding", finding_of(writing, topic)),
        {0}};
    lkv_rows_add(chart,
                 &(lkv_row){.label = lkv_writing_outcome(writing, topic),
                            .below = lkv_writing_staged(writing, topic, below),
                            .end = lkv_writing_difference(writing, difference),
                            .alt = lkv_draft_say(draft, "expected.alt", args),
                            .figure = difference,
                            .role = LKV_ROLE_OWN});
}

/* All schools have room on the axis, so that it is the same in each report. */
static void add_span(lkv_chart_draft *chart, const lkv_writing *writing,
                     lkv_topic topic)
{
    for (guint number = 1; number < writing->ask->frame->units->len; number++) {
        uint16_t unit = (uint16_t)number;
        const lkv_figure *there = of(writing, topic, unit, "difference");
        lkv_chart_draft_span(chart, there ? there->low : 0);
        lkv_chart_draft_span(chart, there ? there->high : 0);
    }
}

/* One finding for all of TOPICS, or how some of them lie. */
static lkv_text title_of(const lkv_writing *writing, const GArray *topics)
{
    guint sides[LKV_SIDE_BELOW + 1] = {0};
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        sides[side_of(writing, topic, writing->ask->unit)]++;
    }
    const char *first =
        finding_of(writing, g_array_index(topics, lkv_topic, 0));
    guint above = sides[LKV_SIDE_ABOVE], below = sides[LKV_SIDE_BELOW];
    bool alike = false;
    for (size_t side = 0; side < G_N_ELEMENTS(sides); side++) {
        alike = alike || sides[side] == topics->len;
    }
    if (alike) {
        return lkv_draft_say(writing->draft,
                             topics->len == 1 ? "expected.title_one"
                                              : "expected.title_all",
                             (lkv_arg[]){lkv_arg_key("finding", first), {0}});
    }
    const char *key = above > 0 && below > 0 ? "expected.title_both"
                      : above > 0            ? "expected.title_above"
                      : below > 0            ? "expected.title_below"
                                             : "expected.title_in_line";
    return lkv_writing_say(writing, key);
}

static void add_chart(const lkv_writing *writing, const GArray *topics,
                      bool shares)
{
    g_autoptr(GArray) alike = lkv_writing_alike(writing, topics, shares);
    if (alike->len == 0) {
        return;
    }
    lkv_chart_draft *chart =
        lkv_rows_new(writing, shares ? "shares" : "points",
                     shares ? LKV_UNIT_SHARE_POINTS : LKV_UNIT_POINTS, true);
    chart->chart.title = title_of(writing, alike);
    chart->chart.reading = lkv_draft_say(
        writing->draft, shares ? "expected.reading" : "expected.reading_points",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    for (guint i = 0; i < alike->len; i++) {
        lkv_topic topic = g_array_index(alike, lkv_topic, i);
        add_row(chart, writing, topic);
        add_span(chart, writing, topic);
    }
    lkv_chart_draft_end(chart);
}

static const lkv_figure *of_three(const lkv_writing *writing, lkv_topic topic,
                                  const char *component)
{
    return lkv_ask_measure(writing->ask, topic, writing->ask->unit,
                           "expected_three_years", component);
}

enum { THREE = 3 };

/* Surer numbers, since chance weighs less in three year groups. */
static void add_three(const lkv_writing *writing, const GArray *topics)
{
    static const lkv_head heads[] = {
        {"attainment.outcome", LKV_LEFT, 4},
        {"attainment.stage", LKV_LEFT, 2},
        {"expected.column_actual", LKV_RIGHT, 2},
        {"expected.column_expected", LKV_RIGHT, 2},
        {"expected.column_difference", LKV_RIGHT, 4}};
    if (topics->len == 0) {
        return;
    }
    lkv_table_draft *table = lkv_table_draft_new(
        writing->draft, "three", lkv_writing_say(writing, "expected.three"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_table_draft_cell(table, lkv_writing_outcome(writing, topic));
        lkv_table_draft_cell(table,
                             lkv_writing_stage(writing, topic.population));
        lkv_table_draft_cell(
            table,
            lkv_writing_value(writing, of_three(writing, topic, "actual")));
        lkv_table_draft_cell(
            table,
            lkv_writing_value(writing, of_three(writing, topic, "expected")));
        lkv_table_draft_cell(
            table, lkv_writing_difference(
                       writing, of_three(writing, topic, "difference")));
    }
    lkv_table_draft_end(table);
    lkv_breaks_across(writing, topics, THREE);
}

static void build_school(const lkv_writing *writing)
{
    g_autoptr(GArray) topics =
        lkv_writing_told(writing, "expected", "difference");
    g_autoptr(GArray) three =
        lkv_writing_told(writing, "expected_three_years", "difference");
    if (topics->len == 0 && three->len == 0) {
        return;
    }
    lkv_writing_heading(writing, lkv_writing_say(writing, "expected.heading"));
    add_chart(writing, topics, true);
    add_chart(writing, topics, false);
    add_three(writing, three);
    lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "expected.note"));
}

/* ---- the district ---------------------------------------------------------- */

/* Schools by where the whole interval of their difference lies. */
struct tally {
    int told, in_line, above, below;
};

static struct tally tally_of(const lkv_writing *writing, lkv_topic topic)
{
    struct tally tally = {0};
    for (guint number = 1; number < writing->ask->frame->units->len; number++) {
        lkv_zero_side side = side_of(writing, topic, (uint16_t)number);
        tally.told += side != LKV_SIDE_UNKNOWN;
        tally.in_line += side == LKV_SIDE_NEITHER;
        tally.above += side == LKV_SIDE_ABOVE;
        tally.below += side == LKV_SIDE_BELOW;
    }
    return tally;
}

static lkv_text count_of(const lkv_writing *writing, int count)
{
    return lkv_draft_say(
        writing->draft, "value.name",
        (lkv_arg[]){
            lkv_arg_name("name", lkv_draft_name(writing->draft, "%d", count)),
            {0}});
}

enum { SCHOOLS_LEAST = 10 };

/* Topics of which schools enough are told. */
static GArray *topics_of(const lkv_writing *writing)
{
    g_autoptr(GArray) all =
        lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
    GArray *topics = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (guint i = 0; i < all->len; i++) {
        lkv_topic topic = g_array_index(all, lkv_topic, i);
        if (tally_of(writing, topic).told >= SCHOOLS_LEAST) {
            g_array_append_val(topics, topic);
        }
    }
    return topics;
}

/* ---- the district's chart: each school a dot without a name ---------------- */

/* "Near" is less than this from what is expected, on either side. */
static const struct near {
    const char *text;
    int64_t least, most; /* the nearest numbers outside */
    unsigned decimals;
} near_shares = {"5", -5, 5, 2}, near_points = {"10", -10, 10, 0};

static bool is_near(const lkv_release *release, lkv_cell cell,
                    const struct near *near)
{
    enum { FINER = 1000 };
    return lkv_truth_at_least(release, cell, near->least * FINER + 1,
                              near->decimals + 3) == LKV_TRUTH_YES &&
           lkv_truth_at_least(release, cell, near->most, near->decimals) ==
               LKV_TRUTH_NO;
}

/* The number of dots that are near. */
static int add_dots(lkv_chart_draft *chart, const lkv_writing *writing,
                    lkv_topic topic, int16_t slot, const struct near *near)
{
    const lkv_release *release = writing->ask->release;
    int count = 0;
    for (guint number = 1; number < writing->ask->frame->units->len; number++) {
        uint16_t unit = (uint16_t)number;
        const lkv_figure *there = of(writing, topic, unit, "difference");
        if (side_of(writing, topic, unit) != LKV_SIDE_UNKNOWN) {
            lkv_chart_draft_mark(chart, (lkv_mark){.kind = LKV_MARK_DOT,
                                                   .role = LKV_ROLE_QUIET,
                                                   .slot = slot,
                                                   .at = there->value});
            lkv_chart_draft_span(chart, there->value);
            count += is_near(release, there->value, near);
        }
    }
    return count;
}

static void add_distribution(lkv_chart_draft *chart, const lkv_writing *writing,
                             lkv_topic topic, bool shares)
{
    lkv_draft *draft = writing->draft;
    const struct near *near = shares ? &near_shares : &near_points;
    struct tally tally = tally_of(writing, topic);
    const lkv_arg schools =
        lkv_arg_name("schools", lkv_draft_name(draft, "%d", tally.told));
    lkv_text below =
        lkv_draft_say(draft, "by_size.schools", (lkv_arg[]){schools, {0}});
    int16_t slot = lkv_chart_draft_slot(
        chart,
        (lkv_slot_label){.label = lkv_writing_outcome(writing, topic),
                         .below = lkv_writing_staged(writing, topic, below)});
    int count = add_dots(chart, writing, topic, slot, near);
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)),
        schools,
        lkv_arg_name("near", near->text),
        lkv_arg_name("count", lkv_draft_name(draft, "%d", count)),
        lkv_arg_name("line", lkv_draft_name(draft, "%d", tally.in_line)),
        lkv_arg_name("above", lkv_draft_name(draft, "%d", tally.above)),
        lkv_arg_name("below", lkv_draft_name(draft, "%d", tally.below)),
        {0}};
    lkv_chart_draft_alt(chart,
                        lkv_draft_say(draft,
                                      shares ? "expected.spread_alt"
                                             : "expected.spread_alt_points",
                                      args));
}

/* That most are in line is said where it holds of each of TOPICS. */
static lkv_text distribution_title(const lkv_writing *writing,
                                   const GArray *topics)
{
    for (guint i = 0; i < topics->len; i++) {
        struct tally tally =
            tally_of(writing, g_array_index(topics, lkv_topic, i));
        if (2 * tally.in_line <= tally.told) {
            return lkv_writing_say(writing, "expected.spread_title");
        }
    }
    return lkv_writing_say(writing, "expected.spread_title_line");
}

static void add_distributions(const lkv_writing *writing, const GArray *topics,
                              bool shares)
{
    g_autoptr(GArray) alike = lkv_writing_alike(writing, topics, shares);
    if (alike->len == 0) {
        return;
    }
    lkv_chart_draft *chart =
        lkv_rows_new(writing, shares ? "distribution" : "distribution_points",
                     shares ? LKV_UNIT_SHARE_POINTS : LKV_UNIT_POINTS, true);
    chart->chart.title = distribution_title(writing, alike);
    chart->chart.reading =
        lkv_writing_say(writing, shares ? "expected.spread_reading"
                                        : "expected.spread_reading_points");
    for (guint i = 0; i < alike->len; i++) {
        add_distribution(chart, writing, g_array_index(alike, lkv_topic, i),
                         shares);
    }
    lkv_chart_draft_end(chart);
}

/* ---- the district's table -------------------------------------------------- */

static void add_table(const lkv_writing *writing, const GArray *topics)
{
    static const lkv_head heads[] = {{"attainment.outcome", LKV_LEFT, 5},
                                     {"attainment.stage", LKV_LEFT, 2},
                                     {"expected.schools", LKV_RIGHT, 2},
                                     {"expected.column_line", LKV_RIGHT, 2},
                                     {"expected.column_above", LKV_RIGHT, 2},
                                     {"expected.column_below", LKV_RIGHT, 2}};
    lkv_table_draft *table = lkv_table_draft_new(
        writing->draft, "schools", lkv_writing_say(writing, "expected.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        struct tally tally = tally_of(writing, topic);
        const int counts[] = {tally.told, tally.in_line, tally.above,
                              tally.below};
        lkv_table_draft_cell(table, lkv_writing_outcome(writing, topic));
        lkv_table_draft_cell(table,
                             lkv_writing_stage(writing, topic.population));
        for (size_t c = 0; c < G_N_ELEMENTS(counts); c++) {
            lkv_table_draft_cell(table, count_of(writing, counts[c]));
        }
    }
    lkv_table_draft_end(table);
}

static void build_district(const lkv_writing *writing)
{
    g_autoptr(GArray) topics = topics_of(writing);
    if (topics->len == 0) {
        return;
    }
    lkv_writing_heading(writing, lkv_writing_say(writing, "expected.heading"));
    lkv_draft_intro(writing->draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "expected.lead"));
    add_distributions(writing, topics, true);
    add_distributions(writing, topics, false);
    add_table(writing, topics);
    lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "expected.note_district"));
}

static void build(const lkv_writing *writing)
{
    if (lkv_writing_is_school(writing)) {
        build_school(writing);
    } else {
        build_district(writing);
    }
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_expected = {
    .id = "expected", .settings = settings, .build = build};
