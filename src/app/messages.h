/* Messages of a command on their way to people, files and the journal. */
#ifndef LKV_APP_MESSAGES_H
#define LKV_APP_MESSAGES_H

#include "app/options.h"
#include "base/diag.h"

/* Says DIAG on standard error as OPTIONS ask: for people, with SUMMARY before
 * the last line; as JSON lines; or to the journal, which is also where they go
 * when standard error is connected to it. Quiet says nothing unless something
 * is wrong. With --log, all are written to that file as JSON lines; false when
 * that fails.
 */
bool lkv_messages_say(const lkv_diag *diag, const lkv_options *options,
                      const char *summary);

/* Whether the files that OPTIONS name for messages are new, or were written by
 * likvard as such; if not, says so: a table of pupils may have been meant to be
 * read.
 */
bool lkv_messages_spare(const lkv_options *options);

/* Writes TEXT to PATH, "-" being standard output; says why it cannot. */
bool lkv_messages_write(const char *path, const char *text);

/* TEXT in lines no wider than COLUMNS, those behind the first indented by
 * INDENT blanks, of which the first line is told to have as many before it;
 * g_free.
 */
char *lkv_messages_wrap(const char *text, size_t indent, size_t columns);

#endif
