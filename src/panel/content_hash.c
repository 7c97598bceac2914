#include "panel/content_hash.h"

#include <string.h>

/* A row is some short texts: they are hashed many at once. */
enum { ROOM = 16 * 1024, ROWS = 64 };

struct content {
    const lkv_roll *roll;
    const lkv_marks *marks;
    lkv_hasher *hasher;
    size_t used;
    uint8_t bytes[ROOM];
};

/* A place for SIZE bytes, at most ROOM, that come next. */
static uint8_t *next(struct content *content, size_t size)
{
    if (content->used + size > ROOM) {
        lkv_hasher_add(content->hasher, content->bytes, content->used);
        content->used = 0;
    }
    uint8_t *place = content->bytes + content->used;
    content->used += size;
    return place;
}

/* TEXT and the NUL behind it, in pieces if it is long. */
static void add_text(struct content *content, const char *text)
{
    size_t size = strlen(text) + 1;
    for (size_t at = 0; at < size; at += ROOM) {
        size_t piece = MIN(size - at, (size_t)ROOM);
        memcpy(next(content, piece), text + at, piece);
    }
}

static const char *code_text(const lkv_roll *roll, guint column, uint16_t code)
{
    const lkv_names *names =
        g_array_index(roll->codes, lkv_roll_codes, column).codes;
    return code == LKV_NO_CODE ? "" : lkv_names_at(names, code);
}

static void add_schools(struct content *content)
{
    const lkv_roll *roll = content->roll;
    for (uint32_t i = 0; roll->school_name && i < lkv_names_size(roll->schools);
         i++) {
        add_text(content, roll->school_name[i]);
        memcpy(next(content, sizeof(bool)), &roll->school_special[i],
               sizeof(bool));
        for (guint k = 0; k < roll->codes->len; k++) {
            add_text(content, code_text(roll, k, roll->school_code[k][i]));
        }
    }
}

static void add_numbers(struct content *content, size_t row)
{
    const lkv_roll *roll = content->roll;
    for (guint k = 0; k < roll->numbers->len; k++) {
        lkv_decimal at = g_array_index(roll->number, lkv_decimal,
                                       row * roll->numbers->len + k);
        char text[64];
        g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT "e%u", at.mantissa,
                   at.decimals);
        add_text(content, text);
    }
}

/* What the register says of a pupil; YEARS is its year and year of schooling. */
static void add_entry(struct content *content, size_t row, const char *years)
{
    const lkv_roll *roll = content->roll;
    const lkv_entry *entry = lkv_roll_at(roll, row);
    guint codes = roll->codes->len;
    add_text(content, lkv_names_at(roll->ids, entry->id));
    add_text(content, lkv_names_at(roll->schools, entry->school));
    add_text(content, years);
    for (guint k = 0; k < codes; k++) {
        uint16_t code = g_array_index(roll->code, uint16_t, row * codes + k);
        add_text(content, code_text(roll, k, code));
    }
    add_numbers(content, row);
}

/* Year and year of schooling of ROW, if they are others than those BEFORE. */
static const lkv_entry *write_years(const struct content *content, size_t row,
                                    const lkv_entry *before, char *years,
                                    size_t size)
{
    const lkv_entry *entry = lkv_roll_at(content->roll, row);
    if (!before || entry->year != before->year ||
        entry->stage_year != before->stage_year) {
        g_snprintf(years, size, "%d/%d", entry->year, entry->stage_year);
    }
    return entry;
}

/* Every pupil's row: what the register says, and the marks. */
static void add_rows(struct content *content)
{
    const lkv_marks *marks = content->marks;
    size_t count = lkv_roll_size(content->roll);
    size_t columns = marks ? marks->columns : 0;
    g_autofree uint8_t *mark = g_new(uint8_t, ROWS * columns + 1);
    const lkv_entry *before = NULL;
    char years[32] = "";
    for (size_t row = 0; row < count; row++) {
        if (marks && row % ROWS == 0) {
            lkv_marks_rows(marks, row, MIN((size_t)ROWS, count - row), columns,
                           mark);
        }
        before = write_years(content, row, before, years, sizeof years);
        add_entry(content, row, years);
        memcpy(next(content, columns), mark + row % ROWS * columns, columns);
    }
}

lkv_hash lkv_content_hash(const lkv_roll *roll, const lkv_marks *marks)
{
    g_autofree struct content *content = g_new0(struct content, 1);
    content->roll = roll;
    content->marks = marks;
    content->hasher = lkv_hasher_new();
    add_schools(content);
    add_rows(content);
    for (size_t i = 0; marks && i < marks->columns; i++) {
        add_text(content, marks->subject[i].id);
    }
    lkv_hasher_add(content->hasher, content->bytes, content->used);
    return lkv_hasher_end(content->hasher);
}
