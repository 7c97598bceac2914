/* Parts of a web page that have files of their own. */
#ifndef LKV_RENDER_HTML_PARTS_H
#define LKV_RENDER_HTML_PARTS_H

#include "render/content.h"
#include "render/picture.h"

/* All up to the body: language, title and style. */
void lkv_html_head(const lkv_press *press, GString *out);
/* The picture in the page itself; its words stand beside it. NULL = none. */
void lkv_html_logo(const lkv_picture *logo, GString *out);

#endif
