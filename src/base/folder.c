#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/publish.h"

const char lkv_folder_marker[] = ".likvard";

int lkv_folder_open(int parent, const char *name)
{
    return openat(parent, name,
                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* What to do with the entry NAME of the open FOLDER. */
typedef bool (*visit)(int folder, const char *name);

static bool visit_entries(DIR *entries, visit each)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(entries);
        if (!entry) {
            return errno == 0;
        }
        const char *name = entry->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
            !each(dirfd(entries), name)) {
            return false;
        }
    }
}

/* EACH for the entries of the folder NAME, and LAST for the folder. */
static bool walk(int parent, const char *name, visit each, bool (*last)(int))
{
    int folder = lkv_folder_open(parent, name);
    if (folder < 0) {
        return false;
    }
    DIR *entries = fdopendir(folder);
    if (!entries) {
        int reason = errno;
        close(folder);
        errno = reason;
        return false;
    }
    bool good = visit_entries(entries, each) && last(folder);
    int reason = errno;
    closedir(entries);
    errno = reason;
    return good;
}

static bool entry_delete(int folder, const char *name)
{
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        return lkv_folder_delete(folder, name);
    }
    return strcmp(name, lkv_folder_marker) == 0 ||
           unlinkat(folder, name, 0) == 0;
}

/* The marker goes last, so that a folder half deleted is still known as ours.
 */
static bool marker_delete(int folder)
{
    return unlinkat(folder, lkv_folder_marker, 0) == 0 || errno == ENOENT;
}

bool lkv_folder_delete(int parent, const char *name)
{
    return walk(parent, name, entry_delete, marker_delete) &&
           unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

bool lkv_folder_sync_one(int folder)
{
    return fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP;
}

static bool entry_sync(int folder, const char *name)
{
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return false;
    }
    return !S_ISDIR(status.st_mode) || lkv_folder_sync(folder, name);
}

bool lkv_folder_sync(int parent, const char *name)
{
    return walk(parent, name, entry_sync, lkv_folder_sync_one);
}

bool lkv_folder_remove(const char *dir, lkv_diag *diag)
{
    /* A slash at the end would follow a link. */
    size_t length = strlen(dir);
    while (length > 1 && dir[length - 1] == '/') {
        length--;
    }
    g_autofree char *plain = g_strndup(dir, length);
    if (lkv_folder_delete(AT_FDCWD, plain)) {
        return true;
    }
    lkv_message *message =
        lkv_diag_add(diag, "E-FOLDER-KEPT", (lkv_place){.file = dir},
                     "the folder cannot be deleted: %s", g_strerror(errno));
    lkv_message_fix(message, "delete what is left of it by hand");
    return false;
}
