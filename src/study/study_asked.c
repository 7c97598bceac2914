#include "study/study_read.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "study/schema.h"

static void fill_population(lkv_reader *reader)
{
    lkv_population_spec *spec = &reader->study->population;
    const lkv_node *node = lkv_node_find(reader->root, "population");
    const lkv_node *mean = lkv_node_find(node, "merit_mean");
    const char *date = lkv_node_text(node, "reference_date");
    const char *const *series = lkv_node_texts(reader->yaml, node, "series");
    spec->has_reference_date =
        date && lkv_date_read(date, &spec->reference_date);
    spec->release = g_strcmp0(lkv_node_text(node, "release"), "preliminary")
                        ? LKV_FINAL
                        : LKV_PRELIMINARY;
    spec->exclude_without_grades =
        g_strcmp0(lkv_node_text(node, "no_grades"), "exclude") == 0;
    spec->merit_of_all = g_strcmp0(lkv_node_text(mean, "headline"), "all") == 0;
    spec->series_without_new =
        series && g_strv_contains(series, "excl_new_and_unknown");
    spec->special_apart =
        g_strcmp0(lkv_node_text(node, "special_units"), "included") != 0;
}

static void fill_background(lkv_reader *reader)
{
    const lkv_node *node = lkv_node_find(reader->root, "background");
    size_t count = lkv_node_map_size(node);
    lkv_covariate_spec *specs =
        lkv_reader_keep(reader, g_new0(lkv_covariate_spec, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        specs[i] = (lkv_covariate_spec){
            .id = entry->key,
            .column = lkv_node_text(entry->value, "column"),
            .decimals = (int)lkv_node_whole(entry->value, "decimals", -1),
            .of_school =
                g_strcmp0(lkv_node_text(entry->value, "level"), "school") == 0,
            .turned = g_strcmp0(lkv_node_text(entry->value, "higher"),
                                "less_favourable") == 0,
            .on_request = lkv_node_yes(entry->value, "on_request", false),
            .place = {entry->value->file, entry->line, entry->column,
                      entry->key},
        };
        if (lkv_study_outcome(reader->study, entry->key)) {
            g_autofree char *what = g_strdup_printf(
                "\"%s\" is both an outcome and background", entry->key);
            lkv_reader_refuse(reader, entry->value, entry->key, "E-NAME-TWICE",
                              what);
        }
    }
    reader->study->background = specs;
    reader->study->background_count = count;
}

static void check_group(lkv_reader *reader, const lkv_node *item,
                        const lkv_group_spec *specs, size_t index)
{
    const lkv_group_spec *spec = &specs[index];
    for (size_t i = 1; i < spec->cuts; i++) {
        if (!(spec->cut[i - 1] < spec->cut[i])) {
            lkv_reader_refuse(reader, lkv_node_find(item, "cut"), "groups.cut",
                              "E-GROUP-CUT", "cuts must be in ascending order");
            break;
        }
    }
    for (size_t i = 0; spec->id && i < index; i++) {
        if (g_strcmp0(specs[i].id, spec->id) == 0) {
            g_autofree char *what =
                g_strdup_printf("two groups are called \"%s\"", spec->id);
            lkv_message *message =
                lkv_reader_refuse(reader, item, "groups", "E-NAME-TWICE", what);
            lkv_message_fix(message, "give one of them an id of its own");
        }
    }
    if (spec->id && !lkv_schema_is_identifier(spec->id)) {
        const lkv_node *stated = lkv_node_find(item, "id");
        g_autofree char *what =
            g_strdup_printf("\"%s\" cannot be a name here", spec->id);
        lkv_message *message = lkv_reader_refuse(
            reader, stated ? stated : lkv_node_find(item, "by"), "groups",
            "E-KEY-NAME", what);
        lkv_message_fix(message,
                        "name the column in inputs.pupils.columns, and use "
                        "that name here");
    }
}

static void fill_groups(lkv_reader *reader)
{
    const lkv_node *list = lkv_node_find(reader->root, "groups");
    size_t count = lkv_node_list_size(list);
    lkv_group_spec *specs =
        lkv_reader_keep(reader, g_new0(lkv_group_spec, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        const char *by = lkv_node_text(item, "by");
        const char *id = lkv_node_text(item, "id");
        specs[i] = (lkv_group_spec){
            .id = id ? id : by,
            .by = by,
            .reference = lkv_node_text(item, "reference"),
            .of_school = g_strcmp0(lkv_node_text(item, "level"), "school") == 0,
            .label = lkv_reader_label(reader, item),
            .place = lkv_node_place(item, "groups"),
        };
        specs[i].cut = lkv_reader_numbers(reader, item, "cut", &specs[i].cuts);
        check_group(reader, item, specs, i);
    }
    reader->study->groups = specs;
    reader->study->group_count = count;
}

static void check_given(lkv_reader *reader, const lkv_node *item,
                        const lkv_measure_spec *spec)
{
    const lkv_study *study = reader->study;
    g_autofree const char **known =
        g_new0(const char *, study->background_count + 1);
    for (size_t i = 0; i < study->background_count; i++) {
        known[i] = study->background[i].id;
    }
    for (size_t i = 0; spec->given && spec->given[i]; i++) {
        if (!g_strv_contains(known, spec->given[i])) {
            g_autofree char *what = g_strdup_printf(
                "\"%s\" is no covariate of background", spec->given[i]);
            lkv_reader_suggest(
                lkv_reader_refuse(reader, lkv_node_find(item, "given"),
                                  "measures.given", "E-VALUE-WORD", what),
                spec->given[i], known);
        }
    }
}

static void fill_measures(lkv_reader *reader)
{
    const lkv_node *list = lkv_node_find(reader->root, "measures");
    size_t count = lkv_node_list_size(list);
    lkv_measure_spec *specs =
        lkv_reader_keep(reader, g_new0(lkv_measure_spec, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        specs[i] = (lkv_measure_spec){
            .measure = lkv_node_text(item, "measure"),
            .of = lkv_node_text(item, "of"),
            .between = lkv_node_text(item, "between"),
            .given = lkv_node_texts(reader->yaml, item, "given"),
            .place = lkv_node_place(item, "measures"),
        };
        check_given(reader, item, &specs[i]);
    }
    reader->study->measures = specs;
    reader->study->measure_count = count;
}

static void fill_sensitivity(lkv_reader *reader)
{
    const lkv_node *node = lkv_node_find(reader->root, "sensitivity");
    reader->study->sensitivity = (lkv_sensitivity_spec){
        .compute = lkv_node_yes(node, "compute", false),
        .choices = lkv_node_texts(reader->yaml, node, "choices"),
    };
}

void lkv_study_fill_asked(lkv_reader *reader)
{
    lkv_study_fill_goals(reader);
    fill_population(reader);
    lkv_study_fill_outcomes(reader);
    fill_background(reader);
    fill_groups(reader);
    fill_measures(reader);
    fill_sensitivity(reader);
}
