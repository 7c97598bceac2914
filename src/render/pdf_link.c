/* Links, bookmarks and attached files. */
#include <string.h>

#include "render/pdf_state.h"
#include "render/pdf_write.h"

/* ---- gathering ---- */

void lkv_pdf_bookmark(lkv_pdf *pdf, unsigned level, const char *title, double y)
{
    if (!lkv_pdf_ready(pdf)) {
        return;
    }
    unsigned before =
        pdf->bookmarks->len == 0
            ? 0
            : g_array_index(pdf->bookmarks, lkv_pdf_bookmark_state,
                            pdf->bookmarks->len - 1)
                  .level;
    if (level == 0 || level > before + 1) {
        lkv_pdf_fail(pdf, "a bookmark of level %u follows one of level %u",
                     level, before);
        return;
    }
    lkv_pdf_bookmark_state added = {level, lkv_pdf_keep(pdf, title),
                                    pdf->page_number, y};
    g_array_append_val(pdf->bookmarks, added);
}

lkv_pdf_anchor lkv_pdf_anchor_new(lkv_pdf *pdf)
{
    lkv_pdf_goal goal = {false, 0, 0};
    lkv_pdf_anchor anchor = {pdf->goals->len};
    g_array_append_val(pdf->goals, goal);
    return anchor;
}

void lkv_pdf_anchor_place(lkv_pdf *pdf, lkv_pdf_anchor anchor, double y)
{
    if (!lkv_pdf_ready(pdf)) {
        return;
    }
    if (anchor.number >= pdf->goals->len) {
        lkv_pdf_fail(pdf, "an anchor is of another file");
        return;
    }
    lkv_pdf_goal goal = {true, pdf->page_number, y};
    g_array_index(pdf->goals, lkv_pdf_goal, anchor.number) = goal;
}

static void link_add(lkv_pdf *pdf, lkv_pdf_link_state link)
{
    const lkv_pdf_element *top = lkv_pdf_top(pdf);
    if (!lkv_pdf_ready(pdf)) {
        return;
    }
    if (top == NULL || top->kind != LKV_PDF_LINK) {
        lkv_pdf_fail(pdf, "a link is made outside Link");
        return;
    }
    if (link.description == NULL || link.description[0] == '\0') {
        lkv_pdf_fail(pdf, "a link has no description");
        return;
    }
    uint32_t number = pdf->links->len;
    link.page = pdf->page_number;
    link.element = g_array_index(pdf->open, uint32_t, pdf->open->len - 1);
    g_array_append_val(pdf->links, link);
    lkv_pdf_kid kid = {LKV_KID_LINK, number, link.page, LKV_PDF_NONE};
    lkv_pdf_add_kid(pdf, link.element, kid);
}

void lkv_pdf_link(lkv_pdf *pdf, lkv_pdf_box box, const char *uri,
                  const char *description)
{
    link_add(pdf, (lkv_pdf_link_state){.box = box,
                                       .uri = lkv_pdf_keep(pdf, uri),
                                       .description =
                                           lkv_pdf_keep(pdf, description)});
}

void lkv_pdf_link_to(lkv_pdf *pdf, lkv_pdf_box box, lkv_pdf_anchor anchor,
                     const char *description)
{
    link_add(pdf, (lkv_pdf_link_state){.box = box,
                                       .anchor = anchor.number,
                                       .description =
                                           lkv_pdf_keep(pdf, description)});
}

void lkv_pdf_attach(lkv_pdf *pdf, const lkv_pdf_file *file)
{
    if (pdf->error != NULL) {
        return;
    }
    g_autoptr(GString) key = g_string_new(NULL);
    lkv_pdf_put_text(key, file->name);
    for (unsigned i = 0; i < pdf->files->len; i++) {
        const lkv_pdf_attached *other = pdf->files->pdata[i];
        if (strcmp(other->key, key->str) == 0) {
            lkv_pdf_fail(pdf, "two attached files are called %s", file->name);
            return;
        }
    }
    lkv_pdf_attached *added = g_new0(lkv_pdf_attached, 1);
    added->name = g_strdup(file->name);
    added->type = g_strdup(file->type);
    added->description = g_strdup(file->description);
    added->key = g_strdup(key->str);
    added->relation = file->relation;
    added->bytes = g_bytes_new(file->bytes, file->size);
    g_ptr_array_add(pdf->files, added);
}

