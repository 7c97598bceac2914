/* The languages say the same: the same keys, with the same arguments. */
#include "telling.h"

/* Every key of ONE is in OTHER, with the same arguments. */
static void hold_within(const lkv_catalogue *one, const lkv_catalogue *other)
{
    const char *key = NULL;
    for (size_t i = 0; (key = lkv_catalogue_key_at(one, i)) != NULL; i++) {
        if (!lkv_catalogue_has(other, key)) {
            print_error("%s is in one language alone\n", key);
            fail();
        }
        assert_string_equal(lkv_catalogue_arguments(one, key),
                            lkv_catalogue_arguments(other, key));
    }
}

static void languages_say_the_same(void **state)
{
    (void)state;
    told_language swedish = told_open("sv");
    told_language english = told_open("en");
    assert_non_null(lkv_catalogue_key_at(swedish.catalogue, 200));
    hold_within(swedish.catalogue, english.catalogue);
    hold_within(english.catalogue, swedish.catalogue);
    told_close(&swedish);
    told_close(&english);
}

/* Easy sentences are sentences of the language, with no argument of their own.
 */
static void easy_sentences_stand_for_others(void **state)
{
    (void)state;
    told_language plain = told_open("sv");
    told_language easy = told_open_as("sv", true);
    size_t changed = 0;
    const char *key = NULL;
    for (size_t i = 0; (key = lkv_catalogue_key_at(easy.catalogue, i)) != NULL;
         i++) {
        if (!lkv_catalogue_has(plain.catalogue, key)) {
            fail_msg("%s stands for nothing", key);
        }
        const char *wanted = lkv_catalogue_arguments(plain.catalogue, key);
        const char *used = lkv_catalogue_arguments(easy.catalogue, key);
        g_auto(GStrv) known = g_strsplit(wanted, ";", -1);
        g_auto(GStrv) names = g_strsplit(used, ";", -1);
        for (size_t n = 0; names[n] && *used; n++) {
            if (!g_strv_contains((const char *const *)known, names[n])) {
                fail_msg("%s is not told {%s}", key, names[n]);
            }
        }
        changed += strcmp(wanted, used) != 0;
    }
    assert_true(changed > 3);
    told_close(&plain);
    told_close(&easy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_say_the_same),
        cmocka_unit_test(easy_sentences_stand_for_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
