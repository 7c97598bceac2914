/* YAML of any bytes: a tree, or at least one message. */
#define _GNU_SOURCE
#include "fuzz.h"

#include "study/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    const lkv_node *root =
        lkv_yaml_parse(yaml, (const char *)bytes, size, "fuzz.yml", diag);
    if ((!root || root->bad) && lkv_diag_size(diag) == 0) {
        abort();
    }
    return 0;
}
