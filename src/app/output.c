/* realpath is of XSI. */
#define _XOPEN_SOURCE 700 /* NOLINT(bugprone-reserved-identifier) */

#include "app/output.h"

#include <stdlib.h>
#include <string.h>

/* Whether PATH is FOLDER, which is a real path, or lies in it. */
static bool lies_in(const char *path, const char *folder)
{
    char *real = path ? realpath(path, NULL) : NULL;
    size_t length = strlen(folder);
    bool in = real && strncmp(real, folder, length) == 0 &&
              (real[length] == '/' || real[length] == '\0');
    free(real);
    return in;
}

/* The first of what STUDY names that lies in FOLDER, or NULL. */
static const char *found_in(const lkv_study *study, const char *folder)
{
    const char *const files[] = {study->path, study->rules,
                                 study->reports.theme};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        if (lies_in(files[i], folder)) {
            return files[i];
        }
    }
    for (size_t i = 0; i < study->inputs.count; i++) {
        if (lies_in(study->inputs.input[i].path, folder)) {
            return study->inputs.input[i].path;
        }
    }
    for (size_t i = 0; study->ledger && study->ledger[i]; i++) {
        if (lies_in(study->ledger[i], folder)) {
            return study->ledger[i];
        }
    }
    return NULL;
}

static bool is_spared(likvard *run, const char *goal)
{
    char *folder = realpath(goal, NULL);
    const char *found = folder ? found_in(run->study, folder) : NULL;
    free(folder);
    if (found) {
        lkv_message *message = lkv_diag_add(
            run->diag, "E-OUTPUT-INPUT", (lkv_place){.file = goal},
            "the output would take the place of %s, which is read here", found);
        lkv_message_why(message, "--force replaces a folder with all that is "
                                 "in it");
        lkv_message_fix(message, "choose another folder with --out");
    }
    return !found;
}

lkv_stage *lkv_output_open(likvard *run, const char *goal, bool force)
{
    return !force || is_spared(run, goal)
               ? lkv_stage_open(goal, force, run->diag)
               : NULL;
}
