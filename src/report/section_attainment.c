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

/* How many did not reach the goal and what share did, in a sentence of the
 * outcome's own; no text where neither is told.
 */
static lkv_text sentence_of(const lkv_writing *writing, lkv_topic topic)
{
    lkv_draft *draft = writing->draft;
    const lkv_ask *ask = writing->ask;
    const char *id = lkv_ask_outcome(ask, topic)->id;
    const lkv_figure *share = lkv_ask_level(ask, topic, ask->unit);
    const lkv_figure *not_reached =
        lkv_ask_measure(ask, topic, ask->unit, "share", "count_no");
    lkv_text stage = lkv_writing_stage(writing, topic.population);
    if (!stage.key) {
        return (lkv_text){0};
    }
    if (lkv_ask_status(ask, not_reached) == LKV_OK &&
        lkv_ask_status(ask, share) == LKV_OK) {
        const lkv_arg args[] = {
            lkv_arg_cell("n", not_reached->value),
            lkv_arg_said(draft, "stage", stage),
            lkv_arg_said(draft, "share", lkv_writing_value(writing, share)),
            lkv_arg_outcome("outcome", topic.outcome),
            {0}};
        return lkv_draft_say_or(draft, lkv_draft_name(draft, "failed.%s", id),
                                "failed.other", args);
    }
    if (!lkv_ask_told(ask, share)) {
        return (lkv_text){0};
    }
    const lkv_arg args[] = {
        lkv_arg_said(draft, "stage", stage),
        lkv_arg_said(draft, "share", lkv_writing_value(writing, share)),
        lkv_arg_outcome("outcome", topic.outcome),
        {0}};
    return lkv_draft_say_or(draft, lkv_draft_name(draft, "reached.%s", id),
                            "reached.other", args);
}

/* At most MOST sentences of TOPICS, of those in population ONLY unless that is
 * LKV_NO_VALUE: array of lkv_text.
 */
static GArray *sentences_of(const lkv_writing *writing, const GArray *topics,
                            uint16_t only, guint most)
{
    GArray *said = lkv_texts_new();
    for (guint i = 0; i < topics->len && said->len < most; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_text sentence = {0};
        if (only == LKV_NO_VALUE || only == topic.population) {
            sentence = sentence_of(writing, topic);
        }
        if (sentence.key) {
            lkv_texts_add(said, sentence);
        }
    }
    return said;
}

/* The sentences that the section begins with: of the last year of schooling,
 * and where nothing is told of that, of the first topic that is told of.
 */
static lkv_text lead_of(const lkv_writing *writing, const GArray *topics)
{
    enum { SENTENCES = 2 };
    g_autoptr(GArray) last =
        sentences_of(writing, topics, writing->ask->leading, SENTENCES);
    g_autoptr(GArray) any = sentences_of(writing, topics, LKV_NO_VALUE, 1);
    return lkv_draft_join(writing->draft, "join.sentences",
                          last->len > 0 ? last : any);
}

/* Those of the definition's figures that are reached or not. */
static GArray *goals_of(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    GArray *goals = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_outcome(ask, topic)->kind == LKV_YES_NO) {
            g_array_append_val(goals, topic);
        }
    }
    return goals;
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) topics = goals_of(writing);
    if (topics->len == 0) {
        return;
    }
    lkv_writing_heading(writing,
                        lkv_draft_say(draft, "heading.attainment", NULL));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH, lead_of(writing, topics));
    lkv_table_draft *table = lkv_table_draft_new(
        draft, "numbers", lkv_draft_say(draft, "attainment.table", NULL));
    add_columns(writing, table);
    for (guint i = 0; i < topics->len; i++) {
        add_row(writing, table, g_array_index(topics, lkv_topic, i));
    }
    lkv_table_draft_end(table);
}

static const lkv_setting_rule settings[] = {{"figures", LKV_SETTING_NAMES},
                                            {0}};

const lkv_section lkv_section_attainment = {
    .id = "attainment", .settings = settings, .build = build};
