#include <string.h>

#include "base/catalogue.h"
#include "check.h"

#define NBSP "\u00a0"

static lkv_locale *opened(const char *language)
{
    g_autofree char *error = NULL;
    lkv_locale *locale = lkv_locale_new(language, &error);
    assert_non_null(locale);
    return locale;
}

static void pattern_add(lkv_catalogue *catalogue, const char *key,
                        const char *pattern)
{
    g_autofree char *error = NULL;
    if (!lkv_catalogue_add(catalogue, key, pattern, &error)) {
        print_error("%s: %s\n", pattern, error);
        fail();
    }
}

typedef struct saying {
    const char *language, *pattern, *arguments, *wanted;
    lkv_value value[3];
} saying;

#define ONE_ELEV "{n, plural, one {# elev} other {# elever}}"

static const saying sayings[] = {
    {"sv", "Hej", "", "Hej", {{0}}},
    {"sv", "", "", "", {{0}}},
    {"sv",
     "{share} av {who}",
     "share;who",
     "82 % av alla",
     {{"who", "alla", 0}, {"share", "82 %", 0}}},
    {"sv", ONE_ELEV, "n", "1 elev", {{"n", NULL, 1}}},
    {"sv", ONE_ELEV, "n", "0 elever", {{"n", NULL, 0}}},
    {"sv", ONE_ELEV, "n", "12" NBSP "345 elever", {{"n", NULL, 12345}}},
    {"en",
     "{n, plural, =0 {nobody} one {# pupil} other {# pupils}}",
     "n",
     "12,345 pupils",
     {{"n", NULL, 12345}}},
    {"en",
     "{n, plural, =0 {nobody} one {# pupil} other {# pupils}}",
     "n",
     "nobody",
     {{"n", NULL, 0}}},
    {"en",
     "{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}",
     "n",
     "22nd",
     {{"n", NULL, 22}}},
    {"sv",
     "{n, selectordinal, one {#:a} other {#:e}}",
     "n",
     "3:e",
     {{"n", NULL, 3}}},
    {"pl",
     "{n, plural, one {# uczeń} few {# uczniów-f} other {# x}}",
     "n",
     "3 uczniów-f",
     {{"n", NULL, 3}}},
    {"en",
     "{n} {n, plural, one {is} other {are}}",
     "n",
     "few are",
     {{"n", "few", 3}}},
    {"sv",
     "{k, select, up {ökar} down {minskar} other {är lika}}",
     "k",
     "minskar",
     {{"k", "down", 0}}},
    {"sv",
     "{k, select, up {ökar} down {minskar} other {är lika}}",
     "k",
     "är lika",
     {{"k", "", 0}}},
    {"en",
     "{k, select, f {{n, plural, one {# girl} other {# girls in {s}}}} "
     "other {# of {s}}}",
     "k;n;s",
     "2 girls in Hyllie",
     {{"k", "f", 0}, {"n", NULL, 2}, {"s", "Hyllie", 0}}},
    {"en",
     "{n, plural, offset:1 =0 {none} one {you and # other} other {#}}",
     "n",
     "you and 1 other",
     {{"n", NULL, 2}}},
    {"en", "it's {a}, isn''t it", "a", "it's x, isn't it", {{"a", "x", 0}}},
    {"en", "a '{'b'}' '{c d''e}'", "", "a {b} {c d'e}", {{0}}},
    {"en", "{n, plural, other {'#' is #}}", "n", "# is 7", {{"n", NULL, 7}}},
    {"en", "{a}", "a", "{b} '# |", {{"a", "{b} '# |", 0}}},
    {"en", "{ a }{\ta\n}", "a", "xx", {{"a", "x", 0}}},
    {"sv", "{a}", "a", "𝒳 och å", {{"a", "𝒳 och å", 0}}},
    {"en", "{a}{b}", "a;b", "", {{"a", "", 0}, {"b", "", 0}}},
};

