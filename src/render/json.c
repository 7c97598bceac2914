/* results.json: the whole release, for programs and to be read back. Written
 * by hand: the order of keys and the digits are the format.
 */
#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "render/render.h"

static void write_text(GString *out, const char *text)
{
    if (!text) {
        g_string_append(out, "null");
        return;
    }
    g_string_append_c(out, '"');
    for (const char *at = text; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '"' || byte == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *at);
        } else if (byte < 0x20) {
            g_string_append_printf(out, "\\u%04x", byte);
        } else {
            g_string_append_c(out, *at);
        }
    }
    g_string_append_c(out, '"');
}

/* "KEY": with a comma before it unless it is the first of its object. */
static void write_key(GString *out, const char *key)
{
    char last = out->str[out->len - 1];
    if (last != '{') {
        g_string_append_c(out, ',');
    }
    write_text(out, key);
    g_string_append_c(out, ':');
}

static void write_word(GString *out, const char *key, const char *text)
{
    write_key(out, key);
    write_text(out, text);
}

static void write_whole(GString *out, const char *key, int64_t value)
{
    write_key(out, key);
    g_string_append_printf(out, "%" PRId64, value);
}

static void write_truth(GString *out, const char *key, bool value)
{
    write_key(out, key);
    g_string_append(out, value ? "true" : "false");
}

/* A number of a table, or null for LKV_NO_VALUE. */
static void write_number(GString *out, uint16_t number)
{
    if (number == LKV_NO_VALUE) {
        g_string_append(out, "null");
    } else {
        g_string_append_printf(out, "%u", (unsigned)number);
    }
}

/* Parts LIST's items: a comma before all but the first. */
static void part(GString *out, size_t index)
{
    g_string_append(out, index > 0 ? ",\n" : "\n");
}

static void write_label(GString *out, const lkv_label *label)
{
    write_key(out, "label");
    g_string_append_c(out, '{');
    for (size_t i = 0; i < label->count; i++) {
        write_word(out, label->language[i], label->text[i]);
    }
    g_string_append_c(out, '}');
}

static void write_axis(GString *out, const lkv_cube *cube, lkv_axis axis)
{
    g_string_append_c(out, '{');
    write_word(out, "id", lkv_cube_axis_id(cube, axis));
    write_key(out, "leaves");
    g_string_append_c(out, '[');
    size_t leaves = lkv_cube_leaves(cube, axis);
    for (size_t i = 0; i < leaves; i++) {
        g_string_append(out, i > 0 ? "," : "");
        write_text(out, lkv_cube_value_id(cube, (lkv_term){axis, (uint16_t)i}));
    }
    g_string_append_c(out, ']');
    write_key(out, "groups");
    g_string_append_c(out, '[');
    for (size_t i = 0; i < lkv_cube_groups(cube, axis); i++) {
        lkv_term term = {axis, (uint16_t)(LKV_GROUP_BIT | i)};
        g_string_append(out, i > 0 ? ",{" : "{");
        write_word(out, "id", lkv_cube_value_id(cube, term));
        write_key(out, "leaves");
        g_string_append_c(out, '[');
        size_t members = 0;
        for (size_t leaf = 0; leaf < leaves; leaf++) {
            if (lkv_cube_holds(cube, term, (uint16_t)leaf)) {
                g_string_append_printf(out, "%s%zu", members++ ? "," : "",
                                       leaf);
            }
        }
        g_string_append(out, "]}");
    }
    g_string_append(out, "]}");
}

static void write_outcome(GString *out, const lkv_outcome *outcome)
{
    static const char *const kinds[] = {
        [LKV_POINTS] = "points",
        [LKV_YES_NO] = "yes_no",
        [LKV_LEVELS] = "levels",
    };
    g_string_append_c(out, '{');
    write_word(out, "id", outcome->id);
    write_word(out, "subject", outcome->subject);
    write_word(out, "kind", kinds[outcome->kind]);
    write_key(out, "axis");
    write_number(out, outcome->axis);
    write_whole(out, "decimals", outcome->decimals);
    write_whole(out, "least", outcome->least);
    write_whole(out, "most", outcome->most);
    write_whole(out, "step", outcome->step);
    write_whole(out, "least_change", outcome->least_change);
    write_truth(out, "sensitive", outcome->sensitive);
    write_truth(out, "from_rules", outcome->from_rules);
    write_truth(out, "secondary", outcome->secondary);
    write_label(out, &outcome->label);
    g_string_append_c(out, '}');
}

