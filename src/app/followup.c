#include "app/followup.h"

#include <string.h>

#include "base/clean.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "ingest/table.h"
#include "ingest/value.h"
#include "panel/panel.h"
#include "panel/roll.h"

const char lkv_followups_file[] = "followup.csv";

enum { SCHOOL, QUESTION, ACTION, INDICATOR, GROUP, LEVEL, SLOTS };
enum { TEXT_MOST = 200 }; /* characters of a question or an action */

static const lkv_wanted columns[SLOTS] = {
    [SCHOOL] = {"school_id", true, -1}, [QUESTION] = {"question", true, -1},
    [ACTION] = {"action", false, -1},   [INDICATOR] = {"indicator", true, -1},
    [GROUP] = {"group", false, -1},     [LEVEL] = {"level", false, -1},
};

struct lkv_followups {
    GArray *rows; /* lkv_followup */
    GStringChunk *text;
};

/* One file while it is read. */
struct reading {
    lkv_followups *into;
    const lkv_input *input;
    int year;
    lkv_diag *diag;
};

static const char *kept(const struct reading *reading, const char *text)
{
    return g_string_chunk_insert_const(reading->into->text, text);
}

/* ---- texts ----------------------------------------------------------------- */

/* Bytes of the mark at TEXT that can part a personal number. */
static size_t mark_at(const char *text)
{
    static const char *const marks[] = {"-", "+", " ", "\u2013", "\u00a0"};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (g_str_has_prefix(text, marks[i])) {
            return strlen(marks[i]);
        }
    }
    return 0;
}

/* Whether the digits that begin at TEXT, parted by one mark or none, are a
 * personal number.
 */
static bool is_personal_number(const char *text)
{
    char number[16];
    size_t length = 0;
    bool parted = false;
    while (length < sizeof number - 1) {
        size_t mark = mark_at(text);
        if (g_ascii_isdigit(*text)) {
            number[length++] = *text++;
        } else if (mark > 0 && !parted && (length == 6 || length == 8)) {
            number[length++] = '-';
            text += mark;
            parted = true;
        } else {
            break;
        }
    }
    number[length] = '\0';
    return !g_ascii_isdigit(*text) && lkv_value_personal_number(number);
}

/* Whatever stands around it: a bracket, a full stop, a letter. */
static bool has_personal_number(const char *text)
{
    for (const char *at = text; *at; at++) {
        bool first =
            g_ascii_isdigit(*at) && (at == text || !g_ascii_isdigit(at[-1]));
        if (first && is_personal_number(at)) {
            return true;
        }
    }
    return false;
}

/* What is wrong with TEXT, or NULL. */
static const char *fault_of(const char *text)
{
    return g_utf8_strlen(text, -1) > TEXT_MOST
               ? "this is longer than 200 characters"
           : lkv_value_invisible(text)
               ? "there is a character that cannot be seen"
           : has_personal_number(text)
               ? "there is what looks like a personal identity number"
           : lkv_text_formula(text) ? "a spreadsheet would take this for a "
                                      "formula"
                                    : NULL;
}

static lkv_place place_of(const struct reading *reading,
                          const lkv_record *record, int slot)
{
    return (lkv_place){.file = reading->input->name,
                       .line = record->line,
                       .field = columns[slot].id};
}

static bool texts_fit(const struct reading *reading, const lkv_record *record)
{
    bool fine = true;
    for (int slot = 0; slot < SLOTS; slot++) {
        const char *text = record->field[slot].text;
        const char *fault = fault_of(text);
        if (!fault && columns[slot].required && !*text) {
            fault = "this is missing";
        }
        if (fault) {
            lkv_message *message =
                lkv_diag_add(reading->diag, "E-FOLLOWUP-TEXT",
                             place_of(reading, record, slot), "%s", fault);
            lkv_message_fix(message, "write it anew, for everyone to read");
            fine = false;
        }
    }
    return fine;
}

/* ---- rows ------------------------------------------------------------------ */

static bool read_level(const struct reading *reading, const lkv_record *record,
                       int64_t *level)
{
    const lkv_field_text *field = &record->field[LEVEL];
    lkv_decimal number = {0};
    *level = LKV_NO_LEVEL;
    if (field->length == 0) {
        return true;
    }
    bool whole = lkv_decimal_read(field->text, field->length, '.', &number) ==
                     LKV_DECIMAL_OK &&
                 number.decimals == 0 && number.mantissa >= 0 &&
                 number.mantissa <= 1000000;
    *level = number.mantissa;
    if (!whole) {
        lkv_message *message =
            lkv_diag_add(reading->diag, "E-FOLLOWUP-UNKNOWN",
                         place_of(reading, record, LEVEL),
                         "a level is a whole number, of per cent or of points");
        lkv_message_excerpt(message, field->text);
    }
    return whole;
}

static bool take_row(void *context, const lkv_record *record)
{
    const struct reading *reading = context;
    const lkv_field_text *field = record->field;
    int64_t level = LKV_NO_LEVEL;
    bool fine = texts_fit(reading, record);
    fine = read_level(reading, record, &level) && fine;
    if (!fine) {
        return true;
    }
    const char *group = field[GROUP].text;
    const lkv_followup row = {
        .school_id = kept(reading, field[SCHOOL].text),
        .question = kept(reading, field[QUESTION].text),
        .action = kept(reading, field[ACTION].text),
        .target = {.indicator = kept(reading, field[INDICATOR].text),
                   .group = *group ? kept(reading, group) : NULL,
                   .level = level,
                   .year = reading->year,
                   .place = place_of(reading, record, INDICATOR)}};
    g_array_append_val(reading->into->rows, row);
    return true;
}

