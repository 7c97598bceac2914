#include "study/columns.h"

#include <string.h>

#include "base/locale.h"
#include "study/schema.h"

typedef struct lkv_field_list {
    lkv_field *field;
    size_t count;
    GHashTable *headers; /* folded header to field */
} lkv_field_list;

struct lkv_fields {
    lkv_yaml *yaml;
    lkv_field_list table[LKV_TABLES];
};

static const char *const kind_ids[] = {
    [LKV_FIELD_PERSON] = "person",     [LKV_FIELD_CODE] = "code",
    [LKV_FIELD_YEAR] = "year",         [LKV_FIELD_STAGE_YEAR] = "stage_year",
    [LKV_FIELD_CATEGORY] = "category", [LKV_FIELD_NUMBER] = "number",
    [LKV_FIELD_DATE] = "date",         [LKV_FIELD_TEXT] = "text",
};

static const char *const table_ids[LKV_TABLES] = {
    [LKV_TABLE_SCHOOLS] = "schools",       [LKV_TABLE_PUPILS] = "pupils",
    [LKV_TABLE_GRADES] = "grades",         [LKV_TABLE_TESTS] = "tests",
    [LKV_TABLE_ATTAINMENT] = "attainment", [LKV_TABLE_FOLLOWUP] = "followup",
};

static const lkv_key keys[] = {
    {LKV_ROW("", NULL, "the fields of each table"), LKV_IS_NAMED,
     .words = (const char *const[]){"schools", "pupils", "grades", "tests",
                                    "attainment", "followup", NULL}},
    {LKV_ROW("TABLE", NULL, "fields by their id"), LKV_IS_NAMED,
     .identifiers = true},
    {LKV_ROW("TABLE.FIELD", NULL, "one field"), LKV_IS_MAP},
    {LKV_ROW("TABLE.FIELD.kind", NULL, "what its texts are"),
     LKV_IS_WORD("kind of field", "person", "code", "year", "stage_year",
                 "category", "number", "date", "text"),
     .required = true},
    {LKV_ROW("TABLE.FIELD.required", "no", "the table is nothing without it"),
     LKV_IS_YES_NO},
    {LKV_ROW("TABLE.FIELD.headers", NULL, "what school systems call it"),
     LKV_IS_TEXTS},
    {LKV_ROW("TABLE.FIELD.codes", NULL, "our codes, the reference first"),
     LKV_IS_NAMED, .identifiers = true},
    {LKV_ROW("TABLE.FIELD.codes.CODE", NULL, "what school systems write"),
     LKV_IS_TEXTS},
};

const char *lkv_table_id(lkv_table table)
{
    return table < LKV_TABLES ? table_ids[table] : NULL;
}

static const char **fold(lkv_yaml *yaml, const char *id,
                         const char *const *texts)
{
    size_t count = 0;
    while (texts && texts[count]) {
        count++;
    }
    const char **folded = g_new0(const char *, count + 2);
    for (size_t i = 0; i <= count; i++) {
        folded[i] = lkv_yaml_keep(yaml, lkv_text_fold(i ? texts[i - 1] : id));
    }
    return lkv_yaml_keep(yaml, folded);
}

static lkv_field_kind kind_of(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kind_ids); i++) {
        if (g_strcmp0(kind_ids[i], word) == 0) {
            return (lkv_field_kind)i;
        }
    }
    return LKV_FIELD_TEXT;
}

static void read_codes(lkv_yaml *yaml, const lkv_node *node, lkv_field *field)
{
    const lkv_node *codes = lkv_node_find(node, "codes");
    size_t count = codes ? lkv_node_size(codes) : 0;
    lkv_field_code *code = g_new0(lkv_field_code, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *id = lkv_node_at(codes, i)->key;
        const char *const *texts = lkv_node_texts(yaml, codes, id);
        code[i] = (lkv_field_code){id, fold(yaml, id, texts)};
    }
    field->codes = lkv_yaml_keep(yaml, code);
    field->code_count = count;
}

static bool refuse_twice(const lkv_node *node, const char *table,
                         const char *field, const char *text, lkv_diag *diag)
{
    g_autofree char *path = g_strdup_printf("%s.%s", table, field);
    lkv_diag_add(diag, "E-COLUMNS-TWICE", lkv_node_place(node, path),
                 "\"%s\" means two things in the table %s", text, table);
    return false;
}

