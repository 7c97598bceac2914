/* Aims: which numbers of a population an attack seeks. */
#ifndef LKV_AUDIT_AIMS_H
#define LKV_AUDIT_AIMS_H

#include "audit/attack.h"
#include "audit/reach.h"

typedef enum {
    LKV_AIM_COUNT, /* hidden, or left out where others like it are printed */
    LKV_AIM_RANGE, /* printed as a range: of pupils */
    LKV_AIM_SPAN, /* printed as a range of a share whose base is not known */
    LKV_AIM_SHARE, /* hidden */
    LKV_AIM_MEAN /* hidden */
} lkv_aim_kind;

/* CROWD is counted, or shared of BASE, or has a mean. CELL is one that hides or
 * prints it, or UINT32_MAX. OF is the base of a range of pupils, -1 when it is
 * not known.
 */
typedef struct lkv_aim {
    lkv_aim_kind kind;
    uint32_t crowd, base, cell;
    int64_t of;
    double width;
} lkv_aim;

/* An attack under way. */
typedef struct lkv_attacking {
    const lkv_evidence *evidence;
    const lkv_net *net;
    const lkv_tight *tight;
    const lkv_unknowns *system;
    lkv_reach *reach;
    const lkv_audit_rules *rules;
    lkv_findings *findings;
    const char *population;
    GArray *aims; /* lkv_aim */
} lkv_attacking;

/* Fills AIMS. The reach has a first table. */
void lkv_aims_find(lkv_attacking *attack);

#endif
