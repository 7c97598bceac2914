/* YAML as a tree in which every key and value knows its place.
 *
 * A small, strict YAML: one document of maps, lists and text. Aliases,
 * anchors, tags, a second document, keys given twice and keys without a value
 * in { } are refused, each with its place, and reading goes on so that all of
 * them come out. Nothing is typed: `no` and `01234567` stay text.
 *
 * An lkv_yaml owns its nodes, their text, and whatever its user gives it to
 * keep; everything is freed with it.
 */
#ifndef LKV_STUDY_YAML_H
#define LKV_STUDY_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"

enum { LKV_YAML_BYTES_MOST = 1 << 20, LKV_YAML_DEPTH_MOST = 32 };

typedef enum { LKV_NODE_TEXT, LKV_NODE_LIST, LKV_NODE_MAP } lkv_node_kind;

/* LINE 0: not from a file but a default. ENTRIES of lkv_entry in the order of
 * the file; NULL for text.
 */
typedef struct lkv_node {
    lkv_node_kind kind;
    bool quoted; /* never a word such as null */
    bool bad; /* a fault in it was reported: no value to use */
    bool set; /* from --set, not from the file */
    const char *file;
    long line, column;
    const char *text;
    GArray *entries;
} lkv_node;

/* KEY is NULL in a list. */
typedef struct lkv_entry {
    const char *key;
    long line, column; /* of the key; of the value in a list */
    lkv_node *value;
} lkv_entry;

typedef struct lkv_yaml lkv_yaml;

lkv_yaml *lkv_yaml_new(void);
void lkv_yaml_free(lkv_yaml *yaml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_yaml, lkv_yaml_free)

/* Reads the file PATH into YAML. Returns its root, an empty map for an empty
 * file; NULL with a report when there is no whole tree. After other faults the
 * root is marked bad, so that what is left of the tree can be looked at for
 * further faults.
 */
lkv_node *lkv_yaml_read(lkv_yaml *yaml, const char *path, lkv_diag *diag);
/* The same for SIZE bytes at TEXT; NAME stands for the file in messages. */
lkv_node *lkv_yaml_parse(lkv_yaml *yaml, const char *text, size_t size,
                         const char *name, lkv_diag *diag);

lkv_node *lkv_yaml_node(lkv_yaml *yaml, lkv_node_kind kind);
/* A copy of TEXT that lives as long as YAML. */
const char *lkv_yaml_text(lkv_yaml *yaml, const char *text);
/* Takes BLOCK (of g_malloc) over; returns it. */
void *lkv_yaml_keep(lkv_yaml *yaml, void *block);

/* Entries of a map or list; 0 of text. */
size_t lkv_node_size(const lkv_node *node);
/* The same of a map, or of a list, alone; 0 of anything else and of NULL. */
size_t lkv_node_map_size(const lkv_node *node);
size_t lkv_node_list_size(const lkv_node *node);
/* Lent; INDEX is below the size. */
lkv_entry *lkv_node_at(const lkv_node *node, size_t index);
/* Value of KEY in a map; NULL without it, or when NODE is NULL or no map. */
lkv_node *lkv_node_find(const lkv_node *node, const char *key);
/* Adds VALUE at the end of a map or list, or puts it in KEY's place. */
void lkv_node_put(lkv_node *node, lkv_entry entry);

/* Whether NODE is the unquoted null, ~ or nothing at all. */
bool lkv_node_is_null(const lkv_node *node);
lkv_place lkv_node_place(const lkv_node *node, const char *field);

/* Values of KEY in the map NODE; the fallback (NULL for text) when the key is
 * absent, null, reported as bad or of another kind.
 */
const char *lkv_node_text(const lkv_node *node, const char *key);
int64_t lkv_node_whole(const lkv_node *node, const char *key, int64_t fallback);
double lkv_node_real(const lkv_node *node, const char *key, double fallback);
bool lkv_node_yes(const lkv_node *node, const char *key, bool fallback);
/* Texts of a list, NULL-terminated, kept by YAML; NULL without the key. */
const char *const *lkv_node_texts(lkv_yaml *yaml, const lkv_node *node,
                                  const char *key);

const char *lkv_yaml_library_version(void);

/* Numbers as a study writes them: digits, '.', a leading '-', nothing else. */
bool lkv_text_whole(const char *text, int64_t *out);
bool lkv_text_real(const char *text, double *out);
bool lkv_text_yes(const char *text, bool *out);

#endif
