/* Faces: widths against shaping, ligatures, fallback, cuts. */
#include "render/font.h"

#include "check.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/jobs.h"

/* Zero-width non-joiner: never seen, but not in the table of the fast path,
 * so that a text with one is shaped by HarfBuzz.
 */
#define SHAPED "\u200C"

static int load(void **state)
{
    lkv_hash_start();
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    *state = lkv_fonts_load(NULL, diag);
    return *state != NULL ? 0 : -1;
}

static int unload(void **state)
{
    lkv_fonts_free(*state);
    return 0;
}

static double width(const lkv_fonts *fonts, lkv_font_role role,
                    const char *text)
{
    return lkv_fonts_width(fonts, role, 10, text, SIZE_MAX);
}

static void widths_are_those_of_shaping(void **state)
{
    static const char *const texts[] = {
        "Likvärdighetsrapport",
        "AVATAR To Ty. LT \"Åsa\" f) r, 1/2 (A) 82 % – 1 234",
        "fi ff ffi fl fj tt tti ft tf fb fh fk office fjord matte till",
        "Årskurs 9: 78,6 % mot 85,1 % (−6,5)",
        "82\u00A0%",
        "",
        " ",
    };
    for (lkv_font_role role = 0; role < LKV_ROLE_FALLBACK; role++) {
        for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
            g_autofree char *slow = g_strconcat(texts[i], SHAPED, NULL);
            assert_close(width(*state, role, texts[i]),
                         width(*state, role, slow), 1e-12);
        }
    }
}

/* Any text of everyday characters, not only those that were thought of. */
static void widths_of_random_texts_are_those_of_shaping(void **state)
{
    static const char *const letters[] = {
        "f", "f", "t", "t", "i", "l", "j", "A", "V", "T", "o", "å", "Ö",
        " ", ".", ",", "1", "7", "4", "%", "(", ")", "−", "–", "/", "r"};
    uint64_t seed = 7;
    for (unsigned trial = 0; trial < 500; trial++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (unsigned i = 0; i < 24; i++) {
            seed = seed * 48271 % 2147483647;
            g_string_append(text, letters[seed % G_N_ELEMENTS(letters)]);
        }
        lkv_font_role role = trial % LKV_ROLE_FALLBACK;
        double fast = width(*state, role, text->str);
        g_string_append(text, SHAPED);
        assert_close(fast, width(*state, role, text->str), 1e-12);
    }
}

static void pairs_are_kerned_and_figures_are_not(void **state)
{
    double apart =
        width(*state, LKV_ROLE_BODY, "A") + width(*state, LKV_ROLE_BODY, "V");
    assert_true(width(*state, LKV_ROLE_BODY, "AV") < apart - 0.1);
    /* Tabular figures: columns of numbers stand straight. */
    double digit = width(*state, LKV_ROLE_BODY, "0");
    for (char text[] = "1"; text[0] <= '9'; text[0]++) {
        assert_close(width(*state, LKV_ROLE_BODY, text), digit, 1e-12);
    }
    assert_close(width(*state, LKV_ROLE_BODY, "1147"), 4 * digit, 1e-12);
}

static void width_takes_a_part_and_a_size(void **state)
{
    assert_close(lkv_fonts_width(*state, LKV_ROLE_BODY, 10, "skolan", 4),
                 width(*state, LKV_ROLE_BODY, "skol"), 1e-12);
    assert_close(lkv_fonts_width(*state, LKV_ROLE_BODY, 20, "skol", 4),
                 2 * width(*state, LKV_ROLE_BODY, "skol"), 1e-12);
}

