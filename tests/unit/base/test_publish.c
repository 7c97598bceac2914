#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/jobs.h"
#include "base/publish.h"
#include "check.h"
#include "unit/base/scratch.h"

/* Publishes a folder with one file that holds TEXT. */
static bool published(const char *goal, bool force, const char *text,
                      lkv_diag *diag)
{
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, force, diag);
    return stage &&
           lkv_stage_write(stage, "public/a.csv", text, strlen(text), diag) &&
           lkv_stage_publish(stage, diag);
}

static void refused(const char *goal, bool force, const char *code)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, force, diag);
    assert_null(stage);
    assert_int_equal(lkv_diag_size(diag), 1);
    assert_string_equal(lkv_diag_at(diag, 0)->code, code);
}

static bool goal_holds(const char *goal, const char *text)
{
    g_autofree char *file = g_build_filename(goal, "public/a.csv", NULL);
    return scratch_holds(file, text);
}

static unsigned mode_of(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 ? status.st_mode & 07777 : 0;
}

static void test_new_goal(void **state)
{
    g_autofree char *goal = scratch_path(state, "deep/er/2025");
    g_autofree char *parent = scratch_path(state, "deep/er");
    g_autofree char *folder = scratch_path(state, "deep/er/2025/public");
    g_autofree char *file = scratch_path(state, "deep/er/2025/public/a.csv");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(published(goal, false, "one", diag));
    assert_int_equal(lkv_diag_size(diag), 0);
    assert_true(goal_holds(goal, "one"));
    assert_int_equal(scratch_entries(parent), 1);
    assert_int_equal(mode_of(goal), 0700);
    assert_int_equal(mode_of(folder), 0700);
    assert_int_equal(mode_of(file), 0600);
}

static void test_existing_goal_needs_force(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autofree char *slashed = scratch_path(state, "2025//");
    g_autofree char *old_file = scratch_path(state, "2025/old.csv");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(published(goal, false, "one", diag));
    assert_true(g_file_set_contents(old_file, "x", 1, NULL));
    refused(goal, false, "E-OUTPUT-EXISTS");
    assert_true(goal_holds(goal, "one"));
    assert_true(published(slashed, true, "two", diag));
    assert_true(goal_holds(goal, "two"));
    assert_int_equal(access(old_file, F_OK), -1);
    assert_int_equal(scratch_entries(*state), 1);
    assert_int_equal(lkv_diag_size(diag), 0);
}

static void test_foreign_goals_are_never_replaced(void **state)
{
    g_autofree char *folder = scratch_path(state, "folder");
    g_autofree char *theirs = scratch_path(state, "folder/theirs");
    g_autofree char *file = scratch_path(state, "file");
    g_autofree char *link_path = scratch_path(state, "link");
    g_autofree char *link_slash = scratch_path(state, "link/");
    g_autofree char *dangling = scratch_path(state, "dangling");
    g_autofree char *ours = scratch_path(state, "ours");
    g_autofree char *fake = scratch_path(state, "fake");
    g_autofree char *fake_mark = scratch_path(state, "fake/.likvard");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(published(ours, false, "one", diag));
    assert_int_equal(g_mkdir(folder, 0700), 0);
    assert_true(g_file_set_contents(theirs, "x", 1, NULL));
    assert_true(g_file_set_contents(file, "x", 1, NULL));
    assert_int_equal(symlink(ours, link_path), 0);
    assert_int_equal(symlink("nowhere", dangling), 0);
    assert_int_equal(g_mkdir(fake, 0700), 0);
    assert_int_equal(symlink("../ours/.likvard", fake_mark), 0);
    const char *const goals[] = {folder,     file,     link_path,
                                 link_slash, dangling, fake};
    for (size_t i = 0; i < G_N_ELEMENTS(goals); i++) {
        refused(goals[i], false, "E-OUTPUT-FOREIGN");
        refused(goals[i], true, "E-OUTPUT-FOREIGN");
    }
    assert_true(scratch_holds(theirs, "x"));
    assert_true(goal_holds(ours, "one"));
    assert_int_equal(scratch_entries(*state), 6);
}

