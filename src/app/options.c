#include "app/options.h"

#include <string.h>
#include <unistd.h>

#include "app/options_table.h"
#include "base/diag.h"
#include "base/nearest.h"

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
        !g_ascii_string_to_unsigned(jobs, 10, 0, LKV_JOBS_MOST, NULL, NULL)) {
        return g_strdup_printf("LIKVARD_JOBS is a whole number from 0 to %d, "
                               "not \"%s\"",
                               LKV_JOBS_MOST, jobs);
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
    g_autoptr(GOptionContext) context = lkv_options_context(command, options);
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
    g_autoptr(GOptionContext) context = lkv_options_context(command, options);
    g_autofree char *help = g_option_context_get_help(context, TRUE, NULL);
    const char *list = strstr(help, "\n  -");
    return g_strdup(list ? list + 1 : "");
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
