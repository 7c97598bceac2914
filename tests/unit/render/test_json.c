/* results.json: reading it back gives the release that was written. */
#include <glib/gstdio.h>
#include <unistd.h>

#include "check.h"
#include "unit/render/written.h"
#include "unit/report/worlds.h"

static lkv_release *again(const char *json, lkv_diag *diag)
{
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("likvard-XXXXXX.json", &path, NULL);
    assert_true(file >= 0);
    close(file);
    assert_true(g_file_set_contents(path, json, -1, NULL));
    lkv_release *release = lkv_release_read(path, diag);
    g_remove(path);
    return release;
}

static void what_is_written_can_be_read(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_release) release = made_release(&city);
    g_autofree char *json = written(lkv_render_json, release);
    g_autoptr(lkv_release) read = again(json, diag);
    assert_non_null(read);
    assert_int_equal(lkv_release_size(read), lkv_release_size(release));
    assert_int_equal(lkv_release_frame(read)->breaks->len, 2);
    g_autofree char *twice = written(lkv_render_json, read);
    assert_string_equal(twice, json);
    g_autofree char *csv = written(lkv_render_csv, release);
    g_autofree char *csv_twice = written(lkv_render_csv, read);
    assert_string_equal(csv_twice, csv);
}

/* Runs of before breaks were known had no such table. */
static void older_files_have_no_breaks(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_release) release = made_release(&city);
    g_autofree char *json = written(lkv_render_json, release);
    char *from = strstr(json, "\"breaks\":");
    char *to = strstr(json, "\"measures\":");
    assert_true(from && to && from < to);
    memset(from, ' ', (size_t)(to - from));
    g_autoptr(lkv_release) read = again(json, diag);
    assert_non_null(read);
    assert_int_equal(lkv_release_frame(read)->breaks->len, 0);
}

/* A cell that is hidden has a word and no number, whatever it held. */
static void hidden_cells_have_no_number(void **state)
{
    (void)state;
    g_autoptr(lkv_release) release = made_release(&city);
    lkv_release_put(
        release,
        (lkv_shown){.status = LKV_HIDDEN, .decimals = 3, .scaled = 987654321});
    lkv_release_put(release, (lkv_shown){.status = LKV_NOT_ESTIMABLE,
                                         .decimals = LKV_FULL,
                                         .full = 987654321.5});
    g_autofree char *json = written(lkv_render_json, release);
    assert_null(strstr(json, "98765"));
    assert_non_null(strstr(json, "\n[\"hidden\"]"));
    assert_non_null(strstr(json, "\n[\"not_estimable\"]"));
}

static void numbers_keep_their_digits(void **state)
{
    (void)state;
    g_autoptr(lkv_release) release = made_release(&city);
    lkv_release_put(release, made_shown("0.820"));
    lkv_release_put(release, made_shown(">=0.95"));
    lkv_release_put(release, made_shown("=0.1"));
    g_autofree char *json = written(lkv_render_json, release);
    assert_non_null(strstr(json, "\n[\"ok\",3,820]"));
    assert_non_null(strstr(json, "\n[\"at_least\",2,95]"));
    assert_non_null(strstr(json, "\n[\"ok\",null,0.1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_can_be_read),
        cmocka_unit_test(older_files_have_no_breaks),
        cmocka_unit_test(hidden_cells_have_no_number),
        cmocka_unit_test(numbers_keep_their_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
