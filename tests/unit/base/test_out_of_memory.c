/* A sentence is whole, or the program ends: whatever allocation fails. */
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/catalogue.h"
#include "check.h"

/* Sanitizers have allocators of their own. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

/* Allocations until one fails; negative: none does. */
static long left = -1;

static bool fails(void)
{
    return left >= 0 && left-- == 0;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails() ? NULL : __libc_realloc(block, size);
}

enum { WHOLE, SPOILT, NOT_REACHED };

/* What becomes of a sentence, in a process of its own, when allocation NUMBER
 * fails.
 */
static int say_without(const lkv_catalogue *catalogue, long number)
{
    const lkv_value values[] = {{"n", NULL, 12345}, {"who", "alla", 0}};
    pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        close(STDERR_FILENO);
        left = number;
        char *said = lkv_catalogue_say(catalogue, "key", values, 2);
        bool reached = left < 0;
        left = -1;
        bool whole = said && strcmp(said, "12\u00a0345 elever av alla") == 0;
        _exit(!whole ? SPOILT : reached ? WHOLE : NOT_REACHED);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : WHOLE;
}

static void test_sentence(void **state)
{
    (void)state;
    g_autofree char *error = NULL;
    assert_true(lkv_locale_start());
    lkv_locale *locale = lkv_locale_new("sv", &error);
    lkv_catalogue *catalogue = lkv_catalogue_new(locale);
    assert_true(lkv_catalogue_add(
        catalogue, "key", "{n, plural, one {# elev} other {# elever}} av {who}",
        &error));
    long number = 0;
    for (int found = WHOLE; found != NOT_REACHED; number++) {
        found = say_without(catalogue, number);
        assert_int_not_equal(found, SPOILT);
        assert_true(number < 10000);
    }
    assert_true(number > 10);
    lkv_catalogue_free(catalogue);
    lkv_locale_free(locale);
}

#else

static void test_sentence(void **state)
{
    (void)state;
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sentence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
