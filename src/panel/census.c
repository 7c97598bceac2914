#include "panel/census.h"

#include <string.h>

#include "base/decimal.h"
#include "base/wide.h"

const char *lkv_census_text(lkv_census *census, const char *text)
{
    return g_string_chunk_insert_const(census->panel->frame->text, text);
}

lkv_axis lkv_census_axis(lkv_census *census, const char *id)
{
    lkv_panel *panel = census->panel;
    lkv_axis axis = lkv_cube_axis_add(panel->frame->cube, id);
    panel->leaf = g_renew(uint16_t *, panel->leaf, (gsize)axis + 1);
    panel->leaf[axis] = g_new0(uint16_t, panel->rows + 1);
    return axis;
}

static uint16_t add_variable(lkv_panel *panel, lkv_variable variable)
{
    panel->variable =
        g_renew(lkv_variable, panel->variable, panel->variables + 1);
    panel->variable[panel->variables] = variable;
    return (uint16_t)panel->variables++;
}

uint16_t lkv_census_variable(lkv_census *census, const char *id,
                             uint8_t decimals)
{
    lkv_panel *panel = census->panel;
    int64_t *value = g_new(int64_t, panel->rows + 1);
    for (size_t i = 0; i < panel->rows; i++) {
        value[i] = LKV_NONE;
    }
    return add_variable(panel, (lkv_variable){.id = lkv_census_text(census, id),
                                              .value = value,
                                              .decimals = decimals});
}

uint16_t lkv_census_answers(lkv_census *census, const char *id, lkv_axis axis)
{
    lkv_panel *panel = census->panel;
    return add_variable(panel, (lkv_variable){.id = lkv_census_text(census, id),
                                              .answer = panel->leaf[axis]});
}

/* The same of answers, which are 0 and 1. */
static void answer_bounds(lkv_variable *variable, size_t rows)
{
    bool yes = false, no = false;
    for (size_t i = 0; i < rows && !(yes && no); i++) {
        yes = yes || variable->answer[i] == LKV_LEAF_YES;
        no = no || variable->answer[i] == LKV_LEAF_NO;
    }
    variable->least = yes && !no;
    variable->most = yes;
}

void lkv_census_bounds(lkv_census *census, uint16_t number)
{
    lkv_variable *variable = &census->panel->variable[number];
    bool some = false;
    if (variable->answer) {
        answer_bounds(variable, census->panel->rows);
        return;
    }
    for (size_t i = 0; i < census->panel->rows; i++) {
        int64_t value = variable->value[i];
        if (value == LKV_NONE) {
            continue;
        }
        variable->least = some ? MIN(variable->least, value) : value;
        variable->most = some ? MAX(variable->most, value) : value;
        some = true;
    }
}

uint16_t lkv_census_numbers(lkv_census *census, const char *id, int numbers,
                            int stated, lkv_diag *diag)
{
    const lkv_roll *roll = census->roll;
    size_t columns = roll->numbers->len, rows = census->panel->rows;
    uint8_t decimals = 0;
    for (size_t i = 0; i < rows; i++) {
        lkv_decimal at = g_array_index(roll->number, lkv_decimal,
                                       i * columns + (size_t)numbers);
        decimals = at.decimals != 255 && at.decimals > decimals ? at.decimals
                                                                : decimals;
    }
    if (stated >= 0 && stated < decimals) {
        decimals = (uint8_t)stated;
    }
    uint16_t number = lkv_census_variable(census, id, decimals);
    int64_t *value = census->panel->variable[number].value;
    for (size_t i = 0; i < rows; i++) {
        lkv_decimal at = g_array_index(roll->number, lkv_decimal,
                                       i * columns + (size_t)numbers);
        if (at.decimals == 255) {
            continue;
        }
        if (at.decimals > decimals) {
            value[i] = lkv_wide_round(at.mantissa,
                                      lkv_power_of_ten(at.decimals), decimals);
        } else if (!lkv_decimal_scale(at, decimals, &value[i])) {
            lkv_message *message = lkv_diag_add(
                diag, "E-NUMBER-LARGE",
                (lkv_place){.file = census->study->path, .field = id},
                "the numbers of \"%s\" need more than 18 digits", id);
            lkv_message_fix(message, "state fewer decimals: for it");
            return LKV_NO_VALUE;
        }
    }
    lkv_census_bounds(census, number);
    return number;
}

