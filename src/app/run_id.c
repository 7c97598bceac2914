#include "app/run_id.h"

#include <string.h>

#include "base/hash.h"
#include "base/locale.h"

static void add_text(lkv_hasher *hasher, const char *text)
{
    lkv_hasher_add(hasher, text, strlen(text) + 1);
}

/* The rows of all inputs of TABLE, in whatever order and files. */
static lkv_hash rows_of(const likvard *run, lkv_table table)
{
    lkv_hash rows = {{0}};
    for (guint i = 0; i < run->inputs->len; i++) {
        const lkv_input_facts *facts =
            &g_array_index(run->inputs, lkv_input_facts, i);
        if (facts->input->table == table) {
            lkv_hash_sum(&rows, &facts->rows_hash);
        }
    }
    return rows;
}

char *lkv_run_id(const likvard *run)
{
    lkv_hasher *hasher = lkv_hasher_new();
    add_text(hasher, likvard_version());
    g_autofree char *settings = lkv_study_text_settings(run->study);
    add_text(hasher, settings);
    for (int table = 0; table < LKV_TABLES; table++) {
        lkv_hash rows = rows_of(run, (lkv_table)table);
        lkv_hasher_add(hasher, rows.byte, sizeof rows.byte);
    }
    lkv_hash hash = lkv_hasher_end(hasher);
    char text[LKV_HASH_TEXT];
    lkv_hash_text(&hash, text);
    g_autofree char *district =
        lkv_text_ascii(run->study->district_id ? run->study->district_id
                                               : run->study->district_name);
    return g_strdup_printf("%s-%d-%.8s", *district ? district : "district",
                           run->study->year, text);
}
