/* likvard run and likvard check. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/handle.h"
#include "app/messages.h"
#include "app/watch.h"

static const char *study_path(const lkv_options *options)
{
    if (options->config) {
        return options->config;
    }
    return options->arguments && options->arguments[0] ? options->arguments[0]
                                                       : "likvard.yml";
}

/* A study by --config and another as argument. */
static bool two_studies(const lkv_options *options, const char *command)
{
    bool two = options->config && options->arguments && options->arguments[0];
    if (two) {
        fprintf(stderr, "likvard: %s takes one study; see likvard %s --help\n",
                command, command);
    }
    return two;
}

/* Messages, and a way on for those who have just begun. */
static bool say(const likvard *run, const lkv_options *options,
                const char *summary)
{
    bool said = lkv_messages_say(run->diag, options, summary);
    if (!run->study && !options->quiet && !options->log_format &&
        lkv_diag_has(run->diag, "E-FILE-MISSING")) {
        fputs("New here? likvard demo makes a district to look at; likvard "
              "help config shows\nthe five lines that a study needs.\n",
              stderr);
    }
    return said;
}

static void show(void *context, const char *words, size_t done, size_t total)
{
    lkv_progress_show(context, words, done, total);
}

lkv_progress *lkv_command_follow(likvard *run, const lkv_options *options)
{
    lkv_progress *progress = lkv_progress_new(
        !options->quiet && !options->no_progress, options->verbose > 0);
    likvard_watch(run, show, progress);
    return progress;
}

int lkv_command_study(const lkv_options *options)
{
    if (two_studies(options, "run")) {
        return LIKVARD_USAGE;
    }
    g_auto(GStrv) sets = lkv_options_settings(options);
    likvard *run = likvard_open(study_path(options),
                                (const char *const *)(const void *)sets);
    g_autoptr(lkv_progress) progress = lkv_command_follow(run, options);
    g_autoptr(lkv_watch) watch = lkv_watch_new(run);
    int code = (int)(options->dry_run ? likvard_compute(run)
                                      : likvard_write(run, options->force));
    int stopped = lkv_watch_code(watch);
    g_clear_pointer(&watch, lkv_watch_free);
    lkv_progress_end(progress);
    /* What was found in half of the work may be wrong. */
    bool said = code == LIKVARD_STOPPED || say(run, options, "run");
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

/* Which columns were taken for what: to state in the study. */
static void print_columns(const lkv_input_facts *facts, size_t columns)
{
    g_autoptr(GString) used = g_string_new(NULL);
    g_autoptr(GString) unused = g_string_new(NULL);
    for (guint i = 0; i < facts->columns->len; i++) {
        const char *header = g_ptr_array_index(facts->columns, i);
        const char *field = g_ptr_array_index(facts->fields, i);
        GString *list = field ? used : unused;
        g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", header);
        if (field && strcmp(field, header) != 0) {
            g_string_append_printf(list, " as %s", field);
        }
    }
    g_autofree char *read = lkv_messages_wrap(used->str, 9, columns);
    g_autofree char *left = lkv_messages_wrap(unused->str, 12, columns);
    printf("  reads: %s\n", read);
    if (*left) {
        printf("  not used: %s\n", left);
    }
}

static void print_count(int64_t rows, const char *what)
{
    if (rows > 0) {
        printf(", %" G_GINT64_FORMAT " row%s %s", rows, rows == 1 ? "" : "s",
               what);
    }
}

/* What was found, some lines a file. */
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
        print_count(facts->rejected, "rejected");
        print_count(facts->duplicates, "there twice");
        print_count(facts->passed_over, "passed over by where:");
        printf("\n");
        print_columns(facts, lkv_progress_columns());
    }
}

int lkv_command_check(const lkv_options *options)
{
    if (two_studies(options, "check")) {
        return LIKVARD_USAGE;
    }
    g_auto(GStrv) sets = lkv_options_settings(options);
    likvard *run = likvard_open(study_path(options),
                                (const char *const *)(const void *)sets);
    g_autoptr(lkv_progress) progress = lkv_command_follow(run, options);
    likvard_read(run);
    lkv_progress_end(progress);
    bool wrote = !options->problems ||
                 lkv_messages_write(options->problems, likvard_problems(run));
    if (!options->quiet) {
        print_inputs(run);
        fflush(stdout);
    }
    bool said = say(run, options, "check");
    int code = answer(run, options);
    likvard_close(run);
    return wrote && said ? code : LIKVARD_IO;
}
