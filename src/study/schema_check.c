#include "study/schema.h"

#include <string.h>

#include "base/clean.h"
#include "base/date.h"
#include "base/nearest.h"

enum { QUOTED_BYTES = 40 };

typedef struct lkv_walker {
    lkv_schema schema;
    lkv_yaml *yaml;
    lkv_diag *diag;
    GString *path; /* of the node at hand, dotted */
    bool sound;
} lkv_walker;

static lkv_message *refuse(lkv_walker *walker, lkv_node *node, const char *code,
                           const char *what)
{
    walker->sound = false;
    node->bad = true;
    lkv_place place = lkv_node_place(node, walker->path->str);
    return lkv_diag_add(walker->diag, code, place, "%s", what);
}

static lkv_message *refuse_kind(lkv_walker *walker, lkv_node *node,
                                const char *wanted)
{
    g_autofree char *what = NULL;
    if (node->kind == LKV_NODE_TEXT) {
        g_autofree char *text = lkv_clean_text(node->text, QUOTED_BYTES);
        what = g_strdup_printf("\"%s\" is not a %s", text, wanted);
    } else {
        what = g_strdup_printf("a %s stands where a %s is wanted",
                               node->kind == LKV_NODE_LIST ? "list" : "map",
                               wanted);
    }
    return refuse(walker, node, "E-VALUE-KIND", what);
}

static char *join(const char *const *words)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; words[i]; i++) {
        g_string_append_printf(text, "%s%s", i ? ", " : "",
                               *words[i] == '\t' ? "a tab" : words[i]);
    }
    return g_string_free(text, FALSE);
}

static void suggest(lkv_message *message, const char *word,
                    const char *const *words)
{
    const char *near = lkv_word_nearest(word, words);
    g_autofree char *all = join(words);
    if (near) {
        lkv_message_fix(message, "did you mean \"%s\"?", near);
    } else {
        lkv_message_fix(message, "known here: %s", all);
    }
}

/* Words are compared without case; the node then has the table's own form. */
static void check_word(lkv_walker *walker, const lkv_key *row, lkv_node *node)
{
    for (size_t i = 0; row->words && row->words[i]; i++) {
        if (g_ascii_strcasecmp(row->words[i], node->text) == 0) {
            node->text = row->words[i];
            return;
        }
    }
    if (row->words) {
        g_autofree char *text = lkv_clean_text(node->text, QUOTED_BYTES);
        g_autofree char *what =
            g_strdup_printf("\"%s\" is not known here", text);
        suggest(refuse(walker, node, "E-VALUE-WORD", what), node->text,
                row->words);
    }
}

static void check_number(lkv_walker *walker, const lkv_key *row, lkv_node *node)
{
    int64_t whole = 0;
    double real = 0;
    bool is_whole = row->kind == LKV_KEY_WHOLE;
    if (is_whole ? !lkv_text_whole(node->text, &whole)
                 : !lkv_text_real(node->text, &real)) {
        lkv_message *message =
            refuse_kind(walker, node, is_whole ? "whole number" : "number");
        if (strspn(node->text, "-0123456789,") == strlen(node->text)) {
            g_autofree char *point =
                g_strdelimit(g_strdup(node->text), ",", '.');
            lkv_message_fix(message, "write %s: decimals have a point here",
                            point);
        } else {
            lkv_message_fix(message, "wanted: %s", row->help.kind);
        }
        return;
    }
    double value = is_whole ? (double)whole : real;
    bool bounded = row->least != 0 || row->most != 0;
    if (bounded && (value < row->least || value > row->most)) {
        g_autofree char *what =
            g_strdup_printf("%s is out of range", node->text);
        lkv_message_fix(refuse(walker, node, "E-VALUE-RANGE", what),
                        "wanted: %s", row->help.kind);
    }
}

static void check_date(lkv_walker *walker, lkv_node *node)
{
    int64_t days = 0;
    if (!lkv_date_read(node->text, &days)) {
        lkv_message_fix(refuse_kind(walker, node, "date"),
                        "write year-month-day: 2025-06-13");
    }
}

static void check_yes_no(lkv_walker *walker, lkv_node *node)
{
    bool yes = false;
    if (!lkv_text_yes(node->text, &yes)) {
        lkv_message_fix(refuse_kind(walker, node, "yes or no"),
                        "write yes or no");
    }
}

static bool refuse_empty(lkv_walker *walker, const lkv_key *row, lkv_node *node)
{
    if (node->kind != LKV_NODE_TEXT || *node->text || node->quoted ||
        row->kind == LKV_KEY_ABSENT) {
        return false;
    }
    g_autofree char *what =
        g_strdup_printf("\"%s\" has no value", walker->path->str);
    lkv_message_fix(refuse(walker, node, "E-KEY-NO-VALUE", what),
                    "wanted: %s; quote text that begins with #",
                    row->help.kind);
    return true;
}

