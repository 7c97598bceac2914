/* Words divided as their language does, and lines that end in a hyphen. */
#include <string.h>

#include "check.h"
#include "render/hyphens.h"
#include "render/lines.h"

typedef struct reading {
    lkv_diag *diag;
    lkv_fonts *fonts;
    lkv_locale *locale;
    lkv_hyphens *hyphens;
} reading;

static int open_reading(void **state)
{
    reading *made = g_new0(reading, 1);
    g_autofree char *error = NULL;
    made->diag = lkv_diag_new();
    made->fonts = lkv_fonts_load(NULL, made->diag);
    made->locale = lkv_locale_new("sv", &error);
    made->hyphens = lkv_hyphens_load("sv", made->diag);
    *state = made;
    return made->fonts && made->locale && made->hyphens ? 0 : -1;
}

static int close_reading(void **state)
{
    reading *made = *state;
    lkv_hyphens_free(made->hyphens);
    lkv_locale_free(made->locale);
    lkv_fonts_free(made->fonts);
    lkv_diag_free(made->diag);
    g_free(made);
    return 0;
}

/* TEXT with '=' wherever it may be divided; g_free. */
static char *divided(const lkv_hyphens *hyphens, const char *text)
{
    g_autoptr(GArray) places = lkv_hyphens_of(hyphens, text, strlen(text));
    GString *out = g_string_new(NULL);
    size_t from = 0;
    for (guint i = 0; i < places->len; i++) {
        size_t at = g_array_index(places, size_t, i);
        g_string_append_len(out, text + from, (gssize)(at - from));
        g_string_append_c(out, '=');
        from = at;
    }
    g_string_append(out, text + from);
    return g_string_free(out, FALSE);
}

/* Four letters at least on either side; names in capitals and words that the
 * patterns' coding cannot write stay whole.
 */
static void words_are_divided_as_in_swedish(void **state)
{
    const reading *on = *state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", ""},
        {"skola", "skola"},
        {"skillnader", "skill=nader"},
        {"Meritvärde, utbildning.", "Merit=värde, utbild=ning."},
        {"MERITVÄRDET", "MERITVÄRDET"},
        {"likvärdighet 2024/25", "likvär=dighet 2024/25"},
        {"международный", "международный"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = divided(on->hyphens, cases[i].text);
        assert_string_equal(found, cases[i].wanted);
    }
}

/* At every width all of the text is there, no line is too wide, and one that
 * leaves more than the hole empty could not have been filled.
 */
static void lines_end_in_hyphens_where_they_would_be_empty(void **state)
{
    const reading *on = *state;
    static const char text[] = "Skillnader mellan grupper visas inte när "
                               "betygskriterierna är uppnådda i alla ämnen";
    guint hyphens = 0;
    for (double width = 60.0; width < 260.0; width += 7.0) {
        const lkv_breaking breaking = {.fonts = on->fonts,
                                       .locale = on->locale,
                                       .role = LKV_ROLE_BODY,
                                       .size = 10.0,
                                       .width = width,
                                       .hyphens = on->hyphens,
                                       .hole = 20.0};
        g_autoptr(GArray) lines = lkv_lines_break(&breaking, text);
        g_autoptr(GString) joined = g_string_new(NULL);
        for (guint i = 0; i < lines->len; i++) {
            const lkv_line *line = &g_array_index(lines, lkv_line, i);
            g_autofree char *words = lkv_line_text(line, text);
            assert_true(line->width <= width);
            assert_int_equal(line->broken, 0);
            assert_int_equal(g_str_has_suffix(words, "\u00ad"), line->divided);
            hyphens += (guint)line->divided;
            g_string_append_len(joined, text + line->start,
                                (gssize)(line->end - line->start));
            g_string_append(joined,
                            line->divided || i + 1 == lines->len ? "" : " ");
        }
        assert_string_equal(joined->str, text);
    }
    assert_true(hyphens > 5);
}

static void without_patterns_words_are_whole(void **state)
{
    const reading *on = *state;
    assert_null(lkv_hyphens_load("xx", on->diag));
    assert_int_equal(lkv_diag_count(on->diag, LKV_ERROR), 0);
    const lkv_breaking breaking = {.fonts = on->fonts,
                                   .locale = on->locale,
                                   .role = LKV_ROLE_BODY,
                                   .size = 10.0,
                                   .width = 70.0};
    g_autoptr(GArray) lines =
        lkv_lines_break(&breaking, "en betygskriterierna");
    for (guint i = 0; i < lines->len; i++) {
        assert_int_equal(g_array_index(lines, lkv_line, i).divided, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_divided_as_in_swedish),
        cmocka_unit_test(lines_end_in_hyphens_where_they_would_be_empty),
        cmocka_unit_test(without_patterns_words_are_whole),
    };
    return cmocka_run_group_tests(tests, open_reading, close_reading);
}
