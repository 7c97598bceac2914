#include "audit/rules.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Means of more pupils are not taken apart. */
enum { INVERTED_MOST = 6 };

typedef struct ruling {
    const lkv_evidence *evidence;
    const lkv_audit_rules *rules;
    lkv_findings *findings;
    GHashTable *counts; /* population and condition to a cell */
} ruling;

/* ---- lookup -------------------------------------------------------------- */

static char *count_key(uint16_t population, const lkv_condition *where)
{
    GString *key = g_string_new(NULL);
    g_string_append_printf(key, "%u", population);
    for (int i = 0; i < where->terms; i++) {
        g_string_append_printf(key, ";%u=%u", where->dim[i], where->value[i]);
    }
    return g_string_free(key, FALSE);
}

static const lkv_evidence_cell *cell_at(const ruling *now, guint number)
{
    return &g_array_index(now->evidence->cells, lkv_evidence_cell, number);
}

static bool is_published(const lkv_evidence_cell *cell)
{
    return cell->is == LKV_CELL_PUBLISHED && cell->says != LKV_SAYS_OTHER;
}

/* Printed numbers come before printed ranges. */
static void list_counts(ruling *now)
{
    for (guint i = 0; i < now->evidence->cells->len; i++) {
        const lkv_evidence_cell *cell = cell_at(now, i);
        if (!is_published(cell) || cell->says != LKV_SAYS_COUNT) {
            continue;
        }
        char *key = count_key(cell->population, &cell->where);
        if (cell->range && g_hash_table_contains(now->counts, key)) {
            g_free(key);
        } else {
            g_hash_table_insert(now->counts, key, GUINT_TO_POINTER(i + 1));
        }
    }
}

/* The cell that counts WHERE, or NULL. */
static const lkv_evidence_cell *count_of(const ruling *now, uint16_t population,
                                         const lkv_condition *where)
{
    g_autofree char *key = count_key(population, where);
    gpointer found = g_hash_table_lookup(now->counts, key);
    return found ? cell_at(now, GPOINTER_TO_UINT(found) - 1) : NULL;
}

/* ---- reports ------------------------------------------------------------- */

static void report(const ruling *now, const lkv_evidence_cell *cell,
                   lkv_grave grave, const char *kind, double low, double high,
                   const char *why)
{
    GString *what = g_string_new(NULL);
    lkv_evidence_name(now->evidence, cell, what);
    g_string_append(what, ", printed as ");
    lkv_evidence_value(cell, what);
    g_string_append_printf(
        what, " (%s)",
        (const char *)g_ptr_array_index(now->evidence->reports, cell->report));
    lkv_findings_add(
        now->findings,
        (lkv_finding){.grave = grave,
                      .kind = kind,
                      .population = g_ptr_array_index(
                          now->evidence->populations, cell->population),
                      .what = g_string_free(what, FALSE),
                      .why = g_strdup(why),
                      .recipe = g_strdup(""),
                      .low = low,
                      .high = high});
}

/* ---- one cell ------------------------------------------------------------ */

static void rule_count(const ruling *now, const lkv_evidence_cell *cell)
{
    int64_t least = now->rules->threshold;
    bool mask = cell->range && cell->low <= 1 && cell->high >= least - 1;
    if (cell->low > 0 && cell->high < least && !mask) {
        report(now, cell, LKV_FOUND_LEAK, "small_count", (double)cell->low,
               (double)cell->high, "a count under the threshold is printed");
    }
}

static void rule_base(const ruling *now, const lkv_evidence_cell *cell,
                      const lkv_evidence_cell *base)
{
    if (base && base->high < now->rules->threshold) {
        report(now, cell, LKV_FOUND_LEAK, "small_base", (double)base->low,
               (double)base->high,
               "it is about fewer pupils than the threshold");
    }
}

