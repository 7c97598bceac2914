/* A document as a web page of its own: no script, no file beside it. */
#ifndef LKV_RENDER_HTML_H
#define LKV_RENDER_HTML_H

#include "render/render.h"

/* Where a link leads, seen from the page; LANGUAGE where it is another than the
 * page's, or NULL.
 */
typedef struct lkv_html_link {
    const char *href, *text, *language;
} lkv_html_link;

/* Links under a heading of their own; ID is where the page's menu leads. */
typedef struct lkv_html_list {
    const char *id, *heading;
    const lkv_html_link *link;
    size_t links;
} lkv_html_list;

/* PAGES is as for lkv_render_pdf, but that no date is written. OTHERS is the
 * page in other languages. Lists stand behind the document.
 */
typedef struct lkv_html_job {
    lkv_pdf_job pages;
    const lkv_html_link *other;
    size_t others;
    const lkv_html_list *list;
    size_t lists;
} lkv_html_job;

/* The bytes of the page; g_free. A fault of a catalogue is reported. */
char *lkv_render_html(const lkv_html_job *job, lkv_diag *diag);

#endif