static void test_goals_that_cannot_be(void **state)
{
    g_autofree char *file = scratch_path(state, "file");
    g_autofree char *below = scratch_path(state, "file/below");
    g_autofree char *up = scratch_path(state, "..");
    g_autofree char *name = g_strnfill(300, 'x');
    g_autofree char *longest = scratch_path(state, name);
    assert_true(g_file_set_contents(file, "x", 1, NULL));
    refused("", false, "E-OUTPUT-NAME");
    refused("/", false, "E-OUTPUT-NAME");
    refused(".", true, "E-OUTPUT-NAME");
    refused(up, true, "E-OUTPUT-NAME");
    refused(below, false, "E-OUTPUT-PLACE");
    refused(longest, false, "E-OUTPUT-PLACE");
    if (geteuid() != 0) {
        assert_int_equal(chmod(*state, 0500), 0);
        g_autofree char *shut = scratch_path(state, "shut");
        refused(shut, false, "E-OUTPUT-PLACE");
        assert_int_equal(chmod(*state, 0700), 0);
    }
}

static void test_a_dropped_stage_leaves_nothing(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    {
        g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
        assert_true(lkv_stage_write(stage, "a/b/c", "x", 1, diag));
        assert_int_equal(scratch_entries(*state), 1);
        assert_int_equal(scratch_entries(lkv_stage_path(stage)), 2);
    }
    assert_int_equal(scratch_entries(*state), 0);
}

static void test_planted_links_are_not_followed(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autofree char *victim = scratch_path(state, "victim");
    g_autofree char *inside = scratch_path(state, "victim/inside");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_int_equal(g_mkdir(victim, 0700), 0);
    assert_true(g_file_set_contents(inside, "x", 1, NULL));
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
    const char *path = lkv_stage_path(stage);
    g_autofree char *file = g_build_filename(path, "results.csv", NULL);
    g_autofree char *folder = g_build_filename(path, "public", NULL);
    assert_int_equal(symlink(inside, file), 0);
    assert_int_equal(symlink(victim, folder), 0);
    assert_false(lkv_stage_write(stage, "results.csv", "y", 1, diag));
    assert_false(lkv_stage_write(stage, "public/inside", "y", 1, diag));
    assert_false(lkv_stage_write(stage, "public/new", "y", 1, diag));
    assert_int_equal(lkv_diag_count(diag, LKV_ERROR), 3);
    assert_true(scratch_holds(inside, "x"));
    assert_int_equal(scratch_entries(victim), 1);
    lkv_stage_free(g_steal_pointer(&stage));
    assert_true(scratch_holds(inside, "x"));
    assert_int_equal(scratch_entries(*state), 1);
}

static void test_links_in_the_old_output_are_not_followed(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autofree char *victim = scratch_path(state, "victim");
    g_autofree char *inside = scratch_path(state, "victim/inside");
    g_autofree char *planted = scratch_path(state, "2025/public/link");
    g_autofree char *planted_file = scratch_path(state, "2025/file-link");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_int_equal(g_mkdir(victim, 0700), 0);
    assert_true(g_file_set_contents(inside, "x", 1, NULL));
    assert_true(published(goal, false, "one", diag));
    assert_int_equal(symlink("../../victim", planted), 0);
    assert_int_equal(symlink("../victim/inside", planted_file), 0);
    assert_true(published(goal, true, "two", diag));
    assert_true(goal_holds(goal, "two"));
    assert_true(scratch_holds(inside, "x"));
    assert_int_equal(scratch_entries(*state), 2);
}

