#include "study/study_read.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/nearest.h"
#include "study/columns.h"

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_fitting(GPtrArray *files, const char *pattern)
{
    glob_t found = {0};
    if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            g_ptr_array_add(files, g_strdup(found.gl_pathv[i]));
        }
    }
    globfree(&found);
}

/* Files that fit PATTERN, sorted by bytes; PATTERN itself if it exists. */
static char **files_of(const char *pattern)
{
    GPtrArray *files = g_ptr_array_new();
    if (g_file_test(pattern, G_FILE_TEST_EXISTS)) {
        g_ptr_array_add(files, g_strdup(pattern));
    } else if (strpbrk(pattern, "*?[")) {
        add_fitting(files, pattern);
    }
    g_ptr_array_sort(files, compare_paths);
    g_ptr_array_add(files, NULL);
    return (char **)g_ptr_array_free(files, FALSE);
}

/* A file beside the missing one that is spelled nearly like it. */
static void suggest_file(lkv_message *message, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    if (!dir) {
        lkv_message_fix(message, "there is no folder \"%s\"", folder);
        return;
    }
    const char *name = NULL;
    while ((name = g_dir_read_name(dir))) {
        g_ptr_array_add(names, g_strdup(name));
    }
    g_dir_close(dir);
    g_ptr_array_sort(names, compare_paths);
    g_ptr_array_add(names, NULL);
    const char *near = lkv_word_nearest(lkv_path_name(path),
                                        (const char *const *)names->pdata);
    if (near) {
        lkv_message_fix(message, "did you mean \"%s\"?", near);
    } else {
        bool beside = strcmp(folder, ".") == 0;
        g_autofree char *place = beside
                                     ? g_strdup("beside the study")
                                     : g_strdup_printf("into \"%s\"", folder);
        lkv_message_fix(message, "put it %s, or mend the path", place);
    }
}

static void refuse_missing(lkv_reader *reader, const lkv_node *node,
                           const char *field, const char *path)
{
    bool pattern = strpbrk(node->text, "*?[") != NULL;
    g_autofree char *what = g_strdup_printf(
        pattern ? "no file fits \"%s\"" : "the file \"%s\" does not exist",
        node->text);
    lkv_message *message =
        lkv_reader_refuse(reader, node, field, "E-INPUT-MISSING", what);
    if (strcmp(path, node->text) != 0) {
        lkv_message_why(message, "looked for %s", path);
    }
    if (pattern) {
        lkv_message_fix(message, "mend the pattern, or put the files there");
    } else {
        suggest_file(message, path);
    }
}

static lkv_column_map *read_maps(lkv_reader *reader, const lkv_node *node,
                                 size_t *count)
{
    size_t size = lkv_node_map_size(node);
    lkv_column_map *maps = g_new0(lkv_column_map, size + 1);
    *count = 0;
    for (size_t i = 0; i < size; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        const lkv_node *value = entry->value;
        if (value->kind != LKV_NODE_TEXT) {
            continue;
        }
        bool none = lkv_node_is_null(value) ||
                    (!value->quoted && strcmp(value->text, "none") == 0);
        maps[(*count)++] =
            (lkv_column_map){entry->key, none ? NULL : value->text,
                             lkv_node_place(value, entry->key)};
    }
    return lkv_reader_keep(reader, maps);
}

/* Refuses a text of MAP that stands for another code of its field already. */
static void check_code(lkv_reader *reader, const lkv_node *codes,
                       const lkv_code_map *map, const GArray *maps)
{
    for (guint i = 0; i < maps->len; i++) {
        const lkv_code_map *other = &g_array_index(maps, lkv_code_map, i);
        if (strcmp(other->field, map->field) != 0 ||
            strcmp(other->text, map->text) != 0 ||
            strcmp(other->code, map->code) == 0) {
            continue;
        }
        g_autofree char *what =
            g_strdup_printf("\"%s\" of %s means both %s and %s", map->text,
                            map->field, other->code, map->code);
        lkv_message_fix(lkv_reader_refuse(reader,
                                          lkv_node_find(codes, map->code),
                                          map->field, "E-CODE-TWICE", what),
                        "leave it under one of them");
    }
}

