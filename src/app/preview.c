#include "app/preview.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char program[] = "pdftoppm";

static void report_program(lkv_diag *diag, const char *reason)
{
    lkv_message *message =
        lkv_diag_add(diag, "E-PREVIEW", (lkv_place){.file = program},
                     "no picture can be drawn: %s", reason);
    lkv_message_fix(message, "install the package poppler-utils");
}

/* All that comes out of FILE, which is closed. */
static GByteArray *read_all(int file)
{
    enum { BLOCK = 64 * 1024 };
    GByteArray *out = g_byte_array_new();
    g_autofree guint8 *block = g_malloc(BLOCK);
    ssize_t got = 0;
    while ((got = read(file, block, BLOCK)) > 0 ||
           (got < 0 && errno == EINTR)) {
        g_byte_array_append(out, block, got > 0 ? (guint)got : 0);
    }
    close(file);
    return out;
}

/* The picture of page NUMBER of the PDF in FILE, empty past its last page; NULL
 * with a report when the program does not run.
 */
static GByteArray *draw_page(FILE *file, unsigned number, lkv_diag *diag)
{
    g_autofree char *page = g_strdup_printf("%u", number);
    const char *const words[] = {program, "-png", "-r", "96", "-f",
                                 page,    "-l",   page, "-",  NULL};
    g_autoptr(GError) error = NULL;
    GPid child = 0;
    int out = -1;
    rewind(file);
    if (!g_spawn_async_with_pipes_and_fds(
            NULL, words, NULL,
            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                G_SPAWN_STDERR_TO_DEV_NULL,
            NULL, NULL, fileno(file), -1, -1, NULL, NULL, 0, &child, NULL, &out,
            NULL, &error)) {
        report_program(diag, error->message);
        return NULL;
    }
    GByteArray *picture = read_all(out);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
    g_spawn_close_pid(child);
    return picture;
}

static bool write_page(const GByteArray *picture, const char *path,
                       lkv_diag *diag)
{
    g_autoptr(GError) error = NULL;
    if (g_file_set_contents(path, (const char *)picture->data,
                            (gssize)picture->len, &error)) {
        return true;
    }
    lkv_diag_add(diag, "E-OUTPUT-WRITE", (lkv_place){.file = path},
                 "the picture cannot be written: %s", error->message);
    return false;
}

static bool write_pages(FILE *file, const char *stem, unsigned pages,
                        GPtrArray *paths, lkv_diag *diag)
{
    for (unsigned number = 1; number <= pages; number++) {
        g_autoptr(GByteArray) picture = draw_page(file, number, diag);
        if (!picture || (picture->len == 0 && number > 1)) {
            return picture != NULL;
        }
        if (picture->len == 0) {
            report_program(diag, "the program drew nothing");
            return false;
        }
        char *path = g_strdup_printf("%s-%u.png", stem, number);
        g_ptr_array_add(paths, path);
        if (!write_page(picture, path, diag)) {
            return false;
        }
    }
    return true;
}

bool lkv_preview_write(const GByteArray *bytes, const char *stem,
                       unsigned pages, GPtrArray *paths, lkv_diag *diag)
{
    FILE *file = tmpfile();
    bool kept = file &&
                fwrite(bytes->data, 1, bytes->len, file) == bytes->len &&
                fflush(file) == 0;
    bool fine = kept && write_pages(file, stem, pages, paths, diag);
    if (!kept) {
        lkv_diag_add(diag, "E-OUTPUT-WRITE", (lkv_place){.file = stem},
                     "there is no room for a copy of the report in the "
                     "temporary folder");
    }
    if (file) {
        fclose(file);
    }
    return fine;
}