static void test_files_stay_inside(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
    static const char *const paths[] = {"",   "/x", "../x", "a/../x",  "a//x",
                                        "a/", ".",  "a/.",  ".likvard"};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        assert_false(lkv_stage_write(stage, paths[i], "x", 1, diag));
        assert_int_equal(lkv_diag_size(diag), i + 1);
        assert_int_equal(lkv_diag_fault(diag), LKV_FAULT_BUG);
    }
    assert_int_equal(scratch_entries(*state), 1);
    assert_int_equal(scratch_entries(lkv_stage_path(stage)), 1);
}

static void test_a_file_is_written_once(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
    assert_true(lkv_stage_write(stage, "a", "x", 1, diag));
    assert_false(lkv_stage_write(stage, "a", "y", 1, diag));
    assert_false(lkv_stage_write(stage, "a/b", "y", 1, diag));
    g_autoptr(GArray) files = lkv_stage_files(stage);
    assert_int_equal(files->len, 1);
}

static void test_list_of_files(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
    assert_true(lkv_stage_write(stage, "b", "abc", 3, diag));
    assert_true(lkv_stage_write(stage, "a/z", "", 0, diag));
    assert_true(lkv_stage_write(stage, "a.csv", "x", 1, diag));
    g_autoptr(GArray) files = lkv_stage_files(stage);
    static const char *const sorted[] = {"a.csv", "a/z", "b"};
    assert_int_equal(files->len, 3);
    for (guint i = 0; i < 3; i++) {
        assert_string_equal(g_array_index(files, lkv_staged, i).path,
                            sorted[i]);
    }
    lkv_staged last = g_array_index(files, lkv_staged, 2);
    lkv_hash wanted = lkv_hash_of("abc", 3);
    assert_int_equal(last.size, 3);
    assert_memory_equal(last.hash.byte, wanted.byte, LKV_HASH_BYTES);
}

/* A long text is the same in pieces as whole, and never held. */
static void test_piece_by_piece(void **state)
{
    enum { ROWS = 40000, HELD_MOST = 100 * 1000 };
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
    g_autoptr(GString) whole = g_string_new(NULL);
    lkv_staging *file = lkv_stage_begin(stage, "public/a.csv", diag);
    assert_non_null(file);
    lkv_sink *sink = lkv_staging_sink(file);
    for (int i = 0; i < ROWS; i++) {
        g_string_append_printf(sink->text, "row %d\n", i);
        lkv_sink_pass(sink);
        assert_true(sink->text->len < HELD_MOST);
        g_string_append_printf(whole, "row %d\n", i);
    }
    assert_true(lkv_stage_end(file));
    g_autoptr(GArray) files = lkv_stage_files(stage);
    lkv_staged written = g_array_index(files, lkv_staged, 0);
    lkv_hash wanted = lkv_hash_of(whole->str, whole->len);
    assert_int_equal(written.size, whole->len);
    assert_memory_equal(written.hash.byte, wanted.byte, LKV_HASH_BYTES);
    assert_true(lkv_stage_publish(stage, diag));
    assert_true(goal_holds(goal, whole->str));
}

/* A piece that cannot be written is told at the end, and no file is listed. */
static void test_a_piece_fails(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
    assert_true(lkv_stage_write(stage, "a", "x", 1, diag));
    assert_null(lkv_stage_begin(stage, "a", diag));
    assert_int_equal(lkv_diag_size(diag), 1);
    lkv_staging *file = lkv_stage_begin(stage, "b", diag);
    assert_non_null(file);
    lkv_sink *sink = lkv_staging_sink(file);
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 1000;
    void (*handled)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 40000; i++) {
        g_string_append_printf(sink->text, "row %d\n", i);
        lkv_sink_pass(sink);
    }
    bool good = lkv_stage_end(file);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handled);
    assert_false(good);
    assert_int_equal(lkv_diag_size(diag), 2);
    assert_string_equal(lkv_diag_at(diag, 1)->code, "E-OUTPUT-WRITE");
    g_autoptr(GArray) files = lkv_stage_files(stage);
    assert_int_equal(files->len, 1);
}

