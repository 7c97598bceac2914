/* likvard demo: an invented district, and a full run of it. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/demo.h"
#include "app/messages.h"
#include "likvard/likvard.h"

enum { LAST_YEAR = 2025, SEED = 4 };

/* The study just made is run as a user would, and its folder printed. */
static int run(const char *dir, const lkv_options *options)
{
    g_autofree char *study = g_build_filename(dir, "likvard.yml", NULL);
    char *arguments[] = {study, NULL};
    lkv_options given = *options;
    given.arguments = arguments;
    return lkv_command_study(&given);
}

int lkv_command_demo(const lkv_options *options)
{
    const char *dir = options->arguments && options->arguments[0]
                          ? options->arguments[0]
                          : "likvard-demo";
    const lkv_demo_plan plan = {
        .schools = (int)options->school_count,
        .pupils = (int)options->pupil_count,
        .years = (int)options->years,
        .last_year = LAST_YEAR,
        .seed = options->seed == LKV_NOT_GIVEN ? SEED : (uint64_t)options->seed,
        .long_shape = g_strcmp0(options->shape, "long") == 0,
        .all_graded = g_strcmp0(options->graded, "all") == 0,
        .index = options->index,
        .windows = g_strcmp0(options->encoding, "windows-1252") == 0,
        .dirty = (int)options->dirty,
    };
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_demo) demo = lkv_demo_new(&plan);
    if (!lkv_demo_write(demo, dir, options->force, diag)) {
        lkv_messages_say(diag, options, "demo");
        return LIKVARD_CREATE;
    }
    if (options->data_only) {
        printf("%s\n", dir);
        return LIKVARD_OK;
    }
    return run(dir, options);
}
