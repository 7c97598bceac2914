#include <stdatomic.h>

#include "base/jobs.h"
#include "check.h"

enum { JOBS = 1000 };

typedef struct board {
    atomic_int done[JOBS];
    size_t bad; /* the job that fails; JOBS for none */
    atomic_size_t started;
} board;

static bool tick(void *shared, size_t index)
{
    board *all = shared;
    atomic_fetch_add(&all->done[index], 1);
    atomic_fetch_add(&all->started, 1);
    return index != all->bad;
}

static void each_is_done_once(size_t count, unsigned threads)
{
    board all = {.bad = JOBS};
    assert_true(lkv_jobs_run(tick, &all, count, threads));
    for (size_t i = 0; i < JOBS; i++) {
        assert_int_equal(atomic_load(&all.done[i]), i < count);
    }
}

static void test_each_job_is_done_once(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 7, JOBS};
    for (unsigned threads = 0; threads <= 8; threads++) {
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            each_is_done_once(counts[i], threads);
        }
    }
}

static void test_a_failure_stops_the_rest(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads++) {
        board all = {.bad = 3};
        assert_false(lkv_jobs_run(tick, &all, JOBS, threads));
        assert_int_equal(atomic_load(&all.done[3]), 1);
        if (threads == 1) {
            assert_int_equal(atomic_load(&all.started), 4);
        }
    }
}

static void test_processors(void **state)
{
    (void)state;
    assert_true(lkv_processors() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_job_is_done_once),
        cmocka_unit_test(test_a_failure_stops_the_rest),
        cmocka_unit_test(test_processors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
