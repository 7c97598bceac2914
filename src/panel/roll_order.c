/* The order of the roll: numbers by sorted code, entries by year, school and
 * person, and no pupil twice in a school year.
 */
#include <stddef.h>
#include <string.h>

#include "panel/roll_read.h"

struct order {
    const lkv_roll *roll;
    bool by_person;
};

static int by_value(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static gint compare(gconstpointer a, gconstpointer b, gpointer context)
{
    const struct order *order = context;
    const lkv_entry *one = lkv_roll_at(order->roll, *(const uint32_t *)a);
    const lkv_entry *two = lkv_roll_at(order->roll, *(const uint32_t *)b);
    int result = by_value(one->year, two->year);
    if (result == 0 && !order->by_person) {
        result = by_value(one->school, two->school);
    }
    result = result ? result : by_value(one->id, two->id);
    result = result ? result : by_value(one->file, two->file);
    return result ? result : by_value(one->line, two->line);
}

static uint32_t *sorted(const lkv_roll *roll, bool by_person)
{
    struct order order = {roll, by_person};
    uint32_t *index = g_new(uint32_t, roll->entries->len + 1);
    bool in_order = true;
    for (uint32_t i = 0; i < roll->entries->len; i++) {
        index[i] = i;
        in_order = in_order &&
                   (i == 0 || compare(&index[i - 1], &index[i], &order) < 0);
    }
    if (!in_order) {
        g_qsort_with_data(index, (gint)roll->entries->len, sizeof *index,
                          compare, &order);
    }
    return index;
}

static uint32_t *renumber(const lkv_roll *roll, lkv_names *names, size_t offset)
{
    uint32_t *fresh = lkv_names_sort(names);
    for (guint i = 0; i < roll->entries->len; i++) {
        char *entry = (char *)&g_array_index(roll->entries, lkv_entry, i);
        uint32_t *number = (uint32_t *)(void *)(entry + offset);
        *number = fresh[*number];
    }
    return fresh;
}

static uint32_t **renumber_codes(lkv_roll *roll)
{
    guint columns = roll->codes->len;
    uint32_t **fresh = g_new0(uint32_t *, columns + 1);
    for (guint k = 0; k < columns; k++) {
        fresh[k] =
            lkv_names_sort(g_array_index(roll->codes, lkv_roll_codes, k).codes);
        for (guint i = 0; i < roll->entries->len; i++) {
            uint16_t *code =
                &g_array_index(roll->code, uint16_t, i * columns + k);
            *code =
                *code == LKV_NO_CODE ? LKV_NO_CODE : (uint16_t)fresh[k][*code];
        }
    }
    return fresh;
}

uint32_t **lkv_roll_renumber(lkv_roll *roll)
{
    g_free(renumber(roll, roll->ids, offsetof(lkv_entry, id)));
    g_free(renumber(roll, roll->schools, offsetof(lkv_entry, school)));
    if (roll->has_classes) {
        g_free(renumber(roll, roll->classes, offsetof(lkv_entry, class_name)));
    }
    return renumber_codes(roll);
}

static bool alike(const lkv_roll *roll, uint32_t a, uint32_t b)
{
    const lkv_entry *one = lkv_roll_at(roll, a), *two = lkv_roll_at(roll, b);
    size_t codes = roll->codes->len, numbers = roll->numbers->len;
    if (one->school != two->school || one->stage_year != two->stage_year) {
        return false;
    }
    for (size_t k = 0; k < codes; k++) {
        if (g_array_index(roll->code, uint16_t, a * codes + k) !=
            g_array_index(roll->code, uint16_t, b * codes + k)) {
            return false;
        }
    }
    for (size_t k = 0; k < numbers; k++) {
        lkv_decimal x =
            g_array_index(roll->number, lkv_decimal, a * numbers + k);
        lkv_decimal y =
            g_array_index(roll->number, lkv_decimal, b * numbers + k);
        if (x.mantissa != y.mantissa || x.decimals != y.decimals) {
            return false;
        }
    }
    return true;
}

static void report_twice(const lkv_roll *roll, const lkv_study *study,
                         uint32_t first, uint32_t second, lkv_diag *diag)
{
    const lkv_entry *one = lkv_roll_at(roll, first);
    const lkv_entry *two = lkv_roll_at(roll, second);
    const lkv_input *input = &study->inputs.input[two->file];
    lkv_message *message = lkv_diag_add(
        diag, "E-PUPIL-TWICE",
        (lkv_place){.file = input->name, .line = two->line},
        one->school != two->school
            ? "the same pupil is at another school in line %ld of %s"
            : "the same pupil has other values in line %ld of %s",
        one->line, study->inputs.input[one->file].name);
    lkv_message_why(message, "each pupil counts once in a school year, at one "
                             "school");
    lkv_message_fix(message, "keep the row that was true at the reference "
                             "date");
}

/* Exact duplicates are kept once and counted; others refuse the data. */
static bool drop_twins(lkv_roll *roll, const lkv_study *study, GArray *inputs,
                       bool *dropped, lkv_diag *diag)
{
    g_autofree uint32_t *index = sorted(roll, true);
    bool fine = true;
    for (guint i = 1; i < roll->entries->len; i++) {
        const lkv_entry *one = lkv_roll_at(roll, index[i - 1]);
        const lkv_entry *two = lkv_roll_at(roll, index[i]);
        if (one->id != two->id || one->year != two->year) {
            continue;
        }
        if (!alike(roll, index[i - 1], index[i])) {
            report_twice(roll, study, index[i - 1], index[i], diag);
            fine = false;
        }
        dropped[index[i]] = true;
        for (guint k = 0; k < inputs->len; k++) {
            lkv_input_facts *facts = &g_array_index(inputs, lkv_input_facts, k);
            facts->duplicates +=
                facts->input == &study->inputs.input[two->file];
        }
    }
    return fine;
}

/* Which entry was read after which. FRESH is the number of each of COUNT entries
 * as they were read, or LKV_NO_NAME.
 */
static void link_entries(lkv_roll *roll, const uint32_t *fresh, guint count)
{
    uint32_t behind = LKV_NO_NAME;
    roll->next = g_new(uint32_t, roll->entries->len + 1);
    for (guint i = count; i-- > 0;) {
        if (fresh[i] != LKV_NO_NAME) {
            roll->next[fresh[i]] = behind;
            behind = fresh[i];
        }
    }
}

/* Entries by year, school, person; codes and numbers with them. */
static void put_in_order(lkv_roll *roll, const bool *dropped)
{
    g_autofree uint32_t *index = sorted(roll, false);
    guint codes = roll->codes->len, numbers = roll->numbers->len;
    GArray *entries = g_array_new(FALSE, TRUE, sizeof(lkv_entry));
    GArray *code = g_array_new(FALSE, TRUE, sizeof(uint16_t));
    GArray *number = g_array_new(FALSE, TRUE, sizeof(lkv_decimal));
    guint count = roll->entries->len;
    g_autofree uint32_t *fresh = g_new(uint32_t, count + 1);
    for (guint i = 0; i < count; i++) {
        uint32_t at = index[i];
        fresh[at] = dropped[at] ? LKV_NO_NAME : entries->len;
        if (dropped[at]) {
            continue;
        }
        g_array_append_vals(entries, lkv_roll_at(roll, at), 1);
        if (codes > 0) {
            g_array_append_vals(
                code, &g_array_index(roll->code, uint16_t, at * codes), codes);
        }
        if (numbers > 0) {
            g_array_append_vals(
                number, &g_array_index(roll->number, lkv_decimal, at * numbers),
                numbers);
        }
    }
    g_array_unref(roll->entries);
    g_array_unref(roll->code);
    g_array_unref(roll->number);
    roll->entries = entries;
    roll->code = code;
    roll->number = number;
    link_entries(roll, fresh, count);
}

static void index_rows(lkv_roll *roll)
{
    int first = INT16_MAX, last = 0;
    for (guint i = 0; i < roll->entries->len; i++) {
        int year = lkv_roll_at(roll, i)->year;
        first = MIN(first, year);
        last = MAX(last, year);
    }
    roll->first_year = first;
    roll->years = last - first + 1;
    size_t size = (size_t)lkv_names_size(roll->ids) * (size_t)roll->years;
    roll->row = g_new(uint32_t, size + 1);
    memset(roll->row, 0xff, size * sizeof *roll->row);
    for (guint i = 0; i < roll->entries->len; i++) {
        const lkv_entry *entry = lkv_roll_at(roll, i);
        roll->row[(size_t)entry->id * (size_t)roll->years +
                  (size_t)(entry->year - first)] = i;
    }
}

bool lkv_roll_settle(lkv_roll *roll, const lkv_study *study, GArray *inputs,
                     lkv_diag *diag)
{
    g_autofree bool *dropped = g_new0(bool, roll->entries->len + 1);
    bool fine = drop_twins(roll, study, inputs, dropped, diag);
    put_in_order(roll, dropped);
    index_rows(roll);
    return fine;
}
