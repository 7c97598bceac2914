#include <string.h>

#include <hb.h>
#include <unicode/ubidi.h>

#include "base/locale.h"
#include "render/font_face.h"

enum { REPLACEMENT = 0xFFFD, HOLLOW_BOX = 0x25A1, SOFT_HYPHEN = 0xAD };

struct lkv_shaped {
    GArray *runs; /* lkv_run, from left to right */
    GArray *glyphs; /* lkv_glyph */
    GArray *missing; /* uint32_t */
    GArray *pieces; /* stretch, in the order of the text */
    GString *text;
    GString *clean; /* the text before replacing */
    hb_buffer_t *buffer;
    double width;
    bool hyphenated;
};

/* A stretch of one face, script and level. */
typedef struct stretch {
    uint32_t start, end; /* bytes */
    lkv_font_role role;
    hb_script_t script;
    uint8_t level;
} stretch;

lkv_shaped *lkv_shaped_new(void)
{
    lkv_shaped *shaped = g_new0(lkv_shaped, 1);
    shaped->runs = g_array_new(FALSE, FALSE, sizeof(lkv_run));
    shaped->glyphs = g_array_new(FALSE, FALSE, sizeof(lkv_glyph));
    shaped->missing = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    shaped->pieces = g_array_new(FALSE, FALSE, sizeof(stretch));
    shaped->text = g_string_new(NULL);
    shaped->clean = g_string_new(NULL);
    return shaped;
}

void lkv_shaped_free(lkv_shaped *shaped)
{
    if (shaped == NULL) {
        return;
    }
    g_array_unref(shaped->runs);
    g_array_unref(shaped->glyphs);
    g_array_unref(shaped->missing);
    g_array_unref(shaped->pieces);
    g_string_free(shaped->text, TRUE);
    g_string_free(shaped->clean, TRUE);
    hb_buffer_destroy(shaped->buffer);
    g_free(shaped);
}

const lkv_run *lkv_shaped_runs(const lkv_shaped *shaped, size_t *count)
{
    *count = shaped->runs->len;
    return (const lkv_run *)(const void *)shaped->runs->data;
}

const lkv_glyph *lkv_shaped_glyphs(const lkv_shaped *shaped, size_t *count)
{
    *count = shaped->glyphs->len;
    return (const lkv_glyph *)(const void *)shaped->glyphs->data;
}

const char *lkv_shaped_text(const lkv_shaped *shaped)
{
    return shaped->text->str;
}

double lkv_shaped_width(const lkv_shaped *shaped)
{
    return shaped->width;
}

bool lkv_shaped_hyphenated(const lkv_shaped *shaped)
{
    return shaped->hyphenated;
}

const GArray *lkv_shaped_missing(const lkv_shaped *shaped)
{
    return shaped->missing;
}

/* ---- cleaning ---- */

/* TEXT as promised: valid, in normal form C, without controls and soft
 * hyphens, except that one at the end becomes a hyphen.
 */
static void clean(lkv_shaped *shaped, const char *text, size_t length)
{
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);
    g_autofree char *normal = lkv_text_nfc(valid);
    const char *source = normal != NULL ? normal : valid;
    g_string_truncate(shaped->clean, 0);
    for (const char *at = source; *at != '\0';
         at = g_utf8_find_next_char(at, NULL)) {
        uint32_t code = g_utf8_get_char(at);
        bool last = *g_utf8_find_next_char(at, NULL) == '\0';
        if (code == SOFT_HYPHEN && last) {
            g_string_append_c(shaped->clean, '-');
            shaped->hyphenated = true;
        } else if (g_unichar_iscntrl(code)) {
            g_string_append_c(shaped->clean, ' ');
        } else if (code != SOFT_HYPHEN) {
            g_string_append_unichar(shaped->clean, code);
        }
    }
}

/* ---- faces and scripts ---- */

/* Bytes of the cluster at AT: a character and the marks that follow it. */
static size_t cluster_length(const char *at)
{
    const char *end = g_utf8_find_next_char(at, NULL);
    while (*end != '\0') {
        uint32_t code = g_utf8_get_char(end);
        if (!g_unichar_ismark(code) && !lkv_character_ignorable(code)) {
            break;
        }
        end = g_utf8_find_next_char(end, NULL);
    }
    return (size_t)(end - at);
}

static bool covers(const lkv_face *face, const char *cluster, size_t length)
{
    for (const char *at = cluster; at < cluster + length;
         at = g_utf8_find_next_char(at, NULL)) {
        uint32_t code = g_utf8_get_char(at);
        if (!lkv_character_ignorable(code) && lkv_face_glyph(face, code) == 0) {
            return false;
        }
    }
    return true;
}

static void note_missing(const lkv_fonts *fonts, lkv_font_role role,
                         lkv_shaped *shaped, const char *cluster, size_t length)
{
    for (const char *at = cluster; at < cluster + length;
         at = g_utf8_find_next_char(at, NULL)) {
        uint32_t code = g_utf8_get_char(at);
        if (!lkv_fonts_has(fonts, role, code)) {
            g_array_append_val(shaped->missing, code);
        }
    }
}

