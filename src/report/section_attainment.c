/* How many pupils did not reach the goals: numbers first, then shares with
 * their intervals, and how many are not known.
 */
#include "report/section.h"

static void add_columns(const lkv_writing *writing, lkv_table_draft *table)
{
    static const struct column {
        const char *key;
        lkv_side side;
        uint8_t weight;
    } columns[] = {{"attainment.outcome", LKV_LEFT, 5},
                   {"attainment.stage", LKV_LEFT, 2},
                   {"attainment.not", LKV_RIGHT, 2},
                   {"attainment.share", LKV_RIGHT, 4},
                   {"attainment.n", LKV_RIGHT, 2},
                   {"attainment.missing", LKV_RIGHT, 2}};
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        lkv_table_draft_column(
            table, lkv_draft_say(writing->draft, columns[i].key, NULL),
            columns[i].side, columns[i].weight);
    }
}

static void add_row(const lkv_writing *writing, lkv_table_draft *table,
                    lkv_topic topic)
{
    const lkv_ask *ask = writing->ask;
    const lkv_figure *share = lkv_ask_level(ask, topic, ask->unit);
    const lkv_figure *not_reached =
        lkv_ask_measure(ask, topic, ask->unit, "share", "count_no");
    lkv_table_draft_cell(table, lkv_writing_outcome(writing, topic));
    lkv_table_draft_cell(table, lkv_writing_stage(writing, topic.population));
    lkv_table_draft_cell(
        table, lkv_writing_cell(writing, not_reached ? not_reached->value : 0));
    lkv_table_draft_cell(table, lkv_writing_value(writing, share));
    lkv_table_draft_cell(table, lkv_writing_cell(writing, share->n));
    lkv_table_draft_cell(table, lkv_writing_cell(writing, share->missing));
}

/* The sentence that the report begins with. */
static lkv_text lead_of(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_ask *ask = writing->ask;
    const lkv_figure *not_reached =
        lkv_ask_measure(ask, topic, ask->unit, "share", "count_no");
    lkv_text stage = lkv_writing_stage(writing, topic.population);
    if (lkv_ask_status(ask, not_reached) != LKV_OK || !stage.key) {
        return (lkv_text){0};
    }
    return lkv_draft_say(
        writing->draft, "attainment.lead",
        (lkv_arg[]){lkv_arg_cell("n", not_reached->value),
                    lkv_arg_said(writing->draft, "stage", stage),
                    lkv_arg_outcome("outcome", topic.outcome),
                    {0}});
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    lkv_table_draft *table = lkv_table_draft_new(
        draft, "numbers", lkv_draft_say(draft, "attainment.table", NULL));
    add_columns(writing, table);
    lkv_text lead = {0};
    guint rows = 0;
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_outcome(ask, topic)->kind == LKV_YES_NO) {
            lead = lead.key ? lead : lead_of(writing, topic);
            add_row(writing, table, topic);
            rows++;
        }
    }
    if (rows > 0) {
        lkv_draft_heading(draft, 2,
                          lkv_draft_say(draft, "heading.attainment", NULL));
        lkv_draft_text(draft, LKV_BLOCK_PARAGRAPH, lead);
    }
    lkv_table_draft_end(table);
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_attainment = {
    .id = "attainment", .settings = settings, .build = build};
