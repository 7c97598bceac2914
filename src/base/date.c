#include "base/date.h"

#include <string.h>

#include <glib.h>

enum { DATE_SIZE = 16, DAYS_TO_1970 = 719163 };

static bool digits_read(const char *text, size_t count, unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *out = *out * 10 + (unsigned)(text[i] - '0');
    }
    return true;
}

bool lkv_date_read(const char *text, int64_t *days)
{
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (strlen(text) != strlen("2025-06-13") || text[4] != '-' ||
        text[7] != '-' || !digits_read(text, 4, &year) ||
        !digits_read(text + 5, 2, &month) || !digits_read(text + 8, 2, &day)) {
        return false;
    }
    if (month > 12 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year)) {
        return false;
    }
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    *days = (int64_t)g_date_get_julian(&date) - DAYS_TO_1970;
    return true;
}

char *lkv_date_text(int64_t days, char *buffer)
{
    int64_t julian = days + DAYS_TO_1970;
    g_assert(julian >= 1 && julian <= UINT32_MAX);
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)julian);
    g_snprintf(
        buffer, DATE_SIZE, "%04u-%02u-%02u", (unsigned)g_date_get_year(&date),
        (unsigned)g_date_get_month(&date), (unsigned)g_date_get_day(&date));
    return buffer;
}
