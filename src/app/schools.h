/* The schools that a user names, by code or by name. */
#ifndef LKV_APP_SCHOOLS_H
#define LKV_APP_SCHOOLS_H

#include "app/handle.h"

/* The school whose code, or else whose name alone, is WORD (names are compared
 * folded). Otherwise LKV_NO_VALUE, and a report at PLACE that lists the
 * likeliest.
 */
uint16_t lkv_schools_find(const likvard *run, const char *word,
                          lkv_place place);

/* Reports every follow-up of a school that is not there. */
void lkv_schools_check_followups(const likvard *run);

/* Reports every code of the study's reports.schools that no school has. */
void lkv_schools_check(const likvard *run);

#endif
