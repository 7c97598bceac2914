#include "render/hyphens.h"

#include <stdlib.h>
#include <string.h>

#include <hyphen.h>

#include "base/file.h"

#define FOLDER "/usr/share/hyphen"

enum { LIMIT = 16 * 1024 * 1024, CODING_MOST = 32 };

struct lkv_hyphens {
    HyphenDict *patterns;
    char *path;
    lkv_hash hash;
    char coding[CODING_MOST]; /* of the patterns: their first line */
};

/* "hyph_sv_SE.dic" of "sv": the first in byte order, so that it is the same on
 * every machine with the same packages.
 */
static char *file_of(const char *language)
{
    g_autofree char *begin = g_strdup_printf("hyph_%s", language);
    g_autofree char *found = NULL;
    GDir *folder = g_dir_open(FOLDER, 0, NULL);
    for (const char *name = folder ? g_dir_read_name(folder) : NULL; name;
         name = g_dir_read_name(folder)) {
        char after = g_str_has_prefix(name, begin) ? name[strlen(begin)] : 'x';
        if ((after == '_' || after == '.') && g_str_has_suffix(name, ".dic") &&
            (!found || strcmp(name, found) < 0)) {
            g_free(found);
            found = g_strdup(name);
        }
    }
    if (folder) {
        g_dir_close(folder);
    }
    return found ? g_build_filename(FOLDER, found, NULL) : NULL;
}

static void read_coding(lkv_hyphens *hyphens, const char *bytes)
{
    size_t length = strcspn(bytes, "\r\n");
    if (length < CODING_MOST) {
        memcpy(hyphens->coding, bytes, length);
    }
}

lkv_hyphens *lkv_hyphens_load(const char *language, lkv_diag *diag)
{
    g_autofree char *path = file_of(language);
    if (!path) {
        return NULL;
    }
    size_t size = 0;
    g_autofree char *bytes = lkv_file_read(path, LIMIT, &size, diag);
    if (!bytes) {
        return NULL;
    }
    g_autoptr(lkv_hyphens) hyphens = g_new0(lkv_hyphens, 1);
    hyphens->hash = lkv_hash_of(bytes, size);
    read_coding(hyphens, bytes);
    hyphens->patterns = hnj_hyphen_load(path);
    hyphens->path = g_steal_pointer(&path);
    return hyphens->patterns ? g_steal_pointer(&hyphens) : NULL;
}

void lkv_hyphens_free(lkv_hyphens *hyphens)
{
    if (hyphens) {
        if (hyphens->patterns) {
            hnj_hyphen_free(hyphens->patterns);
        }
        g_free(hyphens->path);
        g_free(hyphens);
    }
}

const char *lkv_hyphens_path(const lkv_hyphens *hyphens)
{
    return hyphens->path;
}

lkv_hash lkv_hyphens_hash(const lkv_hyphens *hyphens)
{
    return hyphens->hash;
}

/* ---- words ----------------------------------------------------------------- */

/* WORD as the patterns know it; NULL if they cannot: in capitals (a name's
 * letters stand for words), or with letters that their coding lacks.
 */
static char *known_as(const lkv_hyphens *hyphens, const char *word,
                      size_t length)
{
    const char *rest = g_utf8_next_char(word);
    for (const char *at = rest; at < word + length; at = g_utf8_next_char(at)) {
        if (!g_unichar_islower(g_utf8_get_char(at))) {
            return NULL;
        }
    }
    g_autofree char *low = g_utf8_strdown(word, (gssize)length);
    if (g_utf8_strlen(low, -1) != g_utf8_strlen(word, (gssize)length)) {
        return NULL;
    }
    return g_convert(low, -1, hyphens->coding, "UTF-8", NULL, NULL, NULL);
}

static void free_changes(char **changes, size_t count, int *at, int *cut)
{
    for (size_t i = 0; changes && i < count; i++) {
        free(changes[i]);
    }
    free(changes);
    free(at);
    free(cut);
}

/* Adds the places in WORD, which begins at START. */
static void divide(const lkv_hyphens *hyphens, const char *word, size_t start,
                   size_t length, GArray *out)
{
    glong letters = g_utf8_strlen(word, (gssize)length);
    g_autofree char *known = letters >= 2 * LKV_HYPHEN_LEAST
                                 ? known_as(hyphens, word, length)
                                 : NULL;
    if (!known) {
        return;
    }
    size_t bytes = strlen(known);
    g_autofree char *marks = g_malloc0(bytes + 5); /* as libhyphen asks */
    char **changes = NULL;
    int *at = NULL, *cut = NULL;
    if (hnj_hyphen_hyphenate2(hyphens->patterns, known, (int)bytes, marks, NULL,
                              &changes, &at, &cut) == 0) {
        const char *letter = word;
        for (glong i = 1; i < letters; i++) {
            letter = g_utf8_next_char(letter);
            size_t offset = start + (size_t)(letter - word);
            if (i >= LKV_HYPHEN_LEAST && letters - i >= LKV_HYPHEN_LEAST &&
                marks[i - 1] & 1 && !(changes && changes[i - 1])) {
                g_array_append_val(out, offset);
            }
        }
    }
    free_changes(changes, bytes, at, cut);
}

GArray *lkv_hyphens_of(const lkv_hyphens *hyphens, const char *text,
                       size_t length)
{
    GArray *out = g_array_new(FALSE, TRUE, sizeof(size_t));
    const char *end = text + length;
    for (const char *at = text; at < end;) {
        const char *begin = at;
        while (at < end && g_unichar_isalpha(g_utf8_get_char(at))) {
            at = g_utf8_next_char(at);
        }
        if (at > begin) {
            divide(hyphens, begin, (size_t)(begin - text), (size_t)(at - begin),
                   out);
        } else {
            at = g_utf8_next_char(at);
        }
    }
    return out;
}
