/* The faces of the reports: loaded once, const after that, shared by threads.
 *
 * HarfBuzz does all that touches a font file: shaping with kerning, ligatures
 * and marks, and cutting out the glyphs that a document uses. A face of a
 * role that lacks a character borrows the whole cluster, marks included, from
 * the fallback face; what no face has is drawn as U+FFFD, and can be found
 * beforehand.
 *
 * Lengths are points (1/72 inch) unless said otherwise. Text is UTF-8; it is
 * brought into normal form C here if it is not, control characters count as
 * blanks, and wrong UTF-8 as U+FFFD. A soft hyphen at the very end is a hyphen
 * and elsewhere nothing.
 */
#ifndef LKV_RENDER_FONT_H
#define LKV_RENDER_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/hash.h"

typedef enum {
    LKV_ROLE_BODY,
    LKV_ROLE_SEMIBOLD,
    LKV_ROLE_BOLD,
    LKV_ROLE_LIGHT,
    LKV_ROLE_ITALIC,
    LKV_ROLE_FALLBACK,
    LKV_FONT_ROLES
} lkv_font_role;

/* A NULL path means the installed file: Lato Regular, Semibold, Bold, Light,
 * Italic, DejaVu Sans, and the sRGB profile that PDF/A wants in every file.
 */
typedef struct lkv_font_paths {
    const char *face[LKV_FONT_ROLES];
    const char *profile;
} lkv_font_paths;

typedef struct lkv_fonts lkv_fonts;

/* Reads all faces and the profile; PATHS NULL = all as installed. NULL with a
 * report: a file is missing, is no font with outlines that PDF can carry, or
 * may not be embedded.
 */
lkv_fonts *lkv_fonts_load(const lkv_font_paths *paths, lkv_diag *diag);
void lkv_fonts_free(lkv_fonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_fonts, lkv_fonts_free)

/* For the manifest: path and SHA-256 of file INDEX, the faces in the order of
 * roles and the profile last; LKV_FONT_ROLES + 1 files in all. Lent.
 */
typedef struct lkv_font_file {
    const char *path;
    lkv_hash hash;
} lkv_font_file;
lkv_font_file lkv_fonts_file(const lkv_fonts *fonts, size_t index);

/* Measures of a face at size 1: multiply by the size. DESCENT is positive,
 * below the baseline.
 */
typedef struct lkv_font_measures {
    double ascent, descent, capital, x_height;
} lkv_font_measures;
lkv_font_measures lkv_fonts_measures(const lkv_fonts *fonts,
                                     lkv_font_role role);

/* Width of the first LENGTH bytes of TEXT (SIZE_MAX = all of it) as they will
 * be drawn, kerning included. Common Latin text takes a fast path that gives
 * the same width as shaping.
 */
double lkv_fonts_width(const lkv_fonts *fonts, lkv_font_role role, double size,
                       const char *text, size_t length);

/* Whether ROLE's face or the fallback has CHARACTER. Characters that are
 * never seen (soft hyphen, joiners, direction marks) are always had.
 */
bool lkv_fonts_has(const lkv_fonts *fonts, lkv_font_role role,
                   uint32_t character);
/* The characters of TEXT that neither face has, each once, sorted, as
 * "U+1F600 U+1F601"; g_free. NULL if there are none.
 */
char *lkv_fonts_missing(const lkv_fonts *fonts, lkv_font_role role,
                        const char *text);

/* ---- shaping: for the writer of PDF ---- */

/* Lengths of glyphs are units of the face, as many to the size as
 * lkv_font_facts says.
 */
typedef struct lkv_glyph {
    uint16_t id;
    uint16_t width; /* the glyph's own advance */
    int32_t kern; /* advance in this place less the glyph's own */
    int32_t x_offset, y_offset; /* of a mark, to the right and up */
    uint32_t cluster; /* byte in the shaped text where its cluster begins */
} lkv_glyph;

