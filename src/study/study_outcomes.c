/* Outcomes that a study declares beside those of the rules. */
#include "study/study_read.h"

#include <string.h>

static lkv_message *refuse_outcome(lkv_reader *reader, const lkv_node *node,
                                   const char *id, const char *what)
{
    g_autofree char *field = g_strconcat("outcomes.", id, NULL);
    return lkv_reader_refuse(reader, node, field, "E-OUTCOME", what);
}

const lkv_outcome_spec *lkv_study_outcome(const lkv_study *study,
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
    const lkv_outcome_spec *of = lkv_study_outcome(reader->study, spec->of);
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
    spec.least_change =
        lkv_node_real(node, "least_change", share ? LKV_CHANGE_SHARE : 0);
    size_t count = 0;
    const double *scale = lkv_reader_numbers(reader, node, "scale", &count);
    if (count == 2) {
        spec.least = scale[0];
        spec.most = scale[1];
    }
    return spec;
}

void lkv_study_fill_outcomes(lkv_reader *reader)
{
    const lkv_node *node = lkv_node_find(reader->root, "outcomes");
    size_t count = lkv_node_map_size(node);
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
