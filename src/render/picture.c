#include "render/picture.h"

#include <string.h>

#include <png.h>

#include "base/file.h"
#include "render/font_face.h"

enum { LIMIT = 4 * 1024 * 1024, CHANNELS = 3, PACK_LEVEL = 9 };

static void refuse(const char *path, const char *why, lkv_diag *diag)
{
    lkv_message *message =
        lkv_diag_add(diag, "E-THEME-LOGO", (lkv_place){.file = path},
                     "the picture cannot be used");
    lkv_message_why(message, "%s", why);
    lkv_message_fix(message, "save it as PNG, at most %d pixels wide and high",
                    LKV_PICTURE_MOST);
}

/* The pixels; NULL with IMAGE telling why. */
static void *pixels_of(png_image *image, size_t *size)
{
    static const png_color white = {255, 255, 255};
    image->format = PNG_FORMAT_RGB;
    *size = (size_t)image->width * image->height * CHANNELS;
    void *pixels = g_malloc0(*size);
    if (!png_image_finish_read(image, &white, pixels, 0, NULL)) {
        g_clear_pointer(&pixels, g_free);
    }
    return pixels;
}

/* The pixels as a file without words, dates and places. */
static GBytes *png_of(png_image *image, const void *pixels)
{
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(*image);
    void *bytes = g_malloc(size);
    if (!png_image_write_to_memory(image, bytes, &size, 0, pixels, 0, NULL)) {
        g_error("the logo cannot be written: %s", image->message);
    }
    return g_bytes_new_take(bytes, size);
}

lkv_picture *lkv_picture_read(const char *path, lkv_diag *diag)
{
    size_t size = 0;
    g_autofree char *bytes = lkv_file_read(path, LIMIT, &size, diag);
    if (!bytes) {
        return NULL;
    }
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, bytes, size)) {
        refuse(path, image.message, diag);
        return NULL;
    }
    if (image.width > LKV_PICTURE_MOST || image.height > LKV_PICTURE_MOST) {
        png_image_free(&image);
        refuse(path, "it is too large", diag);
        return NULL;
    }
    g_autofree void *pixels = pixels_of(&image, &size);
    if (!pixels) {
        refuse(path, image.message, diag);
        return NULL;
    }
    lkv_picture *picture = g_new0(lkv_picture, 1);
    picture->width = image.width;
    picture->height = image.height;
    picture->packed = lkv_bytes_pack(pixels, size, PACK_LEVEL);
    picture->png = png_of(&image, pixels);
    return picture;
}

void lkv_picture_free(lkv_picture *picture)
{
    if (picture) {
        g_bytes_unref(picture->packed);
        g_bytes_unref(picture->png);
        g_free(picture);
    }
}
