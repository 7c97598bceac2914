#include "report/owner.h"

struct lkv_document_text {
    GStringChunk *names;
    GPtrArray *blocks;
};

lkv_document_text *lkv_document_text_new(void)
{
    lkv_document_text *owner = g_new0(lkv_document_text, 1);
    owner->names = g_string_chunk_new(1024);
    owner->blocks = g_ptr_array_new_with_free_func(g_free);
    return owner;
}

void lkv_document_text_free(lkv_document_text *owner)
{
    if (!owner) {
        return;
    }
    g_string_chunk_free(owner->names);
    g_ptr_array_unref(owner->blocks);
    g_free(owner);
}

const char *lkv_document_text_name(lkv_document_text *owner, const char *text)
{
    return g_string_chunk_insert_const(owner->names, text);
}

const void *lkv_document_text_keep(lkv_document_text *owner, const void *from,
                                   size_t size)
{
    if (size == 0) {
        return NULL;
    }
    void *block = g_memdup2(from, size);
    g_ptr_array_add(owner->blocks, block);
    return block;
}
