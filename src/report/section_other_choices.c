/* Whether the picture holds when a choice is made otherwise: key results as in
 * the report, and again with one choice changed at a time.
 */
#include "report/section.h"

/* The figures of a topic under one variant. */
typedef struct lkv_choice_row {
    const lkv_figure *level, *spread, *between, *explained;
} lkv_choice_row;

static lkv_choice_row row_of(const lkv_writing *writing, lkv_topic topic,
                             uint16_t variant)
{
    static const char *const components[] = {"sigma_b", "icc",
                                             "given_explained"};
    const lkv_figure *found[G_N_ELEMENTS(components)];
    for (size_t i = 0; i < G_N_ELEMENTS(components); i++) {
        found[i] = lkv_ask_find(
            writing->ask, &(lkv_wanted){.topic = topic,
                                        .variant = variant,
                                        .measure = "spread_between_schools",
                                        .component = components[i]});
    }
    return (lkv_choice_row){
        lkv_ask_level_under(writing->ask, topic, 0, variant), found[0],
        found[1], found[2]};
}

static bool is_there(const lkv_choice_row *row)
{
    return row->level || row->spread || row->between || row->explained;
}

/* Variants that TOPIC has figures of, but the main one: array of uint16_t. */
static GArray *variants_of(const lkv_writing *writing, lkv_topic topic)
{
    GArray *variants = g_array_new(FALSE, TRUE, sizeof(uint16_t));
    for (guint i = 1; i < writing->ask->frame->variants->len; i++) {
        uint16_t variant = (uint16_t)i;
        lkv_choice_row row = row_of(writing, topic, variant);
        if (is_there(&row)) {
            g_array_append_val(variants, variant);
        }
    }
    return variants;
}

static lkv_text explained_of(const lkv_writing *writing,
                             const lkv_figure *figure)
{
    return lkv_ask_told(writing->ask, figure)
               ? lkv_draft_say(
                     writing->draft, "value.alone",
                     (lkv_arg[]){lkv_arg_most(lkv_arg_per_cent(lkv_arg_cell(
                                                  "value", figure->value)),
                                              0),
                                 {0}})
               : lkv_writing_cell(writing, figure ? figure->value : 0);
}

static void add_row(const lkv_writing *writing, lkv_table_draft *table,
                    const char *label, const lkv_choice_row *row)
{
    lkv_table_draft_cell(table, lkv_writing_say(writing, label));
    lkv_table_draft_cell(table, lkv_writing_value(writing, row->level));
    lkv_table_draft_cell(table, lkv_writing_value(writing, row->spread));
    lkv_table_draft_cell(table, lkv_writing_per_cent(writing, row->between));
    lkv_table_draft_cell(table, explained_of(writing, row->explained));
}

static void add_table(const lkv_writing *writing, lkv_topic topic,
                      const GArray *variants)
{
    static const lkv_head heads[] = {{"other_choices.choice", LKV_LEFT, 6},
                                     {"other_choices.level", LKV_RIGHT, 3},
                                     {"other_choices.spread", LKV_RIGHT, 4},
                                     {"other_choices.between", LKV_RIGHT, 3},
                                     {"other_choices.explained", LKV_RIGHT, 2}};
    lkv_draft *draft = writing->draft;
    const lkv_frame *frame = writing->ask->frame;
    const lkv_outcome *outcome = lkv_ask_outcome(writing->ask, topic);
    lkv_table_draft *table = lkv_table_draft_new(
        draft,
        lkv_draft_name(draft, "choices-%s-%s",
                       lkv_ask_population(writing->ask, topic)->stage,
                       outcome->id),
        lkv_writing_topic(writing, topic));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    lkv_choice_row main = row_of(writing, topic, 0);
    add_row(writing, table, "other_choices.main", &main);
    for (guint i = 0; i < variants->len; i++) {
        uint16_t variant = g_array_index(variants, uint16_t, i);
        const char *key = lkv_draft_name(draft, "other_choices.%s",
                                         lkv_frame_variant(frame, variant)->id);
        lkv_choice_row row = row_of(writing, topic, variant);
        add_row(writing, table, key, &row);
    }
    lkv_table_draft_end(table);
}

/* Whether the spread under other choices lies in the report's own interval. */
typedef struct lkv_holding {
    guint within, outside;
} lkv_holding;

static void hold_against(const lkv_writing *writing, lkv_topic topic,
                         const GArray *variants, lkv_holding *holding)
{
    const lkv_release *release = writing->ask->release;
    const lkv_figure *own = row_of(writing, topic, 0).spread;
    for (guint i = 0; own && i < variants->len; i++) {
        const lkv_figure *other =
            row_of(writing, topic, g_array_index(variants, uint16_t, i)).spread;
        if (!other || own->low == 0 || own->high == 0) {
            continue;
        }
        lkv_truth below = lkv_truth_less(release, other->value, own->low);
        lkv_truth above = lkv_truth_less(release, own->high, other->value);
        holding->within += below == LKV_TRUTH_NO && above == LKV_TRUTH_NO;
        holding->outside += below == LKV_TRUTH_YES || above == LKV_TRUTH_YES;
    }
}

static const char *finding_of(const lkv_holding *holding)
{
    return holding->outside > 0  ? "other_choices.moves"
           : holding->within > 0 ? "other_choices.holds"
                                 : "other_choices.untold";
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics =
        lkv_ask_named(writing->ask, lkv_writing_words(writing, "figures"));
    lkv_holding holding = {0};
    bool some = false;
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        g_autoptr(GArray) variants = variants_of(writing, topic);
        some = some || variants->len > 0;
        hold_against(writing, topic, variants, &holding);
    }
    if (!some) {
        return;
    }
    lkv_draft_heading(draft, 2,
                      lkv_writing_say(writing, "other_choices.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "other_choices.lead"));
    lkv_draft_text(draft, LKV_BLOCK_PARAGRAPH,
                   lkv_writing_say(writing, finding_of(&holding)));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        g_autoptr(GArray) variants = variants_of(writing, topic);
        if (variants->len > 0) {
            add_table(writing, topic, variants);
        }
    }
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "other_choices.note"));
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_other_choices = {
    .id = "other_choices", .settings = settings, .build = build};
