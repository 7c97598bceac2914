/* likvard verify and likvard purge: a run folder as it lies there. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/stage.h"

static const char sums_name[] = "SHA256SUMS";

const char *lkv_command_folder(const lkv_options *options, const char *command)
{
    const char *dir = options->arguments ? options->arguments[0] : NULL;
    if (!dir) {
        fprintf(stderr, "likvard: which run? likvard %s runs/2025\n", command);
        return NULL;
    }
    g_autofree char *sums = g_build_filename(dir, sums_name, NULL);
    if (lkv_goal_look(AT_FDCWD, dir) != LKV_GOAL_OURS ||
        !g_file_test(sums, G_FILE_TEST_IS_REGULAR)) {
        fprintf(stderr, "likvard: %s is no run folder\n", dir);
        return NULL;
    }
    return dir;
}

int lkv_command_no_folder(const lkv_options *options)
{
    return options->arguments && options->arguments[0] ? LIKVARD_INPUT
                                                       : LIKVARD_USAGE;
}

/* ---- verify -------------------------------------------------------------- */

char *lkv_command_hash(const char *path)
{
    enum { BLOCK = 64 * 1024 };
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) {
        return NULL;
    }
    g_autofree char *block = g_malloc(BLOCK);
    lkv_hasher *hasher = lkv_hasher_new();
    ssize_t got = 0;
    while ((got = read(file, block, BLOCK)) > 0) {
        lkv_hasher_add(hasher, block, (size_t)got);
    }
    close(file);
    lkv_hash hash = lkv_hasher_end(hasher);
    return got < 0 ? NULL : lkv_hash_text(&hash, g_malloc(LKV_HASH_TEXT));
}

typedef struct findings {
    const char *dir;
    GHashTable *listed; /* paths in SHA256SUMS */
    size_t same, wrong, purged;
    bool has_private;
} findings;

static void check_line(findings *found, const char *line)
{
    const char *path = strstr(line, "  ");
    if (!path) {
        printf("%s: a line is no sum of a file\n", sums_name);
        found->wrong++;
        return;
    }
    g_autofree char *wanted = g_strndup(line, (gsize)(path - line));
    path += 2;
    g_hash_table_add(found->listed, g_strdup(path));
    g_autofree char *full = g_build_filename(found->dir, path, NULL);
    g_autofree char *hash = lkv_command_hash(full);
    if (!hash && !found->has_private && g_str_has_prefix(path, "private/")) {
        found->purged++;
    } else if (!hash) {
        printf("%s: missing\n", path);
        found->wrong++;
    } else if (strcmp(hash, wanted) != 0) {
        printf("%s: changed\n", path);
        found->wrong++;
    } else {
        found->same++;
    }
}

/* Files of the run that no sum can name. */
static bool is_unlisted(const char *path)
{
    return strcmp(path, sums_name) == 0 ||
           strcmp(path, lkv_folder_marker) == 0 ||
           strcmp(path, "run.log.jsonl") == 0;
}

/* Names every file in FOLDER of the run ("" at its top) that is not listed. */
static void look_for_more(findings *found, const char *folder)
{
    g_autofree char *full = g_build_filename(found->dir, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(full, 0, NULL);
    const char *name = NULL;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path =
            *folder ? g_strjoin("/", folder, name, NULL) : g_strdup(name);
        g_autofree char *place = g_build_filename(found->dir, path, NULL);
        bool link = g_file_test(place, G_FILE_TEST_IS_SYMLINK);
        if (!link && g_file_test(place, G_FILE_TEST_IS_DIR)) {
            look_for_more(found, path);
        } else if (!is_unlisted(path) &&
                   !g_hash_table_contains(found->listed, path)) {
            printf("%s: not of this run\n", path);
            found->wrong++;
        }
    }
}

int lkv_command_verify(const lkv_options *options)
{
    const char *dir = lkv_command_folder(options, "verify");
    if (!dir) {
        return lkv_command_no_folder(options);
    }
    g_autofree char *sums = g_build_filename(dir, sums_name, NULL);
    g_autofree char *proof = g_build_filename(dir, "private", NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(sums, &text, NULL, NULL)) {
        fprintf(stderr, "likvard: %s cannot be read\n", sums);
        return LIKVARD_INPUT;
    }
    g_autoptr(GHashTable) listed =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    findings found = {.dir = dir,
                      .listed = listed,
                      .has_private = g_file_test(proof, G_FILE_TEST_EXISTS)};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (**line) {
            check_line(&found, *line);
        }
    }
    look_for_more(&found, "");
    if (found.purged > 0 && !options->quiet) {
        fprintf(stderr, "verify: private/ was removed (%zu files)\n",
                found.purged);
    }
    if (!options->quiet) {
        fprintf(stderr, "verify: %zu files as they were made, %zu not\n",
                found.same, found.wrong);
    }
    return found.wrong > 0 ? LIKVARD_NO : LIKVARD_OK;
}

/* ---- purge --------------------------------------------------------------- */

int lkv_command_purge(const lkv_options *options)
{
    const char *dir = lkv_command_folder(options, "purge");
    if (!dir) {
        return lkv_command_no_folder(options);
    }
    int folder = lkv_folder_open(AT_FDCWD, dir);
    bool had = folder >= 0 && faccessat(folder, "private", F_OK, 0) == 0;
    bool gone = folder >= 0 && (!had || (lkv_folder_delete(folder, "private") &&
                                         lkv_folder_sync_one(folder)));
    if (folder >= 0) {
        close(folder);
    }
    if (!gone) {
        fprintf(stderr, "likvard: %s/private cannot be removed\n", dir);
        return LIKVARD_IO;
    }
    if (!options->quiet) {
        fprintf(stderr,
                had ? "purge: %s/private is removed\n"
                    : "purge: %s has no private/ any more\n",
                dir);
    }
    return LIKVARD_OK;
}
