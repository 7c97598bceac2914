/* Options and environment as keys of the study. */
#include "app/options.h"

/* TEXT as a YAML scalar that is only itself; g_free. */
static char *quoted(const char *text)
{
    GString *out = g_string_new(text);
    g_string_replace(out, "'", "''", 0);
    g_string_prepend_c(out, '\'');
    g_string_append_c(out, '\'');
    return g_string_free(out, FALSE);
}

static void add_list(GPtrArray *settings, const char *key, char **values)
{
    if (!values) {
        return;
    }
    GString *setting = g_string_new(key);
    g_string_append(setting, "=[");
    for (char **value = values; *value; value++) {
        g_autofree char *scalar = quoted(*value);
        g_string_append_printf(setting, "%s%s", value == values ? "" : ", ",
                               scalar);
    }
    g_string_append_c(setting, ']');
    g_ptr_array_add(settings, g_string_free(setting, FALSE));
}

char **lkv_options_settings(const lkv_options *options)
{
    GPtrArray *settings = g_ptr_array_new();
    const char *jobs = g_getenv("LIKVARD_JOBS");
    if (jobs && *jobs) {
        g_ptr_array_add(settings, g_strdup_printf("jobs=%s", jobs));
    }
    for (char **set = options->set; set && *set; set++) {
        g_ptr_array_add(settings, g_strdup(*set));
    }
    if (options->output) {
        g_autofree char *scalar = quoted(options->output);
        g_ptr_array_add(settings, g_strdup_printf("output=%s", scalar));
    }
    if (options->jobs != LKV_NOT_GIVEN) {
        g_ptr_array_add(
            settings, g_strdup_printf("jobs=%" G_GINT64_FORMAT, options->jobs));
    }
    if (options->seed != LKV_NOT_GIVEN) {
        g_ptr_array_add(
            settings, g_strdup_printf("seed=%" G_GINT64_FORMAT, options->seed));
    }
    if (options->sensitivity) {
        g_ptr_array_add(settings, g_strdup("sensitivity.compute=yes"));
    }
    if (options->no_render) {
        g_ptr_array_add(settings, g_strdup("reports.formats=[csv, json]"));
    }
    if (options->theme) {
        g_autofree char *scalar = quoted(options->theme);
        g_ptr_array_add(settings, g_strdup_printf("reports.theme=%s", scalar));
    }
    add_list(settings, "reports.schools", options->schools);
    add_list(settings, "reports.languages", options->languages);
    add_list(settings, "measures", options->measures);
    g_ptr_array_add(settings, NULL);
    return (char **)g_ptr_array_free(settings, FALSE);
}
