#include "report/section.h"

#include <string.h>

#include "base/wide.h"

static const lkv_section *const sections[] = {
#define LKV_SECTION(name) &lkv_section_##name,
#include "report/sections.def"
#undef LKV_SECTION
};

const lkv_section *lkv_section_at(size_t index)
{
    return index < G_N_ELEMENTS(sections) ? sections[index] : NULL;
}

const lkv_section *lkv_section_find(const char *id)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        if (strcmp(sections[i]->id, id) == 0) {
            return sections[i];
        }
    }
    return NULL;
}

/* ---- settings ------------------------------------------------------------- */

const char *const *lkv_writing_words(const lkv_writing *writing,
                                     const char *name)
{
    return lkv_section_setting(writing->spec, name);
}

int lkv_writing_whole(const lkv_writing *writing, const char *name,
                      int standard)
{
    const char *const *words = lkv_writing_words(writing, name);
    gint64 number = standard;
    if (words && words[0]) {
        g_ascii_string_to_signed(words[0], 10, 0, G_MAXINT32, &number, NULL);
    }
    return (int)number;
}

bool lkv_writing_chosen(const lkv_writing *writing, const char *name)
{
    const char *const *words = lkv_writing_words(writing, name);
    return words && words[0] && strcmp(words[0], "yes") == 0;
}

/* ---- what many sections say ----------------------------------------------- */

bool lkv_writing_is_school(const lkv_writing *writing)
{
    return writing->ask->unit != 0;
}

lkv_status lkv_writing_status(const lkv_writing *writing, lkv_cell cell)
{
    return lkv_release_at(writing->ask->release, cell).status;
}

const char *lkv_writing_school_year(const lkv_writing *writing, int year)
{
    return year == 0 ? NULL
                     : lkv_draft_name(writing->draft, "%d/%02d", year - 1,
                                      year % 100);
}

lkv_text lkv_writing_stage(const lkv_writing *writing, uint16_t population)
{
    int year =
        population == LKV_NO_VALUE
            ? 0
            : lkv_frame_population(writing->ask->frame, population)->stage_year;
    if (year == 0) {
        return (lkv_text){0};
    }
    const char *number = lkv_draft_name(writing->draft, "%d", year);
    return lkv_draft_say(writing->draft, "stage.year",
                         (lkv_arg[]){lkv_arg_name("year", number), {0}});
}

static bool has_interval(const lkv_writing *writing, const lkv_figure *figure)
{
    return lkv_writing_status(writing, figure->low) == LKV_OK &&
           lkv_writing_status(writing, figure->high) == LKV_OK;
}

/* A minus behind a dash would not be seen. */
static bool is_negative(const lkv_writing *writing, lkv_cell cell)
{
    return lkv_truth_at_least(writing->ask->release, cell, 0, 0) ==
           LKV_TRUTH_NO;
}

lkv_text lkv_writing_cell(const lkv_writing *writing, lkv_cell cell)
{
    return lkv_draft_say(writing->draft, "value.alone",
                         (lkv_arg[]){lkv_arg_cell("value", cell), {0}});
}

lkv_text lkv_writing_value(const lkv_writing *writing, const lkv_figure *figure)
{
    if (!figure || !has_interval(writing, figure)) {
        return lkv_writing_cell(writing, figure ? figure->value : 0);
    }
    return lkv_draft_say(writing->draft,
                         is_negative(writing, figure->low)
                             ? "value.interval_signed"
                             : "value.interval",
                         (lkv_arg[]){lkv_arg_cell("value", figure->value),
                                     lkv_arg_bare("low", figure->low),
                                     lkv_arg_bare("high", figure->high),
                                     {0}});
}

lkv_text lkv_writing_interval(const lkv_writing *writing,
                              const lkv_figure *figure)
{
    if (!figure || !has_interval(writing, figure)) {
        return (lkv_text){0};
    }
    return lkv_draft_say(writing->draft,
                         is_negative(writing, figure->low)
                             ? "value.range_signed"
                             : "value.range",
                         (lkv_arg[]){lkv_arg_bare("low", figure->low),
                                     lkv_arg_bare("high", figure->high),
                                     {0}});
}

static lkv_text difference(const lkv_writing *writing, const lkv_figure *figure,
                           const char *key, const char *key_alone)
{
    if (!has_interval(writing, figure)) {
        return lkv_draft_say(
            writing->draft, key_alone,
            (lkv_arg[]){lkv_arg_plus("value", figure->value), {0}});
    }
    return lkv_draft_say(writing->draft, key,
                         (lkv_arg[]){lkv_arg_plus("value", figure->value),
                                     lkv_arg_plus("low", figure->low),
                                     lkv_arg_plus("high", figure->high),
                                     {0}});
}

