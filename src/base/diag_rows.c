#include "base/diag.h"

#include <string.h>

#include "base/clean.h"
#include "base/codes.h"
#include "base/diag_order.h"

/* TEXT as one CSV field (RFC 4180), formulas made harmless by an apostrophe. */
static void field_add(GString *out, const char *text)
{
    if (!text) {
        return;
    }
    const char *guard = lkv_text_formula(text) ? "'" : "";
    if (!strpbrk(text, ",\"\n\r")) {
        g_string_append_printf(out, "%s%s", guard, text);
        return;
    }
    g_string_append_printf(out, "\"%s", guard);
    for (; *text; text++) {
        if (*text == '"') {
            g_string_append_c(out, '"');
        }
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static void number_add(GString *out, long number)
{
    if (number > 0) {
        g_string_append_printf(out, "%ld", number);
    }
}

static void row_add(GString *out, const lkv_message *message)
{
    g_string_append_printf(out, "%s,%s,", lkv_severity_word(message->severity),
                           message->code);
    field_add(out, message->file);
    g_string_append_c(out, ',');
    number_add(out, message->line);
    g_string_append_c(out, ',');
    number_add(out, message->column);
    const char *const texts[] = {message->field, message->what, message->why,
                                 message->fix};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_string_append_c(out, ',');
        field_add(out, texts[i]);
    }
    g_string_append_c(out, '\n');
}

char *lkv_diag_csv(const lkv_diag *diag)
{
    g_autoptr(GPtrArray) sorted = lkv_diag_sorted(diag);
    GString *out =
        g_string_new("severity,code,file,line,column,field,what,why,fix\n");
    for (guint i = 0; i < sorted->len; i++) {
        row_add(out, g_ptr_array_index(sorted, i));
    }
    return g_string_free(out, FALSE);
}

/* Texts hold no control bytes, see lkv_diag_add; two characters are left. */
static void json_text(GString *out, const char *name, const char *text)
{
    if (!text) {
        return;
    }
    g_string_append_printf(out, ",\"%s\":\"", name);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static void json_number(GString *out, const char *name, long number)
{
    if (number > 0) {
        g_string_append_printf(out, ",\"%s\":%ld", name, number);
    }
}

char *lkv_diag_jsonl(const lkv_diag *diag)
{
    g_autoptr(GPtrArray) sorted = lkv_diag_sorted(diag);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < sorted->len; i++) {
        const lkv_message *message = g_ptr_array_index(sorted, i);
        g_string_append_printf(out, "{\"level\":\"%s\"",
                               lkv_severity_word(message->severity));
        json_text(out, "code", message->code);
        json_text(out, "file", message->file);
        json_number(out, "line", message->line);
        json_number(out, "column", message->column);
        json_text(out, "field", message->field);
        json_text(out, "message", message->what);
        json_text(out, "why", message->why);
        json_text(out, "hint", message->fix);
        g_string_append(out, "}\n");
    }
    return g_string_free(out, FALSE);
}
