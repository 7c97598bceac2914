#include "base/pattern.h"

#include <string.h>

enum { NESTING_MOST = 8 };

/* Where a pattern is being read. NUMBER_SIGN: '#' means the number, because
 * the innermost choice is a plural.
 */
typedef struct reader {
    const char *at;
    lkv_pattern *pattern;
    char *error;
    int depth;
} reader;

static bool message_read(reader *read, bool number_sign);

static bool fail(reader *read, const char *reason)
{
    if (!read->error) {
        read->error = g_strdup(reason);
    }
    return false;
}

static void copy(reader *read)
{
    g_string_append_c(read->pattern->text, *read->at++);
}

static void copy_blanks(reader *read)
{
    while (g_ascii_isspace(*read->at)) {
        copy(read);
    }
}

static void skip_blanks(reader *read)
{
    read->at += strspn(read->at, " \t\r\n");
}

static char *word_read(reader *read)
{
    size_t length = 0;
    while (g_ascii_isalnum(read->at[length]) || read->at[length] == '_') {
        length++;
    }
    char *word = g_strndup(read->at, length);
    read->at += length;
    return word;
}

/* ICU's rules: '' is an apostrophe, and one before a brace (or a '#' that
 * means a number) quotes up to the next; any other is itself.
 */
static bool apostrophe_read(reader *read, bool number_sign)
{
    copy(read);
    if (*read->at == '\'') {
        copy(read);
        return true;
    }
    if (*read->at != '{' && *read->at != '}' &&
        !(number_sign && *read->at == '#')) {
        return true;
    }
    for (;;) {
        const char *close = strchr(read->at, '\'');
        if (!close) {
            return fail(read, "an apostrophe before a brace quotes up to the "
                              "next apostrophe, and there is none");
        }
        while (read->at <= close) {
            copy(read);
        }
        if (*read->at != '\'') {
            return true;
        }
        copy(read);
    }
}

/* The position of NAME among COUNT positions from FIRST on; -1 if all are
 * taken.
 */
static int position_of(lkv_pattern *pattern, const char *name, int first,
                       int count)
{
    for (int i = first; i < first + count; i++) {
        if (!pattern->name[i]) {
            pattern->name[i] = g_strdup(name);
        }
        if (strcmp(pattern->name[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static bool position_write(reader *read, const char *name, bool is_number)
{
    int position =
        is_number ? position_of(read->pattern, name, LKV_TEXT_ARGUMENTS,
                                LKV_NUMBER_ARGUMENTS)
                  : position_of(read->pattern, name, 0, LKV_TEXT_ARGUMENTS);
    if (position < 0) {
        return fail(read, is_number ? "more than 4 numbers for plurals"
                                    : "more than 12 texts");
    }
    g_string_append_printf(read->pattern->text, "%d", position);
    return true;
}

/* "one {# pupil} other {# pupils}}": choices up to the closing brace. */
static bool choices_read(reader *read, bool number_sign)
{
    for (;;) {
        copy_blanks(read);
        if (*read->at == '}') {
            copy(read);
            return true;
        }
        size_t length = strcspn(read->at, " \t\r\n{}'");
        bool offset = strncmp(read->at, "offset:", strlen("offset:")) == 0;
        if (length == 0) {
            return fail(read, "a choice begins with its word, such as other");
        }
        for (; length > 0; length--) {
            copy(read);
        }
        copy_blanks(read);
        if (offset) {
            continue;
        }
        if (*read->at != '{') {
            return fail(read, "the word of a choice is followed by {text}");
        }
        copy(read);
        if (!message_read(read, number_sign)) {
            return false;
        }
    }
}

/* "plural, …}", "selectordinal, …}" or "select, …}". */
static bool choice_read(reader *read, const char *name)
{
    g_autofree char *type = word_read(read);
    bool is_number =
        strcmp(type, "plural") == 0 || strcmp(type, "selectordinal") == 0;
    if (!is_number && strcmp(type, "select") != 0) {
        return fail(read, "an argument is {name}, or a plural, selectordinal "
                          "or select; numbers and dates come as text");
    }
    skip_blanks(read);
    if (*read->at != ',') {
        return fail(read, "a comma stands between the kind and the choices");
    }
    if (!position_write(read, name, is_number)) {
        return false;
    }
    g_string_append_printf(read->pattern->text, ", %s", type);
    copy(read);
    return choices_read(read, is_number);
}

/* "{name}" or "{name, kind, choices}". */
static bool argument_read(reader *read)
{
    copy(read);
    skip_blanks(read);
    g_autofree char *name = word_read(read);
    skip_blanks(read);
    if (!g_ascii_isalpha(name[0])) {
        return fail(read, "a brace opens a name of ASCII letters, digits and "
                          "'_'; write '{' for the brace itself");
    }
    if (*read->at == '}') {
        bool found = position_write(read, name, false);
        copy(read);
        return found;
    }
    if (*read->at != ',') {
        return fail(read, "a name is followed by } or a comma");
    }
    read->at++;
    skip_blanks(read);
    return choice_read(read, name);
}

/* Text up to the end, or the brace that closes a choice. */
static bool message_read(reader *read, bool number_sign)
{
    if (++read->depth > NESTING_MOST) {
        return fail(read, "choices are nested too deeply");
    }
    bool inner = read->depth > 1;
    while (*read->at && *read->at != '}') {
        bool good = true;
        if (*read->at == '\'') {
            good = apostrophe_read(read, number_sign);
        } else if (*read->at == '{') {
            good = argument_read(read);
        } else {
            copy(read);
        }
        if (!good) {
            return false;
        }
    }
    if (inner != (*read->at == '}')) {
        return fail(read, inner ? "a brace is not closed"
                                : "a brace is closed that was never opened");
    }
    if (inner) {
        copy(read);
    }
    read->depth--;
    return true;
}

lkv_pattern *lkv_pattern_read(const char *text, char **error)
{
    g_autoptr(lkv_pattern) pattern = g_new0(lkv_pattern, 1);
    pattern->text = g_string_new(NULL);
    reader read = {.at = text, .pattern = pattern};
    if (!message_read(&read, false)) {
        *error = read.error;
        return NULL;
    }
    return g_steal_pointer(&pattern);
}

void lkv_pattern_free(lkv_pattern *pattern)
{
    if (!pattern) {
        return;
    }
    g_string_free(pattern->text, TRUE);
    for (size_t i = 0; i < G_N_ELEMENTS(pattern->name); i++) {
        g_free(pattern->name[i]);
    }
    g_free(pattern);
}
