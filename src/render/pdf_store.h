/* The objects of one file: libharu numbers, frames and lists them, their
 * contents are text of ours.
 *
 * Only this module and the pages know libharu. Memory comes from GLib, so no
 * call fails for want of it; any other failure of libharu sticks and shows in
 * lkv_pdf_store_save.
 */
#ifndef LKV_RENDER_PDF_STORE_H
#define LKV_RENDER_PDF_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

typedef struct lkv_pdf_store lkv_pdf_store;

/* An indirect object; NUMBER is what references name. BODY is the inside of
 * its dictionary, to be filled before the store is saved.
 */
typedef struct lkv_pdf_object {
    unsigned number;
    GString *body;
} lkv_pdf_object;

/* LEVEL as in lkv_pdf_meta. */
lkv_pdf_store *lkv_pdf_store_new(int level);
void lkv_pdf_store_free(lkv_pdf_store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_pdf_store, lkv_pdf_store_free)

lkv_pdf_object *lkv_pdf_object_new(lkv_pdf_store *store);

/* An object whose body is written when the file is: WRITE appends it for WHAT
 * and INDEX, which must stay until then. For the many elements of a document.
 */
typedef void (*lkv_pdf_writer)(GString *out, const void *what, size_t index);
unsigned lkv_pdf_object_late(lkv_pdf_store *store, lkv_pdf_writer write,
                             const void *what, size_t index);

/* A stream of these bytes, compressed as the store says; PACKED bytes are in
 * the format of zlib already.
 */
lkv_pdf_object *lkv_pdf_stream_new(lkv_pdf_store *store, const void *bytes,
                                   size_t size);
lkv_pdf_object *lkv_pdf_stream_packed(lkv_pdf_store *store, GBytes *packed);
/* The same, never compressed: for metadata. */
lkv_pdf_object *lkv_pdf_stream_plain(lkv_pdf_store *store, const void *bytes,
                                     size_t size);

/* The catalogue and the dictionary of document information. */
lkv_pdf_object *lkv_pdf_store_catalogue(lkv_pdf_store *store);
lkv_pdf_object *lkv_pdf_store_information(lkv_pdf_store *store);

/* Adds an A4 page; pages first, so that they are known to all others. */
unsigned lkv_pdf_store_page(lkv_pdf_store *store);
/* What page INDEX shows: its content, its place in the parent tree, the fonts
 * (object of a font dictionary), pictures and its annotations (object numbers).
 */
typedef struct lkv_pdf_leaf {
    const char *content;
    size_t size;
    unsigned parents, fonts;
    unsigned pictures; /* object of a dictionary of them, or 0 */
    const unsigned *annotation;
    size_t annotations;
} lkv_pdf_leaf;
void lkv_pdf_store_fill(lkv_pdf_store *store, size_t index,
                        const lkv_pdf_leaf *leaf);

/* Version of libharu, "2.3.0"; lent. */
const char *lkv_pdf_store_version(void);

/* Appends the file to OUT; its identifier is the hash of all before it. 0, or
 * the number of libharu's error.
 */
unsigned long lkv_pdf_store_save(lkv_pdf_store *store, GByteArray *out);

#endif
