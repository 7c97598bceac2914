/* A picture for pages, read from a PNG file: pixels on white, so that nothing
 * shines through.
 */
#ifndef LKV_RENDER_PICTURE_H
#define LKV_RENDER_PICTURE_H

#include <stddef.h>

#include <glib.h>

#include "base/diag.h"

/* Pixels on a side; it is in every report, so a small one is meant. */
enum { LKV_PICTURE_MOST = 2000 };

typedef struct lkv_picture {
    unsigned width, height;
    GBytes
        *packed; /* red, green and blue of each pixel, in the format of zlib */
    GBytes *png; /* the same, and nothing else that the file had */
} lkv_picture;

/* Shared by threads; NULL with a report: no such file, no PNG, damaged, or more
 * than LKV_PICTURE_MOST on a side.
 */
lkv_picture *lkv_picture_read(const char *path, lkv_diag *diag);
void lkv_picture_free(lkv_picture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_picture, lkv_picture_free)

#endif
