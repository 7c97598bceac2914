/* What follows from what by the rules alone, for every pupil: disclosure
 * control must know it, since a reader does.
 */
#include "study/rules.h"

#include <string.h>

#include "study/rules_text.h"

static void add(GArray *list, lkv_implication implication)
{
    g_array_append_val(list, implication);
}

static const char *value_of(const lkv_step *step)
{
    if (step->kind == LKV_GRADE_MISSING) {
        return "missing";
    }
    return step->kind == LKV_GRADE_NOT_STUDIED ? "not_studied" : step->symbol;
}

static bool holds(const uint16_t *list, size_t count, size_t number)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == number) {
            return true;
        }
    }
    return false;
}

/* Eligible by RULE only with SUBJECT passed. */
static void needs_subject(const lkv_rules *rules, const lkv_eligible_rule *rule,
                          size_t subject, GArray *list)
{
    const char *outcome = rules->text->outcome[subject];
    add(list, (lkv_implication){rule->id, "yes", outcome, "passed"});
    for (size_t i = 0; i < rules->step_count; i++) {
        const lkv_step *step = &rules->steps[i];
        if (step->kind != LKV_GRADE_PASS) {
            add(list,
                (lkv_implication){outcome, value_of(step), rule->id, "no"});
        }
    }
}

static void needs_subjects(const lkv_rules *rules,
                           const lkv_eligible_rule *rule, GArray *list)
{
    for (size_t i = 0; i < rules->subject_count; i++) {
        int slot = rules->text->slot[i];
        bool alone = slot >= 0 && rules->slots[slot].count == 1 &&
                     holds(rule->slots, rule->slot_count, (size_t)slot);
        if (alone || holds(rule->named, rule->named_count, i)) {
            needs_subject(rules, rule, i, list);
        }
    }
}

/* Whether passing RULE's slots and names passes SUBJECT's own slot. */
static bool certain(const lkv_rules *rules, const lkv_eligible_rule *rule,
                    size_t subject)
{
    int slot = rules->text->slot[subject];
    bool alone = slot >= 0 && rules->slots[slot].count == 1 &&
                 holds(rule->slots, rule->slot_count, (size_t)slot);
    return alone || holds(rule->named, rule->named_count, subject);
}

/* Whether eligible by A is eligible by B for every pupil: all that B asks for
 * is asked for by A, and A's passed subjects beside B's slots are enough. A
 * slot that A asks for and B does not is one of them.
 */
static bool covers(const lkv_rules *rules, const lkv_eligible_rule *a,
                   const lkv_eligible_rule *b)
{
    for (size_t i = 0; i < b->slot_count; i++) {
        if (!holds(a->slots, a->slot_count, b->slots[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < b->named_count; i++) {
        if (!certain(rules, a, b->named[i])) {
            return false;
        }
    }
    return a->others + (a->slot_count - b->slot_count) >= b->others;
}

static void compare_rule(const lkv_rules *rules, const lkv_eligible_rule *a,
                         GArray *list)
{
    for (size_t i = 0; i < rules->eligible_count; i++) {
        const lkv_eligible_rule *b = &rules->eligibles[i];
        if (a != b && covers(rules, a, b)) {
            add(list, (lkv_implication){a->id, "yes", b->id, "yes"});
            add(list, (lkv_implication){b->id, "no", a->id, "no"});
        }
    }
}

/* A subject failed is a subject not passed, unless another of its slot may
 * make up for it or a block grade stands aside.
 */
static void lacks_subject(const lkv_rules *rules, size_t subject, GArray *list)
{
    int slot = rules->text->slot[subject];
    if (rules->text->is_block[subject] ||
        (slot >= 0 && rules->slots[slot].count > 1)) {
        return;
    }
    for (size_t i = 0; i < rules->step_count; i++) {
        const lkv_step *step = &rules->steps[i];
        if (step->kind == LKV_GRADE_FAIL || step->kind == LKV_GRADE_NO_BASIS) {
            add(list, (lkv_implication){rules->text->outcome[subject],
                                        value_of(step), "all_subjects", "no"});
        }
    }
}

/* All goals reached is each of them reached. */
static void lacks_goal(const lkv_slot *slot, GArray *list)
{
    if (slot->goal) {
        add(list, (lkv_implication){slot->goal, "no", "all_goals", "no"});
        add(list, (lkv_implication){"all_goals", "yes", slot->goal, "yes"});
    }
}

GArray *lkv_rules_implications(const lkv_rules *rules)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(lkv_implication));
    for (size_t i = 0; i < rules->eligible_count; i++) {
        needs_subjects(rules, &rules->eligibles[i], list);
    }
    for (size_t i = 0; i < rules->eligible_count; i++) {
        compare_rule(rules, &rules->eligibles[i], list);
    }
    for (size_t i = 0; i < rules->subject_count; i++) {
        lacks_subject(rules, i, list);
    }
    for (size_t i = 0; i < rules->slot_count; i++) {
        lacks_goal(&rules->slots[i], list);
    }
    return list;
}
