/* What a pupil's grades amount to by the rules: merit value, eligibility, all
 * subjects.
 */
#include "study/rules.h"

#include <string.h>

#include "study/rules_text.h"

enum { STEPS_MOST = UINT8_MAX + 1 };

static lkv_grade_kind kind_of(const lkv_rules *rules, uint8_t grade)
{
    return (lkv_grade_kind)rules->text->kind[grade];
}

static bool is_ours(const lkv_rules *rules, size_t subject)
{
    return subject < rules->subject_count;
}

static int slot_of(const lkv_rules *rules, size_t subject)
{
    return is_ours(rules, subject) ? rules->text->slot[subject] : -1;
}

static bool is_block(const lkv_rules *rules, size_t subject)
{
    return is_ours(rules, subject) && rules->text->is_block[subject];
}

static bool graded(lkv_grade_kind kind)
{
    return kind == LKV_GRADE_PASS || kind == LKV_GRADE_FAIL;
}

static int64_t points(const lkv_rules *rules, uint8_t grade)
{
    return rules->text->worth[grade];
}

static uint8_t grade_of(lkv_grades grades, size_t subject)
{
    return subject < grades.count ? grades.grade[subject] : 0;
}

/* The better of two grades by points; a grade beats none. */
static uint8_t better(const lkv_rules *rules, uint8_t a, uint8_t b)
{
    return points(rules, b) > points(rules, a) ? b : a;
}

static uint8_t best_of_slot(const lkv_rules *rules, lkv_grades grades,
                            const lkv_slot *slot)
{
    uint8_t best = 0;
    for (size_t i = 0; i < slot->count; i++) {
        best = better(rules, best, grade_of(grades, slot->subjects[i]));
    }
    return best;
}

/* The subject of CHOICE with the most points that has a grade, or -1. */
static int best_of_choice(const lkv_rules *rules, lkv_grades grades, int choice)
{
    int best = -1;
    for (size_t i = 0; choice >= 0 && i < grades.count; i++) {
        if (grades.subject[i].choice == choice &&
            graded(kind_of(rules, grades.grade[i])) &&
            (best < 0 || points(rules, grades.grade[i]) >
                             points(rules, grades.grade[best]))) {
            best = (int)i;
        }
    }
    return best;
}

/* How many grades are worth so much. */
typedef struct lkv_worth {
    int64_t points;
    unsigned count;
} lkv_worth;

/* The most points below BELOW that any of the steps counted has. */
static lkv_worth next_worth(const lkv_rules *rules, const unsigned *count,
                            int64_t below)
{
    lkv_worth next = {0, 0};
    for (size_t i = 0; i < rules->step_count; i++) {
        int64_t worth = points(rules, (uint8_t)(i + 1));
        if (count[i] && worth < below && worth >= next.points) {
            unsigned same = worth == next.points ? next.count : 0;
            next = (lkv_worth){worth, same + count[i]};
        }
    }
    return next;
}

/* Sum of the BEST largest of the points counted by step. */
static int64_t sum_best(const lkv_rules *rules, const unsigned *count,
                        unsigned best)
{
    int64_t sum = 0;
    lkv_worth next = next_worth(rules, count, INT64_MAX);
    while (best > 0 && next.points > 0) {
        unsigned taken = MIN(next.count, best);
        sum += next.points * (int64_t)taken;
        best -= taken;
        next = next_worth(rules, count, next.points);
    }
    return sum;
}

int64_t lkv_rules_merit(const lkv_rules *rules, size_t merit, lkv_grades grades)
{
    const lkv_merit_rule *rule = &rules->merits[merit];
    unsigned count[STEPS_MOST] = {0};
    int beside = best_of_choice(rules, grades, rule->plus_choice);
    for (size_t i = 0; i < grades.count; i++) {
        int slot = slot_of(rules, i);
        bool once =
            rule->one_per_slot && slot >= 0 && rules->slots[slot].count > 1;
        uint8_t grade = grades.grade[i];
        if ((int)i != beside && !once && !is_block(rules, i) &&
            graded(kind_of(rules, grade))) {
            count[grade - 1]++;
        }
    }
    for (size_t i = 0; rule->one_per_slot && i < rules->slot_count; i++) {
        uint8_t grade = best_of_slot(rules, grades, &rules->slots[i]);
        if (rules->slots[i].count > 1 && grade) {
            count[grade - 1]++;
        }
    }
    int64_t plus = beside >= 0 ? points(rules, grades.grade[beside]) : 0;
    return plus + sum_best(rules, count, rule->best);
}

static bool passed(const lkv_rules *rules, lkv_grades grades, size_t subject)
{
    return kind_of(rules, grade_of(grades, subject)) == LKV_GRADE_PASS;
}

static bool slot_passed(const lkv_rules *rules, lkv_grades grades,
                        const lkv_slot *slot)
{
    for (size_t i = 0; i < slot->count; i++) {
        if (passed(rules, grades, slot->subjects[i])) {
            return true;
        }
    }
    return false;
}

