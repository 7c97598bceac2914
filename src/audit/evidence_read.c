/* The files of a proof. */
#include <string.h>

#include "audit/evidence.h"
#include "base/decimal.h"
#include "ingest/record.h"

enum { COLUMNS = 32, SLOTS = 16 };

/* A file under way: which column is where, and what takes its rows. */
typedef struct sheet sheet;
struct sheet {
    lkv_evidence *evidence;
    const char *path;
    const char *const *column; /* NULL-terminated */
    size_t required; /* of them; the others may be missing */
    bool (*take)(sheet *file);
    lkv_diag *diag;
    int place[SLOTS]; /* in the file, or -1 */
    size_t fields; /* of the header; 0 before it */
    const lkv_record *record;
    bool fine;
};

static const char *text_at(const sheet *file, size_t slot)
{
    int place = file->place[slot];
    return place < 0 ? "" : file->record->field[place].text;
}

static lkv_message *refuse(sheet *file, size_t slot, const char *what, ...)
    G_GNUC_PRINTF(3, 4);
static lkv_message *refuse(sheet *file, size_t slot, const char *what, ...)
{
    va_list list;
    va_start(list, what);
    g_autofree char *text = g_strdup_vprintf(what, list);
    va_end(list);
    file->fine = false;
    return lkv_diag_add(file->diag, "E-PROOF-ROW",
                        (lkv_place){.file = file->path,
                                    .line = file->record->line,
                                    .column = file->place[slot] + 1,
                                    .field = file->column[slot]},
                        "%s", text);
}

/* ---- names --------------------------------------------------------------- */

static uint32_t name_in(GPtrArray *names, GHashTable *find, const char *name)
{
    gpointer number = NULL;
    if (g_hash_table_lookup_extended(find, name, NULL, &number)) {
        return GPOINTER_TO_UINT(number);
    }
    char *copy = g_strdup(name);
    g_hash_table_insert(find, copy, GUINT_TO_POINTER(names->len));
    g_ptr_array_add(names, copy);
    return names->len - 1;
}

static void free_members(gpointer members)
{
    g_array_unref(members);
}

static lkv_dim *dim_named(lkv_evidence *evidence, const char *name,
                          uint16_t *number)
{
    gpointer found = g_hash_table_lookup(evidence->find_dim, name);
    if (found) {
        *number = (uint16_t)(GPOINTER_TO_UINT(found) - 1);
        return g_ptr_array_index(evidence->dims, *number);
    }
    lkv_dim *dim = g_new0(lkv_dim, 1);
    dim->name = g_strdup(name);
    dim->value = g_ptr_array_new_with_free_func(g_free);
    dim->members = g_ptr_array_new_with_free_func(free_members);
    dim->leaves = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    dim->find = g_hash_table_new(g_str_hash, g_str_equal);
    *number = (uint16_t)evidence->dims->len;
    g_ptr_array_add(evidence->dims, dim);
    g_hash_table_insert(evidence->find_dim, dim->name,
                        GUINT_TO_POINTER(*number + 1U));
    return dim;
}

/* Number of the value NAME; a leaf if it is new and LEAF. */
static uint16_t value_named(lkv_dim *dim, const char *name, bool leaf)
{
    gpointer found = g_hash_table_lookup(dim->find, name);
    if (found) {
        return (uint16_t)(GPOINTER_TO_UINT(found) - 1);
    }
    uint16_t number = (uint16_t)dim->value->len;
    char *copy = g_strdup(name);
    GArray *members = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    g_ptr_array_add(dim->value, copy);
    g_ptr_array_add(dim->members, members);
    g_hash_table_insert(dim->find, copy, GUINT_TO_POINTER(number + 1U));
    if (leaf) {
        g_array_append_val(members, number);
        g_array_append_val(dim->leaves, number);
    }
    return number;
}

