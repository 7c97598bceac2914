/* How a system of unknowns is made, for the files that make it. */
#ifndef LKV_AUDIT_UNKNOWNS_MADE_H
#define LKV_AUDIT_UNKNOWNS_MADE_H

#include "audit/unknowns.h"

void lkv_unknowns_begin(lkv_unknowns *system, lkv_row_kind kind,
                        uint32_t number);
/* Adds TIMES the FORM to the row begun last; what is known of it is returned.
 */
double lkv_unknowns_add(lkv_unknowns *system, const lkv_form *form,
                        double times);
/* Ends the row: LOW and HIGH are of all it had, KNOWN is what is put in. */
void lkv_unknowns_end(lkv_unknowns *system, double known, double low,
                      double high);

/* Says that CROWD is the same in two tables. */
typedef void (*lkv_tie)(lkv_unknowns *system, uint32_t crowd, uint16_t home,
                        uint16_t span, uint16_t scale);
/* Ties each table of SPANS (uint16_t, ascending) to the first one that has a
 * margin of it: over all that the two share, so that smaller margins agree too.
 */
void lkv_unknowns_tie(lkv_unknowns *system, const GArray *spans, lkv_tie tie,
                      uint16_t scale);

/* Sums of points, and what means say of them. */
void lkv_unknowns_add_points(lkv_unknowns *system);

/* Finds blocks, parts and wholes, and the rows of each column. */
void lkv_unknowns_part(lkv_unknowns *system);

#endif
