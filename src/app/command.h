/* Commands of `likvard`: one function each, client of the public door. */
#ifndef LKV_APP_COMMAND_H
#define LKV_APP_COMMAND_H

#include "app/options.h"
#include "base/progress.h"
#include "likvard/likvard.h"

/* Words behind the command's name have been read into OPTIONS. The result is
 * the exit code.
 */
typedef int (*lkv_command_run)(const lkv_options *options);

typedef struct lkv_command {
    const char *name;
    const char *usage; /* arguments */
    size_t arguments; /* at most */
    const char *purpose; /* one line */
    const char *example;
    lkv_command_run run;
} lkv_command;

/* Commands in the order of help; NULL past the last. */
const lkv_command *lkv_command_at(size_t index);
const lkv_command *lkv_command_find(const char *name);

/* The first page of help, and the help of one command; g_free. */
char *lkv_command_overview(void);
char *lkv_command_help(const lkv_command *command);

/* The run folder that is named, or NULL with a sentence; and the exit code
 * then.
 */
const char *lkv_command_folder(const lkv_options *options, const char *command);
int lkv_command_no_folder(const lkv_options *options);
/* The hash of the file at PATH as text, or NULL when it cannot be read; g_free.
 */
char *lkv_command_hash(const char *path);
/* Shows how far RUN has come, as OPTIONS ask. */
lkv_progress *lkv_command_follow(likvard *run, const lkv_options *options);

int lkv_command_study(const lkv_options *options); /* run */
int lkv_command_check(const lkv_options *options);
int lkv_command_demo(const lkv_options *options);
int lkv_command_render(const lkv_options *options);
int lkv_command_verify(const lkv_options *options);
int lkv_command_audit(const lkv_options *options);
int lkv_command_purge(const lkv_options *options);
int lkv_command_measures(const lkv_options *options);
int lkv_command_topic(const lkv_options *options); /* help */

#endif