static void text_is_cleaned(void **state)
{
    static const char *const alike[][2] = {
        {"skol\u00AD", "skol-"}, /* a hyphen at the end of a line … */
        {"sko\u00ADlan", "skolan"}, /* … and nothing inside it */
        {"a\nb\tc", "a b c"},       {"A\u030A", "Å"}, /* normal form C */
        {"\u200Ea\u2060b", "ab"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(alike); i++) {
        assert_close(width(*state, LKV_ROLE_BODY, alike[i][0]),
                     width(*state, LKV_ROLE_BODY, alike[i][1]), 1e-12);
    }
}

static void a_ligature_is_one_glyph(void **state)
{
    g_autoptr(lkv_shaped) shaped = lkv_shaped_new();
    size_t count = 0;
    lkv_fonts_shape(*state, LKV_ROLE_BODY, "fi", SIZE_MAX, shaped);
    lkv_shaped_glyphs(shaped, &count);
    assert_int_equal(count, 1);
    lkv_fonts_shape(*state, LKV_ROLE_BODY, "fi" SHAPED, SIZE_MAX, shaped);
    lkv_shaped_glyphs(shaped, &count);
    assert_int_equal(count, 1);
}

typedef struct run_case {
    const char *text;
    const char *runs; /* "role@level" in the order of drawing */
} run_case;

static void scripts_and_faces_become_runs(void **state)
{
    static const run_case cases[] = {
        {"skola", "0@0"},
        {"Łódź Şişli Đorđe", "0@0"},
        {"a Ω Ж", "0@0 0@0 0@0"}, /* one a script, blanks with the last */
        {"x ✓", "0@0 5@0"}, /* Lato has no check mark */
        {"سلام", "5@1"},
        {"a سلام b", "0@0 5@1 5@0 0@0"},
        {"سلام 12 سلام", "5@1 5@2 5@1"}, /* figures keep their direction */
        {"日", "5@0"}, /* replaced */
        {"", ""},
    };
    g_autoptr(lkv_shaped) shaped = lkv_shaped_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        lkv_fonts_shape(*state, LKV_ROLE_BODY, cases[i].text, SIZE_MAX, shaped);
        size_t count = 0;
        const lkv_run *run = lkv_shaped_runs(shaped, &count);
        g_autoptr(GString) found = g_string_new(NULL);
        for (size_t k = 0; k < count; k++) {
            g_string_append_printf(found, "%s%d@%u", k > 0 ? " " : "",
                                   (int)run[k].role, run[k].level);
        }
        assert_string_equal(found->str, cases[i].runs);
    }
}

/* A base letter that the face has, with a mark that it lacks, goes to the
 * fallback as a whole: no mark is left on a letter of another face.
 */
static void a_cluster_stays_together(void **state)
{
    const lkv_fonts *fonts = *state;
    g_autoptr(lkv_shaped) shaped = lkv_shaped_new();
    uint32_t mark = 0;
    for (uint32_t code = 0x300; code < 0x2100 && mark == 0; code++) {
        if (g_unichar_ismark(code) &&
            lkv_fonts_glyph(fonts, LKV_ROLE_BODY, code) == 0 &&
            lkv_fonts_glyph(fonts, LKV_ROLE_FALLBACK, code) != 0) {
            mark = code;
        }
    }
    assert_int_not_equal(mark, 0);
    g_autoptr(GString) text = g_string_new("q");
    g_string_append_unichar(text, mark);
    lkv_fonts_shape(fonts, LKV_ROLE_BODY, text->str, SIZE_MAX, shaped);
    size_t count = 0;
    const lkv_run *run = lkv_shaped_runs(shaped, &count);
    assert_int_equal(count, 1);
    assert_int_equal(run[0].role, LKV_ROLE_FALLBACK);
}

static void what_no_face_has_is_found(void **state)
{
    assert_null(
        lkv_fonts_missing(*state, LKV_ROLE_BODY, "Łódź ΑΒΓ سلام ✓ a\u00AD"));
    g_autofree char *missing =
        lkv_fonts_missing(*state, LKV_ROLE_BODY, "本 日 å 日");
    assert_string_equal(missing, "U+65E5 U+672C");
    assert_true(lkv_fonts_has(*state, LKV_ROLE_BODY, 0x2713));
    assert_true(lkv_fonts_has(*state, LKV_ROLE_BODY, 0xAD));
    assert_false(lkv_fonts_has(*state, LKV_ROLE_BODY, 0x65E5));
    g_autoptr(lkv_shaped) shaped = lkv_shaped_new();
    lkv_fonts_shape(*state, LKV_ROLE_BODY, "a日", SIZE_MAX, shaped);
    assert_string_equal(lkv_shaped_text(shaped), "a\uFFFD");
    lkv_fonts_shape(*state, LKV_ROLE_BODY, "a\xFF", SIZE_MAX, shaped);
    assert_string_equal(lkv_shaped_text(shaped), "a\uFFFD");
}

static void mark(uint8_t *set, uint16_t glyph)
{
    set[glyph / 8] |= (uint8_t)(1U << (glyph % 8));
}

