/* The files of a proof. */
#include <string.h>

#include "audit/sheet.h"

/* ---- published-cells.csv ------------------------------------------------- */

enum {
    CELL_REPORT,
    CELL_TABLE,
    CELL_POPULATION,
    CELL_STAT,
    CELL_DIMS,
    CELL_BASE,
    CELL_VALUE,
    CELL_DECIMALS,
    CELL_STATUS,
    CELL_OF,
    CELL_LOWER,
    CELL_UPPER
};
static const char *const cell_columns[] = {
    "report",   "table",  "population", "stat",  "dims",  "base", "value",
    "decimals", "status", "of",         "lower", "upper", NULL};

static bool has(const lkv_sheet *file, size_t slot)
{
    return *lkv_sheet_text(file, slot) != '\0';
}

/* The scale called NAME, unbounded if it is new. */
static uint16_t scale_named(lkv_evidence *evidence, const char *name)
{
    for (guint i = 0; i < evidence->scales->len; i++) {
        if (strcmp(g_array_index(evidence->scales, lkv_scale_row, i).name,
                   name) == 0) {
            return (uint16_t)i;
        }
    }
    lkv_scale_row scale = {
        .name = g_strdup(name),
        .least = 0,
        .most = INT64_C(1000000) * LKV_MILLION,
    };
    g_array_append_val(evidence->scales, scale);
    return (uint16_t)(evidence->scales->len - 1);
}

static bool read_stat(lkv_sheet *file, lkv_evidence_cell *cell)
{
    static const char *const words[] = {"count", "pct",   "mean",
                                        "sum",   "other", NULL};
    const char *text = lkv_sheet_text(file, CELL_STAT);
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], text) == 0) {
            cell->says = (lkv_says)i;
            return true;
        }
    }
    lkv_sheet_refuse(file, CELL_STAT,
                     "\"%s\" is no count, pct, mean, sum or other", text);
    return false;
}

/* Half of the last printed digit, in millionths. */
static int64_t half_unit(unsigned decimals)
{
    int64_t half = LKV_MILLION / 2;
    for (unsigned i = 0; i < decimals; i++) {
        half /= 10;
    }
    return half;
}

/* A number that is printed with one end: the other is 0, or the base. */
static bool read_one_end(lkv_sheet *file, lkv_evidence_cell *cell, bool least)
{
    bool count = cell->says == LKV_SAYS_COUNT;
    unsigned decimals = count ? 0 : 6;
    if (!count && cell->says != LKV_SAYS_PCT) {
        lkv_sheet_refuse(file, CELL_STATUS,
                         "only a count or a pct has one end");
        return false;
    }
    size_t near = least ? CELL_LOWER : CELL_UPPER;
    size_t far = least ? CELL_UPPER : CELL_LOWER;
    near = has(file, near) ? near : CELL_VALUE;
    cell->low = 0;
    cell->high = count ? LKV_NO_END : INT64_C(100) * LKV_MILLION;
    cell->range = true;
    return lkv_sheet_number(file, near, decimals,
                            least ? &cell->low : &cell->high) &&
           (!has(file, far) ||
            lkv_sheet_number(file, far, decimals,
                             least ? &cell->high : &cell->low));
}

static bool read_value(lkv_sheet *file, lkv_evidence_cell *cell)
{
    bool count = cell->says == LKV_SAYS_COUNT;
    unsigned decimals = count ? 0 : 6;
    bool low = has(file, CELL_LOWER);
    bool high = has(file, CELL_UPPER);
    int64_t half = count ? 0 : half_unit(cell->decimals);
    int64_t value = 0;
    bool printed = has(file, CELL_VALUE);
    if (!printed && !(low && high)) {
        lkv_sheet_refuse(file, CELL_VALUE, "a published cell has no value");
        return false;
    }
    if (printed && !lkv_sheet_number(file, CELL_VALUE, decimals, &value)) {
        return false;
    }
    cell->low = value - half;
    cell->high = value + half;
    cell->range = !printed;
    return (!low || lkv_sheet_number(file, CELL_LOWER, decimals, &cell->low)) &&
           (!high || lkv_sheet_number(file, CELL_UPPER, decimals, &cell->high));
}

static bool read_published(lkv_sheet *file, lkv_evidence_cell *cell,
                           const char *status)
{
    cell->is = LKV_CELL_PUBLISHED;
    if (cell->says == LKV_SAYS_OTHER) {
        return true;
    }
    bool least = strcmp(status, "at_least") == 0;
    bool read = least || strcmp(status, "at_most") == 0
                    ? read_one_end(file, cell, least)
                    : read_value(file, cell);
    if (read && cell->low > cell->high) {
        lkv_sheet_refuse(file, CELL_VALUE, "the range ends before it begins");
        return false;
    }
    return read;
}

