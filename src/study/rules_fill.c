#include "study/rules_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/locale.h"
#include "base/wide.h"

enum { STEPS_MOST = 200, SUBJECTS_MOST = 1000 };

void lkv_filler_refuse(lkv_filler *filler, const lkv_node *node,
                       const char *what, const char *word)
{
    filler->sound = false;
    lkv_diag_add(filler->diag, "E-RULES", lkv_node_place(node, NULL),
                 "%s \"%s\"", what, word);
}

void *lkv_filler_keep(lkv_filler *filler, void *block)
{
    return lkv_yaml_keep(filler->rules->text->yaml, block);
}

static lkv_grade_kind step_kind(const char *word)
{
    static const char *const words[] = {
        [LKV_GRADE_PASS] = "pass",
        [LKV_GRADE_FAIL] = "fail",
        [LKV_GRADE_NO_BASIS] = "no_basis",
        [LKV_GRADE_NOT_STUDIED] = "not_studied",
        [LKV_GRADE_MISSING] = "missing",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (g_strcmp0(words[i], word) == 0) {
            return (lkv_grade_kind)i;
        }
    }
    return LKV_GRADE_MISSING;
}

static lkv_decimal step_points(const lkv_node *step)
{
    lkv_decimal points = {0};
    const char *text = lkv_node_text(step, "points");
    if (text) {
        lkv_decimal_read(text, strlen(text), '.', &points);
    }
    return points;
}

/* Bytes that are no grade count as missing. */
static void fill_kinds(const lkv_rules *rules)
{
    struct lkv_rules_text *text = rules->text;
    for (size_t byte = 0; byte <= UINT8_MAX; byte++) {
        const lkv_step *step = lkv_rules_step(rules, (uint8_t)byte);
        lkv_grade_kind kind = step ? step->kind : LKV_GRADE_MISSING;
        bool graded = kind == LKV_GRADE_PASS || kind == LKV_GRADE_FAIL;
        text->kind[byte] = (uint8_t)kind;
        text->worth[byte] = graded ? step->points : 0;
    }
}

static void fill_steps(lkv_filler *filler)
{
    const lkv_node *scale = lkv_node_find(filler->root, "scale");
    size_t count = lkv_node_size(scale);
    if (count > STEPS_MOST) {
        lkv_filler_refuse(filler, scale, "too many steps in", "scale");
        return;
    }
    lkv_step *steps = lkv_filler_keep(filler, g_new0(lkv_step, count + 1));
    uint8_t decimals = 0;
    for (size_t i = 0; i < count; i++) {
        decimals =
            MAX(decimals, step_points(lkv_node_at(scale, i)->value).decimals);
    }
    for (size_t i = 0; i < count; i++) {
        const lkv_entry *entry = lkv_node_at(scale, i);
        int64_t points = 0;
        lkv_decimal_scale(step_points(entry->value), decimals, &points);
        steps[i] = (lkv_step){
            .symbol = entry->key,
            .kind = step_kind(lkv_node_text(entry->value, "is")),
            .rank = (int)lkv_node_whole(entry->value, "rank", 0),
            .points = (int32_t)MIN(points, INT32_MAX),
        };
        if (steps[i].kind == LKV_GRADE_MISSING) {
            filler->rules->text->missing = (uint8_t)(i + 1);
        }
    }
    filler->rules->steps = steps;
    filler->rules->step_count = count;
    fill_kinds(filler->rules);
    filler->rules->point_decimals = decimals;
    if (!filler->rules->text->missing) {
        lkv_filler_refuse(filler, scale, "no step of the scale is", "missing");
    }
}

