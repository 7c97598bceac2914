/* Documents of all reports, built from the releases before any page is drawn. */
#include "app/rendering_parts.h"

#include "base/jobs.h"
#include "report/report.h"

static bool wanted(const lkv_reports_spec *spec, const lkv_unit *unit)
{
    return !spec->schools || g_strv_contains(spec->schools, unit->id);
}

lkv_report_plan lkv_rendering_plan(const likvard *run, const lkv_theme *theme)
{
    const lkv_study *study = run->study;
    size_t count = 0;
    const lkv_followup *followups = lkv_followups_all(run->followups, &count);
    return (lkv_report_plan){.study = study,
                             .version = likvard_version(),
                             .theme = theme,
                             .targets = study->targets,
                             .target_count = study->target_count,
                             .officials = study->officials,
                             .official_count = study->official_count,
                             .followups = followups,
                             .followup_count = count};
}

static char *id_of(const likvard *run, uint16_t unit, lkv_form form)
{
    const char *code = lkv_frame_unit(run->frame, unit)->id;
    return form == LKV_FORM_OVERVIEW ? g_strdup("overview")
           : form == LKV_FORM_DISTRICT
               ? g_strdup("district")
               : g_strdup_printf("school-%s%s", code,
                                 form == LKV_FORM_EASY ? "-easy" : "");
}

static void add_report(lkv_rendering *rendering, size_t profile, uint16_t unit,
                       lkv_form form)
{
    const lkv_planned report = {.profile = profile,
                                .unit = unit,
                                .form = form,
                                .id = id_of(rendering->run, unit, form)};
    g_array_append_val(rendering->reports, report);
}

static void add_schools(lkv_rendering *rendering, size_t profile, lkv_form form)
{
    const likvard *run = rendering->run;
    const lkv_reports_spec *spec = &run->study->reports;
    for (guint unit = 1; unit < run->frame->units->len; unit++) {
        if (wanted(spec, lkv_frame_unit(run->frame, unit))) {
            add_report(rendering, profile, (uint16_t)unit, form);
        }
    }
}

static void add_reports(lkv_rendering *rendering, size_t profile)
{
    const lkv_reports_spec *spec = &rendering->run->study->reports;
    if (spec->pdf && spec->district) {
        add_report(rendering, profile, 0, LKV_FORM_DISTRICT);
    }
    if (spec->pdf && spec->school_reports) {
        add_schools(rendering, profile, LKV_FORM_SCHOOL);
    }
    if (spec->pdf && spec->easy) {
        add_schools(rendering, profile, LKV_FORM_EASY);
    }
    if (spec->html) {
        add_report(rendering, profile, 0, LKV_FORM_OVERVIEW);
    }
}

/* Others are built even if one cannot be, so that all faults are told. */
static bool build(void *shared, size_t index)
{
    lkv_rendering *rendering = shared;
    likvard *run = rendering->run;
    lkv_planned *report =
        &g_array_index(rendering->reports, lkv_planned, index);
    const lkv_report_plan plan = lkv_rendering_plan(run, rendering->theme);
    lkv_diag *said = lkv_diag_new();
    rendering->said[index] = said;
    report->document = lkv_report_build(
        rendering->definition[report->form], &plan,
        lkv_handle_release(run, report->profile), report->unit, said);
    return true;
}

/* What REPORT prints, among what all do. */
static void note_printed(lkv_rendering *rendering, const lkv_planned *report)
{
    g_autoptr(GArray) places = lkv_document_places(report->document);
    for (guint i = 0; i < places->len; i++) {
        const lkv_printed_at *at = &g_array_index(places, lkv_printed_at, i);
        const lkv_printed printed = {.profile = report->profile,
                                     .report = report->id,
                                     .table = at->block,
                                     .cell = at->cell};
        g_array_append_val(rendering->printed, printed);
    }
}

static bool build_planned(lkv_rendering *rendering)
{
    bool fine = lkv_rendering_share(rendering, build, rendering->reports->len);
    for (guint i = 0; fine && i < rendering->reports->len; i++) {
        const lkv_planned *report =
            &g_array_index(rendering->reports, lkv_planned, i);
        fine = report->document != NULL;
        if (fine) {
            note_printed(rendering, report);
        }
    }
    return fine;
}

bool lkv_rendering_build_school(lkv_rendering *rendering, uint16_t unit)
{
    add_report(rendering, 0, unit, LKV_FORM_SCHOOL);
    return build_planned(rendering);
}

bool lkv_rendering_build_all(lkv_rendering *rendering)
{
    for (size_t i = 0; i < rendering->run->profiles->len; i++) {
        add_reports(rendering, i);
    }
    return build_planned(rendering);
}
