/* Pictures: read from PNG of any kind, on white, and refused with a reason. */
#include <png.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "check.h"
#include "render/picture.h"

#define PATH "picture.png"

static void write_png(unsigned format, unsigned width, unsigned height,
                      const void *pixels)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = width,
                       .height = height,
                       .format = format};
    assert_true(png_image_write_to_file(&image, PATH, 0, pixels, 0, NULL));
}

/* The first pixel of the file that is written of it, as 0xRRGGBB. */
static uint32_t first_written(const lkv_picture *picture)
{
    gsize size = 0;
    const void *bytes = g_bytes_get_data(picture->png, &size);
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, bytes, size));
    assert_int_equal(image.width, picture->width);
    assert_int_equal(image.height, picture->height);
    image.format = PNG_FORMAT_RGB;
    g_autofree uint8_t *pixels = g_malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    return (uint32_t)pixels[0] << 16 | (uint32_t)pixels[1] << 8 | pixels[2];
}

/* The first pixel of what is read, as 0xRRGGBB. */
static uint32_t first_pixel(const lkv_picture *picture)
{
    gsize size = 0;
    const void *packed = g_bytes_get_data(picture->packed, &size);
    uLongf room = (uLongf)picture->width * picture->height * 3;
    g_autofree uint8_t *pixels = g_malloc(room);
    assert_int_equal(uncompress(pixels, &room, packed, size), Z_OK);
    assert_int_equal(room, picture->width * picture->height * 3);
    return (uint32_t)pixels[0] << 16 | (uint32_t)pixels[1] << 8 | pixels[2];
}

static void pictures_stand_on_white(void **state)
{
    (void)state;
    static const uint8_t red[] = {200, 0, 0, 0, 200, 0};
    static const uint8_t clear[] = {200, 0, 0, 0, 0, 200, 0, 255};
    static const uint8_t grey[] = {90, 255};
    static const struct {
        unsigned format;
        const void *pixels;
        uint32_t wanted;
    } cases[] = {
        {PNG_FORMAT_RGB, red, 0xc80000},
        {PNG_FORMAT_RGBA, clear, 0xffffff},
        {PNG_FORMAT_GRAY, grey, 0x5a5a5a},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        write_png(cases[i].format, 2, 1, cases[i].pixels);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_picture) picture = lkv_picture_read(PATH, diag);
        assert_non_null(picture);
        assert_int_equal(picture->width, 2);
        assert_int_equal(picture->height, 1);
        assert_int_equal(first_pixel(picture), cases[i].wanted);
        assert_int_equal(first_written(picture), cases[i].wanted);
    }
    remove(PATH);
}

static void hold_refused(const char *code)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_null(lkv_picture_read(PATH, diag));
    assert_int_equal(lkv_diag_count(diag, LKV_ERROR), 1);
    assert_string_equal(lkv_diag_at(diag, 0)->code, code);
}

static void what_is_no_picture_is_refused(void **state)
{
    (void)state;
    remove(PATH);
    hold_refused("E-FILE-MISSING");
    assert_true(g_file_set_contents(PATH, "inte PNG", -1, NULL));
    hold_refused("E-THEME-LOGO");
    g_autofree uint8_t *wide = g_malloc0(LKV_PICTURE_MOST + 1);
    write_png(PNG_FORMAT_GRAY, LKV_PICTURE_MOST + 1, 1, wide);
    hold_refused("E-THEME-LOGO");
    g_autofree char *bytes = NULL;
    gsize size = 0;
    write_png(PNG_FORMAT_GRAY, 40, 40, wide);
    assert_true(g_file_get_contents(PATH, &bytes, &size, NULL));
    for (gsize cut = 0; cut + 16 < size; cut++) {
        assert_true(g_file_set_contents(PATH, bytes, (gssize)cut, NULL));
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_picture) picture = lkv_picture_read(PATH, diag);
        assert_int_equal(picture == NULL, lkv_diag_count(diag, LKV_ERROR) == 1);
    }
    remove(PATH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_stand_on_white),
        cmocka_unit_test(what_is_no_picture_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
