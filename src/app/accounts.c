#include "app/accounts.h"

#include "base/clean.h"
#include "study/columns.h"

/* TEXT as a CSV field that no spreadsheet takes for a formula. */
static void append_field(GString *out, const char *text)
{
    g_string_append(out, lkv_text_formula(text) ? "\"'" : "\"");
    for (const char *at = text; *at; at++) {
        if (*at == '"') {
            g_string_append_c(out, '"');
        }
        g_string_append_c(out, g_ascii_iscntrl(*at) ? ' ' : *at);
    }
    g_string_append_c(out, '"');
}

char *lkv_accounts_columns(const likvard *run)
{
    GString *out = g_string_new("role,file,column,field,use\n");
    for (guint i = 0; i < run->inputs->len; i++) {
        const lkv_input_facts *facts =
            &g_array_index(run->inputs, lkv_input_facts, i);
        for (guint c = 0; c < facts->columns->len; c++) {
            const char *field = g_ptr_array_index(facts->fields, c);
            g_string_append_printf(out, "%s,",
                                   lkv_table_id(facts->input->table));
            append_field(out, facts->input->name);
            g_string_append_c(out, ',');
            append_field(out, g_ptr_array_index(facts->columns, c));
            g_string_append_printf(out, ",%s,%s\n", field ? field : "",
                                   field ? "read" : "dropped");
        }
    }
    return g_string_free(out, FALSE);
}

char *lkv_accounts_waterfall(const likvard *run)
{
    GString *out = g_string_new("population,unit,step,pupils\n");
    for (guint i = 0; i < run->waterfall->len; i++) {
        const lkv_waterfall_step *step =
            &g_array_index(run->waterfall, lkv_waterfall_step, i);
        g_string_append_printf(
            out, "%s,",
            lkv_cube_population_id(run->frame->cube, step->population));
        append_field(out, lkv_frame_unit(run->frame, step->unit)->id);
        g_string_append_printf(out, ",%s,%" G_GINT64_FORMAT "\n", step->step,
                               step->pupils);
    }
    return g_string_free(out, FALSE);
}
