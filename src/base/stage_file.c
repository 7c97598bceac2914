/* Files of a stage: each whole and on the disk before it is listed. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/stage.h"

enum { FILE_MODE = 0600 };

static const char marker_text[] =
    "likvard wrote this folder and may replace it as a whole.\n";

static int file_make(int folder, const char *name)
{
    return openat(folder, name,
                  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  FILE_MODE);
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = write(file, bytes, size);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        if (count > 0) {
            bytes += count;
            size -= (size_t)count;
        }
    }
    return true;
}

/* Closes FILE, on the disk if all was GOOD so far; or gives errno. */
static bool file_end(int file, bool good)
{
    good = good && fsync(file) == 0;
    int reason = errno;
    if (close(file) != 0 && good) {
        return false;
    }
    errno = reason;
    return good;
}

bool lkv_stage_mark(int folder)
{
    int file = file_make(folder, lkv_folder_marker);
    return file >= 0 &&
           file_end(file, write_all(file, marker_text, strlen(marker_text)));
}

/* A descriptor of the folder that is to hold PATH, made as needed. */
static int folder_for(int stage, char **parts)
{
    int folder = lkv_folder_open(stage, ".");
    for (; folder >= 0 && parts[1]; parts++) {
        int inner = -1;
        if (mkdirat(folder, parts[0], LKV_FOLDER_MODE) == 0 ||
            errno == EEXIST) {
            inner = lkv_folder_open(folder, parts[0]);
        }
        int reason = errno;
        close(folder);
        errno = reason;
        folder = inner;
    }
    return folder;
}

static bool is_inside(char **parts)
{
    for (char **part = parts; *part; part++) {
        if (**part == '\0' || strcmp(*part, ".") == 0 ||
            strcmp(*part, "..") == 0) {
            return false;
        }
    }
    return parts[0] && strcmp(parts[0], lkv_folder_marker) != 0;
}

static void list_add(lkv_stage_list *list, const char *path, lkv_hash hash,
                     size_t size)
{
    pthread_mutex_lock(&list->lock);
    lkv_staged added = {.path = g_string_chunk_insert(list->text, path),
                        .size = size,
                        .hash = hash};
    g_array_append_val(list->files, added);
    pthread_mutex_unlock(&list->lock);
}

struct lkv_staging {
    lkv_stage *stage;
    lkv_diag *diag;
    char *path;
    int file;
    int error; /* errno of the first write that failed, or 0 */
    size_t size;
    lkv_hasher *hasher;
    lkv_sink sink;
};

static void report(const lkv_staging *staging, int error)
{
    g_autofree char *shown =
        g_strdup_printf("%s/%s", staging->stage->goal, staging->path);
    lkv_stage_report(staging->diag, shown, error);
}

static void take(void *to, const char *bytes, size_t size)
{
    lkv_staging *staging = to;
    if (staging->error == 0 && !write_all(staging->file, bytes, size)) {
        staging->error = errno;
    }
    lkv_hasher_add(staging->hasher, bytes, size);
    staging->size += size;
}

static void free_staging(lkv_staging *staging)
{
    g_string_free(staging->sink.text, TRUE);
    g_free(staging->path);
    g_free(staging);
}

/* Makes the file of STAGING and the folders above it, or gives errno. */
static bool make(lkv_staging *staging, char **parts)
{
    int folder = folder_for(staging->stage->folder, parts);
    if (folder < 0) {
        return false;
    }
    staging->file = file_make(folder, parts[g_strv_length(parts) - 1]);
    int reason = errno;
    close(folder);
    errno = reason;
    return staging->file >= 0;
}

lkv_staging *lkv_stage_begin(lkv_stage *stage, const char *path, lkv_diag *diag)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    if (!is_inside(parts)) {
        g_autofree char *shown = g_strdup_printf("%s/%s", stage->goal, path);
        lkv_diag_add(diag, "E-BUG", (lkv_place){.file = shown},
                     "a file of the output lies outside of it");
        return NULL;
    }
    lkv_staging *staging = g_new0(lkv_staging, 1);
    staging->stage = stage;
    staging->diag = diag;
    staging->path = g_strdup(path);
    staging->sink = (lkv_sink){g_string_new(NULL), take, staging};
    if (!make(staging, parts)) {
        report(staging, errno);
        free_staging(staging);
        return NULL;
    }
    staging->hasher = lkv_hasher_new();
    return staging;
}

lkv_sink *lkv_staging_sink(lkv_staging *staging)
{
    return &staging->sink;
}

bool lkv_stage_end(lkv_staging *staging)
{
    lkv_sink_empty(&staging->sink);
    lkv_hash hash = lkv_hasher_end(staging->hasher);
    errno = staging->error;
    bool good = file_end(staging->file, staging->error == 0);
    if (good) {
        list_add(staging->stage->list, staging->path, hash, staging->size);
    } else {
        report(staging, errno);
    }
    free_staging(staging);
    return good;
}

bool lkv_stage_write(lkv_stage *stage, const char *path, const void *bytes,
                     size_t size, lkv_diag *diag)
{
    lkv_staging *staging = lkv_stage_begin(stage, path, diag);
    if (!staging) {
        return false;
    }
    take(staging, bytes, size);
    return lkv_stage_end(staging);
}

static gint staged_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(((const lkv_staged *)a)->path, ((const lkv_staged *)b)->path);
}

GArray *lkv_stage_files(const lkv_stage *stage)
{
    pthread_mutex_lock(&stage->list->lock);
    GArray *files = g_array_copy(stage->list->files);
    pthread_mutex_unlock(&stage->list->lock);
    g_array_sort(files, staged_compare);
    return files;
}
