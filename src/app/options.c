#include "app/options.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"

/* Texts are FILENAME to GLib, which then leaves their bytes alone. */
#define TEXT G_OPTION_ARG_FILENAME
#define TEXTS G_OPTION_ARG_FILENAME_ARRAY
#define NUMBER G_OPTION_ARG_CALLBACK
#define FLAG G_OPTION_ARG_NONE

enum { JOBS_MOST = 1024 };

/* Options that take a whole number, and where it goes. */
static const struct number {
    const char *option, *letter;
    size_t offset;
    gint64 least, most;
} numbers[] = {
    {"--jobs", "-j", offsetof(lkv_options, jobs), 0, JOBS_MOST},
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

static void add_study(GOptionContext *context, lkv_options *options)
{
    const GOptionEntry entries[] = {
        {"config", 0, 0, TEXT, &options->config, "the study (likvard.yml)",
         "FILE"},
        {"set", 0, 0, TEXTS, &options->set,
         "override a key of the study; may be repeated", "KEY=VALUE"},
        {"jobs", 'j', 0, NUMBER, callback(take_number),
         "threads; 0 = all processors", "N"},
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
        {"jobs", 'j', 0, NUMBER, callback(take_number),
         "threads; 0 = all processors", "N"},
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
        {"data-only", 0, 0, FLAG, &options->data_only,
         "write the files, do not run them", NULL},
        {"force", 0, 0, FLAG, &options->force,
         "replace an earlier district of ours", NULL},
        {"jobs", 'j', 0, NUMBER, callback(take_number),
         "threads; 0 = all processors", "N"},
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
        {"jobs", 'j', 0, NUMBER, callback(take_number),
         "threads; 0 = all processors", "N"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(context, entries, NULL);
}

static GOptionContext *context_of(const char *command, lkv_options *options)
{
    GOptionContext *context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    add_common(context, options);
    bool run = strcmp(command, "run") == 0;
    bool check = strcmp(command, "check") == 0;
    if (run || check) {
        add_study(context, options);
    }
    if (run) {
        add_run(context, options);
    } else if (check) {
        add_check(context, options);
    } else if (strcmp(command, "render") == 0) {
        add_render(context, options);
    } else if (strcmp(command, "demo") == 0) {
        add_demo(context, options);
    } else if (strcmp(command, "verify") == 0) {
        add_verify(context, options);
    } else if (strcmp(command, "audit") == 0) {
        add_audit(context, options);
    } else if (strcmp(command, "measures") == 0) {
        add_measures(context, options);
    }
    return context;
}

static lkv_options *options_new(void)
{
    lkv_options *options = g_new0(lkv_options, 1);
    options->jobs = LKV_NOT_GIVEN;
    options->seed = LKV_NOT_GIVEN;
    options->most_errors = 20;
    options->school_count = 76;
    options->pupil_count = 31600;
    options->years = 3;
    options->threshold = LKV_NOT_GIVEN;
    options->min_width = 4;
    return options;
}

/* Every long option named in HELP that is near WORD ("--thing"), or NULL. */
static char *likely(const char *help, const char *word)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *at = strstr(help, "--"); at; at = strstr(at, "--")) {
        at += 2;
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz-");
        g_ptr_array_add(names, g_strndup(at, length));
    }
    g_ptr_array_add(names, NULL);
    return g_strdup(lkv_word_nearest(word, (const char *const *)names->pdata));
}

static char *explain(GError *error, const char *command)
{
    /* GLib's sentences begin with a capital. */
    error->message[0] = g_ascii_tolower(error->message[0]);
    const char *word = strstr(error->message, "--");
    if (error->code == G_OPTION_ERROR_UNKNOWN_OPTION && word) {
        g_autofree char *help = lkv_options_help(command);
        g_autofree char *near = likely(help, word + 2);
        if (near) {
            return g_strdup_printf("%s; did you mean --%s?", error->message,
                                   near);
        }
    }
    return g_strdup_printf("%s; see likvard %s --help", error->message,
                           command);
}

/* NULL, or what is wrong with a value that GLib takes as it is. */
static char *wrong_value(const lkv_options *options)
{
    const struct {
        const char *option, *value, *allowed[4];
    } words[] = {
        {"--color", options->colour, {"auto", "always", "never", NULL}},
        {"--log-format",
         options->log_format,
         {"human", "json", "journal", NULL}},
        {"--shape", options->shape, {"long", "wide", NULL}},
        {"--graded", options->graded, {"all", "final", NULL}},
        {"--encoding", options->encoding, {"utf-8", "windows-1252", NULL}},
        {"--format", options->format, {"table", "json", "md", NULL}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (words[i].value &&
            !g_strv_contains(words[i].allowed, words[i].value)) {
            g_autofree char *allowed =
                g_strjoinv(", ", (char **)(uintptr_t)words[i].allowed);
            return g_strdup_printf("%s takes one of %s, not \"%s\"",
                                   words[i].option, allowed, words[i].value);
        }
    }
    const char *jobs = g_getenv("LIKVARD_JOBS");
    if (jobs && *jobs &&
        !g_ascii_string_to_unsigned(jobs, 10, 0, JOBS_MOST, NULL, NULL)) {
        return g_strdup_printf("LIKVARD_JOBS is a whole number from 0 to %d, "
                               "not \"%s\"",
                               JOBS_MOST, jobs);
    }
    for (char **set = options->set; set && *set; set++) {
        if (!strchr(*set, '=')) {
            return g_strdup_printf("--set takes KEY=VALUE, not \"%s\"", *set);
        }
    }
    return NULL;
}

/* GLib wants a value apart from its letter; "-j2" is as usual as "-j 2". */
static void add_word(GPtrArray *line, const char *word)
{
    if (word[0] == '-' && word[1] != '\0' && strchr("josm", word[1]) &&
        word[2] != '\0') {
        g_ptr_array_add(line, g_strndup(word, 2));
        word += 2;
    }
    g_ptr_array_add(line, g_strdup(word));
}

lkv_options *lkv_options_read(const char *command, char **words, char **error)
{
    g_autoptr(lkv_options) options = options_new();
    g_autoptr(GOptionContext) context = context_of(command, options);
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_ptr_array_add(line, g_strdup("likvard"));
    for (char **word = words; *word; word++) {
        add_word(line, *word);
    }
    g_ptr_array_add(line, NULL);
    char **list = (char **)g_ptr_array_steal(line, NULL);
    g_autoptr(GError) wrong = NULL;
    bool read = g_option_context_parse_strv(context, &list, &wrong);
    g_strfreev(list);
    if (!read) {
        *error = explain(wrong, command);
        return NULL;
    }
    *error = wrong_value(options);
    return *error ? NULL : g_steal_pointer(&options);
}

void lkv_options_free(lkv_options *options)
{
    if (!options) {
        return;
    }
    char **lists[] = {options->arguments, options->set,       options->schools,
                      options->measures,  options->languages, options->against};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_strfreev(lists[i]);
    }
    char *texts[] = {options->colour,  options->log,    options->log_format,
                     options->config,  options->output, options->problems,
                     options->shape,   options->graded, options->encoding,
                     options->format,  options->theme,  options->preview,
                     options->findings};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(texts[i]);
    }
    g_free(options);
}

