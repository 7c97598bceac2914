/* Fast path of shaping: everyday characters of one face, and what each pair of
 * them does.
 *
 * HarfBuzz is asked once, at load, about all pairs; a line that consists of
 * known pairs then needs only look-ups. Ligatures (fi, tt, ffi …) are symbols
 * like characters. A pair whose outcome is not plain is marked, and a text
 * with such a pair is left to HarfBuzz.
 */
#ifndef LKV_RENDER_FONT_TABLE_H
#define LKV_RENDER_FONT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>
#include <hb.h>

typedef struct lkv_font_table lkv_font_table;

/* NULL if FONT does more to these characters than a table can hold. */
lkv_font_table *lkv_font_table_new(hb_font_t *font);
void lkv_font_table_free(lkv_font_table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_font_table, lkv_font_table_free)

/* Appends the glyphs (lkv_glyph) of TEXT to GLYPHS, unless that is NULL, and
 * adds their advances to WIDTH. False, with nothing changed, if the table does
 * not know all of TEXT.
 */
bool lkv_font_table_shape(const lkv_font_table *table, const char *text,
                          size_t length, GArray *glyphs, int64_t *width);

/* Marks all glyphs of the table in SET (bit GLYPH % 8 of byte GLYPH / 8). */
void lkv_font_table_mark(const lkv_font_table *table, uint8_t *set);

#endif
