/* published-cells.csv: every released number at its place in results.csv, then
 * at every place in a document; and disclosure.csv, why cells are hidden.
 */
#include "base/decimal.h"
#include "base/hash.h"
#include "disclose/decision.h"
#include "disclose/private.h"
#include "disclose/proof.h"
#include "disclose/shown.h"
#include "disclose/statement.h"

static const char *status_word(lkv_status status)
{
    static const char *const words[] = {
        [LKV_OK] = "published",      [LKV_HIDDEN] = "suppressed",
        [LKV_AT_LEAST] = "at_least", [LKV_AT_MOST] = "at_most",
        [LKV_NOT_ESTIMABLE] = "na",  [LKV_NOT_APPLICABLE] = "na",
    };
    return words[status];
}

/* value,decimals,status: a share in per cent. */
static void write_shown(GString *out, lkv_shown shown, bool share)
{
    char number[32];
    unsigned decimals = shown.decimals;
    bool numbers = lkv_status_has_number(shown.status);
    if (share && decimals >= 2) {
        decimals -= 2;
    }
    if (numbers) {
        g_string_append(out, lkv_decimal_text(shown.scaled, decimals, number));
    }
    g_string_append_printf(out, ",%u,%s", decimals, status_word(shown.status));
}

/* What a row tells at its place. */
typedef struct told {
    lkv_statement says;
    uint16_t population;
    lkv_shown shown;
} told;

typedef struct page {
    const lkv_audience *audience;
    const char *report; /* NULL: results.csv */
    const char *table;
} page;

/* A row that says the same at the same place says nothing. Rows are long and
 * many, so they are known again by 64 bits of hash: that two of a run differ and
 * have the same is one to some thousand million.
 */
typedef struct writer {
    const lkv_sink *sink;
    GHashTable *rows;
    const lkv_facts *facts;
} writer;

static void append_row(GString *out, const lkv_facts *facts, page place,
                       told row)
{
    const lkv_cube *cube = facts->frame->cube;
    lkv_statement says = row.says;
    lkv_proof_field(out, lkv_release_run(place.audience->release));
    g_string_append_c(out, ',');
    lkv_proof_field(out, place.audience->profile.id);
    g_string_append_c(out, '/');
    lkv_proof_field(out, place.report ? place.report : "results");
    g_string_append_c(out, ',');
    lkv_proof_field(out, place.table);
    g_string_append_c(out, ',');
    lkv_proof_field(out, lkv_cube_population_id(cube, row.population));
    g_string_append_printf(out, ",%s,", says.stat);
    if (says.outcome != LKV_NO_VALUE) {
        g_autofree char *of = lkv_proof_outcome(facts->frame, says.outcome);
        lkv_proof_field(out, of);
    }
    g_string_append_c(out, ',');
    if (says.dims) {
        lkv_proof_where(out, cube, says.dims);
    }
    g_string_append_c(out, ',');
    if (says.base) {
        lkv_proof_where(out, cube, says.base);
    }
    g_string_append_c(out, ',');
    write_shown(out, row.shown, says.base != NULL);
    g_string_append_c(out, '\n');
}

static void write_row(const writer *writing, page place, told row)
{
    GString *out = writing->sink->text;
    size_t before = out->len;
    append_row(out, writing->facts, place, row);
    uint64_t hash = lkv_hash_short(out->str + before, out->len - before);
    if (!g_hash_table_add(writing->rows, (gpointer)(uintptr_t)hash)) {
        g_string_truncate(out, before);
    }
    lkv_sink_pass(writing->sink);
}

/* Which figure and field a cell of a release is, or which step. */
typedef struct origin {
    uint32_t figure; /* or UINT32_MAX */
    lkv_field which;
    uint16_t population;
} origin;

/* Of each cell the number of its figure times LKV_FIELDS, and its field; behind
 * all figures the number of its step. There are some hundred thousand.
 */
static uint32_t *places_of(const lkv_release *release)
{
    uint32_t *places = g_new0(uint32_t, lkv_release_cells(release));
    uint32_t figures = (uint32_t)lkv_release_size(release);
    for (uint32_t i = 0; i < figures; i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        for (lkv_field which = LKV_FIELD_VALUE; which < LKV_FIELDS; which++) {
            places[lkv_field_cell(figure, which)] = i * LKV_FIELDS + which;
        }
    }
    for (uint32_t i = 0; i < lkv_release_steps(release); i++) {
        places[lkv_release_step_at(release, i)->pupils] =
            figures * LKV_FIELDS + i;
    }
    return places;
}

