#include "report/ask.h"

#include <string.h>

/* ---- figures --------------------------------------------------------------- */

const lkv_figure *lkv_ask_find(const lkv_ask *ask, const lkv_wanted *wanted)
{
    const lkv_frame *frame = ask->frame;
    lkv_key key = {
        .population = wanted->topic.population,
        .variant = wanted->variant,
        .unit = wanted->unit,
        .outcome = wanted->topic.outcome,
        .measure = lkv_frame_measure_find(frame, wanted->measure),
        .component = lkv_frame_component_find(
            frame, wanted->component ? wanted->component : ""),
        .group_by = wanted->group_by,
        .group = wanted->group_by > 0 ? wanted->group : LKV_NO_VALUE,
        .reference = wanted->group_by > 0 ? wanted->reference : LKV_NO_VALUE,
    };
    if (key.population == LKV_NO_VALUE || key.measure == LKV_NO_VALUE ||
        key.component == LKV_NO_VALUE) {
        return NULL;
    }
    for (int target = 0; target <= LKV_SCHOOLS_LIKE_THESE; target++) {
        key.target = (uint16_t)target;
        const lkv_figure *figure = lkv_release_find(ask->release, &key);
        if (figure) {
            return figure;
        }
    }
    return NULL;
}

const lkv_figure *lkv_ask_measure(const lkv_ask *ask, lkv_topic topic,
                                  uint16_t unit, const char *measure,
                                  const char *component)
{
    return lkv_ask_find(ask, &(lkv_wanted){.topic = topic,
                                           .unit = unit,
                                           .measure = measure,
                                           .component = component});
}

static void set_level(const lkv_ask *ask, lkv_wanted *wanted)
{
    switch (lkv_ask_outcome(ask, wanted->topic)->kind) {
    case LKV_POINTS:
        wanted->measure = "mean";
        break;
    case LKV_YES_NO:
        wanted->measure = "share";
        break;
    case LKV_LEVELS:
        wanted->measure = "grades";
        wanted->component = "passed";
        break;
    }
}

const lkv_figure *lkv_ask_level(const lkv_ask *ask, lkv_topic topic,
                                uint16_t unit)
{
    return lkv_ask_level_under(ask, topic, unit, 0);
}

const lkv_figure *lkv_ask_level_under(const lkv_ask *ask, lkv_topic topic,
                                      uint16_t unit, uint16_t variant)
{
    lkv_wanted wanted = {.topic = topic, .unit = unit, .variant = variant};
    set_level(ask, &wanted);
    return lkv_ask_find(ask, &wanted);
}

const lkv_figure *lkv_ask_level_in(const lkv_ask *ask, lkv_topic topic,
                                   uint16_t unit, uint16_t group,
                                   uint16_t value)
{
    lkv_wanted wanted = {.topic = topic,
                         .unit = unit,
                         .group_by = (uint16_t)(group + 1U),
                         .group = value,
                         .reference = LKV_NO_VALUE};
    set_level(ask, &wanted);
    return lkv_ask_find(ask, &wanted);
}

const lkv_figure *lkv_ask_gap(const lkv_ask *ask, lkv_topic topic,
                              const lkv_wanted *where, const char *component)
{
    lkv_wanted wanted = *where;
    wanted.topic = topic;
    wanted.measure = "gap";
    wanted.component = component;
    wanted.reference =
        lkv_frame_group(ask->frame, where->group_by - 1U)->reference;
    return lkv_ask_find(ask, &wanted);
}

const lkv_outcome *lkv_ask_outcome(const lkv_ask *ask, lkv_topic topic)
{
    return lkv_frame_outcome(ask->frame, topic.outcome);
}

const lkv_population *lkv_ask_population(const lkv_ask *ask, lkv_topic topic)
{
    return lkv_frame_population(ask->frame, topic.population);
}

bool lkv_ask_is_share(const lkv_ask *ask, lkv_topic topic)
{
    return lkv_ask_outcome(ask, topic)->kind != LKV_POINTS;
}

