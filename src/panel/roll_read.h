/* Steps of reading the roll, each in a file of its own. */
#ifndef LKV_PANEL_ROLL_READ_H
#define LKV_PANEL_ROLL_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/intern.h"
#include "base/stop.h"
#include "panel/roll.h"
#include "study/columns.h"
#include "study/study.h"

/* ---- schools_read.c: the schools' tables ---------------------------------- */

typedef struct lkv_schools lkv_schools;

/* Schools whose codes are those of ROLL; all lent. */
lkv_schools *lkv_schools_new(const lkv_study *study, const lkv_stop *stop,
                             lkv_roll *roll);
void lkv_schools_free(lkv_schools *schools);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_schools, lkv_schools_free)

/* Reads INPUT; INPUTS gets lkv_input_facts. False with a report when it is
 * refused.
 */
bool lkv_schools_read(lkv_schools *schools, const lkv_input *input,
                      const lkv_fields *fields, GArray *inputs, lkv_diag *diag);
/* The schools read so far; NULL before any table. */
const lkv_names *lkv_schools_codes(const lkv_schools *schools);
/* Whether numbers that the study wants of schools have a table to come from;
 * if not, reported.
 */
bool lkv_schools_suffice(const lkv_schools *schools, lkv_diag *diag);
/* Gives the roll what the tables say of its schools, and their numbers to
 * pupils who have none of their own. FRESH is the number of each code that was
 * given while reading, by column.
 */
void lkv_schools_keep(const lkv_schools *schools, uint32_t *const *fresh);

/* ---- pupils_read.c: a pupils' table ---------------------------------------- */

/* Reads input FILE of the study into the roll. KNOWN are all schools there can
 * be, or NULL. False with a report when the file is refused.
 */
typedef struct lkv_pupils_ask {
    const lkv_study *study;
    const lkv_fields *fields;
    const lkv_stop *stop;
    size_t file;
    const lkv_names *known;
    GArray *inputs; /* gets lkv_input_facts */
} lkv_pupils_ask;
bool lkv_pupils_read(const lkv_pupils_ask *ask, lkv_roll *roll, lkv_diag *diag);

/* ---- roll_order.c: numbers and order ----------------------------------------- */

/* Numbers schools, persons, classes and codes by their sorted texts. Returns
 * the new number of each code, by column, in arrays of the caller's.
 */
uint32_t **lkv_roll_renumber(lkv_roll *roll);
/* Puts the entries into their order and finds them by person and year. Exact
 * duplicates are kept once and counted in INPUTS; false with a report when a
 * pupil is there twice in a year with other values.
 */
bool lkv_roll_settle(lkv_roll *roll, const lkv_study *study, GArray *inputs,
                     lkv_diag *diag);

#endif
