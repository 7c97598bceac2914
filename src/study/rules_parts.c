#include "study/rules_text.h"

#include <string.h>

enum { NO_LAST_YEAR = 9999 };

/* The year in which the school year TEXT ends: 2028 for "2027/28". */
static int school_year(lkv_filler *filler, const lkv_node *map, const char *key,
                       int fallback)
{
    const char *text = lkv_node_text(map, key);
    if (!text) {
        return fallback;
    }
    const char *slash = strchr(text, '/');
    g_autofree char *first =
        slash ? g_strndup(text, (size_t)(slash - text)) : g_strdup(text);
    int64_t begins = 0;
    int64_t ends = 0;
    bool sound = lkv_text_whole(first, &begins) && begins > 1800 &&
                 begins < NO_LAST_YEAR;
    if (slash) {
        sound = sound && lkv_text_whole(slash + 1, &ends) &&
                (ends == begins + 1 || ends == (begins + 1) % 100);
    }
    if (!sound) {
        lkv_filler_refuse(filler, lkv_node_find(map, key),
                          "no school year, such as 2027/28, is", text);
        return fallback;
    }
    return (int)(slash ? begins + 1 : begins);
}

static int slot_named(const lkv_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->slot_count; i++) {
        if (strcmp(rules->slots[i].id, id) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static int choice_named(const lkv_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->choice_count; i++) {
        if (strcmp(rules->choices[i].id, id) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* Numbers of the subjects or slots that stand in the list KEY of MAP. */
typedef int (*lkv_named)(const lkv_rules *rules, const char *id);
typedef struct lkv_numbers {
    const uint16_t *number;
    size_t count;
} lkv_numbers;

static lkv_numbers read_numbers(lkv_filler *filler, const lkv_node *map,
                                const char *key, lkv_named named)
{
    const lkv_node *list = lkv_node_find(map, key);
    size_t count = list ? lkv_node_size(list) : 0;
    uint16_t *number = lkv_filler_keep(filler, g_new0(uint16_t, count + 1));
    lkv_numbers numbers = {number, 0};
    for (size_t i = 0; i < count; i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        int found = named(filler->rules, item->text);
        if (found < 0) {
            lkv_filler_refuse(filler, item, "not known in this file is",
                              item->text);
            continue;
        }
        number[numbers.count++] = (uint16_t)found;
    }
    return numbers;
}

/* Slot INDEX holds SUBJECTS, which are in no other. */
static void claim_subjects(lkv_filler *filler, const lkv_node *place,
                           lkv_numbers subjects, size_t index)
{
    const lkv_rules *rules = filler->rules;
    for (size_t i = 0; i < subjects.count; i++) {
        uint16_t subject = subjects.number[i];
        if (rules->text->slot[subject] >= 0) {
            lkv_filler_refuse(filler, place, "in two slots is",
                              rules->subjects[subject].id);
        }
        rules->text->slot[subject] = (int16_t)index;
    }
}

/* Names the goals of the slots that GOALS, subjects of a stage, belong to. */
static void name_goals(lkv_filler *filler, lkv_slot *slots, lkv_numbers goals)
{
    for (size_t i = 0; i < goals.count; i++) {
        int slot = filler->rules->text->slot[goals.number[i]];
        if (slot >= 0 && !slots[slot].goal) {
            slots[slot].goal = lkv_filler_keep(
                filler, g_strconcat("goal:", slots[slot].id, NULL));
        }
    }
}

static lkv_slot *fill_slots(lkv_filler *filler)
{
    const lkv_node *node = lkv_node_find(filler->root, "slots");
    size_t count = lkv_node_size(node);
    lkv_slot *slots = lkv_filler_keep(filler, g_new0(lkv_slot, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        lkv_numbers subjects =
            read_numbers(filler, node, entry->key, lkv_rules_subject_named);
        slots[i] =
            (lkv_slot){entry->key, subjects.number, subjects.count, NULL};
        claim_subjects(filler, entry->value, subjects, i);
    }
    filler->rules->slots = slots;
    filler->rules->slot_count = count;
    return slots;
}

static void fill_blocks(lkv_filler *filler, lkv_subject *subjects)
{
    const lkv_node *node = lkv_node_find(filler->root, "blocks");
    for (size_t i = 0; node && i < lkv_node_size(node); i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        int block = lkv_rules_subject_named(filler->rules, entry->key);
        lkv_numbers parts =
            read_numbers(filler, node, entry->key, lkv_rules_subject_named);
        if (block < 0 || filler->rules->text->slot[block] >= 0) {
            lkv_filler_refuse(filler, entry->value,
                              "no subject outside the slots is", entry->key);
            continue;
        }
        filler->rules->text->is_block[block] = true;
        for (size_t j = 0; j < parts.count; j++) {
            subjects[parts.number[j]].block = (int16_t)block;
        }
    }
}

static int64_t most_points(const lkv_rules *rules)
{
    int64_t most = 0;
    for (size_t i = 0; i < rules->step_count; i++) {
        most = MAX(most, rules->steps[i].points);
    }
    return most;
}

static void fill_merits(lkv_filler *filler)
{
    const lkv_node *node = lkv_node_find(filler->root, "merit");
    size_t count = node ? lkv_node_size(node) : 0;
    lkv_merit_rule *merits =
        lkv_filler_keep(filler, g_new0(lkv_merit_rule, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        const char *plus = lkv_node_text(entry->value, "plus_one_of");
        merits[i] = (lkv_merit_rule){
            .id = entry->key,
            .best = (unsigned)lkv_node_whole(entry->value, "best", 0),
            .plus_choice =
                (int16_t)(plus ? choice_named(filler->rules, plus) : -1),
            .one_per_slot = lkv_node_yes(entry->value, "one_per_slot", false),
        };
        if (plus && merits[i].plus_choice < 0) {
            lkv_filler_refuse(filler, entry->value, "no choice is", plus);
        }
        merits[i].most = (int64_t)(merits[i].best + (plus ? 1 : 0)) *
                         most_points(filler->rules);
    }
    filler->rules->merits = merits;
    filler->rules->merit_count = count;
}

static void fill_eligibles(lkv_filler *filler)
{
    const lkv_node *node = lkv_node_find(filler->root, "eligible");
    size_t count = node ? lkv_node_size(node) : 0;
    lkv_eligible_rule *rules =
        lkv_filler_keep(filler, g_new0(lkv_eligible_rule, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        lkv_numbers slots =
            read_numbers(filler, entry->value, "slots", slot_named);
        lkv_numbers named = read_numbers(filler, entry->value, "named",
                                         lkv_rules_subject_named);
        rules[i] = (lkv_eligible_rule){
            .id = entry->key,
            .slots = slots.number,
            .slot_count = slots.count,
            .named = named.number,
            .named_count = named.count,
            .others = (unsigned)lkv_node_whole(entry->value, "others", 0),
        };
    }
    filler->rules->eligibles = rules;
    filler->rules->eligible_count = count;
}

/* Whether a span there is already has SPAN's stage or year in its time. */
static bool span_taken(const lkv_rules *rules, const lkv_stage_span *span)
{
    for (size_t i = 0; i < rules->text->span_count; i++) {
        const lkv_stage_span *there = &rules->text->spans[i];
        bool meets = there->from <= span->to && span->from <= there->to;
        if (meets &&
            (there->stage == span->stage || there->year == span->year)) {
            return true;
        }
    }
    return false;
}

static void fill_spans(lkv_filler *filler, const lkv_node *list, size_t stage)
{
    struct lkv_rules_text *text = filler->rules->text;
    for (size_t i = 0; i < lkv_node_size(list); i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        lkv_stage_span span = {
            .stage = stage,
            .from = school_year(filler, item, "from", 0),
            .to = school_year(filler, item, "to", NO_LAST_YEAR),
            .year = (int)lkv_node_whole(item, "is", 0),
        };
        if (span_taken(filler->rules, &span)) {
            lkv_filler_refuse(filler, item, "two stages at a time has",
                              lkv_node_text(item, "is"));
        }
        text->spans[text->span_count++] = span;
    }
}

static void fill_stages(lkv_filler *filler, lkv_slot *slots)
{
    const lkv_node *node = lkv_node_find(filler->root, "stages");
    size_t count = lkv_node_size(node);
    size_t spans = 0;
    for (size_t i = 0; i < count; i++) {
        spans += lkv_node_size(
            lkv_node_find(lkv_node_at(node, i)->value, "stage_year"));
    }
    lkv_stage *stages = lkv_filler_keep(filler, g_new0(lkv_stage, count + 1));
    filler->rules->text->spans =
        lkv_filler_keep(filler, g_new0(lkv_stage_span, spans + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        lkv_numbers goals = read_numbers(filler, entry->value, "goals",
                                         lkv_rules_subject_named);
        stages[i] = (lkv_stage){
            .id = entry->key,
            .graded = lkv_node_yes(entry->value, "graded", true),
            .goals = goals.number,
            .goal_count = goals.count,
            .leaves = lkv_node_yes(entry->value, "leaves", false),
            .blocks = lkv_node_yes(entry->value, "blocks", false),
        };
        name_goals(filler, slots, goals);
        fill_spans(filler, lkv_node_find(entry->value, "stage_year"), i);
    }
    filler->rules->stages = stages;
    filler->rules->stage_count = count;
}

static int stage_named(const lkv_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->stage_count; i++) {
        if (strcmp(rules->stages[i].id, id) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static void fill_breaks(lkv_filler *filler)
{
    const lkv_node *node = lkv_node_find(filler->root, "breaks");
    size_t count = node ? lkv_node_size(node) : 0;
    lkv_break_rule *breaks =
        lkv_filler_keep(filler, g_new0(lkv_break_rule, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        lkv_numbers stages =
            read_numbers(filler, entry->value, "stages", stage_named);
        breaks[i] = (lkv_break_rule){
            .id = entry->key,
            .year = school_year(filler, entry->value, "from", 0),
            .stages = stages.number,
            .stage_count = stages.count};
    }
    filler->rules->breaks = breaks;
    filler->rules->break_count = count;
}

static void fill_changes(lkv_filler *filler)
{
    const lkv_node *least = lkv_node_find(filler->root, "least_change");
    filler->rules->change_share =
        (int)lkv_node_whole(least, "share", LKV_CHANGE_SHARE);
    filler->rules->change_points = (int)lkv_node_whole(least, "points", 0);
}

void lkv_rules_fill_parts(lkv_filler *filler, lkv_subject *subjects)
{
    lkv_rules *rules = filler->rules;
    const lkv_node *years = lkv_node_find(filler->root, "school_years");
    rules->id = lkv_node_text(filler->root, "rules");
    rules->first_year = school_year(filler, years, "from", 0);
    rules->last_year = school_year(filler, years, "to", NO_LAST_YEAR);
    lkv_slot *slots = fill_slots(filler);
    fill_blocks(filler, subjects);
    fill_merits(filler);
    fill_eligibles(filler);
    fill_stages(filler, slots);
    fill_breaks(filler);
    fill_changes(filler);
    const char *const *sensitive =
        lkv_node_texts(rules->text->yaml, filler->root, "sensitive");
    rules->sensitive = sensitive
                           ? sensitive
                           : lkv_filler_keep(filler, g_new0(const char *, 1));
}