static origin origin_of(const lkv_release *release, uint32_t place)
{
    uint32_t figure = place / LKV_FIELDS;
    size_t figures = lkv_release_size(release);
    if (figure < figures) {
        return (origin){figure, (lkv_field)(place % LKV_FIELDS),
                        lkv_release_figure(release, figure)->key.population};
    }
    const lkv_release_step *step =
        lkv_release_step_at(release, place - figures * LKV_FIELDS);
    return (origin){UINT32_MAX, LKV_FIELD_VALUE, step->population};
}

/* That a figure cannot be had because nobody is there says that nobody is. */
static void write_nobody(const writer *writing, page place, const origin *from)
{
    const lkv_facts *facts = writing->facts;
    bool wholly;
    if (!lkv_facts_says_nobody(facts, from->figure, &wholly)) {
        return;
    }
    static const lkv_field fields[] = {LKV_FIELD_N, LKV_FIELD_MISSING};
    for (size_t i = 0; i < (wholly ? 2U : 1U); i++) {
        lkv_statement says = lkv_statement_of(facts, from->figure, fields[i]);
        if (says.dims) {
            write_row(writing, place,
                      (told){says, from->population, lkv_shown_whole(0)});
        }
    }
}

static void write_none_missing(const writer *writing, page place,
                               uint16_t population, lkv_axis axis)
{
    if (!lkv_facts_none_missing(writing->facts, population, axis)) {
        return;
    }
    lkv_term missing = {axis, LKV_LEAF_MISSING};
    lkv_where where = lkv_where_and((lkv_where){0}, missing);
    lkv_statement says = {"count", &where, NULL, LKV_NO_VALUE};
    write_row(writing, place, (told){says, population, lkv_shown_whole(0)});
}

/* What no page prints, but every reader takes for granted. */
static void write_granted(const writer *writing, const lkv_audience *audience)
{
    const lkv_frame *frame = writing->facts->frame;
    page place = {audience, "granted", "nobody-missing"};
    size_t axes = lkv_cube_axes(frame->cube);
    for (guint i = 0; i < frame->populations->len; i++) {
        for (size_t axis = 0; axis < axes; axis++) {
            write_none_missing(writing, place, (uint16_t)i, (lkv_axis)axis);
        }
    }
}

static void write_cell(const writer *writing, page place,
                       const uint32_t *places, lkv_cell cell)
{
    const lkv_facts *facts = writing->facts;
    const lkv_release *release = place.audience->release;
    const origin from = origin_of(release, places[cell]);
    bool step = from.figure == UINT32_MAX;
    lkv_statement says = step
                             ? lkv_statement_other()
                             : lkv_statement_of(facts, from.figure, from.which);
    lkv_shown shown = lkv_release_at(release, cell);
    write_row(writing, place, (told){says, from.population, shown});
    if (!step && from.which == LKV_FIELD_VALUE &&
        (shown.status == LKV_NOT_ESTIMABLE ||
         shown.status == LKV_NOT_APPLICABLE)) {
        write_nobody(writing, place, &from);
    }
}

static void write_results(const writer *writing, const lkv_audience *audience,
                          const uint32_t *places)
{
    page place = {audience, NULL, "results.csv"};
    for (size_t i = 1; i < lkv_release_cells(audience->release); i++) {
        write_cell(writing, place, places, (lkv_cell)i);
    }
}

static void write_printed(const writer *writing,
                          const lkv_disclosure *disclosure, size_t profile,
                          const uint32_t *places, const lkv_printed *printed)
{
    const lkv_audience *audience = &disclosure->audience[profile];
    if (printed->profile == profile && printed->cell != 0) {
        page place = {audience, printed->report, printed->table};
        write_cell(writing, place, places, printed->cell);
    }
}