char *lkv_options_help(const char *command)
{
    g_autoptr(lkv_options) options = options_new();
    g_autoptr(GOptionContext) context = context_of(command, options);
    g_autofree char *help = g_option_context_get_help(context, TRUE, NULL);
    const char *list = strstr(help, "\n  -");
    return g_strdup(list ? list + 1 : "");
}

/* TEXT as a YAML scalar that is only itself; g_free. */
static char *quoted(const char *text)
{
    GString *out = g_string_new(text);
    g_string_replace(out, "'", "''", 0);
    g_string_prepend_c(out, '\'');
    g_string_append_c(out, '\'');
    return g_string_free(out, FALSE);
}

static void add_list(GPtrArray *settings, const char *key, char **values)
{
    if (!values) {
        return;
    }
    GString *setting = g_string_new(key);
    g_string_append(setting, "=[");
    for (char **value = values; *value; value++) {
        g_autofree char *scalar = quoted(*value);
        g_string_append_printf(setting, "%s%s", value == values ? "" : ", ",
                               scalar);
    }
    g_string_append_c(setting, ']');
    g_ptr_array_add(settings, g_string_free(setting, FALSE));
}

char **lkv_options_settings(const lkv_options *options)
{
    GPtrArray *settings = g_ptr_array_new();
    const char *jobs = g_getenv("LIKVARD_JOBS");
    if (jobs && *jobs) {
        g_ptr_array_add(settings, g_strdup_printf("jobs=%s", jobs));
    }
    for (char **set = options->set; set && *set; set++) {
        g_ptr_array_add(settings, g_strdup(*set));
    }
    if (options->output) {
        g_autofree char *scalar = quoted(options->output);
        g_ptr_array_add(settings, g_strdup_printf("output=%s", scalar));
    }
    if (options->jobs != LKV_NOT_GIVEN) {
        g_ptr_array_add(
            settings, g_strdup_printf("jobs=%" G_GINT64_FORMAT, options->jobs));
    }
    if (options->seed != LKV_NOT_GIVEN) {
        g_ptr_array_add(
            settings, g_strdup_printf("seed=%" G_GINT64_FORMAT, options->seed));
    }
    if (options->sensitivity) {
        g_ptr_array_add(settings, g_strdup("sensitivity.compute=yes"));
    }
    if (options->no_render) {
        g_ptr_array_add(settings, g_strdup("reports.formats=[csv, json]"));
    }
    if (options->theme) {
        g_autofree char *scalar = quoted(options->theme);
        g_ptr_array_add(settings, g_strdup_printf("reports.theme=%s", scalar));
    }
    add_list(settings, "reports.schools", options->schools);
    add_list(settings, "reports.languages", options->languages);
    add_list(settings, "measures", options->measures);
    g_ptr_array_add(settings, NULL);
    return (char **)g_ptr_array_free(settings, FALSE);
}

bool lkv_options_coloured(const lkv_options *options)
{
    if (options->no_colour || g_strcmp0(options->colour, "never") == 0) {
        return false;
    }
    if (g_strcmp0(options->colour, "always") == 0) {
        return true;
    }
    const char *none = g_getenv("NO_COLOR");
    const char *forced = g_getenv("FORCE_COLOR");
    if (none && *none) {
        return false;
    }
    return (forced && *forced) ||
           (isatty(STDERR_FILENO) && g_strcmp0(g_getenv("TERM"), "dumb") != 0);
}