static void fill_mark(lkv_filler *filler, const lkv_entry *entry, uint8_t grade)
{
    struct lkv_rules_text *text = filler->rules->text;
    size_t length = strlen(entry->key);
    if (length > LKV_MARK_BYTES) {
        lkv_filler_refuse(filler, entry->value, "longer than 32 bytes is",
                          entry->key);
        return;
    }
    char *folded = lkv_filler_keep(filler, text->ignore_case
                                               ? g_ascii_strdown(entry->key, -1)
                                               : g_strdup(entry->key));
    lkv_mark mark = {folded, length, grade};
    for (size_t i = 0; i < text->mark_count; i++) {
        if (lkv_mark_compare(&text->marks[i], &mark) == 0) {
            lkv_filler_refuse(filler, entry->value, "two meanings has",
                              entry->key);
            return;
        }
    }
    text->marks[text->mark_count++] = mark;
}

static uint8_t step_named(const lkv_rules *rules, const char *symbol)
{
    for (size_t i = 0; i < rules->step_count; i++) {
        if (g_strcmp0(rules->steps[i].symbol, symbol) == 0) {
            return (uint8_t)(i + 1);
        }
    }
    return 0;
}

static void fill_marks(lkv_filler *filler)
{
    const lkv_node *scale = lkv_node_find(filler->root, "scale");
    const lkv_node *aliases = lkv_node_find(filler->root, "aliases");
    size_t others = aliases ? lkv_node_size(aliases) : 0;
    struct lkv_rules_text *text = filler->rules->text;
    text->ignore_case =
        g_strcmp0(lkv_node_text(filler->root, "letter_case"), "ignored") == 0;
    text->marks = lkv_filler_keep(
        filler, g_new0(lkv_mark, lkv_node_size(scale) + others + 1));
    for (size_t i = 0; i < filler->rules->step_count; i++) {
        fill_mark(filler, lkv_node_at(scale, i), (uint8_t)(i + 1));
    }
    for (size_t i = 0; i < others; i++) {
        const lkv_entry *entry = lkv_node_at(aliases, i);
        uint8_t grade = step_named(filler->rules, entry->value->text);
        if (!grade) {
            lkv_filler_refuse(filler, entry->value, "no step of the scale is",
                              entry->value->text);
            continue;
        }
        fill_mark(filler, entry, grade);
    }
    qsort(text->marks, text->mark_count, sizeof *text->marks, lkv_mark_compare);
}

