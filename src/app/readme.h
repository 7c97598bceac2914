/* README.txt of a run folder: what each file is, in Swedish and English. */
#ifndef LKV_APP_README_H
#define LKV_APP_README_H

#include "app/handle.h"

/* The text, g_free; NULL with a report when a catalogue cannot be read. */
char *lkv_readme_text(likvard *run);

#endif