enum { MANY = 200 };

static bool write_one(void *shared, size_t index)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autofree char *path =
        g_strdup_printf("schools/%zu/%zu.txt", index % 7, index);
    return lkv_stage_write(shared, path, path, strlen(path), diag);
}

static void test_threads_write(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
    assert_true(lkv_jobs_run(write_one, stage, MANY, (lkv_crew){.threads = 8}));
    g_autoptr(GArray) files = lkv_stage_files(stage);
    assert_int_equal(files->len, MANY);
    assert_true(lkv_stage_publish(stage, diag));
    g_autofree char *file = scratch_path(state, "2025/schools/3/10.txt");
    assert_true(scratch_holds(file, "schools/3/10.txt"));
}

static void test_the_path_after_publishing(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, false, diag);
    assert_string_not_equal(lkv_stage_path(stage), goal);
    assert_true(lkv_stage_publish(stage, diag));
    assert_string_equal(lkv_stage_path(stage), goal);
}

static void test_a_goal_that_comes_meanwhile(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autofree char *theirs = scratch_path(state, "2025/theirs");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, true, diag);
    assert_int_equal(g_mkdir(goal, 0700), 0);
    assert_true(g_file_set_contents(theirs, "x", 1, NULL));
    assert_false(lkv_stage_publish(stage, diag));
    assert_string_equal(lkv_diag_at(diag, 0)->code, "E-OUTPUT-FOREIGN");
    lkv_stage_free(g_steal_pointer(&stage));
    assert_true(scratch_holds(theirs, "x"));
    assert_int_equal(scratch_entries(*state), 1);
}

static void test_a_goal_that_goes_meanwhile(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(published(goal, false, "one", diag));
    g_autoptr(lkv_stage) stage = lkv_stage_open(goal, true, diag);
    assert_true(lkv_folder_remove(goal, diag));
    assert_true(lkv_stage_publish(stage, diag));
    assert_int_equal(scratch_entries(goal), 1);
    assert_int_equal(lkv_diag_size(diag), 0);
}

/* Runs until STEP of a publication in another process, and kills it there. */
static void killed_at(const char *goal, int step)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        lkv_diag *diag = lkv_diag_new();
        lkv_stage *stage = lkv_stage_open(goal, true, diag);
        for (int i = 0; i < step && i < 2; i++) {
            lkv_stage_write(stage, i == 0 ? "public/a.csv" : "b", "two", 3,
                            diag);
        }
        if (step == 3) {
            lkv_stage_publish(stage, diag);
        }
        raise(SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void test_killed_runs_leave_one_whole_output(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(published(goal, false, "one", diag));
    for (int step = 0; step <= 2; step++) {
        killed_at(goal, step);
        assert_true(goal_holds(goal, "one"));
        assert_int_equal(scratch_entries(*state), 2);
    }
    killed_at(goal, 3);
    assert_true(goal_holds(goal, "two"));
    assert_int_equal(scratch_entries(*state), 1);
    assert_true(published(goal, true, "three", diag));
    assert_int_equal(scratch_entries(*state), 1);
}

static void test_the_sweep_takes_ours_only(void **state)
{
    static const char *const names[] = {
        "2025.tmp-abcdef", /* a killed run of ours, marked */
        "2025.tmp-ABC123", /* killed before the marker: empty */
        "2025.tmp-theirs", /* not marked, not empty */
        "2025.tmp-abcdefg", "2025.tmp-abc.ef",
        "2024.tmp-abcdef",  "x2025.tmp-abcdef"};
    g_autofree char *goal = scratch_path(state, "2025");
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *folder = scratch_path(state, names[i]);
        g_autofree char *mark =
            g_build_filename(folder, i == 2 ? "notes" : ".likvard", NULL);
        assert_int_equal(g_mkdir(folder, 0700), 0);
        assert_true(i == 1 || g_file_set_contents(mark, "x", 1, NULL));
    }
    g_autofree char *link_path = scratch_path(state, "2025.tmp-linked");
    g_autofree char *link_name = scratch_path(state, "2025.tmp-000000");
    assert_int_equal(symlink("2024.tmp-abcdef", link_path), 0);
    assert_int_equal(symlink("2024.tmp-abcdef", link_name), 0);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_true(published(goal, false, "one", diag));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *folder = scratch_path(state, names[i]);
        assert_int_equal(access(folder, F_OK), i < 2 ? -1 : 0);
    }
    assert_int_equal(scratch_entries(*state), 8);
}

