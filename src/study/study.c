#include "study/study.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/nearest.h"
#include "study/folder.h"
#include "study/study_keys.h"
#include "study/study_read.h"

lkv_message *lkv_reader_refuse(lkv_reader *reader, const lkv_node *node,
                               const char *field, const char *code,
                               const char *what)
{
    reader->sound = false;
    return lkv_diag_add(reader->diag, code, lkv_node_place(node, field), "%s",
                        what);
}

void *lkv_reader_keep(lkv_reader *reader, void *block)
{
    return lkv_yaml_keep(reader->yaml, block);
}

double *lkv_reader_numbers(lkv_reader *reader, const lkv_node *map,
                           const char *key, size_t *count)
{
    const char *const *texts = lkv_node_texts(reader->yaml, map, key);
    size_t size = 0;
    while (texts && texts[size]) {
        size++;
    }
    *count = size;
    if (size == 0) {
        return NULL;
    }
    double *numbers = lkv_reader_keep(reader, g_new0(double, size));
    for (size_t i = 0; i < size; i++) {
        lkv_text_real(texts[i], &numbers[i]);
    }
    return numbers;
}

const char *lkv_reader_path(lkv_reader *reader, const lkv_node *node)
{
    const char *path = node->text;
    char *seen = NULL;
    if (g_str_has_prefix(path, "~/")) {
        seen = g_build_filename(g_get_home_dir(), path + 2, NULL);
    } else if (node->set) {
        seen = g_strdup(path);
    } else {
        seen = lkv_path_beside(reader->study->path, path);
    }
    return lkv_reader_keep(reader, seen);
}

void lkv_reader_suggest(lkv_message *message, const char *word,
                        const char *const *words)
{
    const char *near = lkv_word_nearest(word, words);
    if (near) {
        lkv_message_fix(message, "did you mean \"%s\"?", near);
        return;
    }
    GString *all = g_string_new(NULL);
    for (size_t i = 0; words[i]; i++) {
        g_string_append_printf(all, "%s%s", i ? ", " : "", words[i]);
    }
    lkv_message_fix(message, "known: %s", all->len ? all->str : "none");
    g_string_free(all, TRUE);
}

lkv_label lkv_reader_label(lkv_reader *reader, const lkv_node *map)
{
    const lkv_node *node = lkv_node_find(map, "label");
    if (!node || node->kind != LKV_NODE_MAP) {
        return (lkv_label){0};
    }
    size_t size = lkv_node_size(node);
    const char **language = g_new0(const char *, size + 1);
    const char **text = g_new0(const char *, size + 1);
    lkv_label label = {0, lkv_reader_keep(reader, language),
                       lkv_reader_keep(reader, text)};
    for (size_t i = 0; i < size; i++) {
        const char *id = lkv_node_at(node, i)->key;
        if (lkv_node_text(node, id)) {
            language[label.count] = id;
            text[label.count++] = lkv_node_text(node, id);
        }
    }
    return label;
}

static bool has_input(const lkv_study *study, lkv_table table)
{
    for (size_t i = 0; i < study->inputs.count; i++) {
        if (study->inputs.input[i].table == table) {
            return true;
        }
    }
    return false;
}

static void add_default(lkv_reader *reader, const char *key, const char *text)
{
    lkv_node *node = lkv_yaml_node(reader->yaml, LKV_NODE_TEXT);
    node->text = lkv_yaml_text(reader->yaml, text);
    node->file = reader->root->file;
    lkv_node_put(reader->root, (lkv_entry){key, 0, 0, node});
}

/* Sweden's rules where nothing else is said and there is something to rule. */
static const char *default_rules(lkv_reader *reader)
{
    const lkv_study *study = reader->study;
    bool swedish = !study->country || strcmp(study->country, "SE") == 0;
    bool ruled = has_input(study, LKV_TABLE_GRADES) ||
                 has_input(study, LKV_TABLE_ATTAINMENT);
    if (!swedish || !ruled) {
        return NULL;
    }
    add_default(reader, "rules", "se-2011");
    return "se-2011";
}

static const char *stated_rules(lkv_reader *reader, const lkv_node *node)
{
    bool none = !node->quoted && strcmp(node->text, "none") == 0;
    if (none || lkv_node_is_null(node)) {
        return NULL;
    }
    if (strchr(node->text, '/') || g_str_has_suffix(node->text, ".yml")) {
        return lkv_reader_path(reader, node);
    }
    g_autofree char *file = lkv_reports_file("rules", node->text);
    if (!file) {
        g_auto(GStrv) names = lkv_reports_names("rules");
        g_autofree char *what =
            g_strdup_printf("there are no rules \"%s\"", node->text);
        lkv_reader_suggest(
            lkv_reader_refuse(reader, node, "rules", "E-RULES-UNKNOWN", what),
            node->text, (const char *const *)names);
    }
    return node->text;
}

