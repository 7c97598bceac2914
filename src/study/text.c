#include "study/text.h"

#include <string.h>

#include "study/folder.h"
#include "study/text_held.h"
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

static bool add_tree(lkv_catalogue *catalogue, const lkv_node *root, bool rest,
                     lkv_diag *diag)
{
    lkv_adder adder = {.catalogue = catalogue,
                       .diag = diag,
                       .key = g_string_new(NULL),
                       .sound = true,
                       .rest = rest};
    add_map(&adder, root);
    g_string_free(adder.key, TRUE);
    return adder.sound && !root->bad;
}

/* The tree of another language than the one in PATH: English, or else the first;
 * NULL when there is none that can be read.
 */
static const lkv_node *model_of(lkv_yaml *yaml, const char *path)
{
    g_auto(GStrv) names = lkv_reports_names("text");
    g_autofree char *model = lkv_reports_file("text", "en");
    for (size_t i = 0; names[i] && (model == NULL || strcmp(model, path) == 0);
         i++) {
        g_free(model);
        model = lkv_reports_file("text", names[i]);
    }
    if (model == NULL || strcmp(model, path) == 0) {
        return NULL;
    }
    g_autoptr(lkv_diag) elsewhere = lkv_diag_new();
    const lkv_node *root = lkv_yaml_read(yaml, model, elsewhere);
    return root && !root->bad ? root : NULL;
}

/* Sentences of the file OVER, if not NULL, stand for those of PATH; both are
 * held against what they ought to say.
 */
static bool add_files(lkv_catalogue *catalogue, const char *over,
                      const char *path, lkv_diag *diag)
{
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    const lkv_node *root = lkv_yaml_read(yaml, path, diag);
    const lkv_node *top = over ? lkv_yaml_read(yaml, over, diag) : NULL;
    if (!root || (over && !top) ||
        (top && !add_tree(catalogue, top, false, diag)) ||
        !add_tree(catalogue, root, top != NULL, diag)) {
        return false;
    }
    const lkv_node *model = model_of(yaml, path);
    bool whole = !model || lkv_text_held(root, model, false, diag);
    return (!top || lkv_text_held(top, root, true, diag)) && whole;
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
    return add_files(catalogue, over, path, diag) ? g_steal_pointer(&catalogue)
                                                  : NULL;
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
