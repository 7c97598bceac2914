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
    lkv_texts_add(parts, lkv_writing_stage(writing, topic.population));
    lkv_texts_add(parts, lkv_writing_interval(writing, own));
    const lkv_figure *district = lkv_ask_level(writing->ask, topic, 0);
    if (lkv_writing_is_school(writing) &&
        lkv_ask_told(writing->ask, district)) {
        lkv_texts_add(
            parts,
            lkv_draft_say(
                draft, "glance.district",
                (lkv_arg[]){lkv_arg_cell("value", district->value), {0}}));
    }
    return lkv_draft_join(draft, "join.dots", parts);
}

static bool is_told(const lkv_ask *ask, lkv_topic topic)
{
    return lkv_ask_told(ask, lkv_ask_level(ask, topic, ask->unit));
}

/* What a mean is a mean of stands on the page that prints it. */
static void add_definitions(const lkv_writing *writing, const GArray *topics)
{
    g_autoptr(GArray) said = lkv_texts_new();
    for (guint i = 0; i < topics->len; i++) {
        const lkv_topic *topic = &g_array_index(topics, lkv_topic, i);
        const lkv_outcome *outcome = lkv_ask_outcome(writing->ask, *topic);
        if (outcome->kind == LKV_POINTS && outcome->from_rules &&
            is_told(writing->ask, *topic)) {
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

/* At most MOST of TOPICS in their order: those of which something is told,
 * and others only as far as there is room.
 */
static GArray *chosen(const lkv_ask *ask, const GArray *topics, guint most)
{
    guint told = 0;
    for (guint i = 0; i < topics->len; i++) {
        told += is_told(ask, g_array_index(topics, lkv_topic, i));
    }
    guint others = told < most ? most - told : 0;
    GArray *out = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (guint i = 0; i < topics->len && out->len < most; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (is_told(ask, topic)) {
            g_array_append_val(out, topic);
        } else if (others > 0) {
            g_array_append_val(out, topic);
            others--;
        }
    }
    return out;
}

static void add_cards(const lkv_writing *writing, const GArray *topics)
{
    const lkv_ask *ask = writing->ask;
    g_autofree lkv_card *cards = g_new0(lkv_card, topics->len);
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        const lkv_figure *own = lkv_ask_level(ask, topic, ask->unit);
        cards[i] = (lkv_card){
            .value = own->value,
            .label = lkv_writing_brief(writing, topic),
            .below = below_of(writing, topic, own),
            .instead = lkv_draft_say(writing->draft, "glance.hidden", NULL),
            .own = lkv_writing_is_school(writing)};
    }
    lkv_draft_cards(writing->draft, cards, topics->len);
}

static void build(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    int most = lkv_writing_whole(writing, "most", CARDS_MOST);
    g_autoptr(GArray) shown = chosen(ask, topics, (guint)MAX(most, 0));
    if (shown->len == 0) {
        return;
    }
    bool told = false;
    for (guint i = 0; i < shown->len; i++) {
        told = told || is_told(ask, g_array_index(shown, lkv_topic, i));
    }
    add_cards(writing, shown);
    if (!told) {
        lkv_draft_text(
            writing->draft, LKV_BLOCK_PARAGRAPH,
            lkv_draft_say(writing->draft, "glance.all_hidden", NULL));
    }
    add_definitions(writing, shown);
}

static const lkv_setting_rule settings[] = {
    {"figures", LKV_SETTING_NAMES}, {"most", LKV_SETTING_WHOLE}, {0}};

const lkv_section lkv_section_at_a_glance = {
    .id = "at_a_glance", .settings = settings, .build = build};
