/* Texts of fields: encoding, blanks, and what must not be there. */
#ifndef LKV_INGEST_VALUE_H
#define LKV_INGEST_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "ingest/scan.h"

/* Bytes of UTF-8 that one byte of any encoding may need. */
enum { LKV_VALUE_GROWTH = 3 };

/* Whether LENGTH bytes of UTF-8 surely have no blank at either end. */
static inline bool lkv_value_trim(const char *bytes, size_t length)
{
    return length > 0 && bytes[0] > ' ' && bytes[0] < 0x7f &&
           bytes[length - 1] > ' ' && bytes[length - 1] < 0x7f;
}

/* Writes BYTES as UTF-8 to INTO, blanks and no-break spaces trimmed at both
 * ends, without a NUL; how many bytes they are then. INTO has room for
 * LKV_VALUE_GROWTH times LENGTH.
 */
size_t lkv_value_write(char *into, const char *bytes, size_t length,
                       lkv_encoding encoding);

/* Whether TEXT holds a character that cannot be seen: a control character, a
 * zero-width one, a soft hyphen, a direction mark.
 */
bool lkv_value_invisible(const char *text);

/* Whether TEXT is a number that a spreadsheet has turned into an exponent:
 * "1.99901E+11", "2,0E+07".
 */
bool lkv_value_exponent(const char *text);
/* Whether TEXT is what a program writes for nothing: "NULL", "NaN", "#N/A".
 */
bool lkv_value_null_word(const char *text);

/* Whether TEXT is a Swedish personal or coordination number with a valid check
 * digit: (YY)YYMMDD-NNNN, with '-', '+', a blank or nothing between.
 */
bool lkv_value_personal_number(const char *text);

/* Whether TEXT has more than MOST digits, as ids and birthdays have: what a
 * message may then not show, since a column can be mapped or filled wrongly.
 */
bool lkv_value_many_digits(const char *text, size_t most);

/* The year a school year ends in: "2025", "2024/25", "2024/2025", "2024-25";
 * 0 for anything else.
 */
int lkv_value_year(const char *text);
/* Year of schooling: "9", "09", "åk 9", "9A" is none; -1 for anything else. */
int lkv_value_stage_year(const char *text);

#endif
