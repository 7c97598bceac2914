#include "panel/decimal_mark.h"

#include <string.h>

#include "base/decimal.h"

/* How the numbers in COUNT slots from FIRST on are written. */
struct marks_seen {
    size_t first, count;
    int64_t commas, points, ambiguous;
    long line; /* of the first ambiguous one */
};

static void see(struct marks_seen *seen, const lkv_field_text *field, long line)
{
    lkv_decimal out;
    const char *comma = strchr(field->text, ',');
    if (!comma) {
        seen->points += strchr(field->text, '.') != NULL;
        return;
    }
    if (lkv_decimal_read(field->text, field->length, ',', &out) !=
        LKV_DECIMAL_OK) {
        return;
    }
    bool three = strlen(comma + 1) == 3 && comma - field->text <= 3;
    seen->commas += !three;
    seen->ambiguous += three;
    if (three && seen->line == 0) {
        seen->line = line;
    }
}

static bool see_record(void *context, const lkv_record *record)
{
    struct marks_seen *seen = context;
    for (size_t i = 0; i < seen->count; i++) {
        see(seen, &record->field[seen->first + i], record->line);
    }
    return true;
}

char lkv_decimal_mark_find(const lkv_table_file *file, size_t first,
                           size_t count, lkv_diag *diag)
{
    if (file->input->decimal || count == 0) {
        return file->input->decimal ? file->input->decimal : '.';
    }
    struct marks_seen seen = {.first = first, .count = count};
    g_autoptr(lkv_diag) aside = lkv_diag_new();
    lkv_reading reading = lkv_table_reading(file, aside);
    lkv_records_read(&reading, file->rows, see_record, &seen);
    if (seen.commas > 0 && seen.points == 0) {
        return ',';
    }
    if (seen.ambiguous > 0 && seen.commas == 0 && seen.points == 0) {
        lkv_message *message = lkv_diag_add(
            diag, "E-DECIMAL-AMBIGUOUS",
            (lkv_place){.file = file->input->name, .line = seen.line},
            "a comma parts three digits: decimals or thousands?");
        lkv_message_fix(message, "state decimal: in the study");
        return '\0';
    }
    return '.';
}