static void rule_share(const ruling *now, const lkv_evidence_cell *cell,
                       const lkv_evidence_cell *base)
{
    const int64_t whole = INT64_C(100) * LKV_MILLION;
    int64_t threshold = now->rules->threshold;
    int64_t half = (int64_t)(0.5 * LKV_MILLION * pow(10, -cell->decimals));
    if (cell->high <= half || cell->low >= whole - half) {
        report(now, cell, LKV_FOUND_NOTE, "group_disclosure", NAN, NAN,
               "it says something about every pupil of the group");
    }
    if (!base || base->low != base->high) {
        return;
    }
    int64_t of = base->low;
    int64_t least = MAX(cell->low, 0) * of;
    int64_t low = least / whole + (least % whole > 0);
    int64_t high = MIN(cell->high, whole) * of / whole;
    if (low == high && ((low > 0 && low < threshold) ||
                        (of - low > 0 && of - low < threshold))) {
        g_autofree char *why = g_strdup_printf(
            "of %" PRId64 " pupils that is exactly %" PRId64, of, low);
        report(now, cell, LKV_FOUND_LEAK, "pct_rounding", (double)low,
               (double)high, why);
    }
}

/* ---- means of few -------------------------------------------------------- */

/* Sets of points that have a mean: how many, and which points all of them have.
 */
typedef struct inversion {
    int64_t least, step, low, high; /* of the scale; of the sum */
    int levels, pupils;
    int chosen[INVERTED_MOST];
    bool *common;
    size_t sets;
} inversion;

static bool has_common(const inversion *sought)
{
    for (int i = 0; i < sought->levels; i++) {
        if (sought->common[i]) {
            return true;
        }
    }
    return false;
}

static void take_set(inversion *sought)
{
    sought->sets++;
    for (int level = 0; level < sought->levels; level++) {
        bool has = false;
        for (int i = 0; i < sought->pupils; i++) {
            has = has || sought->chosen[i] == level;
        }
        sought->common[level] = sought->common[level] && has;
    }
}

/* Chooses the points of pupil NUMBER on, none under LEVEL; ends when two sets
 * have nothing in common.
 */
static bool choose(inversion *sought, int number, int level, int64_t sum)
{
    if (number == sought->pupils) {
        if (sum >= sought->low && sum <= sought->high) {
            take_set(sought);
        }
        return sought->sets < 2 || has_common(sought);
    }
    int left = sought->pupils - number;
    for (int i = level; i < sought->levels; i++) {
        int64_t points = sought->least + i * sought->step;
        int64_t top =
            sought->least + (int64_t)(sought->levels - 1) * sought->step;
        if (sum + points * left > sought->high) {
            break;
        }
        if (sum + points + top * (left - 1) < sought->low) {
            continue;
        }
        sought->chosen[number] = i;
        if (!choose(sought, number + 1, i, sum + points)) {
            return false;
        }
    }
    return true;
}

static void rule_mean(const ruling *now, const lkv_evidence_cell *cell,
                      const lkv_evidence_cell *base)
{
    const lkv_scale_row *scale =
        &g_array_index(now->evidence->scales, lkv_scale_row, cell->scale);
    if (!base || base->low != base->high || base->low < 1 ||
        base->low > INVERTED_MOST || scale->step <= 0) {
        return;
    }
    int levels = (int)((scale->most - scale->least) / scale->step) + 1;
    g_autofree bool *common = g_new(bool, (size_t)levels);
    memset(common, true, (size_t)levels);
    inversion sought = {.least = scale->least,
                        .step = scale->step,
                        .low = cell->low * base->low,
                        .high = cell->high * base->low,
                        .levels = levels,
                        .pupils = (int)base->low,
                        .common = common};
    choose(&sought, 0, 0, 0);
    if (sought.sets == 1 || (sought.sets > 1 && has_common(&sought))) {
        report(now, cell, LKV_FOUND_LEAK, "mean_inversion", (double)sought.sets,
               (double)sought.sets,
               sought.sets == 1
                   ? "only one set of points has this mean"
                   : "all sets of points with this mean share some");
    }
}

static void rule_cell(const ruling *now, const lkv_evidence_cell *cell)
{
    const lkv_evidence_cell *base =
        count_of(now, cell->population,
                 cell->says == LKV_SAYS_PCT ? &cell->base : &cell->where);
    switch (cell->says) {
    case LKV_SAYS_COUNT:
        rule_count(now, cell);
        break;
    case LKV_SAYS_PCT:
        rule_base(now, cell, base);
        rule_share(now, cell, base);
        break;
    case LKV_SAYS_MEAN:
        rule_base(now, cell, base);
        rule_mean(now, cell, base);
        break;
    case LKV_SAYS_SUM:
        rule_base(now, cell, base);
        break;
    case LKV_SAYS_OTHER:
        break;
    }
}

