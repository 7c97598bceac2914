#include "audit/sheet.h"

#include <string.h>

#include "base/decimal.h"

enum { COLUMNS = 32 };

const char *lkv_sheet_text(const lkv_sheet *file, size_t slot)
{
    int place = file->place[slot];
    return place < 0 ? "" : file->record->field[place].text;
}

void lkv_sheet_refuse(lkv_sheet *file, size_t slot, const char *what, ...)
{
    va_list list;
    va_start(list, what);
    g_autofree char *text = g_strdup_vprintf(what, list);
    va_end(list);
    file->fine = false;
    lkv_diag_add(file->diag, "E-PROOF-ROW",
                 (lkv_place){.file = file->path,
                             .line = file->record->line,
                             .column = file->place[slot] + 1,
                             .field = file->column[slot]},
                 "%s", text);
}

/* ---- names --------------------------------------------------------------- */

uint32_t lkv_sheet_name(GPtrArray *names, GHashTable *find, const char *name)
{
    gpointer number = NULL;
    if (g_hash_table_lookup_extended(find, name, NULL, &number)) {
        return GPOINTER_TO_UINT(number);
    }
    char *copy = g_strdup(name);
    g_hash_table_insert(find, copy, GUINT_TO_POINTER(names->len));
    g_ptr_array_add(names, copy);
    return names->len - 1;
}

static void free_members(gpointer members)
{
    g_array_unref(members);
}

lkv_dim *lkv_sheet_dim(lkv_evidence *evidence, const char *name,
                       uint16_t *number)
{
    gpointer found = g_hash_table_lookup(evidence->find_dim, name);
    if (found) {
        *number = (uint16_t)(GPOINTER_TO_UINT(found) - 1);
        return g_ptr_array_index(evidence->dims, *number);
    }
    lkv_dim *dim = g_new0(lkv_dim, 1);
    dim->name = g_strdup(name);
    dim->value = g_ptr_array_new_with_free_func(g_free);
    dim->members = g_ptr_array_new_with_free_func(free_members);
    dim->leaves = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    dim->told_by = g_array_new(FALSE, TRUE, sizeof(uint64_t));
    dim->find = g_hash_table_new(g_str_hash, g_str_equal);
    *number = (uint16_t)evidence->dims->len;
    g_ptr_array_add(evidence->dims, dim);
    g_hash_table_insert(evidence->find_dim, dim->name,
                        GUINT_TO_POINTER(*number + 1U));
    return dim;
}

uint16_t lkv_sheet_value(lkv_dim *dim, const char *name, bool leaf)
{
    gpointer found = g_hash_table_lookup(dim->find, name);
    if (found) {
        return (uint16_t)(GPOINTER_TO_UINT(found) - 1);
    }
    uint16_t number = (uint16_t)dim->value->len;
    char *copy = g_strdup(name);
    GArray *members = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    g_ptr_array_add(dim->value, copy);
    g_ptr_array_add(dim->members, members);
    g_array_set_size(dim->told_by, dim->value->len);
    g_hash_table_insert(dim->find, copy, GUINT_TO_POINTER(number + 1U));
    if (leaf) {
        g_array_append_val(members, number);
        g_array_append_val(dim->leaves, number);
    }
    return number;
}

static bool is_told(const lkv_dim *dim, const char *value, uint64_t run)
{
    gpointer found = g_hash_table_lookup(dim->find, value);
    return found &&
           (g_array_index(dim->told_by, uint64_t, GPOINTER_TO_UINT(found) - 1) &
            run);
}

bool lkv_sheet_condition(lkv_sheet *file, size_t slot, lkv_condition *where)
{
    *where = (lkv_condition){0};
    const char *text = lkv_sheet_text(file, slot);
    g_auto(GStrv) terms = g_strsplit(text, ";", -1);
    for (char **term = terms; *term; term++) {
        if (**term == '\0') {
            continue;
        }
        char *equal = strchr(*term, '=');
        if (!equal) {
            lkv_sheet_refuse(file, slot,
                             "\"%s\" is no condition such as school=17", *term);
            return false;
        }
        if (where->terms == LKV_CONDITION_TERMS) {
            lkv_sheet_refuse(file, slot, "a condition has more than %d terms",
                             LKV_CONDITION_TERMS);
            return false;
        }
        *equal = '\0';
        g_autofree char *name = g_uri_unescape_string(*term, NULL);
        g_autofree char *value = g_uri_unescape_string(equal + 1, NULL);
        if (!name || !value) {
            lkv_sheet_refuse(file, slot,
                             "a name has a %% that encodes nothing");
            return false;
        }
        uint16_t number = 0;
        lkv_dim *dim = lkv_sheet_dim(file->evidence, name, &number);
        uint64_t run = lkv_sheet_run(file->evidence);
        if ((dim->declared & run) && !is_told(dim, value, run)) {
            lkv_sheet_refuse(file, slot, "%s=%s is not in dims.csv", name,
                             value);
            return false;
        }
        lkv_condition_set(where, number, lkv_sheet_value(dim, value, true));
    }
    return true;
}

