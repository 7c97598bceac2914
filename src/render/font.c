#include "render/font.h"

#include <string.h>

#include "base/file.h"
#include "render/font_face.h"

enum { FONT_LIMIT = 64 * 1024 * 1024, PROFILE_LIMIT = 4 * 1024 * 1024 };

#define LATO "/usr/share/fonts/truetype/lato/Lato-"

typedef struct origin {
    const char *path, *package;
} origin;

/* In the order of lkv_font_role, the profile last. */
static const origin places[LKV_FONT_ROLES + 1] = {
    {LATO "Regular.ttf", "fonts-lato"},
    {LATO "Semibold.ttf", "fonts-lato"},
    {LATO "Bold.ttf", "fonts-lato"},
    {LATO "Light.ttf", "fonts-lato"},
    {LATO "Italic.ttf", "fonts-lato"},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core"},
    {"/usr/share/color/icc/sRGB.icc", "icc-profiles-free"},
};

/* The file's bytes; says which package is missing if it is an installed one.
 */
static char *read_file(const char *path, size_t index, size_t *size,
                       lkv_diag *diag)
{
    size_t limit = index == LKV_FONT_ROLES ? PROFILE_LIMIT : FONT_LIMIT;
    bool installed = strcmp(path, places[index].path) == 0;
    if (installed && !g_file_test(path, G_FILE_TEST_EXISTS)) {
        lkv_message *message =
            lkv_diag_add(diag, "E-FONT-MISSING", (lkv_place){.file = path},
                         "the file is not installed");
        lkv_message_why(message, "the reports need it");
        lkv_message_fix(message, "install the package %s",
                        places[index].package);
        return NULL;
    }
    return lkv_file_read(path, limit, size, diag);
}

static void refuse(const char *path, const char *why, lkv_diag *diag)
{
    lkv_message *message =
        lkv_diag_add(diag, "E-FONT-REFUSED", (lkv_place){.file = path},
                     "the file cannot be used in a PDF");
    lkv_message_why(message, "%s", why);
    lkv_message_fix(message, "name another file, or none for the installed "
                             "one");
}

static bool load_face(lkv_face *face, const char *path, size_t index,
                      lkv_diag *diag)
{
    size_t size = 0;
    char *bytes = read_file(path, index, &size, diag);
    if (bytes == NULL) {
        return false;
    }
    face->path = g_strdup(path);
    face->hash = lkv_hash_of(bytes, size);
    hb_blob_t *blob = hb_blob_create(bytes, (unsigned)size,
                                     HB_MEMORY_MODE_READONLY, bytes, g_free);
    face->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    hb_face_make_immutable(face->face);
    face->font = hb_font_create(face->face);
    hb_font_make_immutable(face->font);
    const char *why = "it cannot be cut to the glyphs that are used";
    if (!lkv_face_read(face, &why)) {
        refuse(path, why, diag);
        return false;
    }
    /* Text in the fallback is rare and rarely Latin. */
    if (index != LKV_ROLE_FALLBACK) {
        face->table = lkv_font_table_new(face->font);
    }
    if (!lkv_face_prepare(face)) {
        refuse(path, why, diag);
        return false;
    }
    return true;
}

static bool load_profile(lkv_fonts *fonts, const char *path, lkv_diag *diag)
{
    enum { SPACE_AT = 16, HEADER = 128 };
    size_t size = 0;
    g_autofree char *bytes = read_file(path, LKV_FONT_ROLES, &size, diag);
    if (bytes == NULL) {
        return false;
    }
    if (size < HEADER || memcmp(bytes + SPACE_AT, "RGB ", 4) != 0) {
        refuse(path, "it is not a colour profile for RGB", diag);
        return false;
    }
    fonts->profile_path = g_strdup(path);
    fonts->profile_hash = lkv_hash_of(bytes, size);
    fonts->profile = lkv_bytes_pack(bytes, size, 9);
    return fonts->profile != NULL;
}