static void cuts_repeat_and_everyday_ones_are_shared(void **state)
{
    g_autofree uint8_t *used = g_new0(uint8_t, LKV_GLYPH_SET);
    mark(used, lkv_fonts_glyph(*state, LKV_ROLE_BODY, 'a'));
    lkv_font_cut first = lkv_fonts_cut(*state, LKV_ROLE_BODY, used);
    mark(used, lkv_fonts_glyph(*state, LKV_ROLE_BODY, 0xE5));
    lkv_font_cut second = lkv_fonts_cut(*state, LKV_ROLE_BODY, used);
    assert_ptr_equal(first.packed, second.packed);
    assert_string_equal(first.tag, second.tag);
    mark(used, lkv_fonts_glyph(*state, LKV_ROLE_BODY, 0x416));
    lkv_font_cut third = lkv_fonts_cut(*state, LKV_ROLE_BODY, used);
    lkv_font_cut fourth = lkv_fonts_cut(*state, LKV_ROLE_BODY, used);
    assert_true(g_bytes_equal(third.packed, fourth.packed));
    assert_string_equal(third.tag, fourth.tag);
    assert_string_not_equal(first.tag, third.tag);
    assert_int_equal(strlen(third.tag), 6);
    assert_true(third.size > 1000 && third.size < 60000);
    g_bytes_unref(first.packed);
    g_bytes_unref(second.packed);
    g_bytes_unref(third.packed);
    g_bytes_unref(fourth.packed);
}

static void files_are_named_with_their_hashes(void **state)
{
    for (size_t i = 0; i <= LKV_FONT_ROLES; i++) {
        lkv_font_file file = lkv_fonts_file(*state, i);
        g_autofree char *bytes = NULL;
        gsize size = 0;
        assert_true(g_file_get_contents(file.path, &bytes, &size, NULL));
        lkv_hash hash = lkv_hash_of(bytes, size);
        assert_memory_equal(hash.byte, file.hash.byte, LKV_HASH_BYTES);
    }
}

static const char *code_of_load(const lkv_font_paths *paths, lkv_diag *diag)
{
    g_autoptr(lkv_fonts) fonts = lkv_fonts_load(paths, diag);
    assert_null(fonts);
    assert_int_equal(lkv_diag_count(diag, LKV_ERROR), 1);
    return lkv_diag_at(diag, 0)->code;
}

static void what_cannot_be_used_is_refused(void **state)
{
    (void)state;
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("likvard-XXXXXX.ttf", &path, NULL);
    assert_true(file >= 0);
    g_close(file, NULL);
    assert_true(g_file_set_contents(path, "no font at all", -1, NULL));
    lkv_font_paths face = {.face = {[LKV_ROLE_BOLD] = path}};
    lkv_font_paths profile = {.profile = path};
    lkv_font_paths absent = {.face = {"/nonexistent/face.ttf"}};
    g_autoptr(lkv_diag) one = lkv_diag_new();
    assert_string_equal(code_of_load(&face, one), "E-FONT-REFUSED");
    g_autoptr(lkv_diag) two = lkv_diag_new();
    assert_string_equal(code_of_load(&profile, two), "E-FONT-REFUSED");
    g_autoptr(lkv_diag) three = lkv_diag_new();
    assert_string_equal(code_of_load(&absent, three), "E-FILE-MISSING");
    g_unlink(path);
}

typedef struct shared_widths {
    const lkv_fonts *fonts;
    double width[32];
} shared_widths;

static bool measure(void *shared, size_t index)
{
    shared_widths *widths = shared;
    const char *text =
        index % 2 == 0 ? "Likvärdighetsrapport" : "Łódź سلام ΑΒΓ ấ";
    widths->width[index] =
        lkv_fonts_width(widths->fonts, LKV_ROLE_BODY, 10, text, SIZE_MAX);
    return true;
}

static void threads_share_faces(void **state)
{
    shared_widths widths = {.fonts = *state};
    assert_true(lkv_jobs_run(measure, &widths, 32, (lkv_crew){.threads = 4}));
    for (size_t i = 2; i < 32; i++) {
        assert_close(widths.width[i], widths.width[i % 2], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_those_of_shaping),
        cmocka_unit_test(widths_of_random_texts_are_those_of_shaping),
        cmocka_unit_test(pairs_are_kerned_and_figures_are_not),
        cmocka_unit_test(width_takes_a_part_and_a_size),
        cmocka_unit_test(text_is_cleaned),
        cmocka_unit_test(a_ligature_is_one_glyph),
        cmocka_unit_test(scripts_and_faces_become_runs),
        cmocka_unit_test(a_cluster_stays_together),
        cmocka_unit_test(what_no_face_has_is_found),
        cmocka_unit_test(cuts_repeat_and_everyday_ones_are_shared),
        cmocka_unit_test(files_are_named_with_their_hashes),
        cmocka_unit_test(what_cannot_be_used_is_refused),
        cmocka_unit_test(threads_share_faces),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
