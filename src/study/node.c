#include "study/yaml.h"

#include <string.h>

#include "base/decimal.h"
#include "base/wide.h"

size_t lkv_node_size(const lkv_node *node)
{
    return node->entries ? node->entries->len : 0;
}

size_t lkv_node_map_size(const lkv_node *node)
{
    return node && node->kind == LKV_NODE_MAP ? lkv_node_size(node) : 0;
}

size_t lkv_node_list_size(const lkv_node *node)
{
    return node && node->kind == LKV_NODE_LIST ? lkv_node_size(node) : 0;
}

lkv_entry *lkv_node_at(const lkv_node *node, size_t index)
{
    return &g_array_index(node->entries, lkv_entry, index);
}

lkv_node *lkv_node_find(const lkv_node *node, const char *key)
{
    if (!node || node->kind != LKV_NODE_MAP) {
        return NULL;
    }
    for (size_t i = 0; i < lkv_node_size(node); i++) {
        const lkv_entry *entry = lkv_node_at(node, i);
        if (strcmp(entry->key, key) == 0) {
            return entry->value;
        }
    }
    return NULL;
}

void lkv_node_put(lkv_node *node, lkv_entry entry)
{
    for (size_t i = 0; entry.key && i < lkv_node_size(node); i++) {
        if (strcmp(lkv_node_at(node, i)->key, entry.key) == 0) {
            *lkv_node_at(node, i) = entry;
            return;
        }
    }
    g_array_append_val(node->entries, entry);
}

bool lkv_node_is_null(const lkv_node *node)
{
    return node->kind == LKV_NODE_TEXT && !node->quoted &&
           (!*node->text || strcmp(node->text, "null") == 0 ||
            strcmp(node->text, "~") == 0);
}

lkv_place lkv_node_place(const lkv_node *node, const char *field)
{
    return (lkv_place){node->file, node->line, node->column, field};
}

static const lkv_node *usable(const lkv_node *node, const char *key,
                              lkv_node_kind kind)
{
    const lkv_node *value = lkv_node_find(node, key);
    bool there =
        value && value->kind == kind && !value->bad && !lkv_node_is_null(value);
    return there ? value : NULL;
}

const char *lkv_node_text(const lkv_node *node, const char *key)
{
    const lkv_node *value = usable(node, key, LKV_NODE_TEXT);
    return value ? value->text : NULL;
}

int64_t lkv_node_whole(const lkv_node *node, const char *key, int64_t fallback)
{
    const char *text = lkv_node_text(node, key);
    int64_t number = 0;
    return text && lkv_text_whole(text, &number) ? number : fallback;
}

double lkv_node_real(const lkv_node *node, const char *key, double fallback)
{
    const char *text = lkv_node_text(node, key);
    double number = 0;
    return text && lkv_text_real(text, &number) ? number : fallback;
}

bool lkv_node_yes(const lkv_node *node, const char *key, bool fallback)
{
    const char *text = lkv_node_text(node, key);
    bool yes = false;
    return text && lkv_text_yes(text, &yes) ? yes : fallback;
}

const char *const *lkv_node_texts(lkv_yaml *yaml, const lkv_node *node,
                                  const char *key)
{
    const lkv_node *list = usable(node, key, LKV_NODE_LIST);
    if (!list) {
        return NULL;
    }
    const char **texts = g_new0(const char *, lkv_node_size(list) + 1);
    size_t count = 0;
    for (size_t i = 0; i < lkv_node_size(list); i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        if (item->kind == LKV_NODE_TEXT && !item->bad) {
            texts[count++] = item->text;
        }
    }
    return lkv_yaml_keep(yaml, texts);
}

static bool read_number(const char *text, lkv_decimal *out)
{
    return *text && strspn(text, "-.0123456789") == strlen(text) &&
           lkv_decimal_read(text, strlen(text), '.', out) == LKV_DECIMAL_OK;
}

bool lkv_text_whole(const char *text, int64_t *out)
{
    lkv_decimal number;
    if (!read_number(text, &number) || number.decimals) {
        return false;
    }
    *out = number.mantissa;
    return true;
}

bool lkv_text_real(const char *text, double *out)
{
    lkv_decimal number;
    if (!read_number(text, &number)) {
        return false;
    }
    *out = lkv_wide_ratio(number.mantissa, lkv_power_of_ten(number.decimals));
    return true;
}

bool lkv_text_yes(const char *text, bool *out)
{
    if (strcmp(text, "yes") == 0 || strcmp(text, "true") == 0) {
        *out = true;
        return true;
    }
    *out = false;
    return strcmp(text, "no") == 0 || strcmp(text, "false") == 0;
}
