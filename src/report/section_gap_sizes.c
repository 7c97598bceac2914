/* How large a gap is in other words: how many more pupils it would take, and
 * how often a pupil of the group lies ahead.
 */
#include "report/against.h"

static const lkv_figure *of(const lkv_writing *writing, const lkv_against *at,
                            const char *component)
{
    return lkv_against_figure(writing->ask, at, "gap_scales", component);
}

static void add_row(const lkv_writing *writing, lkv_table_draft *table,
                    const lkv_against *at, bool shares)
{
    const lkv_group *group = lkv_frame_group(writing->ask->frame, at->group);
    const lkv_figure *first = of(writing, at, shares ? "pupils_to_close" : "g");
    const lkv_figure *second =
        of(writing, at, shares ? "risk_ratio" : "p_above");
    if (!lkv_ask_told(writing->ask, first) &&
        !lkv_ask_told(writing->ask, second)) {
        return;
    }
    lkv_table_draft_cell(
        table,
        lkv_draft_say(
            writing->draft, "gaps.pair",
            (lkv_arg[]){lkv_arg_value("group", at->group, at->leaf),
                        lkv_arg_value("reference", at->group, group->reference),
                        {0}}));
    lkv_table_draft_cell(
        table, shares ? lkv_writing_cell(writing, first ? first->value : 0)
                      : lkv_writing_ratio(writing, first, 2));
    lkv_table_draft_cell(table, shares ? lkv_writing_ratio(writing, second, 1)
                                       : lkv_writing_per_cent(writing, second));
}

static void add_groups(const lkv_writing *writing, lkv_table_draft *table,
                       lkv_topic topic, bool shares)
{
    g_autoptr(GArray) all = lkv_against_all(writing, topic);
    for (guint i = 0; i < all->len; i++) {
        add_row(writing, table, &g_array_index(all, lkv_against, i), shares);
    }
}

/* One table of shares and one of points: each outcome heads its rows. */
static void add_table(const lkv_writing *writing, const GArray *topics,
                      bool shares)
{
    static const lkv_head of_shares[] = {{"gaps.column_pair", LKV_LEFT, 6},
                                         {"sizes.pupils", LKV_RIGHT, 3},
                                         {"sizes.ratio", LKV_RIGHT, 4}};
    static const lkv_head of_points[] = {{"gaps.column_pair", LKV_LEFT, 6},
                                         {"sizes.g", LKV_RIGHT, 3},
                                         {"sizes.ahead", LKV_RIGHT, 4}};
    lkv_table_draft *table = lkv_table_draft_new(
        writing->draft, shares ? "shares" : "points",
        lkv_writing_say(writing,
                        shares ? "sizes.table" : "sizes.table_points"));
    lkv_writing_heads(writing, table, shares ? of_shares : of_points,
                      G_N_ELEMENTS(of_shares));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_table_draft_head(table, lkv_writing_topic(writing, topic));
        add_groups(writing, table, topic, shares);
    }
    lkv_table_draft_end(table);
}

/* Whether any group of TOPIC has a figure: a head never stands alone. */
static bool is_there(const lkv_writing *writing, lkv_topic topic, bool shares)
{
    g_autoptr(GArray) all = lkv_against_all(writing, topic);
    for (guint i = 0; i < all->len; i++) {
        if (lkv_ask_told(writing->ask,
                         of(writing, &g_array_index(all, lkv_against, i),
                            shares ? "pupils_to_close" : "g"))) {
            return true;
        }
    }
    return false;
}

static GArray *there(const lkv_writing *writing, const GArray *topics,
                     bool shares)
{
    GArray *found = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_is_share(writing->ask, topic) == shares &&
            is_there(writing, topic, shares)) {
            g_array_append_val(found, topic);
        }
    }
    return found;
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_ask_topics(writing->ask, lkv_writing_words(writing, "figures"));
    g_autoptr(GArray) shares = there(writing, topics, true);
    g_autoptr(GArray) points = there(writing, topics, false);
    if (shares->len + points->len == 0) {
        return;
    }
    lkv_draft_heading(draft, 2, lkv_writing_say(writing, "sizes.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "sizes.lead"));
    if (shares->len > 0) {
        add_table(writing, shares, true);
    }
    if (points->len > 0) {
        add_table(writing, points, false);
    }
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "sizes.note"));
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"groups", LKV_SETTING_NAMES}, {0}};

const lkv_section lkv_section_gap_sizes = {
    .id = "gap_sizes", .settings = settings, .build = build};