void lkv_pdf_attached_free(void *attached)
{
    lkv_pdf_attached *file = attached;
    g_free(file->name);
    g_free(file->type);
    g_free(file->description);
    g_free(file->key);
    g_bytes_unref(file->bytes);
    g_free(file);
}

/* ---- links as objects ---- */

static void put_goal(const lkv_pdf *pdf, GString *out, uint32_t page, double y)
{
    const lkv_pdf_sheet_state *goal = pdf->pages->pdata[page];
    g_string_append(out, "/Dest[");
    lkv_pdf_put_reference(out, goal->object);
    g_string_append(out, "/XYZ null ");
    lkv_pdf_put_number(out, lkv_pdf_sheet().height - y, 2);
    g_string_append(out, " null]");
}

static void put_link(lkv_pdf *pdf, GString *out, const lkv_pdf_link_state *link,
                     unsigned parents)
{
    g_string_append_printf(
        out, "/Type/Annot/Subtype/Link/Border[0 0 0]/F 4/StructParent %u",
        parents);
    lkv_pdf_put_box(out, "Rect", link->box);
    lkv_pdf_put_entry(out, "Contents", link->description);
    if (link->uri != NULL) {
        g_string_append(out, "/A<</S/URI/URI");
        lkv_pdf_put_ascii(out, link->uri);
        g_string_append(out, ">>");
        return;
    }
    const lkv_pdf_goal *goal =
        link->anchor < pdf->goals->len
            ? &g_array_index(pdf->goals, lkv_pdf_goal, link->anchor)
            : NULL;
    if (goal == NULL || !goal->placed) {
        lkv_pdf_fail(pdf, "a link leads to an anchor that was never placed");
        return;
    }
    put_goal(pdf, out, goal->page, goal->y);
}

void lkv_pdf_add_links(lkv_pdf *pdf, lkv_pdf_store *store)
{
    for (unsigned i = 0; i < pdf->links->len; i++) {
        lkv_pdf_link_state *link =
            &g_array_index(pdf->links, lkv_pdf_link_state, i);
        lkv_pdf_object *object = lkv_pdf_object_new(store);
        put_link(pdf, object->body, link, pdf->pages->len + i);
        link->object = object->number;
        lkv_pdf_sheet_state *page = pdf->pages->pdata[link->page];
        g_array_append_val(page->annotations, object->number);
    }
}

/* ---- bookmarks as objects ---- */

static const lkv_pdf_bookmark_state *bookmark_at(const lkv_pdf *pdf, unsigned i)
{
    return &g_array_index(pdf->bookmarks, lkv_pdf_bookmark_state, i);
}

/* The next bookmark of the level of I below the same one; the count of
 * bookmarks if there is none.
 */
static unsigned next_beside(const lkv_pdf *pdf, unsigned i)
{
    unsigned level = bookmark_at(pdf, i)->level;
    unsigned count = pdf->bookmarks->len;
    for (unsigned k = i + 1; k < count; k++) {
        if (bookmark_at(pdf, k)->level <= level) {
            return bookmark_at(pdf, k)->level == level ? k : count;
        }
    }
    return count;
}

/* Bookmarks FROM and further that are deeper than LEVEL, without a break. */
static unsigned deeper(const lkv_pdf *pdf, unsigned from, unsigned level)
{
    unsigned end = from;
    while (end < pdf->bookmarks->len && bookmark_at(pdf, end)->level > level) {
        end++;
    }
    return end - from;
}

/* First, last and count of what lies below a bookmark of LEVEL before FROM. */
static void put_below(const lkv_pdf *pdf, GString *out, const unsigned *object,
                      unsigned from, unsigned level)
{
    unsigned count = deeper(pdf, from, level);
    if (count == 0) {
        return;
    }
    unsigned last = from;
    for (unsigned k = from; k < from + count; k++) {
        last = bookmark_at(pdf, k)->level == level + 1 ? k : last;
    }
    g_string_append(out, "/First");
    lkv_pdf_put_reference(out, object[from]);
    g_string_append(out, "/Last");
    lkv_pdf_put_reference(out, object[last]);
    g_string_append_printf(out, "/Count %u", count);
}

/* The last bookmark before I whose level is at most LEVEL; -1 if there is none.
 */
static int last_above(const lkv_pdf *pdf, unsigned i, unsigned level)
{
    int k = (int)i - 1;
    while (k >= 0 && bookmark_at(pdf, (unsigned)k)->level > level) {
        k--;
    }
    return k;
}

