/* One file describes one yearly run: the study as understood.
 *
 * Read from YAML by one table-driven walker; every fault is located and all
 * of them come out at once. Text lies in the study; all is const once read.
 * Only `app` sees the whole; lower floors get the parts below.
 */
#ifndef LKV_STUDY_STUDY_H
#define LKV_STUDY_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/frame.h"

/* ---- inputs ---------------------------------------------------------- */

typedef enum {
    LKV_TABLE_SCHOOLS,
    LKV_TABLE_PUPILS,
    LKV_TABLE_GRADES,
    LKV_TABLE_TESTS,
    LKV_TABLE_ATTAINMENT,
    LKV_TABLE_FOLLOWUP, /* what schools chose to follow up; no pupils */
    LKV_TABLES
} lkv_table;

typedef enum { LKV_SHAPE_FOUND, LKV_SHAPE_LONG, LKV_SHAPE_WIDE } lkv_shape;

/* FIELD is ours (pupil_id, sex, an outcome's or covariate's id …), HEADER the
 * column of the file; HEADER NULL says that there is no such column.
 */
typedef struct lkv_column_map {
    const char *field;
    const char *header;
    lkv_place place;
} lkv_column_map;

/* In column FIELD, their TEXT means our CODE. */
typedef struct lkv_code_map {
    const char *field;
    const char *text;
    const char *code;
} lkv_code_map;

/* Keep only rows whose FIELD is one of TEXTS (NULL-terminated). */
typedef struct lkv_row_filter {
    const char *field;
    const char *const *texts;
} lkv_row_filter;

/* One file of one role: globs are resolved and sorted by name. */
typedef struct lkv_input {
    lkv_table table;
    const char *path; /* to open */
    const char *name; /* to show: without folder */
    lkv_place place; /* where the study names it */
    int year; /* of all its rows; 0 = by column, else the study's year */
    char delimiter; /* 0 = find it */
    char decimal; /* '.', ',' or 0 = find it */
    const char *encoding; /* "utf-8", "windows-1252" or NULL = find it */
    lkv_shape shape; /* grades: a row or a column per subject */
    unsigned skip; /* preamble lines before the header */
    unsigned skip_last; /* note lines after the data */
    bool rows_are_pupils; /* pupil_id: none */
    const char *const *missing; /* NULL-terminated; NULL = "" alone */
    const lkv_column_map *columns;
    size_t column_count;
    const lkv_code_map *codes;
    size_t code_count;
    const lkv_row_filter *where;
    size_t where_count;
    const lkv_column_map *subjects; /* wide: FIELD is the subject code */
    size_t subject_count;
} lkv_input;

typedef enum { LKV_IDS_REFUSE, LKV_IDS_KEYED } lkv_personal_numbers;

typedef struct lkv_inputs {
    const lkv_input *input; /* by table, then as named, then by file name */
    size_t count;
    int64_t rejected_rows; /* a file is refused over both of these … */
    double rejected_share; /* … or over half of its rows */
    lkv_personal_numbers personal_numbers;
} lkv_inputs;

/* ---- what is asked ------------------------------------------------------ */

/* Percentage points: a smaller change of a share is told as none, if nothing
 * else is said.
 */
enum { LKV_CHANGE_SHARE = 5 };

/* An outcome that the study declares beside those of the rules. */
typedef struct lkv_outcome_spec {
    const char *id;
    lkv_outcome_kind kind;
    const char *column; /* header of the pupils' table, or NULL with OF */
    const char *of; /* another declared outcome … */
    double at_least; /* … that must reach this: kind yes/no */
    double least, most; /* scale; both 0 when not stated: then as found */
    int decimals; /* -1 = as many as the column has */
    double least_change; /* a smaller one is told as none; percentage points of
                            a share */
    bool sensitive;
    lkv_label label;
    lkv_place place;
} lkv_outcome_spec;

/* Pupils by a column. The first category is the reference of gaps unless the
 * study names another.
 */
typedef struct lkv_group_spec {
    const char *id;
    const char *by; /* field of the pupils' (or schools') table */
    const double *cut; /* ascending; NULL = the codes themselves */
    size_t cuts;
    const char *reference; /* code, or NULL */
    bool of_school; /* constant within schools */
    lkv_label label;
    lkv_place place;
} lkv_group_spec;

typedef struct lkv_covariate_spec {
    const char *id;
    const char *column;
    int decimals; /* -1 = as many as the column has */
    bool of_school; /* a column of the schools' table */
    bool turned; /* its higher numbers are less favourable */
    bool on_request; /* given only where a measure names it */
    lkv_place place;
} lkv_covariate_spec;

/* measures: an id of the catalogue, narrowed if the study says so. */
typedef struct lkv_measure_spec {
    const char *measure;
    const char *of; /* outcome id or NULL = all that fit */
    const char *between; /* group id or NULL = all */
    const char *const *given; /* covariate ids, NULL-terminated, or NULL */
    lkv_place place;
} lkv_measure_spec;

