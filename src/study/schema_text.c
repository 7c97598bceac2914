#include "study/schema.h"

#include <string.h>

#include "base/file.h"

typedef struct lkv_writer {
    lkv_schema schema;
    bool full;
    GString *out;
} lkv_writer;

static void quote(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *at = text; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '"' || byte == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *at);
        } else if (byte < 0x20 || byte == 0x7f) {
            g_string_append_printf(out, "\\x%02X", byte);
        } else {
            g_string_append_c(out, *at);
        }
    }
    g_string_append_c(out, '"');
}

static bool plain(const lkv_key *row, const char *text)
{
    bool typed = row->kind == LKV_KEY_WHOLE || row->kind == LKV_KEY_REAL ||
                 row->kind == LKV_KEY_REALS || row->kind == LKV_KEY_YES_NO ||
                 row->kind == LKV_KEY_DATE || row->kind == LKV_KEY_WORD ||
                 row->words;
    if (!typed || !*text) {
        return false;
    }
    for (const char *at = text; *at; at++) {
        if (!g_ascii_isalnum(*at) && !strchr("_-.", *at)) {
            return false;
        }
    }
    return true;
}

static void write_text(lkv_writer *writer, const lkv_key *row,
                       const lkv_node *node)
{
    const char *text = node->text;
    if (row->kind == LKV_KEY_PATH || row->kind == LKV_KEY_PATHS ||
        row->maybe_path) {
        text = lkv_path_name(text);
    }
    if (row->kind == LKV_KEY_ABSENT && lkv_node_is_null(node)) {
        g_string_append(writer->out, "null");
    } else if (row->kind == LKV_KEY_ABSENT && !node->quoted &&
               strcmp(text, "none") == 0) {
        g_string_append(writer->out, "none");
    } else if (plain(row, text)) {
        g_string_append(writer->out, text);
    } else {
        quote(writer->out, text);
    }
}

static void write_key(lkv_writer *writer, const char *key, size_t indent)
{
    g_string_append_printf(writer->out, "%*s", (int)indent, "");
    bool simple = *key;
    for (const char *at = key; *at; at++) {
        simple = simple && (g_ascii_isalnum(*at) || *at == '_');
    }
    if (simple) {
        g_string_append(writer->out, key);
    } else {
        quote(writer->out, key);
    }
    g_string_append_c(writer->out, ':');
}

static void write_map(lkv_writer *writer, const lkv_key *row,
                      const lkv_node *map, size_t indent);

static void write_items(lkv_writer *writer, const lkv_key *row,
                        const lkv_node *list, size_t indent)
{
    for (size_t i = 0; i < lkv_node_size(list); i++) {
        gsize start = writer->out->len;
        write_map(writer, row, lkv_node_at(list, i)->value, indent + 2);
        if (writer->out->len > start) {
            writer->out->str[start + indent] = '-';
        } else {
            g_string_append_printf(writer->out, "%*s- {}\n", (int)indent, "");
        }
    }
}

static void write_list(lkv_writer *writer, const lkv_key *row,
                       const lkv_node *list)
{
    g_string_append(writer->out, " [");
    for (size_t i = 0; i < lkv_node_size(list); i++) {
        g_string_append(writer->out, i ? ", " : "");
        write_text(writer, row, lkv_node_at(list, i)->value);
    }
    g_string_append(writer->out, "]\n");
}

static void write_entry(lkv_writer *writer, const lkv_key *row,
                        const lkv_entry *entry, size_t indent)
{
    bool wanted = row->written == LKV_WRITTEN ||
                  (row->written == LKV_WRITTEN_FULL && writer->full);
    const lkv_node *node = entry->value;
    if (!wanted || row->later ||
        (lkv_node_is_null(node) && row->kind != LKV_KEY_ABSENT)) {
        return;
    }
    gsize start = writer->out->len;
    write_key(writer, entry->key, indent);
    if (node->kind == LKV_NODE_TEXT) {
        g_string_append_c(writer->out, ' ');
        write_text(writer, row, node);
        g_string_append_c(writer->out, '\n');
        return;
    }
    if (node->kind == LKV_NODE_LIST && row->kind != LKV_KEY_LIST) {
        write_list(writer, row, node);
        return;
    }
    g_string_append_c(writer->out, '\n');
    gsize body = writer->out->len;
    if (node->kind == LKV_NODE_LIST) {
        write_items(writer, row, node, indent + 2);
    } else {
        write_map(writer, row, node, indent + 2);
    }
    if (writer->out->len == body) {
        g_string_truncate(writer->out, start);
    }
}

/* Known names in the order of the table. */
static void write_words(lkv_writer *writer, const lkv_key *row,
                        const lkv_node *map, size_t indent)
{
    for (size_t i = 0; row->words[i]; i++) {
        lkv_entry entry = {row->words[i], 0, 0,
                           lkv_node_find(map, row->words[i])};
        if (entry.value) {
            write_entry(writer,
                        lkv_schema_child(writer->schema, row, entry.key),
                        &entry, indent);
        }
    }
}

/* The entries of MAP whose row is CHILD. */
static void write_child(lkv_writer *writer, const lkv_key *row,
                        const lkv_key *child, const lkv_node *map,
                        size_t indent)
{
    for (size_t i = 0; i < lkv_node_size(map); i++) {
        const lkv_entry *entry = lkv_node_at(map, i);
        if (lkv_schema_child(writer->schema, row, entry->key) == child) {
            write_entry(writer, child, entry, indent);
        }
    }
}

static void write_map(lkv_writer *writer, const lkv_key *row,
                      const lkv_node *map, size_t indent)
{
    for (size_t i = 0; i < writer->schema.count; i++) {
        const lkv_key *child = &writer->schema.keys[i];
        if (!lkv_schema_segment(child, row)) {
            continue;
        }
        if (row->kind == LKV_KEY_NAMED && row->words) {
            write_words(writer, row, map, indent);
        } else {
            write_child(writer, row, child, map, indent);
        }
    }
}

char *lkv_schema_text(lkv_schema schema, const lkv_node *root, bool full)
{
    lkv_writer writer = {schema, full, g_string_new(NULL)};
    write_map(&writer, &schema.keys[0], root, 0);
    return g_string_free(writer.out, FALSE);
}