static void test_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(sayings); i++) {
        const saying *one = &sayings[i];
        g_autoptr(lkv_locale) locale = opened(one->language);
        g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
        pattern_add(catalogue, "key", one->pattern);
        assert_string_equal(lkv_catalogue_arguments(catalogue, "key"),
                            one->arguments);
        size_t count = 0;
        while (count < 3 && one->value[count].name) {
            count++;
        }
        g_autofree char *said =
            lkv_catalogue_say(catalogue, "key", one->value, count);
        if (!said) {
            print_error("%s: nothing\n", one->pattern);
        }
        assert_string_equal(said, one->wanted);
    }
}

static void test_per_cent_is_bound(void **state)
{
    (void)state;
    g_autoptr(lkv_locale) locale = opened("sv");
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    pattern_add(catalogue, "level", "{level} % intervall, 80 % av dem, i %");
    const lkv_value values[] = {{.name = "level", .text = "95"}};
    g_autofree char *said = lkv_catalogue_say(catalogue, "level", values, 1);
    assert_string_equal(said, "95" NBSP "% intervall, 80" NBSP "% av dem, i %");
}

static void test_all_positions(void **state)
{
    (void)state;
    g_autoptr(lkv_locale) locale = opened("en");
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    pattern_add(catalogue, "all",
                "{d, plural, other {#}}{c, plural, other {#}}"
                "{b, plural, other {#}}{a, plural, other {#}} "
                "{l}{k}{j}{i}{h}{g}{f}{e}{d}{c}{b}{a}");
    static const char names[] = "abcdefghijkl";
    lkv_value values[12];
    char name[12][2];
    for (int i = 0; i < 12; i++) {
        name[i][0] = names[i];
        name[i][1] = '\0';
        values[i] = (lkv_value){name[i], name[i], i + 1};
    }
    g_autofree char *said = lkv_catalogue_say(catalogue, "all", values, 12);
    assert_string_equal(said, "4321 lkjihgfedcba");
    assert_string_equal(lkv_catalogue_arguments(catalogue, "all"),
                        "a;b;c;d;e;f;g;h;i;j;k;l");
}

#define FOUR_DEEP                                                              \
    "{a,select,other{{a,select,other{{a,select,other{{a,select,other{"
#define FOUR_SHUT "}}}}}}}}"

static void refuse(lkv_catalogue *catalogue, const char *pattern)
{
    g_autofree char *error = NULL;
    if (lkv_catalogue_add(catalogue, "key", pattern, &error)) {
        print_error("%s\n", pattern);
        fail();
    }
    assert_non_null(error);
    assert_false(lkv_catalogue_has(catalogue, "key"));
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "{",
        "}",
        "{}",
        "{a",
        "{1}",
        "{a b}",
        "{a,}",
        "{a, number}",
        "{a, date, long}",
        "{a, plural}",
        "{a, plural, }",
        "{a, plural, one {x}}",
        "{a, plural, one}",
        "{a, plural, other {x}",
        "{a, plural, {x}}",
        "{a, plural, few2 {x} other {y}}}",
        "{a, select, b {x}}",
        "{ö}",
        "'{a",
        "{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m}",
        FOUR_DEEP FOUR_DEEP "{x}" FOUR_SHUT FOUR_SHUT,
    };
    g_autoptr(lkv_locale) locale = opened("en");
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++) {
        refuse(catalogue, patterns[i]);
    }
}

static void test_five_numbers(void **state)
{
    (void)state;
    g_autoptr(lkv_locale) locale = opened("en");
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    g_autoptr(GString) pattern = g_string_new("");
    for (int name = 'a'; name <= 'd'; name++) {
        g_string_append_printf(pattern, "{%c, plural, other {}}", name);
    }
    pattern_add(catalogue, "four", pattern->str);
    g_string_append(pattern, "{e, plural, other {}}");
    refuse(catalogue, pattern->str);
}

