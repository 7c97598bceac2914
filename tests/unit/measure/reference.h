/* Public data sets as districts. They lie outside the source tree, in the
 * folder LIKVARD_REFERENCE or beside the tree in shared/reference.
 */
#ifndef LKV_TESTS_MEASURE_REFERENCE_H
#define LKV_TESTS_MEASURE_REFERENCE_H

#include <stdlib.h>

#include "base/decimal.h"
#include "unit/measure/fixture.h"

/* One file: columns by header, and which texts stand for what. PASS_AT is in
 * the scaled units of the score. Columns may be NULL.
 */
typedef struct dataset {
    const char *file;
    const char *delimiter;
    const char *school; /* NULL = all pupils at one school */
    const char *score;
    uint8_t decimals;
    int64_t pass_at;
    const char *sex, *male, *origin, *abroad, *ses;
} dataset;

static inline char *reference_path(const char *file)
{
    const char *folder = getenv("LIKVARD_REFERENCE");
    return folder ? g_build_filename(folder, "data", file, NULL)
                  : g_build_filename(LIKVARD_SOURCE, "..", "shared",
                                     "reference", "data", file, NULL);
}

/* Index of COLUMN among HEADERS; -1 without. */
static inline int column_of(char *const *headers, const char *column)
{
    for (int i = 0; column && headers[i]; i++) {
        if (strcmp(headers[i], column) == 0) {
            return i;
        }
    }
    assert_null(column);
    return -1;
}

static inline char **split_row(const dataset *set, char *line)
{
    char **fields = g_strsplit(g_strchomp(line), set->delimiter, -1);
    for (size_t i = 0; fields[i]; i++) {
        size_t length = strlen(fields[i]);
        if (length > 1 && fields[i][0] == '"') {
            fields[i][length - 1] = '\0';
            memmove(fields[i], fields[i] + 1, length - 1);
        }
    }
    return fields;
}

static inline int64_t scaled(const char *text, uint8_t decimals)
{
    lkv_decimal decimal;
    int64_t value = 0;
    assert_int_equal(lkv_decimal_read(text, strlen(text), '.', &decimal),
                     LKV_DECIMAL_OK);
    assert_true(lkv_decimal_scale(decimal, decimals, &value));
    return value;
}

static inline int leaf_of(char *const *row, int column, const char *second)
{
    return column < 0 ? UNKNOWN : strcmp(row[column], second) == 0 ? 2 : 1;
}

/* The district of SET, not yet run; NULL when the folder is not there and
 * none was named.
 */
static inline district *reference_read(const dataset *set)
{
    g_autofree char *path = reference_path(set->file);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        assert_null(getenv("LIKVARD_REFERENCE"));
        print_message("SKIPPED: %s is not there; set LIKVARD_REFERENCE\n",
                      path);
        return NULL;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_auto(GStrv) headers = split_row(set, lines[0]);
    int school = column_of(headers, set->school);
    int score = column_of(headers, set->score);
    int sex = column_of(headers, set->sex);
    int origin = column_of(headers, set->origin);
    int ses = column_of(headers, set->ses);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(
        (GDestroyNotify)(void (*)(void))g_strfreev);
    g_autoptr(GArray) pupils = g_array_new(FALSE, TRUE, sizeof(pupil));
    for (size_t i = 1; lines[i] && *lines[i]; i++) {
        char **row = split_row(set, lines[i]);
        g_ptr_array_add(rows, row);
        pupil one = {.year = 2025,
                     .school = school < 0 ? "all" : row[school],
                     .sex = leaf_of(row, sex, set->male),
                     .origin = leaf_of(row, origin, set->abroad),
                     .score = scaled(row[score], set->decimals),
                     .ses =
                         ses < 0 ? NO_SCORE : scaled(row[ses], set->decimals)};
        one.pass = one.score >= set->pass_at ? YES : NO;
        g_array_append_val(pupils, one);
    }
    return district_new((const pupil *)(const void *)pupils->data, pupils->len,
                        set->decimals);
}

#endif
