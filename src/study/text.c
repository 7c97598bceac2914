#include "study/text.h"

#include <string.h>

#include "study/folder.h"
#include "study/yaml.h"

typedef struct lkv_adder {
    lkv_catalogue *catalogue;
    lkv_diag *diag;
    GString *key;
    bool sound;
    bool rest; /* only keys that are not there yet */
} lkv_adder;

static void refuse(lkv_adder *adder, const lkv_node *node, const char *what)
{
    adder->sound = false;
    lkv_diag_add(adder->diag, "E-TEXT-PATTERN",
                 lkv_node_place(node, adder->key->str), "\"%s\": %s",
                 adder->key->str, what);
}

static void add_map(lkv_adder *adder, const lkv_node *map);

static void add_entry(lkv_adder *adder, const lkv_entry *entry)
{
    gsize length = adder->key->len;
    if (length) {
        g_string_append_c(adder->key, '.');
    }
    g_string_append(adder->key, entry->key);
    const lkv_node *value = entry->value;
    g_autofree char *error = NULL;
    if (value->kind == LKV_NODE_MAP) {
        add_map(adder, value);
    } else if (value->kind == LKV_NODE_LIST) {
        refuse(adder, value, "a list stands where a sentence is wanted");
    } else if (!*value->text && !value->quoted) {
        refuse(adder, value, "the sentence is missing");
    } else if (adder->rest &&
               lkv_catalogue_has(adder->catalogue, adder->key->str)) {
        g_string_truncate(adder->key, length);
        return;
    } else if (!lkv_catalogue_add(adder->catalogue, adder->key->str,
                                  value->text, &error)) {
        refuse(adder, value, error);
    }
    g_string_truncate(adder->key, length);
}

static void add_map(lkv_adder *adder, const lkv_node *map)
{
    for (size_t i = 0; i < lkv_node_size(map); i++) {
        add_entry(adder, lkv_node_at(map, i));
    }
}

/* "en-GB" is served by en-GB.yml, else by en.yml. */
static char *path_of(const char *language)
{
    char *path = lkv_reports_file("text", language);
    if (path || !strchr(language, '-')) {
        return path;
    }
    g_autofree char *plain =
        g_strndup(language, (size_t)(strchr(language, '-') - language));
    return lkv_reports_file("text", plain);
}

static bool add_file(lkv_catalogue *catalogue, const char *path, bool rest,
                     lkv_diag *diag)
{
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    const lkv_node *root = lkv_yaml_read(yaml, path, diag);
    if (!root) {
        return false;
    }
    lkv_adder adder = {.catalogue = catalogue,
                       .diag = diag,
                       .key = g_string_new(NULL),
                       .sound = true,
                       .rest = rest};
    add_map(&adder, root);
    g_string_free(adder.key, TRUE);
    return adder.sound && !root->bad;
}

/* Sentences of OVER, if not NULL, stand for those of the language. */
static lkv_catalogue *read_over(const lkv_locale *locale, const char *over,
                                lkv_diag *diag)
{
    const char *language = lkv_locale_language(locale);
    g_autofree char *path = path_of(language);
    if (!path) {
        g_auto(GStrv) names = lkv_reports_names("text");
        g_autofree char *all = g_strjoinv(", ", names);
        lkv_message *message =
            lkv_diag_add(diag, "E-LANGUAGE-UNKNOWN",
                         (lkv_place){.field = "reports.languages"},
                         "no report can be written in \"%s\"", language);
        lkv_message_fix(message, "known languages: %s", *all ? all : "none");
        return NULL;
    }
    g_autoptr(lkv_catalogue) catalogue = lkv_catalogue_new(locale);
    bool sound = (!over || add_file(catalogue, over, false, diag)) &&
                 add_file(catalogue, path, over != NULL, diag);
    return sound ? g_steal_pointer(&catalogue) : NULL;
}

lkv_catalogue *lkv_text_read(const lkv_locale *locale, lkv_diag *diag)
{
    return read_over(locale, NULL, diag);
}

lkv_catalogue *lkv_text_read_easy(const lkv_locale *locale, lkv_diag *diag)
{
    const char *language = lkv_locale_language(locale);
    g_autofree char *over = lkv_reports_file("easy", language);
    if (!over) {
        lkv_diag_add(diag, "E-LANGUAGE-UNKNOWN",
                     (lkv_place){.field = "reports.easy"},
                     "no report can be written in \"%s\"", language);
        return NULL;
    }
    return read_over(locale, over, diag);
}
