#include "app/rendering.h"

#include <string.h>

#include "app/filename.h"
#include "base/catalogue.h"
#include "base/file.h"
#include "base/jobs.h"
#include "base/locale.h"
#include "render/render.h"
#include "report/report.h"
#include "study/definition.h"
#include "study/text.h"

struct language {
    lkv_locale *locale;
    lkv_catalogue *catalogue;
};

/* One report of one audience: drawn once in each language. */
struct report {
    size_t profile;
    uint16_t unit;
    char *id; /* in published-cells.csv */
    lkv_document *document;
};

struct lkv_rendering {
    likvard *run;
    lkv_definition *school, *district;
    lkv_theme *theme;
    lkv_fonts *fonts;
    GArray *languages; /* struct language */
    GArray *reports; /* struct report */
    GArray *printed; /* lkv_printed */
    lkv_stage *stage;
    lkv_diag **said; /* of each job */
    gint done;
};

static void free_language(gpointer pointer)
{
    struct language *language = pointer;
    lkv_catalogue_free(language->catalogue);
    lkv_locale_free(language->locale);
}

static void free_report(gpointer pointer)
{
    struct report *report = pointer;
    g_free(report->id);
    lkv_document_free(report->document);
}

static bool read_definitions(lkv_rendering *rendering)
{
    lkv_diag *diag = rendering->run->diag;
    g_autofree char *folder = lkv_reports_folder();
    g_autofree char *school = g_build_filename(folder, "school.yml", NULL);
    g_autofree char *district = g_build_filename(folder, "district.yml", NULL);
    rendering->school = lkv_definition_read(school, diag);
    rendering->district = lkv_definition_read(district, diag);
    rendering->theme =
        lkv_theme_read(rendering->run->study->reports.theme, diag);
    bool known =
        (!rendering->school || lkv_report_check(rendering->school, diag)) &&
        (!rendering->district || lkv_report_check(rendering->district, diag));
    return known && rendering->school && rendering->district &&
           rendering->theme;
}

static bool read_language(lkv_rendering *rendering, const char *id)
{
    lkv_diag *diag = rendering->run->diag;
    g_autofree char *error = NULL;
    struct language language = {.locale = lkv_locale_new(id, &error)};
    if (!language.locale) {
        lkv_diag_add(diag, "E-LANGUAGE-UNKNOWN",
                     (lkv_place){.file = rendering->run->study->path,
                                 .field = "reports.languages"},
                     "no such language: \"%s\" (%s)", id, error);
        return false;
    }
    language.catalogue = lkv_text_read(language.locale, diag);
    g_array_append_val(rendering->languages, language);
    return language.catalogue != NULL;
}

static bool wanted(const lkv_reports_spec *spec, const lkv_unit *unit)
{
    return !spec->schools || g_strv_contains(spec->schools, unit->id);
}

static bool add_report(lkv_rendering *rendering, size_t profile, uint16_t unit)
{
    likvard *run = rendering->run;
    const lkv_release *release =
        lkv_disclosure_release(run->disclosure, profile);
    struct report report = {.profile = profile, .unit = unit};
    report.id = unit == 0
                    ? g_strdup("district")
                    : g_strdup_printf("school-%s",
                                      lkv_frame_unit(run->frame, unit)->id);
    report.document =
        lkv_report_build(unit == 0 ? rendering->district : rendering->school,
                         rendering->theme, release, unit, run->diag);
    g_array_append_val(rendering->reports, report);
    if (!report.document) {
        return false;
    }
    g_autoptr(GArray) places = lkv_document_places(report.document);
    for (guint i = 0; i < places->len; i++) {
        const lkv_printed_at *at = &g_array_index(places, lkv_printed_at, i);
        const lkv_printed printed = {.profile = profile,
                                     .report = report.id,
                                     .table = at->block,
                                     .cell = at->cell};
        g_array_append_val(rendering->printed, printed);
    }
    return true;
}

static bool build_schools(lkv_rendering *rendering, size_t profile)
{
    const likvard *run = rendering->run;
    const lkv_reports_spec *spec = &run->study->reports;
    bool fine = true;
    for (guint unit = 1; unit < run->frame->units->len; unit++) {
        if (wanted(spec, lkv_frame_unit(run->frame, unit))) {
            fine = add_report(rendering, profile, (uint16_t)unit) && fine;
        }
    }
    return fine;
}

static bool build_reports(lkv_rendering *rendering)
{
    const likvard *run = rendering->run;
    const lkv_reports_spec *spec = &run->study->reports;
    bool fine = true;
    for (size_t profile = 0; profile < run->profiles->len; profile++) {
        if (spec->district) {
            fine = add_report(rendering, profile, 0) && fine;
        }
        if (spec->school_reports) {
            fine = build_schools(rendering, profile) && fine;
        }
    }
    return fine;
}

