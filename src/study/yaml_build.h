/* The events of libyaml become nodes; what this YAML has not is refused, and the
 * tree goes on behind it.
 */
#ifndef LKV_STUDY_YAML_BUILD_H
#define LKV_STUDY_YAML_BUILD_H

#include <stdbool.h>

#include <glib.h>
#include <yaml.h>

#include "base/diag.h"
#include "study/yaml.h"

typedef struct lkv_builder {
    lkv_yaml *yaml;
    lkv_diag *diag;
    const char *file; /* as messages name it */
    GArray *open; /* lkv_level, the innermost last */
    lkv_node *root; /* NULL until there is one */
    int documents; /* begun so far */
    bool sound; /* no fault so far */
} lkv_builder;

/* Takes all events of PARSER. False when there is no whole tree: the parser's
 * error says why, or it was reported.
 */
bool lkv_yaml_build(lkv_builder *builder, yaml_parser_t *parser);

/* A node of the tree that stands at MARK. */
lkv_node *lkv_yaml_make(lkv_builder *builder, lkv_node_kind kind,
                        const yaml_mark_t *mark);
/* Reports WHAT at MARK; the tree is then not sound. */
lkv_message *lkv_yaml_refuse(lkv_builder *builder, const char *code,
                             const yaml_mark_t *mark, const char *what);

#endif
