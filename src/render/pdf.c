#include "render/pdf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/pdf_state.h"
#include "render/pdf_write.h"

/* Text of the meta data without control characters, which XML forbids. */
static const char *keep_plain(lkv_pdf *pdf, const char *text)
{
    if (text == NULL) {
        return NULL;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) plain = g_string_new(NULL);
    for (const char *at = valid; *at != '\0';
         at = g_utf8_find_next_char(at, NULL)) {
        uint32_t code = g_utf8_get_char(at);
        g_string_append_unichar(plain, g_unichar_iscntrl(code) ? ' ' : code);
    }
    return lkv_pdf_keep(pdf, plain->str);
}

static void page_free(void *memory)
{
    lkv_pdf_sheet_state *page = memory;
    g_string_free(page->content, TRUE);
    g_array_unref(page->marks);
    g_array_unref(page->annotations);
    g_free(page);
}

static void take_meta(lkv_pdf *pdf, const lkv_pdf_meta *meta)
{
    enum { BEST = 9 };
    pdf->title = keep_plain(pdf, meta->title);
    pdf->language = keep_plain(pdf, meta->language);
    pdf->author = keep_plain(pdf, meta->author);
    pdf->subject = keep_plain(pdf, meta->subject);
    pdf->creator = keep_plain(pdf, meta->creator);
    pdf->foot = keep_plain(pdf, meta->foot);
    pdf->epoch = meta->epoch;
    pdf->level = meta->level;
    g_autofree char *date = lkv_pdf_date(meta->epoch);
    if (pdf->title == NULL || pdf->title[0] == '\0') {
        lkv_pdf_fail(pdf, "the file has no title");
    } else if (pdf->language == NULL || pdf->language[0] == '\0') {
        lkv_pdf_fail(pdf, "the file has no language");
    } else if (date == NULL) {
        lkv_pdf_fail(pdf, "the date of the file is out of reach");
    } else if (meta->level < LKV_PDF_PLAIN || meta->level > BEST) {
        lkv_pdf_fail(pdf, "there is no compression of level %d", meta->level);
    }
}

lkv_pdf *lkv_pdf_new(const lkv_pdf_meta *meta, const lkv_fonts *fonts)
{
    enum { CHUNK = 4096 };
    lkv_pdf *pdf = g_new0(lkv_pdf, 1);
    pdf->fonts = fonts;
    pdf->strings = g_string_chunk_new(CHUNK);
    pdf->pages = g_ptr_array_new_with_free_func(page_free);
    pdf->elements = g_array_new(FALSE, FALSE, sizeof(lkv_pdf_element));
    pdf->kids = g_array_new(FALSE, FALSE, sizeof(lkv_pdf_kid));
    pdf->open = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    pdf->rows.carried = g_array_new(FALSE, FALSE, sizeof(unsigned));
    pdf->shaped = lkv_shaped_new();
    pdf->spelled = g_ptr_array_new_with_free_func(g_free);
    pdf->missing = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    pdf->links = g_array_new(FALSE, FALSE, sizeof(lkv_pdf_link_state));
    pdf->goals = g_array_new(FALSE, FALSE, sizeof(lkv_pdf_goal));
    pdf->bookmarks = g_array_new(FALSE, FALSE, sizeof(lkv_pdf_bookmark_state));
    pdf->files = g_ptr_array_new_with_free_func(lkv_pdf_attached_free);
    pdf->figure = LKV_PDF_NONE;
    take_meta(pdf, meta);
    return pdf;
}

void lkv_pdf_free(lkv_pdf *pdf)
{
    if (pdf == NULL) {
        return;
    }
    g_string_chunk_free(pdf->strings);
    g_ptr_array_unref(pdf->pages);
    g_array_unref(pdf->elements);
    g_array_unref(pdf->kids);
    g_array_unref(pdf->open);
    g_array_unref(pdf->rows.carried);
    lkv_shaped_free(pdf->shaped);
    for (unsigned i = 0; i < LKV_FONT_ROLES; i++) {
        g_free(pdf->use[i].glyphs);
        g_free(pdf->use[i].text);
    }
    g_ptr_array_unref(pdf->spelled);
    g_array_unref(pdf->missing);
    g_array_unref(pdf->links);
    g_array_unref(pdf->goals);
    g_array_unref(pdf->bookmarks);
    g_ptr_array_unref(pdf->files);
    g_free(pdf->error);
    g_free(pdf);
}

/* ---- state ---- */