lkv_rendering *lkv_rendering_new(likvard *run)
{
    g_autoptr(lkv_rendering) rendering = g_new0(lkv_rendering, 1);
    rendering->run = run;
    rendering->languages = g_array_new(FALSE, TRUE, sizeof(struct language));
    g_array_set_clear_func(rendering->languages, free_language);
    rendering->reports = g_array_new(FALSE, TRUE, sizeof(struct report));
    g_array_set_clear_func(rendering->reports, free_report);
    rendering->printed = g_array_new(FALSE, TRUE, sizeof(lkv_printed));
    const lkv_reports_spec *spec = &run->study->reports;
    bool fine = true;
    for (const char *const *id = spec->languages;
         fine && (spec->pdf || spec->xlsx) && *id; id++) {
        fine = read_language(rendering, *id);
    }
    if (!fine) {
        return NULL;
    }
    if (!spec->pdf) {
        return g_steal_pointer(&rendering);
    }
    if (!read_definitions(rendering) || !build_reports(rendering)) {
        return NULL;
    }
    rendering->fonts = lkv_fonts_load(NULL, run->diag);
    return rendering->fonts ? g_steal_pointer(&rendering) : NULL;
}

void lkv_rendering_free(lkv_rendering *rendering)
{
    if (!rendering) {
        return;
    }
    g_array_unref(rendering->printed);
    g_array_unref(rendering->reports);
    g_array_unref(rendering->languages);
    lkv_fonts_free(rendering->fonts);
    lkv_theme_free(rendering->theme);
    lkv_definition_free(rendering->district);
    lkv_definition_free(rendering->school);
    g_free(rendering);
}

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

static char *path_of(const lkv_rendering *rendering,
                     const struct report *report,
                     const struct language *language)
{
    const likvard *run = rendering->run;
    const char *code = lkv_locale_language(language->locale);
    g_autofree char *name = NULL;
    if (report->unit == 0) {
        name = lkv_catalogue_say(language->catalogue, "file.district", NULL, 0);
    } else {
        const lkv_unit *unit = lkv_frame_unit(run->frame, report->unit);
        name = lkv_filename_school(unit->id, unit->name);
    }
    return g_strdup_printf("%s/reports/%s/%s",
                           likvard_profile_at(run, report->profile), code,
                           name);
}

static bool render(void *shared, size_t index)
{
    lkv_rendering *rendering = shared;
    likvard *run = rendering->run;
    size_t languages = rendering->languages->len;
    const struct report *report =
        &g_array_index(rendering->reports, struct report, index / languages);
    const struct language *language = &g_array_index(
        rendering->languages, struct language, index % languages);
    const lkv_words words = {
        .release = lkv_disclosure_release(run->disclosure, report->profile),
        .catalogue = language->catalogue,
    };
    const lkv_pdf_job job = {
        .document = report->document,
        .words = &words,
        .fonts = rendering->fonts,
        .look = look_of(rendering->theme),
        .epoch = lkv_handle_created(run),
    };
    lkv_diag *said = lkv_diag_new();
    rendering->said[index] = said;
    g_autoptr(GByteArray) bytes = lkv_render_pdf(&job, said);
    g_autofree char *path = path_of(rendering, report, language);
    bool fine = bytes && lkv_stage_write(rendering->stage, path, bytes->data,
                                         bytes->len, said);
    lkv_handle_step(run, "Rendering",
                    (size_t)g_atomic_int_add(&rendering->done, 1) + 1,
                    rendering->reports->len * languages);
    return fine;
}

/* The spreadsheet of each audience, in the first language of the study. */
static bool write_books(const lkv_rendering *rendering)
{
    likvard *run = rendering->run;
    const struct language *language =
        &g_array_index(rendering->languages, struct language, 0);
    for (guint i = 0; i < run->profiles->len; i++) {
        const lkv_release *release = lkv_disclosure_release(run->disclosure, i);
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
    size_t count = rendering->reports->len * rendering->languages->len;
    rendering->stage = stage;
    rendering->said = g_new0(lkv_diag *, count);
    bool fine =
        lkv_jobs_run(render, rendering, count, lkv_handle_crew(rendering->run));
    for (size_t i = 0; i < count; i++) {
        if (rendering->said[i]) {
            lkv_diag_merge(rendering->run->diag, rendering->said[i]);
            lkv_diag_free(rendering->said[i]);
        }
    }
    g_clear_pointer(&rendering->said, g_free);
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
