/* How numbers, text and references are written in PDF. Independent of locale:
 * integers only, rounded once.
 */
#ifndef LKV_RENDER_PDF_WRITE_H
#define LKV_RENDER_PDF_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* VALUE with at most DECIMALS (0 … 5) decimals, no more than it needs, half
 * away from zero. False, and 0 is written, if VALUE is not within a million.
 */
bool lkv_pdf_put_number(GString *out, double value, unsigned decimals);
void lkv_pdf_put_integer(GString *out, int64_t value);
/* " 12 0 R". */
void lkv_pdf_put_reference(GString *out, unsigned object);
/* UTF-8 TEXT as a string in PDFDocEncoding, a byte a character; where that lacks
 * one, as a hexadecimal string in UTF-16BE with its mark, four times as long.
 * ISO 32000-1, 7.9.2 and annex D.
 */
void lkv_pdf_put_text(GString *out, const char *text);
/* "/KEY" and TEXT; nothing if TEXT is NULL. */
void lkv_pdf_put_entry(GString *out, const char *key, const char *text);
/* ASCII in parentheses; other bytes in the way of URIs, %C3. */
void lkv_pdf_put_ascii(GString *out, const char *text);
/* "/" and TEXT, what has no place in a name as #2F. */
void lkv_pdf_put_name(GString *out, const char *text);
/* Four hexadecimal digits. */
void lkv_pdf_put_hex(GString *out, unsigned word);

#endif