static void fill_rules(lkv_reader *reader)
{
    lkv_study *study = reader->study;
    const lkv_node *node = lkv_node_find(reader->root, "rules");
    if (node && node->kind == LKV_NODE_TEXT) {
        study->rules = stated_rules(reader, node);
    } else if (!node) {
        study->rules = default_rules(reader);
    }
    if (has_input(study, LKV_TABLE_GRADES) && !study->rules) {
        lkv_message *message = lkv_reader_refuse(
            reader, node ? node : reader->root, "rules", "E-RULES-NEEDED",
            "grades are given, but no rules to read them by");
        g_auto(GStrv) names = lkv_reports_names("rules");
        g_autofree char *all = g_strjoinv(", ", names);
        lkv_message_fix(message,
                        "say rules: one of %s, or the path of a "
                        "rule file",
                        all);
    }
}

static void fill_district(lkv_reader *reader)
{
    lkv_study *study = reader->study;
    const lkv_node *district = lkv_node_find(reader->root, "district");
    study->district_name = lkv_node_text(district, "name");
    study->district_id = lkv_node_text(district, "id");
    const char *country = lkv_node_text(district, "country");
    if (!country) {
        return;
    }
    if (strlen(country) != 2 || !g_ascii_isalpha(country[0]) ||
        !g_ascii_isalpha(country[1])) {
        lkv_message *message = lkv_reader_refuse(
            reader, lkv_node_find(district, "country"), "district.country",
            "E-VALUE-KIND", "a country is two letters");
        lkv_message_fix(message, "write SE for Sweden (ISO 3166)");
        return;
    }
    study->country = lkv_reader_keep(reader, g_ascii_strup(country, -1));
}

static void fill_numbers(lkv_reader *reader)
{
    lkv_study *study = reader->study;
    const lkv_node *root = reader->root;
    study->year = (int)lkv_node_whole(root, "year", 0);
    if (!lkv_node_find(root, "seed")) {
        g_autofree char *seed = g_strdup_printf("%d", study->year);
        add_default(reader, "seed", seed);
    }
    study->seed = (uint64_t)lkv_node_whole(root, "seed", study->year);
    study->replicates = (unsigned)lkv_node_whole(root, "replicates", 999);
    study->confidence = lkv_node_real(root, "confidence", 0.95);
    study->jobs = (unsigned)lkv_node_whole(root, "jobs", 0);
}

static void fill_ledger(lkv_reader *reader)
{
    const lkv_node *node = lkv_node_find(reader->root, "ledger");
    if (!node || node->kind != LKV_NODE_LIST) {
        return;
    }
    size_t size = lkv_node_size(node);
    const char **folders = g_new0(const char *, size + 1);
    for (size_t i = 0; i < size; i++) {
        folders[i] = lkv_reader_path(reader, lkv_node_at(node, i)->value);
    }
    reader->study->ledger = lkv_reader_keep(reader, folders);
}

static lkv_study *read_study(const char *path, const char *const *sets,
                             bool inputs, lkv_diag *diag)
{
    g_autoptr(lkv_study) study = g_new0(lkv_study, 1);
    study->text = g_new0(struct lkv_study_text, 1);
    study->text->yaml = lkv_yaml_new();
    lkv_yaml *yaml = study->text->yaml;
    study->path = lkv_yaml_text(yaml, path);
    lkv_node *root = lkv_yaml_read(yaml, path, diag);
    if (!root) {
        return NULL;
    }
    study->text->root = root;
    lkv_schema schema = lkv_study_schema();
    lkv_reader reader = {.study = study,
                         .yaml = yaml,
                         .root = root,
                         .diag = diag,
                         .sound = true};
    reader.sound = lkv_schema_unalias(schema, yaml, root, diag);
    for (size_t i = 0; sets && sets[i]; i++) {
        reader.sound =
            lkv_schema_set(schema, yaml, root, sets[i], diag) && reader.sound;
    }
    reader.sound = lkv_schema_check(schema, yaml, root, diag) && reader.sound;
    if (root->kind != LKV_NODE_MAP) {
        return NULL;
    }
    fill_district(&reader);
    fill_numbers(&reader);
    fill_ledger(&reader);
    if (inputs) {
        lkv_study_fill_inputs(&reader);
    }
    fill_rules(&reader);
    lkv_study_fill_asked(&reader);
    lkv_study_fill_shown(&reader);
    return reader.sound ? g_steal_pointer(&study) : NULL;
}

lkv_study *lkv_study_read(const char *path, const char *const *sets,
                          lkv_diag *diag)
{
    return read_study(path, sets, true, diag);
}

lkv_study *lkv_study_read_finished(const char *path, const char *const *sets,
                                   lkv_diag *diag)
{
    return read_study(path, sets, false, diag);
}

void lkv_study_free(lkv_study *study)
{
    if (!study) {
        return;
    }
    lkv_yaml_free(study->text->yaml);
    g_free(study->text);
    g_free(study);
}

char *lkv_study_text_resolved(const lkv_study *study)
{
    return lkv_schema_text(lkv_study_schema(), study->text->root, true);
}

char *lkv_study_text_settings(const lkv_study *study)
{
    return lkv_schema_text(lkv_study_schema(), study->text->root, false);
}
