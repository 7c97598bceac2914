/* results.xlsx: the release for people who work in a spreadsheet. A sheet that
 * explains, one for the district and one for the schools; numbers are numbers,
 * with as many decimals as were released, and what has none is a word.
 * libxlsxwriter lives here and nowhere else.
 */
#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include <xlsxwriter.h>

#include "base/file.h"
#include "base/wide.h"
#include "render/render.h"
#include "render/xlsx_whole.h"

enum { DECIMALS_MOST = 6, NARROW = 9, WIDE = 34, README_WIDTH = 100 };

typedef enum { PLAIN, PER_CENT, KINDS } number_kind;

struct book {
    const lkv_words *words;
    lxw_workbook *workbook;
    lxw_error error; /* the first */
    lxw_format *head, *title, *wrap;
    lxw_format *number[KINDS][DECIMALS_MOST + 1];
};

struct sheet {
    lxw_worksheet *worksheet;
    lxw_row_t row;
    lxw_col_t column;
};

/* ---- faults -------------------------------------------------------------- */

/* Behind every call of libxlsxwriter's: its ERROR, or memory that it did not get,
 * of which it says nothing and goes on without the cell or the format.
 */
static void note(struct book *book, lxw_error error)
{
    if (errno == ENOMEM) {
        error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    book->error = book->error == LXW_NO_ERROR ? error : book->error;
}

static void write_text(struct book *book, struct sheet at, const char *text,
                       lxw_format *format)
{
    if (text && *text && book->error == LXW_NO_ERROR) {
        note(book, worksheet_write_string(at.worksheet, at.row, at.column, text,
                                          format));
    }
}

static void write_number(struct book *book, struct sheet at, double number,
                         lxw_format *format)
{
    if (book->error == LXW_NO_ERROR) {
        note(book, worksheet_write_number(at.worksheet, at.row, at.column,
                                          number, format));
    }
}

/* ---- words --------------------------------------------------------------- */

/* The sentence KEY, or the words of ARG where there is one; g_free. */
static char *say(const struct book *book, const char *key, const lkv_arg *arg)
{
    const lkv_text text = {.key = key, .arg = arg, .args = arg ? 1 : 0};
    char *said = lkv_text_compose(book->words, &text);
    return said ? said : g_strdup("");
}

static void put_text(struct book *book, struct sheet *sheet, const char *text)
{
    write_text(book, *sheet, text, NULL);
    sheet->column++;
}

static void put_said(struct book *book, struct sheet *sheet, lkv_arg arg)
{
    arg.name = "words";
    g_autofree char *said = say(book, "sheet.words", &arg);
    put_text(book, sheet, said);
}

/* ---- numbers ------------------------------------------------------------- */

static bool of_hundred(lkv_value_unit unit)
{
    return unit == LKV_UNIT_SHARE || unit == LKV_UNIT_PROBABILITY;
}

static lxw_format *format_of(const struct book *book, lkv_value_unit unit,
                             uint8_t decimals)
{
    unsigned most = MIN(decimals, DECIMALS_MOST);
    return of_hundred(unit) ? book->number[PER_CENT][most > 2 ? most - 2 : 0]
                            : book->number[PLAIN][most];
}

/* A bound or a hidden number is a word, so that no sum is made of it. */
static void put_cell(struct book *book, struct sheet *sheet, lkv_cell cell)
{
    const lkv_release *release = book->words->release;
    lkv_shown shown = lkv_release_at(release, cell);
    if (cell == 0) {
        sheet->column++;
        return;
    }
    if (shown.status != LKV_OK) {
        const lkv_arg arg = {.kind = LKV_ARG_CELL, .cell = cell};
        g_autofree char *said = lkv_cell_compose(book->words, &arg);
        put_text(book, sheet, said);
        return;
    }
    write_number(
        book, *sheet, lkv_shown_number(shown),
        format_of(book, lkv_release_unit(release, cell), shown.decimals));
    sheet->column++;
}

/* ---- sheets -------------------------------------------------------------- */

static const char *const columns[] = {
    "year", "stage",   "unit_id", "unit_name", "outcome", "measure",
    "part", "group",   "against", "value",     "low",     "high",
    "n",    "schools", "missing", "detectable"};
static const uint8_t widths[] = {NARROW, NARROW, NARROW, WIDE,   WIDE,   WIDE,
                                 NARROW, WIDE,   WIDE,   NARROW, NARROW, NARROW,
                                 NARROW, NARROW, NARROW, NARROW};

static struct sheet sheet_named(struct book *book, const char *key)
{
    g_autofree char *name = say(book, key, NULL);
    struct sheet sheet = {0};
    if (book->error == LXW_NO_ERROR) {
        sheet.worksheet = workbook_add_worksheet(book->workbook, name);
        bool whole = sheet.worksheet && sheet.worksheet->name &&
                     sheet.worksheet->quoted_name;
        note(book, whole ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
    return sheet;
}

static void set_width(struct book *book, struct sheet at, uint8_t width)
{
    if (book->error == LXW_NO_ERROR) {
        note(book, worksheet_set_column(at.worksheet, at.column, at.column,
                                        width, NULL));
    }
}

static struct sheet sheet_new(struct book *book, const char *name_key)
{
    struct sheet sheet = sheet_named(book, name_key);
    for (lxw_col_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        g_autofree char *key = g_strdup_printf("sheet.head.%s", columns[i]);
        g_autofree char *head = say(book, key, NULL);
        sheet.column = i;
        set_width(book, sheet, widths[i]);
        write_text(book, sheet, head, book->head);
    }
    if (book->error == LXW_NO_ERROR) {
        worksheet_freeze_panes(sheet.worksheet, 1, 0);
        note(book, LXW_NO_ERROR);
    }
    sheet.row = 1;
    return sheet;
}

static void sheet_end(struct book *book, const struct sheet *sheet)
{
    if (book->error == LXW_NO_ERROR) {
        note(book, worksheet_autofilter(sheet->worksheet, 0, 0,
                                        MAX(sheet->row, 2) - 1,
                                        G_N_ELEMENTS(columns) - 1));
    }
}

static void put_place(struct book *book, struct sheet *sheet,
                      const lkv_key *key)
{
    const lkv_frame *frame = lkv_release_frame(book->words->release);
    const lkv_population *population =
        lkv_frame_population(frame, key->population);
    const lkv_unit *unit = lkv_frame_unit(frame, key->unit);
    if (population->year != 0) {
        write_number(book, *sheet, population->year, NULL);
    }
    sheet->column++;
    if (population->stage_year != 0) {
        write_number(book, *sheet, population->stage_year, NULL);
    }
    sheet->column++;
    put_text(book, sheet, unit->id);
    put_text(book, sheet, unit->name);
}

static void put_question(struct book *book, struct sheet *sheet,
                         const lkv_key *key)
{
    const lkv_frame *frame = lkv_release_frame(book->words->release);
    g_autofree char *measure = g_strdup_printf(
        "measure.%s",
        (const char *)g_ptr_array_index(frame->measures, key->measure));
    if (key->outcome == LKV_NO_VALUE) {
        sheet->column++;
    } else {
        put_said(book, sheet,
                 (lkv_arg){.kind = LKV_ARG_OUTCOME, .number = key->outcome});
    }
    put_said(book, sheet, (lkv_arg){.kind = LKV_ARG_KEY, .text = measure});
    put_text(book, sheet, g_ptr_array_index(frame->components, key->component));
    const uint16_t values[] = {key->group, key->reference};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        if (key->group_by == 0 || values[i] == LKV_NO_VALUE) {
            sheet->column++;
            continue;
        }
        put_said(book, sheet,
                 (lkv_arg){.kind = LKV_ARG_VALUE,
                           .number = (uint16_t)(key->group_by - 1U),
                           .value = values[i]});
    }
}

static void put_figure(struct book *book, struct sheet *sheet,
                       const lkv_figure *figure)
{
    sheet->column = 0;
    put_place(book, sheet, &figure->key);
    put_question(book, sheet, &figure->key);
    const lkv_cell cells[] = {
        figure->value,   figure->low,     figure->high,      figure->n,
        figure->schools, figure->missing, figure->detectable};
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        put_cell(book, sheet, cells[i]);
    }
    sheet->row++;
}

static void put_readme(struct book *book)
{
    static const char *const lines[] = {"sheet.what", "sheet.interval",
                                        "sheet.symbols", "sheet.columns"};
    const lkv_release *release = book->words->release;
    struct sheet sheet = sheet_named(book, "sheet.readme");
    set_width(book, sheet, README_WIDTH);
    write_text(book, sheet, lkv_release_frame(release)->district_name,
               book->title);
    char level[8];
    g_snprintf(
        level, sizeof level, "%d",
        (int)lkv_real_round(100.0 * lkv_release_frame(release)->confidence, 0));
    const lkv_arg sure = {.name = "level", .kind = LKV_ARG_NAME, .text = level};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        bool interval = strcmp(lines[i], "sheet.interval") == 0;
        g_autofree char *line = say(book, lines[i], interval ? &sure : NULL);
        sheet.row++;
        write_text(book, sheet, line, book->wrap);
    }
    const lkv_arg run = {
        .name = "run", .kind = LKV_ARG_NAME, .text = lkv_release_run(release)};
    g_autofree char *line = say(book, "sheet.run", &run);
    sheet.row++;
    write_text(book, sheet, line, book->wrap);
}

