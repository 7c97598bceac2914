#include "render/pdf_store.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_info.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <hpdf_utils.h>
/* zlib promises not to write to its input only when asked. */
#define ZLIB_CONST
#include <zlib.h>

#include "base/hash.h"
#include "render/pdf.h"
#include "render/pdf_state.h"
#include "render/pdf_write.h"

enum { USUAL_LEVEL = 3, ID_BYTES = 16, OBJECT_NUMBER = 0x00FFFFFF };

/* What stands behind a dictionary of libharu. */
typedef struct inner {
    lkv_pdf_object object;
    lkv_pdf_store *store;
    lkv_pdf_writer write;
    const void *what;
    size_t index;
} inner;

struct lkv_pdf_store {
    HPDF_Doc doc;
    GPtrArray *inners;
    GPtrArray *pages; /* HPDF_Page, lent by DOC */
    GString *scratch;
    GByteArray *packed;
    GByteArray *out; /* while saving */
    size_t start;
    z_stream flate;
    int level;
    bool failed;
};

static void *HPDF_STDCALL allocate(HPDF_UINT size)
{
    return g_malloc(size);
}

static void HPDF_STDCALL release(void *memory)
{
    g_free(memory);
}

static void inner_free(void *memory)
{
    inner *inside = memory;
    if (inside->object.body != NULL) {
        g_string_free(inside->object.body, TRUE);
    }
    g_free(inside);
}

lkv_pdf_store *lkv_pdf_store_new(int level)
{
    lkv_pdf_store *store = g_new0(lkv_pdf_store, 1);
    store->doc = HPDF_NewEx(NULL, allocate, release, 0, NULL);
    store->inners = g_ptr_array_new_with_free_func(inner_free);
    store->pages = g_ptr_array_new();
    store->scratch = g_string_new(NULL);
    store->packed = g_byte_array_new();
    store->level = level == 0 ? USUAL_LEVEL : level;
    store->doc->pdf_version = HPDF_VER_17;
    if (store->level > 0) {
        store->failed = deflateInit(&store->flate, store->level) != Z_OK;
    }
    return store;
}

void lkv_pdf_store_free(lkv_pdf_store *store)
{
    if (store == NULL) {
        return;
    }
    HPDF_Free(store->doc);
    if (store->level > 0) {
        deflateEnd(&store->flate);
    }
    g_ptr_array_unref(store->inners);
    g_ptr_array_unref(store->pages);
    g_string_free(store->scratch, TRUE);
    g_byte_array_unref(store->packed);
    g_free(store);
}

/* ---- dictionaries ---- */

static HPDF_STATUS write_body(HPDF_Dict dict, HPDF_Stream stream)
{
    const inner *inside = dict->attr;
    const GString *body = inside->object.body;
    if (inside->write != NULL) {
        g_string_truncate(inside->store->scratch, 0);
        inside->write(inside->store->scratch, inside->what, inside->index);
        body = inside->store->scratch;
    }
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)body->str,
                             (HPDF_UINT)body->len);
}

/* Puts a body behind DICT, which is an indirect object already. */
static inner *attach(lkv_pdf_store *store, HPDF_Dict dict)
{
    inner *inside = g_new0(inner, 1);
    inside->store = store;
    inside->object.number = dict->header.obj_id & OBJECT_NUMBER;
    dict->attr = inside;
    dict->write_fn = write_body;
    g_ptr_array_add(store->inners, inside);
    return inside;
}

static inner *add(lkv_pdf_store *store)
{
    HPDF_Dict dict = HPDF_Dict_New(store->doc->mmgr);
    if (HPDF_Xref_Add(store->doc->xref, dict) != HPDF_OK) {
        store->failed = true;
    }
    return attach(store, dict);
}

lkv_pdf_object *lkv_pdf_object_new(lkv_pdf_store *store)
{
    inner *inside = add(store);
    inside->object.body = g_string_new(NULL);
    return &inside->object;
}

