/* What stands out at a school, as sentences by rule: what is clear of chance
 * among all schools first, then what a single interval bears. When nothing
 * does, that is said, and that it does not mean that all is well: how great a
 * difference would have been told stands beneath, in as few lines as page one
 * has room for.
 */
#include "report/section.h"

enum { FINDINGS_MOST = 5 };

/* What has been found, and how many comparisons there were figures for. */
struct search {
    const lkv_writing *writing;
    GArray *found; /* lkv_text */
    GArray *unseen; /* lkv_figure pointers: what comparisons told nothing */
    guint tested;
};

static lkv_text sentence(const lkv_writing *writing, const char *key,
                         lkv_topic topic, const lkv_figure *figure)
{
    lkv_draft *draft = writing->draft;
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)),
        lkv_arg_said(draft, "value",
                     lkv_writing_difference_full(writing, figure)),
        {0}};
    return lkv_draft_say(draft, key, args);
}

/* FIGURE tells nothing: how great it would have to be is to be said. */
static void add_unseen(struct search *search, const lkv_figure *figure)
{
    const lkv_release *release = search->writing->ask->release;
    if (lkv_writing_status(search->writing, figure->detectable) == LKV_OK &&
        lkv_zero_side_of(release, figure) == LKV_SIDE_NEITHER) {
        g_array_append_val(search->unseen, figure);
    }
}

/* From the least to the greatest difference that those of UNIT would have told;
 * no text without one of them.
 */
static lkv_text range_of(const struct search *search, lkv_value_unit unit)
{
    const lkv_release *release = search->writing->ask->release;
    bool share = unit == LKV_UNIT_SHARE_POINTS;
    lkv_cell low = 0, high = 0;
    for (guint i = 0; i < search->unseen->len; i++) {
        const lkv_figure *at =
            g_array_index(search->unseen, const lkv_figure *, i);
        if (at->unit_of_value != unit) {
            continue;
        }
        lkv_cell cell = at->detectable;
        if (low == 0 || lkv_truth_less(release, cell, low) == LKV_TRUTH_YES) {
            low = cell;
        }
        if (high == 0 || lkv_truth_less(release, high, cell) == LKV_TRUTH_YES) {
            high = cell;
        }
    }
    if (low == 0) {
        return (lkv_text){0};
    }
    bool alike = lkv_truth_less(release, low, high) != LKV_TRUTH_YES;
    return lkv_draft_say(
        search->writing->draft,
        alike   ? share ? "finding.unseen_share" : "finding.unseen_points"
        : share ? "finding.unseen_shares"
                : "finding.unseen_points_range",
        (lkv_arg[]){lkv_arg_cell("low", low), lkv_arg_cell("high", high), {0}});
}

/* KEYS for a difference above and below 0; SIDE is where it lies. */
static void add_side(struct search *search, lkv_topic topic,
                     const lkv_figure *figure, lkv_zero_side side,
                     const char *const keys[2])
{
    if (side == LKV_SIDE_UNKNOWN) {
        return;
    }
    search->tested++;
    if (side == LKV_SIDE_NEITHER || side == LKV_SIDE_SMALL) {
        add_unseen(search, figure);
        return;
    }
    lkv_texts_add(search->found, sentence(search->writing,
                                          keys[side == LKV_SIDE_ABOVE ? 0 : 1],
                                          topic, figure));
}

static void against_district(struct search *search, lkv_topic topic)
{
    static const char *const keys[] = {"finding.above", "finding.below"};
    const lkv_ask *ask = search->writing->ask;
    const lkv_figure *figure =
        lkv_ask_measure(ask, topic, ask->unit, "against_district", "");
    add_side(search, topic, figure, lkv_zero_side_flagged(ask->release, figure),
             keys);
}

static void against_expected(struct search *search, lkv_topic topic)
{
    static const char *const keys[] = {"finding.expected_above",
                                       "finding.expected_below"};
    const lkv_ask *ask = search->writing->ask;
    const lkv_figure *figure =
        lkv_ask_measure(ask, topic, ask->unit, "expected", "difference");
    add_side(search, topic, figure, lkv_zero_side_of(ask->release, figure),
             keys);
}

static void against_last_year(struct search *search, lkv_topic topic)
{
    static const char *const keys[] = {"finding.rose", "finding.fell"};
    const lkv_ask *ask = search->writing->ask;
    const lkv_figure *figure =
        lkv_ask_measure(ask, topic, ask->unit, "change", "");
    add_side(search, topic, figure, lkv_change_side_of(ask->release, figure),
             keys);
}