void lkv_pdf_fail(lkv_pdf *pdf, const char *format, ...)
{
    if (pdf->error != NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    pdf->error = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

const char *lkv_pdf_error(const lkv_pdf *pdf)
{
    return pdf->error;
}

const char *lkv_pdf_keep(lkv_pdf *pdf, const char *text)
{
    return text == NULL ? NULL : g_string_chunk_insert(pdf->strings, text);
}

bool lkv_pdf_ready(lkv_pdf *pdf)
{
    if (pdf->error == NULL && pdf->page == NULL) {
        lkv_pdf_fail(pdf, "something is painted before the first page");
    }
    return pdf->error == NULL && !pdf->finished;
}

void lkv_pdf_cover(lkv_pdf *pdf, lkv_pdf_box box)
{
    if (pdf->figure == LKV_PDF_NONE || pdf->in_artifact) {
        return;
    }
    lkv_pdf_element *figure =
        &g_array_index(pdf->elements, lkv_pdf_element, (unsigned)pdf->figure);
    if (figure->boxed) {
        return;
    }
    bool first = figure->left > figure->right;
    double right = box.x + box.width, bottom = box.y + box.height;
    figure->left = first ? box.x : fmin(figure->left, box.x);
    figure->top = first ? box.y : fmin(figure->top, box.y);
    figure->right = first ? right : fmax(figure->right, right);
    figure->bottom = first ? bottom : fmax(figure->bottom, bottom);
}

/* ---- pages ---- */

lkv_pdf_box lkv_pdf_sheet(void)
{
    return (lkv_pdf_box){0, 0, 595.28, 841.89};
}

/* Leaves the page painted on; false if something on it is still open. */
static bool leave(lkv_pdf *pdf)
{
    if (pdf->page == NULL) {
        return true;
    }
    if (pdf->in_artifact || pdf->figure != LKV_PDF_NONE) {
        lkv_pdf_fail(pdf, "a page ends inside %s",
                     pdf->in_artifact ? "an artifact" : "a Figure");
    } else if (pdf->page->clips > 0) {
        lkv_pdf_fail(pdf, "a page ends inside a clip");
    }
    lkv_pdf_close_mark(pdf);
    return pdf->error == NULL;
}

void lkv_pdf_page(lkv_pdf *pdf)
{
    enum { CONTENT = 16 * 1024 };
    if (pdf->error != NULL || pdf->finished || !leave(pdf)) {
        return;
    }
    lkv_pdf_sheet_state *page = g_new0(lkv_pdf_sheet_state, 1);
    page->content = g_string_sized_new(CONTENT);
    page->marks = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    page->annotations = g_array_new(FALSE, FALSE, sizeof(unsigned));
    page->now = (lkv_pdf_graphics){.fill = LKV_PDF_NO_COLOUR,
                                   .stroke = LKV_PDF_NO_COLOUR,
                                   .width = LKV_PDF_NONE,
                                   .face = LKV_PDF_NONE};
    /* Round joins, so that lines have no spikes. */
    g_string_append(page->content, "1 j\n");
    pdf->page_number = pdf->pages->len;
    pdf->page = page;
    g_ptr_array_add(pdf->pages, page);
}

size_t lkv_pdf_pages(const lkv_pdf *pdf)
{
    return pdf->pages->len;
}

void lkv_pdf_turn(lkv_pdf *pdf, size_t index)
{
    if (pdf->error != NULL || pdf->finished) {
        return;
    }
    if (index >= pdf->pages->len) {
        lkv_pdf_fail(pdf, "there is no page %zu", index);
    } else if (index != pdf->page_number && leave(pdf)) {
        pdf->page_number = (uint32_t)index;
        pdf->page = pdf->pages->pdata[index];
    }
}

/* ---- the end ---- */

static void paint_feet(lkv_pdf *pdf)
{
    static const double margin = 48, height = 30;
    static const lkv_pdf_type type = {.size = 8.5, .colour = 0x56616E};
    for (size_t i = 0; pdf->foot != NULL && i < pdf->pages->len; i++) {
        lkv_pdf_turn(pdf, i);
        lkv_pdf_artifact_begin(pdf, LKV_PDF_FOOTER);
        lkv_pdf_point at = {margin, lkv_pdf_sheet().height - height};
        lkv_pdf_text(pdf, at, &type, pdf->foot);
        lkv_pdf_artifact_end(pdf);
    }
}

/* Closes what drawing left; fails if the document is not whole. */
static void close_drawing(lkv_pdf *pdf)
{
    if (pdf->error != NULL) {
        return;
    }
    if (pdf->finished) {
        lkv_pdf_fail(pdf, "the file is finished twice");
    } else if (pdf->pages->len == 0) {
        lkv_pdf_fail(pdf, "the file has no page");
    } else if (pdf->open->len > 0) {
        lkv_pdf_fail(pdf, "%s is still open at the end",
                     lkv_pdf_kind_name(lkv_pdf_top(pdf)->kind));
    } else if (pdf->elements->len == 0) {
        lkv_pdf_fail(pdf, "the file has no Document");
    } else if (leave(pdf)) {
        paint_feet(pdf);
        lkv_pdf_close_mark(pdf);
    }
}

/* The dictionary of pictures that pages name; 0 without any. */
static unsigned add_picture(const lkv_pdf *pdf, lkv_pdf_store *store)
{
    const lkv_picture *picture = pdf->picture;
    if (!picture) {
        return 0;
    }
    lkv_pdf_object *image = lkv_pdf_stream_packed(store, picture->packed);
    g_string_append_printf(image->body,
                           "/Type/XObject/Subtype/Image/Width %u/Height %u"
                           "/ColorSpace/DeviceRGB/BitsPerComponent 8",
                           picture->width, picture->height);
    lkv_pdf_object *names = lkv_pdf_object_new(store);
    g_string_append_printf(names->body, "/Logo %u 0 R", image->number);
    return names->number;
}

static void fill_pages(lkv_pdf *pdf, lkv_pdf_store *store, unsigned fonts)
{
    unsigned pictures = add_picture(pdf, store);
    for (unsigned i = 0; i < pdf->pages->len; i++) {
        const lkv_pdf_sheet_state *page = pdf->pages->pdata[i];
        lkv_pdf_leaf leaf = {
            .content = page->content->str,
            .size = page->content->len,
            .parents = i,
            .fonts = fonts,
            .pictures = pictures,
            .annotation =
                (const unsigned *)(const void *)page->annotations->data,
            .annotations = page->annotations->len};
        lkv_pdf_store_fill(store, i, &leaf);
    }
}

static void make_objects(lkv_pdf *pdf, lkv_pdf_store *store)
{
    for (unsigned i = 0; i < pdf->pages->len; i++) {
        lkv_pdf_sheet_state *page = pdf->pages->pdata[i];
        page->object = lkv_pdf_store_page(store);
    }
    GString *catalogue = lkv_pdf_store_catalogue(store)->body;
    unsigned fonts = lkv_pdf_add_fonts(pdf, store);
    lkv_pdf_add_meta(pdf, store, catalogue);
    lkv_pdf_add_links(pdf, store);
    lkv_pdf_add_tree(pdf, store, catalogue);
    lkv_pdf_add_bookmarks(pdf, store, catalogue);
    lkv_pdf_add_files(pdf, store, catalogue);
    fill_pages(pdf, store, fonts);
}

static int by_code(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

static void report_missing(const lkv_pdf *pdf, lkv_diag *diag)
{
    g_autoptr(GString) list = g_string_new(NULL);
    unsigned count = pdf->missing->len;
    g_array_sort(pdf->missing, by_code);
    for (unsigned i = 0; i < count; i++) {
        uint32_t code = g_array_index(pdf->missing, uint32_t, i);
        if (i == 0 || g_array_index(pdf->missing, uint32_t, i - 1) != code) {
            g_string_append_printf(list, " U+%04X", (unsigned)code);
        }
    }
    if (count > 0) {
        lkv_message *message = lkv_diag_add(
            diag, "W-FONT-GLYPH",
            (lkv_place){.file =
                            lkv_fonts_file(pdf->fonts, LKV_ROLE_FALLBACK).path},
            "no font has the characters%s", list->str);
        lkv_message_why(message, "they are printed as a replacement mark");
        lkv_message_fix(message,
                        "write the name in letters that Lato or DejaVu Sans "
                        "has: the code of the character says which");
    }
}

bool lkv_pdf_finish(lkv_pdf *pdf, GByteArray *out, lkv_diag *diag)
{
    guint before = out->len;
    close_drawing(pdf);
    if (pdf->error == NULL) {
        g_autoptr(lkv_pdf_store) store = lkv_pdf_store_new(pdf->level);
        make_objects(pdf, store);
        unsigned long failed = lkv_pdf_store_save(store, out);
        if (failed != 0) {
            lkv_pdf_fail(pdf, "libharu refused with error 0x%04lX", failed);
        }
    }
    pdf->finished = true;
    if (pdf->error != NULL) {
        g_byte_array_set_size(out, before);
        lkv_message *message =
            lkv_diag_add(diag, "E-PDF", (lkv_place){.file = NULL},
                         "the report cannot be written as a PDF");
        lkv_message_why(message, "%s", pdf->error);
        lkv_message_fix(message, "report this as a fault of the program");
        return false;
    }
    report_missing(pdf, diag);
    return true;
}
