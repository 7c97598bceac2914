#include "study/yaml.h"

#include <string.h>

#include "base/file.h"
#include "study/yaml_build.h"

struct lkv_yaml {
    GStringChunk *text;
    GPtrArray *nodes;
    GPtrArray *kept;
};

static void free_node(gpointer pointer)
{
    lkv_node *node = pointer;
    if (node->entries) {
        g_array_free(node->entries, TRUE);
    }
    g_free(node);
}

lkv_yaml *lkv_yaml_new(void)
{
    lkv_yaml *yaml = g_new0(lkv_yaml, 1);
    yaml->text = g_string_chunk_new(4096);
    yaml->nodes = g_ptr_array_new_with_free_func(free_node);
    yaml->kept = g_ptr_array_new_with_free_func(g_free);
    return yaml;
}

void lkv_yaml_free(lkv_yaml *yaml)
{
    if (!yaml) {
        return;
    }
    g_ptr_array_free(yaml->nodes, TRUE);
    g_ptr_array_free(yaml->kept, TRUE);
    g_string_chunk_free(yaml->text);
    g_free(yaml);
}

lkv_node *lkv_yaml_node(lkv_yaml *yaml, lkv_node_kind kind)
{
    lkv_node *node = g_new0(lkv_node, 1);
    node->kind = kind;
    node->text = "";
    node->file = "";
    if (kind != LKV_NODE_TEXT) {
        node->entries = g_array_new(FALSE, TRUE, sizeof(lkv_entry));
    }
    g_ptr_array_add(yaml->nodes, node);
    return node;
}

const char *lkv_yaml_text(lkv_yaml *yaml, const char *text)
{
    return g_string_chunk_insert_const(yaml->text, text);
}

void *lkv_yaml_keep(lkv_yaml *yaml, void *block)
{
    g_ptr_array_add(yaml->kept, block);
    return block;
}

/* The place of END in the text that begins at TEXT. */
static yaml_mark_t mark_of(const char *text, const char *end)
{
    yaml_mark_t mark = {0};
    for (const char *at = text; at && at < end;
         at = g_utf8_find_next_char(at, end)) {
        mark.column = *at == '\n' ? 0 : mark.column + 1;
        mark.line += *at == '\n';
    }
    return mark;
}

/* Whether LINE of TEXT is indented with a tab. */
static bool has_tab(const char *text, size_t size, size_t line)
{
    const char *end = text + size;
    for (; line && text < end; text++) {
        line -= *text == '\n';
    }
    while (text < end && *text == ' ') {
        text++;
    }
    return text < end && *text == '\t';
}

static void refuse_syntax(lkv_builder *builder, const yaml_parser_t *parser,
                          const char *text, size_t size)
{
    if (parser->error == YAML_MEMORY_ERROR) {
        g_error("out of memory");
    }
    yaml_mark_t mark = parser->problem_mark;
    if (parser->error == YAML_READER_ERROR) {
        mark = mark_of(text, text + MIN(parser->problem_offset, size));
    }
    lkv_message *message =
        lkv_yaml_refuse(builder, "E-YAML-SYNTAX", &mark,
                        parser->problem ? parser->problem : "this is no YAML");
    if (parser->context) {
        lkv_message_why(message, "%s that begins on line %d", parser->context,
                        (int)parser->context_mark.line + 1);
    }
    if (has_tab(text, size, mark.line)) {
        lkv_message_fix(message, "indent with spaces, not with tabs");
    } else {
        lkv_message_fix(message, "check quotes, indents and the space after "
                                 "each colon near this line");
    }
}

/* Text as YAML reads it must be UTF-8; finds the place of the first fault. */
static bool check_encoding(lkv_builder *builder, const char *text, size_t size)
{
    const char *end = NULL;
    if (g_utf8_validate_len(text, size, &end)) {
        return true;
    }
    yaml_mark_t mark = mark_of(text, end);
    lkv_message *message =
        lkv_yaml_refuse(builder, "E-YAML-ENCODING", &mark,
                        "the file is not UTF-8 from here on");
    lkv_message_fix(message, "save it as UTF-8");
    return false;
}

lkv_node *lkv_yaml_parse(lkv_yaml *yaml, const char *text, size_t size,
                         const char *name, lkv_diag *diag)
{
    lkv_builder builder = {.yaml = yaml,
                           .diag = diag,
                           .file = lkv_yaml_text(yaml, name),
                           .sound = true};
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        size -= 3;
    }
    if (!check_encoding(&builder, text, size)) {
        return NULL;
    }
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        g_error("out of memory");
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    bool whole = lkv_yaml_build(&builder, &parser);
    if (parser.error) {
        refuse_syntax(&builder, &parser, text, size);
    }
    yaml_parser_delete(&parser);
    if (!whole) {
        return NULL;
    }
    if (!builder.root || lkv_node_is_null(builder.root)) {
        builder.root = lkv_yaml_make(&builder, LKV_NODE_MAP, &(yaml_mark_t){0});
    }
    builder.root->bad = !builder.sound;
    return builder.root;
}

lkv_node *lkv_yaml_read(lkv_yaml *yaml, const char *path, lkv_diag *diag)
{
    size_t size = 0;
    g_autofree char *text =
        lkv_file_read(path, LKV_YAML_BYTES_MOST, &size, diag);
    return text ? lkv_yaml_parse(yaml, text, size, path, diag) : NULL;
}

const char *lkv_yaml_library_version(void)
{
    return yaml_get_version_string();
}
