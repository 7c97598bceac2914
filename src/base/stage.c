#include "base/stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/file.h"
#include "base/folder.h"

static const char stage_mark[] = ".tmp-";
static const char stage_fill[] = "XXXXXX";

lkv_goal lkv_goal_look(int parent, const char *name)
{
    struct stat status;
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT || errno == ENAMETOOLONG ? LKV_GOAL_ABSENT
                                                        : LKV_GOAL_FOREIGN;
    }
    int folder = lkv_folder_open(parent, name);
    if (folder < 0) {
        return LKV_GOAL_FOREIGN;
    }
    bool marked =
        fstatat(folder, lkv_folder_marker, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(status.st_mode);
    close(folder);
    return marked ? LKV_GOAL_OURS : LKV_GOAL_FOREIGN;
}

bool lkv_goal_free(const char *goal, lkv_goal seen, bool force, lkv_diag *diag)
{
    lkv_place place = {.file = goal};
    if (seen == LKV_GOAL_FOREIGN) {
        lkv_message *message = lkv_diag_add(
            diag, "E-OUTPUT-FOREIGN", place,
            "what is there was not made by likvard, so it is not replaced");
        lkv_message_why(message,
                        "a folder of ours is no link and holds the "
                        "file %s",
                        lkv_folder_marker);
        lkv_message_fix(message, "choose another folder, or move "
                                 "this one away");
        return false;
    }
    if (seen == LKV_GOAL_OURS && !force) {
        lkv_message *message = lkv_diag_add(diag, "E-OUTPUT-EXISTS", place,
                                            "the output folder exists already");
        lkv_message_fix(message, "choose another folder, or replace "
                                 "this one with --force");
        return false;
    }
    return true;
}

void lkv_stage_report(lkv_diag *diag, const char *path, int error)
{
    lkv_place place = {.file = path};
    if (error == ENOSPC || error == EDQUOT) {
        lkv_message *message =
            lkv_diag_add(diag, "E-OUTPUT-FULL", place, "the disk is full");
        lkv_message_fix(message, "make room, then run again");
        return;
    }
    if (error == EACCES || error == EPERM || error == EROFS ||
        error == ENOTDIR || error == ENOENT || error == ELOOP ||
        error == ENAMETOOLONG) {
        lkv_message *message = lkv_diag_add(
            diag, "E-OUTPUT-PLACE", place, "the output cannot be made here: %s",
            g_strerror(error));
        lkv_message_fix(message, "choose another folder");
        return;
    }
    lkv_diag_add(diag, "E-OUTPUT-WRITE", place,
                 "the output cannot be written: %s", g_strerror(error));
}

/* Whether NAME is that of a stage for GOAL: "2025.tmp-Ab3dE9". */
static bool is_stage_name(const char *name, const char *goal)
{
    size_t length = strlen(goal);
    if (strlen(name) != length + strlen(stage_mark) + strlen(stage_fill) ||
        strncmp(name, goal, length) != 0 ||
        strncmp(name + length, stage_mark, strlen(stage_mark)) != 0) {
        return false;
    }
    for (name += length + strlen(stage_mark); *name; name++) {
        if (!g_ascii_isalnum(*name)) {
            return false;
        }
    }
    return true;
}

/* A stage whose program lives is locked by it; an empty folder is one whose
 * program was killed before it wrote the marker.
 */
static void sweep_one(int parent, const char *name)
{
    int folder = lkv_folder_open(parent, name);
    if (folder < 0) {
        return;
    }
    if (flock(folder, LOCK_EX | LOCK_NB) == 0) {
        if (lkv_goal_look(parent, name) == LKV_GOAL_OURS) {
            lkv_folder_delete(parent, name);
        } else {
            unlinkat(parent, name, AT_REMOVEDIR);
        }
    }
    close(folder);
}

/* Deletes what killed runs left. What cannot be deleted harms nobody. */
static void sweep(int parent, const char *goal)
{
    int copy = lkv_folder_open(parent, ".");
    DIR *entries = copy < 0 ? NULL : fdopendir(copy);
    if (!entries) {
        return;
    }
    for (const struct dirent *entry = readdir(entries); entry;
         entry = readdir(entries)) {
        if (is_stage_name(entry->d_name, goal)) {
            sweep_one(parent, entry->d_name);
        }
    }
    closedir(entries);
}

/* GOAL without slashes at its end; NULL when it names no folder to make. */
static char *goal_name(const char *goal)
{
    g_autofree char *trimmed = g_strdup(goal);
    for (size_t length = strlen(trimmed);
         length > 1 && trimmed[length - 1] == '/'; length--) {
        trimmed[length - 1] = '\0';
    }
    const char *name = lkv_path_name(trimmed);
    if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        return NULL;
    }
    return g_steal_pointer(&trimmed);
}

