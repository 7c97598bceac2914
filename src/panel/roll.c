#include "panel/roll.h"

#include <string.h>

#include "ingest/table.h"

static void free_codes(gpointer codes)
{
    lkv_names_free(((lkv_roll_codes *)codes)->codes);
}

void lkv_roll_free(lkv_roll *roll)
{
    if (!roll) {
        return;
    }
    for (guint i = 0; roll->school_code && i < roll->codes->len; i++) {
        g_free(roll->school_code[i]);
    }
    g_free(roll->school_code);
    g_free(roll->school_special);
    for (uint32_t i = 0; roll->school_name && i < lkv_names_size(roll->schools);
         i++) {
        g_free(roll->school_name[i]);
    }
    g_free(roll->school_name);
    g_array_set_clear_func(roll->codes, free_codes);
    g_array_unref(roll->codes);
    g_array_unref(roll->numbers);
    g_array_unref(roll->code);
    g_array_unref(roll->number);
    g_array_unref(roll->entries);
    lkv_names_free(roll->ids);
    lkv_names_free(roll->lost);
    lkv_names_free(roll->schools);
    lkv_names_free(roll->classes);
    g_free(roll->row);
    g_free(roll->next);
    g_free(roll);
}

uint32_t lkv_roll_find(const lkv_roll *roll, const char *id, size_t length,
                       int year)
{
    int at = year - roll->first_year;
    uint32_t person = lkv_names_find(roll->ids, id, length);
    if (person == LKV_NO_NAME || at < 0 || at >= roll->years) {
        return LKV_NO_NAME;
    }
    return roll->row[(size_t)person * (size_t)roll->years + (size_t)at];
}

uint32_t lkv_roll_find_after(const lkv_roll *roll, uint32_t before,
                             const char *id, size_t length, int year)
{
    uint32_t next = before == LKV_NO_NAME ? LKV_NO_NAME : roll->next[before];
    if (next != LKV_NO_NAME && lkv_roll_at(roll, next)->year == year) {
        if (lkv_names_is(roll->ids, lkv_roll_at(roll, next)->id, id, length)) {
            return next;
        }
    }
    return lkv_roll_find(roll, id, length, year);
}

size_t lkv_roll_size(const lkv_roll *roll)
{
    return roll->entries->len;
}

const lkv_entry *lkv_roll_at(const lkv_roll *roll, size_t entry)
{
    return &g_array_index(roll->entries, lkv_entry, entry);
}

int lkv_roll_codes_find(const lkv_roll *roll, const char *field)
{
    for (guint i = 0; i < roll->codes->len; i++) {
        if (strcmp(g_array_index(roll->codes, lkv_roll_codes, i).field,
                   field) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int lkv_roll_numbers_find(const lkv_roll *roll, const char *id)
{
    for (guint i = 0; i < roll->numbers->len; i++) {
        if (strcmp(g_array_index(roll->numbers, lkv_roll_numbers, i).id, id) ==
            0) {
            return (int)i;
        }
    }
    return -1;
}

void lkv_facts_add(GArray *inputs, const struct lkv_table_file *file,
                   const struct lkv_reading *reading)
{
    lkv_input_facts facts = {.input = file->input,
                             .bytes = file->scan->bytes,
                             .hash = file->scan->hash,
                             .rows = reading->rows,
                             .rejected = reading->rejected,
                             .passed_over = reading->passed_over,
                             .encoding = lkv_encoding_id(file->scan->encoding),
                             .delimiter = file->delimiter,
                             .decimal = file->decimal,
                             .columns = g_ptr_array_ref(file->header),
                             .fields = g_ptr_array_ref(file->fields)};
    g_array_append_val(inputs, facts);
}

void lkv_facts_drop(GArray *inputs, guint count)
{
    for (guint i = count; i < inputs->len; i++) {
        lkv_input_facts *facts = &g_array_index(inputs, lkv_input_facts, i);
        g_ptr_array_unref(facts->columns);
        g_ptr_array_unref(facts->fields);
    }
    g_array_set_size(inputs, count);
}
