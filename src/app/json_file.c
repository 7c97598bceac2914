#include "app/json_file.h"

#include <stdlib.h>

#include <glib.h>

char *lkv_json_file(json_t *root)
{
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(root);
    char *lines = g_strconcat(text, "\n", NULL);
    free(text);
    return lines;
}