lkv_text lkv_writing_difference(const lkv_writing *writing,
                                const lkv_figure *figure)
{
    if (!figure) {
        return lkv_writing_cell(writing, 0);
    }
    return difference(writing, figure, "difference.interval",
                      "difference.alone");
}

lkv_text lkv_writing_difference_full(const lkv_writing *writing,
                                     const lkv_figure *figure)
{
    if (lkv_writing_status(writing, figure->value) != LKV_OK) {
        return lkv_writing_cell(writing, figure->value);
    }
    return figure->unit_of_value == LKV_UNIT_SHARE_POINTS
               ? difference(writing, figure, "difference.share_points_interval",
                            "difference.share_points")
               : difference(writing, figure, "difference.points_interval",
                            "difference.points");
}

lkv_text lkv_writing_per_cent(const lkv_writing *writing,
                              const lkv_figure *figure)
{
    if (!figure) {
        return lkv_writing_cell(writing, 0);
    }
    bool ranged = has_interval(writing, figure);
    return lkv_draft_say(
        writing->draft,
        !ranged                             ? "value.alone"
        : is_negative(writing, figure->low) ? "value.interval_signed"
                                            : "value.interval",
        (lkv_arg[]){
            lkv_arg_per_cent(lkv_arg_cell("value", figure->value)),
            lkv_arg_per_cent(lkv_arg_bare("low", ranged ? figure->low : 0)),
            lkv_arg_per_cent(lkv_arg_bare("high", ranged ? figure->high : 0)),
            {0}});
}

lkv_text lkv_writing_ratio(const lkv_writing *writing, const lkv_figure *figure,
                           uint8_t decimals)
{
    if (!figure) {
        return lkv_writing_cell(writing, 0);
    }
    bool ranged = has_interval(writing, figure);
    const lkv_arg args[] = {
        lkv_arg_most(lkv_arg_cell("value", figure->value), decimals),
        lkv_arg_most(lkv_arg_cell("low", ranged ? figure->low : 0), decimals),
        lkv_arg_most(lkv_arg_cell("high", ranged ? figure->high : 0), decimals),
        {0}};
    return lkv_draft_say(writing->draft,
                         !ranged ? "value.alone"
                         : is_negative(writing, figure->low)
                             ? "value.interval_signed"
                             : "value.interval",
                         args);
}

lkv_text lkv_writing_say(const lkv_writing *writing, const char *key)
{
    return lkv_draft_say(writing->draft, key, NULL);
}

void lkv_writing_notes(const lkv_writing *writing, GArray *notes,
                       const char *key, lkv_text why)
{
    lkv_draft *draft = writing->draft;
    if (why.key) {
        const lkv_arg args[] = {lkv_arg_said(draft, "reason", why), {0}};
        lkv_texts_add(notes, lkv_draft_say(draft, key, args));
    }
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_draft_join(draft, "join.sentences", notes));
}

GArray *lkv_writing_told(const lkv_writing *writing, const char *measure,
                         const char *component)
{
    const lkv_ask *ask = writing->ask;
    GArray *told = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_told(ask, lkv_ask_measure(ask, topic, ask->unit, measure,
                                              component))) {
            g_array_append_val(told, topic);
        }
    }
    return told;
}

GArray *lkv_writing_alike(const lkv_writing *writing, const GArray *topics,
                          bool shares)
{
    GArray *alike = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_is_share(writing->ask, topic) == shares) {
            g_array_append_val(alike, topic);
        }
    }
    return alike;
}

void lkv_writing_heads(const lkv_writing *writing, lkv_table_draft *table,
                       const lkv_head *heads, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        lkv_table_draft_column(table, lkv_writing_say(writing, heads[i].key),
                               heads[i].side, heads[i].weight);
    }
}

lkv_text lkv_writing_reason(const lkv_writing *writing,
                            const lkv_figure *figure)
{
    if (!figure || figure->reason == LKV_REASON_NONE) {
        return (lkv_text){0};
    }
    return lkv_draft_say(writing->draft,
                         lkv_draft_name(writing->draft, "reason.%s",
                                        lkv_reason_id(figure->reason)),
                         NULL);
}