/* ---- populations that nearly coincide ------------------------------------ */

static GHashTable *cells_of(const ruling *now, uint16_t population)
{
    GHashTable *cells =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < now->evidence->cells->len; i++) {
        const lkv_evidence_cell *cell = cell_at(now, i);
        if (cell->population == population && is_published(cell)) {
            g_hash_table_insert(cells, lkv_evidence_key(cell),
                                GUINT_TO_POINTER(i + 1));
        }
    }
    return cells;
}

static bool moved_by_few(const ruling *now, const lkv_evidence_cell *a,
                         const lkv_evidence_cell *b)
{
    int64_t moved = a && b && !a->range && !b->range ? b->low - a->low : 0;
    return moved != 0 && ABS(moved) < now->rules->threshold;
}

/* Two runs that call them the same: what has moved by a few pupils, or is about
 * a group that has, is about those few.
 */
static bool tells_of_few(const ruling *now, const lkv_evidence_cell *a,
                         const lkv_evidence_cell *b)
{
    if (a->says == LKV_SAYS_COUNT) {
        return moved_by_few(now, a, b);
    }
    const lkv_condition *base = a->says == LKV_SAYS_PCT ? &a->base : &a->where;
    return moved_by_few(now, count_of(now, a->population, base),
                        count_of(now, b->population, base));
}

static void compare(const ruling *now, const lkv_overlap_row *row,
                    const lkv_evidence_cell *a, const lkv_evidence_cell *b)
{
    bool same = a->low == b->low && a->high == b->high;
    if (row->assumed
            ? !tells_of_few(now, a, b)
            : same && (a->range || b->range || a->says == LKV_SAYS_COUNT)) {
        return;
    }
    GString *why = g_string_new("it is ");
    lkv_evidence_value(b, why);
    g_string_append_printf(why, " in %s, which differs by ",
                           (const char *)g_ptr_array_index(
                               now->evidence->populations, b->population));
    if (row->assumed) {
        g_string_append(why, "a few pupils");
    } else {
        g_string_append_printf(why, "%" PRId64 " and %" PRId64 " pupils",
                               row->only_a, row->only_b);
    }
    g_string_append(why, ": the difference is about them");
    report(now, a, LKV_FOUND_LEAK, "population_difference",
           row->assumed ? NAN : (double)row->only_a,
           row->assumed ? NAN : (double)row->only_b, why->str);
    g_string_free(why, TRUE);
}

static void rule_overlap(const ruling *now, const lkv_overlap_row *row)
{
    int64_t least = now->rules->threshold;
    bool few = row->assumed || (row->only_a > 0 && row->only_a < least) ||
               (row->only_b > 0 && row->only_b < least);
    if (!few) {
        return;
    }
    g_autoptr(GHashTable) others = cells_of(now, row->b);
    g_autoptr(GHashTable) done =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < now->evidence->cells->len; i++) {
        const lkv_evidence_cell *cell = cell_at(now, i);
        if (cell->population != row->a || !is_published(cell)) {
            continue;
        }
        char *key = lkv_evidence_key(cell);
        gpointer other = g_hash_table_lookup(others, key);
        if (g_hash_table_add(done, key) && other) {
            compare(now, row, cell, cell_at(now, GPOINTER_TO_UINT(other) - 1));
        }
    }
}

void lkv_rules_apply(const lkv_evidence *evidence, const lkv_audit_rules *rules,
                     lkv_findings *findings)
{
    g_autoptr(GHashTable) counts =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    ruling now = {evidence, rules, findings, counts};
    list_counts(&now);
    for (guint i = 0; i < evidence->cells->len; i++) {
        if (is_published(cell_at(&now, i))) {
            rule_cell(&now, cell_at(&now, i));
        }
    }
    for (guint i = 0; i < evidence->overlaps->len; i++) {
        rule_overlap(&now,
                     &g_array_index(evidence->overlaps, lkv_overlap_row, i));
    }
}
