/* The whole way from two tiny tables to released figures. The input is the
 * pupils' table, a line "----", and the grades' table.
 */
#define _GNU_SOURCE
#include "fuzz.h"

#include <string.h>

#include <glib.h>

#include "likvard/likvard.h"

static const char study_text[] =
    "district: {name: T, id: \"0000\", country: SE}\n"
    "year: 2024\n"
    "inputs:\n"
    "  pupils: {path: %s, columns: {pupil_id: pupil_id, school_id: school_id, "
    "year: year, sex: sex}, codes: {sex: {m: [M], f: [F]}}}\n"
    "  grades: {path: %s, shape: long, columns: {pupil_id: pupil_id, year: "
    "year, subject: subject, grade: grade}}\n"
    "personal_numbers: keyed\n"
    "rules: se-2011\n"
    "groups: [sex]\n"
    "privacy: {profiles: [open], accept: open_data}\n"
    "jobs: 1\n"
    "output: nowhere\n";

static void run(const char *path)
{
    likvard *handle = likvard_open(path, NULL);
    likvard_code code = likvard_compute(handle);
    if (code == LIKVARD_BUG || code == LIKVARD_STUDY ||
        (code != LIKVARD_OK && likvard_errors(handle) == 0)) {
        fputs(likvard_messages(handle), stderr);
        abort();
    }
    for (size_t i = 0; code == LIKVARD_OK && i < likvard_figures(handle, 0);
         i++) {
        likvard_figure figure = likvard_figure_at(handle, 0, i);
        if (strcmp(figure.status, "ok") == 0 &&
            figure.ci_low > figure.ci_high) {
            abort();
        }
    }
    likvard_close(handle);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char between[] = "\n----\n";
    const uint8_t *at = memmem(bytes, size, between, sizeof between - 1);
    if (!at || !likvard_start()) {
        return 0;
    }
    size_t first = (size_t)(at - bytes) + 1;
    size_t second = first + sizeof between - 2;
    char pupils[FUZZ_PATH], grades[FUZZ_PATH], study[FUZZ_PATH];
    int one = fuzz_file(bytes, first, pupils);
    int two = fuzz_file(bytes + second, size - second, grades);
    g_autofree char *text = g_strdup_printf(study_text, pupils, grades);
    int three = fuzz_file(text, strlen(text), study);
    run(study);
    close(one);
    close(two);
    close(three);
    return 0;
}
