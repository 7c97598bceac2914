/* Where the words and arrays of a document lie until it is freed. */
#ifndef LKV_REPORT_OWNER_H
#define LKV_REPORT_OWNER_H

#include <stddef.h>

#include <glib.h>

typedef struct lkv_document_text lkv_document_text;

lkv_document_text *lkv_document_text_new(void);
void lkv_document_text_free(lkv_document_text *owner);

/* A copy of TEXT, the same for equal texts. */
const char *lkv_document_text_name(lkv_document_text *owner, const char *text);
/* A copy of the SIZE bytes at FROM; NULL for none. */
const void *lkv_document_text_keep(lkv_document_text *owner, const void *from,
                                   size_t size);

#endif
