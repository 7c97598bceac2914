/* Rule files of any bytes: rules that answer, or at least one error. */
#define _GNU_SOURCE
#include "fuzz.h"

#include <string.h>

#include "study/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[FUZZ_PATH];
    int file = fuzz_file(bytes, size, path);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_rules) rules = lkv_rules_read(path, diag);
    if (!rules && lkv_diag_count(diag, LKV_ERROR) == 0) {
        abort();
    }
    if (rules) {
        lkv_subject_match match;
        lkv_rules_grade(rules, "A", 1);
        lkv_rules_subject(rules, "MA", NULL, &match);
        lkv_rules_subject(rules, "M2_SPA", "SPA", &match);
        for (size_t i = 0; i < rules->stage_count; i++) {
            lkv_rules_stage_year(rules, i, 2025);
        }
        g_array_unref(lkv_rules_implications(rules));
    }
    close(file);
    return 0;
}