static int compare_rows(gconstpointer a, gconstpointer b)
{
    const lkv_followup *left = a, *right = b;
    const char *const pairs[][2] = {
        {left->school_id, right->school_id},
        {left->question, right->question},
        {left->action, right->action},
        {left->target.indicator, right->target.indicator},
        {left->target.group, right->target.group}};
    int order = 0;
    for (size_t i = 0; order == 0 && i < G_N_ELEMENTS(pairs); i++) {
        order = g_strcmp0(pairs[i][0], pairs[i][1]);
    }
    return order ? order
                 : (left->target.level > right->target.level) -
                       (left->target.level < right->target.level);
}

/* ---- files ----------------------------------------------------------------- */

static lkv_followups *followups_new(void)
{
    lkv_followups *followups = g_new0(lkv_followups, 1);
    followups->rows = g_array_new(FALSE, TRUE, sizeof(lkv_followup));
    followups->text = g_string_chunk_new(1024);
    return followups;
}

void lkv_followups_free(lkv_followups *followups)
{
    if (followups) {
        g_array_unref(followups->rows);
        g_string_chunk_free(followups->text);
        g_free(followups);
    }
}

/* Reads INPUT into READING's rows; INPUTS may be NULL. */
static void read_file(struct reading *reading, const lkv_fields *fields,
                      GArray *inputs)
{
    const lkv_table_ask ask = {.input = reading->input,
                               .fields = fields,
                               .wanted = columns,
                               .wants = SLOTS};
    g_autoptr(lkv_table_file) file = lkv_table_open(&ask, reading->diag);
    if (!file) {
        return;
    }
    lkv_reading rows = lkv_table_reading(file, reading->diag);
    lkv_records_read(&rows, file->rows, take_row, reading);
    if (inputs) {
        lkv_facts_add(inputs, file, &rows);
    }
}

static bool has_followups(const lkv_study *study)
{
    for (size_t i = 0; i < study->inputs.count; i++) {
        if (study->inputs.input[i].table == LKV_TABLE_FOLLOWUP) {
            return true;
        }
    }
    return false;
}

lkv_followups *lkv_followups_read(const lkv_study *study, GArray *inputs,
                                  lkv_diag *diag)
{
    g_autoptr(lkv_fields) fields =
        has_followups(study) ? lkv_fields_read(diag) : NULL;
    g_autoptr(lkv_followups) all = followups_new();
    guint first = inputs->len;
    for (size_t i = 0; fields && i < study->inputs.count; i++) {
        struct reading reading = {.into = all,
                                  .input = &study->inputs.input[i],
                                  .year = study->year,
                                  .diag = diag};
        if (reading.input->table == LKV_TABLE_FOLLOWUP) {
            read_file(&reading, fields, inputs);
        }
    }
    g_array_sort(all->rows, compare_rows);
    g_autofree char *text = lkv_followups_csv(all);
    if (inputs->len > first) {
        g_array_index(inputs, lkv_input_facts, first).rows_hash =
            lkv_hash_of(text, strlen(text));
    }
    return all->rows->len > 0 ? g_steal_pointer(&all) : NULL;
}

lkv_followups *lkv_followups_reread(const lkv_study *study, const char *dir,
                                    lkv_diag *diag)
{
    g_autofree char *path = g_build_filename(dir, lkv_followups_file, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return NULL;
    }
    g_autoptr(lkv_fields) fields = lkv_fields_read(diag);
    g_autoptr(lkv_followups) all = followups_new();
    const lkv_input input = {.table = LKV_TABLE_FOLLOWUP,
                             .path = path,
                             .name = lkv_followups_file,
                             .delimiter = ',',
                             .encoding = "utf-8"};
    struct reading reading = {
        .into = all, .input = &input, .year = study->year, .diag = diag};
    if (fields) {
        read_file(&reading, fields, NULL);
    }
    return g_steal_pointer(&all);
}

const lkv_followup *lkv_followups_all(const lkv_followups *followups,
                                      size_t *count)
{
    *count = followups ? followups->rows->len : 0;
    return followups ? (const lkv_followup *)(void *)followups->rows->data
                     : NULL;
}

/* ---- back into a file ------------------------------------------------------ */

static void append_field(GString *out, const char *text, char after)
{
    g_string_append_c(out, '"');
    for (const char *at = text; *at; at++) {
        if (*at == '"') {
            g_string_append_c(out, '"');
        }
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
    g_string_append_c(out, after);
}

char *lkv_followups_csv(const lkv_followups *followups)
{
    if (!followups) {
        return NULL;
    }
    GString *out = g_string_new(NULL);
    for (int slot = 0; slot < SLOTS; slot++) {
        append_field(out, columns[slot].id, slot + 1 < SLOTS ? ',' : '\n');
    }
    for (guint i = 0; i < followups->rows->len; i++) {
        const lkv_followup *row =
            &g_array_index(followups->rows, lkv_followup, i);
        const lkv_target_spec *target = &row->target;
        append_field(out, row->school_id, ',');
        append_field(out, row->question, ',');
        append_field(out, row->action, ',');
        append_field(out, target->indicator, ',');
        append_field(out, target->group ? target->group : "", ',');
        if (target->level != LKV_NO_LEVEL) {
            g_string_append_printf(out, "%" G_GINT64_FORMAT, target->level);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}