static bool read_status(lkv_sheet *file, lkv_evidence_cell *cell)
{
    const char *status = lkv_sheet_text(file, CELL_STATUS);
    if (strcmp(status, "published") == 0 || strcmp(status, "at_least") == 0 ||
        strcmp(status, "at_most") == 0) {
        return read_published(file, cell, status);
    }
    if (strcmp(status, "suppressed") == 0 || strcmp(status, "hidden") == 0) {
        cell->is = LKV_CELL_HIDDEN;
        return true;
    }
    if (strcmp(status, "na") == 0) {
        cell->is = LKV_CELL_NONE;
        return true;
    }
    lkv_sheet_refuse(file, CELL_STATUS, "\"%s\" is no status", status);
    return false;
}

/* What a count is part of is told by its base, and stands in its conditions. */
static void settle_base(lkv_evidence_cell *cell)
{
    cell->based = cell->says == LKV_SAYS_COUNT && cell->base.terms > 0;
    if (cell->based) {
        cell->where = lkv_condition_and(&cell->where, &cell->base);
    }
}

static bool take_cell(lkv_sheet *file)
{
    lkv_evidence *evidence = file->evidence;
    lkv_evidence_cell cell = {0};
    int64_t decimals = 0;
    if (!read_stat(file, &cell) ||
        (has(file, CELL_DECIMALS) &&
         !lkv_sheet_number(file, CELL_DECIMALS, 0, &decimals))) {
        return false;
    }
    cell.decimals = (uint8_t)CLAMP(decimals, 0, 5);
    if (!lkv_sheet_condition(file, CELL_DIMS, &cell.where) ||
        !lkv_sheet_condition(file, CELL_BASE, &cell.base) ||
        !read_status(file, &cell)) {
        return false;
    }
    settle_base(&cell);
    cell.run = (uint8_t)(evidence->runs->len - 1);
    cell.population =
        lkv_sheet_population(evidence, lkv_sheet_text(file, CELL_POPULATION));
    if (cell.says == LKV_SAYS_MEAN || cell.says == LKV_SAYS_SUM) {
        cell.scale = scale_named(evidence, lkv_sheet_text(file, CELL_OF));
    }
    const char *run = g_ptr_array_index(evidence->runs, cell.run);
    g_autofree char *report =
        g_strconcat(cell.run > 0 ? run : "", cell.run > 0 ? ": " : "",
                    lkv_sheet_text(file, CELL_REPORT), "/",
                    lkv_sheet_text(file, CELL_TABLE), NULL);
    cell.report =
        lkv_sheet_name(evidence->reports, evidence->find_report, report);
    g_array_append_val(evidence->cells, cell);
    return true;
}

/* ---- the other files ----------------------------------------------------- */

enum { DIM_DIM, DIM_VALUE, DIM_MEMBERS };
static const char *const dim_columns[] = {"dim", "value", "members", NULL};