int lkv_rules_subject_named(const lkv_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->subject_count; i++) {
        if (strcmp(rules->subjects[i].id, id) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static void fill_subject(lkv_filler *filler, const lkv_entry *entry,
                         lkv_subject *subject, size_t index)
{
    struct lkv_rules_text *text = filler->rules->text;
    *subject = (lkv_subject){entry->key, -1, -1};
    text->slot[index] = -1;
    text->outcome[index] =
        lkv_filler_keep(filler, g_strconcat("grade:", entry->key, NULL));
    if (strlen(entry->key) >= LKV_SUBJECT_TEXT) {
        lkv_filler_refuse(filler, entry->value, "longer than 15 bytes is",
                          entry->key);
    }
}

static void reserve_subjects(lkv_filler *filler, size_t count)
{
    struct lkv_rules_text *text = filler->rules->text;
    text->slot = lkv_filler_keep(filler, g_new0(int16_t, count + 1));
    text->is_block = lkv_filler_keep(filler, g_new0(bool, count + 1));
    text->outcome = lkv_filler_keep(filler, g_new0(const char *, count + 1));
}

static lkv_subject *fill_subjects(lkv_filler *filler)
{
    const lkv_node *node = lkv_node_find(filler->root, "subjects");
    size_t count = lkv_node_size(node);
    if (count > SUBJECTS_MOST) {
        lkv_filler_refuse(filler, node, "too many stand in", "subjects");
        count = SUBJECTS_MOST;
    }
    lkv_subject *subjects =
        lkv_filler_keep(filler, g_new0(lkv_subject, count + 1));
    reserve_subjects(filler, count);
    for (size_t i = 0; i < count; i++) {
        fill_subject(filler, lkv_node_at(node, i), &subjects[i], i);
    }
    filler->rules->subjects = subjects;
    filler->rules->subject_count = count;
    return subjects;
}

static void fill_choices(lkv_filler *filler)
{
    const lkv_node *node = lkv_node_find(filler->root, "choices");
    size_t count = node ? lkv_node_size(node) : 0;
    lkv_choice *choices =
        lkv_filler_keep(filler, g_new0(lkv_choice, count + 1));
    filler->rules->text->letters =
        lkv_filler_keep(filler, g_new0(unsigned, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        choices[i].id = entry->key;
        filler->rules->text->letters[i] =
            (unsigned)lkv_node_whole(entry->value, "letters", 3);
        if (strlen(entry->key) + filler->rules->text->letters[i] >=
            LKV_SUBJECT_TEXT) {
            lkv_filler_refuse(filler, entry->value,
                              "too long with its language is", entry->key);
        }
    }
    filler->rules->choices = choices;
    filler->rules->choice_count = count;
}

static void fill_name(lkv_filler *filler, const lkv_node *node,
                      const char *name, lkv_subject_name found)
{
    struct lkv_rules_text *text = filler->rules->text;
    found.text = lkv_filler_keep(filler, lkv_text_fold(name));
    for (size_t i = 0; i < text->name_count; i++) {
        const lkv_subject_name *there = &text->names[i];
        if (strcmp(there->text, found.text) == 0 &&
            (there->subject != found.subject ||
             there->choice != found.choice)) {
            lkv_filler_refuse(filler, node, "two subjects are called", name);
        }
    }
    text->names[text->name_count++] = found;
}

static void fill_names(lkv_filler *filler)
{
    const lkv_node *subjects = lkv_node_find(filler->root, "subjects");
    const lkv_node *choices = lkv_node_find(filler->root, "choices");
    const lkv_rules *rules = filler->rules;
    lkv_yaml *yaml = filler->rules->text->yaml;
    size_t room = rules->subject_count;
    for (size_t i = 0; i < rules->subject_count; i++) {
        room += lkv_node_size(lkv_node_at(subjects, i)->value);
    }
    for (size_t i = 0; i < rules->choice_count; i++) {
        const lkv_node *names =
            lkv_node_find(lkv_node_at(choices, i)->value, "names");
        room += names ? lkv_node_size(names) : 0;
    }
    filler->rules->text->names =
        lkv_filler_keep(filler, g_new0(lkv_subject_name, room + 1));
    for (size_t i = 0; i < rules->subject_count; i++) {
        const lkv_entry *entry = lkv_node_at(subjects, i);
        lkv_subject_name found = {NULL, (int)i, -1};
        fill_name(filler, entry->value, entry->key, found);
        const char *const *names = lkv_node_texts(yaml, subjects, entry->key);
        for (size_t j = 0; names && names[j]; j++) {
            fill_name(filler, entry->value, names[j], found);
        }
    }
    for (size_t i = 0; i < rules->choice_count; i++) {
        const lkv_node *choice = lkv_node_at(choices, i)->value;
        lkv_subject_name found = {NULL, -1, (int)i};
        const char *const *names = lkv_node_texts(yaml, choice, "names");
        for (size_t j = 0; names && names[j]; j++) {
            fill_name(filler, choice, names[j], found);
        }
    }
    qsort(filler->rules->text->names, filler->rules->text->name_count,
          sizeof *filler->rules->text->names, lkv_subject_name_compare);
}

bool lkv_rules_fill(lkv_rules *rules, const lkv_node *root, lkv_diag *diag)
{
    lkv_filler filler = {rules, root, diag, true};
    fill_steps(&filler);
    if (!filler.sound) {
        return false;
    }
    fill_marks(&filler);
    lkv_subject *subjects = fill_subjects(&filler);
    fill_choices(&filler);
    fill_names(&filler);
    lkv_rules_fill_parts(&filler, subjects);
    return filler.sound;
}
