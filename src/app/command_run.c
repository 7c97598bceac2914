/* likvard run and likvard check. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/handle.h"
#include "app/interrupt.h"
#include "base/progress.h"
#include "likvard/likvard.h"

static const char *study_path(const lkv_options *options)
{
    if (options->config) {
        return options->config;
    }
    return options->arguments && options->arguments[0] ? options->arguments[0]
                                                       : "likvard.yml";
}

static bool too_many(const lkv_options *options, const char *command)
{
    bool surplus = options->arguments && options->arguments[0] &&
                   (options->arguments[1] || options->config);
    if (surplus) {
        fprintf(stderr, "likvard: %s takes one study; see likvard %s --help\n",
                command, command);
    }
    return surplus;
}

static bool say(likvard *run, const lkv_options *options, const char *summary)
{
    if (options->log) {
        g_autofree char *lines = lkv_diag_jsonl(run->diag);
        g_autoptr(GError) error = NULL;
        if (!g_file_set_contents(options->log, lines, -1, &error)) {
            fprintf(stderr, "likvard: %s\n", error->message);
            return false;
        }
    }
    if (g_strcmp0(options->log_format, "json") == 0) {
        g_autofree char *lines = lkv_diag_jsonl(run->diag);
        fputs(lines, stderr);
        return true;
    }
    if (options->quiet && likvard_errors(run) == 0) {
        return true;
    }
    g_autofree char *text = lkv_diag_text(
        run->diag, (lkv_print){.colour = lkv_options_coloured(options),
                               .most = (size_t)options->most_errors,
                               .summary = summary});
    fputs(text, stderr);
    return true;
}

static void show(void *context, const char *words, size_t done, size_t total)
{
    lkv_progress_show(context, words, done, total);
}

static lkv_progress *follow(likvard *run, const lkv_options *options)
{
    lkv_progress *progress = lkv_progress_new(
        !options->quiet && !options->no_progress, options->verbose > 0);
    likvard_watch(run, show, progress);
    return progress;
}

int lkv_command_study(const lkv_options *options)
{
    if (too_many(options, "run")) {
        return LIKVARD_USAGE;
    }
    g_auto(GStrv) sets = lkv_options_settings(options);
    likvard *run = likvard_open(study_path(options),
                                (const char *const *)(const void *)sets);
    g_autoptr(lkv_progress) progress = follow(run, options);
    g_autoptr(lkv_watch) watch = lkv_watch_new(run);
    int code = (int)(options->dry_run ? likvard_compute(run)
                                      : likvard_write(run, options->force));
    int stopped = lkv_watch_code(watch);
    g_clear_pointer(&watch, lkv_watch_free);
    lkv_progress_end(progress);
    bool said = say(run, options, "run");
    if (code == LIKVARD_OK && !options->dry_run) {
        printf("%s\n", likvard_output(run));
    }
    if (code == LIKVARD_STOPPED) {
        fprintf(stderr, "likvard: stopped; nothing was published\n");
        code = stopped ? stopped : code;
    }
    likvard_close(run);
    return said || code != LIKVARD_OK ? code : LIKVARD_IO;
}

/* A check answers yes or no; only a missing study is a fault of its own. */
static int answer(const likvard *run, const lkv_options *options)
{
    if (likvard_errors(run) > 0) {
        return run->study || !lkv_diag_has(run->diag, "E-FILE-MISSING")
                   ? LIKVARD_NO
                   : LIKVARD_INPUT;
    }
    return options->strict && likvard_warnings(run) > 0 ? LIKVARD_NO
                                                        : LIKVARD_OK;
}

static bool write_problems(likvard *run, const char *path)
{
    g_autoptr(GError) error = NULL;
    const char *rows = likvard_problems(run);
    if (!g_file_set_contents(path, rows, -1, &error)) {
        fprintf(stderr, "likvard: %s\n", error->message);
        return false;
    }
    return true;
}

/* What was found, a line a file: to state in the study. */
static void print_inputs(const likvard *run)
{
    for (guint i = 0; run->inputs && i < run->inputs->len; i++) {
        const lkv_input_facts *facts =
            &g_array_index(run->inputs, lkv_input_facts, i);
        const char *delimiter = facts->delimiter == '\t' ? "TAB" : NULL;
        const char mark[2] = {facts->delimiter, '\0'};
        printf("%s: %s, \"%s\", %s%" G_GINT64_FORMAT " rows, %u columns",
               facts->input->name, facts->encoding,
               delimiter ? delimiter : mark,
               facts->decimal == ','   ? "decimal comma, "
               : facts->decimal == '.' ? "decimal point, "
                                       : "",
               facts->rows, facts->columns->len);
        if (facts->rejected > 0) {
            printf(", %" G_GINT64_FORMAT " rows rejected", facts->rejected);
        }
        printf("\n");
    }
}

int lkv_command_check(const lkv_options *options)
{
    if (too_many(options, "check")) {
        return LIKVARD_USAGE;
    }
    g_auto(GStrv) sets = lkv_options_settings(options);
    likvard *run = likvard_open(study_path(options),
                                (const char *const *)(const void *)sets);
    g_autoptr(lkv_progress) progress = follow(run, options);
    likvard_read(run);
    lkv_progress_end(progress);
    bool wrote = !options->problems || write_problems(run, options->problems);
    if (!options->quiet) {
        print_inputs(run);
    }
    bool said = say(run, options, "check");
    int code = answer(run, options);
    likvard_close(run);
    return wrote && said ? code : LIKVARD_IO;
}