/* The codes of FIELD: theirs in the value, ours the key. */
static void add_codes(lkv_reader *reader, const lkv_entry *field,
                      const char *code, GArray *maps)
{
    const char *const *texts = lkv_node_texts(reader->yaml, field->value, code);
    for (size_t i = 0; texts && texts[i]; i++) {
        lkv_code_map map = {field->key, texts[i], code};
        check_code(reader, field->value, &map, maps);
        g_array_append_val(maps, map);
    }
}

static void read_codes(lkv_reader *reader, const lkv_node *item,
                       lkv_input *input)
{
    GArray *maps = g_array_new(TRUE, TRUE, sizeof(lkv_code_map));
    const lkv_node *fields = lkv_node_find(item, "codes");
    for (size_t i = 0; i < lkv_node_map_size(fields); i++) {
        const lkv_entry *field = lkv_node_at(fields, i);
        for (size_t j = 0; j < lkv_node_map_size(field->value); j++) {
            add_codes(reader, field, lkv_node_at(field->value, j)->key, maps);
        }
    }
    input->code_count = maps->len;
    input->codes = lkv_reader_keep(reader, g_array_free(maps, FALSE));
}

static void read_where(lkv_reader *reader, const lkv_node *item,
                       lkv_input *input)
{
    const lkv_node *node = lkv_node_find(item, "where");
    size_t size = lkv_node_map_size(node);
    lkv_row_filter *filters = g_new0(lkv_row_filter, size + 1);
    for (size_t i = 0; i < size; i++) {
        const char *field = lkv_node_at(node, i)->key;
        const char *const *texts = lkv_node_texts(reader->yaml, node, field);
        if (texts) {
            filters[input->where_count++] = (lkv_row_filter){field, texts};
        }
    }
    input->where = lkv_reader_keep(reader, filters);
}

static char delimiter_of(const char *word)
{
    if (!word) {
        return 0;
    }
    return strcmp(word, "tab") == 0 ? '\t' : *word;
}

static const char *encoding_of(const char *word)
{
    bool latin = word && strcmp(word, "iso-8859-1") == 0;
    return latin ? "windows-1252" : word;
}

static lkv_shape shape_of(const char *word)
{
    if (!word) {
        return LKV_SHAPE_FOUND;
    }
    return strcmp(word, "long") == 0 ? LKV_SHAPE_LONG : LKV_SHAPE_WIDE;
}

static lkv_input read_input(lkv_reader *reader, lkv_table table,
                            const lkv_node *item)
{
    const char *decimal = lkv_node_text(item, "decimal");
    lkv_input input = {
        .table = table,
        .year = (int)lkv_node_whole(item, "year", 0),
        .delimiter = delimiter_of(lkv_node_text(item, "delimiter")),
        .decimal = decimal ? *decimal : 0,
        .encoding = encoding_of(lkv_node_text(item, "encoding")),
        .shape = shape_of(lkv_node_text(item, "shape")),
        .skip = (unsigned)lkv_node_whole(item, "skip", 0),
        .skip_last = (unsigned)lkv_node_whole(item, "skip_last", 0),
        .missing = lkv_node_texts(reader->yaml, item, "missing"),
    };
    input.columns =
        read_maps(reader, lkv_node_find(item, "columns"), &input.column_count);
    input.subjects = read_maps(reader, lkv_node_find(item, "subjects"),
                               &input.subject_count);
    read_codes(reader, item, &input);
    read_where(reader, item, &input);
    for (size_t i = 0; i < input.column_count; i++) {
        input.rows_are_pupils =
            input.rows_are_pupils ||
            (table == LKV_TABLE_PUPILS && !input.columns[i].header &&
             strcmp(input.columns[i].field, "pupil_id") == 0);
    }
    return input;
}

static bool same_file(const char *a, const char *b)
{
    struct stat one, two;
    return strcmp(a, b) == 0 ||
           (stat(a, &one) == 0 && stat(b, &two) == 0 &&
            one.st_dev == two.st_dev && one.st_ino == two.st_ino);
}

