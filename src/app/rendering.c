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

/* One report of one audience: drawn once in each of LANGUAGES. */
struct report {
    size_t profile;
    uint16_t unit;
    bool easy; /* for guardians, in plain words */
    char *id; /* in published-cells.csv */
    lkv_document *document;
};

struct job {
    guint report, language; /* the latter of those that the report has */
};

struct lkv_rendering {
    likvard *run;
    lkv_definition *school, *district, *guardians;
    lkv_theme *theme;
    lkv_fonts *fonts;
    GArray *languages; /* struct language */
    GArray *easy; /* struct language, in plain words */
    GArray *jobs; /* struct job */
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
    g_autofree char *guardians =
        g_build_filename(folder, "guardians.yml", NULL);
    rendering->school = lkv_definition_read(school, diag);
    rendering->guardians = lkv_definition_read(guardians, diag);
    rendering->district = lkv_definition_read(district, diag);
    rendering->theme =
        lkv_theme_read(rendering->run->study->reports.theme, diag);
    bool known =
        (!rendering->school || lkv_report_check(rendering->school, diag)) &&
        (!rendering->district || lkv_report_check(rendering->district, diag)) &&
        (!rendering->guardians || lkv_report_check(rendering->guardians, diag));
    return known && rendering->school && rendering->district &&
           rendering->guardians && rendering->theme;
}

static bool read_language(lkv_rendering *rendering, const char *id, bool easy)
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
    language.catalogue = easy ? lkv_text_read_easy(language.locale, diag)
                              : lkv_text_read(language.locale, diag);
    g_array_append_val(easy ? rendering->easy : rendering->languages, language);
    return language.catalogue != NULL;
}

static bool wanted(const lkv_reports_spec *spec, const lkv_unit *unit)
{
    return !spec->schools || g_strv_contains(spec->schools, unit->id);
}

lkv_report_plan lkv_rendering_plan(const likvard *run, const lkv_theme *theme)
{
    const lkv_study *study = run->study;
    size_t count = 0;
    const lkv_followup *followups = lkv_followups_all(run->followups, &count);
    return (lkv_report_plan){.theme = theme,
                             .targets = study->targets,
                             .target_count = study->target_count,
                             .officials = study->officials,
                             .official_count = study->official_count,
                             .followups = followups,
                             .followup_count = count};
}

static const lkv_definition *definition_of(const lkv_rendering *rendering,
                                           uint16_t unit, bool easy)
{
    return easy        ? rendering->guardians
           : unit == 0 ? rendering->district
                       : rendering->school;
}