/* Reads TEXT ("school=17;sex=f"), the field in SLOT. */
static bool read_condition(sheet *file, size_t slot, lkv_condition *where)
{
    *where = (lkv_condition){0};
    const char *text = text_at(file, slot);
    g_auto(GStrv) terms = g_strsplit(text, ";", -1);
    for (char **term = terms; *term; term++) {
        if (**term == '\0') {
            continue;
        }
        char *equal = strchr(*term, '=');
        if (!equal) {
            refuse(file, slot, "\"%s\" is no condition such as school=17",
                   *term);
            return false;
        }
        if (where->terms == LKV_CONDITION_TERMS) {
            refuse(file, slot, "a condition has more than %d terms",
                   LKV_CONDITION_TERMS);
            return false;
        }
        *equal = '\0';
        g_autofree char *name = g_uri_unescape_string(*term, NULL);
        g_autofree char *value = g_uri_unescape_string(equal + 1, NULL);
        if (!name || !value) {
            refuse(file, slot, "a name has a %% that encodes nothing");
            return false;
        }
        uint16_t number = 0;
        lkv_dim *dim = dim_named(file->evidence, name, &number);
        bool known = g_hash_table_contains(dim->find, value);
        if (!known && dim->declared) {
            refuse(file, slot, "%s=%s is not in dims.csv", name, value);
            return false;
        }
        lkv_condition_set(where, number, value_named(dim, value, true));
    }
    return true;
}

/* ---- numbers ------------------------------------------------------------- */

/* The field in SLOT in units of the DECIMALS-th decimal; false with a report.
 */
static bool read_number(sheet *file, size_t slot, unsigned decimals,
                        int64_t *number)
{
    const char *text = text_at(file, slot);
    lkv_decimal decimal;
    if (lkv_decimal_read(text, strlen(text), '.', &decimal) == LKV_DECIMAL_OK &&
        lkv_decimal_scale(decimal, decimals, number) &&
        *number<LKV_NO_END / LKV_MILLION && * number> -
            LKV_NO_END / LKV_MILLION) {
        return true;
    }
    refuse(file, slot, "\"%s\" is no number%s", text,
           decimals == 0 ? " of pupils" : "");
    return false;
}

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

static bool has(const sheet *file, size_t slot)
{
    return *text_at(file, slot) != '\0';
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

static bool read_stat(sheet *file, lkv_evidence_cell *cell)
{
    static const char *const words[] = {"count", "pct",   "mean",
                                        "sum",   "other", NULL};
    const char *text = text_at(file, CELL_STAT);
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], text) == 0) {
            cell->says = (lkv_says)i;
            return true;
        }
    }
    refuse(file, CELL_STAT, "\"%s\" is no count, pct, mean, sum or other",
           text);
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
static bool read_one_end(sheet *file, lkv_evidence_cell *cell, bool least)
{
    bool count = cell->says == LKV_SAYS_COUNT;
    unsigned decimals = count ? 0 : 6;
    if (!count && cell->says != LKV_SAYS_PCT) {
        refuse(file, CELL_STATUS, "only a count or a pct has one end");
        return false;
    }
    size_t near = least ? CELL_LOWER : CELL_UPPER;
    size_t far = least ? CELL_UPPER : CELL_LOWER;
    near = has(file, near) ? near : CELL_VALUE;
    cell->low = 0;
    cell->high = count ? LKV_NO_END : INT64_C(100) * LKV_MILLION;
    cell->range = true;
    return read_number(file, near, decimals,
                       least ? &cell->low : &cell->high) &&
           (!has(file, far) ||
            read_number(file, far, decimals, least ? &cell->high : &cell->low));
}

