/* Documents made by hand, for tests of layout and charts: blocks whose words
 * are names, and cells that show what a test says.
 */
#ifndef LKV_TESTS_RENDER_PAPER_H
#define LKV_TESTS_RENDER_PAPER_H

#include <string.h>

#include "check.h"
#include "disclose/making.h"
#include "render/content.h"
#include "study/text.h"

typedef struct paper {
    lkv_fonts *fonts;
    lkv_locale *locale;
    lkv_catalogue *catalogue;
    lkv_release *release;
    lkv_diag *diag;
    GPtrArray *kept; /* whatever blocks point to */
    GArray *blocks; /* lkv_block */
    lkv_document document;
    lkv_words words;
    lkv_pdf_job job;
} paper;

static const lkv_look paper_look = {.ink = 0x1F2933,
                                    .muted = 0x56616E,
                                    .own = 0xC44E00,
                                    .district = 0x3B6E8F,
                                    .other = 0x87929F,
                                    .grid = 0xE9EDF1,
                                    .panel = 0xF5F7F9,
                                    .band = 0xDDE5EC};

static inline lkv_release *paper_release(void)
{
    g_autoptr(lkv_frame) frame = lkv_frame_new();
    lkv_unit district = {.id = "0000", .leaf = LKV_NO_VALUE};
    frame->school = lkv_cube_axis_add(frame->cube, "school");
    frame->confidence = 0.95;
    g_array_append_val(frame->units, district);
    return lkv_release_new(
        frame, (lkv_release_head){.profile = "public", .run = "0000"});
}

static inline paper *paper_new(void)
{
    paper *made = g_new0(paper, 1);
    g_autofree char *error = NULL;
    g_setenv("LIKVARD_REPORTS", LIKVARD_SOURCE "/reports", TRUE);
    made->diag = lkv_diag_new();
    made->fonts = lkv_fonts_load(NULL, made->diag);
    made->locale = lkv_locale_new("sv", &error);
    made->catalogue = lkv_text_read(made->locale, made->diag);
    assert_non_null(made->fonts);
    assert_non_null(made->catalogue);
    made->release = paper_release();
    made->kept = g_ptr_array_new_with_free_func(g_free);
    made->blocks = g_array_new(FALSE, TRUE, sizeof(lkv_block));
    made->words =
        (lkv_words){.release = made->release, .catalogue = made->catalogue};
    made->job = (lkv_pdf_job){.document = &made->document,
                              .words = &made->words,
                              .fonts = made->fonts,
                              .look = paper_look};
    return made;
}

static inline void paper_free(paper *made)
{
    lkv_release_free(made->release);
    lkv_catalogue_free(made->catalogue);
    lkv_locale_free(made->locale);
    lkv_fonts_free(made->fonts);
    lkv_diag_free(made->diag);
    g_ptr_array_unref(made->kept);
    g_array_unref(made->blocks);
    g_free(made);
}

/* An empty sheet again; the cells stay. */
static inline void paper_clear(paper *on)
{
    g_array_set_size(on->blocks, 0);
    g_ptr_array_set_size(on->kept, 0);
}

static inline const void *paper_keep(paper *on, const void *from, size_t size)
{
    void *copy = g_memdup2(from, size);
    g_ptr_array_add(on->kept, copy);
    return copy;
}

static inline lkv_text paper_say(paper *on, const char *text)
{
    const char *kept = paper_keep(on, text, strlen(text) + 1);
    const lkv_arg arg = {.name = "name", .kind = LKV_ARG_NAME, .text = kept};
    return (lkv_text){.key = "value.name",
                      .arg = paper_keep(on, &arg, sizeof arg),
                      .args = 1};
}

/* So many words that they fill about LINES lines of the page. */
static inline lkv_text paper_lines(paper *on, size_t lines)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < lines; i++) {
        g_string_append(text, "ord som tillsammans fyller en hel rad på sidan "
                              "från kant till kant utan att gå över den ");
    }
    return paper_say(on, text->str);
}

static inline void paper_add(paper *on, lkv_block block)
{
    g_array_append_val(on->blocks, block);
    on->document.block = (const lkv_block *)(const void *)on->blocks->data;
    on->document.blocks = on->blocks->len;
}

static inline lkv_cell paper_value(paper *on, int64_t scaled, uint8_t decimals)
{
    return lkv_release_put(
        on->release,
        (lkv_shown){.status = LKV_OK, .scaled = scaled, .decimals = decimals});
}

/* A hidden cell; RUBBISH is what no one may see. */
static inline lkv_cell paper_hidden(paper *on, int64_t rubbish)
{
    return lkv_release_put(on->release, (lkv_shown){.status = LKV_HIDDEN,
                                                    .scaled = rubbish,
                                                    .decimals = 2,
                                                    .full = (double)rubbish});
}

/* One box of lkv_render_boxes. */
typedef struct paper_box {
    size_t page;
    int x, y, width, height;
    char kind[16], id[32];
    size_t first, end, parts;
} paper_box;

/* The boxes of the pages: array of paper_box. */
static inline GArray *paper_boxes(paper *on)
{
    g_autofree char *text = lkv_render_boxes(&on->job, on->diag);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GArray *boxes = g_array_new(FALSE, TRUE, sizeof(paper_box));
    for (size_t i = 0; lines[i] && *lines[i]; i++) {
        paper_box box = {0};
        assert_int_equal(
            sscanf(lines[i], "%zu %d %d %d %d %15s %31s %zu-%zu/%zu", &box.page,
                   &box.x, &box.y, &box.width, &box.height, box.kind, box.id,
                   &box.first, &box.end, &box.parts),
            10);
        g_array_append_val(boxes, box);
    }
    return boxes;
}

#endif
