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
