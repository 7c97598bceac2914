#include "study/yaml_build.h"

#include <string.h>

/* A map or list that is still open. */
typedef struct lkv_level {
    lkv_node *node;
    bool flow; /* written with { } */
    lkv_entry key; /* its value is awaited; KEY NULL = none is */
    bool drop; /* that value: its key was refused */
    GHashTable *keys; /* of a map: key to its line */
} lkv_level;

static lkv_place place_of(const lkv_builder *builder, const yaml_mark_t *mark)
{
    return (lkv_place){.file = builder->file,
                       .line = (long)mark->line + 1,
                       .column = (long)mark->column + 1};
}

lkv_message *lkv_yaml_refuse(lkv_builder *builder, const char *code,
                             const yaml_mark_t *mark, const char *what)
{
    builder->sound = false;
    return lkv_diag_add(builder->diag, code, place_of(builder, mark), "%s",
                        what);
}

static lkv_level *top(lkv_builder *builder)
{
    guint open = builder->open->len;
    return open ? &g_array_index(builder->open, lkv_level, open - 1) : NULL;
}

lkv_node *lkv_yaml_make(lkv_builder *builder, lkv_node_kind kind,
                        const yaml_mark_t *mark)
{
    lkv_node *node = lkv_yaml_node(builder->yaml, kind);
    node->file = builder->file;
    node->line = (long)mark->line + 1;
    node->column = (long)mark->column + 1;
    return node;
}

static void attach(lkv_builder *builder, lkv_node *node)
{
    lkv_level *open = top(builder);
    if (!open) {
        builder->root = node;
        return;
    }
    lkv_entry entry = {NULL, node->line, node->column, node};
    if (open->node->kind == LKV_NODE_MAP) {
        entry = open->key;
        entry.value = node;
        open->key.key = NULL;
        if (open->drop) {
            open->drop = false;
            return;
        }
    }
    g_array_append_val(open->node->entries, entry);
}

static bool digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

/* {x: 0,5} is two keys to YAML: "5" stands alone because of the comma. */
static void refuse_alone(lkv_builder *builder, lkv_level *open,
                         const yaml_mark_t *mark)
{
    open->drop = true;
    const char *key = open->key.key;
    lkv_place place = {builder->file, open->key.line, open->key.column, key};
    builder->sound = false;
    lkv_message *message = lkv_diag_add(builder->diag, "E-KEY-NO-VALUE",
                                        key ? place : place_of(builder, mark),
                                        "\"%s\" has no value", key ? key : "");
    lkv_message_why(message, "inside { } a comma parts the entries");
    size_t before = lkv_node_size(open->node);
    lkv_node *last = before ? lkv_node_at(open->node, before - 1)->value : NULL;
    if (key && digits(key) && last && last->kind == LKV_NODE_TEXT &&
        digits(*last->text == '-' ? last->text + 1 : last->text)) {
        lkv_message_fix(message, "write %s.%s, or quote \"%s,%s\"", last->text,
                        key, last->text, key);
        last->bad = true;
    } else {
        lkv_message_fix(message, "write KEY: VALUE, a decimal as 0.5, or quote "
                                 "text that holds a comma");
    }
}

static void check_properties(lkv_builder *builder, const yaml_char_t *anchor,
                             const yaml_char_t *tag, const yaml_mark_t *mark)
{
    if (anchor) {
        lkv_message_fix(lkv_yaml_refuse(builder, "E-YAML-ALIAS", mark,
                                        "anchors (&) are not read here"),
                        "quote text that begins with &");
    }
    if (tag) {
        lkv_message_fix(lkv_yaml_refuse(builder, "E-YAML-TAG", mark,
                                        "tags (!) are not read here"),
                        "quote text that begins with !");
    }
}

static bool has_control(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (g_ascii_iscntrl(text[i])) {
            return true;
        }
    }
    return false;
}

static void take_key(lkv_builder *builder, lkv_level *open,
                     const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    const char *key = lkv_yaml_text(builder->yaml, text);
    long line = (long)event->start_mark.line + 1;
    gpointer first = NULL;
    open->key =
        (lkv_entry){key, line, (long)event->start_mark.column + 1, NULL};
    if (has_control(text, event->data.scalar.length)) {
        lkv_yaml_refuse(builder, "E-YAML-SYNTAX", &event->start_mark,
                        "a key holds a line end or another control character");
    }
    if (g_hash_table_lookup_extended(open->keys, key, NULL, &first)) {
        lkv_place place = place_of(builder, &event->start_mark);
        place.field = key;
        builder->sound = false;
        lkv_message *message = lkv_diag_add(builder->diag, "E-KEY-TWICE", place,
                                            "\"%s\" is given twice", key);
        lkv_message_why(message, "the first time on line %d",
                        GPOINTER_TO_INT(first));
        lkv_message_fix(message, "keep one of them");
        open->drop = true;
        return;
    }
    gpointer value = GINT_TO_POINTER((int)line);
    g_hash_table_insert(open->keys, g_strdup(key), value);
}