lkv_status lkv_ask_status(const lkv_ask *ask, const lkv_figure *figure)
{
    return figure ? lkv_release_at(ask->release, figure->value).status
                  : LKV_NOT_APPLICABLE;
}

bool lkv_ask_told(const lkv_ask *ask, const lkv_figure *figure)
{
    return lkv_status_has_number(lkv_ask_status(ask, figure));
}

/* ---- who is there ------------------------------------------------------------ */

/* The first figure whose key is not less than KEY. */
static size_t first_from(const lkv_release *release, const lkv_key *key)
{
    size_t low = 0;
    size_t high = lkv_release_size(release);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lkv_key_compare(&lkv_release_figure(release, middle)->key, key) <
            0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Levels are asked of every unit that has pupils, and of no other. */
static bool is_level(const lkv_frame *frame, const lkv_key *key)
{
    static const char *const levels[] = {"mean", "share", "grades"};
    const char *measure = g_ptr_array_index(frame->measures, key->measure);
    for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
        if (strcmp(measure, levels[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool lkv_ask_present(const lkv_ask *ask, uint16_t population, uint16_t unit)
{
    const lkv_key key = {.population = population, .unit = unit};
    size_t size = lkv_release_size(ask->release);
    for (size_t i = first_from(ask->release, &key); i < size; i++) {
        const lkv_figure *figure = lkv_release_figure(ask->release, i);
        if (figure->key.population != population || figure->key.variant != 0 ||
            figure->key.unit != unit) {
            return false;
        }
        if (is_level(ask->frame, &figure->key)) {
            return true;
        }
    }
    return false;
}

static bool is_of_the_year(const lkv_ask *ask, uint16_t number)
{
    int year = lkv_frame_population(ask->frame, number)->year;
    return year == 0 || year == ask->frame->year;
}

GArray *lkv_ask_stages(const lkv_ask *ask)
{
    GArray *stages = g_array_new(FALSE, TRUE, sizeof(uint16_t));
    for (guint number = 0; number < ask->frame->populations->len; number++) {
        uint16_t i = (uint16_t)number;
        if (!is_of_the_year(ask, i) || !lkv_ask_present(ask, i, ask->unit)) {
            continue;
        }
        int own = lkv_frame_population(ask->frame, i)->stage_year;
        guint at = 0;
        while (at < stages->len &&
               lkv_frame_population(ask->frame,
                                    g_array_index(stages, uint16_t, at))
                       ->stage_year >= own) {
            at++;
        }
        g_array_insert_val(stages, at, i);
    }
    return stages;
}

lkv_ask lkv_ask_of(const lkv_release *release, uint16_t unit)
{
    lkv_ask ask = {.release = release,
                   .frame = lkv_release_frame(release),
                   .unit = unit,
                   .leading = LKV_NO_VALUE};
    g_autoptr(GArray) stages = lkv_ask_stages(&ask);
    if (stages->len > 0) {
        ask.leading = g_array_index(stages, uint16_t, 0);
    }
    return ask;
}

/* ---- names --------------------------------------------------------------------- */

static bool is_stage(const lkv_ask *ask, const char *word)
{
    for (guint i = 0; i < ask->frame->populations->len; i++) {
        if (strcmp(lkv_frame_population(ask->frame, i)->stage, word) == 0) {
            return true;
        }
    }
    return false;
}

static uint16_t population_of(const lkv_ask *ask, const char *stage)
{
    uint16_t number =
        lkv_frame_population_find(ask->frame, stage, ask->frame->year);
    return number == LKV_NO_VALUE
               ? lkv_frame_population_find(ask->frame, stage, 0)
               : number;
}

/* What NAME says, whether or not there is such a figure. */
static lkv_topic topic_of(const lkv_ask *ask, const char *name)
{
    g_auto(GStrv) words = g_strsplit(name, ":", 3);
    lkv_topic topic = {.population = ask->leading, .outcome = LKV_NO_VALUE};
    const char *const *at = (const char *const *)words;
    if (at[0] && at[1] && is_stage(ask, at[0])) {
        topic.population = population_of(ask, at[0]);
        at++;
    }
    if (at[0]) {
        topic.outcome = lkv_frame_outcome_find(ask->frame, at[0], at[1]);
    }
    return topic;
}

static bool is_there(const lkv_ask *ask, lkv_topic topic)
{
    return topic.population != LKV_NO_VALUE && topic.outcome != LKV_NO_VALUE &&
           lkv_ask_level(ask, topic, ask->unit) != NULL;
}

static void topic_add(GArray *topics, lkv_topic topic)
{
    for (guint i = 0; i < topics->len; i++) {
        const lkv_topic *other = &g_array_index(topics, lkv_topic, i);
        if (other->population == topic.population &&
            other->outcome == topic.outcome) {
            return;
        }
    }
    g_array_append_val(topics, topic);
}

static void name_add(const lkv_ask *ask, GArray *topics, const char *name)
{
    g_auto(GStrv) choices = g_strsplit(name, "/", -1);
    for (size_t i = 0; choices[i]; i++) {
        lkv_topic topic = topic_of(ask, choices[i]);
        if (is_there(ask, topic)) {
            topic_add(topics, topic);
            return;
        }
    }
}

GArray *lkv_ask_named(const lkv_ask *ask, const char *const *names)
{
    GArray *topics = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (size_t i = 0; names && names[i]; i++) {
        name_add(ask, topics, names[i]);
    }
    return topics;
}

GArray *lkv_ask_topics(const lkv_ask *ask, const char *const *names)
{
    GArray *topics = lkv_ask_named(ask, names);
    size_t outcomes = topics->len > 0 ? 0 : ask->frame->outcomes->len;
    for (size_t i = 0; i < outcomes; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(ask->frame, i);
        lkv_topic topic = {ask->leading, (uint16_t)i};
        if (!outcome->secondary && !outcome->subject && is_there(ask, topic)) {
            topic_add(topics, topic);
        }
    }
    return topics;
}

GArray *lkv_ask_subjects(const lkv_ask *ask, uint16_t population,
                         const char *id)
{
    GArray *topics = g_array_new(FALSE, TRUE, sizeof(lkv_topic));
    for (size_t i = 0; i < ask->frame->outcomes->len; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(ask->frame, i);
        lkv_topic topic = {population, (uint16_t)i};
        if (outcome->subject && strcmp(outcome->id, id) == 0 &&
            is_there(ask, topic)) {
            g_array_append_val(topics, topic);
        }
    }
    return topics;
}

lkv_topic lkv_ask_earlier(const lkv_ask *ask, lkv_topic topic, int years)
{
    const lkv_population *now = lkv_ask_population(ask, topic);
    if (years != 0) {
        topic.population =
            now->year == 0 ? LKV_NO_VALUE
                           : lkv_frame_population_find(ask->frame, now->stage,
                                                       now->year - years);
    }
    return topic;
}

static void group_add(GArray *groups, uint16_t number)
{
    for (guint i = 0; i < groups->len; i++) {
        if (g_array_index(groups, uint16_t, i) == number) {
            return;
        }
    }
    g_array_append_val(groups, number);
}

static void named_add(GArray *groups, const lkv_frame *frame, const char *name)
{
    bool declared = strcmp(name, "declared") == 0;
    for (guint number = 0; number < frame->groups->len; number++) {
        const lkv_group *group = lkv_frame_group(frame, number);
        if (declared ? !group->built_in : strcmp(group->id, name) == 0) {
            group_add(groups, (uint16_t)number);
        }
    }
}

GArray *lkv_ask_groups(const lkv_ask *ask, const char *const *names)
{
    GArray *groups = g_array_new(FALSE, TRUE, sizeof(uint16_t));
    for (size_t i = 0; names && names[i]; i++) {
        named_add(groups, ask->frame, names[i]);
    }
    return groups;
}