void lkv_census_schools(lkv_census *census)
{
    lkv_panel *panel = census->panel;
    lkv_frame *frame = panel->frame;
    const lkv_roll *roll = census->roll;
    frame->school = lkv_census_axis(census, "school");
    lkv_unit district = {
        .id = "",
        .name = lkv_census_text(census, census->study->district_name),
        .leaf = LKV_NO_VALUE};
    g_array_append_val(frame->units, district);
    for (uint32_t i = 0; i < lkv_names_size(roll->schools); i++) {
        const char *code = lkv_names_at(roll->schools, i);
        const char *name = roll->school_name ? roll->school_name[i] : code;
        lkv_unit school = {
            .id = lkv_census_text(census, code),
            .name = lkv_census_text(census, name),
            .leaf = lkv_cube_leaf_add(frame->cube, frame->school, code),
            .special = census->study->population.special_apart &&
                       roll->school_special && roll->school_special[i]};
        g_array_append_val(frame->units, school);
    }
    for (size_t i = 0; i < panel->rows; i++) {
        panel->leaf[frame->school][i] =
            (uint16_t)(lkv_roll_at(roll, i)->school + 1);
        panel->pupil[i] = lkv_roll_at(roll, i)->id;
    }
}

/* Years of schooling from none known, -1, to the last of two digits. */
enum { STAGE_YEARS = 101 };

/* The stage of a row; a table without years of schooling holds leavers. */
static int *stages_by_year(const lkv_census *census)
{
    const lkv_rules *rules = census->rules;
    const lkv_roll *roll = census->roll;
    size_t years = (size_t)roll->years;
    int *stage = g_new(int, years *STAGE_YEARS);
    int leaving = -1;
    for (size_t i = 0; rules && i < rules->stage_count; i++) {
        leaving = rules->stages[i].leaves ? (int)i : leaving;
    }
    for (size_t i = 0; i < years * STAGE_YEARS; i++) {
        int year = roll->first_year + (int)(i / STAGE_YEARS);
        int stage_year = (int)(i % STAGE_YEARS) - 1;
        stage[i] = !rules ? -1
                   : stage_year >= 0
                       ? lkv_rules_stage_of(rules, stage_year, year)
                       : leaving;
    }
    return stage;
}

static void find_stages(lkv_census *census)
{
    const lkv_roll *roll = census->roll;
    g_autofree int *stage = stages_by_year(census);
    for (size_t i = 0; i < census->panel->rows; i++) {
        const lkv_entry *entry = lkv_roll_at(roll, i);
        int year = entry->year - roll->first_year;
        census->stage[i] = stage[year * STAGE_YEARS + entry->stage_year + 1];
    }
}

/* A stage, or -1 for all without rules, in a year. */
static uint16_t add_population(lkv_census *census, int stage, int year)
{
    lkv_frame *frame = census->panel->frame;
    const lkv_rules *rules = census->rules;
    const char *name = stage >= 0 ? rules->stages[stage].id : "all";
    g_autofree char *id = g_strdup_printf("%s-%d", name, year);
    lkv_population population = {
        .id = lkv_census_text(census, id),
        .stage = lkv_census_text(census, name),
        .stage_year =
            stage >= 0 ? lkv_rules_stage_year(rules, (size_t)stage, year) : 0,
        .year = year};
    g_array_append_val(frame->populations, population);
    return lkv_cube_population_add(frame->cube, id);
}

