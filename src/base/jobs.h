/* Independent jobs over a const array, dealt out to threads.
 *
 * Each job writes only to its own place, so the result does not depend on the
 * number of threads.
 */
#ifndef LKV_BASE_JOBS_H
#define LKV_BASE_JOBS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/stop.h"

/* Who does the work of a run, and who may stop it. */
typedef struct lkv_crew {
    unsigned threads; /* at least 1 is taken */
    const lkv_stop *stop; /* lent; NULL = nobody */
} lkv_crew;

/* Runs WORK(shared, index) for 0 … COUNT - 1 on at most CREW's threads (with 1
 * in the calling thread). True if every job was true; after a false one, or
 * when the crew is stopped, no further job starts and the answer is false.
 */
typedef bool (*lkv_work)(void *shared, size_t index);
bool lkv_jobs_run(lkv_work work, void *shared, size_t count, lkv_crew crew);

/* Processors this process may use; at least 1. */
unsigned lkv_processors(void);

#endif