/* The first text of CODE that another code has already, or NULL. */
static const char *text_taken(GHashTable *seen, const lkv_field_code *code)
{
    for (size_t i = 0; code->synonyms[i]; i++) {
        gpointer text = (gpointer)(uintptr_t)code->synonyms[i];
        const char *owner = g_hash_table_lookup(seen, text);
        if (owner && owner != code->code) {
            return text;
        }
        g_hash_table_insert(seen, text, (gpointer)(uintptr_t)code->code);
    }
    return NULL;
}

static bool check_codes(const lkv_node *node, const char *table,
                        const lkv_field *field, lkv_diag *diag)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < field->code_count; i++) {
        const char *taken = text_taken(seen, &field->codes[i]);
        if (taken) {
            return refuse_twice(node, table, field->id, taken, diag);
        }
    }
    return true;
}

static bool index_headers(lkv_field_list *list, const lkv_node *node,
                          const char *table, const lkv_field *field,
                          lkv_diag *diag)
{
    for (size_t i = 0; field->synonyms[i]; i++) {
        gpointer header = (gpointer)(uintptr_t)field->synonyms[i];
        const lkv_field *owner = g_hash_table_lookup(list->headers, header);
        if (owner && owner != field) {
            return refuse_twice(node, table, field->id, header, diag);
        }
        g_hash_table_insert(list->headers, header, (gpointer)(uintptr_t)field);
    }
    return true;
}

static bool read_table(lkv_yaml *yaml, lkv_field_list *list,
                       const lkv_node *node, const char *table, lkv_diag *diag)
{
    bool sound = true;
    list->count = node ? lkv_node_size(node) : 0;
    list->field = lkv_yaml_keep(yaml, g_new0(lkv_field, list->count + 1));
    list->headers = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < list->count; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        lkv_field *field = &list->field[i];
        field->id = entry->key;
        field->kind = kind_of(lkv_node_text(entry->value, "kind"));
        field->required = lkv_node_yes(entry->value, "required", false);
        field->synonyms = fold(yaml, field->id,
                               lkv_node_texts(yaml, entry->value, "headers"));
        read_codes(yaml, entry->value, field);
        sound = index_headers(list, entry->value, table, field, diag) &&
                check_codes(entry->value, table, field, diag) && sound;
    }
    return sound;
}

lkv_fields *lkv_fields_read(lkv_diag *diag)
{
    g_autofree char *folder = lkv_reports_folder();
    g_autofree char *path = g_build_filename(folder, "columns.yml", NULL);
    g_autoptr(lkv_fields) fields = g_new0(lkv_fields, 1);
    fields->yaml = lkv_yaml_new();
    lkv_node *root = lkv_yaml_read(fields->yaml, path, diag);
    lkv_schema schema = {keys, G_N_ELEMENTS(keys)};
    if (!root || !lkv_schema_check(schema, fields->yaml, root, diag)) {
        return NULL;
    }
    bool sound = true;
    for (lkv_table table = 0; table < LKV_TABLES; table++) {
        sound = read_table(fields->yaml, &fields->table[table],
                           lkv_node_find(root, table_ids[table]),
                           table_ids[table], diag) &&
                sound;
    }
    return sound ? g_steal_pointer(&fields) : NULL;
}

void lkv_fields_free(lkv_fields *fields)
{
    if (!fields) {
        return;
    }
    for (size_t i = 0; i < LKV_TABLES; i++) {
        if (fields->table[i].headers) {
            g_hash_table_destroy(fields->table[i].headers);
        }
    }
    lkv_yaml_free(fields->yaml);
    g_free(fields);
}

const lkv_field *lkv_fields_at(const lkv_fields *fields, lkv_table table,
                               size_t index)
{
    const lkv_field_list *list = &fields->table[table];
    return index < list->count ? &list->field[index] : NULL;
}

const lkv_field *lkv_fields_find(const lkv_fields *fields, lkv_table table,
                                 const char *id)
{
    const lkv_field_list *list = &fields->table[table];
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->field[i].id, id) == 0) {
            return &list->field[i];
        }
    }
    return NULL;
}

const lkv_field *lkv_fields_header(const lkv_fields *fields, lkv_table table,
                                   const char *header)
{
    g_autofree char *folded = lkv_text_fold(header);
    return folded ? g_hash_table_lookup(fields->table[table].headers, folded)
                  : NULL;
}

const char *lkv_field_code_of(const lkv_field *field, const char *text)
{
    g_autofree char *folded = lkv_text_fold(text);
    for (size_t i = 0; folded && i < field->code_count; i++) {
        if (g_strv_contains(field->codes[i].synonyms, folded)) {
            return field->codes[i].code;
        }
    }
    return NULL;
}
