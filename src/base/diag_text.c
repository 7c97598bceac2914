#include <string.h>

#include "base/codes.h"
#include "base/diag_order.h"

enum { LINES_SHOWN = 3, ALSO_SHOWN = 3 };

/* Messages alike: same code, file and field, and in the study, where one word
 * is mended at a time, the same cause and cure.
 */
typedef struct kind {
    const lkv_message *first;
    GPtrArray *messages;
    bool shown;
} kind;

static void kind_clear(gpointer element)
{
    kind *one = element;
    g_ptr_array_unref(one->messages);
}

static bool is_about_rows(const lkv_message *message)
{
    return message->fault == LKV_FAULT_DATA || message->fault == LKV_FAULT_NONE;
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

/* Texts of messages hold no line feed, so it parts them. */
static char *kind_name(const lkv_message *message)
{
    bool rows = is_about_rows(message);
    return g_strjoin("\n", message->code, or_nothing(message->file),
                     or_nothing(message->field),
                     rows ? "" : or_nothing(message->why),
                     rows ? "" : or_nothing(message->fix), NULL);
}

/* Kinds in the order of their first messages. */
static GArray *kinds_of(const GPtrArray *sorted)
{
    GArray *kinds = g_array_new(FALSE, TRUE, sizeof(kind));
    g_array_set_clear_func(kinds, kind_clear);
    g_autoptr(GHashTable) numbers =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < sorted->len; i++) {
        lkv_message *message = g_ptr_array_index(sorted, i);
        char *name = kind_name(message);
        gpointer number = NULL;
        if (!g_hash_table_lookup_extended(numbers, name, NULL, &number)) {
            number = GUINT_TO_POINTER(kinds->len);
            kind added = {.first = message, .messages = g_ptr_array_new()};
            g_array_append_val(kinds, added);
        }
        g_hash_table_replace(numbers, name, number);
        kind *one = &g_array_index(kinds, kind, GPOINTER_TO_UINT(number));
        g_ptr_array_add(one->messages, message);
    }
    return kinds;
}

/* Marks at most ROOM kinds of SEVERITY as shown; how many it marked. */
static size_t choose_of(GArray *kinds, lkv_severity severity, size_t room)
{
    size_t chosen = 0;
    for (guint i = 0; i < kinds->len && chosen < room; i++) {
        kind *one = &g_array_index(kinds, kind, i);
        if (one->first->severity == severity) {
            one->shown = true;
            chosen++;
        }
    }
    return chosen;
}

/* Marks at most MOST kinds (0 = all) as shown, the gravest first. Returns how
 * many were left out.
 */
static size_t choose(GArray *kinds, size_t most)
{
    static const lkv_severity order[] = {LKV_ERROR, LKV_WARNING, LKV_INFO};
    size_t room = most == 0 ? kinds->len : most;
    size_t chosen = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        chosen += choose_of(kinds, order[i], room - chosen);
    }
    return kinds->len - chosen;
}

static void paint(GString *out, bool colour, const char *style,
                  const char *text)
{
    g_string_append_printf(out, "%s%s%s", colour ? style : "", text,
                           colour ? "\033[0m" : "");
}

static void place_add(GString *out, const lkv_message *message, bool colour)
{
    if (!message->file) {
        return;
    }
    g_autoptr(GString) place = g_string_new(message->file);
    if (message->line > 0) {
        g_string_append_printf(place, ":%ld", message->line);
    }
    if (message->line > 0 && message->column > 0) {
        g_string_append_printf(place, ":%ld", message->column);
    }
    g_string_append_c(place, ':');
    paint(out, colour, "\033[1m", place->str);
    g_string_append_c(out, ' ');
}

static void head_add(GString *out, const lkv_message *message, bool colour)
{
    static const char *const styles[] = {
        [LKV_INFO] = "", [LKV_WARNING] = "\033[33m", [LKV_ERROR] = "\033[31m"};
    place_add(out, message, colour);
    paint(out, colour && message->severity != LKV_INFO,
          styles[message->severity], lkv_severity_word(message->severity));
    g_string_append_printf(out, " %s: %s\n", message->code, message->what);
}