/* Writes what stands for a cluster that no face has, and says whose it is. */
static lkv_font_role replace(const lkv_fonts *fonts, lkv_font_role role,
                             lkv_shaped *shaped)
{
    static const uint32_t stands[] = {REPLACEMENT, HOLLOW_BOX, '?'};
    for (size_t i = 0; i < G_N_ELEMENTS(stands); i++) {
        bool own = lkv_face_glyph(&fonts->face[role], stands[i]) != 0;
        if (own ||
            lkv_face_glyph(&fonts->face[LKV_ROLE_FALLBACK], stands[i]) != 0) {
            g_string_append_unichar(shaped->text, stands[i]);
            return own ? role : LKV_ROLE_FALLBACK;
        }
    }
    return role;
}

static bool neutral(hb_script_t script)
{
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
           script == HB_SCRIPT_UNKNOWN;
}

static bool leftward(hb_script_t script)
{
    return hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL;
}

/* The face for a cluster: the role's, else the fallback's. Blanks and marks
 * between words from right to left stay in the face of those words.
 */
static lkv_font_role choose(const lkv_fonts *fonts, lkv_font_role role,
                            lkv_shaped *shaped, const char *cluster,
                            size_t length)
{
    const lkv_face *fallback = &fonts->face[LKV_ROLE_FALLBACK];
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    lkv_font_role chosen = role;
    const stretch *last =
        shaped->pieces->len > 0
            ? &g_array_index(shaped->pieces, stretch, shaped->pieces->len - 1)
            : NULL;
    if (last != NULL && last->role == LKV_ROLE_FALLBACK &&
        leftward(last->script) &&
        neutral(hb_unicode_script(unicode, g_utf8_get_char(cluster))) &&
        covers(fallback, cluster, length)) {
        chosen = LKV_ROLE_FALLBACK;
    } else if (!covers(&fonts->face[role], cluster, length)) {
        chosen = LKV_ROLE_FALLBACK;
        if (!covers(fallback, cluster, length)) {
            note_missing(fonts, role, shaped, cluster, length);
            return replace(fonts, role, shaped);
        }
    }
    g_string_append_len(shaped->text, cluster, (gssize)length);
    return chosen;
}

/* Splits the clean text into pieces and fills the text to be shaped. True if
 * a script from right to left is among them.
 */
static bool split(const lkv_fonts *fonts, lkv_font_role role,
                  lkv_shaped *shaped)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    bool found = false;
    hb_script_t script = HB_SCRIPT_LATIN;
    const char *at = shaped->clean->str;
    while (*at != '\0') {
        size_t length = cluster_length(at);
        stretch added = {.start = (uint32_t)shaped->text->len};
        added.role = choose(fonts, role, shaped, at, length);
        hb_script_t own = hb_unicode_script(unicode, g_utf8_get_char(at));
        script = neutral(own) ? script : own;
        found = found || leftward(script);
        added.script = script;
        added.end = (uint32_t)shaped->text->len;
        if (added.end > added.start) {
            g_array_append_val(shaped->pieces, added);
        }
        at += length;
    }
    return found;
}

/* ---- direction ---- */

/* Gives each piece its level of embedding by the bidirectional algorithm
 * (Unicode Standard Annex 9); the base direction is from left to right.
 */
static void set_levels(lkv_shaped *shaped)
{
    glong units = 0;
    g_autofree gunichar2 *wide =
        g_utf8_to_utf16(shaped->text->str, -1, NULL, &units, NULL);
    UErrorCode error = U_ZERO_ERROR;
    UBiDi *bidi = ubidi_open();
    ubidi_setPara(bidi, wide, (int32_t)units, 0, NULL, &error);
    const UBiDiLevel *levels = ubidi_getLevels(bidi, &error);
    glong unit = 0;
    for (unsigned i = 0; U_SUCCESS(error) && i < shaped->pieces->len; i++) {
        stretch *piece = &g_array_index(shaped->pieces, stretch, i);
        piece->level = levels[unit];
        const char *at = shaped->text->str + piece->start;
        const char *end = shaped->text->str + piece->end;
        for (; at < end; at = g_utf8_find_next_char(at, NULL)) {
            unit += g_utf8_get_char(at) > 0xFFFF ? 2 : 1;
        }
    }
    ubidi_close(bidi);
}

static bool alike(const stretch *a, const stretch *b)
{
    return a->role == b->role && a->script == b->script && a->level == b->level;
}

/* Joins neighbours of one face, script and level. */
static void merge(GArray *pieces)
{
    unsigned kept = 0;
    for (unsigned i = 1; i < pieces->len; i++) {
        stretch *last = &g_array_index(pieces, stretch, kept);
        const stretch *next = &g_array_index(pieces, stretch, i);
        if (alike(last, next)) {
            last->end = next->end;
        } else {
            g_array_index(pieces, stretch, ++kept) = *next;
        }
    }
    if (pieces->len > 0) {
        g_array_set_size(pieces, kept + 1);
    }
}

