/* The few figures that matter most, as cards: value, interval, and what the
 * district's is.
 */
#include "report/section.h"

enum { CARDS_MOST = 6 };

static lkv_text below_of(const lkv_writing *writing, lkv_topic topic,
                         const lkv_figure *own)
{
    lkv_draft *draft = writing->draft;
    g_autoptr(GArray) parts = lkv_texts_new();
    if (topic.population != writing->ask->leading ||
        !lkv_writing_is_school(writing)) {
        lkv_texts_add(parts, lkv_writing_stage(writing, topic.population));
    }
    lkv_texts_add(parts, lkv_writing_interval(writing, own));
    const lkv_figure *district = lkv_ask_level(writing->ask, topic, 0);
    if (lkv_writing_is_school(writing) && district) {
        lkv_texts_add(
            parts,
            lkv_draft_say(
                draft, "glance.district",
                (lkv_arg[]){lkv_arg_cell("value", district->value), {0}}));
    }
    return lkv_draft_join(draft, "join.dots", parts);
}

/* What a mean is a mean of stands on the page that prints it. */
static void add_definitions(const lkv_writing *writing, const GArray *topics)
{
    g_autoptr(GArray) said = lkv_texts_new();
    for (guint i = 0; i < topics->len; i++) {
        const lkv_topic *topic = &g_array_index(topics, lkv_topic, i);
        const lkv_outcome *outcome = lkv_ask_outcome(writing->ask, *topic);
        if (outcome->kind == LKV_POINTS && outcome->from_rules) {
            const char *key =
                lkv_draft_name(writing->draft, "definition.%s", outcome->id);
            lkv_texts_add(said, lkv_draft_say_or(
                                    writing->draft, key, "definition.points",
                                    (lkv_arg[]){lkv_arg_outcome("outcome",
                                                                topic->outcome),
                                                {0}}));
        }
    }
    lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                   lkv_draft_join(writing->draft, "join.sentences", said));
}

static void build(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    int most = lkv_writing_whole(writing, "most", CARDS_MOST);
    if (topics->len > (guint)most) {
        g_array_set_size(topics, (guint)most);
    }
    if (topics->len == 0) {
        return;
    }
    bool told = false;
    lkv_card *cards = g_new0(lkv_card, topics->len);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *own = lkv_ask_level(ask, topic, ask->unit);
        told = told || lkv_ask_told(ask, own);
        cards[i] = (lkv_card){.value = own->value,
                              .label = lkv_writing_outcome(writing, topic),
                              .below = below_of(writing, topic, own),
                              .own = lkv_writing_is_school(writing)};
    }
    lkv_draft_cards(writing->draft, cards, topics->len);
    g_free(cards);
    if (!told) {
        lkv_draft_text(
            writing->draft, LKV_BLOCK_PARAGRAPH,
            lkv_draft_say(writing->draft, "glance.all_hidden", NULL));
    }
    add_definitions(writing, topics);
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"most", LKV_SETTING_WHOLE}, {0}};

const lkv_section lkv_section_at_a_glance = {
    .id = "at_a_glance", .settings = settings, .build = build};
