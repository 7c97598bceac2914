/* GLib ends the process by SIGTRAP or SIGABRT when memory is out, or by
 * endless recursion when every later allocation fails too. A handler on a
 * stack of its own says so and ends the program by system calls alone.
 */
#define _GNU_SOURCE
#include "app/fatal.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <ucontext.h>
#include <unistd.h>

enum { ALTERNATE_BYTES = 64 * 1024, GUARD_BYTES = 1024 * 1024 };

/* Sanitizers handle these signals themselves. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

static void end(int signal, siginfo_t *info, void *context)
{
    (void)info;
    (void)context;
    static const char words[] =
        "likvard: out of memory (or a broken promise of the program); "
        "nothing was published\n";
    ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);
    (void)written;
    (void)signal;
    _exit(71);
}

/* Where the stack pointer of the interrupted code was, or 0. */
static uintptr_t stack_pointer(const ucontext_t *context)
{
#    if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#    elif defined(__aarch64__)
    return (uintptr_t)context->uc_mcontext.sp;
#    else
    (void)context;
    return 0;
#    endif
}

/* Only an address in the guard zone of the stack is the end of memory; any
 * other is a bug, and dies as one.
 */
static void fault(int number, siginfo_t *info, void *context)
{
    uintptr_t at = (uintptr_t)info->si_addr;
    uintptr_t stack = stack_pointer(context);
    uintptr_t distance = at > stack ? at - stack : stack - at;
    if (stack != 0 && distance < GUARD_BYTES) {
        end(number, info, context);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void handle(int number, void (*handler)(int, siginfo_t *, void *))
{
    struct sigaction action = {.sa_sigaction = handler,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void catch_the_end_of_memory(void)
{
    void *memory = malloc(ALTERNATE_BYTES);
    if (!memory) {
        return;
    }
    const stack_t stack = {.ss_sp = memory, .ss_size = ALTERNATE_BYTES};
    if (sigaltstack(&stack, NULL) != 0) {
        free(memory);
        return;
    }
    handle(SIGTRAP, end);
    handle(SIGABRT, end);
    handle(SIGSEGV, fault);
}

#else

static void catch_the_end_of_memory(void)
{
}

#endif

void lkv_fatal_start(void)
{
    umask(077);
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    catch_the_end_of_memory();
}
