/* What is said of a block at once holds for each of its lines and bytes. */
#include "check.h"

#include <string.h>

#include <glib.h>

#include "ingest/block.h"

static void test_look(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool plain, regular;
    } cases[] = {
        {"a;b\nc;d\n", true, true},
        {"a;b\r\nc;d\r\n", true, true},
        {"a;b\nc;d", true, true},
        {"", true, true},
        {"a;\"b\"\n", true, false},
        {"a;b\n\nc;d\n", true, false},
        {"a;b\r\n\r\nc;d\r\n", true, false},
        {"a;b\n c;d\n", true, false},
        {"a;b\rc;d\n", false, false},
        {"\xc3\x85sa;b\n", true, true},
        {"\"a\rb\"\n", false, false},
        {"\"a\r\nb\"\n", true, false},
        {"a\tb\n", false, true},
        {"a\x7f;b\n", false, true},
        {"a\xc2\xad"
         "b\n",
         false, true},
        {"a\xe2\x80\x8b"
         "b\n",
         false, true},
        {"\xef\xbb\xbf"
         "a\n",
         false, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        /* At every place, so that whole strides and the rest are met. */
        for (size_t before = 0; before < 200; before++) {
            g_autofree char *fill = g_strnfill(before, 'x');
            g_autofree char *text = g_strconcat(fill, cases[i].bytes, NULL);
            lkv_block block = lkv_block_look(text, strlen(text));
            assert_int_equal(block.plain, cases[i].plain);
            assert_int_equal(block.regular, cases[i].regular);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_look)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
