#include "audit/audit.h"

#include <math.h>
#include <string.h>

#include "audit/rules.h"

/* Populations with many cells first, so that threads end together. */
typedef struct job {
    uint16_t population;
    guint cells;
    lkv_findings *findings;
    lkv_diag *diag;
} job;

typedef struct work {
    const lkv_evidence *evidence;
    const lkv_audit_rules *rules;
    job *jobs;
} work;

static bool attack(void *shared, size_t index)
{
    const work *all = shared;
    job *own = &all->jobs[index];
    lkv_attack(all->evidence, own->population, all->rules, own->findings,
               own->diag);
    return true;
}

static int by_size(gconstpointer a, gconstpointer b)
{
    const job *x = a;
    const job *y = b;
    return x->cells != y->cells ? (x->cells > y->cells ? -1 : 1)
                                : (int)x->population - (int)y->population;
}

static int by_number(gconstpointer a, gconstpointer b)
{
    return (int)((const job *)a)->population -
           (int)((const job *)b)->population;
}

static job *jobs_new(const lkv_evidence *evidence)
{
    guint count = evidence->populations->len;
    job *jobs = g_new0(job, count + 1);
    for (guint i = 0; i < count; i++) {
        jobs[i].population = (uint16_t)i;
        jobs[i].findings = lkv_findings_new();
        jobs[i].diag = lkv_diag_new();
    }
    for (guint i = 0; i < evidence->cells->len; i++) {
        jobs[g_array_index(evidence->cells, lkv_evidence_cell, i).population]
            .cells++;
    }
    return jobs;
}

lkv_findings *lkv_audit(const lkv_evidence *evidence,
                        const lkv_audit_rules *rules, lkv_crew crew,
                        lkv_diag *diag)
{
    guint count = evidence->populations->len;
    lkv_findings *findings = lkv_findings_new();
    work all = {evidence, rules, jobs_new(evidence)};
    lkv_rules_apply(evidence, rules, findings);
    qsort(all.jobs, count, sizeof *all.jobs, by_size);
    bool done = lkv_jobs_run(attack, &all, count, crew);
    qsort(all.jobs, count, sizeof *all.jobs, by_number);
    for (guint i = 0; i < count; i++) {
        done = done && lkv_diag_count(all.jobs[i].diag, LKV_ERROR) == 0;
        lkv_diag_merge(diag, all.jobs[i].diag);
        lkv_findings_merge(findings, all.jobs[i].findings);
        lkv_diag_free(all.jobs[i].diag);
        lkv_findings_free(all.jobs[i].findings);
    }
    g_free(all.jobs);
    if (!done) {
        g_clear_pointer(&findings, lkv_findings_free);
    }
    return findings;
}

/* ---- words --------------------------------------------------------------- */

size_t lkv_audit_count(const lkv_findings *findings, lkv_grave grave)
{
    size_t count = 0;
    for (guint i = 0; i < findings->list->len; i++) {
        count += g_array_index(findings->list, lkv_finding, i).grave == grave;
    }
    return count;
}

static void append_range(GString *out, const lkv_finding *found)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (isnan(found->low)) {
        return;
    }
    g_string_append_printf(
        out, ": %s", g_ascii_formatd(text, sizeof text, "%.4g", found->low));
    if (found->high > found->low) {
        g_string_append_printf(
            out, " to %s",
            g_ascii_formatd(text, sizeof text, "%.4g", found->high));
    }
}

char *lkv_audit_text(const lkv_findings *findings)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < findings->list->len; i++) {
        const lkv_finding *found =
            &g_array_index(findings->list, lkv_finding, i);
        if (found->grave == LKV_FOUND_NOTE) {
            continue;
        }
        g_string_append_printf(out, "%s: %s: %s: %s", found->population,
                               found->kind, found->what, found->why);
        append_range(out, found);
        g_string_append_c(out, '\n');
        g_auto(GStrv) lines = g_strsplit(found->recipe, "\n", -1);
        for (char **line = lines; *line; line++) {
            if (**line) {
                g_string_append_printf(out, "    %s\n", *line);
            }
        }
    }
    return g_string_free(out, FALSE);
}

static void append_field(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *at = text; *at; at++) {
        g_string_append(out, *at == '"' ? "\"" : "");
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
}

static void append_number(GString *out, double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_c(out, ',');
    if (!isnan(number)) {
        g_string_append(out,
                        g_ascii_formatd(text, sizeof text, "%.10g", number));
    }
}

char *lkv_audit_csv(const lkv_findings *findings)
{
    static const char *const graves[] = {"leak", "not_settled", "note"};
    GString *out =
        g_string_new("severity,kind,population,what,low,high,why,recipe\n");
    for (guint i = 0; i < findings->list->len; i++) {
        const lkv_finding *found =
            &g_array_index(findings->list, lkv_finding, i);
        g_string_append_printf(out, "%s,%s,", graves[found->grave],
                               found->kind);
        append_field(out, found->population);
        g_string_append_c(out, ',');
        append_field(out, found->what);
        append_number(out, found->low);
        append_number(out, found->high);
        g_string_append_c(out, ',');
        append_field(out, found->why);
        g_string_append_c(out, ',');
        append_field(out, found->recipe);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

char *lkv_audit_summary(const lkv_evidence *evidence,
                        const lkv_findings *findings)
{
    const lkv_audit_counts *counts = &findings->counts;
    size_t leaks = lkv_audit_count(findings, LKV_FOUND_LEAK);
    guint populations = 0;
    for (guint i = 0; i < evidence->origins->len; i++) {
        populations +=
            g_array_index(evidence->origins, lkv_origin, i).runs != 0;
    }
    GString *out = g_string_new(NULL);
    g_string_append_printf(
        out,
        "%u populations, %u cells; %zu numbers sought that are not printed: "
        "%zu settled by bounds, %zu by pairs of tables, %zu by linear "
        "programs, %zu not; %zu can be told",
        populations, evidence->cells->len, counts->sought, counts->by_bounds,
        counts->by_tables, counts->by_programs, counts->unsure, leaks);
    return g_string_free(out, FALSE);
}
