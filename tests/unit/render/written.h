/* What a writer of a release writes, as one text. */
#ifndef LKV_TEST_WRITTEN_H
#define LKV_TEST_WRITTEN_H

#include "render/render.h"

/* g_free. */
static inline char *written(void (*write)(const lkv_release *,
                                          const lkv_sink *),
                            const lkv_release *release)
{
    const lkv_sink all = {.text = g_string_new(NULL)};
    write(release, &all);
    return g_string_free(all.text, FALSE);
}

#endif
