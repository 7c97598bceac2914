#include "base/nearest.h"
#include "study/schema.h"

#include <string.h>

typedef struct lkv_setter {
    lkv_schema schema;
    lkv_yaml *yaml;
    lkv_diag *diag;
    const char *path; /* dotted, as given */
    const char *value;
} lkv_setter;

static lkv_message *refuse(const lkv_setter *setter, const char *code,
                           const char *what, const char *word)
{
    lkv_place place = {.file = "--set", .field = setter->path};
    return lkv_diag_add(setter->diag, code, place, "%s \"%s\"", what, word);
}

static void mark(lkv_node *node)
{
    node->set = true;
    node->file = "--set";
    node->line = 0;
    node->column = 0;
    for (size_t i = 0; i < lkv_node_size(node); i++) {
        lkv_entry *entry = lkv_node_at(node, i);
        entry->line = 0;
        entry->column = 0;
        mark(entry->value);
    }
}

/* Text as it stands; what opens like YAML's [ ], { } or quotes is read so. */
static lkv_node *read_value(const lkv_setter *setter, bool lists)
{
    lkv_node *node = NULL;
    const char *opening = lists ? "[{\"'" : "\"'";
    if (*setter->value && strchr(opening, *setter->value)) {
        node = lkv_yaml_parse(setter->yaml, setter->value,
                              strlen(setter->value), "--set", setter->diag);
    } else {
        node = lkv_yaml_node(setter->yaml, LKV_NODE_TEXT);
        node->text = lkv_yaml_text(setter->yaml, setter->value);
    }
    if (!node || node->bad) {
        return NULL;
    }
    mark(node);
    return node;
}

static lkv_node *add(const lkv_setter *setter, lkv_node *parent,
                     const char *key, lkv_node_kind kind)
{
    lkv_node *node = lkv_yaml_node(setter->yaml, kind);
    mark(node);
    const char *kept = key ? lkv_yaml_text(setter->yaml, key) : NULL;
    lkv_node_put(parent, (lkv_entry){kept, 0, 0, node});
    return node;
}

/* The item that is meant in a list of maps: the only one, or by its number,
 * which then is taken from SEGMENTS.
 */
static lkv_node *choose(const lkv_setter *setter, lkv_node *list,
                        char ***segments)
{
    int64_t number = 0;
    bool numbered = lkv_text_whole(**segments, &number);
    size_t size = lkv_node_size(list);
    if (numbered) {
        (*segments)++;
        if (number >= 0 && (size_t)number < size && **segments) {
            return lkv_node_at(list, (size_t)number)->value;
        }
        refuse(setter, "E-SET", "there is no item", (*segments)[-1]);
        return NULL;
    }
    if (size == 0) {
        return add(setter, list, NULL, LKV_NODE_MAP);
    }
    if (size > 1) {
        lkv_message_fix(
            refuse(setter, "E-SET", "several items stand before", **segments),
            "say which one by its number, 0 the first");
        return NULL;
    }
    return lkv_node_at(list, 0)->value;
}

static lkv_node *enter(const lkv_setter *setter, lkv_node *parent,
                       const char *key, const lkv_key *row)
{
    lkv_node *node = lkv_node_find(parent, key);
    if (!node || lkv_node_is_null(node)) {
        node = add(setter, parent, key,
                   row->kind == LKV_KEY_LIST ? LKV_NODE_LIST : LKV_NODE_MAP);
    }
    lkv_schema_fill(row, setter->yaml, node);
    return node;
}

/* A bare value for something that has a brief form changes that key only. */
static lkv_node *target_of(const lkv_setter *setter, lkv_node *parent,
                           const char **key, const lkv_key *row)
{
    lkv_node *there = lkv_node_find(parent, *key);
    bool brief = row->brief && there && !lkv_node_is_null(there) &&
                 !(*setter->value && strchr("[{", *setter->value));
    if (!brief) {
        return parent;
    }
    lkv_schema_fill(row, setter->yaml, there);
    if (there->kind == LKV_NODE_LIST) {
        there = lkv_node_size(there) == 1 ? lkv_node_at(there, 0)->value : NULL;
    }
    if (!there || there->kind != LKV_NODE_MAP) {
        return parent;
    }
    *key = row->brief;
    return there;
}

static bool assign(const lkv_setter *setter, lkv_node *parent, const char *key,
                   const lkv_key *row)
{
    bool lists = lkv_schema_is_list(row->kind) || row->kind == LKV_KEY_MAP ||
                 row->kind == LKV_KEY_NAMED;
    lkv_node *value = read_value(setter, lists);
    if (!value) {
        return false;
    }
    lkv_node *target = target_of(setter, parent, &key, row);
    lkv_node_put(target,
                 (lkv_entry){lkv_yaml_text(setter->yaml, key), 0, 0, value});
    return true;
}

/* SEGMENT is no key below PARENT. */
static bool refuse_key(const lkv_setter *setter, const char *segment,
                       const lkv_key *parent)
{
    g_autofree const char **known = lkv_schema_below(setter->schema, parent);
    const char *near = lkv_word_nearest(segment, known);
    lkv_message *message =
        refuse(setter, "E-KEY-UNKNOWN", "unknown key", segment);
    if (near) {
        lkv_message_fix(message, "did you mean \"%s\"?", near);
    } else {
        lkv_message_fix(message, "`likvard help config` lists the keys");
    }
    return false;
}

static bool put(const lkv_setter *setter, lkv_node *root, char **segments)
{
    const lkv_key *row = &setter->schema.keys[0];
    lkv_node *node = root;
    for (char **at = segments; *at; at++) {
        if (row->kind == LKV_KEY_LIST && node->kind == LKV_NODE_LIST) {
            node = choose(setter, node, &at);
        }
        if (!node) {
            return false;
        }
        const lkv_key *child = lkv_schema_child(setter->schema, row, *at);
        if (!child || child->alias || node->kind != LKV_NODE_MAP) {
            return refuse_key(setter, *at, row);
        }
        if (!at[1]) {
            return assign(setter, node, *at, child);
        }
        node = enter(setter, node, *at, child);
        row = child;
    }
    return refuse_key(setter, setter->path, row);
}

bool lkv_schema_set(lkv_schema schema, lkv_yaml *yaml, lkv_node *root,
                    const char *assignment, lkv_diag *diag)
{
    const char *sign = strchr(assignment, '=');
    lkv_setter setter = {.schema = schema, .yaml = yaml, .diag = diag};
    if (!sign || sign == assignment) {
        setter.path = assignment;
        lkv_message_fix(refuse(&setter, "E-SET", "no KEY=VALUE:", assignment),
                        "write --set KEY=VALUE, such as --set year=2025");
        return false;
    }
    g_autofree char *given = g_strndup(assignment, (size_t)(sign - assignment));
    setter.path = lkv_yaml_text(yaml, given);
    setter.value = sign + 1;
    g_auto(GStrv) parts = g_strsplit(given, ".", -1);
    const lkv_key *row = lkv_schema_child(schema, &schema.keys[0], parts[0]);
    if (row && row->alias) {
        g_autofree char *full =
            g_strconcat(row->alias, given + strlen(parts[0]), NULL);
        g_auto(GStrv) segments = g_strsplit(full, ".", -1);
        return put(&setter, root, segments);
    }
    return put(&setter, root, parts);
}