unsigned lkv_pdf_object_late(lkv_pdf_store *store, lkv_pdf_writer write,
                             const void *what, size_t index)
{
    inner *inside = add(store);
    inside->write = write;
    inside->what = what;
    inside->index = index;
    return inside->object.number;
}

lkv_pdf_object *lkv_pdf_store_catalogue(lkv_pdf_store *store)
{
    inner *inside = attach(store, store->doc->catalog);
    inside->object.body = g_string_new(NULL);
    return &inside->object;
}

lkv_pdf_object *lkv_pdf_store_information(lkv_pdf_store *store)
{
    HPDF_Dict_RemoveElement(store->doc->info, "Producer");
    inner *inside = attach(store, store->doc->info);
    inside->object.body = g_string_new(NULL);
    return &inside->object;
}

const char *lkv_pdf_store_version(void)
{
    return HPDF_GetVersion();
}

/* ---- streams ---- */

static lkv_pdf_object *stream_add(lkv_pdf_store *store, HPDF_Dict dict,
                                  const void *bytes, size_t size)
{
    inner *inside = attach(store, dict);
    inside->object.body = g_string_new(NULL);
    if (HPDF_Stream_Write(dict->stream, bytes, (HPDF_UINT)size) != HPDF_OK) {
        store->failed = true;
    }
    return &inside->object;
}

/* Compresses into store->packed; false if the store does not compress. */
static bool pack(lkv_pdf_store *store, const void *bytes, size_t size)
{
    if (store->level < 0 || store->failed) {
        return false;
    }
    z_stream *flate = &store->flate;
    deflateReset(flate);
    uLong bound = deflateBound(flate, (uLong)size);
    g_byte_array_set_size(store->packed, (guint)bound);
    flate->next_in = bytes;
    flate->avail_in = (uInt)size;
    flate->next_out = store->packed->data;
    flate->avail_out = (uInt)bound;
    store->failed = deflate(flate, Z_FINISH) != Z_STREAM_END;
    g_byte_array_set_size(store->packed, (guint)flate->total_out);
    return !store->failed;
}

/* Fills DICT with these bytes, compressed as the store says. */
static lkv_pdf_object *stream_fill(lkv_pdf_store *store, HPDF_Dict dict,
                                   const void *bytes, size_t size)
{
    if (!pack(store, bytes, size)) {
        return stream_add(store, dict, bytes, size);
    }
    lkv_pdf_object *object =
        stream_add(store, dict, store->packed->data, store->packed->len);
    g_string_append(object->body, "/Filter/FlateDecode");
    return object;
}

static HPDF_Dict stream_dict(lkv_pdf_store *store)
{
    return HPDF_DictStream_New(store->doc->mmgr, store->doc->xref);
}

lkv_pdf_object *lkv_pdf_stream_new(lkv_pdf_store *store, const void *bytes,
                                   size_t size)
{
    return stream_fill(store, stream_dict(store), bytes, size);
}

lkv_pdf_object *lkv_pdf_stream_packed(lkv_pdf_store *store, GBytes *packed)
{
    size_t size = 0;
    const void *bytes = g_bytes_get_data(packed, &size);
    lkv_pdf_object *object = stream_add(store, stream_dict(store), bytes, size);
    g_string_append(object->body, "/Filter/FlateDecode");
    return object;
}

lkv_pdf_object *lkv_pdf_stream_plain(lkv_pdf_store *store, const void *bytes,
                                     size_t size)
{
    return stream_add(store, stream_dict(store), bytes, size);
}

/* ---- pages ---- */

/* libharu would cut the box to whole points, or print the rounding of its
 * floats.
 */
static HPDF_STATUS write_sheet(HPDF_Dict page, HPDF_Stream stream)
{
    (void)page;
    g_autoptr(GString) box = g_string_new(NULL);
    lkv_pdf_put_box(box, "MediaBox", lkv_pdf_sheet());
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)box->str,
                             (HPDF_UINT)box->len);
}

