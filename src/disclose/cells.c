/* published-cells.csv: every released number at its place in results.csv, then
 * at every place in a document; and disclosure.csv, why cells are hidden.
 */
#include "base/decimal.h"
#include "disclose/decision.h"
#include "disclose/private.h"
#include "disclose/proof.h"

/* Fields of a figure, in the order of results.csv. */
typedef enum {
    FIELD_VALUE,
    FIELD_ERROR,
    FIELD_LOW,
    FIELD_HIGH,
    FIELD_DF,
    FIELD_N,
    FIELD_SCHOOLS,
    FIELD_MISSING,
    FIELDS
} field;

static lkv_cell cell_of(const lkv_figure *figure, field which)
{
    const lkv_cell cells[FIELDS] = {
        [FIELD_VALUE] = figure->value,     [FIELD_ERROR] = figure->error,
        [FIELD_LOW] = figure->low,         [FIELD_HIGH] = figure->high,
        [FIELD_DF] = figure->df,           [FIELD_N] = figure->n,
        [FIELD_SCHOOLS] = figure->schools, [FIELD_MISSING] = figure->missing};
    return cells[which];
}

/* What a cell says, in the auditor's words. */
typedef struct statement {
    const char *stat;
    const lkv_where *dims, *base;
    uint16_t outcome; /* of a mean or sum, or LKV_NO_VALUE */
} statement;

static statement other(void)
{
    return (statement){"other", NULL, NULL, LKV_NO_VALUE};
}

/* Levels of an outcome that the study declares open are no secret: nothing
 * about them is protected, so they are no part of what is audited.
 */
static bool is_free(const lkv_facts *facts, const lkv_fact *fact)
{
    uint32_t crowd = fact->stat == LKV_SHARE ? fact->part : fact->base;
    return crowd == LKV_NO_CROWD ||
           lkv_facts_kind(facts, crowd) == LKV_CROWD_FREE;
}

static statement value_statement(const lkv_facts *facts, size_t number)
{
    const lkv_estimate *estimate = &facts->estimate[number];
    const lkv_claim *claim = &estimate->claim;
    uint32_t value = facts->of[number].value;
    if (value == LKV_NO_FACT || is_free(facts, lkv_facts_at(facts, value))) {
        return other();
    }
    switch (claim->stat) {
    case LKV_COUNT:
        return (statement){"count", &claim->base, NULL, LKV_NO_VALUE};
    case LKV_SHARE:
        return (statement){"pct", &claim->part, &claim->base, LKV_NO_VALUE};
    case LKV_MEAN:
        return (statement){"mean", &claim->base, NULL, claim->outcome};
    case LKV_SUM:
        return (statement){"sum", &claim->base, NULL, claim->outcome};
    case LKV_OTHER:
        break;
    }
    return other();
}

static statement statement_of(const lkv_facts *facts, size_t number,
                              field which)
{
    const lkv_estimate *estimate = &facts->estimate[number];
    if (which == FIELD_VALUE) {
        return value_statement(facts, number);
    }
    if (which == FIELD_N) {
        return (statement){"count", &estimate->pupils, NULL, LKV_NO_VALUE};
    }
    if (which == FIELD_MISSING && estimate->has_absent) {
        return (statement){"count", &estimate->absent, NULL, LKV_NO_VALUE};
    }
    return other();
}

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
    bool numbers = shown.status == LKV_OK || shown.status == LKV_AT_LEAST ||
                   shown.status == LKV_AT_MOST;
    if (share && decimals >= 2) {
        decimals -= 2;
    }
    if (numbers) {
        g_string_append(out, lkv_decimal_text(shown.scaled, decimals, number));
    }
    g_string_append_printf(out, ",%u,%s", decimals, status_word(shown.status));
}

typedef struct page {
    const lkv_audience *audience;
    const char *report; /* NULL: results.csv */
    const char *table;
} page;

