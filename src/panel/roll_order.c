/* The order of the roll: numbers by sorted code, entries by year, school and
 * person, and no pupil twice in a school year.
 */
#include <stddef.h>
#include <string.h>

#include "base/order.h"
#include "panel/roll_read.h"

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

static gint by_person(gconstpointer a, gconstpointer b, gpointer roll)
{
    const lkv_entry *one = lkv_roll_at(roll, *(const uint32_t *)a);
    const lkv_entry *two = lkv_roll_at(roll, *(const uint32_t *)b);
    int result = lkv_order(one->year, two->year);
    result = result ? result : lkv_order(one->id, two->id);
    result = result ? result : lkv_order(one->file, two->file);
    return result ? result : lkv_order(one->line, two->line);
}

static uint32_t *sorted_by_person(lkv_roll *roll)
{
    uint32_t *index = g_new(uint32_t, roll->entries->len + 1);
    for (uint32_t i = 0; i < roll->entries->len; i++) {
        index[i] = i;
    }
    g_qsort_with_data(index, (gint)roll->entries->len, sizeof *index, by_person,
                      roll);
    return index;
}

/* Counts exact duplicates, of which the first is kept; others refuse the data.
 */
static bool count_twins(lkv_roll *roll, const lkv_study *study, GArray *inputs,
                        lkv_diag *diag)
{
    g_autofree uint32_t *index = sorted_by_person(roll);
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
        for (guint k = 0; k < inputs->len; k++) {
            lkv_input_facts *facts = &g_array_index(inputs, lkv_input_facts, k);
            facts->duplicates +=
                facts->input == &study->inputs.input[two->file];
        }
    }
    return fine;
}

static void find_years(lkv_roll *roll)
{
    int first = INT16_MAX, last = 0;
    for (guint i = 0; i < roll->entries->len; i++) {
        int year = lkv_roll_at(roll, i)->year;
        first = MIN(first, year);
        last = MAX(last, year);
    }
    roll->first_year = first;
    roll->years = last - first + 1;
}

static size_t places(const lkv_roll *roll)
{
    return (size_t)lkv_names_size(roll->ids) * (size_t)roll->years;
}

/* Gives each person and year its entry, the first that was read. How many
 * entries that are.
 */
static guint index_rows(lkv_roll *roll)
{
    guint kept = 0;
    roll->row = g_new(uint32_t, places(roll) + 1);
    memset(roll->row, 0xff, places(roll) * sizeof *roll->row);
    for (guint i = 0; i < roll->entries->len; i++) {
        const lkv_entry *entry = lkv_roll_at(roll, i);
        uint32_t *row = &roll->row[(size_t)entry->id * (size_t)roll->years +
                                   (size_t)(entry->year - roll->first_year)];
        if (*row == LKV_NO_NAME) {
            *row = i;
            kept++;
        }
    }
    return kept;
}

/* Where each entry that is kept goes: by year, school, person; LKV_NO_NAME for
 * others. Persons are numbered in order, so that counting those of each school
 * and year is enough.
 */
static uint32_t *fresh_numbers(const lkv_roll *roll)
{
    uint32_t schools = lkv_names_size(roll->schools);
    size_t buckets = (size_t)schools * (size_t)roll->years;
    g_autofree uint32_t *next = g_new0(uint32_t, buckets + 1);
    uint32_t *fresh = g_new(uint32_t, roll->entries->len + 1);
    memset(fresh, 0xff, roll->entries->len * sizeof *fresh);
    for (size_t i = 0; i < places(roll); i++) {
        if (roll->row[i] != LKV_NO_NAME) {
            size_t year = i % (size_t)roll->years;
            next[year * schools + lkv_roll_at(roll, roll->row[i])->school +
                 1]++;
        }
    }
    for (size_t i = 1; i <= buckets; i++) {
        next[i] += next[i - 1];
    }
    for (size_t i = 0; i < places(roll); i++) {
        if (roll->row[i] != LKV_NO_NAME) {
            size_t year = i % (size_t)roll->years;
            size_t school = lkv_roll_at(roll, roll->row[i])->school;
            fresh[roll->row[i]] = next[year * schools + school]++;
        }
    }
    return fresh;
}

/* Which entry was read after which. FRESH is the number of each of COUNT entries
 * as they were read, or LKV_NO_NAME.
 */
static void link_entries(lkv_roll *roll, const uint32_t *fresh, guint count)
{
    uint32_t behind = LKV_NO_NAME;
    roll->next = g_new(uint32_t, count + 1);
    for (guint i = count; i-- > 0;) {
        if (fresh[i] != LKV_NO_NAME) {
            roll->next[fresh[i]] = behind;
            behind = fresh[i];
        }
    }
}

/* The KEPT rows of WIDTH elements that FRESH tells of, in its order. */
static GArray *moved(GArray *from, const uint32_t *fresh, guint kept,
                     guint width)
{
    guint size = g_array_get_element_size(from);
    guint bytes = width * size, count = width > 0 ? from->len / width : 0;
    GArray *to = g_array_sized_new(FALSE, FALSE, size, kept * width);
    g_array_set_size(to, kept * width);
    for (guint i = 0; i < count; i++) {
        if (fresh[i] != LKV_NO_NAME) {
            memcpy(to->data + (size_t)fresh[i] * bytes,
                   from->data + (size_t)i * bytes, bytes);
        }
    }
    g_array_unref(from);
    return to;
}

/* Entries by year, school, person; codes and numbers with them. Registers that
 * come in this order are left as they are.
 */
static void put_in_order(lkv_roll *roll, guint kept)
{
    g_autofree uint32_t *fresh = fresh_numbers(roll);
    guint count = roll->entries->len, same = 0;
    link_entries(roll, fresh, count);
    while (same < count && fresh[same] == same) {
        same++;
    }
    if (same == count) {
        return;
    }
    roll->entries = moved(roll->entries, fresh, kept, 1);
    roll->code = moved(roll->code, fresh, kept, roll->codes->len);
    roll->number = moved(roll->number, fresh, kept, roll->numbers->len);
    for (size_t i = 0; i < places(roll); i++) {
        if (roll->row[i] != LKV_NO_NAME) {
            roll->row[i] = fresh[roll->row[i]];
        }
    }
}

bool lkv_roll_settle(lkv_roll *roll, const lkv_study *study, GArray *inputs,
                     lkv_diag *diag)
{
    find_years(roll);
    guint kept = index_rows(roll);
    bool fine =
        kept == roll->entries->len || count_twins(roll, study, inputs, diag);
    put_in_order(roll, kept);
    return fine;
}
