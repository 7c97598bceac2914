#include "disclose/proof.h"

#include <string.h>

#include "base/clean.h"

/* A sign alone, such as the dash of a scale, computes nothing. */
static bool computes(const char *text)
{
    return lkv_text_formula(text) && text[1] != '\0';
}

void lkv_proof_field(GString *out, const char *text)
{
    const char *defuse = computes(text) ? "'" : "";
    if (!strpbrk(text, ",\"\r\n")) {
        g_string_append_printf(out, "%s%s", defuse, text);
        return;
    }
    g_string_append_printf(out, "\"%s", defuse);
    for (const char *at = text; *at; at++) {
        g_string_append(out, *at == '"' ? "\"" : "");
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
}

/* A bar parts the members of a group, so no name has one. */
static char *plain(const char *prefix, const char *text)
{
    char *name = g_strconcat(prefix, text, NULL);
    return g_strdelimit(name, "|\r\n", '/');
}

char *lkv_proof_axis(const lkv_cube *cube, lkv_axis axis)
{
    return plain("", lkv_cube_axis_id(cube, axis));
}

/* A leaf and a group of one axis may have the same id; the values of a dim
 * must differ. A name that a spreadsheet would compute is defused here, so that
 * it is the same in every list.
 */
char *lkv_proof_value(const lkv_cube *cube, lkv_term term)
{
    const char *id = lkv_cube_value_id(cube, term);
    bool first = lkv_cube_value_find(cube, term.axis, id) == term.value;
    return plain(!first ? "group:" : computes(id) ? "'" : "", id);
}

static void encode(GString *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (strchr(";=%,\"", *at)) {
            g_string_append_printf(out, "%%%02X", (unsigned char)*at);
        } else {
            g_string_append_c(out, *at);
        }
    }
}

void lkv_proof_where(GString *out, const lkv_cube *cube, const lkv_where *where)
{
    for (size_t i = 0; i < where->terms; i++) {
        g_autofree char *axis = lkv_proof_axis(cube, where->term[i].axis);
        g_autofree char *value = lkv_proof_value(cube, where->term[i]);
        g_string_append(out, i > 0 ? ";" : "");
        encode(out, axis);
        g_string_append_c(out, '=');
        encode(out, value);
    }
}

char *lkv_proof_outcome(const lkv_frame *frame, uint16_t number)
{
    const lkv_outcome *outcome = lkv_frame_outcome(frame, number);
    g_autofree char *id =
        outcome->subject ? g_strconcat(outcome->id, ":", outcome->subject, NULL)
                         : g_strdup(outcome->id);
    return g_strdelimit(plain("", id), "=,", '/');
}