static void test_a_living_run_is_not_swept(void **state)
{
    g_autofree char *goal = scratch_path(state, "2025");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_stage) slow = lkv_stage_open(goal, true, diag);
    assert_true(lkv_stage_write(slow, "public/a.csv", "slow", 4, diag));
    assert_true(published(goal, true, "fast", diag));
    assert_true(goal_holds(goal, "fast"));
    assert_true(lkv_stage_publish(slow, diag));
    assert_true(goal_holds(goal, "slow"));
    assert_int_equal(scratch_entries(*state), 1);
    assert_int_equal(lkv_diag_size(diag), 0);
}

static void test_folder_remove(void **state)
{
    g_autofree char *folder = scratch_path(state, "private");
    g_autofree char *victim = scratch_path(state, "victim");
    g_autofree char *inside = scratch_path(state, "victim/inside");
    g_autofree char *link_path = scratch_path(state, "private/link");
    g_autofree char *whole = scratch_path(state, "whole");
    g_autofree char *whole_slash = scratch_path(state, "whole/");
    g_autofree char *none = scratch_path(state, "none");
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_int_equal(g_mkdir(folder, 0700), 0);
    assert_int_equal(g_mkdir(victim, 0700), 0);
    assert_true(g_file_set_contents(inside, "x", 1, NULL));
    assert_int_equal(symlink("../victim", link_path), 0);
    assert_int_equal(symlink("victim", whole), 0);
    assert_true(lkv_folder_remove(folder, diag));
    assert_int_equal(lkv_diag_size(diag), 0);
    assert_false(lkv_folder_remove(whole, diag));
    assert_false(lkv_folder_remove(whole_slash, diag));
    assert_false(lkv_folder_remove(none, diag));
    assert_int_equal(lkv_diag_count(diag, LKV_ERROR), 3);
    assert_string_equal(lkv_diag_at(diag, 0)->code, "E-FOLDER-KEPT");
    assert_true(scratch_holds(inside, "x"));
}

#define IN_SCRATCH(test)                                                       \
    cmocka_unit_test_setup_teardown(test, scratch_make, scratch_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_new_goal),
        IN_SCRATCH(test_existing_goal_needs_force),
        IN_SCRATCH(test_foreign_goals_are_never_replaced),
        IN_SCRATCH(test_goals_that_cannot_be),
        IN_SCRATCH(test_a_dropped_stage_leaves_nothing),
        IN_SCRATCH(test_planted_links_are_not_followed),
        IN_SCRATCH(test_links_in_the_old_output_are_not_followed),
        IN_SCRATCH(test_files_stay_inside),
        IN_SCRATCH(test_a_file_is_written_once),
        IN_SCRATCH(test_list_of_files),
        IN_SCRATCH(test_piece_by_piece),
        IN_SCRATCH(test_a_piece_fails),
        IN_SCRATCH(test_threads_write),
        IN_SCRATCH(test_the_path_after_publishing),
        IN_SCRATCH(test_a_goal_that_comes_meanwhile),
        IN_SCRATCH(test_a_goal_that_goes_meanwhile),
        IN_SCRATCH(test_killed_runs_leave_one_whole_output),
        IN_SCRATCH(test_the_sweep_takes_ours_only),
        IN_SCRATCH(test_a_living_run_is_not_swept),
        IN_SCRATCH(test_folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
