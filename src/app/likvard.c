#include "likvard/likvard.h"

#include "app/handle.h"
#include "app/ledger.h"
#include "app/output.h"
#include "app/rendering.h"
#include "app/run_id.h"
#include "app/schools.h"
#include "base/hash.h"
#include "base/jobs.h"
#include "base/locale.h"
#include "measure/measure.h"
#include "report/report.h"
#include "stat/start.h"

#ifndef LIKVARD_VERSION
#    error "LIKVARD_VERSION is set by the build"
#endif

bool likvard_start(void)
{
    lkv_stat_start();
    return lkv_locale_start() && lkv_hash_start();
}

void likvard_end(void)
{
    lkv_locale_cleanup();
}

const char *likvard_version(void)
{
    return LIKVARD_VERSION;
}

/* A study that names no rules has none; else the file must read. */
static bool read_rules(likvard *run)
{
    if (!run->study->rules) {
        return true;
    }
    run->rules = lkv_rules_read(run->study->rules, run->diag);
    return run->rules != NULL;
}

likvard *likvard_open(const char *path, const char *const *sets)
{
    likvard *run = lkv_handle_new();
    run->study = lkv_study_read(path, sets, run->diag);
    if (run->study) {
        read_rules(run);
        lkv_handle_read_profiles(run);
    }
    return run;
}

static void free_facts(GArray *inputs)
{
    if (!inputs) {
        return;
    }
    for (guint i = 0; i < inputs->len; i++) {
        lkv_input_facts *facts = &g_array_index(inputs, lkv_input_facts, i);
        g_ptr_array_unref(facts->columns);
        g_ptr_array_unref(facts->fields);
    }
    g_array_unref(inputs);
}

void likvard_close(likvard *run)
{
    if (!run) {
        return;
    }
    free_facts(run->inputs);
    lkv_followups_free(run->followups);
    g_clear_pointer(&run->waterfall, g_array_unref);
    lkv_disclosure_free(run->disclosure);
    g_clear_pointer(&run->ledger, g_ptr_array_unref);
    g_clear_pointer(&run->finished, g_ptr_array_unref);
    lkv_panel_free(run->panel);
    lkv_frame_unref(run->frame);
    g_ptr_array_unref(run->profiles);
    lkv_rules_free(run->rules);
    lkv_study_free(run->study);
    lkv_diag_free(run->diag);
    g_free(run->run_id);
    g_free(run->said);
    g_free(run);
}

likvard_code likvard_code_of(const likvard *run)
{
    if (lkv_handle_stopped(run) && !run->published) {
        return LIKVARD_STOPPED;
    }
    switch (lkv_diag_fault(run->diag)) {
    case LKV_FAULT_NONE:
        return LIKVARD_OK;
    case LKV_FAULT_STUDY:
        return LIKVARD_STUDY;
    case LKV_FAULT_INPUT:
        return LIKVARD_INPUT;
    case LKV_FAULT_DATA:
        return LIKVARD_DATA;
    case LKV_FAULT_CREATE:
        return LIKVARD_CREATE;
    case LKV_FAULT_IO:
        return LIKVARD_IO;
    case LKV_FAULT_BUG:
        break;
    }
    return LIKVARD_BUG;
}

void likvard_stop(likvard *run)
{
    lkv_stop_ask(&run->stop);
}

static void read_followups(likvard *run)
{
    run->followups = lkv_followups_read(run->study, run->inputs, run->diag);
    lkv_schools_check_followups(run);
    const lkv_report_plan plan = lkv_rendering_plan(run, NULL);
    lkv_report_check_plan(&plan, run->frame, run->diag);
}

