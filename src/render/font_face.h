/* One face and the set of them, as the files of fonts see them. */
#ifndef LKV_RENDER_FONT_FACE_H
#define LKV_RENDER_FONT_FACE_H

#include <hb.h>

#include "render/font.h"
#include "render/font_table.h"

typedef struct lkv_face {
    char *path;
    lkv_hash hash;
    hb_face_t *face;
    hb_font_t *font; /* scaled to the units of the face */
    lkv_font_table *table; /* fast path; NULL = always shape */
    char *name;
    lkv_font_facts facts;
    uint8_t *usual; /* everyday glyphs, LKV_GLYPH_SET bytes */
    lkv_font_cut usual_cut;
} lkv_face;

struct lkv_fonts {
    lkv_face face[LKV_FONT_ROLES];
    char *profile_path;
    lkv_hash profile_hash;
    GBytes *profile;
};

/* Fills FACE's name and facts from its tables; false if it may not be
 * embedded or has no outlines that PDF carries, with the reason in WHY.
 */
bool lkv_face_read(lkv_face *face, const char **why);
/* Cuts the everyday glyphs of FACE; false if that fails. */
bool lkv_face_prepare(lkv_face *face);
void lkv_face_clear(lkv_face *face);

/* GLYPH, or 0 if FACE has no such glyph: a damaged file may name any. */
hb_codepoint_t lkv_face_within(const lkv_face *face, hb_codepoint_t glyph);
/* Glyph of CHARACTER in FACE; 0 = none. */
hb_codepoint_t lkv_face_glyph(const lkv_face *face, uint32_t character);
/* Whether CHARACTER is never seen. */
bool lkv_character_ignorable(uint32_t character);

/* SIZE bytes in the format of zlib at LEVEL. */
GBytes *lkv_bytes_pack(const void *bytes, size_t size, int level);

#endif
