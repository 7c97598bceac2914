/* The report's figures beside those that an authority has published: how far
 * they lie apart, and how many pupils are counted under each choice of whom to
 * count.
 */
#include "report/aim.h"

#include <string.h>

/* An official figure and the own one. */
struct pair {
    const lkv_official_spec *official;
    lkv_aim own;
};

/* Whom one may count: so many pupils, and the figure of them if there is one. */
struct counted {
    lkv_text label;
    lkv_cell pupils, value;
};

static GArray *pairs_of(const lkv_writing *writing)
{
    GArray *pairs = g_array_new(FALSE, TRUE, sizeof(struct pair));
    for (size_t i = 0; i < writing->plan->official_count; i++) {
        struct pair pair = {.official = &writing->plan->officials[i]};
        if (lkv_aim_find(writing->ask, &pair.official->about, &pair.own)) {
            g_array_append_val(pairs, pair);
        }
    }
    return pairs;
}

/* ---- figures --------------------------------------------------------------- */

static lkv_stated value_of(const struct pair *pair)
{
    return (lkv_stated){pair->official->value.mantissa,
                        pair->official->value.decimals};
}

static lkv_stated pupils_of(const struct pair *pair)
{
    return (lkv_stated){pair->official->pupils, 0};
}

static lkv_text alone(const lkv_writing *writing, lkv_arg arg)
{
    return lkv_draft_say(writing->draft, "value.alone", (lkv_arg[]){arg, {0}});
}

static void add_figure(const lkv_writing *writing, lkv_table_draft *table,
                       const struct pair *pair)
{
    bool share = lkv_ask_is_share(writing->ask, pair->own.topic);
    lkv_table_draft_cell(table, lkv_writing_topic(writing, pair->own.topic));
    lkv_table_draft_cell(table,
                         lkv_writing_cell(writing, pair->own.level->value));
    lkv_table_draft_cell(
        table, alone(writing, lkv_arg_stated("value", value_of(pair), share)));
    lkv_table_draft_cell(
        table, alone(writing, lkv_arg_apart("value", pair->own.level->value,
                                            value_of(pair))));
    lkv_table_draft_cell(
        table,
        alone(writing,
              lkv_arg_name("value", lkv_draft_name(writing->draft, "%s",
                                                   pair->official->source))));
}

