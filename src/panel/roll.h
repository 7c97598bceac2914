/* The roll: one entry per pupil and school year, as read.
 *
 * Lives while the panel is built; pupils' ids are forgotten with it. Codes are
 * numbered in sorted order once all files are read.
 */
#ifndef LKV_PANEL_ROLL_H
#define LKV_PANEL_ROLL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/intern.h"
#include "base/stop.h"
#include "panel/panel.h"
#include "study/columns.h"
#include "study/study.h"

/* A column of codes that pupils are grouped by. CODES holds ours. */
typedef struct lkv_roll_codes {
    const char *field;
    bool of_school; /* may stand in the schools' table, for all their pupils */
    bool found; /* a table that was read has the column */
    lkv_names *codes;
} lkv_roll_codes;

typedef struct lkv_roll_numbers {
    const char *id; /* outcome, covariate or field with cuts */
    const char *column; /* header, or a field of ours */
    int decimals; /* stated, or -1 */
    bool of_school; /* read from the schools' table, for all their pupils */
} lkv_roll_numbers;

typedef struct lkv_entry {
    uint32_t id; /* of the person */
    uint32_t school;
    uint32_t class_name;
    int16_t year;
    int8_t stage_year; /* -1 = its table has none */
    uint16_t file;
    long line;
} lkv_entry;

enum { LKV_NO_CODE = UINT16_MAX };

typedef struct lkv_roll {
    lkv_names *ids, *schools, *classes;
    lkv_names *lost; /* ids of pupils whose row was left out */
    GArray *entries; /* lkv_entry; by year, school, id once finished */
    GArray *codes; /* lkv_roll_codes */
    GArray *numbers; /* lkv_roll_numbers */
    GArray *code; /* uint16_t [entry * codes + k]; LKV_NO_CODE = missing */
    GArray *number; /* lkv_decimal [entry * numbers + k]; decimals 255 = none */
    bool has_classes;
    int first_year, years;
    uint32_t *row; /* [id * years + year]: entry, or LKV_NO_NAME */
    uint32_t *next; /* [entry]: the one that was read next, or LKV_NO_NAME */
    /* Of the schools' table, by number of SCHOOLS; NULL without one. */
    char **school_name;
    bool *school_special;
    uint16_t **school_code; /* [codes]: of the school, or NULL */
} lkv_roll;

/* Reads schools and pupils. NULL with a report when the data is refused, without
 * one when STOP is asked for. INPUTS gets lkv_input_facts.
 */
lkv_roll *lkv_roll_read(const lkv_study *study, const lkv_fields *fields,
                        const lkv_stop *stop, GArray *inputs, lkv_diag *diag);
void lkv_roll_free(lkv_roll *roll);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_roll, lkv_roll_free)

/* Entry of the person with the LENGTH bytes at ID in YEAR, or LKV_NO_NAME. */
uint32_t lkv_roll_find(const lkv_roll *roll, const char *id, size_t length,
                       int year);

/* The same for the pupil who comes behind the entry BEFORE, or LKV_NO_NAME, in
 * a table: tables of one system mostly lie in the same order, so that the one
 * who followed in the pupils' table is tried first.
 */
uint32_t lkv_roll_find_after(const lkv_roll *roll, uint32_t before,
                             const char *id, size_t length, int year);

size_t lkv_roll_size(const lkv_roll *roll);
const lkv_entry *lkv_roll_at(const lkv_roll *roll, size_t entry);
/* Number of the column of codes named FIELD, or -1. */
int lkv_roll_codes_find(const lkv_roll *roll, const char *field);
int lkv_roll_numbers_find(const lkv_roll *roll, const char *id);

/* What READING FILE found. */
struct lkv_table_file;
struct lkv_reading;
void lkv_facts_add(GArray *inputs, const struct lkv_table_file *file,
                   const struct lkv_reading *reading);
/* Forgets all facts but the first COUNT. */
void lkv_facts_drop(GArray *inputs, guint count);

#endif
