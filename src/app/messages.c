#include "app/messages.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag_order.h"

enum { BEGINNING = 64 };

static GLogLevelFlags level_of(lkv_severity severity)
{
    return severity == LKV_ERROR     ? G_LOG_LEVEL_CRITICAL
           : severity == LKV_WARNING ? G_LOG_LEVEL_WARNING
                                     : G_LOG_LEVEL_INFO;
}

/* One message as fields; false when no journal takes it. */
static bool tell_journal(const lkv_message *message)
{
    char line[32];
    g_snprintf(line, sizeof line, "%ld", message->line);
    static const char *const priorities[] = {
        [LKV_INFO] = "6", [LKV_WARNING] = "4", [LKV_ERROR] = "3"};
    const struct {
        const char *key, *text;
    } parts[] = {
        {"MESSAGE", message->what},
        {"PRIORITY", priorities[message->severity]},
        {"SYSLOG_IDENTIFIER", "likvard"},
        {"LIKVARD_CODE", message->code},
        {"LIKVARD_FILE", message->file},
        {"LIKVARD_LINE", message->line > 0 ? line : NULL},
        {"LIKVARD_FIELD", message->field},
        {"LIKVARD_WHY", message->why},
        {"LIKVARD_HINT", message->fix},
    };
    GLogField fields[G_N_ELEMENTS(parts)];
    gsize count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].text) {
            fields[count++] = (GLogField){parts[i].key, parts[i].text, -1};
        }
    }
    return g_log_writer_journald(level_of(message->severity), fields, count,
                                 NULL) == G_LOG_WRITER_HANDLED;
}

static bool say_journal(const lkv_diag *diag)
{
    g_autoptr(GPtrArray) sorted = lkv_diag_sorted(diag);
    for (guint i = 0; i < sorted->len; i++) {
        if (!tell_journal(g_ptr_array_index(sorted, i))) {
            return false;
        }
    }
    return true;
}

static bool wants_journal(const lkv_options *options)
{
    return options->log_format ? strcmp(options->log_format, "journal") == 0
                               : g_log_writer_is_journald(STDERR_FILENO);
}

bool lkv_messages_say(const lkv_diag *diag, const lkv_options *options,
                      const char *summary)
{
    bool json = g_strcmp0(options->log_format, "json") == 0;
    g_autofree char *lines = options->log || json ? lkv_diag_jsonl(diag) : NULL;
    if (options->log && !lkv_messages_write(options->log, lines)) {
        return false;
    }
    if (json) {
        fputs(lines, stderr);
        return true;
    }
    if (wants_journal(options) && say_journal(diag)) {
        return true;
    }
    if (options->quiet && lkv_diag_count(diag, LKV_ERROR) == 0) {
        return true;
    }
    g_autofree char *text =
        lkv_diag_text(diag, (lkv_print){.colour = lkv_options_coloured(options),
                                        .most = (size_t)options->most_errors,
                                        .summary = summary});
    fputs(text, stderr);
    return true;
}

/* Whether the file at PATH begins as TEXT does; an empty one does. */
static bool begins_as(const char *path, const char *text)
{
    char start[BEGINNING];
    size_t most = MIN(strlen(text), sizeof start);
    FILE *file = fopen(path, "rb");
    size_t got = file ? fread(start, 1, most, file) : 0;
    if (file) {
        fclose(file);
    }
    return got == 0 || (got == most && memcmp(start, text, most) == 0);
}

static bool is_file_of_others(const char *path, const char *text)
{
    return path && g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
           !begins_as(path, text);
}

bool lkv_messages_spare(const lkv_options *options)
{
    const struct {
        const char *path, *begins;
    } files[] = {{options->log, "{\"level\":"},
                 {options->problems, "severity,code,file,"},
                 {options->findings, "severity,kind,population,"}};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        if (is_file_of_others(files[i].path, files[i].begins)) {
            fprintf(stderr,
                    "likvard: %s is there and was not written by likvard; "
                    "name another file\n",
                    files[i].path);
            return false;
        }
    }
    return true;
}

/* Why TEXT cannot be written to PATH, or NULL. A file appears whole or not at
 * all; a terminal, a pipe or a device is written to as it stands.
 */
static char *write_to(const char *path, const char *text)
{
    bool there = g_file_test(path, G_FILE_TEST_EXISTS);
    if (!there || g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        g_autoptr(GError) error = NULL;
        g_file_set_contents(path, text, -1, &error);
        const char *reason = error ? strrchr(error->message, ':') : NULL;
        return error ? g_strdup(reason ? reason + 2 : error->message) : NULL;
    }
    FILE *file = fopen(path, "wb");
    bool written = file && fputs(text, file) >= 0;
    written = file && fclose(file) == 0 && written;
    return written ? NULL : g_strdup(g_strerror(errno));
}

bool lkv_messages_write(const char *path, const char *text)
{
    if (strcmp(path, "-") == 0) {
        return fputs(text, stdout) >= 0;
    }
    g_autofree char *reason = write_to(path, text);
    if (reason) {
        fprintf(stderr, "likvard: %s cannot be written: %s\n", path, reason);
    }
    return !reason;
}

char *lkv_messages_wrap(const char *text, size_t indent, size_t columns)
{
    GString *out = g_string_new(NULL);
    size_t at = indent;
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word; word++) {
        size_t width = (size_t)g_utf8_strlen(*word, -1);
        if (word != words && at + 1 + width > columns) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (word != words) {
            g_string_append_c(out, ' ');
            at++;
        }
        g_string_append(out, *word);
        at += width;
    }
    return g_string_free(out, FALSE);
}