static void add_figures(const lkv_writing *writing, const GArray *pairs)
{
    static const lkv_head heads[] = {{"official.column_outcome", LKV_LEFT, 7},
                                     {"official.column_own", LKV_RIGHT, 3},
                                     {"official.column_official", LKV_RIGHT, 3},
                                     {"official.column_apart", LKV_RIGHT, 3},
                                     {"official.column_source", LKV_LEFT, 6}};
    lkv_table_draft *table = lkv_table_draft_new(
        writing->draft, "figures", lkv_writing_say(writing, "official.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < pairs->len; i++) {
        add_figure(writing, table, &g_array_index(pairs, struct pair, i));
    }
    lkv_table_draft_end(table);
}

/* ---- whom one may count ---------------------------------------------------- */

static void add_counted(GArray *all, lkv_text label, const lkv_figure *level)
{
    if (level) {
        const struct counted counted = {label, level->n, level->value};
        g_array_append_val(all, counted);
    }
}

/* As in the report, then under each variant, then the steps of the waterfall:
 * array of struct counted.
 */
static GArray *counted_of(const lkv_writing *writing, const struct pair *pair)
{
    const lkv_ask *ask = writing->ask;
    lkv_topic topic = pair->own.topic;
    GArray *all = g_array_new(FALSE, TRUE, sizeof(struct counted));
    add_counted(all, lkv_writing_say(writing, "other_choices.main"),
                pair->own.level);
    for (guint i = 1; i < ask->frame->variants->len; i++) {
        const char *key = lkv_draft_name(writing->draft, "other_choices.%s",
                                         lkv_frame_variant(ask->frame, i)->id);
        add_counted(all, lkv_writing_say(writing, key),
                    lkv_ask_level_under(ask, topic, 0, (uint16_t)i));
    }
    for (size_t i = 0; i < lkv_release_steps(ask->release); i++) {
        const lkv_release_step *at = lkv_release_step_at(ask->release, i);
        const char *key =
            lkv_draft_name(writing->draft, "waterfall.%s", at->step);
        const struct counted step = {lkv_writing_say(writing, key), at->pupils,
                                     0};
        if (at->population == topic.population && at->unit == 0) {
            g_array_append_val(all, step);
        }
    }
    return all;
}

static void add_row(const lkv_writing *writing, lkv_table_draft *table,
                    const struct pair *pair, const struct counted *counted)
{
    lkv_text none = {0};
    bool stated = pair->official->pupils > 0;
    lkv_table_draft_cell(table, counted->label);
    lkv_table_draft_cell(table, lkv_writing_cell(writing, counted->pupils));
    lkv_table_draft_cell(
        table, stated ? alone(writing, lkv_arg_apart("value", counted->pupils,
                                                     pupils_of(pair)))
                      : none);
    lkv_table_draft_cell(table, counted->value
                                    ? lkv_writing_cell(writing, counted->value)
                                    : none);
    lkv_table_draft_cell(
        table, counted->value
                   ? alone(writing, lkv_arg_apart("value", counted->value,
                                                  value_of(pair)))
                   : none);
}

static void add_populations(const lkv_writing *writing, const GArray *pairs)
{
    static const lkv_head heads[] = {
        {"official.column_step", LKV_LEFT, 7},
        {"official.column_pupils", LKV_RIGHT, 3},
        {"official.column_pupils_apart", LKV_RIGHT, 4},
        {"official.column_value", LKV_RIGHT, 3},
        {"official.column_value_apart", LKV_RIGHT, 4}};
    lkv_table_draft *table =
        lkv_table_draft_new(writing->draft, "populations",
                            lkv_writing_say(writing, "official.populations"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < pairs->len; i++) {
        const struct pair *pair = &g_array_index(pairs, struct pair, i);
        g_autoptr(GArray) all = counted_of(writing, pair);
        lkv_table_draft_head(table,
                             lkv_writing_topic(writing, pair->own.topic));
        for (guint c = 0; c < all->len; c++) {
            add_row(writing, table, pair,
                    &g_array_index(all, struct counted, c));
        }
    }
    lkv_table_draft_end(table);
}

/* ---- which of them comes nearest ------------------------------------------- */

/* How far CELL lies from so many PUPILS; -1 where that is not told. */
static int64_t distance(const lkv_release *release, lkv_cell cell,
                        int64_t pupils)
{
    lkv_shown shown = lkv_release_at(release, cell);
    double apart = lkv_shown_number(shown) - (double)pupils;
    return shown.status == LKV_OK ? (int64_t)(apart < 0 ? -apart : apart) : -1;
}

/* The first of ALL that lies nearest, or NULL. */
static const struct counted *nearest(const lkv_release *release,
                                     const GArray *all, int64_t pupils)
{
    const struct counted *found = NULL;
    int64_t least = INT64_MAX;
    for (guint i = 0; i < all->len; i++) {
        const struct counted *at = &g_array_index(all, struct counted, i);
        int64_t apart = distance(release, at->pupils, pupils);
        if (apart >= 0 && apart < least) {
            least = apart;
            found = at;
        }
    }
    return found;
}

static lkv_text reading_of(const lkv_writing *writing, const struct pair *pair)
{
    const lkv_release *release = writing->ask->release;
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) all = counted_of(writing, pair);
    int64_t pupils = pair->official->pupils;
    const struct counted *at =
        pupils > 0 ? nearest(release, all, pupils) : NULL;
    if (!at) {
        return (lkv_text){0};
    }
    lkv_text outcome = lkv_writing_topic(writing, pair->own.topic);
    const lkv_arg args[] = {lkv_arg_said(draft, "outcome", outcome),
                            lkv_arg_stated("pupils", pupils_of(pair), false),
                            lkv_arg_said(draft, "step", at->label),
                            lkv_arg_cell("n", at->pupils),
                            lkv_arg_apart("apart", at->pupils, pupils_of(pair)),
                            {0}};
    const lkv_arg same[] = {args[0], args[1], args[2], {0}};
    return distance(release, at->pupils, pupils) == 0
               ? lkv_draft_say(draft, "official.same", same)
               : lkv_draft_say(draft, "official.nearest", args);
}

static void build(const lkv_writing *writing)
{
    g_autoptr(GArray) pairs = pairs_of(writing);
    g_autoptr(GArray) readings = lkv_texts_new();
    lkv_draft *draft = writing->draft;
    if (pairs->len == 0) {
        return;
    }
    lkv_writing_heading(writing, lkv_writing_say(writing, "official.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "official.lead"));
    add_figures(writing, pairs);
    add_populations(writing, pairs);
    for (guint i = 0; i < pairs->len; i++) {
        lkv_text reading =
            reading_of(writing, &g_array_index(pairs, struct pair, i));
        if (reading.key) {
            lkv_texts_add(readings, reading);
        }
    }
    lkv_draft_list(draft, readings);
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "official.note"));
}

const lkv_section lkv_section_official = {.id = "official", .build = build};
