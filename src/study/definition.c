#include "study/definition.h"

#include <string.h>

#include "study/schema.h"

struct lkv_definition_text {
    lkv_yaml *yaml;
};

static const lkv_key keys[] = {
    {LKV_ROW("", NULL, "a report definition"), LKV_IS_MAP},
    {LKV_ROW("report", NULL, "id of the report"), LKV_IS_TEXT,
     .required = true},
    {LKV_ROW("for", NULL, "what there is one of"),
     LKV_IS_WORD("each school or the district", "each school", "the district",
                 "district"),
     .required = true},
    {LKV_ROW("title", NULL, "catalogue key of the title"), LKV_IS_TEXT,
     .required = true},
    {LKV_ROW("columns", "12", "of the grid that pages are laid out on"),
     LKV_IS_WHOLE(12, 12)},
    {LKV_ROW("sections", NULL, "sections in the order of the pages"),
     LKV_IS_LIST, .required = true},
    {LKV_ROW("sections.SECTION", NULL, "settings of the section"),
     LKV_IS_NAMED},
    {LKV_ROW("sections.SECTION.SETTING", NULL, "text or a list of texts"),
     LKV_IS_TEXTS},
};

/* `- method` and `- method:` are sections without settings. */
static void fill_section(lkv_yaml *yaml, lkv_node *item)
{
    if (item->kind == LKV_NODE_TEXT && *item->text) {
        lkv_node *none = lkv_yaml_node(yaml, LKV_NODE_MAP);
        none->file = item->file;
        lkv_entry entry = {item->text, item->line, item->column, none};
        item->kind = LKV_NODE_MAP;
        item->entries = g_array_new(FALSE, TRUE, sizeof(lkv_entry));
        lkv_node_put(item, entry);
        return;
    }
    for (size_t i = 0; i < lkv_node_size(item); i++) {
        lkv_entry *entry = lkv_node_at(item, i);
        if (lkv_node_is_null(entry->value)) {
            entry->value = lkv_yaml_node(yaml, LKV_NODE_MAP);
            entry->value->file = item->file;
        }
    }
}

static void fill_sections(lkv_yaml *yaml, const lkv_node *root)
{
    const lkv_node *sections = lkv_node_find(root, "sections");
    for (size_t i = 0; sections && sections->kind == LKV_NODE_LIST &&
                       i < lkv_node_size(sections);
         i++) {
        fill_section(yaml, lkv_node_at(sections, i)->value);
    }
}

static lkv_setting read_setting(lkv_yaml *yaml, const lkv_node *node,
                                const lkv_entry *entry)
{
    const char *const *values = lkv_node_texts(yaml, node, entry->key);
    return (lkv_setting){
        .name = entry->key,
        .values =
            values ? values : lkv_yaml_keep(yaml, g_new0(const char *, 1)),
        .place = {node->file, entry->line, entry->column, entry->key},
    };
}

static lkv_section_spec read_section(lkv_yaml *yaml, const lkv_entry *entry)
{
    const lkv_node *node = entry->value;
    size_t count = lkv_node_size(node);
    lkv_setting *settings = lkv_yaml_keep(yaml, g_new0(lkv_setting, count + 1));
    for (size_t i = 0; i < count; i++) {
        settings[i] = read_setting(yaml, node, lkv_node_at(node, i));
    }
    return (lkv_section_spec){
        .section = entry->key,
        .settings = settings,
        .setting_count = count,
        .place = {node->file, entry->line, entry->column, entry->key},
    };
}

static bool read_sections(lkv_definition *definition, const lkv_node *root,
                          lkv_diag *diag)
{
    lkv_yaml *yaml = definition->text->yaml;
    const lkv_node *list = lkv_node_find(root, "sections");
    size_t count = lkv_node_size(list);
    lkv_section_spec *sections =
        lkv_yaml_keep(yaml, g_new0(lkv_section_spec, count + 1));
    bool sound = true;
    for (size_t i = 0; i < count; i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        if (lkv_node_size(item) != 1) {
            lkv_message *message = lkv_diag_add(
                diag, "E-DEFINITION", lkv_node_place(item, "sections"),
                "an item of sections is one section, not %zu",
                lkv_node_size(item));
            lkv_message_fix(message, "write - NAME: {SETTING: VALUE}");
            sound = false;
            continue;
        }
        sections[i] = read_section(yaml, lkv_node_at(item, 0));
    }
    definition->sections = sections;
    definition->section_count = count;
    return sound;
}

lkv_definition *lkv_definition_read(const char *path, lkv_diag *diag)
{
    g_autoptr(lkv_definition) definition = g_new0(lkv_definition, 1);
    definition->text = g_new0(struct lkv_definition_text, 1);
    definition->text->yaml = lkv_yaml_new();
    lkv_yaml *yaml = definition->text->yaml;
    lkv_node *root = lkv_yaml_read(yaml, path, diag);
    if (!root) {
        return NULL;
    }
    fill_sections(yaml, root);
    lkv_schema schema = {keys, G_N_ELEMENTS(keys)};
    if (!lkv_schema_check(schema, yaml, root, diag) ||
        !read_sections(definition, root, diag)) {
        return NULL;
    }
    const char *whose = lkv_node_text(root, "for");
    definition->id = lkv_node_text(root, "report");
    definition->title = lkv_node_text(root, "title");
    definition->kind = g_strcmp0(whose, "each school") == 0
                           ? LKV_REPORT_SCHOOL
                           : LKV_REPORT_DISTRICT;
    return g_steal_pointer(&definition);
}

void lkv_definition_free(lkv_definition *definition)
{
    if (!definition) {
        return;
    }
    lkv_yaml_free(definition->text->yaml);
    g_free(definition->text);
    g_free(definition);
}

const char *const *lkv_section_setting(const lkv_section_spec *section,
                                       const char *name)
{
    for (size_t i = 0; i < section->setting_count; i++) {
        if (strcmp(section->settings[i].name, name) == 0) {
            return section->settings[i].values;
        }
    }
    return NULL;
}