uint64_t lkv_sheet_run(const lkv_evidence *evidence)
{
    return UINT64_C(1) << (evidence->runs->len - 1);
}

uint16_t lkv_sheet_population(lkv_evidence *evidence, const char *id)
{
    guint run = evidence->runs->len - 1;
    g_autofree char *name =
        run == 0 ? g_strdup(id)
                 : g_strdup_printf(
                       "%s (%s)", id,
                       (const char *)g_ptr_array_index(evidence->runs, run));
    uint32_t number =
        lkv_sheet_name(evidence->populations, evidence->find_population, name);
    if (number == evidence->origins->len) {
        lkv_origin origin = {g_strdup(id), lkv_sheet_run(evidence)};
        g_array_append_val(evidence->origins, origin);
    }
    return (uint16_t)number;
}

/* ---- numbers ------------------------------------------------------------- */

bool lkv_sheet_number(lkv_sheet *file, size_t slot, unsigned decimals,
                      int64_t *number)
{
    const char *text = lkv_sheet_text(file, slot);
    lkv_decimal decimal;
    if (lkv_decimal_read(text, strlen(text), '.', &decimal) == LKV_DECIMAL_OK &&
        lkv_decimal_scale(decimal, decimals, number) &&
        *number<LKV_NO_END / LKV_MILLION && * number> -
            LKV_NO_END / LKV_MILLION) {
        return true;
    }
    lkv_sheet_refuse(file, slot, "\"%s\" is no number%s", text,
                     decimals == 0 ? " of pupils" : "");
    return false;
}

/* ---- reading ------------------------------------------------------------- */

static bool take_header(lkv_sheet *file)
{
    const lkv_record *record = file->record;
    file->fields = record->fields;
    for (size_t i = 0; file->column[i]; i++) {
        file->place[i] = -1;
        for (size_t at = 0; at < record->fields && at < COLUMNS; at++) {
            if (strcmp(record->field[at].text, file->column[i]) == 0) {
                file->place[i] = (int)at;
            }
        }
        if (file->place[i] < 0 && i < file->required) {
            file->fine = false;
            lkv_diag_add(file->diag, "E-PROOF-ROW",
                         (lkv_place){.file = file->path,
                                     .line = record->line,
                                     .field = file->column[i]},
                         "there is no column %s", file->column[i]);
            return false;
        }
    }
    return true;
}

static bool take_record(void *context, const lkv_record *record)
{
    lkv_sheet *file = context;
    file->record = record;
    if (file->fields == 0) {
        return take_header(file);
    }
    if (record->fields != file->fields) {
        lkv_sheet_refuse(file, 0, "the row has %zu fields, the header %zu",
                         record->fields, file->fields);
        return false;
    }
    return file->take(file);
}

bool lkv_sheet_read(lkv_sheet *file)
{
    const lkv_input input = {.path = file->path, .name = file->path};
    g_autoptr(lkv_scan) scan = lkv_scan_file(&input, NULL, file->diag);
    if (!scan) {
        return false;
    }
    lkv_reading reading = {.scan = scan,
                           .name = file->path,
                           .delimiter = ',',
                           .slots = COLUMNS,
                           .diag = file->diag};
    file->fine = true;
    bool read = lkv_records_read(
        &reading, (lkv_range){.from = scan->start, .to = scan->bytes},
        take_record, file);
    if (read && (reading.rejected > 0 || file->fields == 0)) {
        lkv_diag_add(file->diag, "E-PROOF-ROW", (lkv_place){.file = file->path},
                     file->fields == 0 ? "the file has no header"
                                       : "some of its rows cannot be read");
        return false;
    }
    return read && file->fine;
}
