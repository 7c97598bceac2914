/* Which options each command has. */
#ifndef LKV_APP_OPTIONS_TABLE_H
#define LKV_APP_OPTIONS_TABLE_H

#include <glib.h>

#include "app/options.h"

enum { LKV_JOBS_MOST = 1024 };

/* A parser of the options of COMMAND into OPTIONS; g_option_context_free. */
GOptionContext *lkv_options_context(const char *command, lkv_options *options);

#endif
