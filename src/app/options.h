/* The command line as understood. */
#ifndef LKV_APP_OPTIONS_H
#define LKV_APP_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

/* Texts and arrays (NULL-terminated) are owned, or NULL. */
typedef struct lkv_options {
    char **arguments; /* what is left: the study, a folder, a topic */
    gboolean help, version, quiet, no_progress, no_colour;
    int verbose;
    char *colour; /* auto, always, never */
    char *log; /* messages as JSON lines */
    char *log_format; /* human, json, journal */
    /* run, check */
    char *config;
    char **set; /* key=value */
    char *output;
    char **schools, **measures, **languages;
    gint64 jobs, most_errors;
    gint64 seed; /* demo too */
    gboolean dry_run, force, no_render, sensitivity, strict;
    char *problems;
    char *theme, *preview; /* render */
    /* demo */
    gint64 school_count, pupil_count, years, dirty;
    char *shape, *graded, *encoding;
    gboolean index, data_only;
    gboolean hashes_only; /* verify */
    /* audit */
    gint64 threshold, min_width;
    gboolean linear;
    char **against;
    char *findings;
    /* measures */
    char *format;
} lkv_options;

enum { LKV_NOT_GIVEN = -1 };

/* Reads the words behind the name of COMMAND. NULL with a sentence in ERROR
 * (g_free) for a wrong option; for an unknown one the likely word is named.
 */
lkv_options *lkv_options_read(const char *command, char **words, char **error);
void lkv_options_free(lkv_options *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_options, lkv_options_free)

/* The options of COMMAND as help text; g_free. */
char *lkv_options_help(const char *command);

/* What the environment (LIKVARD_JOBS), --set and the options that stand for a
 * key say about the study, the strongest last, as key=value for likvard_open;
 * g_strfreev.
 */
char **lkv_options_settings(const lkv_options *options);

/* Whether standard error may be coloured: the option, NO_COLOR, FORCE_COLOR,
 * then TERM and whether it is a terminal.
 */
bool lkv_options_coloured(const lkv_options *options);

#endif