static bool read_value(sheet *file, lkv_evidence_cell *cell)
{
    bool count = cell->says == LKV_SAYS_COUNT;
    unsigned decimals = count ? 0 : 6;
    bool low = has(file, CELL_LOWER);
    bool high = has(file, CELL_UPPER);
    int64_t half = count ? 0 : half_unit(cell->decimals);
    int64_t value = 0;
    bool printed = has(file, CELL_VALUE);
    if (!printed && !(low && high)) {
        refuse(file, CELL_VALUE, "a published cell has no value");
        return false;
    }
    if (printed && !read_number(file, CELL_VALUE, decimals, &value)) {
        return false;
    }
    cell->low = value - half;
    cell->high = value + half;
    cell->range = !printed;
    return (!low || read_number(file, CELL_LOWER, decimals, &cell->low)) &&
           (!high || read_number(file, CELL_UPPER, decimals, &cell->high));
}

static bool read_published(sheet *file, lkv_evidence_cell *cell,
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
        refuse(file, CELL_VALUE, "the range ends before it begins");
        return false;
    }
    return read;
}

static bool read_status(sheet *file, lkv_evidence_cell *cell)
{
    const char *status = text_at(file, CELL_STATUS);
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
    refuse(file, CELL_STATUS, "\"%s\" is no status", status);
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

static bool take_cell(sheet *file)
{
    lkv_evidence *evidence = file->evidence;
    lkv_evidence_cell cell = {0};
    int64_t decimals = 0;
    if (!read_stat(file, &cell) ||
        (has(file, CELL_DECIMALS) &&
         !read_number(file, CELL_DECIMALS, 0, &decimals))) {
        return false;
    }
    cell.decimals = (uint8_t)CLAMP(decimals, 0, 5);
    if (!read_condition(file, CELL_DIMS, &cell.where) ||
        !read_condition(file, CELL_BASE, &cell.base) ||
        !read_status(file, &cell)) {
        return false;
    }
    settle_base(&cell);
    cell.population =
        (uint16_t)name_in(evidence->populations, evidence->find_population,
                          text_at(file, CELL_POPULATION));
    if (cell.says == LKV_SAYS_MEAN || cell.says == LKV_SAYS_SUM) {
        cell.scale = scale_named(evidence, text_at(file, CELL_OF));
    }
    g_autofree char *report = g_strconcat(text_at(file, CELL_REPORT), "/",
                                          text_at(file, CELL_TABLE), NULL);
    cell.report = name_in(evidence->reports, evidence->find_report, report);
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

static bool take_dim(sheet *file)
{
    uint16_t number = 0;
    lkv_dim *dim = dim_named(file->evidence, text_at(file, DIM_DIM), &number);
    const char *members = text_at(file, DIM_MEMBERS);
    dim->declared = true;
    if (*members == '\0') {
        value_named(dim, text_at(file, DIM_VALUE), true);
        return true;
    }
    uint16_t group = value_named(dim, text_at(file, DIM_VALUE), false);
    GArray *leaves = g_ptr_array_index(dim->members, group);
    g_array_set_size(leaves, 0);
    g_auto(GStrv) names = g_strsplit(members, "|", -1);
    for (char **name = names; *name; name++) {
        if (**name) {
            uint16_t leaf = value_named(dim, *name, true);
            g_array_append_val(leaves, leaf);
        }
    }
    g_array_sort(leaves, by_number);
    return true;
}

enum { IMPLICATION_A, IMPLICATION_B };
static const char *const implication_columns[] = {"a", "b", NULL};

static bool take_implication(sheet *file)
{
    lkv_follows it = {0};
    if (!read_condition(file, IMPLICATION_A, &it.a) ||
        !read_condition(file, IMPLICATION_B, &it.b)) {
        return false;
    }
    if (it.a.terms == 0 || it.b.terms == 0) {
        refuse(file, it.a.terms == 0 ? IMPLICATION_A : IMPLICATION_B,
               "an implication needs a condition");
        return false;
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

static bool take_overlap(sheet *file)
{
    lkv_evidence *evidence = file->evidence;
    lkv_overlap_row row = {
        .a = (uint16_t)name_in(evidence->populations, evidence->find_population,
                               text_at(file, OVERLAP_A)),
        .b = (uint16_t)name_in(evidence->populations, evidence->find_population,
                               text_at(file, OVERLAP_B))};
    if (!read_number(file, OVERLAP_ONLY_A, 0, &row.only_a) ||
        !read_number(file, OVERLAP_ONLY_B, 0, &row.only_b)) {
        return false;
    }
    g_array_append_val(evidence->overlaps, row);
    return true;
}

enum { SCALE_OUTCOME, SCALE_LEAST, SCALE_MOST, SCALE_STEP };
static const char *const scale_columns[] = {"outcome", "least", "most", "step",
                                            NULL};

static bool take_scale(sheet *file)
{
    uint16_t number = scale_named(file->evidence, text_at(file, SCALE_OUTCOME));
    lkv_scale_row *scale =
        &g_array_index(file->evidence->scales, lkv_scale_row, number);
    return read_number(file, SCALE_LEAST, 6, &scale->least) &&
           read_number(file, SCALE_MOST, 6, &scale->most) &&
           (!has(file, SCALE_STEP) ||
            read_number(file, SCALE_STEP, 6, &scale->step));
}

/* ---- reading ------------------------------------------------------------- */

static bool take_header(sheet *file)
{
    const lkv_record *record = file->record;
    file->fields = record->fields;
    for (size_t i = 0; file->column[i]; i++) {
        file->place[i] = -1;
        for (size_t at = 0; at < record->fields && at < COLUMNS; at++) {
            if (strcmp(record->field[at].text, file->column[i]) == 0) {
                file->place[i] = (int)at;
            }
        }
        if (file->place[i] < 0 && i < file->required) {
            file->fine = false;
            lkv_diag_add(file->diag, "E-PROOF-ROW",
                         (lkv_place){.file = file->path,
                                     .line = record->line,
                                     .field = file->column[i]},
                         "there is no column %s", file->column[i]);
            return false;
        }
    }
    return true;
}

static bool take_record(void *context, const lkv_record *record)
{
    sheet *file = context;
    file->record = record;
    if (file->fields == 0) {
        return take_header(file);
    }
    if (record->fields != file->fields) {
        refuse(file, 0, "the row has %zu fields, the header %zu",
               record->fields, file->fields);
        return false;
    }
    return file->take(file);
}

/* Reads the whole of FILE. Whatever is not understood ends it: half of what a
 * reader sees would make him look blind.
 */
static bool read_sheet(sheet *file)
{
    const lkv_input input = {.path = file->path, .name = file->path};
    g_autoptr(lkv_scan) scan = lkv_scan_file(&input, NULL, file->diag);
    if (!scan) {
        return false;
    }
    lkv_reading reading = {.scan = scan,
                           .name = file->path,
                           .delimiter = ',',
                           .slots = COLUMNS,
                           .diag = file->diag};
    file->fine = true;
    bool read = lkv_records_read(
        &reading, (lkv_range){.from = scan->start, .to = scan->bytes},
        take_record, file);
    if (read && (reading.rejected > 0 || file->fields == 0)) {
        lkv_diag_add(file->diag, "E-PROOF-ROW", (lkv_place){.file = file->path},
                     file->fields == 0 ? "the file has no header"
                                       : "some of its rows cannot be read");
        return false;
    }
    return read && file->fine;
}

bool lkv_evidence_read(lkv_evidence *evidence, const char *folder,
                       lkv_diag *diag)
{
    const struct {
        const char *name;
        const char *const *column;
        size_t required;
        bool (*take)(sheet *file);
    } files[] = {
        {"dims.csv", dim_columns, 3, take_dim},
        {"scales.csv", scale_columns, 3, take_scale},
        {"implications.csv", implication_columns, 2, take_implication},
        {"populations.csv", overlap_columns, 4, take_overlap},
        {"published-cells.csv", cell_columns, CELL_OF, take_cell},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i].name, NULL);
        sheet file = {.evidence = evidence,
                      .path = path,
                      .column = files[i].column,
                      .required = files[i].required,
                      .take = files[i].take,
                      .diag = diag};
        if (!read_sheet(&file)) {
            return false;
        }
    }
    return true;
}