static void test_keys(void **state)
{
    (void)state;
    g_autoptr(lkv_locale) locale = opened("en");
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    pattern_add(catalogue, "b", "x");
    pattern_add(catalogue, "c.a", "x");
    pattern_add(catalogue, "deep", FOUR_DEEP "{x}" FOUR_SHUT);
    pattern_add(catalogue, "a", "x");
    assert_string_equal(lkv_catalogue_key_at(catalogue, 0), "a");
    assert_string_equal(lkv_catalogue_key_at(catalogue, 1), "b");
    assert_string_equal(lkv_catalogue_key_at(catalogue, 2), "c.a");
    assert_string_equal(lkv_catalogue_key_at(catalogue, 3), "deep");
    assert_null(lkv_catalogue_key_at(catalogue, 4));
    assert_null(lkv_catalogue_arguments(catalogue, "c"));
    g_autofree char *error = NULL;
    assert_false(lkv_catalogue_add(catalogue, "b", "y", &error));
    assert_non_null(error);
    assert_ptr_equal(lkv_catalogue_locale(catalogue), locale);
}

static void test_missing(void **state)
{
    (void)state;
    g_autoptr(lkv_locale) locale = opened("en");
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    pattern_add(catalogue, "key", "{a} {n, plural, other {#}}");
    const lkv_value values[] = {
        {"a", "x", 0}, {"n", NULL, 1}, {"surplus", "y", 2}};
    const lkv_value empty[] = {{"a", NULL, 0}, {"n", NULL, 1}};
    const lkv_value broken[] = {{"a", "\xff", 0}, {"n", NULL, 1}};
    g_autofree char *said = lkv_catalogue_say(catalogue, "key", values, 3);
    assert_string_equal(said, "x 1");
    assert_null(lkv_catalogue_say(catalogue, "other", values, 3));
    assert_null(lkv_catalogue_say(catalogue, "key", values, 1));
    assert_null(lkv_catalogue_say(catalogue, "key", values + 1, 2));
    assert_null(lkv_catalogue_say(catalogue, "key", empty, 2));
    assert_null(lkv_catalogue_say(catalogue, "key", broken, 2));
}

static void test_long_sentences(void **state)
{
    (void)state;
    g_autoptr(lkv_locale) locale = opened("en");
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    pattern_add(catalogue, "key", "{a}.");
    static const size_t lengths[] = {510, 511, 512, 513, 100000};
    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autofree char *text = g_strnfill(lengths[i], 'x');
        lkv_value value = {"a", text, 0};
        g_autofree char *said = lkv_catalogue_say(catalogue, "key", &value, 1);
        assert_int_equal(strlen(said), lengths[i] + 1);
        assert_true(g_str_has_suffix(said, "x."));
    }
}

static gpointer speak(gpointer data)
{
    const lkv_catalogue *catalogue = data;
    for (int i = 0; i < 300; i++) {
        lkv_value values[] = {{"n", NULL, i}, {"k", i % 2 ? "a" : "b", 0}};
        g_autofree char *said = lkv_catalogue_say(catalogue, "key", values, 2);
        g_autofree char *wanted = g_strdup_printf(
            "%s%d %s", i % 2 ? "A" : "B", i, i == 1 ? "elev" : "elever");
        if (g_strcmp0(said, wanted) != 0) {
            return GINT_TO_POINTER(1);
        }
    }
    return NULL;
}

static void test_threads_share_a_catalogue(void **state)
{
    (void)state;
    g_autoptr(lkv_locale) locale = opened("sv");
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    pattern_add(catalogue, "key",
                "{k, select, a {A} other {B}}"
                "{n, plural, one {# elev} other {# elever}}");
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        threads[i] = g_thread_new("speak", speak, catalogue);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        assert_null(g_thread_join(threads[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_say),
        cmocka_unit_test(test_per_cent_is_bound),
        cmocka_unit_test(test_all_positions),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_five_numbers),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_long_sentences),
        cmocka_unit_test(test_threads_share_a_catalogue),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    lkv_locale_cleanup();
    return failed;
}
