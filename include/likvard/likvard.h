/* Likvärd: equity reports for school systems. The public door.
 *
 * Load a study, read its data, compute, walk the figures that may leave, and
 * write the run folder. Only released figures come out of here: a figure that
 * disclosure control hides has a status and no number, and there is no other
 * way to reach one.
 *
 *     likvard *run = likvard_open("likvard.yml", NULL);
 *     if (likvard_compute(run) == LIKVARD_OK) {
 *         for (size_t i = 0; i < likvard_figures(run, 0); i++) {
 *             likvard_figure figure = likvard_figure_at(run, 0, i);
 *             …
 *         }
 *         likvard_write(run, false);
 *     }
 *     fputs(likvard_messages(run), stderr);
 *     likvard_close(run);
 *
 * One handle belongs to one thread at a time, but for likvard_stop and the
 * callback of likvard_watch; several handles may be at work at once. The system
 * locale is never read. likvard_start is called once, before any thread is
 * made. When memory is out, GLib ends the process.
 */
#ifndef LIKVARD_LIKVARD_H
#define LIKVARD_LIKVARD_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What came of a call; the numbers are the exit codes of the command. NO, USAGE
 * and SYSTEM are of the command alone: no call below gives them.
 */
typedef enum {
    LIKVARD_OK = 0,
    LIKVARD_NO = 1, /* it ran, and the answer is no */
    LIKVARD_USAGE = 64, /* a wrong option or argument */
    LIKVARD_DATA = 65, /* the data was refused */
    LIKVARD_INPUT = 66, /* a file is missing or unreadable */
    LIKVARD_BUG = 70, /* of this program */
    LIKVARD_SYSTEM = 71, /* out of memory */
    LIKVARD_CREATE = 73, /* the output exists, or cannot be made */
    LIKVARD_IO = 74, /* disk full, short write */
    LIKVARD_STUDY = 78, /* the study, a rule file or a text is wrong */
    LIKVARD_STOPPED = 130 /* by likvard_stop; nothing was published */
} likvard_code;

/* One run: of a study that was opened, or of a folder that was reopened. */
typedef struct likvard likvard;

/* Sets up the libraries below; false if one cannot start. */
bool likvard_start(void);
/* Gives back what the libraries hold; the last call of a program. */
void likvard_end(void);
const char *likvard_version(void);

/* Opens the study at PATH with overrides "key=value" in SETS (NULL-terminated,
 * or NULL): keys are dotted paths such as "reports.languages", values YAML, as
 * of `likvard run --set`. Both are copied. Never NULL: what is wrong with the
 * study is told by likvard_code_of and likvard_messages. To be closed by
 * likvard_close.
 */
likvard *likvard_open(const char *path, const char *const *sets);
/* Opens the run that lies finished in FOLDER, with overrides SETS: its figures
 * can be walked and its reports rendered again. Nothing is read or computed
 * anew. Never NULL.
 */
likvard *likvard_reopen(const char *folder, const char *const *sets);
/* Frees RUN and all that it has lent; NULL is nothing. Its folder stays. */
void likvard_close(likvard *run);

/* The gravest code so far. After any other than OK the calls below do nothing
 * more, and give it again.
 */
likvard_code likvard_code_of(const likvard *run);

/* Reads all tables of the study and checks them; computes nothing. Of a
 * reopened run there is nothing to read, nor to compute or to write.
 */
likvard_code likvard_read(likvard *run);
/* Reads if that was not done, computes every measure and decides what may
 * leave.
 */
likvard_code likvard_compute(likvard *run);
/* Computes if that was not done, renders all reports and publishes the run
 * folder in one step: a folder that is there is whole. One that exists is
 * LIKVARD_CREATE, found before anything is read; FORCE replaces an earlier run
 * of ours, and no other folder.
 */
likvard_code likvard_write(likvard *run, bool force);
/* Renders the reports of a reopened run into FOLDER, which FORCE replaces if it
 * is one of ours: the same bytes as the run made, but for overrides. Of a run
 * that was opened as a study nothing is rendered.
 */
likvard_code likvard_render(likvard *run, const char *folder, bool force);
/* Asks RUN to stop at the next step or report; any thread may call it. The call that is under way then returns LIKVARD_STOPPED, and
 * nothing is left.
 */
void likvard_stop(likvard *run);
/* Folder of the run: absolute or as the study says; "" when there is no study.
 * Lent.
 */
const char *likvard_output(const likvard *run);

/* Messages so far as people read them, in English, 20 kinds at most and a
 * summary last; lent until the next call of either.
 */
const char *likvard_messages(likvard *run);
/* All of them as CSV, one row a message under a header. */
const char *likvard_problems(likvard *run);
size_t likvard_errors(const likvard *run);
size_t likvard_warnings(const likvard *run);

/* Releases of this run, one a privacy profile; 0 until they are decided. */
size_t likvard_profiles(const likvard *run);
/* "public" …; PROFILE is below likvard_profiles. Lent. */
const char *likvard_profile_at(const likvard *run, size_t profile);

/* A row of results.csv, whose columns datapackage.json explains. Strings are
 * lent until RUN is closed, "" where there is none. Numbers are NaN where there
 * is none, and all but YEAR when STATUS is "hidden". Of "at_least" and
 * "at_most" ESTIMATE is the bound. UNIT "share" is 0 to 1.
 */
typedef struct likvard_figure {
    const char *stage, *unit_id, *subject, *outcome, *measure, *component;
    const char *group_by, *group, *reference, *unit, *status;
    int year; /* in which the school year ends; 0 = of no single year */
    double estimate, std_error, ci_low, ci_high, n;
} likvard_figure;
/* Figures of PROFILE in the order of results.csv; INDEX is below their number.
 */
size_t likvard_figures(const likvard *run, size_t profile);
likvard_figure likvard_figure_at(const likvard *run, size_t profile,
                                 size_t index);

/* Called between steps and reports; WORDS is lent. DONE of TOTAL, 0 when that
 * is not known. While reports are rendered the threads that render call it,
 * several at once, and DONE may come out of order. NULL = no progress.
 */
typedef void (*likvard_progress)(void *context, const char *words, size_t done,
                                 size_t total);
void likvard_watch(likvard *run, likvard_progress progress, void *context);

#ifdef __cplusplus
}
#endif

#endif
