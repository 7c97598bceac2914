/* Studies of any bytes: understood, or at least one error; what is understood
 * is understood again from the text of it.
 */
#define _GNU_SOURCE
#include "fuzz.h"

#include "study/study.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[FUZZ_PATH];
    int file = fuzz_file(bytes, size, path);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_study *study = lkv_study_read(path, NULL, diag);
    if (!study && lkv_diag_count(diag, LKV_ERROR) == 0) {
        abort();
    }
    if (study) {
        g_autofree char *text = lkv_study_text_resolved(study);
        if (!text || !*text) {
            abort();
        }
    }
    g_free(lkv_diag_text(diag, (lkv_print){.most = 20}));
    lkv_study_free(study);
    close(file);
    return 0;
}