static void put_bookmark(const lkv_pdf *pdf, GString *out,
                         const unsigned *object, unsigned i)
{
    const lkv_pdf_bookmark_state *bookmark = bookmark_at(pdf, i);
    lkv_pdf_put_entry(out, "Title", bookmark->title);
    put_goal(pdf, out, bookmark->page, bookmark->y);
    unsigned next = next_beside(pdf, i);
    if (next < pdf->bookmarks->len) {
        g_string_append(out, "/Next");
        lkv_pdf_put_reference(out, object[next]);
    }
    int before = last_above(pdf, i, bookmark->level);
    if (before >= 0 &&
        bookmark_at(pdf, (unsigned)before)->level == bookmark->level) {
        g_string_append(out, "/Prev");
        lkv_pdf_put_reference(out, object[before]);
    }
    put_below(pdf, out, object, i + 1, bookmark->level);
}

void lkv_pdf_add_bookmarks(lkv_pdf *pdf, lkv_pdf_store *store,
                           GString *catalogue)
{
    unsigned count = pdf->bookmarks->len;
    if (count == 0) {
        return;
    }
    lkv_pdf_object *root = lkv_pdf_object_new(store);
    g_autofree unsigned *object = g_new(unsigned, count);
    g_autoptr(GPtrArray) made = g_ptr_array_new();
    for (unsigned i = 0; i < count; i++) {
        lkv_pdf_object *added = lkv_pdf_object_new(store);
        object[i] = added->number;
        g_ptr_array_add(made, added);
    }
    for (unsigned i = 0; i < count; i++) {
        GString *body = ((lkv_pdf_object *)made->pdata[i])->body;
        int parent = last_above(pdf, i, bookmark_at(pdf, i)->level - 1);
        g_string_append(body, "/Parent");
        lkv_pdf_put_reference(body, parent < 0 ? root->number : object[parent]);
        put_bookmark(pdf, body, object, i);
    }
    g_string_append(root->body, "/Type/Outlines");
    put_below(pdf, root->body, object, 0, 0);
    g_string_append(catalogue, "/Outlines");
    lkv_pdf_put_reference(catalogue, root->number);
}

/* ---- files as objects ---- */

static int by_key(const void *a, const void *b)
{
    const lkv_pdf_attached *const *first = a, *const *second = b;
    return strcmp((*first)->key, (*second)->key);
}

static void add_file(const lkv_pdf *pdf, lkv_pdf_store *store,
                     lkv_pdf_attached *file)
{
    static const char *const relations[] = {"Data", "Source", "Supplement"};
    size_t size = 0;
    const void *bytes = g_bytes_get_data(file->bytes, &size);
    g_autofree char *date = lkv_pdf_date(pdf->epoch);
    lkv_pdf_object *stream = lkv_pdf_stream_new(store, bytes, size);
    g_string_append(stream->body, "/Type/EmbeddedFile/Subtype");
    lkv_pdf_put_name(stream->body, file->type);
    g_string_append_printf(stream->body, "/Params<</Size %zu/ModDate(%s)>>",
                           size, date);
    lkv_pdf_object *object = lkv_pdf_object_new(store);
    GString *body = object->body;
    g_string_append_printf(body, "/Type/Filespec/AFRelationship/%s",
                           relations[file->relation]);
    g_string_append(body, "/F");
    lkv_pdf_put_ascii(body, file->name);
    lkv_pdf_put_entry(body, "UF", file->name);
    lkv_pdf_put_entry(body, "Desc", file->description);
    g_string_append(body, "/EF<</F");
    lkv_pdf_put_reference(body, stream->number);
    g_string_append(body, "/UF");
    lkv_pdf_put_reference(body, stream->number);
    g_string_append(body, ">>");
    file->object = object->number;
}

void lkv_pdf_add_files(lkv_pdf *pdf, lkv_pdf_store *store, GString *catalogue)
{
    if (pdf->files->len == 0) {
        return;
    }
    g_ptr_array_sort(pdf->files, by_key);
    g_autoptr(GString) related = g_string_new("/AF[");
    g_string_append(catalogue, "/Names<</EmbeddedFiles<</Names[");
    for (unsigned i = 0; i < pdf->files->len; i++) {
        lkv_pdf_attached *file = pdf->files->pdata[i];
        add_file(pdf, store, file);
        g_string_append(catalogue, file->key);
        lkv_pdf_put_reference(catalogue, file->object);
        lkv_pdf_put_reference(related, file->object);
    }
    g_string_append_printf(catalogue, "]>>>>%s]", related->str);
}
