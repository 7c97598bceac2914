#include "study/text_held.h"

#include <string.h>

#include "base/pattern.h"

/* Sentences of a tree by their whole keys, and the keys in order. */
typedef struct lkv_sentences {
    GHashTable *nodes; /* key to const lkv_node */
    GPtrArray *keys; /* of maps and sentences, lent by NODES */
} lkv_sentences;

static void sentences_clear(lkv_sentences *sentences)
{
    g_hash_table_unref(sentences->nodes);
    g_ptr_array_unref(sentences->keys);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(lkv_sentences, sentences_clear)

static void add(lkv_sentences *sentences, const char *before,
                const lkv_node *map)
{
    for (size_t i = 0; i < lkv_node_size(map); i++) {
        const lkv_entry *entry = lkv_node_at(map, i);
        char *key = *before ? g_strdup_printf("%s.%s", before, entry->key)
                            : g_strdup(entry->key);
        if (g_hash_table_contains(sentences->nodes, key)) {
            g_free(key); /* twice: told of when the sentences are added */
            continue;
        }
        g_hash_table_insert(sentences->nodes, key, entry->value);
        g_ptr_array_add(sentences->keys, key);
        if (entry->value->kind == LKV_NODE_MAP) {
            add(sentences, key, entry->value);
        }
    }
}

static lkv_sentences sentences_of(const lkv_node *root)
{
    lkv_sentences sentences = {
        .nodes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .keys = g_ptr_array_new()};
    add(&sentences, "", root);
    return sentences;
}

static bool names(const lkv_pattern *pattern, const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pattern->name); i++) {
        if (pattern->name[i] && strcmp(pattern->name[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* The first argument of OWN that MODEL does not name; NULL without one. */
static char *stranger_of(const lkv_node *own, const lkv_node *model)
{
    g_autofree char *error = NULL;
    g_autofree char *other = NULL;
    g_autoptr(lkv_pattern) mine = lkv_pattern_read(own->text, &error);
    g_autoptr(lkv_pattern) told = lkv_pattern_read(model->text, &other);
    for (size_t i = 0; mine && told && i < G_N_ELEMENTS(mine->name); i++) {
        if (mine->name[i] && !names(told, mine->name[i])) {
            return g_strdup(mine->name[i]);
        }
    }
    return NULL;
}

/* Where the sentence KEY would stand: its group, or the whole file. */
static const lkv_node *group_of(const lkv_sentences *own, const lkv_node *root,
                                const char *key)
{
    g_autofree char *group = g_strdup(key);
    const lkv_node *found = NULL;
    for (char *dot = NULL; !found && (dot = strrchr(group, '.')) != NULL;) {
        *dot = '\0';
        found = g_hash_table_lookup(own->nodes, group);
    }
    return found ? found : root;
}

static bool hold(const lkv_sentences *own, const lkv_node *root,
                 const char *key, const lkv_node *model, bool some,
                 lkv_diag *diag)
{
    const lkv_node *node = g_hash_table_lookup(own->nodes, key);
    if (!node && some) {
        return true;
    }
    if (!node) {
        lkv_message *message = lkv_diag_add(
            diag, "E-TEXT-KEYS", lkv_node_place(group_of(own, root, key), key),
            "the sentence \"%s\" is missing", key);
        lkv_message_fix(message, "say what \"%s\" says", model->text);
        return false;
    }
    g_autofree char *stranger =
        node->kind == LKV_NODE_TEXT ? stranger_of(node, model) : NULL;
    if (stranger) {
        lkv_diag_add(diag, "E-TEXT-KEYS", lkv_node_place(node, key),
                     "the sentence \"%s\" names {%s}, which it is not given",
                     key, stranger);
    }
    return !stranger;
}

bool lkv_text_held(const lkv_node *root, const lkv_node *model, bool some,
                   lkv_diag *diag)
{
    g_auto(lkv_sentences) own = sentences_of(root);
    g_auto(lkv_sentences) others = sentences_of(model);
    bool sound = true;
    for (guint i = 0; i < others.keys->len; i++) {
        const char *key = g_ptr_array_index(others.keys, i);
        const lkv_node *node = g_hash_table_lookup(others.nodes, key);
        if (node->kind == LKV_NODE_TEXT) {
            sound = hold(&own, root, key, node, some, diag) && sound;
        }
    }
    return sound;
}