void lkv_private_cells(const lkv_disclosure *disclosure,
                       const lkv_printed *printed, size_t count,
                       const lkv_sink *sink)
{
    writer writing = {
        .sink = sink,
        .rows = g_hash_table_new(NULL, NULL),
        .facts = disclosure->facts,
    };
    g_string_append(sink->text, "run,report,table,population,stat,of,dims,base,"
                                "value,decimals,status\n");
    for (size_t p = 0; p < disclosure->audiences; p++) {
        const lkv_audience *audience = &disclosure->audience[p];
        if (audience->profile.open) {
            continue;
        }
        g_autofree uint32_t *places = places_of(audience->release);
        write_results(&writing, audience, places);
        write_granted(&writing, audience);
        for (size_t i = 0; i < count; i++) {
            write_printed(&writing, disclosure, p, places, &printed[i]);
        }
    }
    g_hash_table_unref(writing.rows);
}

static void write_group(GString *out, const lkv_frame *frame,
                        const lkv_key *key)
{
    const lkv_group *by =
        key->group_by > 0 ? lkv_frame_group(frame, key->group_by - 1U) : NULL;
    const uint16_t values[] = {key->group, key->reference};
    lkv_proof_field(out, by ? by->id : "");
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_string_append_c(out, ',');
        if (by && values[i] != LKV_NO_VALUE) {
            lkv_proof_field(out,
                            lkv_cube_value_id(frame->cube,
                                              (lkv_term){by->axis, values[i]}));
        }
    }
}

/* least,most: of the pupils that a count or a share is of. */
static void write_possible(GString *out, const lkv_disclosure *disclosure,
                           uint32_t number)
{
    lkv_possible possible = {0, LKV_ANY};
    bool counts = number != LKV_NO_FACT &&
                  (lkv_facts_at(disclosure->facts, number)->stat == LKV_COUNT ||
                   lkv_facts_at(disclosure->facts, number)->stat == LKV_SHARE);
    if (counts) {
        possible = disclosure->possible[number];
        g_string_append_printf(out, "%u", possible.least);
    }
    g_string_append_c(out, ',');
    if (possible.most != LKV_ANY) {
        g_string_append_printf(out, "%u", possible.most);
    }
}

static void write_reason(GString *out, const lkv_disclosure *disclosure,
                         const lkv_audience *audience, size_t number)
{
    const lkv_facts *facts = disclosure->facts;
    const lkv_frame *frame = facts->frame;
    const lkv_key *key = &facts->estimate[number].key;
    lkv_verdict verdict =
        lkv_fates_judge(facts, audience->fates, &audience->profile, number);
    if (verdict.value.kind == LKV_FATE_SHOWN) {
        return;
    }
    const lkv_figure *figure = lkv_release_figure(audience->release, number);
    lkv_proof_field(out, audience->profile.id);
    g_string_append_printf(out, ",%u,", figure->value);
    lkv_proof_field(out, lkv_cube_population_id(frame->cube, key->population));
    g_string_append_c(out, ',');
    lkv_proof_field(out, lkv_frame_variant(frame, key->variant)->id);
    g_string_append_c(out, ',');
    lkv_proof_field(out, lkv_frame_unit(frame, key->unit)->id);
    g_string_append_c(out, ',');
    if (key->outcome != LKV_NO_VALUE) {
        g_autofree char *outcome = lkv_proof_outcome(frame, key->outcome);
        lkv_proof_field(out, outcome);
    }
    g_string_append_c(out, ',');
    lkv_proof_field(out, g_ptr_array_index(frame->measures, key->measure));
    g_string_append_c(out, ',');
    lkv_proof_field(out, g_ptr_array_index(frame->components, key->component));
    g_string_append_c(out, ',');
    write_group(out, frame, key);
    g_string_append_printf(
        out, ",%s,%s,",
        lkv_status_id(lkv_release_at(audience->release, figure->value).status),
        lkv_why_id(verdict.value.why));
    write_possible(out, disclosure, facts->of[number].value);
    g_string_append_c(out, '\n');
}

void lkv_private_disclosure(const lkv_disclosure *disclosure,
                            const lkv_sink *sink)
{
    const lkv_facts *facts = disclosure->facts;
    g_string_append(sink->text, "profile,cell,population,variant,unit,outcome,"
                                "measure,component,group_by,group,reference,"
                                "status,reason,least,most\n");
    for (size_t p = 0; p < disclosure->audiences; p++) {
        for (size_t i = 0; i < facts->estimates; i++) {
            write_reason(sink->text, disclosure, &disclosure->audience[p], i);
            lkv_sink_pass(sink);
        }
    }
}
