#include "base/progress.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clean.h"

enum {
    SECOND = 1000 * 1000,
    LINE_PAUSE = 10 * SECOND,
    DRAW_PAUSE = SECOND / 10,
    BAR_CELLS = 16,
    COLUMNS_USUAL = 80,
    COLUMNS_MOST = 1000,
    WORDS_BYTES = 60
};

struct lkv_progress {
    lkv_progress_form form;
    pthread_mutex_t lock;
    char *phase; /* NULL before the first */
    int64_t phase_began;
    int64_t last; /* when something was written */
    bool drawn; /* a line stands on the terminal */
};

unsigned lkv_progress_columns(void)
{
    const char *text = g_getenv("COLUMNS");
    guint64 columns = 0;
    return text && g_ascii_string_to_unsigned(text, 10, 1, COLUMNS_MOST,
                                              &columns, NULL)
               ? (unsigned)columns
               : COLUMNS_USUAL;
}

lkv_progress *lkv_progress_new(bool shown, bool verbose)
{
    bool terminal =
        isatty(STDERR_FILENO) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
    return lkv_progress_on(
        (lkv_progress_form){.out = shown ? stderr : NULL,
                            .bar = terminal,
                            .every_phase = verbose,
                            .columns = lkv_progress_columns()});
}

lkv_progress *lkv_progress_on(lkv_progress_form form)
{
    lkv_progress *progress = g_new0(lkv_progress, 1);
    progress->form = form;
    pthread_mutex_init(&progress->lock, NULL);
    return progress;
}

void lkv_progress_free(lkv_progress *progress)
{
    if (!progress) {
        return;
    }
    lkv_progress_end(progress);
    pthread_mutex_destroy(&progress->lock);
    g_free(progress->phase);
    g_free(progress);
}

void lkv_progress_end(lkv_progress *progress)
{
    pthread_mutex_lock(&progress->lock);
    if (progress->drawn) {
        fputs("\r\033[K", progress->form.out);
        fflush(progress->form.out);
    }
    progress->drawn = false;
    progress->form.out = NULL;
    pthread_mutex_unlock(&progress->lock);
}

static void bar_add(GString *line, size_t done, size_t total)
{
    size_t full = (size_t)((double)done / (double)total * BAR_CELLS);
    g_string_append(line, "  [");
    for (size_t i = 0; i < BAR_CELLS; i++) {
        g_string_append(line, i < full ? "#" : "·");
    }
    g_string_append_printf(line, "] %zu/%zu", done, total);
}

/* As long as the steps so far took; not told in the first second. */
static void time_left_add(GString *line, size_t done, size_t total,
                          int64_t elapsed)
{
    if (done == 0 || done >= total || elapsed < SECOND) {
        return;
    }
    double left = (double)elapsed / (double)done * (double)(total - done);
    int64_t seconds = (int64_t)(left / SECOND) + 1;
    g_string_append_printf(line,
                           "  %" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT " left",
                           seconds / 60, seconds % 60);
}

/* A line as wide as the terminal would move to the next. */
static void cut(GString *line, unsigned columns)
{
    const char *end = line->str;
    for (unsigned i = 1; i < columns && *end; i++) {
        end = g_utf8_find_next_char(end, NULL);
    }
    g_string_truncate(line, (gsize)(end - line->str));
}

static void draw(const lkv_progress *progress, size_t done, size_t total,
                 int64_t now)
{
    g_autoptr(GString) line = g_string_new(progress->phase);
    if (total > 0) {
        bar_add(line, MIN(done, total), total);
        time_left_add(line, done, total, now - progress->phase_began);
    } else {
        g_string_append(line, " …");
    }
    cut(line, progress->form.columns);
    fprintf(progress->form.out, "\r%s\033[K", line->str);
}

static void write_line(const lkv_progress *progress, size_t done, size_t total)
{
    fputs(progress->phase, progress->form.out);
    if (done > 0 && total > 0) {
        fprintf(progress->form.out, " %zu/%zu", done, total);
    }
    fputc('\n', progress->form.out);
}

static bool is_due(const lkv_progress *progress, bool first, bool fresh,
                   int64_t now)
{
    int64_t pause = now - progress->last;
    if (progress->form.bar) {
        return fresh || pause >= DRAW_PAUSE;
    }
    return first || pause >= LINE_PAUSE ||
           (fresh && progress->form.every_phase);
}

static void advance(lkv_progress *progress, const char *words, size_t done,
                    size_t total, int64_t now)
{
    g_autofree char *phase = lkv_clean_text(words, WORDS_BYTES);
    bool first = progress->phase == NULL;
    bool fresh = first || strcmp(progress->phase, phase) != 0;
    if (fresh) {
        g_free(progress->phase);
        progress->phase = g_steal_pointer(&phase);
        progress->phase_began = now;
    }
    if (!is_due(progress, first, fresh, now)) {
        return;
    }
    if (progress->form.bar) {
        draw(progress, done, total, now);
        progress->drawn = true;
    } else {
        write_line(progress, done, total);
    }
    fflush(progress->form.out);
    progress->last = now;
}

void lkv_progress_at(lkv_progress *progress, const char *words, size_t done,
                     size_t total, int64_t now)
{
    pthread_mutex_lock(&progress->lock);
    if (progress->form.out) {
        advance(progress, words, done, total, now);
    }
    pthread_mutex_unlock(&progress->lock);
}

void lkv_progress_show(lkv_progress *progress, const char *words, size_t done,
                       size_t total)
{
    lkv_progress_at(progress, words, done, total, g_get_monotonic_time());
}