static void write_row(GString *out, const lkv_facts *facts, page place,
                      statement says, uint16_t population, lkv_shown shown)
{
    const lkv_cube *cube = facts->frame->cube;
    lkv_proof_field(out, lkv_release_run(place.audience->release));
    g_string_append_c(out, ',');
    lkv_proof_field(out, place.audience->profile.id);
    g_string_append_c(out, '/');
    lkv_proof_field(out, place.report ? place.report : "results");
    g_string_append_c(out, ',');
    lkv_proof_field(out, place.table);
    g_string_append_c(out, ',');
    lkv_proof_field(out, lkv_cube_population_id(cube, population));
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
    write_shown(out, shown, says.base != NULL);
    g_string_append_c(out, '\n');
}

/* Which figure and field each cell of a release is, or which step. */
typedef struct origin {
    uint32_t figure; /* or UINT32_MAX */
    field which;
    uint16_t population;
} origin;

static origin *origins_of(const lkv_release *release)
{
    origin *origins = g_new0(origin, lkv_release_cells(release));
    for (size_t i = 0; i < lkv_release_size(release); i++) {
        const lkv_figure *figure = lkv_release_figure(release, i);
        for (field which = FIELD_VALUE; which < FIELDS; which++) {
            origins[cell_of(figure, which)] =
                (origin){(uint32_t)i, which, figure->key.population};
        }
    }
    for (size_t i = 0; i < lkv_release_steps(release); i++) {
        const lkv_release_step *step = lkv_release_step_at(release, i);
        origins[step->pupils] =
            (origin){UINT32_MAX, FIELD_VALUE, step->population};
    }
    return origins;
}

static void write_cell(GString *out, const lkv_facts *facts, page place,
                       const origin *from, lkv_cell cell)
{
    statement says = from->figure == UINT32_MAX
                         ? other()
                         : statement_of(facts, from->figure, from->which);
    write_row(out, facts, place, says, from->population,
              lkv_release_at(place.audience->release, cell));
}

static void write_results(GString *out, const lkv_disclosure *disclosure,
                          const lkv_audience *audience, const origin *origins)
{
    page place = {audience, NULL, "results.csv"};
    for (size_t i = 1; i < lkv_release_cells(audience->release); i++) {
        write_cell(out, disclosure->facts, place, &origins[i], (lkv_cell)i);
    }
}

char *lkv_private_cells(const lkv_disclosure *disclosure,
                        const lkv_printed *printed, size_t count)
{
    GString *out = g_string_new("run,report,table,population,stat,of,dims,base,"
                                "value,decimals,status\n");
    for (size_t p = 0; p < disclosure->audiences; p++) {
        const lkv_audience *audience = &disclosure->audience[p];
        if (audience->profile.open) {
            continue;
        }
        g_autofree origin *origins = origins_of(audience->release);
        write_results(out, disclosure, audience, origins);
        for (size_t i = 0; i < count; i++) {
            if (printed[i].profile == p && printed[i].cell != 0) {
                page place = {audience, printed[i].report, printed[i].table};
                write_cell(out, disclosure->facts, place,
                           &origins[printed[i].cell], printed[i].cell);
            }
        }
    }
    return g_string_free(out, FALSE);
}

static void write_reason(GString *out, const lkv_facts *facts,
                         const lkv_audience *audience, size_t number)
{
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
    g_string_append_printf(
        out, ",%s,%s\n",
        lkv_status_id(lkv_release_at(audience->release, figure->value).status),
        lkv_why_id(verdict.value.why));
}

char *lkv_private_disclosure(const lkv_disclosure *disclosure)
{
    GString *out = g_string_new("profile,cell,population,unit,outcome,measure,"
                                "component,status,reason\n");
    for (size_t p = 0; p < disclosure->audiences; p++) {
        for (size_t i = 0; i < disclosure->facts->estimates; i++) {
            write_reason(out, disclosure->facts, &disclosure->audience[p], i);
        }
    }
    return g_string_free(out, FALSE);
}