static int by_number(gconstpointer a, gconstpointer b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

/* Leaves of the value of the row at hand: itself, or those of a group. */
static GArray *read_members(const lkv_sheet *file, lkv_dim *dim, uint16_t value)
{
    GArray *leaves = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    const char *members = lkv_sheet_text(file, DIM_MEMBERS);
    if (*members == '\0') {
        g_array_append_val(leaves, value);
    }
    g_auto(GStrv) names = g_strsplit(members, "|", -1);
    for (char **name = names; *name; name++) {
        if (**name) {
            uint16_t leaf = lkv_sheet_value(dim, *name, true);
            g_array_append_val(leaves, leaf);
        }
    }
    g_array_sort(leaves, by_number);
    return leaves;
}

static bool same_members(const GArray *a, const GArray *b)
{
    return a->len == b->len &&
           memcmp(a->data, b->data, a->len * sizeof(uint16_t)) == 0;
}

/* A value means the same in every row and every run, or nothing could be
 * reckoned over them.
 */
static bool take_dim(lkv_sheet *file)
{
    uint16_t number = 0;
    lkv_dim *dim =
        lkv_sheet_dim(file->evidence, lkv_sheet_text(file, DIM_DIM), &number);
    const char *name = lkv_sheet_text(file, DIM_VALUE);
    bool leaf = *lkv_sheet_text(file, DIM_MEMBERS) == '\0';
    guint before = dim->value->len;
    uint16_t value = lkv_sheet_value(dim, name, leaf);
    g_autoptr(GArray) leaves = read_members(file, dim, value);
    GArray *known = g_ptr_array_index(dim->members, value);
    uint64_t run = lkv_sheet_run(file->evidence);
    if (value >= before && !leaf) {
        g_array_append_vals(known, leaves->data, leaves->len);
    }
    if (!same_members(known, leaves)) {
        lkv_sheet_refuse(file, DIM_MEMBERS, "%s=%s has had other members",
                         dim->name, name);
        return false;
    }
    dim->declared |= run;
    g_array_index(dim->told_by, uint64_t, value) |= run;
    return true;
}

enum { IMPLICATION_A, IMPLICATION_B };
static const char *const implication_columns[] = {"a", "b", NULL};

static bool take_implication(lkv_sheet *file)
{
    lkv_follows it = {0};
    if (!lkv_sheet_condition(file, IMPLICATION_A, &it.a) ||
        !lkv_sheet_condition(file, IMPLICATION_B, &it.b)) {
        return false;
    }
    if (it.a.terms == 0 || it.b.terms == 0) {
        lkv_sheet_refuse(file, it.a.terms == 0 ? IMPLICATION_A : IMPLICATION_B,
                         "an implication needs a condition");
        return false;
    }
    if (lkv_evidence_implied(file->evidence->implications, &it.a, &it.b)) {
        return true; /* another run has said so */
    }
    it.chain = g_array_new(FALSE, FALSE, sizeof(lkv_condition));
    g_array_append_val(it.chain, it.a);
    g_array_append_val(it.chain, it.b);
    g_array_append_val(file->evidence->implications, it);
    return true;
}

enum { OVERLAP_A, OVERLAP_B, OVERLAP_ONLY_A, OVERLAP_ONLY_B };
static const char *const overlap_columns[] = {"pop_a", "pop_b", "only_a",
                                              "only_b", NULL};

static bool take_overlap(lkv_sheet *file)
{
    lkv_evidence *evidence = file->evidence;
    lkv_overlap_row row = {
        .a = lkv_sheet_population(evidence, lkv_sheet_text(file, OVERLAP_A)),
        .b = lkv_sheet_population(evidence, lkv_sheet_text(file, OVERLAP_B))};
    if (!lkv_sheet_number(file, OVERLAP_ONLY_A, 0, &row.only_a) ||
        !lkv_sheet_number(file, OVERLAP_ONLY_B, 0, &row.only_b)) {
        return false;
    }
    g_array_append_val(evidence->overlaps, row);
    return true;
}

enum { SCALE_OUTCOME, SCALE_LEAST, SCALE_MOST, SCALE_STEP };
static const char *const scale_columns[] = {"outcome", "least", "most", "step",
                                            NULL};

static bool take_scale(lkv_sheet *file)
{
    uint16_t number =
        scale_named(file->evidence, lkv_sheet_text(file, SCALE_OUTCOME));
    lkv_scale_row *scale =
        &g_array_index(file->evidence->scales, lkv_scale_row, number);
    return lkv_sheet_number(file, SCALE_LEAST, 6, &scale->least) &&
           lkv_sheet_number(file, SCALE_MOST, 6, &scale->most) &&
           (!has(file, SCALE_STEP) ||
            lkv_sheet_number(file, SCALE_STEP, 6, &scale->step));
}

bool lkv_evidence_read(lkv_evidence *evidence, const char *folder,
                       const char *label, lkv_diag *diag)
{
    const struct {
        const char *name;
        const char *const *column;
        size_t required;
        bool (*take)(lkv_sheet *file);
    } files[] = {
        {"dims.csv", dim_columns, 3, take_dim},
        {"scales.csv", scale_columns, 3, take_scale},
        {"implications.csv", implication_columns, 2, take_implication},
        {"populations.csv", overlap_columns, 4, take_overlap},
        {"published-cells.csv", cell_columns, CELL_OF, take_cell},
    };
    g_assert(evidence->runs->len < LKV_RUNS_MOST);
    g_ptr_array_add(evidence->runs, g_strdup(label));
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i].name, NULL);
        lkv_sheet file = {.evidence = evidence,
                          .path = path,
                          .column = files[i].column,
                          .required = files[i].required,
                          .take = files[i].take,
                          .diag = diag};
        if (!lkv_sheet_read(&file)) {
            return false;
        }
    }
    return true;
}