static void write_unit(GString *out, const lkv_unit *unit)
{
    g_string_append_c(out, '{');
    write_word(out, "id", unit->id);
    write_word(out, "name", unit->name);
    write_key(out, "leaf");
    write_number(out, unit->leaf);
    write_truth(out, "special", unit->special);
    g_string_append_c(out, '}');
}

static void write_group(GString *out, const lkv_group *group)
{
    g_string_append_c(out, '{');
    write_word(out, "id", group->id);
    write_key(out, "axis");
    write_number(out, group->axis);
    write_key(out, "reference");
    write_number(out, group->reference);
    write_truth(out, "built_in", group->built_in);
    write_label(out, &group->label);
    g_string_append_c(out, '}');
}

static void write_population(GString *out, const lkv_population *population)
{
    g_string_append_c(out, '{');
    write_word(out, "id", population->id);
    write_word(out, "stage", population->stage);
    write_whole(out, "stage_year", population->stage_year);
    write_whole(out, "year", population->year);
    g_string_append_c(out, '}');
}

static void write_break(GString *out, const lkv_break *found)
{
    g_string_append_c(out, '{');
    write_word(out, "id", found->id);
    write_word(out, "stage", found->stage);
    write_whole(out, "year", found->year);
    g_string_append_c(out, '}');
}

static void write_variant(GString *out, const lkv_variant *variant)
{
    g_string_append_c(out, '{');
    write_word(out, "id", variant->id);
    write_key(out, "where");
    g_string_append_c(out, '[');
    for (size_t i = 0; i < variant->where.terms; i++) {
        const lkv_term *term = &variant->where.term[i];
        g_string_append_printf(out, "%s[%u,%u]", i > 0 ? "," : "",
                               (unsigned)term->axis, (unsigned)term->value);
    }
    g_string_append(out, "]}");
}

static void write_ids(GString *out, const char *key, const GPtrArray *ids)
{
    write_key(out, key);
    g_string_append_c(out, '[');
    for (guint i = 0; i < ids->len; i++) {
        g_string_append(out, i > 0 ? "," : "");
        write_text(out, g_ptr_array_index(ids, i));
    }
    g_string_append_c(out, ']');
}

static void write_district(GString *out, const lkv_frame *frame)
{
    char number[32];
    g_string_append_c(out, '{');
    write_word(out, "district_id", frame->district_id);
    write_word(out, "district_name", frame->district_name);
    write_word(out, "country", frame->country);
    write_whole(out, "year", frame->year);
    write_word(out, "reference_date",
               frame->has_reference_date
                   ? lkv_date_text(frame->reference_date, number)
                   : NULL);
    write_word(out, "release",
               frame->release == LKV_FINAL ? "final" : "preliminary");
    write_key(out, "confidence");
    g_string_append(out, lkv_real_text(frame->confidence, number));
    write_key(out, "school");
    write_number(out, frame->school);
}

/* Writes an array of a frame's records, one a line. */
#define WRITE_ALL(out, key, array, type, write)                                \
    do {                                                                       \
        write_key(out, key);                                                   \
        g_string_append_c(out, '[');                                           \
        for (guint i_ = 0; i_ < (array)->len; i_++) {                          \
            part(out, i_);                                                     \
            write(out, &g_array_index(array, type, i_));                       \
        }                                                                      \
        g_string_append_c(out, ']');                                           \
    } while (0)

static void write_frame(GString *out, const lkv_frame *frame)
{
    write_district(out, frame);
    write_key(out, "axes");
    g_string_append_c(out, '[');
    for (size_t i = 0; i < lkv_cube_axes(frame->cube); i++) {
        part(out, i);
        write_axis(out, frame->cube, (lkv_axis)i);
    }
    g_string_append_c(out, ']');
    WRITE_ALL(out, "outcomes", frame->outcomes, lkv_outcome, write_outcome);
    WRITE_ALL(out, "units", frame->units, lkv_unit, write_unit);
    WRITE_ALL(out, "groups", frame->groups, lkv_group, write_group);
    WRITE_ALL(out, "populations", frame->populations, lkv_population,
              write_population);
    WRITE_ALL(out, "variants", frame->variants, lkv_variant, write_variant);
    WRITE_ALL(out, "breaks", frame->breaks, lkv_break, write_break);
    write_ids(out, "measures", frame->measures);
    write_ids(out, "components", frame->components);
    g_string_append_c(out, '}');
}

