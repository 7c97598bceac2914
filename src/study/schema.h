/* One table says which keys a file may have; one walker holds it to that.
 *
 * A row a key: dotted path, kind, range, default and help. In a path, a word
 * in capitals stands for any name ("inputs.TABLE.path"). Items of a list have
 * the path of the list. The same rows check a file, name the likely word,
 * read overrides, print help and write the file back in full.
 */
#ifndef LKV_STUDY_SCHEMA_H
#define LKV_STUDY_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/diag.h"
#include "study/study.h"
#include "study/yaml.h"

typedef enum {
    LKV_KEY_TEXT,
    LKV_KEY_ABSENT, /* text, or none/null for "there is none" */
    LKV_KEY_PATH,
    LKV_KEY_WHOLE,
    LKV_KEY_REAL,
    LKV_KEY_YES_NO,
    LKV_KEY_WORD, /* one of WORDS */
    LKV_KEY_DATE,
    LKV_KEY_TEXTS, /* a list, or one text; of WORDS, if there are any */
    LKV_KEY_PATHS,
    LKV_KEY_REALS,
    LKV_KEY_MAP, /* with the keys that the table names */
    LKV_KEY_NAMED, /* names of the user's own, of WORDS if there are any */
    LKV_KEY_LIST /* of maps; one map is a list of one */
} lkv_key_kind;

/* Where a key is written when a file is written back. */
typedef enum {
    LKV_WRITTEN, /* always */
    LKV_WRITTEN_FULL, /* not where only what shapes figures counts */
    LKV_WRITTEN_NEVER
} lkv_written;

typedef struct lkv_key {
    lkv_key_help help;
    lkv_key_kind kind;
    double least, most; /* of numbers; both 0: any */
    const char *const *words; /* NULL-terminated, or NULL */
    const char *brief; /* MAP, LIST: the key that a bare value stands for */
    const char *alias; /* another path that this key means */
    size_t items_least, items_most; /* of lists; most 0: any */
    bool required;
    bool identifiers; /* NAMED: letters, digits and _, a letter first */
    bool maybe_path; /* may be a path; written back without its folder */
    bool later; /* read and checked, but has no effect yet */
    lkv_written written;
} lkv_key;

/* Row 0 is the whole file: path "", kind MAP or NAMED. */
typedef struct lkv_schema {
    const lkv_key *keys;
    size_t count;
} lkv_schema;

/* What rows are written with: {LKV_ROW("year", NULL, "…"),
 * LKV_IS_WHOLE(1900, 2100)}.
 */
#define LKV_ROW(path_, standard_, help_)                                       \
    .help.path = (path_), .help.standard = (standard_), .help.help = (help_)
#define LKV_IS_TEXT .kind = LKV_KEY_TEXT, .help.kind = "text"
#define LKV_IS_ABSENT .kind = LKV_KEY_ABSENT, .help.kind = "text or none"
#define LKV_IS_PATH .kind = LKV_KEY_PATH, .help.kind = "path"
#define LKV_IS_PATHS .kind = LKV_KEY_PATHS, .help.kind = "list of paths"
#define LKV_IS_TEXTS .kind = LKV_KEY_TEXTS, .help.kind = "list of text"
#define LKV_IS_DATE .kind = LKV_KEY_DATE, .help.kind = "date"
#define LKV_IS_YES_NO .kind = LKV_KEY_YES_NO, .help.kind = "yes or no"
#define LKV_IS_MAP .kind = LKV_KEY_MAP, .help.kind = "map"
#define LKV_IS_NAMED .kind = LKV_KEY_NAMED, .help.kind = "map of names"
#define LKV_IS_LIST .kind = LKV_KEY_LIST, .help.kind = "list"
#define LKV_IS_WHOLE(least_, most_)                                            \
    .kind = LKV_KEY_WHOLE, .least = (least_), .most = (most_),                 \
    .help.kind = "whole number, " #least_ " to " #most_
#define LKV_IS_REAL(least_, most_)                                             \
    .kind = LKV_KEY_REAL, .least = (least_), .most = (most_),                  \
    .help.kind = "number, " #least_ " to " #most_
#define LKV_IS_REALS .kind = LKV_KEY_REALS, .help.kind = "list of numbers"
#define LKV_IS_WORD(said_, ...)                                                \
    .kind = LKV_KEY_WORD, .help.kind = (said_), .words = (const char *const[]) \
    {                                                                          \
        __VA_ARGS__, NULL                                                      \
    }
#define LKV_IS_WORDS(said_, ...)                                               \
    .kind = LKV_KEY_TEXTS, .help.kind = "list of " said_,                      \
    .words = (const char *const[])                                             \
    {                                                                          \
        __VA_ARGS__, NULL                                                      \
    }

/* The row for KEY below the row PARENT; NULL if there is none. */
const lkv_key *lkv_schema_child(lkv_schema schema, const lkv_key *parent,
                                const char *key);

/* The last part of ROW's path if ROW lies right below PARENT, else NULL; and
 * whether it stands for any name.
 */
const char *lkv_schema_segment(const lkv_key *row, const lkv_key *parent);

/* Names of the keys right below PARENT, NULL past the last; g_free. */
const char **lkv_schema_below(lkv_schema schema, const lkv_key *parent);
bool lkv_schema_any(const char *segment);
bool lkv_schema_is_list(lkv_key_kind kind);
/* ASCII letters, digits and _, a letter first, at most 40. */
bool lkv_schema_is_identifier(const char *text);

/* Brings NODE, whose row is ROW, into full form: a bare value becomes a map
 * with the brief key, one map a list of one, one text a list of one.
 */
void lkv_schema_fill(const lkv_key *row, lkv_yaml *yaml, lkv_node *node);

/* Moves keys of ROOT that are aliases to where they belong. False with a
 * report when that place is taken.
 */
bool lkv_schema_unalias(lkv_schema schema, lkv_yaml *yaml, lkv_node *root,
                        lkv_diag *diag);

/* Puts KEY=VALUE into the tree of ROOT. */
bool lkv_schema_set(lkv_schema schema, lkv_yaml *yaml, lkv_node *root,
                    const char *assignment, lkv_diag *diag);

/* Holds the tree of ROOT against the table: brings it into full form, adds
 * defaults, and reports every unknown key, wrong kind, value out of range and
 * missing key. False when there was a fault; the nodes concerned are marked
 * bad, so that reading can go on to find other faults.
 */
bool lkv_schema_check(lkv_schema schema, lkv_yaml *yaml, lkv_node *root,
                      lkv_diag *diag);

/* The tree as YAML, keys in the order of the table, paths without folders;
 * FULL as in lkv_written. The tree was checked. g_free.
 */
char *lkv_schema_text(lkv_schema schema, const lkv_node *root, bool full);

#endif
