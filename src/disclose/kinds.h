/* What kind of pupils a crowd holds: by the axes of outcomes in it. */
#ifndef LKV_DISCLOSE_KINDS_H
#define LKV_DISCLOSE_KINDS_H

#include "disclose/facts.h"

/* Finds the outcome of each axis, and which are sensitive: by themselves, or
 * because they imply a level of one that is (a subset of a sensitive outcome
 * tells as much).
 */
void lkv_kinds_start(lkv_facts *facts);
/* The set on an outcome's AXIS of which shares are taken: all known levels,
 * or the graded ones.
 */
uint16_t lkv_kinds_known(const lkv_facts *facts, lkv_axis axis);
/* Fills the kind of every set and every crowd. */
void lkv_kinds_settle(lkv_facts *facts);
void lkv_kinds_free(lkv_facts *facts);

#endif