static void add_breaks(lkv_census *census)
{
    const lkv_rules *rules = census->rules;
    for (size_t i = 0; rules && i < rules->break_count; i++) {
        const lkv_break_rule *rule = &rules->breaks[i];
        for (size_t s = 0; s < rule->stage_count; s++) {
            const char *stage = rules->stages[rule->stages[s]].id;
            lkv_break added = {.id = lkv_census_text(census, rule->id),
                               .stage = lkv_census_text(census, stage),
                               .year = rule->year};
            g_array_append_val(census->panel->frame->breaks, added);
        }
    }
}

/* Place of ROW among stages (from -1) and years. */
static size_t stage_place(const lkv_census *census, size_t row)
{
    const lkv_roll *roll = census->roll;
    size_t year = (size_t)(lkv_roll_at(roll, row)->year - roll->first_year);
    return (size_t)(census->stage[row] + 1) * (size_t)roll->years + year;
}

/* Those of a stage in a year, by stage and year, where there is anybody. */
void lkv_census_populations(lkv_census *census)
{
    lkv_panel *panel = census->panel;
    const lkv_roll *roll = census->roll;
    size_t years = (size_t)roll->years;
    size_t stages = census->rules ? census->rules->stage_count : 0;
    size_t places = (stages + 1) * years;
    g_autofree bool *some = g_new0(bool, places);
    g_autofree uint16_t *number = g_new(uint16_t, places);
    find_stages(census);
    for (size_t i = 0; i < panel->rows; i++) {
        some[stage_place(census, i)] = true;
    }
    for (size_t i = 0; i < places; i++) {
        bool counts = census->rules ? i >= years : i < years;
        number[i] = some[i] && counts
                        ? add_population(census, (int)(i / years) - 1,
                                         roll->first_year + (int)(i % years))
                        : LKV_NO_VALUE;
    }
    for (size_t i = 0; i < panel->rows; i++) {
        panel->population[i] = number[stage_place(census, i)];
    }
    add_breaks(census);
}

/* Those who are known not to be newly arrived; false where nobody is. */
static bool without_new(const lkv_census *census, lkv_where *where)
{
    const lkv_cube *cube = census->panel->frame->cube;
    lkv_axis axis = lkv_cube_axis_find(cube, "new_immigrant");
    uint16_t no = axis == LKV_NO_AXIS ? LKV_NO_VALUE
                                      : lkv_cube_value_find(cube, axis, "no");
    *where = lkv_where_and((lkv_where){0}, (lkv_term){axis, no});
    return no != LKV_NO_VALUE;
}

static void add_variant(lkv_census *census, const char *id, bool choice)
{
    GArray *variants = census->panel->frame->variants;
    lkv_variant variant = {.id = lkv_census_text(census, id), .choice = choice};
    bool without = strcmp(id, "excl_new_and_unknown") == 0;
    for (guint i = 0; i < variants->len; i++) {
        if (strcmp(g_array_index(variants, lkv_variant, i).id, id) == 0) {
            return;
        }
    }
    if (!without || without_new(census, &variant.where)) {
        g_array_append_val(variants, variant);
    }
}

void lkv_census_variants(lkv_census *census)
{
    const lkv_study *study = census->study;
    const lkv_sensitivity_spec *sensitivity = &study->sensitivity;
    add_variant(census, "all", false);
    if (study->population.series_without_new) {
        add_variant(census, "excl_new_and_unknown", false);
    }
    const char *const *id = sensitivity->compute ? sensitivity->choices : NULL;
    for (; id && *id; id++) {
        add_variant(census, *id, true);
    }
}

/* Beside covariate NUMBER, where some pupils have it not: the value or 0, and
 * whether it is missing.
 */
