#include "base/jobs.h"

#include <stdatomic.h>

#include <glib.h>

typedef struct batch {
    lkv_work work;
    void *shared;
    size_t count;
    atomic_size_t next;
    const lkv_stop *stop;
    atomic_bool failed; /* a job was false, or one was left undone */
} batch;

static gpointer toil(gpointer data)
{
    batch *all = data;
    while (!atomic_load(&all->failed)) {
        size_t index = atomic_fetch_add(&all->next, 1);
        if (index >= all->count) {
            break;
        }
        if (lkv_stop_asked(all->stop) || !all->work(all->shared, index)) {
            atomic_store(&all->failed, true);
        }
    }
    return NULL;
}

bool lkv_jobs_run(lkv_work work, void *shared, size_t count, lkv_crew crew)
{
    batch all = {
        .work = work, .shared = shared, .count = count, .stop = crew.stop};
    atomic_init(&all.next, 0);
    atomic_init(&all.failed, false);
    size_t helpers = MIN((size_t)MAX(crew.threads, 1U), MAX(count, 1U)) - 1;
    g_autoptr(GPtrArray) started = g_ptr_array_new();
    for (size_t i = 0; i < helpers; i++) {
        /* Fewer threads than wished for do the same work. */
        GThread *thread = g_thread_try_new("likvard", toil, &all, NULL);
        if (!thread) {
            break;
        }
        g_ptr_array_add(started, thread);
    }
    toil(&all);
    for (guint i = 0; i < started->len; i++) {
        g_thread_join(g_ptr_array_index(started, i));
    }
    return !atomic_load(&all.failed);
}

unsigned lkv_processors(void)
{
    return MAX(g_get_num_processors(), 1U);
}
