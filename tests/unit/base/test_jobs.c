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
    assert_true(
        lkv_jobs_run(tick, &all, count, (lkv_crew){.threads = threads}));
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
        assert_false(
            lkv_jobs_run(tick, &all, JOBS, (lkv_crew){.threads = threads}));
        assert_int_equal(atomic_load(&all.done[3]), 1);
        if (threads == 1) {
            assert_int_equal(atomic_load(&all.started), 4);
        }
    }
}

typedef struct halted {
    lkv_stop stop;
    size_t last; /* the job in which somebody asks */
    atomic_size_t started;
} halted;

static bool ask_to_stop(void *shared, size_t index)
{
    halted *all = shared;
    atomic_fetch_add(&all->started, 1);
    if (index == all->last) {
        lkv_stop_ask(&all->stop);
    }
    return true;
}

static void test_a_stop_is_heeded_between_jobs(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads++) {
        halted all = {.last = 3};
        const lkv_crew crew = {.threads = threads, .stop = &all.stop};
        assert_false(lkv_jobs_run(ask_to_stop, &all, JOBS, crew));
        if (threads == 1) {
            assert_int_equal(atomic_load(&all.started), 4);
        }
        /* Asked before, nothing begins. */
        size_t before = atomic_load(&all.started);
        assert_false(lkv_jobs_run(ask_to_stop, &all, JOBS, crew));
        assert_int_equal(atomic_load(&all.started), before);
        /* All was done when the last job is the one that is stopped. */
        halted late = {.last = JOBS - 1};
        assert_true(lkv_jobs_run(ask_to_stop, &late, JOBS,
                                 (lkv_crew){.threads = 1, .stop = &late.stop}));
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
        cmocka_unit_test(test_a_stop_is_heeded_between_jobs),
        cmocka_unit_test(test_processors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
