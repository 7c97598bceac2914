#include "study/study_read.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "study/schema.h"

enum { OFFICIAL_DECIMALS = 3 };

static size_t map_size(const lkv_node *node)
{
    return node && node->kind == LKV_NODE_MAP ? lkv_node_size(node) : 0;
}

static size_t list_size(const lkv_node *node)
{
    return node && node->kind == LKV_NODE_LIST ? lkv_node_size(node) : 0;
}

/* Numbers of the list KEY of MAP, kept; NULL without it. */
static double *read_numbers(lkv_reader *reader, const lkv_node *map,
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

static lkv_message *refuse_outcome(lkv_reader *reader, const lkv_node *node,
                                   const char *id, const char *what)
{
    g_autofree char *field = g_strconcat("outcomes.", id, NULL);
    return lkv_reader_refuse(reader, node, field, "E-OUTCOME", what);
}

static const lkv_outcome_spec *outcome_named(const lkv_study *study,
                                             const char *id)
{
    for (size_t i = 0; i < study->outcome_count; i++) {
        if (strcmp(study->outcomes[i].id, id) == 0) {
            return &study->outcomes[i];
        }
    }
    return NULL;
}

static void refuse_of(lkv_reader *reader, const lkv_node *place,
                      const lkv_outcome_spec *spec)
{
    const lkv_study *study = reader->study;
    g_autofree const char **known =
        g_new0(const char *, study->outcome_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < study->outcome_count; i++) {
        if (study->outcomes[i].kind == LKV_POINTS) {
            known[count++] = study->outcomes[i].id;
        }
    }
    g_autofree char *what =
        g_strdup_printf("there is no outcome \"%s\" here", spec->of);
    lkv_reader_suggest(refuse_outcome(reader, place, spec->id, what), spec->of,
                       known);
}

static void check_of(lkv_reader *reader, const lkv_node *node,
                     const lkv_outcome_spec *spec)
{
    const lkv_outcome_spec *of = outcome_named(reader->study, spec->of);
    const lkv_node *place = lkv_node_find(node, "of");
    if (!of) {
        refuse_of(reader, place, spec);
    } else if (of->kind != LKV_POINTS || of->of) {
        g_autofree char *what =
            g_strdup_printf("\"%s\" is no outcome of points", spec->of);
        refuse_outcome(reader, place, spec->id, what);
    }
}

static void check_outcome(lkv_reader *reader, const lkv_node *node,
                          const lkv_outcome_spec *spec)
{
    bool bounded = lkv_node_find(node, "at_least") != NULL;
    if ((spec->column != NULL) == (spec->of != NULL)) {
        lkv_message *message = refuse_outcome(
            reader, node, spec->id,
            spec->of ? "an outcome has a column or is of another, not both"
                     : "an outcome needs a column, or of and at_least");
        lkv_message_fix(message, "write %s: {column: HEADER, kind: points}",
                        spec->id);
        return;
    }
    if (bounded != (spec->of != NULL)) {
        refuse_outcome(reader, node, spec->id,
                       "of and at_least go together: of: OUTCOME, at_least: "
                       "NUMBER");
        return;
    }
    if (spec->of && spec->kind == LKV_POINTS) {
        refuse_outcome(reader, node, spec->id,
                       "what reaches at_least is a share, not points");
    }
    if (spec->of) {
        check_of(reader, node, spec);
    }
    const lkv_node *scale = lkv_node_find(node, "scale");
    if (!scale || scale->bad) {
        return;
    }
    if (spec->kind != LKV_POINTS) {
        refuse_outcome(reader, scale, spec->id, "a share has no scale");
    } else if (!(spec->least < spec->most)) {
        refuse_outcome(reader, scale, spec->id,
                       "a scale goes from its least to its most value");
    }
}

static lkv_outcome_spec read_outcome(lkv_reader *reader, const lkv_entry *entry)
{
    const lkv_node *node = entry->value;
    const char *kind = lkv_node_text(node, "kind");
    lkv_outcome_spec spec = {
        .id = entry->key,
        .column = lkv_node_text(node, "column"),
        .of = lkv_node_text(node, "of"),
        .at_least = lkv_node_real(node, "at_least", 0),
        .decimals = (int)lkv_node_whole(node, "decimals", -1),
        .sensitive = lkv_node_yes(node, "sensitive", false),
        .label = lkv_reader_label(reader, node),
        .place = {node->file, entry->line, entry->column, entry->key},
    };
    bool share = kind ? strcmp(kind, "share") == 0 : spec.of != NULL;
    spec.kind = share ? LKV_YES_NO : LKV_POINTS;
    size_t count = 0;
    const double *scale = read_numbers(reader, node, "scale", &count);
    if (count == 2) {
        spec.least = scale[0];
        spec.most = scale[1];
    }
    return spec;
}

static void fill_outcomes(lkv_reader *reader)
{
    const lkv_node *node = lkv_node_find(reader->root, "outcomes");
    size_t count = map_size(node);
    lkv_outcome_spec *specs =
        lkv_reader_keep(reader, g_new0(lkv_outcome_spec, count + 1));
    for (size_t i = 0; i < count; i++) {
        specs[i] = read_outcome(reader, lkv_node_at(node, i));
    }
    reader->study->outcomes = specs;
    reader->study->outcome_count = count;
    for (size_t i = 0; i < count; i++) {
        const lkv_node *value = lkv_node_at(node, i)->value;
        if (!value->bad && value->kind == LKV_NODE_MAP) {
            check_outcome(reader, value, &specs[i]);
        }
    }
}

static void fill_background(lkv_reader *reader)
{
    const lkv_node *node = lkv_node_find(reader->root, "background");
    size_t count = map_size(node);
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
            .on_request = lkv_node_yes(entry->value, "on_request", false),
            .place = {entry->value->file, entry->line, entry->column,
                      entry->key},
        };
        if (outcome_named(reader->study, entry->key)) {
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
    size_t count = list_size(list);
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
        specs[i].cut = read_numbers(reader, item, "cut", &specs[i].cuts);
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
    size_t count = list_size(list);
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

static void fill_targets(lkv_reader *reader)
{
    const lkv_node *list = lkv_node_find(reader->root, "targets");
    size_t count = list_size(list);
    lkv_target_spec *specs =
        lkv_reader_keep(reader, g_new0(lkv_target_spec, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        specs[i] = (lkv_target_spec){
            .indicator = lkv_node_text(item, "indicator"),
            .group = lkv_node_text(item, "group"),
            .level = lkv_node_whole(item, "level", 0),
            .year = (int)lkv_node_whole(item, "year", reader->study->year),
            .place = lkv_node_place(item, "targets"),
        };
    }
    reader->study->targets = specs;
    reader->study->target_count = count;
}

static lkv_official_spec read_official(lkv_reader *reader, const lkv_node *item)
{
    const lkv_node *node = lkv_node_find(item, "value");
    const char *text = lkv_node_text(item, "value");
    lkv_official_spec spec = {
        .about = {.indicator = lkv_node_text(item, "indicator"),
                  .level = LKV_NO_LEVEL,
                  .year = reader->study->year,
                  .place = lkv_node_place(item, "official")},
        .pupils = lkv_node_whole(item, "pupils", 0),
        .source = lkv_node_text(item, "source")};
    if (text && !node->bad &&
        (lkv_decimal_read(text, strlen(text), '.', &spec.value) !=
             LKV_DECIMAL_OK ||
         spec.value.decimals > OFFICIAL_DECIMALS)) {
        lkv_reader_refuse(reader, node, "official.value", "E-VALUE-KIND",
                          "an official figure is a number of at most three "
                          "decimals, such as 78.9");
    }
    return spec;
}

static void fill_officials(lkv_reader *reader)
{
    const lkv_node *list = lkv_node_find(reader->root, "official");
    size_t count = list_size(list);
    lkv_official_spec *specs =
        lkv_reader_keep(reader, g_new0(lkv_official_spec, count + 1));
    for (size_t i = 0; i < count; i++) {
        specs[i] = read_official(reader, lkv_node_at(list, i)->value);
    }
    reader->study->officials = specs;
    reader->study->official_count = count;
}

void lkv_study_fill_asked(lkv_reader *reader)
{
    fill_targets(reader);
    fill_officials(reader);
    fill_population(reader);
    fill_outcomes(reader);
    fill_background(reader);
    fill_groups(reader);
    fill_measures(reader);
    fill_sensitivity(reader);
}
