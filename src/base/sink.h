/* Where a long text goes: whoever writes it appends a row to TEXT and passes it
 * on, so that no more than a piece of it is held.
 */
#ifndef LKV_BASE_SINK_H
#define LKV_BASE_SINK_H

#include <stddef.h>

#include <glib.h>

typedef struct lkv_sink {
    GString *text; /* what has not been taken yet */
    void (*take)(void *to, const char *bytes, size_t size); /* NULL: all stays
                                                               in TEXT */
    void *to;
} lkv_sink;

/* Lets TEXT be taken once it is a piece long. */
void lkv_sink_pass(const lkv_sink *sink);
/* Lets be taken what is left. */
void lkv_sink_empty(const lkv_sink *sink);

#endif