static void take_scalar(lkv_builder *builder, const yaml_event_t *event)
{
    lkv_level *open = top(builder);
    const char *text = (const char *)event->data.scalar.value;
    check_properties(builder, event->data.scalar.anchor, event->data.scalar.tag,
                     &event->start_mark);
    if (open && open->node->kind == LKV_NODE_MAP && !open->key.key) {
        take_key(builder, open, event);
        return;
    }
    bool quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (open && open->node->kind == LKV_NODE_MAP && open->flow && !*text &&
        !quoted) {
        refuse_alone(builder, open, &event->start_mark);
    }
    if (strlen(text) != event->data.scalar.length) {
        lkv_yaml_refuse(builder, "E-YAML-SYNTAX", &event->start_mark,
                        "text holds a zero byte");
    }
    lkv_node *node = lkv_yaml_make(builder, LKV_NODE_TEXT, &event->start_mark);
    node->text = lkv_yaml_text(builder->yaml, text);
    node->quoted = quoted;
    attach(builder, node);
}

static void free_level(gpointer pointer)
{
    lkv_level *open = pointer;
    if (open->keys) {
        g_hash_table_destroy(open->keys);
    }
}

/* False when the key of a map is itself a map or a list. */
static bool key_is_text(lkv_builder *builder, const yaml_mark_t *mark)
{
    const lkv_level *open = top(builder);
    if (!open || open->node->kind != LKV_NODE_MAP || open->key.key) {
        return true;
    }
    lkv_message_fix(lkv_yaml_refuse(builder, "E-YAML-SYNTAX", mark,
                                    "a key must be text, not a map or a list"),
                    "quote text that begins with [, { or ?");
    return false;
}

static bool open_node(lkv_builder *builder, lkv_node_kind kind, bool flow,
                      const yaml_mark_t *mark)
{
    if (!key_is_text(builder, mark)) {
        return false;
    }
    if (builder->open->len == LKV_YAML_DEPTH_MOST) {
        lkv_yaml_refuse(builder, "E-YAML-LIMIT", mark,
                        "nested too deep (32 levels)");
        return false;
    }
    lkv_node *node = lkv_yaml_make(builder, kind, mark);
    attach(builder, node);
    lkv_level inner = {.node = node, .flow = flow};
    if (kind == LKV_NODE_MAP) {
        inner.keys =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    }
    g_array_append_val(builder->open, inner);
    return true;
}

static void take_alias(lkv_builder *builder, const yaml_mark_t *mark)
{
    lkv_message_fix(lkv_yaml_refuse(builder, "E-YAML-ALIAS", mark,
                                    "aliases (*) are not read here"),
                    "write the value out, or quote text that begins with *");
    lkv_level *open = top(builder);
    lkv_node *node = lkv_yaml_make(builder, LKV_NODE_TEXT, mark);
    if (open && open->node->kind == LKV_NODE_MAP && !open->key.key) {
        open->key = (lkv_entry){"*", node->line, node->column, NULL};
        open->drop = true;
        return;
    }
    node->bad = true;
    attach(builder, node);
}

static bool start_document(lkv_builder *builder, const yaml_mark_t *mark)
{
    if (builder->documents++ == 0) {
        return true;
    }
    lkv_message_fix(lkv_yaml_refuse(builder, "E-YAML-DOCUMENTS", mark,
                                    "a second document begins here"),
                    "one file holds one document: remove the line ---");
    return false;
}

/* False when reading must stop. */
static bool take_event(lkv_builder *builder, const yaml_event_t *event)
{
    const yaml_mark_t *mark = &event->start_mark;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return start_document(builder, mark);
    case YAML_SCALAR_EVENT:
        take_scalar(builder, event);
        return true;
    case YAML_ALIAS_EVENT:
        take_alias(builder, mark);
        return true;
    case YAML_MAPPING_START_EVENT:
        check_properties(builder, event->data.mapping_start.anchor,
                         event->data.mapping_start.tag, mark);
        return open_node(
            builder, LKV_NODE_MAP,
            event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, mark);
    case YAML_SEQUENCE_START_EVENT:
        check_properties(builder, event->data.sequence_start.anchor,
                         event->data.sequence_start.tag, mark);
        return open_node(builder, LKV_NODE_LIST, false, mark);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        g_array_set_size(builder->open, builder->open->len - 1);
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    default:
        return true;
    }
}

/* False when there is no whole tree. */
static bool take_events(lkv_builder *builder, yaml_parser_t *parser)
{
    bool more = true;
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            return false;
        }
        bool taken = take_event(builder, &event);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (!taken) {
            return false;
        }
    }
    return true;
}

bool lkv_yaml_build(lkv_builder *builder, yaml_parser_t *parser)
{
    g_autoptr(GArray) open = g_array_new(FALSE, TRUE, sizeof(lkv_level));
    g_array_set_clear_func(open, free_level);
    builder->open = open;
    bool whole = take_events(builder, parser);
    builder->open = NULL;
    return whole;
}
