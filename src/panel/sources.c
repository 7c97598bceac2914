#include "panel/sources.h"

static bool has_marks(const lkv_study *study)
{
    for (size_t i = 0; i < study->inputs.count; i++) {
        lkv_table table = study->inputs.input[i].table;
        if (table == LKV_TABLE_GRADES || table == LKV_TABLE_ATTAINMENT) {
            return true;
        }
    }
    return false;
}

/* The register of schools and pupils, and meanwhile scans of the tables of
 * marks.
 */
struct beginning {
    const lkv_study *study;
    const lkv_stop *stop;
    lkv_sources *sources;
    lkv_diag *diag;
    lkv_scanned *ahead; /* [inputs of the study] */
};

/* Job 0 is the register, each other one an input. */
static bool begin(void *shared, size_t job)
{
    struct beginning *all = shared;
    lkv_sources *sources = all->sources;
    if (job == 0) {
        sources->roll = lkv_roll_read(all->study, sources->fields, all->stop,
                                      sources->inputs, all->diag);
        return sources->roll != NULL;
    }
    const lkv_input *input = &all->study->inputs.input[job - 1];
    if (lkv_marks_are_in(input->table)) {
        all->ahead[job - 1] = lkv_scan_ahead(input, all->stop);
    }
    return true;
}

static void read_tables(lkv_sources *sources, const lkv_study *study,
                        const lkv_rules *rules, lkv_crew crew, lkv_diag *diag)
{
    size_t count = study->inputs.count;
    bool with_marks = rules && has_marks(study);
    g_autofree lkv_scanned *ahead = g_new0(lkv_scanned, count + 1);
    struct beginning all = {study, crew.stop, sources, diag, ahead};
    /* One thread had better scan a table just before it is read. */
    bool beside = with_marks && crew.threads > 1;
    lkv_jobs_run(begin, &all, beside ? 1 + count : 1, crew);
    if (sources->roll && with_marks) {
        const lkv_marks_ask ask = {study,         rules, sources->fields,
                                   sources->roll, crew,  sources->inputs,
                                   ahead};
        sources->marks = lkv_marks_read(&ask, diag);
    }
    for (size_t i = 0; i < count; i++) {
        lkv_scanned_clear(&ahead[i]);
    }
}

lkv_sources *lkv_sources_read(const lkv_study *study, const lkv_rules *rules,
                              lkv_crew crew, lkv_diag *diag)
{
    g_autoptr(lkv_sources) sources = g_new0(lkv_sources, 1);
    sources->fields = lkv_fields_read(diag);
    sources->inputs = g_array_new(FALSE, TRUE, sizeof(lkv_input_facts));
    if (!sources->fields) {
        return NULL;
    }
    read_tables(sources, study, rules, crew, diag);
    bool complete =
        sources->roll && (!rules || !has_marks(study) || sources->marks);
    return complete ? g_steal_pointer(&sources) : NULL;
}

void lkv_sources_free(lkv_sources *sources)
{
    if (!sources) {
        return;
    }
    lkv_marks_free(sources->marks);
    lkv_roll_free(sources->roll);
    lkv_fields_free(sources->fields);
    if (sources->inputs) {
        lkv_facts_drop(sources->inputs, 0);
        g_array_unref(sources->inputs);
    }
    g_free(sources);
}