/* Whether PATH is an input of TABLE already, by this name or another. */
static bool taken(const GArray *inputs, lkv_table table, const char *path)
{
    for (guint i = 0; i < inputs->len; i++) {
        const lkv_input *one = &g_array_index(inputs, lkv_input, i);
        if (one->table == table && same_file(one->path, path)) {
            return true;
        }
    }
    return false;
}

static void add_file(lkv_reader *reader, GArray *inputs, lkv_input input,
                     const lkv_node *node)
{
    const char *field = input.place.field;
    if (g_file_test(input.path, G_FILE_TEST_IS_DIR)) {
        g_autofree char *what =
            g_strdup_printf("\"%s\" is a folder, not a file", input.path);
        lkv_message *message =
            lkv_reader_refuse(reader, node, field, "E-INPUT-MISSING", what);
        lkv_message_fix(message, "for all files in it write %s/*.csv",
                        node->text);
        return;
    }
    if (taken(inputs, input.table, input.path)) {
        g_autofree char *what =
            g_strdup_printf("the file \"%s\" is named twice", input.name);
        lkv_message *message =
            lkv_reader_refuse(reader, node, field, "E-INPUT-TWICE", what);
        lkv_message_fix(message, "name it once");
        return;
    }
    g_array_append_val(inputs, input);
}

static void add_item(lkv_reader *reader, GArray *inputs, lkv_table table,
                     const lkv_node *item)
{
    const lkv_node *node = lkv_node_find(item, "path");
    if (!node || node->bad || node->kind != LKV_NODE_TEXT ||
        lkv_node_is_null(node)) {
        return;
    }
    g_autofree char *dotted =
        g_strdup_printf("inputs.%s.path", lkv_table_id(table));
    const char *field = lkv_yaml_text(reader->yaml, dotted);
    const char *pattern = lkv_reader_path(reader, node);
    g_auto(GStrv) files = files_of(pattern);
    if (!files[0]) {
        refuse_missing(reader, node, field, pattern);
        return;
    }
    lkv_input input = read_input(reader, table, item);
    input.place = lkv_node_place(node, field);
    for (size_t i = 0; files[i]; i++) {
        input.path = lkv_yaml_text(reader->yaml, files[i]);
        input.name = lkv_path_name(input.path);
        add_file(reader, inputs, input, node);
    }
}

static void fill_limits(lkv_reader *reader)
{
    lkv_inputs *inputs = &reader->study->inputs;
    const lkv_node *most = lkv_node_find(reader->root, "max_rejected");
    const char *ids = lkv_node_text(reader->root, "personal_numbers");
    inputs->rejected_rows = lkv_node_whole(most, "rows", 10);
    inputs->rejected_share = lkv_node_real(most, "share", 0.01);
    inputs->personal_numbers =
        g_strcmp0(ids, "keyed") == 0 ? LKV_IDS_KEYED : LKV_IDS_REFUSE;
}

void lkv_study_fill_inputs(lkv_reader *reader)
{
    GArray *inputs = g_array_new(TRUE, TRUE, sizeof(lkv_input));
    const lkv_node *tables = lkv_node_find(reader->root, "inputs");
    for (lkv_table table = 0; table < LKV_TABLES; table++) {
        const lkv_node *list = lkv_node_find(tables, lkv_table_id(table));
        size_t size = lkv_node_list_size(list);
        for (size_t i = 0; i < size; i++) {
            add_item(reader, inputs, table, lkv_node_at(list, i)->value);
        }
    }
    if (!lkv_node_find(tables, "pupils")) {
        lkv_message *message = lkv_reader_refuse(
            reader, tables ? tables : reader->root, "inputs.pupils",
            "E-KEY-MISSING", "\"pupils\" is missing");
        lkv_message_why(message, "the figures are about the pupils' table");
        lkv_message_fix(message, "add pupils: FILE.csv");
    }
    reader->study->inputs.count = inputs->len;
    reader->study->inputs.input =
        lkv_reader_keep(reader, g_array_free(inputs, FALSE));
    fill_limits(reader);
}
