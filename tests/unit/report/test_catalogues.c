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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_say_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
