#include "study/folder.h"

#include <stdlib.h>
#include <string.h>

#include "study/study.h"

/* Read-only data beside the program's own, as it was installed. */
static char *installed(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (!program) {
        return NULL;
    }
    g_autofree char *bin = g_path_get_dirname(program);
    g_autofree char *prefix = g_path_get_dirname(bin);
    char *folder =
        g_build_filename(prefix, "share", "likvard", "reports", NULL);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_free(folder);
        return NULL;
    }
    return folder;
}

char *lkv_reports_folder(void)
{
    const char *stated = g_getenv("LIKVARD_REPORTS");
    if (stated && *stated) {
        return g_strdup(stated);
    }
    char *folder = installed();
    return folder ? folder : g_strdup(LIKVARD_REPORTS_DIR);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **lkv_reports_names(const char *sub)
{
    g_autofree char *reports = lkv_reports_folder();
    g_autofree char *folder = g_build_filename(reports, sub, NULL);
    GPtrArray *found = g_ptr_array_new();
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (dir && (name = g_dir_read_name(dir))) {
        if (g_str_has_suffix(name, ".yml")) {
            g_ptr_array_add(found, g_strndup(name, strlen(name) - 4));
        }
    }
    if (dir) {
        g_dir_close(dir);
    }
    size_t count = found->len;
    g_ptr_array_add(found, NULL);
    char **names = (char **)g_ptr_array_free(found, FALSE);
    qsort(names, count, sizeof *names, compare_names);
    return names;
}

char *lkv_reports_file(const char *sub, const char *name)
{
    if (!*name || strchr(name, '/')) {
        return NULL;
    }
    g_autofree char *reports = lkv_reports_folder();
    g_autofree char *file = g_strconcat(name, ".yml", NULL);
    char *path = g_build_filename(reports, sub, file, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_free(path);
        return NULL;
    }
    return path;
}
