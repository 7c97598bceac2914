#include "app/rendering_parts.h"

#include <string.h>

#include "base/jobs.h"
#include "report/report.h"
#include "study/text.h"

/* The definition of each form. */
static const char *const definitions[LKV_FORMS] = {
    [LKV_FORM_SCHOOL] = "school.yml",
    [LKV_FORM_DISTRICT] = "district.yml",
    [LKV_FORM_EASY] = "guardians.yml",
    [LKV_FORM_OVERVIEW] = "overview.yml",
};

static void free_language(gpointer pointer)
{
    lkv_spoken *language = pointer;
    lkv_catalogue_free(language->catalogue);
    lkv_hyphens_free(language->hyphens);
    lkv_locale_free(language->locale);
}

static void free_report(gpointer pointer)
{
    lkv_planned *report = pointer;
    g_free(report->id);
    lkv_document_free(report->document);
}

static bool read_definitions(lkv_rendering *rendering)
{
    lkv_diag *diag = rendering->run->diag;
    g_autofree char *folder = lkv_reports_folder();
    bool fine = true;
    for (size_t i = 0; i < LKV_FORMS; i++) {
        g_autofree char *path = g_build_filename(folder, definitions[i], NULL);
        lkv_definition *definition = lkv_definition_read(path, diag);
        rendering->definition[i] = definition;
        fine = definition && lkv_report_check(definition, diag) && fine;
    }
    rendering->theme =
        lkv_theme_read(rendering->run->study->reports.theme, diag);
    return fine && rendering->theme;
}

static bool read_language(lkv_rendering *rendering, const char *id, bool easy)
{
    lkv_diag *diag = rendering->run->diag;
    g_autofree char *error = NULL;
    lkv_spoken language = {.locale = lkv_locale_new(id, &error)};
    if (!language.locale) {
        lkv_diag_add(diag, "E-LANGUAGE-UNKNOWN",
                     (lkv_place){.file = rendering->run->study->path,
                                 .field = "reports.languages"},
                     "no such language: \"%s\" (%s)", id, error);
        return false;
    }
    language.hyphens = easy ? NULL : lkv_hyphens_load(id, diag);
    language.catalogue = easy ? lkv_text_read_easy(language.locale, diag)
                              : lkv_text_read(language.locale, diag);
    g_array_append_val(easy ? rendering->easy : rendering->languages, language);
    return language.catalogue != NULL;
}

static lkv_rendering *rendering_new(likvard *run)
{
    lkv_rendering *rendering = g_new0(lkv_rendering, 1);
    rendering->run = run;
    rendering->languages = g_array_new(FALSE, TRUE, sizeof(lkv_spoken));
    g_array_set_clear_func(rendering->languages, free_language);
    rendering->easy = g_array_new(FALSE, TRUE, sizeof(lkv_spoken));
    g_array_set_clear_func(rendering->easy, free_language);
    rendering->jobs = g_array_new(FALSE, TRUE, sizeof(lkv_task));
    rendering->reports = g_array_new(FALSE, TRUE, sizeof(lkv_planned));
    g_array_set_clear_func(rendering->reports, free_report);
    rendering->printed = g_array_new(FALSE, TRUE, sizeof(lkv_printed));
    return rendering;
}

static bool read_languages(lkv_rendering *rendering)
{
    const lkv_reports_spec *spec = &rendering->run->study->reports;
    bool fine = true;
    for (const char *const *id = spec->languages;
         fine && (spec->pdf || spec->xlsx || spec->html) && *id; id++) {
        fine = read_language(rendering, *id, false);
    }
    for (const char *const *id = spec->easy; fine && spec->pdf && id && *id;
         id++) {
        fine = read_language(rendering, *id, true);
    }
    return fine;
}

static bool load_looks(lkv_rendering *rendering)
{
    lkv_diag *diag = rendering->run->diag;
    const char *logo = rendering->theme->logo;
    rendering->fonts = lkv_fonts_load(NULL, diag);
    rendering->logo = logo ? lkv_picture_read(logo, diag) : NULL;
    return rendering->fonts && (rendering->logo || !logo);
}

static bool draws(const likvard *run)
{
    return run->study->reports.pdf || run->study->reports.html;
}

lkv_rendering *lkv_rendering_new(likvard *run)
{
    g_autoptr(lkv_rendering) rendering = rendering_new(run);
    bool fine = !draws(run) || (read_definitions(rendering) &&
                                lkv_rendering_build_all(rendering));
    return fine ? g_steal_pointer(&rendering) : NULL;
}

void lkv_rendering_free(lkv_rendering *rendering)
{
    if (!rendering) {
        return;
    }
    g_array_unref(rendering->printed);
    g_array_unref(rendering->reports);
    g_array_unref(rendering->languages);
    g_array_unref(rendering->easy);
    g_array_unref(rendering->jobs);
    lkv_fonts_free(rendering->fonts);
    lkv_picture_free(rendering->logo);
    lkv_theme_free(rendering->theme);
    for (size_t i = 0; i < LKV_FORMS; i++) {
        lkv_definition_free(rendering->definition[i]);
    }
    g_free(rendering);
}

