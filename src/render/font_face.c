#include "render/font_face.h"

#include <string.h>

#include <hb-ot.h>
#include <hb-subset.h>
#include <unicode/uchar.h>
#include <zlib.h>

#include "base/hash.h"

enum {
    PACK_LEVEL = 9, /* once a process, so as small as it gets */
    TAG_LETTERS = 6,
    RESTRICTED = 0x0002, /* OS/2 fsType: may not be embedded */
    BITMAP_ONLY = 0x0200
};

/* Tables that a glyph drawn by number needs not. */
static const hb_tag_t unneeded[] = {
    HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'S', 'U', 'B'),
    HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n'),
    HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'),
    HB_TAG('c', 'm', 'a', 'p'), HB_TAG('O', 'S', '/', '2'),
    HB_TAG('g', 'a', 's', 'p'), HB_TAG('D', 'S', 'I', 'G'),
    HB_TAG('L', 'T', 'S', 'H'), HB_TAG('h', 'd', 'm', 'x'),
    HB_TAG('V', 'D', 'M', 'X')};

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool found = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return found;
}

/* Big-endian 16 bits at OFFSET of table TAG; 0 if it is too short. */
static unsigned word_at(hb_face_t *face, hb_tag_t tag, unsigned offset)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned length = 0;
    const unsigned char *byte =
        (const unsigned char *)hb_blob_get_data(blob, &length);
    unsigned word = 0;
    if (byte != NULL && offset + 2 <= length) {
        word = (unsigned)byte[offset] << 8 | byte[offset + 1];
    }
    hb_blob_destroy(blob);
    return word;
}

/* VALUE units of the face as thousandths of the size, half away from 0. */
static int thousandths(const lkv_face *face, int value)
{
    int units = (int)face->facts.units;
    int twice = 2 * 1000 * value + (value < 0 ? -units : units);
    return twice / (2 * units);
}

static int metric(const lkv_face *face, hb_ot_metrics_tag_t tag)
{
    hb_position_t value = 0;
    hb_ot_metrics_get_position_with_fallback(face->font, tag, &value);
    return thousandths(face, value);
}

static char *postscript_name(hb_face_t *face)
{
    char name[128];
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
                        HB_LANGUAGE_INVALID, &size, name);
    if (size == 0) {
        return g_strdup("Unnamed");
    }
    /* Delimiters of PDF have no place in a name. */
    for (char *at = name; *at != '\0'; at++) {
        if (!g_ascii_isalnum(*at) && strchr("-_.+", *at) == NULL) {
            *at = '-';
        }
    }
    return g_strdup(name);
}