likvard_code likvard_read(likvard *run)
{
    if (run->panel || likvard_profiles(run) > 0 || !run->study ||
        lkv_diag_count(run->diag, LKV_ERROR) > 0) {
        return likvard_code_of(run);
    }
    lkv_handle_step(run, "Reading", 0, run->study->inputs.count);
    run->panel =
        lkv_panel_read(run->study, run->rules, lkv_handle_crew(run), run->diag);
    if (run->panel) {
        run->frame = lkv_frame_ref(run->panel->frame);
        run->inputs = g_steal_pointer(&run->panel->inputs);
        run->waterfall = g_steal_pointer(&run->panel->waterfall);
        lkv_schools_check(run);
        read_followups(run);
        run->ledger = lkv_ledger_read(run->study, run->frame, run->diag);
    }
    return likvard_code_of(run);
}

/* Counts of the waterfall in the form that disclosure knows. */
static GArray *step_counts(const likvard *run)
{
    GArray *steps = g_array_new(FALSE, TRUE, sizeof(lkv_step_count));
    for (guint i = 0; run->waterfall && i < run->waterfall->len; i++) {
        const lkv_waterfall_step *from =
            &g_array_index(run->waterfall, lkv_waterfall_step, i);
        lkv_step_count step = {.step = from->step,
                               .population = from->population,
                               .unit = from->unit,
                               .pupils = from->pupils};
        g_array_append_val(steps, step);
    }
    return steps;
}

static void disclose(likvard *run, lkv_results *results)
{
    g_autoptr(GArray) steps = step_counts(run);
    const lkv_disclose_input input = {
        .results = results,
        .steps = (const lkv_step_count *)(void *)steps->data,
        .step_count = steps->len,
        .profiles =
            (const lkv_profile *const *)(const void *)run->profiles->pdata,
        .profile_count = run->profiles->len,
        .ledger = (const lkv_release *const *)(const void *)run->ledger->pdata,
        .ledger_count = run->ledger->len,
        .run_id = run->run_id,
        .crew = lkv_handle_crew(run),
    };
    run->disclosure = lkv_disclose(&input, run->diag);
    if (run->disclosure) {
        lkv_disclosure_decided(run->disclosure);
    }
}

likvard_code likvard_compute(likvard *run)
{
    likvard_code code = likvard_read(run);
    if (code != LIKVARD_OK || likvard_profiles(run) > 0) {
        return code;
    }
    run->run_id = lkv_run_id(run);
    lkv_handle_step(run, "Computing", 0, 0);
    g_autoptr(lkv_results) results = lkv_measures_run(
        run->panel, run->study, lkv_handle_crew(run), run->diag);
    g_clear_pointer(&run->panel, lkv_panel_free);
    if (results && !lkv_handle_stopped(run)) {
        lkv_handle_step(run, "Protecting", 0, 0);
        disclose(run, results);
    }
    return likvard_code_of(run);
}

likvard_code likvard_write(likvard *run, bool force)
{
    if (!run->study || run->finished) {
        return likvard_code_of(run);
    }
    run->published = false;
    /* Whether the folder may be made is asked before the work is done. */
    g_autoptr(lkv_stage) stage =
        lkv_diag_count(run->diag, LKV_ERROR) > 0
            ? NULL
            : lkv_output_open(run, run->study->output, force);
    if (likvard_compute(run) == LIKVARD_OK && stage &&
        lkv_run_write(run, stage) && !lkv_handle_stopped(run)) {
        run->published = lkv_stage_publish(stage, run->diag);
    }
    return likvard_code_of(run);
}

const char *likvard_output(const likvard *run)
{
    return run->study ? run->study->output : "";
}

const char *likvard_messages(likvard *run)
{
    g_free(run->said);
    run->said =
        lkv_diag_text(run->diag, (lkv_print){.most = 20, .summary = "likvard"});
    return run->said;
}

const char *likvard_problems(likvard *run)
{
    g_free(run->said);
    run->said = lkv_diag_csv(run->diag);
    return run->said;
}

size_t likvard_errors(const likvard *run)
{
    return lkv_diag_count(run->diag, LKV_ERROR);
}

size_t likvard_warnings(const likvard *run)
{
    return lkv_diag_count(run->diag, LKV_WARNING);
}

void likvard_watch(likvard *run, likvard_progress progress, void *context)
{
    run->progress = progress;
    run->context = context;
}
