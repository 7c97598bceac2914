/* File systems that cannot exchange folders, and disks that fail: this program
 * has a renameat2 and an fsync of its own, to which those of the C library give
 * way.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/publish.h"
#include "check.h"
#include "unit/base/scratch.h"

/* What the next calls do, given to them by the environment. */
static int wished(const char *name)
{
    const char *text = g_getenv(name);
    return text ? (int)g_ascii_strtoll(text, NULL, 10) : 0;
}

static void wish(const char *name, int value)
{
    g_autofree char *text = g_strdup_printf("%d", value);
    g_setenv(name, text, TRUE);
}

/* Counts the variable NAME down; true when it reaches 0. */
static bool is_due(const char *name)
{
    int left = wished(name);
    if (left <= 0) {
        return false;
    }
    wish(name, left - 1);
    return left == 1;
}

int renameat2(int from, const char *old, int to, const char *fresh,
              unsigned flags);
int renameat2(int from, const char *old, int to, const char *fresh,
              unsigned flags)
{
    (void)from, (void)old, (void)to, (void)fresh, (void)flags;
    errno = wished("TEST_RENAME");
    return -1;
}

int fsync(int fd)
{
    (void)fd;
    if (is_due("TEST_FSYNC")) {
        errno = EIO;
        return -1;
    }
    return 0;
}

static int start(void **state)
{
    wish("TEST_RENAME", EINVAL);
    wish("TEST_FSYNC", 0);
    return scratch_make(state);
}

static bool published(const char *goal, const char *text, lkv_diag *diag)
{
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, true, diag);
    return stage && lkv_stage_write(stage, "a.csv", text, strlen(text), diag) &&
           lkv_stage_publish(stage, diag);
}

static void test_new_goal(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autofree char *file = scratch_path(state, "2025/a.csv");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(published(goal, "one", diag));
    assert_true(scratch_holds(file, "one"));
    assert_int_equal(lkv_diag_size(diag), 0);
    assert_int_equal(scratch_entries(*state), 1);
}

static void test_old_goal_stays_and_a_link_shows_the_new(void **state)
{
    static const int reasons[] = {EINVAL, ENOSYS, EOPNOTSUPP, EXDEV};
    g_autofree char *goal = scratch_path(state, "2025");
    g_autofree char *old = scratch_path(state, "2025/a.csv");
    g_autofree char *taken = scratch_path(state, "2025.3");
    g_autofree char *current = scratch_path(state, "2025.current/a.csv");
    g_autoptr(lkv_diag) first = lkv_diag_new();
    assert_true(published(goal, "one", first));
    assert_true(g_file_set_contents(taken, "theirs", -1, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
        wish("TEST_RENAME", reasons[i]);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autofree char *text = g_strdup_printf("%zu", i);
        assert_true(published(goal, text, diag));
        assert_true(scratch_holds(old, "one"));
        assert_true(scratch_holds(current, text));
        assert_true(scratch_holds(taken, "theirs"));
        assert_int_equal(lkv_diag_size(diag), 1);
        assert_string_equal(lkv_diag_at(diag, 0)->code, "W-OUTPUT-BESIDE");
        g_autofree char *name =
            g_strdup_printf("2025.%zu", i == 0 ? i + 2 : i + 3);
        assert_non_null(strstr(lkv_diag_at(diag, 0)->what, name));
    }
    assert_int_equal(scratch_entries(*state), 7);
}

static void test_a_folder_named_current_is_left(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autofree char *current = scratch_path(state, "2025.current");
    g_autofree char *file = scratch_path(state, "2025.2/a.csv");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_int_equal(g_mkdir(current, 0700), 0);
    assert_true(published(goal, "one", diag));
    assert_true(published(goal, "two", diag));
    assert_true(scratch_holds(file, "two"));
    assert_int_equal(scratch_entries(current), 0);
    assert_int_equal(scratch_entries(*state), 3);
}

static void test_other_errors_leave_the_goal(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autofree char *file = scratch_path(state, "2025/a.csv");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(published(goal, "one", diag));
    wish("TEST_RENAME", EIO);
    assert_false(published(goal, "two", diag));
    assert_string_equal(lkv_diag_at(diag, 0)->code, "E-OUTPUT-WRITE");
    wish("TEST_RENAME", ENOSPC);
    assert_false(published(goal, "two", diag));
    assert_string_equal(lkv_diag_at(diag, 1)->code, "E-OUTPUT-FULL");
    assert_true(scratch_holds(file, "one"));
    assert_int_equal(scratch_entries(*state), 1);
}

/* Fails the first, second … sync until a run has none left to fail. */
static void test_every_sync_counts(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    int failures = 0;
    for (int call = 1;; call++) {
        wish("TEST_FSYNC", call);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        if (published(goal, "one", diag)) {
            break;
        }
        failures++;
        assert_int_equal(lkv_diag_fault(diag), LKV_FAULT_IO);
        assert_int_equal(scratch_entries(*state), 0);
    }
    /* The marker, the file, the stage and its parent. */
    assert_int_equal(failures, 4);
}

#define IN_SCRATCH(test)                                                       \
    cmocka_unit_test_setup_teardown(test, start, scratch_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_new_goal),
        IN_SCRATCH(test_old_goal_stays_and_a_link_shows_the_new),
        IN_SCRATCH(test_a_folder_named_current_is_left),
        IN_SCRATCH(test_other_errors_leave_the_goal),
        IN_SCRATCH(test_every_sync_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
