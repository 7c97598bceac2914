/* A workbook that has lost a piece on its way is told from a whole one. */
#include "check.h"
#include "unit/base/scratch.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/file.h"
#include "render/xlsx_whole.h"

enum { SHEETS = 2, ROWS = 2000, STEP = 29 };

typedef struct book {
    char *bytes;
    size_t size;
    size_t rows[SHEETS];
} book;

static void fill(lxw_worksheet *worksheet, lxw_row_t rows)
{
    for (lxw_row_t row = 0; row < rows; row++) {
        worksheet_write_string(worksheet, row, 0, "Hav & \"hamn\" <åäö>", NULL);
        worksheet_write_number(worksheet, row, 1, row / 8.0, NULL);
    }
    lxw_worksheet_write_single_row(worksheet);
}

/* The second sheet is long, as the one of the schools; its file loses what is
 * written between two moments where LOST.
 */
static book book_make(void **state, bool lost)
{
    g_autofree char *path = scratch_path(state, "book.xlsx");
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = *state};
    lxw_workbook *workbook = workbook_new_opt(path, &options);
    book made = {.size = 0};
    const lxw_row_t rows[SHEETS] = {3, ROWS};
    lxw_worksheet *sheet[SHEETS];
    for (size_t i = 0; i < SHEETS; i++) {
        sheet[i] = workbook_add_worksheet(workbook, NULL);
        worksheet_freeze_panes(sheet[i], 1, 0);
        fill(sheet[i], rows[i]);
        assert_int_equal(fflush(sheet[i]->optimize_tmpfile), 0);
        made.rows[i] = (size_t)ftello(sheet[i]->optimize_tmpfile);
    }
    if (lost) {
        FILE *file = sheet[1]->optimize_tmpfile;
        assert_int_equal(ftruncate(fileno(file), (off_t)(made.rows[1] - 10)),
                         0);
    }
    assert_int_equal(workbook_close(workbook), LXW_NO_ERROR);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    made.bytes = lkv_file_read(path, 0, &made.size, diag);
    assert_non_null(made.bytes);
    return made;
}

static bool is_whole(const char *bytes, size_t size, const size_t *rows)
{
    return lkv_book_whole((const unsigned char *)bytes, size,
                          (lkv_book_parts){rows, SHEETS});
}

static void test_whole(void **state)
{
    book made = book_make(state, false);
    assert_true(made.rows[1] > 64 * 1024);
    assert_true(is_whole(made.bytes, made.size, made.rows));
    for (size_t i = 0; i < SHEETS; i++) {
        size_t other[SHEETS] = {made.rows[0], made.rows[1]};
        other[i]++;
        assert_false(is_whole(made.bytes, made.size, other));
    }
    const size_t more[SHEETS + 1] = {made.rows[0], made.rows[1], 0};
    assert_false(lkv_book_whole((const unsigned char *)made.bytes, made.size,
                                (lkv_book_parts){more, SHEETS + 1}));
    g_free(made.bytes);
}

static void test_rows_lost(void **state)
{
    book made = book_make(state, true);
    assert_false(is_whole(made.bytes, made.size, made.rows));
    g_free(made.bytes);
}

/* Nothing is read behind the end, and nothing damaged is taken for whole: of a
 * record of the archive only what nobody reads may be another.
 */
static void test_damaged(void **state)
{
    book made = book_make(state, false);
    for (size_t size = 0; size < made.size; size += 1 + size / 50) {
        g_autofree char *cut = g_memdup2(made.bytes, size + 1);
        assert_false(is_whole(cut, size, made.rows));
    }
    size_t missed = 0, tried = 0;
    for (size_t at = 0; at < made.size; at += STEP) {
        g_autofree char *damaged = g_memdup2(made.bytes, made.size);
        damaged[at] = (char)(damaged[at] ^ 0x55);
        missed += is_whole(damaged, made.size, made.rows);
        tried++;
    }
    /* Names, dates, versions and attributes of ten parts, twice. */
    assert_true(missed * STEP < 10 * (46 + 30 + 2 * 32));
    assert_true(tried > 4 * missed);
    g_free(made.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_whole, scratch_make, scratch_drop),
        cmocka_unit_test_setup_teardown(test_rows_lost, scratch_make,
                                        scratch_drop),
        cmocka_unit_test_setup_teardown(test_damaged, scratch_make,
                                        scratch_drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
