#include "app/filename.h"

#include <string.h>

#include <glib.h>

#include "base/hash.h"
#include "base/locale.h"

enum { CODE_MOST = 100, NAME_MOST = 60 };

static void append_code(GString *out, const char *code)
{
    for (const unsigned char *at = (const unsigned char *)code; *at; at++) {
        if (g_ascii_isdigit(*at)) {
            g_string_append_c(out, (char)*at);
        } else if (g_ascii_isupper(*at)) {
            g_string_append_c(out, g_ascii_tolower((char)*at));
        } else {
            g_string_append_printf(out, "_%02x", *at);
        }
    }
}

char *lkv_filename_school(const char *code, const char *name)
{
    GString *out = g_string_new(NULL);
    append_code(out, code);
    if (out->len > CODE_MOST) {
        lkv_hash hash = lkv_hash_of(code, strlen(code));
        char text[LKV_HASH_TEXT];
        g_string_truncate(out, CODE_MOST);
        g_string_append_printf(out, "_h%.32s", lkv_hash_text(&hash, text));
    }
    g_autofree char *slug = lkv_text_ascii(name);
    if (strlen(slug) > NAME_MOST) {
        slug[NAME_MOST] = '\0';
    }
    g_string_append_printf(out, "-%s.pdf", *slug ? slug : "school");
    return g_string_free(out, FALSE);
}