/* Whom the figures are about. */
typedef struct lkv_population_spec {
    int64_t reference_date; /* days since 1970-01-01 */
    bool has_reference_date;
    lkv_release_kind release;
    bool exclude_without_grades; /* no_grades: exclude */
    bool merit_of_all; /* headline: all instead of merit_ge_10 */
    bool series_without_new; /* excl_new_and_unknown is wanted too */
    bool special_apart; /* special units out of spread between schools */
} lkv_population_spec;

/* Key results again under other choices, each one changed. */
typedef struct lkv_sensitivity_spec {
    bool compute;
    const char *const *choices; /* NULL-terminated, or NULL = none */
} lkv_sensitivity_spec;

/* ---- what comes out ------------------------------------------------------- */

typedef struct lkv_privacy_spec {
    const char *const *profiles; /* NULL-terminated ids, at least one */
    bool open; /* the one profile is "open", accepted as open data */
    bool accept_small_cells;
    lkv_place place;
} lkv_privacy_spec;

enum { LKV_NO_LEVEL = -1 };

/* A goal that the district has set: so many per cent, or points, of INDICATOR
 * in YEAR.
 */
typedef struct lkv_target_spec {
    const char *indicator; /* [STAGE:]OUTCOME[:SUBJECT] */
    const char *group; /* "sex.f", or NULL = all pupils */
    int64_t level; /* LKV_NO_LEVEL: none */
    int year; /* in which the school year ends */
    lkv_place place;
} lkv_target_spec;

/* A figure of the district that an authority has published: to be held against
 * the own one.
 */
typedef struct lkv_official_spec {
    lkv_target_spec about; /* its level is LKV_NO_LEVEL */
    lkv_decimal value; /* in per cent, or points */
    int64_t pupils; /* whom it is about; 0 = not stated */
    const char *source; /* who published it, and when */
} lkv_official_spec;

typedef struct lkv_reports_spec {
    const char *const *languages; /* NULL-terminated, at least one */
    const char *const *easy; /* of easy-read reports; NULL = none */
    const char *const *schools; /* ids, NULL-terminated; NULL = all */
    bool district;
    bool school_reports;
    const char *theme; /* path or NULL */
    bool pdf, csv, json, xlsx, html;
} lkv_reports_spec;

typedef struct lkv_study {
    const char *path; /* as given */
    const char *district_name;
    const char *district_id;
    const char *country; /* "SE" or NULL */
    int year; /* in which the reported school year ends */
    const char *rules; /* id or path of a rule file, or NULL = none */
    lkv_inputs inputs;
    lkv_population_spec population;
    const lkv_outcome_spec *outcomes;
    size_t outcome_count;
    const lkv_covariate_spec *background;
    size_t background_count;
    const lkv_group_spec *groups;
    size_t group_count;
    const lkv_measure_spec *measures; /* none = all */
    size_t measure_count;
    lkv_sensitivity_spec sensitivity;
    uint64_t seed;
    unsigned replicates;
    double confidence; /* 0.95 */
    lkv_privacy_spec privacy;
    lkv_reports_spec reports;
    const lkv_target_spec *targets;
    size_t target_count;
    const lkv_official_spec *officials;
    size_t official_count;
    const char *const *ledger; /* NULL-terminated or NULL */
    const char *output; /* folder, {year} {district} filled in */
    unsigned jobs; /* 0 = all processors */
    struct lkv_study_text *text; /* owner of all strings and arrays */
} lkv_study;

/* Reads the study at PATH with "key=value" overrides SETS (NULL-terminated or
 * NULL; keys are dotted paths such as inputs.pupils.path, values YAML flow
 * text). Paths in the study are seen from its folder, those of SETS from the
 * working folder. NULL when anything is wrong.
 */
lkv_study *lkv_study_read(const char *path, const char *const *sets,
                          lkv_diag *diag);
/* The study of a finished run, as lkv_study_text_resolved wrote it: its inputs
 * are not looked for, and it has none.
 */
lkv_study *lkv_study_read_finished(const char *path, const char *const *sets,
                                   lkv_diag *diag);
void lkv_study_free(lkv_study *study);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_study, lkv_study_free)

/* The study as understood, as YAML in a fixed order, without jobs, output,
 * log and colour; paths without their folders. g_free.
 */
char *lkv_study_text_resolved(const lkv_study *study);

/* Of that, only what can change a figure or a page: no names of input files.
 * The same for two studies that mean the same, however they are written.
 * g_free.
 */
char *lkv_study_text_settings(const lkv_study *study);

/* Every key of the study: dotted path, kind, range, default, help; in the
 * order of documentation. NULL past the last.
 */
typedef struct lkv_key_help {
    const char *path, *kind, *standard, *help;
} lkv_key_help;
const lkv_key_help *lkv_study_key_at(size_t index);

/* Folder that holds rules/, text/, school.yml …: $LIKVARD_REPORTS, else beside
 * the program's own data, else the source tree it was built from. g_free.
 */
char *lkv_reports_folder(void);

#endif