/* Glyphs of one face and direction, in the order of drawing. */
typedef struct lkv_run {
    lkv_font_role role; /* the role asked for, or the fallback */
    uint8_t level; /* of embedding; odd = from right to left */
    uint32_t glyph, glyphs; /* first, and how many */
    uint32_t start, end; /* bytes of the shaped text */
} lkv_run;

/* A line of text ready to be drawn. Reused from line to line it allocates
 * little; one belongs to one thread.
 */
typedef struct lkv_shaped lkv_shaped;

lkv_shaped *lkv_shaped_new(void);
void lkv_shaped_free(lkv_shaped *shaped);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_shaped, lkv_shaped_free)

/* Shapes the first LENGTH bytes of TEXT (SIZE_MAX = all of it) into SHAPED,
 * dropping what it held. Runs come in the order in which they are drawn from
 * left to right: the bidirectional algorithm with a base direction from left
 * to right.
 */
void lkv_fonts_shape(const lkv_fonts *fonts, lkv_font_role role,
                     const char *text, size_t length, lkv_shaped *shaped);
const lkv_run *lkv_shaped_runs(const lkv_shaped *shaped, size_t *count);
const lkv_glyph *lkv_shaped_glyphs(const lkv_shaped *shaped, size_t *count);
/* The text that clusters point into: normal form C, what no face has already
 * replaced; lent until the next shaping.
 */
const char *lkv_shaped_text(const lkv_shaped *shaped);
/* Width at size 1. */
double lkv_shaped_width(const lkv_shaped *shaped);
/* Whether the last glyph is the hyphen of a soft hyphen. */
bool lkv_shaped_hyphenated(const lkv_shaped *shaped);
/* Characters that no face has, in the order of the text; uint32_t. Lent. */
const GArray *lkv_shaped_missing(const lkv_shaped *shaped);

/* What a font descriptor of PDF wants to know, in thousandths of the size but
 * for UNITS.
 */
typedef struct lkv_font_facts {
    const char *name; /* PostScript name, lent */
    unsigned units; /* to the size: 2000 for Lato */
    unsigned glyphs;
    int ascent, descent, capital, x_height; /* DESCENT is negative */
    int box[4]; /* left, bottom, right, top */
    int italic_angle; /* degrees, negative when leaning right */
    int weight; /* 400 = regular */
    bool compact; /* CFF outlines instead of TrueType */
} lkv_font_facts;
lkv_font_facts lkv_fonts_facts(const lkv_fonts *fonts, lkv_font_role role);
/* Glyph of CHARACTER in the face of ROLE alone; 0 = none. */
uint16_t lkv_fonts_glyph(const lkv_fonts *fonts, lkv_font_role role,
                         uint32_t character);
/* Advance of GLYPH in the face of ROLE, in units of the face. */
uint16_t lkv_fonts_advance(const lkv_fonts *fonts, lkv_font_role role,
                           uint16_t glyph);

enum { LKV_GLYPH_SET = 65536 / 8 };

/* A font file with at least the glyphs asked for; their numbers stay. */
typedef struct lkv_font_cut {
    GBytes *packed; /* in the format of zlib; g_bytes_unref; NULL = failed */
    size_t size; /* unpacked */
    char tag[7]; /* six letters by content, as a subset is named in PDF */
} lkv_font_cut;
/* Cuts the glyphs of the bit set USED, bit GLYPH % 8 of byte GLYPH / 8. The
 * same bytes for the same USED. The everyday glyphs are cut at load, so most
 * documents share one cut.
 */
lkv_font_cut lkv_fonts_cut(const lkv_fonts *fonts, lkv_font_role role,
                           const uint8_t used[LKV_GLYPH_SET]);

const char *lkv_fonts_harfbuzz_version(void);

/* The sRGB profile in the format of zlib; lent. */
GBytes *lkv_fonts_profile(const lkv_fonts *fonts);

#endif
