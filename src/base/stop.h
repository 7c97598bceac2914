/* Whether long work has been asked to stop.
 *
 * One thread asks, the others look at natural breaks of their work and leave
 * it unfinished, with no report: whoever asked knows.
 */
#ifndef LKV_BASE_STOP_H
#define LKV_BASE_STOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Zero-initialised: not asked. */
typedef struct lkv_stop {
    atomic_bool asked;
} lkv_stop;

static inline void lkv_stop_ask(lkv_stop *stop)
{
    atomic_store(&stop->asked, true);
}

/* STOP NULL is work that nobody can stop. */
static inline bool lkv_stop_asked(const lkv_stop *stop)
{
    return stop != NULL && atomic_load(&stop->asked);
}

#endif
