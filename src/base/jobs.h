/* Independent jobs over a const array, dealt out to threads.
 *
 * Each job writes only to its own place, so the result does not depend on the
 * number of threads.
 */
#ifndef LKV_BASE_JOBS_H
#define LKV_BASE_JOBS_H

#include <stdbool.h>
#include <stddef.h>

/* Runs WORK(shared, index) for 0 … COUNT - 1 on at most THREADS threads
 * (at least 1; with 1 in the calling thread). True if every job was
 * true; after a false one no further job starts.
 */
typedef bool (*lkv_work)(void *shared, size_t index);
bool lkv_jobs_run(lkv_work work, void *shared, size_t count, unsigned threads);

/* Processors this process may use; at least 1. */
unsigned lkv_processors(void);

#endif