/* Whether TEXT can be printed as it is: it is UTF-8, on one line. */
static bool is_printable(const char *text)
{
    if (!g_utf8_validate(text, -1, NULL)) {
        return false;
    }
    while (*text && !g_unichar_iscntrl(g_utf8_get_char(text))) {
        text = g_utf8_next_char(text);
    }
    return *text == '\0';
}

static void check_printable(lkv_walker *walker, lkv_node *node)
{
    if (!is_printable(node->text)) {
        lkv_message *message =
            refuse(walker, node, "E-VALUE-KIND",
                   "the text holds a line end, another control character, or "
                   "what is no UTF-8");
        lkv_message_fix(message, "write it on one line, as UTF-8");
    }
}

static void check_text(lkv_walker *walker, const lkv_key *row, lkv_node *node)
{
    if (node->kind != LKV_NODE_TEXT) {
        refuse_kind(walker, node, row->help.kind);
        return;
    }
    if (refuse_empty(walker, row, node)) {
        return;
    }
    switch (row->kind) {
    case LKV_KEY_WHOLE:
    case LKV_KEY_REAL:
    case LKV_KEY_REALS:
        check_number(walker, row, node);
        break;
    case LKV_KEY_YES_NO:
        check_yes_no(walker, node);
        break;
    case LKV_KEY_DATE:
        check_date(walker, node);
        break;
    case LKV_KEY_WORD:
    case LKV_KEY_TEXTS:
        check_word(walker, row, node);
        break;
    case LKV_KEY_TEXT:
    case LKV_KEY_ABSENT:
        check_printable(walker, node);
        break;
    case LKV_KEY_PATH:
    case LKV_KEY_PATHS:
    case LKV_KEY_MAP:
    case LKV_KEY_NAMED:
    case LKV_KEY_LIST:
    default:
        break;
    }
}

static void check_items(lkv_walker *walker, const lkv_key *row, lkv_node *node)
{
    size_t size = lkv_node_size(node);
    for (size_t i = 0; i < size; i++) {
        lkv_node *item = lkv_node_at(node, i)->value;
        check_text(walker, row, item);
        node->bad = node->bad || item->bad;
    }
    if (size >= row->items_least &&
        (!row->items_most || size <= row->items_most)) {
        return;
    }
    g_autofree char *what =
        g_strdup_printf("%zu values stand in the list, wanted are %s%zu", size,
                        row->items_most ? "" : "at least ", row->items_least);
    refuse(walker, node, "E-VALUE-RANGE", what);
}

static void check_node(lkv_walker *walker, const lkv_key *row, lkv_node *node);

bool lkv_schema_is_identifier(const char *text)
{
    if (!g_ascii_isalpha(*text)) {
        return false;
    }
    for (const char *at = text; *at; at++) {
        if (!g_ascii_isalnum(*at) && *at != '_') {
            return false;
        }
    }
    return strlen(text) <= 40;
}

static void refuse_key(lkv_walker *walker, const lkv_key *row,
                       const lkv_entry *entry)
{
    g_autofree const char **known = lkv_schema_below(walker->schema, row);
    lkv_place place = {entry->value->file, entry->line, entry->column,
                       walker->path->str};
    walker->sound = false;
    lkv_message *message = lkv_diag_add(walker->diag, "E-KEY-UNKNOWN", place,
                                        "unknown key \"%s\"", entry->key);
    suggest(message, entry->key, row->words ? row->words : known);
}

static bool name_allowed(const lkv_key *row, const char *name)
{
    return !row->words || g_strv_contains(row->words, name);
}

static void refuse_name(lkv_walker *walker, const lkv_entry *entry)
{
    lkv_place place = {entry->value->file, entry->line, entry->column,
                       walker->path->str};
    walker->sound = false;
    lkv_message *message =
        lkv_diag_add(walker->diag, "E-KEY-NAME", place,
                     "\"%s\" cannot be a name here", entry->key);
    lkv_message_fix(message, "letters a-z, digits and _ only, a letter first, "
                             "at most 40; give the words for people as label");
}

static void check_entry(lkv_walker *walker, const lkv_key *row,
                        lkv_entry *entry)
{
    gsize length = walker->path->len;
    if (length) {
        g_string_append_c(walker->path, '.');
    }
    g_string_append(walker->path, entry->key);
    const lkv_key *child = lkv_schema_child(walker->schema, row, entry->key);
    if (!child || child->alias || !name_allowed(row, entry->key)) {
        refuse_key(walker, row, entry);
    } else {
        if (row->identifiers && !lkv_schema_is_identifier(entry->key)) {
            refuse_name(walker, entry);
        }
        check_node(walker, child, entry->value);
    }
    g_string_truncate(walker->path, length);
}

