#include "base/diag.h"

#include <stdint.h>
#include <string.h>

#include "base/clean.h"
#include "base/codes.h"

enum { CHUNK_BYTES = 4096, EXCERPT_BYTES = 40 };

/* A message and its owner, so that a lent message can be added to. */
typedef struct entry {
    lkv_message message; /* first: a lent message is its entry */
    lkv_diag *diag;
} entry;

struct lkv_diag {
    GArray *entries;
    GStringChunk *text; /* every distinct string once */
    size_t count[LKV_ERROR + 1];
};

lkv_diag *lkv_diag_new(void)
{
    lkv_diag *diag = g_new0(lkv_diag, 1);
    diag->entries = g_array_new(FALSE, FALSE, sizeof(entry));
    diag->text = g_string_chunk_new(CHUNK_BYTES);
    return diag;
}

void lkv_diag_free(lkv_diag *diag)
{
    if (!diag) {
        return;
    }
    g_array_unref(diag->entries);
    g_string_chunk_free(diag->text);
    g_free(diag);
}

static char *keep(lkv_diag *diag, const char *text)
{
    if (!text) {
        return NULL;
    }
    g_autofree char *clean = lkv_clean_text(text, SIZE_MAX);
    return g_string_chunk_insert_const(diag->text, clean);
}

static char *keep_printed(lkv_diag *diag, const char *format, va_list arguments)
    G_GNUC_PRINTF(2, 0);
static char *keep_printed(lkv_diag *diag, const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    return keep(diag, text);
}

lkv_message *lkv_diag_add(lkv_diag *diag, const char *code, lkv_place place,
                          const char *what, ...)
{
    const lkv_code *known = lkv_code_find(code);
    if (!known) {
        g_error("message code %s is not in codes.def", code);
    }
    entry added = {
        .message = {.severity = lkv_code_severity(code),
                    .fault = known->fault,
                    .code = known->code,
                    .file = keep(diag, place.file),
                    .line = place.line,
                    .column = place.column,
                    .field = keep(diag, place.field)},
        .diag = diag,
    };
    va_list arguments;
    va_start(arguments, what);
    added.message.what = keep_printed(diag, what, arguments);
    va_end(arguments);
    g_array_append_val(diag->entries, added);
    diag->count[added.message.severity]++;
    entry *last = &g_array_index(diag->entries, entry, diag->entries->len - 1);
    return &last->message;
}

static lkv_diag *owner(lkv_message *message)
{
    return ((entry *)(void *)message)->diag;
}

void lkv_message_why(lkv_message *message, const char *why, ...)
{
    va_list arguments;
    va_start(arguments, why);
    message->why = keep_printed(owner(message), why, arguments);
    va_end(arguments);
}

void lkv_message_fix(lkv_message *message, const char *fix, ...)
{
    va_list arguments;
    va_start(arguments, fix);
    message->fix = keep_printed(owner(message), fix, arguments);
    va_end(arguments);
}

void lkv_message_excerpt(lkv_message *message, const char *text)
{
    g_autofree char *clean = lkv_clean_text(text, EXCERPT_BYTES);
    message->excerpt = g_string_chunk_insert_const(owner(message)->text, clean);
}

static char *move(lkv_diag *into, const char *text)
{
    return text ? g_string_chunk_insert_const(into->text, text) : NULL;
}

void lkv_diag_merge(lkv_diag *into, lkv_diag *from)
{
    g_assert(into != from);
    for (guint i = 0; i < from->entries->len; i++) {
        entry moved = g_array_index(from->entries, entry, i);
        lkv_message *message = &moved.message;
        message->file = move(into, message->file);
        message->field = move(into, message->field);
        message->what = move(into, message->what);
        message->why = move(into, message->why);
        message->fix = move(into, message->fix);
        message->excerpt = move(into, message->excerpt);
        moved.diag = into;
        g_array_append_val(into->entries, moved);
        into->count[message->severity]++;
    }
    g_array_set_size(from->entries, 0);
    g_string_chunk_clear(from->text);
    memset(from->count, 0, sizeof from->count);
}

size_t lkv_diag_count(const lkv_diag *diag, lkv_severity severity)
{
    return diag->count[severity];
}

lkv_fault lkv_diag_fault(const lkv_diag *diag)
{
    lkv_fault gravest = LKV_FAULT_NONE;
    for (size_t i = 0; i < lkv_diag_size(diag); i++) {
        const lkv_message *message = lkv_diag_at(diag, i);
        if (message->severity != LKV_ERROR ||
            message->fault == LKV_FAULT_NONE) {
            continue;
        }
        if (gravest == LKV_FAULT_NONE || message->fault < gravest) {
            gravest = message->fault;
        }
    }
    return gravest;
}

bool lkv_diag_has(const lkv_diag *diag, const char *code)
{
    for (size_t i = 0; i < lkv_diag_size(diag); i++) {
        if (strcmp(lkv_diag_at(diag, i)->code, code) == 0) {
            return true;
        }
    }
    return false;
}

size_t lkv_diag_size(const lkv_diag *diag)
{
    return diag->entries->len;
}

const lkv_message *lkv_diag_at(const lkv_diag *diag, size_t index)
{
    g_assert(index < diag->entries->len);
    return &g_array_index(diag->entries, entry, index).message;
}
