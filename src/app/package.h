/* datapackage.json, which explains every column of results.csv to programs:
 * Frictionless Data Package 2.0.
 */
#ifndef LKV_APP_PACKAGE_H
#define LKV_APP_PACKAGE_H

#include "app/handle.h"

/* Of RUN; g_free. */
char *lkv_package_text(const likvard *run);

#endif