static void add_unknown(lkv_census *census, uint16_t number)
{
    const lkv_panel *panel = census->panel;
    const lkv_variable own = panel->variable[number];
    size_t missing = 0;
    for (size_t i = 0; i < panel->rows; i++) {
        missing += own.value[i] == LKV_NONE;
    }
    if (missing == 0) {
        return;
    }
    g_autofree char *filled = g_strconcat(own.id, LKV_VARIABLE_FILLED, NULL);
    g_autofree char *unknown = g_strconcat(own.id, LKV_VARIABLE_UNKNOWN, NULL);
    uint16_t value = lkv_census_variable(census, filled, own.decimals);
    uint16_t flag = lkv_census_variable(census, unknown, 0);
    for (size_t i = 0; i < panel->rows; i++) {
        bool there = own.value[i] != LKV_NONE;
        panel->variable[value].value[i] = there ? own.value[i] : 0;
        panel->variable[flag].value[i] = !there;
    }
    lkv_census_bounds(census, value);
    lkv_census_bounds(census, flag);
}

/* So that more is more favourable, as reports say of every background. */
static void turn(const lkv_census *census, uint16_t number)
{
    int64_t *value = census->panel->variable[number].value;
    for (size_t i = 0; i < census->panel->rows; i++) {
        value[i] = value[i] == LKV_NONE ? LKV_NONE : -value[i];
    }
}

bool lkv_census_covariates(lkv_census *census, lkv_diag *diag)
{
    const lkv_study *study = census->study;
    bool fine = true;
    for (size_t i = 0; i < study->background_count; i++) {
        const lkv_covariate_spec *spec = &study->background[i];
        int numbers = lkv_roll_numbers_find(census->roll, spec->id);
        uint16_t number =
            lkv_census_numbers(census, spec->id, numbers, spec->decimals, diag);
        fine = number != LKV_NO_VALUE && fine;
        if (number != LKV_NO_VALUE && spec->turned) {
            turn(census, number);
            lkv_census_bounds(census, number);
        }
        if (number != LKV_NO_VALUE && study->sensitivity.compute) {
            add_unknown(census, number);
        }
    }
    return fine;
}

/* A set of populations for each person. */
static uint64_t *populations_of_persons(const lkv_panel *panel,
                                        uint32_t persons)
{
    uint64_t *in = g_new0(uint64_t, (gsize)persons + 1);
    for (size_t i = 0; i < panel->rows; i++) {
        if (panel->population[i] != LKV_NO_VALUE) {
            in[panel->pupil[i]] |= (uint64_t)1 << panel->population[i];
        }
    }
    return in;
}

/* Persons of population A who are in population B, at [A * 64 + B]. */
static void count_common(const uint64_t *in, uint32_t persons, int64_t *common)
{
    for (uint32_t p = 0; p < persons; p++) {
        for (uint64_t left = in[p]; left != 0; left &= left - 1) {
            int a = __builtin_ctzll(left);
            for (uint64_t rest = left; rest != 0; rest &= rest - 1) {
                common[a * 64 + __builtin_ctzll(rest)]++;
            }
        }
    }
}

/* Persons of each pair of populations that have some in common. */
void lkv_census_overlaps(lkv_census *census)
{
    const lkv_panel *panel = census->panel;
    lkv_frame *frame = panel->frame;
    guint count = frame->populations->len;
    uint32_t persons = lkv_names_size(census->roll->ids);
    if (count > 64) {
        return;
    }
    g_autofree uint64_t *in = populations_of_persons(panel, persons);
    g_autofree int64_t *common = g_new0(int64_t, 64 * 64);
    count_common(in, persons, common);
    for (guint a = 0; a < count; a++) {
        for (guint b = a + 1; b < count; b++) {
            int64_t both = common[a * 64 + b];
            const lkv_overlap overlap = {.a = (uint16_t)a,
                                         .b = (uint16_t)b,
                                         .only_a = common[a * 64 + a] - both,
                                         .only_b = common[b * 64 + b] - both};
            if (both > 0) {
                g_array_append_val(frame->overlaps, overlap);
            }
        }
    }
}
