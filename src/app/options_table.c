/* The options of each command. */
#include "app/options_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Texts are FILENAME to GLib, which then leaves their bytes alone. */
#define TEXT G_OPTION_ARG_FILENAME
#define TEXTS G_OPTION_ARG_FILENAME_ARRAY
#define NUMBER G_OPTION_ARG_CALLBACK
#define FLAG G_OPTION_ARG_NONE

/* Options that take a whole number, and where it goes. */
static const struct number {
    const char *option, *letter;
    size_t offset;
    gint64 least, most;
} numbers[] = {
    {"--jobs", "-j", offsetof(lkv_options, jobs), 0, LKV_JOBS_MOST},
    {"--max-errors", NULL, offsetof(lkv_options, most_errors), 0, 1000000},
    {"--seed", NULL, offsetof(lkv_options, seed), 0, 900000000000000000},
    {"--schools", NULL, offsetof(lkv_options, school_count), 1, 5000},
    {"--pupils", NULL, offsetof(lkv_options, pupil_count), 10, 2000000},
    {"--years", NULL, offsetof(lkv_options, years), 1, 20},
    {"--dirty", NULL, offsetof(lkv_options, dirty), 0, 1000},
    {"--threshold", NULL, offsetof(lkv_options, threshold), 1, 1000},
    {"--min-width", NULL, offsetof(lkv_options, min_width), 1, 1000},
};

static gboolean take_number(const char *name, const char *value,
                            gpointer options, GError **error)
{
    const struct number *number = numbers;
    while (strcmp(number->option, name) != 0 &&
           g_strcmp0(number->letter, name) != 0) {
        number++;
    }
    gint64 *place = (gint64 *)(void *)((char *)options + number->offset);
    if (g_ascii_string_to_signed(value, 10, number->least, number->most, place,
                                 NULL)) {
        return TRUE;
    }
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                "%s takes a whole number from %" G_GINT64_FORMAT
                " to %" G_GINT64_FORMAT ", not \"%s\"",
                name, number->least, number->most, value);
    return FALSE;
}

static gboolean count_verbose(const char *name, const char *value,
                              gpointer options, GError **error)
{
    (void)name;
    (void)value;
    (void)error;
    ((lkv_options *)options)->verbose++;
    return TRUE;
}

static gpointer callback(GOptionArgFunc function)
{
    gpointer pointer = NULL;
    memcpy(&pointer, &function, sizeof pointer);
    return pointer;
}

static void add_common(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"help", 'h', 0, FLAG, &options->help, "this help", NULL},
        {"version", 0, 0, FLAG, &options->version, "version and licence", NULL},
        {"quiet", 'q', 0, FLAG, &options->quiet, "errors only", NULL},
        {"verbose", 'v', G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK,
         callback(count_verbose), "say more; may be repeated", NULL},
        {"color", 0, 0, TEXT, &options->colour, "colour of messages",
         "auto|always|never"},
        {"no-color", 0, 0, FLAG, &options->no_colour, "no colour", NULL},
        {"no-progress", 0, 0, FLAG, &options->no_progress, "no progress", NULL},
        {"log", 0, 0, TEXT, &options->log,
         "write messages to FILE as well, as JSON lines", "FILE"},
        {"log-format", 0, 0, TEXT, &options->log_format, "form of messages",
         "human|json|journal"},
        {G_OPTION_REMAINING, 0, 0, TEXTS, &options->arguments, NULL, NULL},
        G_OPTION_ENTRY_NULL,
    };
    GOptionGroup *group = g_option_group_new("", "", "", options, NULL);
    g_option_group_add_entries(group, entries);
    g_option_context_set_main_group(context, group);
}