static size_t columns_of(const char *text)
{
    size_t columns = 0;
    for (; *text; text = g_utf8_find_next_char(text, NULL)) {
        gunichar character = g_utf8_get_char(text);
        if (!g_unichar_iszerowidth(character)) {
            columns += g_unichar_iswide(character) ? 2 : 1;
        }
    }
    return columns;
}

/* A field stands among others that are not shown. */
static void excerpt_add(GString *out, const lkv_message *message)
{
    if (!message->excerpt) {
        return;
    }
    bool among = is_about_rows(message);
    g_string_append_printf(out, "  |  %s%s%s\n", among ? "… ; " : "",
                           message->excerpt, among ? " ; …" : "");
    g_string_append_printf(out, "  |  %s", among ? "    " : "");
    for (size_t i = MAX(columns_of(message->excerpt), 1); i > 0; i--) {
        g_string_append_c(out, '^');
    }
    g_string_append_c(out, '\n');
}

static bool names(const char *text, const char *field)
{
    return text && strstr(text, field);
}

static void field_add(GString *out, const lkv_message *message)
{
    const char *field = message->field;
    if (field && !names(message->what, field) && !names(message->why, field) &&
        !names(message->fix, field)) {
        g_string_append_printf(out, "  in: %s\n", field);
    }
}

static const char *unit_of(const lkv_message *message, size_t count)
{
    if (is_about_rows(message)) {
        return count == 1 ? "row" : "rows";
    }
    return count == 1 ? "place" : "places";
}

/* Whether all messages of a kind are about one line, so that none is a row. */
static bool is_one_line(const kind *one)
{
    const lkv_message *last =
        g_ptr_array_index(one->messages, one->messages->len - 1);
    return one->messages->len > 1 && last->line == one->first->line;
}

/* "(38 rows like this, lines 412, 640, 641 …)" */
static void count_add(GString *out, const kind *one)
{
    size_t count = one->messages->len;
    if (one->first->line <= 0 || is_one_line(one)) {
        g_string_append_printf(out, "(%zu like this)", count);
        return;
    }
    g_string_append_printf(out, "(%zu %s like this, lines", count,
                           unit_of(one->first, count));
    long last = 0;
    size_t shown = 0;
    for (guint i = 0; i < one->messages->len; i++) {
        const lkv_message *message = g_ptr_array_index(one->messages, i);
        if (message->line == last) {
            continue;
        }
        if (shown == LINES_SHOWN) {
            g_string_append(out, " …");
            break;
        }
        last = message->line;
        g_string_append_printf(out, "%s %ld", shown > 0 ? "," : "", last);
        shown++;
    }
    g_string_append_c(out, ')');
}

static void fix_add(GString *out, const kind *one)
{
    const char *fix = one->first->fix;
    bool several = one->messages->len > 1;
    if (fix) {
        g_string_append_printf(out, "  fix: %s", fix);
    }
    if (several) {
        g_string_append(out, fix ? "          " : "  ");
        count_add(out, one);
    }
    if (fix || several) {
        g_string_append_c(out, '\n');
    }
}

typedef struct wording {
    const lkv_message *first;
    size_t count;
} wording;

/* The different sentences of one kind, in the order of their first lines. */
static GArray *wordings_of(const kind *one)
{
    GArray *wordings = g_array_new(FALSE, TRUE, sizeof(wording));
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < one->messages->len; i++) {
        lkv_message *message = g_ptr_array_index(one->messages, i);
        gpointer number = NULL;
        if (!g_hash_table_lookup_extended(numbers, message->what, NULL,
                                          &number)) {
            number = GUINT_TO_POINTER(wordings->len);
            wording added = {.first = message};
            g_array_append_val(wordings, added);
            g_hash_table_insert(numbers, message->what, number);
        }
        g_array_index(wordings, wording, GPOINTER_TO_UINT(number)).count++;
    }
    return wordings;
}