/* ---- the book ------------------------------------------------------------ */

static lxw_format *format_new(struct book *book, const char *pattern)
{
    lxw_format *format = workbook_add_format(book->workbook);
    note(book, format ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED);
    if (format && pattern) {
        format_set_num_format(format, pattern);
    }
    return format;
}

static void make_formats(struct book *book)
{
    for (unsigned i = 0; i <= DECIMALS_MOST; i++) {
        char pattern[16];
        g_snprintf(pattern, sizeof pattern, "#,##0%s%.*s", i > 0 ? "." : "",
                   (int)i, "000000");
        book->number[PLAIN][i] = format_new(book, pattern);
        g_snprintf(pattern, sizeof pattern, "0%s%.*s%%", i > 0 ? "." : "",
                   (int)i, "000000");
        book->number[PER_CENT][i] = format_new(book, pattern);
    }
    book->head = format_new(book, NULL);
    book->title = format_new(book, NULL);
    book->wrap = format_new(book, NULL);
    if (book->error == LXW_NO_ERROR) {
        format_set_bold(book->head);
        format_set_bottom(book->head, LXW_BORDER_THIN);
        format_set_bold(book->title);
        format_set_font_size(book->title, 16);
        format_set_text_wrap(book->wrap);
    }
}

static void put_all(struct book *book, int64_t epoch)
{
    const lkv_release *release = book->words->release;
    g_autofree char *title = say(book, "sheet.readme", NULL);
    lxw_doc_properties properties = {
        .title = title,
        .author = (char *)(uintptr_t)lkv_release_frame(release)->district_name,
        .created = (time_t)epoch};
    note(book, workbook_set_properties(book->workbook, &properties));
    make_formats(book);
    put_readme(book);
    struct sheet district = sheet_new(book, "sheet.district");
    struct sheet schools = sheet_new(book, "sheet.schools");
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        put_figure(book, figure->key.unit == 0 ? &district : &schools, figure);
    }
    sheet_end(book, &district);
    sheet_end(book, &schools);
}

