/* Assurance: how far what must stay unknown is from being known in the end. */
#ifndef LKV_DISCLOSE_ASSURANCE_H
#define LKV_DISCLOSE_ASSURANCE_H

#include "disclose/private.h"
#include "disclose/view.h"

/* Of VIEW, which is protected and drawn. */
lkv_assurance lkv_assurance_of(const lkv_view *view);
/* Of two populations together. */
lkv_assurance lkv_assurance_and(lkv_assurance a, lkv_assurance b);

#endif
