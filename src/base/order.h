/* The order of whole numbers, as sorting asks for it. */
#ifndef LKV_BASE_ORDER_H
#define LKV_BASE_ORDER_H

#include <stdint.h>

/* Less than 0, 0 or more as A is less than B, the same or more. */
static inline int lkv_order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

#endif