lkv_fonts *lkv_fonts_load(const lkv_font_paths *paths, lkv_diag *diag)
{
    g_autoptr(lkv_fonts) fonts = g_new0(lkv_fonts, 1);
    bool fine = true;
    for (size_t i = 0; i < LKV_FONT_ROLES; i++) {
        const char *path = paths != NULL ? paths->face[i] : NULL;
        path = path != NULL ? path : places[i].path;
        fine = load_face(&fonts->face[i], path, i, diag) && fine;
    }
    const char *path = paths != NULL ? paths->profile : NULL;
    path = path != NULL ? path : places[LKV_FONT_ROLES].path;
    fine = load_profile(fonts, path, diag) && fine;
    return fine ? g_steal_pointer(&fonts) : NULL;
}

void lkv_fonts_free(lkv_fonts *fonts)
{
    if (fonts == NULL) {
        return;
    }
    for (size_t i = 0; i < LKV_FONT_ROLES; i++) {
        lkv_face_clear(&fonts->face[i]);
    }
    g_free(fonts->profile_path);
    g_clear_pointer(&fonts->profile, g_bytes_unref);
    g_free(fonts);
}

lkv_font_file lkv_fonts_file(const lkv_fonts *fonts, size_t index)
{
    if (index == LKV_FONT_ROLES) {
        return (lkv_font_file){fonts->profile_path, fonts->profile_hash};
    }
    return (lkv_font_file){fonts->face[index].path, fonts->face[index].hash};
}

lkv_font_measures lkv_fonts_measures(const lkv_fonts *fonts, lkv_font_role role)
{
    const lkv_font_facts *facts = &fonts->face[role].facts;
    return (lkv_font_measures){facts->ascent / 1000.0, -facts->descent / 1000.0,
                               facts->capital / 1000.0,
                               facts->x_height / 1000.0};
}

lkv_font_facts lkv_fonts_facts(const lkv_fonts *fonts, lkv_font_role role)
{
    return fonts->face[role].facts;
}

uint16_t lkv_fonts_glyph(const lkv_fonts *fonts, lkv_font_role role,
                         uint32_t character)
{
    return (uint16_t)lkv_face_glyph(&fonts->face[role], character);
}

uint16_t lkv_fonts_advance(const lkv_fonts *fonts, lkv_font_role role,
                           uint16_t glyph)
{
    hb_position_t width =
        hb_font_get_glyph_h_advance(fonts->face[role].font, glyph);
    return (uint16_t)CLAMP(width, 0, UINT16_MAX);
}

GBytes *lkv_fonts_profile(const lkv_fonts *fonts)
{
    return fonts->profile;
}

bool lkv_fonts_has(const lkv_fonts *fonts, lkv_font_role role,
                   uint32_t character)
{
    return g_unichar_iscntrl(character) || lkv_character_ignorable(character) ||
           lkv_face_glyph(&fonts->face[role], character) != 0 ||
           lkv_face_glyph(&fonts->face[LKV_ROLE_FALLBACK], character) != 0;
}

static int by_code(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

char *lkv_fonts_missing(const lkv_fonts *fonts, lkv_font_role role,
                        const char *text)
{
    g_autoptr(lkv_shaped) shaped = lkv_shaped_new();
    lkv_fonts_shape(fonts, role, text, SIZE_MAX, shaped);
    const GArray *found = lkv_shaped_missing(shaped);
    if (found->len == 0) {
        return NULL;
    }
    g_autofree uint32_t *code =
        g_memdup2(found->data, found->len * sizeof(uint32_t));
    qsort(code, found->len, sizeof *code, by_code);
    GString *list = g_string_new(NULL);
    for (unsigned i = 0; i < found->len; i++) {
        if (i == 0 || code[i] != code[i - 1]) {
            g_string_append_printf(list, "%sU+%04X", i == 0 ? "" : " ",
                                   (unsigned)code[i]);
        }
    }
    return g_string_free(list, FALSE);
}