static void refuse(const char *why, lkv_diag *diag)
{
    lkv_diag_add(diag, "E-OUTPUT-WRITE", (lkv_place){.file = "results.xlsx"},
                 "the spreadsheet cannot be written: %s", why);
}

/* Bytes of the rows of each sheet; NULL when they could not all be written. */
static GArray *rows_written(struct book *book)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(size_t));
    lxw_worksheet *worksheet = NULL;
    STAILQ_FOREACH(worksheet, book->workbook->worksheets, list_pointers)
    {
        lxw_worksheet_write_single_row(worksheet);
        note(book, LXW_NO_ERROR);
        FILE *file = worksheet->optimize_tmpfile;
        if (!file || fflush(file) != 0 || ferror(file) != 0) {
            g_array_unref(rows);
            return NULL;
        }
        size_t bytes = (size_t)ftello(file);
        g_array_append_val(rows, bytes);
    }
    return rows;
}

static GBytes *book_read(const char *path, const GArray *rows, lkv_diag *diag)
{
    size_t size = 0;
    char *bytes = lkv_file_read(path, 0, &size, diag);
    if (!bytes) {
        return NULL;
    }
    const lkv_book_parts parts = {(const size_t *)(const void *)rows->data,
                                  rows->len};
    if (!lkv_book_whole((const unsigned char *)bytes, size, parts)) {
        refuse("a part of it was lost on its way to the disk", diag);
        g_free(bytes);
        return NULL;
    }
    return g_bytes_new_take(bytes, size);
}

GBytes *lkv_render_xlsx(const lkv_words *words, const char *folder,
                        int64_t epoch, lkv_diag *diag)
{
    g_autofree char *path = g_build_filename(folder, "book.xlsx", NULL);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = (char *)(uintptr_t)folder};
    errno = 0;
    struct book book = {.words = words,
                        .workbook = workbook_new_opt(path, &options)};
    note(&book, book.workbook ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED);
    if (book.error == LXW_NO_ERROR) {
        put_all(&book, epoch);
    }
    if (book.error != LXW_NO_ERROR) { /* closing what is broken may not end */
        refuse(lxw_strerror(book.error), diag);
        return NULL;
    }
    g_autoptr(GArray) rows = rows_written(&book);
    note(&book, workbook_close(book.workbook));
    GBytes *bytes = NULL;
    if (book.error != LXW_NO_ERROR) {
        refuse(lxw_strerror(book.error), diag);
    } else if (!rows) {
        refuse("its rows could not all be written", diag);
    } else {
        bytes = book_read(path, rows, diag);
    }
    g_unlink(path);
    return bytes;
}
