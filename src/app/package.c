#include "app/package.h"

#include <jansson.h>

#include "app/json_file.h"

/* Columns of results.csv: whether they name the figure, name, type, what they
 * hold.
 */
enum { NOT_KEY, KEY };
static const struct {
    int key;
    const char *name, *type, *meaning;
} columns[] = {
    {KEY, "run_id", "string", "Name of the run by its content"},
    {KEY, "release", "string", "preliminary or final"},
    {KEY, "population", "string", "The set of persons the figure is about"},
    {KEY, "variant", "string",
     "Named condition inside the population, or the one choice that was made "
     "otherwise"},
    {KEY, "year", "integer", "Year in which the school year ends"},
    {KEY, "stage", "string", "Stage of school: early, middle, final, all"},
    {KEY, "level", "string", "district or school"},
    {KEY, "unit_id", "string", "Code of the school; empty for the district"},
    {NOT_KEY, "unit_name", "string", "Name of the school or district"},
    {KEY, "subject", "string", "Subject code, if the outcome has one"},
    {KEY, "outcome", "string", "What is measured"},
    {KEY, "measure", "string", "Which measure; likvard measures explain ID"},
    {KEY, "component", "string", "Part of the measure; empty for the main one"},
    {KEY, "group_by", "string",
     "Pupils are grouped by this; empty = all pupils"},
    {KEY, "group", "string", "The group the figure is about"},
    {KEY, "reference", "string", "The group it is compared with"},
    {KEY, "target", "string", "What the interval is about"},
    {NOT_KEY, "estimate", "number",
     "The figure; for at_least and at_most the bound"},
    {NOT_KEY, "std_error", "number", "Standard error"},
    {NOT_KEY, "ci_low", "number", "Lower limit of the interval"},
    {NOT_KEY, "ci_high", "number", "Upper limit of the interval"},
    {NOT_KEY, "ci_level", "number", "Level of the interval"},
    {NOT_KEY, "df", "number", "Degrees of freedom"},
    {NOT_KEY, "method", "string", "Estimator and interval"},
    {NOT_KEY, "n", "integer", "Pupils the figure is computed from"},
    {NOT_KEY, "n_schools", "integer", "Schools the figure is computed from"},
    {NOT_KEY, "n_missing", "integer", "Pupils whose outcome is missing"},
    {NOT_KEY, "unit", "string",
     "share (0 to 1), points, points2, count, ratio, "
     "probability"},
    {NOT_KEY, "status", "string",
     "ok, hidden, at_least, at_most, not_estimable, "
     "not_applicable"},
    {NOT_KEY, "note", "string",
     "Why it is not_estimable; or what is to be known of the estimate, "
     "words parted by blanks"},
    {NOT_KEY, "detectable", "number",
     "Of a comparison: the least difference that eight of ten such would tell "
     "from chance, from the limits as they stand"},
};

static json_t *schema(void)
{
    json_t *fields = json_array();
    json_t *key = json_array();
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        json_array_append_new(fields, json_pack("{s:s, s:s, s:s}", "name",
                                                columns[i].name, "type",
                                                columns[i].type, "description",
                                                columns[i].meaning));
        if (columns[i].key == KEY) {
            json_array_append_new(key, json_string(columns[i].name));
        }
    }
    return json_pack("{s:s, s:o, s:[o], s:[s]}", "$schema",
                     "https://datapackage.org/profiles/2.0/tableschema.json",
                     "fields", fields, "uniqueKeys", key, "missingValues", "");
}

static json_t *dialect(void)
{
    return json_pack("{s:s, s:s, s:b, s:s}", "$schema",
                     "https://datapackage.org/profiles/2.0/tabledialect.json",
                     "delimiter", ",", "header", 1, "lineTerminator", "\n");
}

char *lkv_package_text(const likvard *run)
{
    json_t *resources = json_array();
    for (guint i = 0; i < run->profiles->len; i++) {
        const char *profile = likvard_profile_at(run, i);
        g_autofree char *name = g_strdup_printf("results-%s", profile);
        g_autofree char *path = g_strdup_printf("%s/results.csv", profile);
        g_strdelimit(name, "_", '-');
        json_array_append_new(
            resources,
            json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o}",
                      "$schema",
                      "https://datapackage.org/profiles/2.0/dataresource.json",
                      "name", name, "type", "table", "path", path, "format",
                      "csv", "mediatype", "text/csv", "encoding", "utf-8",
                      "schema", schema(), "dialect", dialect()));
    }
    g_autofree char *created = lkv_handle_created_text(run);
    json_t *root =
        json_pack("{s:s, s:s, s:s, s:s, s:o}", "$schema",
                  "https://datapackage.org/profiles/2.0/datapackage.json",
                  "name", "likvard-results", "id", run->run_id, "created",
                  created, "resources", resources);
    return lkv_json_file(root);
}