static bool has_defaults(const lkv_walker *walker, const lkv_key *row)
{
    size_t length = strlen(row->help.path);
    for (size_t i = 0; i < walker->schema.count; i++) {
        const char *path = walker->schema.keys[i].help.path;
        if (strncmp(path, row->help.path, length) == 0 && path[length] == '.' &&
            walker->schema.keys[i].help.standard) {
            return true;
        }
    }
    return false;
}

static void add_missing(lkv_walker *walker, const lkv_key *row, lkv_node *map,
                        const char *key)
{
    if (row->required) {
        lkv_place place = lkv_node_place(map, row->help.path);
        walker->sound = false;
        lkv_message *message = lkv_diag_add(walker->diag, "E-KEY-MISSING",
                                            place, "\"%s\" is missing", key);
        lkv_message_why(message, "%s", row->help.help);
        lkv_message_fix(message, "add %s: …", key);
        return;
    }
    lkv_node *value = NULL;
    if (row->help.standard) {
        value = lkv_yaml_parse(walker->yaml, row->help.standard,
                               strlen(row->help.standard), "", walker->diag);
        value->line = 0;
    } else if (row->kind == LKV_KEY_MAP && has_defaults(walker, row)) {
        value = lkv_yaml_node(walker->yaml, LKV_NODE_MAP);
    }
    if (value) {
        value->file = map->file;
        lkv_node_put(
            map, (lkv_entry){lkv_yaml_text(walker->yaml, key), 0, 0, value});
        check_node(walker, row, value);
    }
}

static void check_map(lkv_walker *walker, const lkv_key *row, lkv_node *node)
{
    if (node->kind != LKV_NODE_MAP) {
        if (!refuse_empty(walker, row, node)) {
            refuse_kind(walker, node, "map (key: value)");
        }
        return;
    }
    for (size_t i = 0; i < lkv_node_size(node); i++) {
        check_entry(walker, row, lkv_node_at(node, i));
    }
    for (size_t i = 0; i < walker->schema.count; i++) {
        const lkv_key *child = &walker->schema.keys[i];
        const char *segment = lkv_schema_segment(child, row);
        if (!segment || child->alias || lkv_schema_any(segment)) {
            continue;
        }
        const lkv_node *there = lkv_node_find(node, segment);
        if (!there || (lkv_node_is_null(there) && *there->text)) {
            add_missing(walker, child, node, segment);
        }
    }
}

static void warn_later(lkv_walker *walker, const lkv_key *row, lkv_node *node)
{
    if (row->later && (node->line || node->set)) {
        lkv_diag_add(walker->diag, "W-KEY-LATER",
                     lkv_node_place(node, walker->path->str),
                     "\"%s\" has no effect in this version", walker->path->str);
    }
}

static void check_node(lkv_walker *walker, const lkv_key *row, lkv_node *node)
{
    /* A written null leaves the default in its place. */
    bool null = lkv_node_is_null(node) && *node->text;
    if (node->bad || (null && row->kind != LKV_KEY_ABSENT)) {
        return;
    }
    warn_later(walker, row, node);
    lkv_schema_fill(row, walker->yaml, node);
    if (row->kind == LKV_KEY_MAP || row->kind == LKV_KEY_NAMED) {
        check_map(walker, row, node);
    } else if (!lkv_schema_is_list(row->kind)) {
        check_text(walker, row, node);
    } else if (node->kind != LKV_NODE_LIST) {
        refuse_empty(walker, row, node);
    } else if (row->kind != LKV_KEY_LIST) {
        check_items(walker, row, node);
    } else {
        for (size_t i = 0; i < lkv_node_size(node); i++) {
            check_map(walker, row, lkv_node_at(node, i)->value);
        }
    }
}

/* What a file without keys holds is not repeated: it may be a table of pupils.
 */
static void refuse_root(const lkv_node *root, lkv_diag *diag)
{
    lkv_message *message =
        lkv_diag_add(diag, "E-VALUE-KIND", lkv_node_place(root, NULL),
                     "the file is no map (key: value)");
    lkv_message_why(message, "it may be a table, which is no study: a study "
                             "names the tables");
    lkv_message_fix(message, "name the file that says district:, year: and "
                             "pupils:; see likvard help config");
}

bool lkv_schema_check(lkv_schema schema, lkv_yaml *yaml, lkv_node *root,
                      lkv_diag *diag)
{
    if (root->kind != LKV_NODE_MAP) {
        refuse_root(root, diag);
        return false;
    }
    lkv_walker walker = {.schema = schema,
                         .yaml = yaml,
                         .diag = diag,
                         .path = g_string_new(NULL),
                         .sound = !root->bad};
    root->bad = false;
    check_node(&walker, &schema.keys[0], root);
    g_string_free(walker.path, TRUE);
    return walker.sound;
}
