/* likvard render: reports again from a finished run. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/filename.h"
#include "app/handle.h"
#include "app/messages.h"
#include "app/preview.h"
#include "app/rendering.h"
#include "app/schools.h"
#include "app/watch.h"

enum { PREVIEW_PAGES = 2 };

/* DIR with SUFFIX behind its last part. */
static char *beside(const char *dir, const char *suffix)
{
    size_t length = strlen(dir);
    while (length > 1 && dir[length - 1] == '/') {
        length--;
    }
    return g_strdup_printf("%.*s%s", (int)length, dir, suffix);
}

/* What the names of UNIT's pictures begin with: as its report is called. */
static char *stem_of(const likvard *run, uint16_t unit)
{
    const lkv_unit *school = lkv_frame_unit(run->frame, unit);
    char *name = lkv_filename_school(school->id, school->name);
    *strrchr(name, '.') = '\0';
    return name;
}

static void draw(likvard *run, const lkv_options *options)
{
    uint16_t unit = lkv_schools_find(run, options->preview,
                                     (lkv_place){.field = "--preview"});
    if (unit == LKV_NO_VALUE) {
        return;
    }
    g_autofree char *own = stem_of(run, unit);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GByteArray) bytes = lkv_rendering_school(run, unit);
    if (bytes &&
        lkv_preview_write(bytes, options->output ? options->output : own,
                          PREVIEW_PAGES, paths, run->diag)) {
        for (guint i = 0; i < paths->len; i++) {
            printf("%s\n", (const char *)g_ptr_array_index(paths, i));
        }
    }
}

static int render(likvard *run, const lkv_options *options, const char *dir)
{
    g_autofree char *folder =
        options->output ? g_strdup(options->output) : beside(dir, "-render");
    g_autoptr(lkv_progress) progress = lkv_command_follow(run, options);
    g_autoptr(lkv_watch) watch = lkv_watch_new(run);
    int code = (int)likvard_render(run, folder, options->force);
    int stopped = lkv_watch_code(watch);
    g_clear_pointer(&watch, lkv_watch_free);
    lkv_progress_end(progress);
    if (code == LIKVARD_OK) {
        printf("%s\n", folder);
    }
    return code == LIKVARD_STOPPED && stopped ? stopped : code;
}

int lkv_command_render(const lkv_options *options)
{
    const char *dir = lkv_command_folder(options, "render");
    if (!dir) {
        return lkv_command_no_folder(options);
    }
    g_auto(GStrv) sets = lkv_options_settings(options);
    likvard *run = likvard_reopen(dir, (const char *const *)(const void *)sets);
    int code = (int)likvard_code_of(run);
    if (code == LIKVARD_OK && options->preview) {
        draw(run, options);
        code = (int)likvard_code_of(run);
    } else if (code == LIKVARD_OK) {
        code = render(run, options, dir);
    }
    bool said = lkv_messages_say(run->diag, options, "render");
    likvard_close(run);
    return said || code != LIKVARD_OK ? code : LIKVARD_IO;
}
