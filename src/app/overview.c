#include "app/overview.h"

#include <string.h>

#include "base/locale.h"
#include "render/html.h"

/* The lists of links, in the order of the page. */
enum { LIST_DISTRICT, LIST_SCHOOLS, LIST_EASY, LIST_FILES, LISTS };

struct lkv_overview {
    const likvard *run;
    const lkv_catalogue *catalogue;
    GArray *links[LISTS]; /* lkv_html_link */
    GArray *others; /* lkv_html_link */
    GPtrArray *texts; /* owner of all words */
};

static const char *kept(lkv_overview *overview, char *text)
{
    g_ptr_array_add(overview->texts, text);
    return text;
}

static const char *said(lkv_overview *overview, const char *key)
{
    return kept(overview, lkv_catalogue_say(overview->catalogue, key, NULL, 0));
}

static void add_link(lkv_overview *overview, int list, const char *href,
                     const char *text)
{
    const lkv_html_link link = {.href = kept(overview, g_strdup(href)),
                                .text = text};
    g_array_append_val(overview->links[list], link);
}

/* Files of results, which lie beside the page. */
static void add_files(lkv_overview *overview)
{
    if (overview->run->study->reports.xlsx) {
        add_link(overview, LIST_FILES, "results.xlsx",
                 said(overview, "web.file_xlsx"));
    }
    add_link(overview, LIST_FILES, "results.csv",
             said(overview, "web.file_csv"));
    add_link(overview, LIST_FILES, "results.json",
             said(overview, "web.file_json"));
}

lkv_overview *lkv_overview_new(const likvard *run,
                               const lkv_catalogue *catalogue)
{
    lkv_overview *overview = g_new0(lkv_overview, 1);
    overview->run = run;
    overview->catalogue = catalogue;
    overview->texts = g_ptr_array_new_with_free_func(g_free);
    overview->others = g_array_new(FALSE, TRUE, sizeof(lkv_html_link));
    for (size_t i = 0; i < LISTS; i++) {
        overview->links[i] = g_array_new(FALSE, TRUE, sizeof(lkv_html_link));
    }
    add_files(overview);
    return overview;
}

void lkv_overview_free(lkv_overview *overview)
{
    if (!overview) {
        return;
    }
    for (size_t i = 0; i < LISTS; i++) {
        g_array_unref(overview->links[i]);
    }
    g_array_unref(overview->others);
    g_ptr_array_unref(overview->texts);
    g_free(overview);
}

void lkv_overview_language(lkv_overview *overview,
                           const lkv_catalogue *catalogue, const char *href)
{
    const lkv_locale *locale = lkv_catalogue_locale(catalogue);
    const lkv_html_link link = {
        .href = kept(overview, g_strdup(href)),
        .text = kept(overview,
                     lkv_catalogue_say(catalogue, "web.language", NULL, 0)),
        .language = lkv_locale_language(locale)};
    g_array_append_val(overview->others, link);
}

void lkv_overview_report(lkv_overview *overview, uint16_t unit, bool easy,
                         const char *href)
{
    const lkv_unit *school = lkv_frame_unit(overview->run->frame, unit);
    if (unit == 0) {
        add_link(overview, LIST_DISTRICT, href,
                 said(overview, "web.district_report"));
        return;
    }
    const char *name = school->name ? school->name : school->id;
    add_link(overview, easy ? LIST_EASY : LIST_SCHOOLS, href,
             kept(overview, g_strdup(name)));
}

/* Schools of one name by their code, which begins the name of the file. */
static gint by_name(gconstpointer a, gconstpointer b, gpointer locale)
{
    const lkv_html_link *left = a, *right = b;
    int order = lkv_locale_compare(locale, left->text, right->text);
    return order ? order : strcmp(left->href, right->href);
}

/* Fills LIST with what there is to link to; how many lists that are. */
static size_t fill_lists(lkv_overview *overview, lkv_html_list *list)
{
    static const char *const ids[LISTS] = {"district", "schools", "easy",
                                           "files"};
    static const char *const headings[LISTS] = {
        "web.district", "web.schools", "web.schools_easy", "web.files"};
    const lkv_locale *locale = lkv_catalogue_locale(overview->catalogue);
    size_t count = 0;
    for (size_t i = 0; i < LISTS; i++) {
        GArray *links = overview->links[i];
        if (i == LIST_SCHOOLS || i == LIST_EASY) {
            g_array_sort_with_data(links, by_name, (gpointer)(uintptr_t)locale);
        }
        if (links->len > 0) {
            list[count++] = (lkv_html_list){
                .id = ids[i],
                .heading = said(overview, headings[i]),
                .link = (const lkv_html_link *)(void *)links->data,
                .links = links->len};
        }
    }
    return count;
}

GByteArray *lkv_overview_draw(lkv_overview *overview, const lkv_pdf_job *pages,
                              lkv_diag *diag)
{
    lkv_html_list list[LISTS];
    size_t lists = fill_lists(overview, list);
    const lkv_html_job job = {
        .pages = *pages,
        .other = (const lkv_html_link *)(void *)overview->others->data,
        .others = overview->others->len,
        .list = list,
        .lists = lists};
    char *text = lkv_render_html(&job, diag);
    bool fine = lkv_diag_count(diag, LKV_ERROR) == 0;
    GByteArray *bytes = g_byte_array_new_take((guint8 *)text, strlen(text));
    if (!fine) {
        g_byte_array_unref(bytes);
    }
    return fine ? bytes : NULL;
}
