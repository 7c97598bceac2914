/* No cell is lost for want of memory: one allocation of libxlsxwriter's after
 * the other fails, each in a process of its own, and the book is refused or
 * whole. The library says nothing of a cell or a text that it had no memory for
 * and goes on without. Where it falls over itself, nothing is lost either.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "check.h"
#include "unit/base/scratch.h"
#include "unit/report/maker.h"
#include "unit/report/telling.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/hash.h"
#include "render/render.h"

/* Memory of the library's alone: the linker puts these before those of the C
 * library, and only code of libxlsxwriter lies between FIRST and LAST.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#    define LKV_OWN_MEMORY 0
#else
#    define LKV_OWN_MEMORY 1
#endif

static uintptr_t first, last;
static long until = -1; /* allocations to come before the one that fails */
static long seen, put; /* PUT: before the book is packed */

#if LKV_OWN_MEMORY
void *c_malloc(size_t size) __asm__("__libc_malloc");
void *c_calloc(size_t count, size_t size) __asm__("__libc_calloc");
void *c_realloc(void *memory, size_t size) __asm__("__libc_realloc");

static int fails(const void *caller)
{
    uintptr_t at = (uintptr_t)caller;
    if (at < first || at >= last) {
        return 0;
    }
    seen++;
    if (until < 0 || until-- > 0) {
        return 0;
    }
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : c_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : c_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : c_realloc(memory, size);
}
#endif

/* Tells when all is put. */
lxw_error workbook_close(lxw_workbook *workbook)
{
    lxw_error (*next)(lxw_workbook *) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "workbook_close");
    put = seen;
    return next(workbook);
}

/* Where the library lies, from the process's own map of its memory. */
static void find_library(void)
{
    g_autofree char *maps = NULL;
    assert_true(g_file_get_contents("/proc/self/maps", &maps, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(maps, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        if (strstr(lines[i], "libxlsxwriter")) {
            char *end = NULL;
            uint64_t from = g_ascii_strtoull(lines[i], &end, 16);
            uint64_t to = g_ascii_strtoull(end + 1, NULL, 16);
            first = first == 0 ? (uintptr_t)from : first;
            last = (uintptr_t)to;
        }
    }
    assert_true(last > first);
}

#define P "final-2025"
static const char *const schools[] = {"11 Fyrljusskolan", NULL};
static const char *const populations[] = {P " 9", NULL};
static const char *const outcomes[] = {"eligible yes_no", "merit_17 points",
                                       NULL};
static const char *const groups[] = {"sex m f", NULL};
static const made_figure figures[] = {
    {P, "", "eligible", "share", "", "", "0.852", "0.833", "0.869", "1204",
     false},
    {P, "11", "eligible", "share", "", "", ">=0.91", "", "", "84", false},
    {P, "11", "merit_17", "gap", "", "sex.f/m", "-6.5", "-12.0", "-1.0", "",
     false},
    {0}};
static const made_world world = {.district = "Norrhamns kommun",
                                 .schools = schools,
                                 .populations = populations,
                                 .outcomes = outcomes,
                                 .groups = groups,
                                 .rules = true,
                                 .year = 2025,
                                 .figures = figures};

enum { WHOLE = 0, REFUSED = 3, OTHER = 4, SILENT = 5, ENDLESS = 6 };
enum { SECONDS_MOST = 20, FILE_MOST = 16 * 1024 * 1024 };

static uint64_t wanted; /* of the book's bytes */

/* The book is made where allocation number AT fails. */
static int outcome_of(const lkv_words *words, const char *folder, long at)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    until = at;
    g_autoptr(GBytes) book = lkv_render_xlsx(words, folder, 1750000000, diag);
    until = -1;
    if (!book) {
        return lkv_diag_count(diag, LKV_ERROR) > 0 ? REFUSED : SILENT;
    }
    size_t size = 0;
    const void *bytes = g_bytes_get_data(book, &size);
    uint64_t hash = lkv_hash_short(bytes, size);
    wanted = at < 0 ? hash : wanted;
    return hash == wanted ? WHOLE : OTHER;
}

static int outcome_apart(const lkv_words *words, const char *folder, long at)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit none = {0, 0}, file = {FILE_MOST, FILE_MOST};
        setrlimit(RLIMIT_CORE, &none);
        setrlimit(RLIMIT_FSIZE, &file);
        alarm(SECONDS_MOST);
        if (!freopen("/dev/null", "w", stderr)) {
            _exit(OTHER);
        }
        static const int deadly[] = {SIGSEGV, SIGBUS, SIGABRT, SIGTRAP};
        for (size_t i = 0; i < G_N_ELEMENTS(deadly); i++) {
            signal(deadly[i], SIG_DFL);
        }
        _exit(outcome_of(words, folder, at));
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    bool endless = WIFSIGNALED(status) &&
                   (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXFSZ);
    return endless             ? ENDLESS
           : WIFEXITED(status) ? WEXITSTATUS(status)
                               : REFUSED;
}

static void nothing_is_lost(void **state)
{
    if (!LKV_OWN_MEMORY) {
        skip();
    }
    find_library();
    told_language language = told_open("sv");
    g_autoptr(lkv_release) release = made_release(&world);
    const lkv_words words = {.release = release,
                             .catalogue = language.catalogue};
    assert_int_equal(outcome_of(&words, *state, -1), WHOLE);
    long count = put;
    assert_int_equal(outcome_of(&words, *state, -1), WHOLE);
    assert_true(count > 200);
    long refused = 0;
    for (long at = 0; at < count; at++) {
        int outcome = outcome_apart(&words, *state, at);
        if (outcome != WHOLE && outcome != REFUSED) {
            fail_msg("allocation %ld of %ld: %s", at, count,
                     outcome == OTHER    ? "another book"
                     : outcome == SILENT ? "no word of why"
                                         : "no end");
        }
        refused += outcome == REFUSED;
    }
    assert_true(refused > count / 4);
    told_close(&language);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_lost, scratch_make,
                                        scratch_drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
