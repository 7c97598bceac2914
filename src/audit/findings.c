#include "audit/findings.h"

/* Lines of a recipe that are told; of the others there is a count. */
enum { LINES = 12 };

static void clear_finding(gpointer pointer)
{
    lkv_finding *found = pointer;
    g_free(found->what);
    g_free(found->why);
    g_free(found->recipe);
}

lkv_findings *lkv_findings_new(void)
{
    lkv_findings *findings = g_new0(lkv_findings, 1);
    findings->list = g_array_new(FALSE, TRUE, sizeof(lkv_finding));
    g_array_set_clear_func(findings->list, clear_finding);
    return findings;
}

void lkv_findings_free(lkv_findings *findings)
{
    if (findings) {
        g_array_unref(findings->list);
        g_free(findings);
    }
}

void lkv_findings_add(lkv_findings *findings, lkv_finding found)
{
    g_array_append_val(findings->list, found);
}

void lkv_findings_merge(lkv_findings *into, lkv_findings *from)
{
    lkv_audit_counts *counts = &into->counts;
    counts->cells += from->counts.cells;
    counts->sought += from->counts.sought;
    counts->by_bounds += from->counts.by_bounds;
    counts->by_tables += from->counts.by_tables;
    counts->by_programs += from->counts.by_programs;
    counts->unsure += from->counts.unsure;
    counts->columns += from->counts.columns;
    counts->rows += from->counts.rows;
    for (guint i = 0; i < from->list->len; i++) {
        lkv_finding *found = &g_array_index(from->list, lkv_finding, i);
        lkv_findings_add(into, *found);
        found->what = found->why = found->recipe = NULL;
    }
    g_array_set_size(from->list, 0);
}

char *lkv_findings_recipe(const lkv_evidence *evidence,
                          const lkv_recipe *recipe)
{
    GString *out = g_string_new(NULL);
    guint lines = 0;
    for (guint i = 0; i < recipe->implications->len; i++, lines++) {
        const lkv_follows *it =
            &g_array_index(evidence->implications, lkv_follows,
                           g_array_index(recipe->implications, uint32_t, i));
        for (guint k = 0; lines < LINES && k < it->chain->len; k++) {
            g_string_append(out, k == 0 ? "everyone with " : ", so ");
            lkv_evidence_where(
                evidence, &g_array_index(it->chain, lkv_condition, k), out);
        }
        g_string_append(out, lines < LINES ? "\n" : "");
    }
    for (guint i = 0; i < recipe->cells->len; i++, lines++) {
        if (lines >= LINES) {
            continue;
        }
        const lkv_evidence_cell *cell =
            &g_array_index(evidence->cells, lkv_evidence_cell,
                           g_array_index(recipe->cells, uint32_t, i));
        lkv_evidence_name(evidence, cell, out);
        g_string_append(out, " is ");
        lkv_evidence_value(cell, out);
        g_string_append_printf(
            out, " (%s)\n",
            (const char *)g_ptr_array_index(evidence->reports, cell->report));
    }
    if (lines > LINES) {
        g_string_append_printf(out, "and %u more\n", lines - LINES);
    }
    return g_string_free(out, FALSE);
}
