#include "app/ledger.h"

#include <string.h>

#include "disclose/release.h"

static void free_release(gpointer release)
{
    lkv_release_free(release);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

/* Paths of results.json in the folders of FOLDER, in the order of names. */
static GPtrArray *find_results(const char *folder)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path =
            g_build_filename(folder, name, "results.json", NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS)) {
            g_ptr_array_add(paths, g_steal_pointer(&path));
        }
    }
    g_ptr_array_sort(paths, compare_names);
    return paths;
}

/* Districts have the same id or, where one has none, the same name. */
static bool same_district(const lkv_frame *a, const lkv_frame *b)
{
    bool ids =
        a->district_id && *a->district_id && b->district_id && *b->district_id;
    return ids ? strcmp(a->district_id, b->district_id) == 0
               : g_strcmp0(a->district_name, b->district_name) == 0;
}

static bool read_release(GPtrArray *releases, const char *path,
                         const lkv_frame *frame, lkv_diag *diag)
{
    lkv_release *release = lkv_release_read(path, diag);
    if (!release) {
        return false;
    }
    g_ptr_array_add(releases, release);
    const lkv_frame *theirs = lkv_release_frame(release);
    bool same = !frame || same_district(theirs, frame);
    if (!same) {
        lkv_message *message =
            lkv_diag_add(diag, "E-LEDGER-OTHER", (lkv_place){.file = path},
                         "these are results of \"%s\", not of \"%s\"",
                         theirs->district_name ? theirs->district_name : "",
                         frame->district_name ? frame->district_name : "");
        lkv_message_fix(message, "name runs of this district alone");
    }
    return same;
}

bool lkv_ledger_read_run(GPtrArray *releases, const char *folder,
                         const lkv_frame *frame, lkv_diag *diag)
{
    g_autoptr(GPtrArray) paths = find_results(folder);
    if (paths->len == 0) {
        lkv_message *message =
            lkv_diag_add(diag, "E-LEDGER-EMPTY", (lkv_place){.file = folder},
                         "this folder holds no results of a run");
        lkv_message_fix(message, "name the folder that an earlier run made");
        return false;
    }
    bool fine = true;
    for (guint i = 0; i < paths->len; i++) {
        fine =
            read_release(releases, g_ptr_array_index(paths, i), frame, diag) &&
            fine;
    }
    return fine;
}

GPtrArray *lkv_ledger_read(const lkv_study *study, const lkv_frame *frame,
                           lkv_diag *diag)
{
    g_autoptr(GPtrArray) releases =
        g_ptr_array_new_with_free_func(free_release);
    bool fine = true;
    for (size_t i = 0; study->ledger && study->ledger[i]; i++) {
        fine = lkv_ledger_read_run(releases, study->ledger[i], frame, diag) &&
               fine;
    }
    return fine ? g_steal_pointer(&releases) : NULL;
}
