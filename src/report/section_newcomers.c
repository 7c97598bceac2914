/* Pupils who have gone to school in the country for a short time: what they
 * reach stands apart, beside what the others do, since the two are not to be
 * read as one.
 */
#include "report/against.h"
#include "report/rows.h"

/* What a topic tells of a group and of those it is compared with. */
struct beside {
    lkv_topic topic;
    uint16_t group, value;
    const lkv_figure *own, *others, *all, *gap;
};

static struct beside beside_of(const lkv_ask *ask, const lkv_against *at)
{
    uint16_t reference = lkv_frame_group(ask->frame, at->group)->reference;
    return (struct beside){
        .topic = at->topic,
        .group = at->group,
        .value = at->leaf,
        .own = lkv_ask_level_in(ask, at->topic, 0, at->group, at->leaf),
        .others = lkv_ask_level_in(ask, at->topic, 0, at->group, reference),
        .all = lkv_ask_level(ask, at->topic, 0),
        .gap = lkv_against_figure(ask, at, "gap", ""),
    };
}

/* Those that the release has a difference of: array of struct beside. */
static GArray *all_beside(const lkv_writing *writing)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct beside));
    g_autoptr(GArray) topics =
        lkv_ask_named(writing->ask, lkv_writing_words(writing, "figures"));
    for (guint i = 0; i < topics->len; i++) {
        g_autoptr(GArray) groups =
            lkv_against_all(writing, g_array_index(topics, lkv_topic, i));
        for (guint g = 0; g < groups->len; g++) {
            struct beside at =
                beside_of(writing->ask, &g_array_index(groups, lkv_against, g));
            if (at.own && at.others && at.gap) {
                g_array_append_val(all, at);
            }
        }
    }
    return all;
}

static bool any_told(const lkv_writing *writing, const GArray *all)
{
    for (guint i = 0; i < all->len; i++) {
        if (lkv_ask_told(writing->ask,
                         g_array_index(all, struct beside, i).own)) {
            return true;
        }
    }
    return false;
}

static lkv_text group_of(const lkv_writing *writing, const struct beside *at)
{
    return lkv_draft_say(
        writing->draft, "value.group_value",
        (lkv_arg[]){lkv_arg_value("value", at->group, at->value), {0}});
}

/* ---- charts ---------------------------------------------------------------- */

static lkv_text below_of(const lkv_writing *writing, const struct beside *at)
{
    return lkv_draft_say(
        writing->draft, "join.dots",
        (lkv_arg[]){
            lkv_arg_said(writing->draft, "first", group_of(writing, at)),
            lkv_arg_said(writing->draft, "rest",
                         lkv_writing_below(writing, at->topic, at->own)),
            {0}});
}

static void add_row(const lkv_writing *writing, lkv_chart_draft *chart,
                    const struct beside *at)
{
    lkv_draft *draft = writing->draft;
    lkv_text own = lkv_writing_value(writing, at->own);
    lkv_text outcome = lkv_writing_outcome(writing, at->topic);
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, at->topic)),
        lkv_arg_value("group", at->group, at->value),
        lkv_arg_said(draft, "own", own),
        lkv_arg_value(
            "reference", at->group,
            lkv_frame_group(writing->ask->frame, at->group)->reference),
        lkv_arg_said(draft, "others", lkv_writing_value(writing, at->others)),
        {0}};
    lkv_rows_add(chart,
                 &(lkv_row){.label = outcome,
                            .below = below_of(writing, at),
                            .end = own,
                            .alt = lkv_draft_say(draft, "newcomers.alt", args),
                            .figure = at->own,
                            .role = LKV_ROLE_GROUP,
                            .tick = at->others->value});
}

/* What all intervals of differences bear, or none. */
static const char *title_of(const lkv_writing *writing, const GArray *all,
                            bool shares)
{
    guint told = 0, below = 0;
    for (guint i = 0; i < all->len; i++) {
        const struct beside *at = &g_array_index(all, struct beside, i);
        if (lkv_ask_is_share(writing->ask, at->topic) == shares) {
            told++;
            below += lkv_zero_side_of(writing->ask->release, at->gap) ==
                     LKV_SIDE_BELOW;
        }
    }
    bool lower = told > 0 && below == told;
    return shares  ? lower ? "newcomers.title_shares_below"
                           : "newcomers.title_shares"
           : lower ? "newcomers.title_points_below"
                   : "newcomers.title_points";
}

static void add_chart(const lkv_writing *writing, const GArray *all,
                      bool shares)
{
    lkv_chart_draft *chart =
        lkv_rows_new(writing, shares ? "shares" : "points",
                     shares ? LKV_UNIT_SHARE : LKV_UNIT_POINTS, false);
    chart->chart.title =
        lkv_writing_say(writing, title_of(writing, all, shares));
    chart->chart.reading = lkv_draft_say(
        writing->draft, "newcomers.reading",
        (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)), {0}});
    for (guint i = 0; i < all->len; i++) {
        const struct beside *at = &g_array_index(all, struct beside, i);
        if (lkv_ask_is_share(writing->ask, at->topic) == shares) {
            add_row(writing, chart, at);
        }
    }
    lkv_chart_draft_end(chart);
}

/* ---- the table ------------------------------------------------------------- */

static void add_table(const lkv_writing *writing, const GArray *all)
{
    static const lkv_head heads[] = {{"attainment.outcome", LKV_LEFT, 5},
                                     {"attainment.stage", LKV_LEFT, 2},
                                     {"newcomers.own", LKV_RIGHT, 3},
                                     {"newcomers.others", LKV_RIGHT, 3},
                                     {"value.all", LKV_RIGHT, 3}};
    lkv_table_draft *table = lkv_table_draft_new(
        writing->draft, "beside", lkv_writing_say(writing, "newcomers.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < all->len; i++) {
        const struct beside *at = &g_array_index(all, struct beside, i);
        lkv_table_draft_cell(table, lkv_writing_outcome(writing, at->topic));
        lkv_table_draft_cell(table,
                             lkv_writing_stage(writing, at->topic.population));
        lkv_table_draft_cell(table, lkv_writing_value(writing, at->own));
        lkv_table_draft_cell(table, lkv_writing_value(writing, at->others));
        lkv_table_draft_cell(table, lkv_writing_value(writing, at->all));
    }
    lkv_table_draft_end(table);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) all = all_beside(writing);
    if (all->len == 0) {
        return;
    }
    lkv_writing_heading(writing, lkv_writing_say(writing, "heading.newcomers"));
    if (!any_told(writing, all)) {
        lkv_draft_text(draft, LKV_BLOCK_PARAGRAPH,
                       lkv_writing_say(writing, "newcomers.all_hidden"));
        return;
    }
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "newcomers.lead"));
    add_chart(writing, all, true);
    add_chart(writing, all, false);
    add_table(writing, all);
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "newcomers.note"));
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"groups", LKV_SETTING_NAMES}, {0}};

const lkv_section lkv_section_newcomers = {
    .id = "newcomers", .settings = settings, .build = build};
