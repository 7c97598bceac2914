#include <string.h>

#include "base/progress.h"
#include "check.h"

enum { SECOND = 1000000 };

typedef struct step {
    const char *words;
    size_t done, total;
    double at;
} step;

/* What STEPS (until one without words) write in FORM, then the end; g_free. */
static char *written(lkv_progress_form form, const step *steps)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    form.out = out;
    g_autoptr(lkv_progress) progress = lkv_progress_on(form);
    for (; steps->words; steps++) {
        lkv_progress_at(progress, steps->words, steps->done, steps->total,
                        (int64_t)(steps->at * SECOND));
    }
    lkv_progress_end(progress);
    lkv_progress_at(progress, "Late", 0, 0, INT64_C(1000) * SECOND);
    fclose(out);
    char *copy = g_strdup(text);
    free(text);
    return copy;
}

static const step run[] = {{"Reading", 0, 0, 100},
                           {"Computing", 0, 0, 101},
                           {"Rendering", 0, 77, 102},
                           {"Rendering", 1, 77, 102.01},
                           {"Rendering", 41, 77, 112.25},
                           {"Rendering", 77, 77, 120},
                           {NULL, 0, 0, 0}};

static void test_lines(void **state)
{
    (void)state;
    g_autofree char *text = written((lkv_progress_form){0}, run);
    assert_string_equal(text, "Reading\nRendering 41/77\n");
}

static void test_lines_of_every_phase(void **state)
{
    (void)state;
    g_autofree char *text =
        written((lkv_progress_form){.every_phase = true}, run);
    assert_string_equal(text,
                        "Reading\nComputing\nRendering\nRendering 41/77\n");
}

static void test_bar(void **state)
{
    (void)state;
    g_autofree char *text =
        written((lkv_progress_form){.bar = true, .columns = 80}, run);
    assert_string_equal(text,
                        "\rReading …\033[K"
                        "\rComputing …\033[K"
                        "\rRendering  [················] 0/77\033[K"
                        "\rRendering  [########········] 41/77  0:10 left\033[K"
                        "\rRendering  [################] 77/77\033[K"
                        "\r\033[K");
}

static void test_bar_on_a_narrow_terminal(void **state)
{
    (void)state;
    static const step steps[] = {{"Räknar", 1, 2, 5}, {NULL, 0, 0, 0}};
    g_autofree char *text =
        written((lkv_progress_form){.bar = true, .columns = 20}, steps);
    assert_string_equal(text, "\rRäknar  [########··\033[K\r\033[K");
}

static void test_control_bytes_are_escaped(void **state)
{
    (void)state;
    static const step steps[] = {{"a\033[2J", 0, 0, 5}, {NULL, 0, 0, 0}};
    g_autofree char *text = written((lkv_progress_form){0}, steps);
    assert_string_equal(text, "a\\u001b[2J\n");
}

static void test_nothing_is_shown(void **state)
{
    (void)state;
    g_autoptr(lkv_progress) progress = lkv_progress_new(false, true);
    lkv_progress_show(progress, "Reading", 1, 2);
    lkv_progress_end(progress);
    lkv_progress_end(progress);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_lines_of_every_phase),
        cmocka_unit_test(test_bar),
        cmocka_unit_test(test_bar_on_a_narrow_terminal),
        cmocka_unit_test(test_control_bytes_are_escaped),
        cmocka_unit_test(test_nothing_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
