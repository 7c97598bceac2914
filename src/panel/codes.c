#include "panel/codes.h"

#include <string.h>

#include "ingest/table.h"

enum { TEXTS_SHOWN = 3 };

struct lkv_coder {
    const lkv_input *input;
    const lkv_field *field; /* of the vocabulary, or NULL */
    const char *id;
    bool stated; /* the study has codes for it */
    GHashTable *seen; /* text → code, or "" for none */
    GStringChunk *text;
};

lkv_coder *lkv_coder_new(const lkv_input *input, const lkv_fields *fields,
                         const char *field)
{
    lkv_coder *coder = g_new0(lkv_coder, 1);
    coder->input = input;
    coder->id = field;
    coder->field = lkv_fields_find(fields, input->table, field);
    coder->seen = g_hash_table_new(g_str_hash, g_str_equal);
    coder->text = g_string_chunk_new(256);
    for (size_t i = 0; i < input->code_count; i++) {
        coder->stated =
            coder->stated || strcmp(input->codes[i].field, field) == 0;
    }
    return coder;
}

void lkv_coder_free(lkv_coder *coder)
{
    if (!coder) {
        return;
    }
    g_hash_table_unref(coder->seen);
    g_string_chunk_free(coder->text);
    g_free(coder);
}

/* Of a stated mapping, a text that is itself one of our codes counts too. */
static const char *stated_code(const lkv_coder *coder, const char *text)
{
    const char *same = NULL;
    for (size_t i = 0; i < coder->input->code_count; i++) {
        const lkv_code_map *map = &coder->input->codes[i];
        if (strcmp(map->field, coder->id) != 0) {
            continue;
        }
        if (strcmp(map->text, text) == 0) {
            return map->code;
        }
        if (strcmp(map->code, text) == 0) {
            same = map->code;
        }
    }
    return same;
}

static const char *look_up(lkv_coder *coder, const char *text)
{
    if (coder->stated) {
        return stated_code(coder, text);
    }
    if (coder->field && coder->field->code_count > 0) {
        return lkv_field_code_of(coder->field, text);
    }
    return text;
}

const char *lkv_coder_code(lkv_coder *coder, const char *text, bool *unknown)
{
    *unknown = false;
    if (lkv_table_missing(coder->input, text)) {
        return NULL;
    }
    const char *seen = g_hash_table_lookup(coder->seen, text);
    if (!seen) {
        const char *code = look_up(coder, text);
        seen = g_string_chunk_insert(coder->text, code ? code : "");
        g_hash_table_insert(coder->seen,
                            g_string_chunk_insert(coder->text, text),
                            (gpointer)(uintptr_t)seen);
    }
    *unknown = !*seen;
    return *seen ? seen : NULL;
}

/* "f (Flicka, F …)": CODE and the first of TEXTS, which are its. */
static void known_add(GString *out, const char *code, GPtrArray *texts)
{
    g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", code);
    for (guint i = 0; i < MIN(texts->len, TEXTS_SHOWN); i++) {
        g_string_append_printf(out, "%s%s", i == 0 ? " (" : ", ",
                               (const char *)g_ptr_array_index(texts, i));
    }
    if (texts->len > 0) {
        g_string_append(out, texts->len > TEXTS_SHOWN ? " …)" : ")");
    }
    g_ptr_array_set_size(texts, 0);
}

static void stated_add(GString *out, const lkv_coder *coder)
{
    const lkv_input *input = coder->input;
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (size_t i = 0; i < input->code_count; i++) {
        const lkv_code_map *map = &input->codes[i];
        if (strcmp(map->field, coder->id) != 0) {
            continue;
        }
        g_ptr_array_add(texts, (gpointer)(uintptr_t)map->text);
        bool last = i + 1 == input->code_count ||
                    strcmp(map[1].field, map->field) != 0 ||
                    strcmp(map[1].code, map->code) != 0;
        if (last) {
            known_add(out, map->code, texts);
        }
    }
}

char *lkv_coder_known(const lkv_coder *coder)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    if (coder->stated) {
        stated_add(out, coder);
    }
    for (size_t i = 0;
         !coder->stated && coder->field && i < coder->field->code_count; i++) {
        const lkv_field_code *code = &coder->field->codes[i];
        for (size_t k = 0; code->synonyms && code->synonyms[k]; k++) {
            g_ptr_array_add(texts, (gpointer)(uintptr_t)code->synonyms[k]);
        }
        known_add(out, code->code, texts);
    }
    return g_string_free(out, FALSE);
}

void lkv_coder_report(const lkv_coder *coder, const char *text, long line,
                      lkv_diag *diag)
{
    g_autofree char *known = lkv_coder_known(coder);
    lkv_message *message = lkv_diag_add(diag, "W-CODE-UNKNOWN",
                                        (lkv_place){.file = coder->input->name,
                                                    .line = line,
                                                    .field = coder->id},
                                        "this is not a code for %s; it counts "
                                        "as missing",
                                        coder->id);
    lkv_record_excerpt(message, text, LKV_SHOWN_CODE);
    lkv_message_why(message, "%s knows %s", coder->id, known);
    lkv_message_fix(message, "add it under inputs.%s.codes.%s, or to missing",
                    lkv_table_id(coder->input->table), coder->id);
}