lkv_text lkv_writing_why(const lkv_writing *writing, const char *measure,
                         const char *component)
{
    const lkv_ask *ask = writing->ask;
    lkv_text why = {0};
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    for (guint i = 0; i < topics->len && !why.key; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        why = lkv_writing_reason(writing, lkv_ask_measure(ask, topic, ask->unit,
                                                          measure, component));
    }
    return why;
}

bool lkv_writing_noted(const lkv_writing *writing, const char *measure,
                       const char *component, lkv_note note)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    for (guint i = 0; i < topics->len; i++) {
        const lkv_figure *figure =
            lkv_ask_measure(ask, g_array_index(topics, lkv_topic, i), ask->unit,
                            measure, component);
        if (figure && (figure->notes & note)) {
            return true;
        }
    }
    return false;
}

bool lkv_writing_collinear(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) topics =
        lkv_ask_topics(ask, lkv_writing_words(writing, "figures"));
    for (guint c = 0; c < ask->frame->components->len; c++) {
        const char *id = g_ptr_array_index(ask->frame->components, c);
        for (guint i = 0; g_str_has_prefix(id, "given_") && i < topics->len;
             i++) {
            const lkv_figure *figure =
                lkv_ask_measure(ask, g_array_index(topics, lkv_topic, i),
                                ask->unit, "spread_between_schools", id);
            if (figure && figure->reason == LKV_REASON_COLLINEAR) {
                return true;
            }
        }
    }
    return false;
}

lkv_text lkv_writing_outcome(const lkv_writing *writing, lkv_topic topic)
{
    return lkv_draft_say(
        writing->draft, "value.outcome",
        (lkv_arg[]){lkv_arg_outcome("outcome", topic.outcome), {0}});
}

lkv_text lkv_writing_brief(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_outcome *outcome = lkv_ask_outcome(writing->ask, topic);
    if (!outcome->from_rules) {
        return lkv_writing_outcome(writing, topic);
    }
    return lkv_draft_say_or(
        writing->draft, lkv_draft_name(writing->draft, "brief.%s", outcome->id),
        "value.outcome",
        (lkv_arg[]){lkv_arg_outcome("outcome", topic.outcome), {0}});
}

static bool in_several_stages(const lkv_ask *ask, uint16_t outcome)
{
    g_autoptr(GArray) stages = lkv_ask_stages(ask);
    guint count = 0;
    for (guint i = 0; i < stages->len; i++) {
        lkv_topic topic = {g_array_index(stages, uint16_t, i), outcome};
        count += lkv_ask_level(ask, topic, ask->unit) != NULL;
    }
    return count > 1;
}

lkv_text lkv_writing_topic(const lkv_writing *writing, lkv_topic topic)
{
    lkv_text outcome = lkv_writing_outcome(writing, topic);
    lkv_text stage = lkv_writing_stage(writing, topic.population);
    if (!stage.key || !in_several_stages(writing->ask, topic.outcome)) {
        return outcome;
    }
    return lkv_draft_say(
        writing->draft, "join.comma",
        (lkv_arg[]){lkv_arg_said(writing->draft, "first", outcome),
                    lkv_arg_said(writing->draft, "rest", stage),
                    {0}});
}

lkv_text lkv_writing_below(const lkv_writing *writing, lkv_topic topic,
                           const lkv_figure *figure)
{
    g_autoptr(GArray) parts = lkv_texts_new();
    lkv_texts_add(parts, lkv_writing_stage(writing, topic.population));
    if (figure && lkv_writing_status(writing, figure->n) == LKV_OK) {
        lkv_texts_add(
            parts,
            lkv_draft_say(writing->draft, "value.n",
                          (lkv_arg[]){lkv_arg_cell("n", figure->n), {0}}));
    }
    return lkv_draft_join(writing->draft, "join.dots", parts);
}

lkv_text lkv_writing_staged(const lkv_writing *writing, lkv_topic topic,
                            lkv_text text)
{
    g_autoptr(GArray) parts = lkv_texts_new();
    lkv_texts_add(parts, lkv_writing_stage(writing, topic.population));
    lkv_texts_add(parts, text);
    return lkv_draft_join(writing->draft, "join.dots", parts);
}

void lkv_writing_heading(const lkv_writing *writing, lkv_text text)
{
    lkv_draft_heading(writing->draft, lkv_writing_is_school(writing) ? 2 : 1,
                      text);
}

const char *lkv_writing_level(const lkv_writing *writing)
{
    int64_t level = lkv_real_round(100.0 * writing->ask->frame->confidence, 0);
    return lkv_draft_name(writing->draft, "%d", (int)level);
}
