/* A folder of a test's own, deleted at its end. */
#ifndef LKV_TESTS_BASE_SCRATCH_H
#define LKV_TESTS_BASE_SCRATCH_H

#include <stdbool.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "base/publish.h"

/* For cmocka: state becomes the path of the folder. */
static inline int scratch_make(void **state)
{
    *state = g_dir_make_tmp("likvard-XXXXXX", NULL);
    return *state ? 0 : 1;
}

static inline int scratch_drop(void **state)
{
    g_autofree char *folder = *state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    return lkv_folder_remove(folder, diag) ? 0 : 1;
}

static inline char *scratch_path(void **state, const char *name)
{
    return g_build_filename(*state, name, NULL);
}

/* The number of entries in the folder PATH; -1 if it is none. */
static inline int scratch_entries(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    int count = folder ? 0 : -1;
    while (folder && g_dir_read_name(folder)) {
        count++;
    }
    return count;
}

/* Whether the file PATH holds exactly TEXT. */
static inline bool scratch_holds(const char *path, const char *text)
{
    g_autofree char *found = NULL;
    return g_file_get_contents(path, &found, NULL, NULL) &&
           strcmp(found, text) == 0;
}

#endif
