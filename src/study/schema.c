#include "study/schema.h"

#include <string.h>

bool lkv_schema_any(const char *segment)
{
    for (const char *at = segment; *at; at++) {
        if (!g_ascii_isupper(*at)) {
            return false;
        }
    }
    return *segment;
}

const char *lkv_schema_segment(const lkv_key *row, const lkv_key *parent)
{
    const char *path = row->help.path;
    size_t length = strlen(parent->help.path);
    if (row == parent || strncmp(path, parent->help.path, length) != 0) {
        return NULL;
    }
    path += length;
    if (length) {
        if (*path != '.') {
            return NULL;
        }
        path++;
    }
    return *path && !strchr(path, '.') ? path : NULL;
}

const lkv_key *lkv_schema_child(lkv_schema schema, const lkv_key *parent,
                                const char *key)
{
    const lkv_key *any = NULL;
    for (size_t i = 0; i < schema.count; i++) {
        const char *segment = lkv_schema_segment(&schema.keys[i], parent);
        if (!segment) {
            continue;
        }
        if (strcmp(segment, key) == 0) {
            return &schema.keys[i];
        }
        if (lkv_schema_any(segment)) {
            any = &schema.keys[i];
        }
    }
    return any;
}

bool lkv_schema_is_list(lkv_key_kind kind)
{
    return kind == LKV_KEY_TEXTS || kind == LKV_KEY_PATHS ||
           kind == LKV_KEY_REALS || kind == LKV_KEY_LIST;
}

/* NODE becomes KIND and holds what it was as its only entry. */
static void wrap(lkv_yaml *yaml, lkv_node *node, lkv_node_kind kind,
                 const char *key)
{
    lkv_node *inner = lkv_yaml_node(yaml, LKV_NODE_TEXT);
    *inner = *node;
    node->kind = kind;
    node->quoted = false;
    node->text = "";
    node->entries = g_array_new(FALSE, TRUE, sizeof(lkv_entry));
    lkv_node_put(node, (lkv_entry){key, inner->line, inner->column, inner});
}

static void fill_brief(const lkv_key *row, lkv_yaml *yaml, lkv_node *node)
{
    if (row->brief && node->kind != LKV_NODE_MAP && !lkv_node_is_null(node)) {
        wrap(yaml, node, LKV_NODE_MAP, row->brief);
    }
}

void lkv_schema_fill(const lkv_key *row, lkv_yaml *yaml, lkv_node *node)
{
    if (row->kind == LKV_KEY_MAP) {
        fill_brief(row, yaml, node);
        return;
    }
    if (!lkv_schema_is_list(row->kind) || lkv_node_is_null(node)) {
        return;
    }
    if (node->kind != LKV_NODE_LIST) {
        wrap(yaml, node, LKV_NODE_LIST, NULL);
    }
    for (size_t i = 0; row->kind == LKV_KEY_LIST && i < lkv_node_size(node);
         i++) {
        fill_brief(row, yaml, lkv_node_at(node, i)->value);
    }
}

/* The map that holds the last of SEGMENTS below ROOT, made where it is
 * missing; NULL when something else than a map lies in the way.
 */
static lkv_node *reach(lkv_yaml *yaml, lkv_node *root, char **segments)
{
    lkv_node *node = root;
    for (size_t i = 0; segments[i] && segments[i + 1]; i++) {
        lkv_node *next = lkv_node_find(node, segments[i]);
        if (!next) {
            next = lkv_yaml_node(yaml, LKV_NODE_MAP);
            next->file = root->file;
            lkv_node_put(node, (lkv_entry){lkv_yaml_text(yaml, segments[i]), 0,
                                           0, next});
        }
        if (next->kind != LKV_NODE_MAP) {
            return NULL;
        }
        node = next;
    }
    return node;
}

static bool move(lkv_yaml *yaml, lkv_node *root, const lkv_entry *entry,
                 const char *path, lkv_diag *diag)
{
    g_auto(GStrv) segments = g_strsplit(path, ".", -1);
    lkv_node *map = reach(yaml, root, segments);
    const char *key = segments[g_strv_length(segments) - 1];
    if (!map) {
        return true; /* reported when that value is checked */
    }
    if (lkv_node_find(map, key)) {
        lkv_place place = {root->file, entry->line, entry->column, entry->key};
        lkv_message *message = lkv_diag_add(
            diag, "E-KEY-TWICE", place,
            "\"%s\" is given twice: it is short for \"%s\"", entry->key, path);
        lkv_message_fix(message, "keep one of them");
        return false;
    }
    lkv_entry moved = *entry;
    moved.key = lkv_yaml_text(yaml, key);
    lkv_node_put(map, moved);
    return true;
}

bool lkv_schema_unalias(lkv_schema schema, lkv_yaml *yaml, lkv_node *root,
                        lkv_diag *diag)
{
    bool sound = true;
    if (root->kind != LKV_NODE_MAP) {
        return true;
    }
    for (guint i = 0; i < lkv_node_size(root);) {
        lkv_entry entry = *lkv_node_at(root, i);
        const lkv_key *row =
            lkv_schema_child(schema, &schema.keys[0], entry.key);
        if (!row || !row->alias) {
            i++;
            continue;
        }
        g_array_remove_index(root->entries, i);
        sound = move(yaml, root, &entry, row->alias, diag) && sound;
    }
    return sound;
}

const char **lkv_schema_below(lkv_schema schema, const lkv_key *parent)
{
    const char **known = g_new0(const char *, schema.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < schema.count; i++) {
        const char *segment = lkv_schema_segment(&schema.keys[i], parent);
        if (segment && !lkv_schema_any(segment)) {
            known[count++] = segment;
        }
    }
    return known;
}