static void add_jobs(GOptionContext *context, lkv_options *options)
{
    (void)options;
    const GOptionEntry entries[] = {
        {"jobs", 'j', 0, NUMBER, callback(take_number),
         "threads; 0 = all processors", "N"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_study(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"config", 0, 0, TEXT, &options->config, "the study (likvard.yml)",
         "FILE"},
        {"set", 0, 0, TEXTS, &options->set,
         "override a key of the study; may be repeated", "KEY=VALUE"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_most_errors(GOptionContext *context, lkv_options *options)
{
    (void)options;
    const GOptionEntry entries[] = {
        {"max-errors", 0, 0, NUMBER, callback(take_number),
         "kinds of message to print (20); 0 = all", "N"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_run(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"out", 'o', 0, TEXT, &options->output,
         "folder of the run; otherwise as the study says", "DIR"},
        {"school", 's', 0, TEXTS, &options->schools,
         "report of this school only; may be repeated", "ID"},
        {"measure", 'm', 0, TEXTS, &options->measures,
         "this measure only; may be repeated", "ID"},
        {"lang", 0, 0, TEXTS, &options->languages,
         "language of the reports; may be repeated", "LANG"},
        {"seed", 0, 0, NUMBER, callback(take_number), "seed of random streams",
         "N"},
        {"dry-run", 'n', 0, FLAG, &options->dry_run,
         "compute and decide, write nothing", NULL},
        {"force", 0, 0, FLAG, &options->force, "replace an earlier run of ours",
         NULL},
        {"sensitivity", 0, 0, FLAG, &options->sensitivity,
         "key results under other choices as well", NULL},
        {"no-render", 0, 0, FLAG, &options->no_render, "results only, no PDF",
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_render(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"out", 'o', 0, TEXT, &options->output,
         "folder of the reports, RUN-render unless named; with --preview what "
         "the names of the pictures begin with",
         "DIR"},
        {"school", 's', 0, TEXTS, &options->schools,
         "report of this school only; may be repeated", "ID"},
        {"lang", 0, 0, TEXTS, &options->languages,
         "language of the reports; may be repeated", "LANG"},
        {"theme", 0, 0, TEXT, &options->theme, "other colours, contact",
         "FILE"},
        {"preview", 0, 0, TEXT, &options->preview,
         "only pictures (PNG) of the first pages of this school's report",
         "SCHOOL"},
        {"set", 0, 0, TEXTS, &options->set,
         "override a key of reports in the study; may be repeated",
         "KEY=VALUE"},
        {"force", 0, 0, FLAG, &options->force,
         "replace reports that were rendered before", NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_check(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"strict", 0, 0, FLAG, &options->strict, "warnings count as errors",
         NULL},
        {"problems", 0, 0, TEXT, &options->problems,
         "write every message as a row", "FILE.csv"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_demo(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"schools", 0, 0, NUMBER, callback(take_number), "schools (76)", "N"},
        {"pupils", 0, 0, NUMBER, callback(take_number),
         "pupils in a school year (31600)", "N"},
        {"years", 0, 0, NUMBER, callback(take_number), "school years (3)", "N"},
        {"seed", 0, 0, NUMBER, callback(take_number), "seed of the district",
         "N"},
        {"shape", 0, 0, TEXT, &options->shape,
         "grades with a row or a column per subject (wide)", "long|wide"},
        {"graded", 0, 0, TEXT, &options->graded,
         "years of schooling with grades (final)", "all|final"},
        {"encoding", 0, 0, TEXT, &options->encoding,
         "utf-8 or windows-1252 (utf-8)", "NAME"},
        {"dirty", 0, 0, NUMBER, callback(take_number),
         "faulty rows to plant (0)", "PER_MILLE"},
        {"index", 0, 0, FLAG, &options->index,
         "pupils have an index of background", NULL},
        {"data-only", 0, 0, FLAG, &options->data_only,
         "write the files, do not run them", NULL},
        {"force", 0, 0, FLAG, &options->force,
         "replace an earlier district of ours", NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_measures(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"format", 0, 0, TEXT, &options->format, "form of the answer (table)",
         "table|json|md"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_verify(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"hashes-only", 0, 0, FLAG, &options->hashes_only,
         "compare with SHA256SUMS, compute nothing; so far the only way", NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static void add_audit(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"against", 0, 0, TEXTS, &options->against,
         "an earlier run of the district that readers have as well; may be "
         "repeated",
         "RUN"},
        {"threshold", 0, 0, NUMBER, callback(take_number),
         "fewer pupils than this are to stay unknown (as the run has it)", "N"},
        {"min-width", 0, 0, NUMBER, callback(take_number),
         "a number is told when its range is narrower than this (4)", "N"},
        {"linear", 0, 0, FLAG, &options->linear,
         "by linear programming alone, as if pupils could be cut in parts",
         NULL},
        {"findings", 0, 0, TEXT, &options->findings,
         "write every finding and note as a row", "FILE.csv"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

/* In the order of their help. */
enum { PARTS_MOST = 4 };
static const struct {
    const char *command;
    void (*add[PARTS_MOST])(GOptionContext *context, lkv_options *options);
} commands[] = {
    {"run", {add_study, add_jobs, add_most_errors, add_run}},
    {"check", {add_study, add_jobs, add_most_errors, add_check}},
    {"render", {add_render, add_jobs}},
    {"demo", {add_demo, add_jobs}},
    {"verify", {add_verify}},
    {"audit", {add_audit, add_jobs}},
    {"measures", {add_measures}},
};

GOptionContext *lkv_options_context(const char *command, lkv_options *options)
{
    GOptionContext *context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    add_common(context, options);
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        bool own = strcmp(command, commands[i].command) == 0;
        for (size_t part = 0; own && part < PARTS_MOST; part++) {
            if (commands[i].add[part]) {
                commands[i].add[part](context, options);
            }
        }
    }
    return context;
}