unsigned lkv_pdf_store_page(lkv_pdf_store *store)
{
    HPDF_Page page = HPDF_AddPage(store->doc);
    if (page == NULL) {
        store->failed = true;
        return 0;
    }
    HPDF_Dict_RemoveElement(page, "MediaBox");
    page->write_fn = write_sheet;
    g_ptr_array_add(store->pages, page);
    return page->header.obj_id & OBJECT_NUMBER;
}

static void *object_at(lkv_pdf_store *store, unsigned number)
{
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(store->doc->xref, number);
    return entry != NULL ? entry->obj : NULL;
}

void lkv_pdf_store_fill(lkv_pdf_store *store, size_t index,
                        const lkv_pdf_leaf *leaf)
{
    if (index >= store->pages->len) {
        return;
    }
    HPDF_Page page = store->pages->pdata[index];
    HPDF_PageAttr attr = page->attr;
    stream_fill(store, attr->contents, leaf->content, leaf->size);
    HPDF_STATUS status = HPDF_Dict_AddName(page, "Tabs", "S");
    status |=
        HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)leaf->parents);
    HPDF_Dict resources =
        HPDF_Dict_GetItem(page, "Resources", HPDF_OCLASS_DICT);
    status |= HPDF_Dict_Add(resources, "Font", object_at(store, leaf->fonts));
    if (leaf->pictures > 0) {
        status |= HPDF_Dict_Add(resources, "XObject",
                                object_at(store, leaf->pictures));
    }
    if (leaf->annotations > 0) {
        HPDF_Array list = HPDF_Array_New(store->doc->mmgr);
        for (size_t i = 0; i < leaf->annotations; i++) {
            status |=
                HPDF_Array_Add(list, object_at(store, leaf->annotation[i]));
        }
        status |= HPDF_Dict_Add(page, "Annots", list);
    }
    store->failed = store->failed || status != HPDF_OK;
}

/* ---- saving ---- */

static HPDF_STATUS take(HPDF_Stream stream, const HPDF_BYTE *bytes,
                        HPDF_UINT size)
{
    g_byte_array_append(stream->attr, bytes, size);
    return HPDF_OK;
}

/* Called when only the trailer is left to write. */
static HPDF_STATUS identify(HPDF_Dict trailer)
{
    lkv_pdf_store *store = trailer->attr;
    lkv_hash hash = lkv_hash_of(store->out->data + store->start,
                                store->out->len - store->start);
    HPDF_Array both = HPDF_Array_New(store->doc->mmgr);
    HPDF_STATUS status = HPDF_OK;
    for (unsigned i = 0; i < 2; i++) {
        status |= HPDF_Array_Add(
            both, HPDF_Binary_New(store->doc->mmgr, hash.byte, ID_BYTES));
    }
    return status | HPDF_Dict_Add(trailer, "ID", both);
}

unsigned long lkv_pdf_store_save(lkv_pdf_store *store, GByteArray *out)
{
    static const char header[] = "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n";
    HPDF_Doc doc = store->doc;
    HPDF_Dict trailer = doc->trailer;
    store->out = out;
    store->start = out->len;
    trailer->attr = store;
    trailer->before_write_fn = identify;
    HPDF_STATUS status = HPDF_Dict_Add(trailer, "Root", doc->catalog);
    status |= HPDF_Dict_Add(trailer, "Info", doc->info);
    HPDF_Stream stream = HPDF_CallbackWriter_New(doc->mmgr, take, out);
    status |=
        HPDF_Stream_Write(stream, (const HPDF_BYTE *)header, sizeof header - 1);
    status |= HPDF_Xref_WriteToStream(doc->xref, stream, NULL);
    HPDF_Stream_Free(stream);
    if (status == HPDF_OK) {
        status = HPDF_GetError(doc);
    }
    if (status == HPDF_OK && store->failed) {
        status = HPDF_INVALID_OBJECT;
    }
    return status;
}