static bool asked(const lkv_eligible_rule *rule, size_t slot)
{
    for (size_t i = 0; i < rule->slot_count; i++) {
        if (rule->slots[i] == slot) {
            return true;
        }
    }
    return false;
}

/* Passed subjects beside the slots that RULE asks for, a slot once. */
static unsigned others(const lkv_rules *rules, const lkv_eligible_rule *rule,
                       lkv_grades grades)
{
    unsigned count = 0;
    for (size_t i = 0; i < rules->slot_count; i++) {
        count +=
            !asked(rule, i) && slot_passed(rules, grades, &rules->slots[i]);
    }
    for (size_t i = 0; i < grades.count; i++) {
        count += slot_of(rules, i) < 0 && !is_block(rules, i) &&
                 passed(rules, grades, i);
    }
    return count;
}

lkv_answer lkv_rules_eligible(const lkv_rules *rules, size_t eligible,
                              lkv_grades grades)
{
    const lkv_eligible_rule *rule = &rules->eligibles[eligible];
    for (size_t i = 0; i < rule->slot_count; i++) {
        if (!slot_passed(rules, grades, &rules->slots[rule->slots[i]])) {
            return LKV_NO;
        }
    }
    for (size_t i = 0; i < rule->named_count; i++) {
        if (!passed(rules, grades, rule->named[i])) {
            return LKV_NO;
        }
    }
    return others(rules, rule, grades) >= rule->others ? LKV_YES : LKV_NO;
}

/* What is known of one place in the timetable. */
typedef enum { REACHED, FAILED, LEFT_OUT, BLANK } lkv_outlook;

static lkv_outlook outlook_of(lkv_grade_kind kind)
{
    switch (kind) {
    case LKV_GRADE_PASS:
        return REACHED;
    case LKV_GRADE_FAIL:
    case LKV_GRADE_NO_BASIS:
        return FAILED;
    case LKV_GRADE_NOT_STUDIED:
        return LEFT_OUT;
    case LKV_GRADE_MISSING:
    default:
        return BLANK;
    }
}

static lkv_outlook subject_outlook(const lkv_rules *rules, lkv_grades grades,
                                   size_t subject)
{
    lkv_outlook own = outlook_of(kind_of(rules, grade_of(grades, subject)));
    int block = rules->subjects[subject].block;
    bool blocks = !grades.stage || grades.stage->blocks;
    if (own != BLANK || block < 0 || !blocks) {
        return own;
    }
    return outlook_of(kind_of(rules, grade_of(grades, (size_t)block)));
}

static lkv_outlook slot_outlook(const lkv_rules *rules, lkv_grades grades,
                                const lkv_slot *slot)
{
    lkv_outlook best = BLANK;
    for (size_t i = 0; i < slot->count; i++) {
        lkv_outlook next = subject_outlook(rules, grades, slot->subjects[i]);
        best = MIN(best, next);
    }
    return best;
}

typedef struct lkv_outlooks {
    unsigned count[BLANK + 1];
    unsigned outside; /* failed beside the slots */
    bool outside_reached;
    bool nothing; /* read at all */
    bool any; /* grade is a pass */
} lkv_outlooks;

static lkv_outlooks look(const lkv_rules *rules, lkv_grades grades)
{
    lkv_outlooks all = {.nothing = true};
    for (size_t i = 0; i < rules->slot_count; i++) {
        all.count[slot_outlook(rules, grades, &rules->slots[i])]++;
    }
    for (size_t i = 0; i < grades.count; i++) {
        lkv_outlook one = outlook_of(kind_of(rules, grades.grade[i]));
        if (one == BLANK) {
            continue;
        }
        all.nothing = false;
        all.any = all.any || one == REACHED;
        if (slot_of(rules, i) < 0 && !is_block(rules, i)) {
            all.outside += one == FAILED;
            all.outside_reached = all.outside_reached || one == REACHED;
        }
    }
    return all;
}

static lkv_answer all_subjects(const lkv_outlooks *all)
{
    if (all->nothing || all->count[FAILED] || all->outside) {
        return LKV_NO;
    }
    if (all->count[BLANK] || (!all->count[REACHED] && !all->outside_reached)) {
        return LKV_UNKNOWN;
    }
    return LKV_YES;
}

static int lacking(const lkv_rules *rules, const lkv_outlooks *all)
{
    if (all->nothing) {
        return (int)rules->slot_count;
    }
    unsigned failed = all->count[FAILED] + all->outside;
    bool known = all->count[BLANK] == 0 &&
                 (failed || all->count[REACHED] || all->outside_reached);
    return known ? (int)failed : -1;
}

lkv_passes lkv_rules_passes(const lkv_rules *rules, lkv_grades grades)
{
    lkv_outlooks all = look(rules, grades);
    return (lkv_passes){.all_subjects = all_subjects(&all),
                        .lacking = lacking(rules, &all),
                        .any = all.any};
}