static void add_gap(struct search *search, lkv_topic topic, uint16_t group,
                    uint16_t leaf)
{
    const lkv_writing *writing = search->writing;
    const lkv_ask *ask = writing->ask;
    lkv_draft *draft = writing->draft;
    const lkv_wanted where = {
        .unit = ask->unit, .group_by = (uint16_t)(group + 1U), .group = leaf};
    const lkv_figure *gap = lkv_ask_gap(ask, topic, &where, "");
    lkv_zero_side side = lkv_zero_side_of(ask->release, gap);
    if (side == LKV_SIDE_UNKNOWN) {
        return;
    }
    search->tested++;
    const lkv_arg args[] = {
        lkv_arg_said(draft, "outcome", lkv_writing_topic(writing, topic)),
        lkv_arg_value("group", group, leaf),
        lkv_arg_value("reference", group,
                      lkv_frame_group(ask->frame, group)->reference),
        lkv_arg_group("groups", group),
        lkv_arg_said(draft, "value", lkv_writing_difference_full(writing, gap)),
        {0}};
    if (side == LKV_SIDE_NEITHER) {
        add_unseen(search, gap);
        return;
    }
    lkv_texts_add(search->found, lkv_draft_say(draft, "finding.gap", args));
}

static void gaps(struct search *search, lkv_topic topic)
{
    const lkv_ask *ask = search->writing->ask;
    g_autoptr(GArray) groups =
        lkv_ask_groups(ask, lkv_writing_words(search->writing, "groups"));
    for (guint i = 0; i < groups->len; i++) {
        uint16_t group = g_array_index(groups, uint16_t, i);
        lkv_axis axis = lkv_frame_group(ask->frame, group)->axis;
        for (size_t leaf = 0; leaf < lkv_cube_leaves(ask->frame->cube, axis);
             leaf++) {
            add_gap(search, topic, group, (uint16_t)leaf);
        }
    }
}

static const struct comparison {
    void (*search)(struct search *, lkv_topic);
    const char *unseen;
} comparisons[] = {
    {against_district, "finding.unseen_district"},
    {against_expected, "finding.unseen_expected"},
    {against_last_year, "finding.unseen_year"},
    {gaps, "finding.unseen_gaps"},
};

/* Each comparison of every figure before the next comparison; returns what
 * would have been told.
 */
static lkv_text search_all(struct search *search)
{
    lkv_draft *draft = search->writing->draft;
    g_autoptr(GArray) topics = lkv_ask_topics(
        search->writing->ask, lkv_writing_words(search->writing, "figures"));
    g_autoptr(GArray) said = lkv_texts_new();
    for (size_t c = 0; c < G_N_ELEMENTS(comparisons); c++) {
        g_array_set_size(search->unseen, 0);
        for (guint i = 0; i < topics->len; i++) {
            comparisons[c].search(search, g_array_index(topics, lkv_topic, i));
        }
        g_autoptr(GArray) ranges = lkv_texts_new();
        lkv_texts_add(ranges, range_of(search, LKV_UNIT_SHARE_POINTS));
        lkv_texts_add(ranges, range_of(search, LKV_UNIT_POINTS));
        lkv_text items = lkv_draft_join(draft, "join.semicolon", ranges);
        if (items.key) {
            lkv_texts_add(
                said,
                lkv_draft_say(
                    draft, comparisons[c].unseen,
                    (lkv_arg[]){lkv_arg_said(draft, "items", items), {0}}));
        }
    }
    return lkv_draft_join(draft, "join.sentences", said);
}

static void add_unseen_note(const lkv_writing *writing, lkv_text unseen)
{
    if (unseen.key && lkv_writing_chosen(writing, "unseen")) {
        lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                       lkv_draft_say(writing->draft, "finding.unseen",
                                     (lkv_arg[]){lkv_arg_said(writing->draft,
                                                              "items", unseen),
                                                 {0}}));
    }
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) found = lkv_texts_new();
    g_autoptr(GArray) unseen =
        g_array_new(FALSE, FALSE, sizeof(const lkv_figure *));
    struct search search = {
        .writing = writing, .found = found, .unseen = unseen};
    lkv_text told_from = search_all(&search);
    int most = lkv_writing_whole(writing, "most", FINDINGS_MOST);
    g_array_set_size(found, MIN(found->len, (guint)MAX(most, 0)));
    lkv_writing_heading(
        writing, lkv_writing_say(writing, found->len > 0 ? "finding.heading"
                                          : search.tested > 0
                                              ? "finding.heading_none"
                                              : "finding.heading_untold"));
    lkv_draft_list(draft, found);
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, found->len > 0 ? "finding.rest"
                                            : search.tested > 0
                                                ? "finding.nothing"
                                                : "finding.not_tested"));
    add_unseen_note(writing, told_from);
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {"groups", LKV_SETTING_NAMES},
                                            {"most", LKV_SETTING_WHOLE},
                                            {"unseen", LKV_SETTING_CHOICE},
                                            {0}};

const lkv_section lkv_section_findings = {
    .id = "findings", .settings = settings, .build = build};
