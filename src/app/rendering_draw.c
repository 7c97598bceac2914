/* Reports drawn and named: PDF of the reports, HTML of the web page. */
#include <string.h>

#include "app/filename.h"
#include "app/overview.h"
#include "app/rendering_parts.h"

static lkv_look look_of(const lkv_theme *theme)
{
    return (lkv_look){.ink = theme->ink,
                      .muted = theme->muted,
                      .own = theme->own,
                      .district = theme->district,
                      .other = theme->other,
                      .grid = theme->grid,
                      .panel = theme->panel,
                      .band = theme->band};
}

const GArray *lkv_rendering_languages(const lkv_rendering *rendering,
                                      lkv_form form)
{
    return form == LKV_FORM_EASY ? rendering->easy : rendering->languages;
}

const lkv_spoken *lkv_spoken_at(const GArray *languages, guint index)
{
    return &g_array_index(languages, lkv_spoken, index);
}

/* The web page in the first language is the one that opens by itself. */
static char *name_of_page(const lkv_rendering *rendering,
                          const lkv_spoken *language)
{
    const char *code = lkv_locale_language(language->locale);
    return language == lkv_spoken_at(rendering->languages, 0)
               ? g_strdup("index.html")
               : g_strdup_printf("index.%s.html", code);
}

/* Seen from the folder of the audience. */
static char *place_of(const lkv_rendering *rendering, const lkv_planned *report,
                      const lkv_spoken *language)
{
    const lkv_unit *unit = lkv_frame_unit(rendering->run->frame, report->unit);
    const char *code = lkv_locale_language(language->locale);
    if (report->form == LKV_FORM_OVERVIEW) {
        return name_of_page(rendering, language);
    }
    g_autofree char *name =
        report->form == LKV_FORM_DISTRICT
            ? lkv_catalogue_say(language->catalogue, "file.district", NULL, 0)
            : lkv_filename_school(unit->id, unit->name);
    g_autofree char *easy =
        report->form == LKV_FORM_EASY
            ? lkv_catalogue_say(language->catalogue, "file.easy", NULL, 0)
            : NULL;
    return g_strdup_printf("reports/%s%s%s/%s", code, easy ? "-" : "",
                           easy ? easy : "", name);
}

char *lkv_rendering_path(const lkv_rendering *rendering,
                         const lkv_planned *report, const lkv_spoken *language)
{
    g_autofree char *place = place_of(rendering, report, language);
    return g_strdup_printf(
        "%s/%s", likvard_profile_at(rendering->run, report->profile), place);
}

/* What a document is drawn with; WORDS is lent to it. */
static lkv_pdf_job pages_of(const lkv_rendering *rendering,
                            const lkv_planned *report,
                            const lkv_spoken *language, const lkv_words *words)
{
    return (lkv_pdf_job){
        .document = report->document,
        .words = words,
        .fonts = rendering->fonts,
        .hyphens = language->hyphens,
        .logo = rendering->logo,
        .look = look_of(rendering->theme),
        .epoch = lkv_handle_created(rendering->run),
    };
}

static lkv_words words_of(const lkv_rendering *rendering,
                          const lkv_planned *report, const lkv_spoken *language)
{
    return (lkv_words){.release =
                           lkv_handle_release(rendering->run, report->profile),
                       .catalogue = language->catalogue};
}

static GByteArray *pdf_of(const lkv_rendering *rendering,
                          const lkv_planned *report, const lkv_spoken *language,
                          lkv_diag *diag)
{
    const lkv_words words = words_of(rendering, report, language);
    const lkv_pdf_job job = pages_of(rendering, report, language, &words);
    return lkv_render_pdf(&job, diag);
}

/* Links to what is written for the same audience in the language of PAGE. */
static void add_links(const lkv_rendering *rendering, const lkv_planned *page,
                      const lkv_spoken *language, lkv_overview *overview)
{
    const char *code = lkv_locale_language(language->locale);
    for (guint i = 0; i < rendering->reports->len; i++) {
        const lkv_planned *report =
            &g_array_index(rendering->reports, lkv_planned, i);
        const GArray *languages =
            lkv_rendering_languages(rendering, report->form);
        for (guint l = 0; l < languages->len; l++) {
            const lkv_spoken *own = lkv_spoken_at(languages, l);
            if (report->profile == page->profile &&
                report->form != LKV_FORM_OVERVIEW &&
                strcmp(lkv_locale_language(own->locale), code) == 0) {
                g_autofree char *place = place_of(rendering, report, own);
                lkv_overview_report(overview, report->unit,
                                    report->form == LKV_FORM_EASY, place);
            }
        }
    }
}

static GByteArray *page_of(const lkv_rendering *rendering,
                           const lkv_planned *report,
                           const lkv_spoken *language, lkv_diag *diag)
{
    const lkv_words words = words_of(rendering, report, language);
    const lkv_pdf_job pages = pages_of(rendering, report, language, &words);
    g_autoptr(lkv_overview) overview =
        lkv_overview_new(rendering->run, language->catalogue);
    for (guint i = 0; i < rendering->languages->len; i++) {
        const lkv_spoken *other = lkv_spoken_at(rendering->languages, i);
        if (other != language) {
            g_autofree char *name = name_of_page(rendering, other);
            lkv_overview_language(overview, other->catalogue, name);
        }
    }
    add_links(rendering, report, language, overview);
    return lkv_overview_draw(overview, &pages, diag);
}

GByteArray *lkv_rendering_draw(const lkv_rendering *rendering,
                               const lkv_planned *report,
                               const lkv_spoken *language, lkv_diag *diag)
{
    return report->form == LKV_FORM_OVERVIEW
               ? page_of(rendering, report, language, diag)
               : pdf_of(rendering, report, language, diag);
}