/* ---- glyphs ---- */

static void add_run(lkv_shaped *shaped, const lkv_fonts *fonts,
                    const stretch *piece)
{
    const lkv_face *face = &fonts->face[piece->role];
    bool back = piece->level % 2 == 1;
    hb_buffer_t *buffer = shaped->buffer;
    hb_buffer_reset(buffer);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_direction(buffer, back ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, piece->script);
    hb_buffer_add_utf8(buffer, shaped->text->str, (int)shaped->text->len,
                       piece->start, (int)(piece->end - piece->start));
    hb_shape(face->font, buffer, NULL, 0);
    unsigned count = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *position =
        hb_buffer_get_glyph_positions(buffer, NULL);
    lkv_run run = {.role = piece->role,
                   .level = piece->level,
                   .glyph = shaped->glyphs->len,
                   .glyphs = count,
                   .start = piece->start,
                   .end = piece->end};
    int64_t sum = 0;
    for (unsigned i = 0; i < count; i++) {
        hb_codepoint_t id = lkv_face_within(face, info[i].codepoint);
        hb_position_t own = hb_font_get_glyph_h_advance(face->font, id);
        lkv_glyph glyph = {.id = (uint16_t)id,
                           .width = (uint16_t)CLAMP(own, 0, UINT16_MAX),
                           .x_offset = position[i].x_offset,
                           .y_offset = position[i].y_offset,
                           .cluster = info[i].cluster};
        glyph.kern = position[i].x_advance - glyph.width;
        sum += position[i].x_advance;
        g_array_append_val(shaped->glyphs, glyph);
    }
    shaped->width += (double)sum / face->facts.units;
    g_array_append_val(shaped->runs, run);
}

static void shape_pieces(const lkv_fonts *fonts, lkv_font_role role,
                         lkv_shaped *shaped)
{
    g_string_truncate(shaped->text, 0);
    g_array_set_size(shaped->pieces, 0);
    if (split(fonts, role, shaped)) {
        set_levels(shaped);
    }
    merge(shaped->pieces);
    unsigned count = shaped->pieces->len;
    g_autofree UBiDiLevel *level = g_new(UBiDiLevel, count);
    g_autofree int32_t *place = g_new(int32_t, count);
    for (unsigned i = 0; i < count; i++) {
        level[i] = g_array_index(shaped->pieces, stretch, i).level;
    }
    ubidi_reorderVisual(level, (int32_t)count, place);
    if (shaped->buffer == NULL) {
        shaped->buffer = hb_buffer_create();
    }
    for (unsigned i = 0; i < count; i++) {
        add_run(shaped, fonts,
                &g_array_index(shaped->pieces, stretch, place[i]));
    }
}

/* The whole of shaped->text in one run by the table; false if it cannot. */
static bool shape_plain(const lkv_fonts *fonts, lkv_font_role role,
                        lkv_shaped *shaped)
{
    const lkv_face *face = &fonts->face[role];
    const GString *text = shaped->text;
    int64_t sum = 0;
    if (text->len == 0) {
        return true;
    }
    if (face->table == NULL ||
        !lkv_font_table_shape(face->table, text->str, text->len, shaped->glyphs,
                              &sum)) {
        return false;
    }
    lkv_run run = {.role = role,
                   .glyphs = shaped->glyphs->len,
                   .end = (uint32_t)text->len};
    g_array_append_val(shaped->runs, run);
    shaped->width = (double)sum / face->facts.units;
    return true;
}

void lkv_fonts_shape(const lkv_fonts *fonts, lkv_font_role role,
                     const char *text, size_t length, lkv_shaped *shaped)
{
    g_array_set_size(shaped->runs, 0);
    g_array_set_size(shaped->glyphs, 0);
    g_array_set_size(shaped->missing, 0);
    shaped->width = 0;
    shaped->hyphenated = false;
    size_t size = length == SIZE_MAX ? strlen(text) : length;
    g_string_truncate(shaped->text, 0);
    g_string_append_len(shaped->text, text, (gssize)size);
    if (shape_plain(fonts, role, shaped)) {
        return;
    }
    clean(shaped, text, size);
    g_string_assign(shaped->text, shaped->clean->str);
    if (!shape_plain(fonts, role, shaped)) {
        shape_pieces(fonts, role, shaped);
    }
}

double lkv_fonts_width(const lkv_fonts *fonts, lkv_font_role role, double size,
                       const char *text, size_t length)
{
    const lkv_face *face = &fonts->face[role];
    size_t bytes = length == SIZE_MAX ? strlen(text) : length;
    int64_t sum = 0;
    if (face->table != NULL &&
        lkv_font_table_shape(face->table, text, bytes, NULL, &sum)) {
        return (double)sum / face->facts.units * size;
    }
    g_autoptr(lkv_shaped) shaped = lkv_shaped_new();
    lkv_fonts_shape(fonts, role, text, bytes, shaped);
    return shaped->width * size;
}

const char *lkv_fonts_harfbuzz_version(void)
{
    return hb_version_string();
}
