/* Calendar dates without a clock. */
#ifndef LKV_BASE_DATE_H
#define LKV_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01 of "2025-06-13"; false if it is no date. */
bool lkv_date_read(const char *text, int64_t *days);
/* "2025-06-13"; BUFFER holds at least 16 bytes; returns BUFFER. */
char *lkv_date_text(int64_t days, char *buffer);

#endif