static bool add_report(lkv_rendering *rendering, size_t profile, uint16_t unit,
                       bool easy)
{
    likvard *run = rendering->run;
    const lkv_release *release = lkv_handle_release(run, profile);
    const lkv_report_plan plan = lkv_rendering_plan(run, rendering->theme);
    struct report report = {.profile = profile, .unit = unit, .easy = easy};
    report.id = unit == 0
                    ? g_strdup("district")
                    : g_strdup_printf("school-%s%s",
                                      lkv_frame_unit(run->frame, unit)->id,
                                      easy ? "-easy" : "");
    report.document = lkv_report_build(definition_of(rendering, unit, easy),
                                       &plan, release, unit, run->diag);
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

static bool build_schools(lkv_rendering *rendering, size_t profile, bool easy)
{
    const likvard *run = rendering->run;
    const lkv_reports_spec *spec = &run->study->reports;
    bool fine = true;
    for (guint unit = 1; unit < run->frame->units->len; unit++) {
        if (wanted(spec, lkv_frame_unit(run->frame, unit))) {
            fine = add_report(rendering, profile, (uint16_t)unit, easy) && fine;
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
            fine = add_report(rendering, profile, 0, false) && fine;
        }
        if (spec->school_reports) {
            fine = build_schools(rendering, profile, false) && fine;
        }
        if (spec->easy) {
            fine = build_schools(rendering, profile, true) && fine;
        }
    }
    return fine;
}

static lkv_rendering *rendering_new(likvard *run)
{
    lkv_rendering *rendering = g_new0(lkv_rendering, 1);
    rendering->run = run;
    rendering->languages = g_array_new(FALSE, TRUE, sizeof(struct language));
    g_array_set_clear_func(rendering->languages, free_language);
    rendering->easy = g_array_new(FALSE, TRUE, sizeof(struct language));
    g_array_set_clear_func(rendering->easy, free_language);
    rendering->jobs = g_array_new(FALSE, TRUE, sizeof(struct job));
    rendering->reports = g_array_new(FALSE, TRUE, sizeof(struct report));
    g_array_set_clear_func(rendering->reports, free_report);
    rendering->printed = g_array_new(FALSE, TRUE, sizeof(lkv_printed));
    return rendering;
}

static bool read_languages(lkv_rendering *rendering)
{
    const lkv_reports_spec *spec = &rendering->run->study->reports;
    bool fine = true;
    for (const char *const *id = spec->languages;
         fine && (spec->pdf || spec->xlsx) && *id; id++) {
        fine = read_language(rendering, *id, false);
    }
    for (const char *const *id = spec->easy; fine && spec->pdf && id && *id;
         id++) {
        fine = read_language(rendering, *id, true);
    }
    return fine;
}

static bool load_fonts(lkv_rendering *rendering)
{
    rendering->fonts = lkv_fonts_load(NULL, rendering->run->diag);
    return rendering->fonts != NULL;
}

lkv_rendering *lkv_rendering_new(likvard *run)
{
    g_autoptr(lkv_rendering) rendering = rendering_new(run);
    bool fine = read_languages(rendering) &&
                (!run->study->reports.pdf ||
                 (read_definitions(rendering) && build_reports(rendering) &&
                  load_fonts(rendering)));
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
    lkv_theme_free(rendering->theme);
    lkv_definition_free(rendering->district);
    lkv_definition_free(rendering->school);
    lkv_definition_free(rendering->guardians);
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
    g_autofree char *easy =
        report->easy
            ? lkv_catalogue_say(language->catalogue, "file.easy", NULL, 0)
            : NULL;
    return g_strdup_printf("%s/reports/%s%s%s/%s",
                           likvard_profile_at(run, report->profile), code,
                           easy ? "-" : "", easy ? easy : "", name);
}

static const GArray *languages_of(const lkv_rendering *rendering,
                                  const struct report *report)
{
    return report->easy ? rendering->easy : rendering->languages;
}

/* One job a report and language. */
static void make_jobs(lkv_rendering *rendering)
{
    for (guint i = 0; i < rendering->reports->len; i++) {
        const struct report *report =
            &g_array_index(rendering->reports, struct report, i);
        guint count = languages_of(rendering, report)->len;
        for (guint language = 0; language < count; language++) {
            const struct job job = {i, language};
            g_array_append_val(rendering->jobs, job);
        }
    }
}

static GByteArray *pdf_of(const lkv_rendering *rendering,
                          const struct report *report,
                          const struct language *language, lkv_diag *diag)
{
    const lkv_words words = {
        .release = lkv_handle_release(rendering->run, report->profile),
        .catalogue = language->catalogue,
    };
    const lkv_pdf_job job = {
        .document = report->document,
        .words = &words,
        .fonts = rendering->fonts,
        .look = look_of(rendering->theme),
        .epoch = lkv_handle_created(rendering->run),
    };
    return lkv_render_pdf(&job, diag);
}

static bool render(void *shared, size_t index)
{
    lkv_rendering *rendering = shared;
    const struct job *at = &g_array_index(rendering->jobs, struct job, index);
    const struct report *report =
        &g_array_index(rendering->reports, struct report, at->report);
    const struct language *language = &g_array_index(
        languages_of(rendering, report), struct language, at->language);
    lkv_diag *said = lkv_diag_new();
    rendering->said[index] = said;
    g_autoptr(GByteArray) bytes = pdf_of(rendering, report, language, said);
    g_autofree char *path = path_of(rendering, report, language);
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
        read_definitions(rendering) && add_report(rendering, 0, unit, false) &&
        load_fonts(rendering);
    return fine ? pdf_of(
                      rendering,
                      &g_array_index(rendering->reports, struct report, 0),
                      &g_array_index(rendering->languages, struct language, 0),
                      run->diag)
                : NULL;
}

/* The spreadsheet of each audience, in the first language of the study. */
static bool write_books(const lkv_rendering *rendering)
{
    likvard *run = rendering->run;
    const struct language *language =
        &g_array_index(rendering->languages, struct language, 0);
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
    make_jobs(rendering);
    size_t count = rendering->jobs->len;
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
