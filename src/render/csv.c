/* results.csv: one row a figure (decisions page, section 9; RFC 4180). */
#include <inttypes.h>
#include <string.h>

#include "base/clean.h"
#include "base/decimal.h"
#include "base/wide.h"
#include "render/render.h"

enum { LEVEL_DECIMALS = 6 };

static const char *const columns[] = {
    "run_id",    "release",   "population", "variant",   "year",    "stage",
    "level",     "unit_id",   "unit_name",  "subject",   "outcome", "measure",
    "component", "group_by",  "group",      "reference", "target",  "estimate",
    "std_error", "ci_low",    "ci_high",    "ci_level",  "df",      "method",
    "n",         "n_schools", "n_missing",  "unit",      "status",  "note",
    "detectable"};

/* A cell of text, defused and quoted where it must be. */
static void write_text(GString *out, const char *text)
{
    if (!text || !*text) {
        return;
    }
    bool defuse = lkv_text_formula(text);
    bool quote = strpbrk(text, ",\"\r\n") != NULL;
    g_string_append(out, quote ? "\"" : "");
    g_string_append(out, defuse ? "'" : "");
    for (const char *at = text; *at; at++) {
        g_string_append(out, *at == '"' ? "\"" : "");
        g_string_append_c(out, *at);
    }
    g_string_append(out, quote ? "\"" : "");
}

static void next_text(GString *out, const char *text)
{
    g_string_append_c(out, ',');
    write_text(out, text);
}

static void next_whole(GString *out, int64_t value)
{
    g_string_append_printf(out, ",%" PRId64, value);
}

/* A number of the release; empty unless it has one. */
static void next_cell(GString *out, const lkv_release *release, lkv_cell cell)
{
    char number[32];
    lkv_shown shown = lkv_release_at(release, cell);
    g_string_append_c(out, ',');
    if (!lkv_status_has_number(shown.status)) {
        return;
    }
    g_string_append(
        out, shown.decimals == LKV_FULL
                 ? lkv_real_text(shown.full, number)
                 : lkv_decimal_text(shown.scaled, shown.decimals, number));
}

static void next_value(GString *out, const lkv_frame *frame,
                       const lkv_group *group, uint16_t value)
{
    if (!group || value == LKV_NO_VALUE) {
        next_text(out, NULL);
        return;
    }
    next_text(out,
              lkv_cube_value_id(frame->cube, (lkv_term){group->axis, value}));
}

static void write_place(GString *out, const lkv_frame *frame,
                        const lkv_key *key)
{
    const lkv_population *population =
        lkv_frame_population(frame, key->population);
    const lkv_unit *unit = lkv_frame_unit(frame, key->unit);
    next_text(out, frame->release == LKV_FINAL ? "final" : "preliminary");
    next_text(out, population->id);
    next_text(out, lkv_frame_variant(frame, key->variant)->id);
    if (population->year != 0) {
        next_whole(out, population->year);
    } else {
        next_text(out, NULL);
    }
    next_text(out, population->stage);
    next_text(out, key->unit == 0 ? "district" : "school");
    next_text(out, unit->id);
    next_text(out, unit->name);
}

static void write_question(GString *out, const lkv_frame *frame,
                           const lkv_key *key)
{
    static const char *const targets[] = {
        [LKV_NO_TARGET] = "",
        [LKV_THESE_SCHOOLS] = "these_schools",
        [LKV_SCHOOLS_LIKE_THESE] = "schools_like_these",
    };
    const lkv_outcome *outcome = key->outcome == LKV_NO_VALUE
                                     ? NULL
                                     : lkv_frame_outcome(frame, key->outcome);
    const lkv_group *group =
        key->group_by == 0 ? NULL : lkv_frame_group(frame, key->group_by - 1U);
    next_text(out, outcome ? outcome->subject : NULL);
    next_text(out, outcome ? outcome->id : NULL);
    next_text(out, g_ptr_array_index(frame->measures, key->measure));
    next_text(out, g_ptr_array_index(frame->components, key->component));
    next_text(out, group ? group->id : NULL);
    next_value(out, frame, group, key->group);
    next_value(out, frame, group, key->reference);
    next_text(out,
              key->target < G_N_ELEMENTS(targets) ? targets[key->target] : "");
}

/* 0.95 as "0.95": without the digits that no reader asked for. */
static char *write_level(double level, char *buffer)
{
    unsigned decimals = LEVEL_DECIMALS;
    int64_t scaled = lkv_real_round(level, decimals);
    while (decimals > 0 && scaled % 10 == 0) {
        scaled /= 10;
        decimals--;
    }
    return lkv_decimal_text(scaled, decimals, buffer);
}

static void write_numbers(GString *out, const lkv_release *release,
                          const lkv_figure *figure)
{
    char number[32];
    lkv_status status = lkv_release_at(release, figure->value).status;
    bool interval = lkv_release_at(release, figure->low).status == LKV_OK ||
                    lkv_release_at(release, figure->high).status == LKV_OK;
    next_cell(out, release, figure->value);
    next_cell(out, release, figure->error);
    next_cell(out, release, figure->low);
    next_cell(out, release, figure->high);
    double confidence = lkv_release_frame(release)->confidence;
    next_text(out, interval ? write_level(confidence, number) : NULL);
    next_cell(out, release, figure->df);
    next_text(out, lkv_method_id(figure->method));
    next_cell(out, release, figure->n);
    next_cell(out, release, figure->schools);
    next_cell(out, release, figure->missing);
    next_text(out, lkv_value_unit_id(figure->unit_of_value));
    next_text(out, lkv_status_id(status));
    g_autofree char *notes = lkv_notes_text(figure->notes);
    next_text(out, figure->reason != LKV_REASON_NONE
                       ? lkv_reason_id(figure->reason)
                       : notes);
    next_cell(out, release, figure->detectable);
}

static void write_head(GString *out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        g_string_append(out, i > 0 ? "," : "");
        g_string_append(out, columns[i]);
    }
    g_string_append_c(out, '\n');
}

static void write_row(GString *out, const lkv_release *release,
                      const lkv_figure *figure)
{
    const lkv_frame *frame = lkv_release_frame(release);
    write_text(out, lkv_release_run(release));
    write_place(out, frame, &figure->key);
    write_question(out, frame, &figure->key);
    write_numbers(out, release, figure);
    g_string_append_c(out, '\n');
}

void lkv_render_csv(const lkv_release *release, const lkv_sink *sink)
{
    write_head(sink->text);
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        write_row(sink->text, release, lkv_release_figure(release, i));
        lkv_sink_pass(sink);
    }
}

/* A byte a cell of RELEASE: whether DOCUMENT prints or draws it; g_free. */
static char *printed_cells(const lkv_document *document,
                           const lkv_release *release)
{
    char *printed = g_new0(char, lkv_release_cells(release));
    g_autoptr(GArray) places = lkv_document_places(document);
    for (guint i = 0; i < places->len; i++) {
        printed[g_array_index(places, lkv_printed_at, i).cell] = 1;
    }
    return printed;
}

void lkv_render_csv_of(const lkv_document *document, const lkv_release *release,
                       GString *out)
{
    g_autofree char *printed = printed_cells(document, release);
    write_head(out);
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        if (figure->key.unit != 0 && figure->key.unit != document->unit) {
            continue; /* no report has another school's */
        }
        if (printed[figure->value] || printed[figure->low] ||
            printed[figure->high] || printed[figure->n] ||
            printed[figure->schools] || printed[figure->missing] ||
            printed[figure->detectable]) {
            write_row(out, release, figure);
        }
    }
}
