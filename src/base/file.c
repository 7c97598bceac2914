#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void report_open(lkv_diag *diag, const char *path, int error)
{
    lkv_place place = {.file = path};
    if (error == ENOENT || error == ENOTDIR) {
        lkv_message *message = lkv_diag_add(diag, "E-FILE-MISSING", place,
                                            "there is no such file");
        lkv_message_fix(message, "correct the path, or put the file there");
        return;
    }
    lkv_message *message =
        lkv_diag_add(diag, "E-FILE-UNREADABLE", place,
                     "the file cannot be read: %s", g_strerror(error));
    if (error == EACCES) {
        lkv_message_fix(message, "allow yourself to read it (chmod u+r)");
    }
}

/* Whether STATUS is a file that can be read whole, within LIMIT. */
static bool is_readable(const char *path, const struct stat *status,
                        size_t limit, lkv_diag *diag)
{
    lkv_place place = {.file = path};
    if (S_ISDIR(status->st_mode)) {
        lkv_message *message = lkv_diag_add(diag, "E-FILE-FOLDER", place,
                                            "this is a folder, not a file");
        lkv_message_fix(message, "name a file in it");
        return false;
    }
    if (!S_ISREG(status->st_mode)) {
        lkv_message *message =
            lkv_diag_add(diag, "E-FILE-SPECIAL", place,
                         "this is a pipe or a device, not a file");
        lkv_message_why(message, "files are read more than once");
        lkv_message_fix(message, "save it as a file first");
        return false;
    }
    if (limit > 0 && (uintmax_t)status->st_size > limit) {
        lkv_diag_add(diag, "E-FILE-LARGE", place,
                     "the file has %jd bytes; at most %zu are read",
                     (intmax_t)status->st_size, limit);
        return false;
    }
    return true;
}

/* Reads up to SIZE bytes; the number read, or -1 with errno set. */
static ssize_t read_all(int descriptor, char *bytes, size_t size)
{
    size_t filled = 0;
    while (filled < size) {
        ssize_t count = read(descriptor, bytes + filled, size - filled);
        if (count < 0 && errno != EINTR) {
            return -1;
        }
        if (count == 0) {
            break;
        }
        filled += count > 0 ? (size_t)count : 0;
    }
    return (ssize_t)filled;
}

/* One byte more than SIZE is asked for, so that a file that grows is seen. */
static char *read_open(int descriptor, const char *path, size_t size,
                       lkv_diag *diag)
{
    lkv_place place = {.file = path};
    g_autofree char *bytes = g_try_malloc(size + 1);
    if (!bytes) {
        lkv_diag_add(diag, "E-FILE-LARGE", place,
                     "the file has %zu bytes; there is no memory for it", size);
        return NULL;
    }
    ssize_t count = read_all(descriptor, bytes, size + 1);
    if (count < 0) {
        report_open(diag, path, errno);
        return NULL;
    }
    if ((size_t)count != size) {
        lkv_message *message =
            lkv_diag_add(diag, "E-FILE-CHANGED", place,
                         "the file changed while it was read");
        lkv_message_fix(message, "wait until it is written, then run again");
        return NULL;
    }
    bytes[size] = '\0';
    return g_steal_pointer(&bytes);
}

char *lkv_file_read(const char *path, size_t limit, size_t *size,
                    lkv_diag *diag)
{
    /* Without O_NONBLOCK a pipe that nobody writes to would stop us here. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        report_open(diag, path, errno);
        return NULL;
    }
    char *bytes = NULL;
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        report_open(diag, path, errno);
    } else if (is_readable(path, &status, limit, diag)) {
        *size = (size_t)status.st_size;
        bytes = read_open(descriptor, path, *size, diag);
    }
    close(descriptor);
    return bytes;
}

char *lkv_path_beside(const char *file, const char *path)
{
    const char *name = lkv_path_name(file);
    if (g_path_is_absolute(path) || name == file) {
        return g_strdup(path);
    }
    g_autofree char *folder = g_strndup(file, (gsize)(name - file));
    return g_strconcat(folder, path, NULL);
}

const char *lkv_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