static void read_facts(lkv_face *face)
{
    enum { BOX_AT = 36 }; /* of xMin in table head */
    lkv_font_facts *facts = &face->facts;
    hb_tag_t head = HB_TAG('h', 'e', 'a', 'd');
    facts->ascent = metric(face, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
    facts->descent = metric(face, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
    facts->capital = metric(face, HB_OT_METRICS_TAG_CAP_HEIGHT);
    facts->x_height = metric(face, HB_OT_METRICS_TAG_X_HEIGHT);
    for (unsigned i = 0; i < 4; i++) {
        unsigned word = word_at(face->face, head, BOX_AT + 2 * i);
        facts->box[i] = thousandths(face, (int16_t)(uint16_t)word);
    }
    float angle = hb_style_get_value(face->font, HB_STYLE_TAG_SLANT_ANGLE);
    float weight = hb_style_get_value(face->font, HB_STYLE_TAG_WEIGHT);
    facts->italic_angle = (int)angle;
    facts->weight = (int)weight;
}

bool lkv_face_read(lkv_face *face, const char **why)
{
    lkv_font_facts *facts = &face->facts;
    facts->units = hb_face_get_upem(face->face);
    facts->glyphs = hb_face_get_glyph_count(face->face);
    facts->compact = has_table(face->face, HB_TAG('C', 'F', 'F', ' '));
    unsigned kind =
        word_at(face->face, HB_TAG('O', 'S', '/', '2'), 8 /* fsType */);
    if (facts->glyphs == 0 || facts->units == 0) {
        *why = "it is not a TrueType or OpenType font";
    } else if (!facts->compact &&
               !has_table(face->face, HB_TAG('g', 'l', 'y', 'f'))) {
        *why = "it has neither TrueType nor CFF outlines";
    } else if ((kind & (RESTRICTED | BITMAP_ONLY)) != 0) {
        *why = "its licence bits forbid to embed it";
    } else {
        face->name = postscript_name(face->face);
        facts->name = face->name;
        read_facts(face);
        return true;
    }
    return false;
}

void lkv_face_clear(lkv_face *face)
{
    g_free(face->path);
    g_free(face->name);
    g_free(face->usual);
    g_clear_pointer(&face->usual_cut.packed, g_bytes_unref);
    lkv_font_table_free(face->table);
    hb_font_destroy(face->font);
    hb_face_destroy(face->face);
}

hb_codepoint_t lkv_face_within(const lkv_face *face, hb_codepoint_t glyph)
{
    return glyph < face->facts.glyphs && glyph <= UINT16_MAX ? glyph : 0;
}

hb_codepoint_t lkv_face_glyph(const lkv_face *face, uint32_t character)
{
    hb_codepoint_t glyph = 0;
    if (!hb_font_get_nominal_glyph(face->font, character, &glyph)) {
        return 0;
    }
    return lkv_face_within(face, glyph);
}

bool lkv_character_ignorable(uint32_t character)
{
    return u_hasBinaryProperty((UChar32)character,
                               UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* ---- cutting ---- */

GBytes *lkv_bytes_pack(const void *bytes, size_t size, int level)
{
    uLongf length = compressBound((uLong)size);
    Bytef *packed = g_malloc(length);
    if (compress2(packed, &length, bytes, (uLong)size, level) != Z_OK) {
        g_free(packed);
        return NULL;
    }
    return g_bytes_new_take(g_realloc(packed, length), length);
}

static void add_glyphs(hb_set_t *glyphs, const uint8_t *used)
{
    for (unsigned glyph = 0; glyph < 8 * LKV_GLYPH_SET; glyph++) {
        if (used[glyph / 8] == 0) {
            glyph |= 7; /* the rest of the byte */
        } else if ((used[glyph / 8] >> (glyph % 8) & 1) != 0) {
            hb_set_add(glyphs, glyph);
        }
    }
}

static hb_subset_input_t *cutting(const uint8_t *used)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL) {
        return NULL;
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING |
                                         HB_SUBSET_FLAGS_RETAIN_GIDS);
    add_glyphs(hb_subset_input_glyph_set(input), used);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < G_N_ELEMENTS(unneeded); i++) {
        hb_set_add(drop, unneeded[i]);
    }
    return input;
}

/* Bytes of the cut face: the whole file, or for CFF the bare table that PDF
 * calls CIDFontType0C.
 */
static hb_blob_t *cut_bytes(const lkv_face *face, const uint8_t *used)
{
    hb_subset_input_t *input = cutting(used);
    if (input == NULL) {
        return NULL;
    }
    hb_face_t *cut = hb_subset_or_fail(face->face, input);
    hb_subset_input_destroy(input);
    if (cut == NULL) {
        return NULL;
    }
    hb_blob_t *blob =
        face->facts.compact
            ? hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' '))
            : hb_face_reference_blob(cut);
    hb_face_destroy(cut);
    return blob;
}

static void name_cut(const lkv_face *face, const uint8_t *used, char *tag)
{
    lkv_hasher *hasher = lkv_hasher_new();
    lkv_hasher_add(hasher, face->hash.byte, LKV_HASH_BYTES);
    lkv_hasher_add(hasher, used, LKV_GLYPH_SET);
    lkv_hash hash = lkv_hasher_end(hasher);
    for (unsigned i = 0; i < TAG_LETTERS; i++) {
        tag[i] = (char)('A' + hash.byte[i] % 26);
    }
    tag[TAG_LETTERS] = '\0';
}

static lkv_font_cut cut(const lkv_face *face, const uint8_t *used, int level)
{
    lkv_font_cut made = {NULL, 0, ""};
    hb_blob_t *blob = cut_bytes(face, used);
    unsigned size = 0;
    const char *bytes = blob == NULL ? NULL : hb_blob_get_data(blob, &size);
    if (bytes != NULL && size > 0) {
        made.packed = lkv_bytes_pack(bytes, size, level);
        made.size = size;
        name_cut(face, used, made.tag);
    }
    hb_blob_destroy(blob);
    return made;
}

bool lkv_face_prepare(lkv_face *face)
{
    face->usual = g_new0(uint8_t, LKV_GLYPH_SET);
    if (face->table == NULL) {
        return true;
    }
    lkv_font_table_mark(face->table, face->usual);
    face->usual_cut = cut(face, face->usual, PACK_LEVEL);
    return face->usual_cut.packed != NULL;
}

static bool within(const uint8_t *part, const uint8_t *whole)
{
    for (unsigned i = 0; i < LKV_GLYPH_SET; i++) {
        if ((part[i] & ~whole[i]) != 0) {
            return false;
        }
    }
    return true;
}

lkv_font_cut lkv_fonts_cut(const lkv_fonts *fonts, lkv_font_role role,
                           const uint8_t used[LKV_GLYPH_SET])
{
    enum { LEVEL = 6 };
    const lkv_face *face = &fonts->face[role];
    if (face->usual_cut.packed != NULL && within(used, face->usual)) {
        lkv_font_cut usual = face->usual_cut;
        g_bytes_ref(usual.packed);
        return usual;
    }
    return cut(face, used, LEVEL);
}