/* How many folders above GOAL are not there. */
static unsigned count_absent(const char *goal)
{
    unsigned absent = 0;
    g_autofree char *above = g_path_get_dirname(goal);
    while (!g_file_test(above, G_FILE_TEST_EXISTS)) {
        char *next = g_path_get_dirname(above);
        g_free(above);
        above = next;
        absent++;
    }
    return absent;
}

/* Takes away the folders above GOAL that were made for it, if empty. */
static void unmake(const char *goal, unsigned made)
{
    g_autofree char *above = g_path_get_dirname(goal);
    for (unsigned i = 0; i < made && g_rmdir(above) == 0; i++) {
        char *next = g_path_get_dirname(above);
        g_free(above);
        above = next;
    }
}

static int parent_open(const char *goal, lkv_diag *diag)
{
    g_autofree char *parent = g_path_get_dirname(goal);
    if (g_mkdir_with_parents(parent, LKV_FOLDER_MODE) != 0) {
        lkv_stage_report(diag, parent, errno);
        return -1;
    }
    int folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        lkv_stage_report(diag, parent, errno);
    }
    return folder;
}

/* Network file systems know no locks on folders; there nothing is swept. */
static bool lock(int folder)
{
    return flock(folder, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

/* The empty stage beside the goal, locked and marked. Programs take turns, so
 * that none sweeps the stage of another before it is locked.
 */
static bool folder_make(lkv_stage *stage)
{
    while (flock(stage->parent, LOCK_EX) != 0 && errno == EINTR) {
    }
    sweep(stage->parent, stage->name);
    g_autofree char *path =
        g_strconcat(stage->goal, stage_mark, stage_fill, NULL);
    bool good = mkdtemp(path) != NULL;
    if (good) {
        stage->stage_name = g_strdup(lkv_path_name(path));
        stage->path = g_steal_pointer(&path);
        stage->folder = lkv_folder_open(stage->parent, stage->stage_name);
        good = stage->folder >= 0 && lock(stage->folder) &&
               lkv_stage_mark(stage->folder);
    }
    int reason = errno;
    flock(stage->parent, LOCK_UN);
    errno = reason;
    return good;
}

static lkv_stage_list *list_new(void)
{
    lkv_stage_list *list = g_new0(lkv_stage_list, 1);
    pthread_mutex_init(&list->lock, NULL);
    list->files = g_array_new(FALSE, FALSE, sizeof(lkv_staged));
    list->text = g_string_chunk_new(4096);
    return list;
}

lkv_stage *lkv_stage_open(const char *goal, bool force, lkv_diag *diag)
{
    g_autofree char *name = goal_name(goal);
    if (!name) {
        lkv_message *message =
            lkv_diag_add(diag, "E-OUTPUT-NAME", (lkv_place){.file = goal},
                         "this names no folder that can be made");
        lkv_message_fix(message, "name a new folder, such as runs/2025");
        return NULL;
    }
    unsigned made = count_absent(name);
    int parent = parent_open(name, diag);
    if (parent < 0) {
        return NULL;
    }
    g_autoptr(lkv_stage) stage = g_new0(lkv_stage, 1);
    stage->goal = g_steal_pointer(&name);
    stage->name = g_strdup(lkv_path_name(stage->goal));
    stage->parent = parent;
    stage->made = made;
    stage->folder = -1;
    stage->force = force;
    stage->list = list_new();
    if (!lkv_goal_free(stage->goal, lkv_goal_look(parent, stage->name), force,
                       diag)) {
        return NULL;
    }
    if (!folder_make(stage)) {
        lkv_stage_report(diag, stage->goal, errno);
        return NULL;
    }
    return g_steal_pointer(&stage);
}

void lkv_stage_free(lkv_stage *stage)
{
    if (!stage) {
        return;
    }
    if (stage->stage_name && !stage->published) {
        lkv_folder_delete(stage->parent, stage->stage_name);
        unmake(stage->goal, stage->made);
    }
    if (stage->folder >= 0) {
        close(stage->folder);
    }
    close(stage->parent);
    pthread_mutex_destroy(&stage->list->lock);
    g_array_unref(stage->list->files);
    g_string_chunk_free(stage->list->text);
    g_free(stage->list);
    g_free(stage->stage_name);
    g_free(stage->name);
    g_free(stage->path);
    g_free(stage->goal);
    g_free(stage);
}

const char *lkv_stage_path(const lkv_stage *stage)
{
    return stage->path;
}