bool lkv_rendering_share(lkv_rendering *rendering, lkv_work work, size_t count)
{
    rendering->said = g_new0(lkv_diag *, count);
    bool fine =
        lkv_jobs_run(work, rendering, count, lkv_handle_crew(rendering->run));
    for (size_t i = 0; i < count; i++) {
        if (rendering->said[i]) {
            lkv_diag_merge(rendering->run->diag, rendering->said[i]);
            lkv_diag_free(rendering->said[i]);
        }
    }
    g_clear_pointer(&rendering->said, g_free);
    return fine;
}

/* One job a report and language. */
static void make_jobs(lkv_rendering *rendering)
{
    for (guint i = 0; i < rendering->reports->len; i++) {
        const lkv_planned *report =
            &g_array_index(rendering->reports, lkv_planned, i);
        guint count = lkv_rendering_languages(rendering, report->form)->len;
        for (guint language = 0; language < count; language++) {
            const lkv_task job = {i, language};
            g_array_append_val(rendering->jobs, job);
        }
    }
}

static bool render(void *shared, size_t index)
{
    lkv_rendering *rendering = shared;
    const lkv_task *at = &g_array_index(rendering->jobs, lkv_task, index);
    const lkv_planned *report =
        &g_array_index(rendering->reports, lkv_planned, at->report);
    const lkv_spoken *language = lkv_spoken_at(
        lkv_rendering_languages(rendering, report->form), at->language);
    lkv_diag *said = lkv_diag_new();
    rendering->said[index] = said;
    g_autoptr(GByteArray) bytes =
        lkv_rendering_draw(rendering, report, language, said);
    g_autofree char *path = lkv_rendering_path(rendering, report, language);
    bool fine = bytes && lkv_stage_write(rendering->stage, path, bytes->data,
                                         bytes->len, said);
    lkv_handle_step(rendering->run, "Rendering",
                    (size_t)g_atomic_int_add(&rendering->done, 1) + 1,
                    rendering->jobs->len);
    return fine;
}

GByteArray *lkv_rendering_school(likvard *run, uint16_t unit)
{
    g_autoptr(lkv_rendering) rendering = rendering_new(run);
    bool fine =
        read_language(rendering, run->study->reports.languages[0], false) &&
        read_definitions(rendering) &&
        lkv_rendering_build_school(rendering, unit) && load_looks(rendering);
    return fine ? lkv_rendering_draw(
                      rendering,
                      &g_array_index(rendering->reports, lkv_planned, 0),
                      &g_array_index(rendering->languages, lkv_spoken, 0),
                      run->diag)
                : NULL;
}

/* The spreadsheet of each audience, in the first language of the study. */
static bool write_books(const lkv_rendering *rendering)
{
    likvard *run = rendering->run;
    const lkv_spoken *language =
        &g_array_index(rendering->languages, lkv_spoken, 0);
    for (guint i = 0; i < run->profiles->len; i++) {
        const lkv_release *release = lkv_handle_release(run, i);
        const lkv_words words = {.release = release,
                                 .catalogue = language->catalogue};
        g_autofree char *path =
            g_strdup_printf("%s/results.xlsx", lkv_release_profile(release));
        g_autoptr(GBytes) book =
            lkv_render_xlsx(&words, lkv_stage_path(rendering->stage),
                            lkv_handle_created(run), run->diag);
        if (!book || !lkv_stage_write(rendering->stage, path,
                                      g_bytes_get_data(book, NULL),
                                      g_bytes_get_size(book), run->diag)) {
            return false;
        }
    }
    return true;
}

bool lkv_rendering_write(lkv_rendering *rendering, lkv_stage *stage)
{
    if (!read_languages(rendering) ||
        (draws(rendering->run) && !load_looks(rendering))) {
        return false;
    }
    make_jobs(rendering);
    rendering->stage = stage;
    bool fine = lkv_rendering_share(rendering, render, rendering->jobs->len);
    return fine && (!rendering->run->study->reports.xlsx ||
                    rendering->languages->len == 0 || write_books(rendering));
}

const GArray *lkv_rendering_printed(const lkv_rendering *rendering)
{
    return rendering->printed;
}

const lkv_fonts *lkv_rendering_fonts(const lkv_rendering *rendering)
{
    return rendering->fonts;
}

GPtrArray *lkv_rendering_hyphens(const lkv_rendering *rendering)
{
    GPtrArray *out = g_ptr_array_new();
    for (guint i = 0; i < rendering->languages->len; i++) {
        lkv_hyphens *own = lkv_spoken_at(rendering->languages, i)->hyphens;
        if (own) {
            g_ptr_array_add(out, own);
        }
    }
    return out;
}