static void also_add(GString *out, const kind *one)
{
    g_autoptr(GArray) wordings = wordings_of(one);
    for (guint i = 1; i < wordings->len && i <= ALSO_SHOWN; i++) {
        const wording *other = &g_array_index(wordings, wording, i);
        g_string_append_printf(out, "  also: %s (", other->first->what);
        if (other->first->line <= 0 || is_one_line(one)) {
            g_string_append_printf(out, "%zu)\n", other->count);
            continue;
        }
        g_string_append_printf(out, "%zu %s, %s line %ld)\n", other->count,
                               unit_of(other->first, other->count),
                               other->count == 1 ? "in" : "from",
                               other->first->line);
    }
    if (wordings->len > 1 + ALSO_SHOWN) {
        guint more = wordings->len - 1 - ALSO_SHOWN;
        g_string_append_printf(out, "  also: %u more such sentence%s\n", more,
                               more == 1 ? "" : "s");
    }
}

static void kind_add(GString *out, const kind *one, bool colour)
{
    head_add(out, one->first, colour);
    excerpt_add(out, one->first);
    field_add(out, one->first);
    if (one->first->why) {
        g_string_append_printf(out, "  why: %s\n", one->first->why);
    }
    fix_add(out, one);
    also_add(out, one);
    g_string_append_c(out, '\n');
}

/* "2 kinds of error in 39 rows", "1 warning", "no errors". */
static void total_add(GString *out, const GPtrArray *sorted,
                      const GArray *kinds, lkv_severity severity)
{
    size_t total = 0;
    size_t places = 0;
    size_t sorts = 0;
    bool rows = false;
    const lkv_message *before = NULL;
    for (guint i = 0; i < sorted->len; i++) {
        const lkv_message *message = g_ptr_array_index(sorted, i);
        if (message->severity != severity) {
            continue;
        }
        bool same = before && before->line == message->line &&
                    before->column == message->column &&
                    g_strcmp0(before->file, message->file) == 0;
        total++;
        places += same ? 0 : 1;
        rows = rows || is_about_rows(message);
        before = message;
    }
    for (guint i = 0; i < kinds->len; i++) {
        const kind *one = &g_array_index(kinds, kind, i);
        sorts += one->first->severity == severity ? 1 : 0;
    }
    const char *word = lkv_severity_word(severity);
    if (total == 0) {
        g_string_append_printf(out, "no %ss", word);
    } else if (total == sorts) {
        g_string_append_printf(out, "%zu %s%s", total, word,
                               total == 1 ? "" : "s");
    } else {
        g_string_append_printf(out, "%zu kind%s of %s in %zu %s%s", sorts,
                               sorts == 1 ? "" : "s", word, places,
                               rows ? "row" : "place", places == 1 ? "" : "s");
    }
}

char *lkv_diag_text(const lkv_diag *diag, lkv_print print)
{
    g_autoptr(GPtrArray) sorted = lkv_diag_sorted(diag);
    g_autoptr(GArray) kinds = kinds_of(sorted);
    size_t left_out = choose(kinds, print.most);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < kinds->len; i++) {
        const kind *one = &g_array_index(kinds, kind, i);
        if (one->shown) {
            kind_add(out, one, print.colour);
        }
    }
    if (left_out > 0) {
        g_string_append_printf(out, "… and %zu kind%s more\n\n", left_out,
                               left_out == 1 ? "" : "s");
    }
    if (print.summary) {
        g_string_append_printf(out, "%s: ", print.summary);
        total_add(out, sorted, kinds, LKV_ERROR);
        g_string_append(out, ", ");
        total_add(out, sorted, kinds, LKV_WARNING);
        g_string_append(out, ".\n");
    }
    return g_string_free(out, FALSE);
}
