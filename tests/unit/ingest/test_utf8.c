/* Validity of UTF-8 by RFC 3629, against GLib's own check. */
#include "check.h"

#include <string.h>

#include <glib.h>

#include "ingest/utf8.h"

/* Whether BYTES are whole, valid UTF-8; MULTIPLE as in lkv_utf8. */
static bool valid(const char *bytes, size_t size, uint64_t *multiple)
{
    lkv_utf8 state = {0};
    bool fine = true;
    for (size_t i = 0; i < size; i++) {
        fine = lkv_utf8_next(&state, (unsigned char)bytes[i]) && fine;
    }
    *multiple = state.multiple;
    return fine && state.wanted == 0;
}

static void test_cases(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool valid;
        uint64_t multiple;
    } cases[] = {
        {"", true, 0},
        {"abc", true, 0},
        {"\xc3\xa5", true, 1},
        {"\xe2\x82\xac\xf0\x9f\x98\x80", true, 2},
        {"\xef\xbf\xbf", true, 1},
        {"\xf4\x8f\xbf\xbf", true, 1},
        {"\x80", false, 0},
        {"\xc0\x80", false, 0}, /* longer than needed */
        {"\xc1\xbf", false, 0},
        {"\xe0\x9f\xbf", false, 0},
        {"\xf0\x8f\xbf\xbf", false, 0},
        {"\xed\xa0\x80", false, 0}, /* a surrogate */
        {"\xf4\x90\x80\x80", false, 0}, /* above U+10FFFF */
        {"\xf5", false, 0},
        {"\xff", false, 0},
        {"\xc3", false, 0}, /* cut short */
        {"\xc3z", false, 0},
        {"\xe5z\xc3\xa5", false, 1}, /* reading begins anew */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint64_t multiple = 0;
        bool found = valid(cases[i].bytes, strlen(cases[i].bytes), &multiple);
        assert_int_equal(found, cases[i].valid);
        assert_int_equal(multiple, cases[i].multiple);
    }
}

/* Every pair and many longer texts: the same answer as g_utf8_validate, which
 * knows the same standard but for U+0000.
 */
static void test_against_glib(void **state)
{
    (void)state;
    uint64_t multiple = 0;
    for (unsigned a = 1; a < 256; a++) {
        for (unsigned b = 1; b < 256; b++) {
            const char bytes[] = {(char)a, (char)b};
            assert_int_equal(valid(bytes, 2, &multiple),
                             g_utf8_validate(bytes, 2, NULL));
        }
    }
    static const unsigned char edges[] = {
        0x01, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2,
        0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff};
    enum { EDGES = sizeof edges };
    for (size_t i = 0; i < (size_t)EDGES * EDGES * EDGES * EDGES; i++) {
        const char bytes[] = {(char)edges[i % EDGES],
                              (char)edges[i / EDGES % EDGES],
                              (char)edges[i / EDGES / EDGES % EDGES],
                              (char)edges[i / EDGES / EDGES / EDGES]};
        assert_int_equal(valid(bytes, 4, &multiple),
                         g_utf8_validate(bytes, 4, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_against_glib)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
