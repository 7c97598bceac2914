/* JSON as people may open it: indented, keys in the order in which they were put
 * in.
 */
#ifndef LKV_APP_JSON_FILE_H
#define LKV_APP_JSON_FILE_H

#include <jansson.h>

/* The text of ROOT, a line end last; g_free. Takes ROOT over. */
char *lkv_json_file(json_t *root);

#endif
