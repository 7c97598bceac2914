#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "app/watch.h"

struct lkv_watch {
    likvard *run;
    sigset_t signals, before;
    pthread_t thread;
    atomic_int came; /* the signal, or 0 */
};

static void *wait_for(void *context)
{
    lkv_watch *watch = context;
    for (;;) {
        int number = 0;
        if (sigwait(&watch->signals, &number) != 0) {
            continue;
        }
        if (atomic_exchange(&watch->came, number) != 0) {
            _exit(128 + number);
        }
        likvard_stop(watch->run);
    }
    return NULL;
}

lkv_watch *lkv_watch_new(likvard *run)
{
    lkv_watch *watch = g_new0(lkv_watch, 1);
    watch->run = run;
    sigemptyset(&watch->signals);
    sigaddset(&watch->signals, SIGINT);
    sigaddset(&watch->signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &watch->signals, &watch->before);
    if (pthread_create(&watch->thread, NULL, wait_for, watch) != 0) {
        pthread_sigmask(SIG_SETMASK, &watch->before, NULL);
        g_free(watch);
        return NULL;
    }
    return watch;
}

void lkv_watch_free(lkv_watch *watch)
{
    if (!watch) {
        return;
    }
    pthread_cancel(watch->thread);
    pthread_join(watch->thread, NULL);
    pthread_sigmask(SIG_SETMASK, &watch->before, NULL);
    g_free(watch);
}

int lkv_watch_code(const lkv_watch *watch)
{
    int number = watch ? atomic_load(&watch->came) : 0;
    return number ? 128 + number : 0;
}
