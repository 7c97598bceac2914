/* What a long run is doing, said on standard error.
 *
 * On a terminal one line that is drawn over itself, with a bar; elsewhere a
 * line when a phase begins or goes on, at most one in ten seconds. Threads may
 * share it.
 */
#ifndef LKV_BASE_PROGRESS_H
#define LKV_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <glib.h>

typedef struct lkv_progress lkv_progress;

/* Width of a line for people: COLUMNS of the environment, else 80. */
unsigned lkv_progress_columns(void);

/* SHOWN false says nothing at all. VERBOSE writes a line for every phase, also
 * within ten seconds. A dumb terminal is none.
 */
lkv_progress *lkv_progress_new(bool shown, bool verbose);
/* Ends the line first, see below. */
void lkv_progress_free(lkv_progress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_progress, lkv_progress_free)

/* DONE of TOTAL steps of the phase WORDS are done; TOTAL 0 is unknown. */
void lkv_progress_show(lkv_progress *progress, const char *words, size_t done,
                       size_t total);
/* Wipes the line from a terminal, so that messages can follow. Nothing is
 * shown after it.
 */
void lkv_progress_end(lkv_progress *progress);

/* The same on OUT, for tests: BAR draws as on a terminal of COLUMNS. */
typedef struct lkv_progress_form {
    FILE *out; /* NULL = nothing is shown; lent */
    bool bar;
    bool every_phase;
    unsigned columns;
} lkv_progress_form;
lkv_progress *lkv_progress_on(lkv_progress_form form);
/* lkv_progress_show at NOW, in microseconds of a clock that never goes back. */
void lkv_progress_at(lkv_progress *progress, const char *words, size_t done,
                     size_t total, int64_t now);

#endif