/* [status], or [status, decimals, number]: decimals null with 17 digits. */
static void write_cell(GString *out, lkv_shown shown)
{
    char number[32];
    g_string_append_c(out, '[');
    write_text(out, lkv_status_id(shown.status));
    bool numbers = lkv_status_has_number(shown.status);
    if (numbers && shown.decimals == LKV_FULL) {
        g_string_append_printf(out, ",null,%s",
                               lkv_real_text(shown.full, number));
    } else if (numbers) {
        g_string_append_printf(out, ",%u,%" PRId64, (unsigned)shown.decimals,
                               shown.scaled);
    }
    g_string_append_c(out, ']');
}

static void write_figure(GString *out, const lkv_figure *figure)
{
    const lkv_key *key = &figure->key;
    const uint16_t numbers[] = {key->population, key->variant, key->unit,
                                key->outcome,    key->measure, key->component,
                                key->group_by,   key->group,   key->reference,
                                key->target};
    const lkv_cell cells[] = {figure->value,   figure->error,  figure->low,
                              figure->high,    figure->df,     figure->n,
                              figure->schools, figure->missing};
    g_string_append_c(out, '[');
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_string_append(out, i > 0 ? "," : "");
        write_number(out, numbers[i]);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_string_append_printf(out, ",%u", cells[i]);
    }
    g_string_append_c(out, ',');
    write_text(out, lkv_release_unit_word(figure->unit_of_value));
    g_string_append_c(out, ',');
    write_text(out, lkv_method_id(figure->method));
    g_string_append_c(out, ',');
    write_text(out, lkv_reason_id(figure->reason));
    g_string_append(out, figure->flagged ? ",true," : ",false,");
    g_autofree char *notes = lkv_notes_text(figure->notes);
    write_text(out, notes);
    g_string_append_printf(out, ",%u]", figure->detectable);
}

static void write_figures(const lkv_sink *sink, const lkv_release *release)
{
    GString *out = sink->text;
    write_key(out, "figures");
    g_string_append(
        out, "{\"columns\":[\"population\",\"variant\",\"unit\",\"outcome\","
             "\"measure\",\"component\",\"group_by\",\"group\",\"reference\","
             "\"target\",\"value\",\"error\",\"low\",\"high\",\"df\",\"n\","
             "\"schools\",\"missing\",\"unit_of_value\",\"method\",\"reason\","
             "\"flagged\",\"note\",\"detectable\"],\"rows\":[");
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        part(out, i);
        write_figure(out, lkv_release_figure(release, i));
        lkv_sink_pass(sink);
    }
    g_string_append(out, "]}");
}

static void write_cells(const lkv_sink *sink, const lkv_release *release)
{
    GString *out = sink->text;
    write_key(out, "cells");
    g_string_append(
        out, "{\"columns\":[\"status\",\"decimals\",\"value\"],\"rows\":[");
    for (size_t i = 1; i < lkv_release_cells(release); i++) {
        part(out, i - 1);
        write_cell(out, lkv_release_at(release, (lkv_cell)i));
        lkv_sink_pass(sink);
    }
    g_string_append(out, "]}");
}

static void write_steps(GString *out, const lkv_release *release)
{
    write_key(out, "steps");
    g_string_append_c(out, '[');
    for (size_t i = 0; i < lkv_release_steps(release); i++) {
        const lkv_release_step *step = lkv_release_step_at(release, i);
        part(out, i);
        g_string_append_c(out, '{');
        write_word(out, "step", step->step);
        write_whole(out, "population", step->population);
        write_whole(out, "unit", step->unit);
        write_whole(out, "pupils", step->pupils);
        g_string_append_c(out, '}');
    }
    g_string_append_c(out, ']');
}

void lkv_render_json(const lkv_release *release, const lkv_sink *sink)
{
    lkv_thresholds least = lkv_release_thresholds(release);
    GString *out = sink->text;
    g_string_append_c(out, '{');
    write_whole(out, "format", LKV_RELEASE_FORMAT);
    write_word(out, "run_id", lkv_release_run(release));
    write_word(out, "profile", lkv_release_profile(release));
    write_truth(out, "open", lkv_release_open(release));
    write_key(out, "thresholds");
    g_string_append_c(out, '{');
    write_whole(out, "base", least.base_least);
    write_whole(out, "count", least.count_least);
    write_whole(out, "gap", least.gap_least);
    write_whole(out, "quantile", least.quantile_least);
    g_string_append_c(out, '}');
    write_key(out, "frame");
    write_frame(out, lkv_release_frame(release));
    write_steps(out, release);
    write_figures(sink, release);
    write_cells(sink, release);
    g_string_append(out, "}\n");
}
