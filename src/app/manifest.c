#include "app/manifest.h"

#include <string.h>

#include <jansson.h>

#include "base/clean.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/locale.h"
#include "ingest/record.h"
#include "render/font.h"
#include "render/pdf_store.h"
#include "stat/start.h"
#include "study/columns.h"
#include "study/yaml.h"

static json_t *hash_json(const lkv_hash *hash)
{
    char text[LKV_HASH_TEXT];
    return json_sprintf("sha256:%s", lkv_hash_text(hash, text));
}

static char *dump(json_t *root)
{
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(root);
    char *line = g_strdup_printf("%s\n", text);
    free(text);
    return line;
}

static json_t *libraries(void)
{
    char icu[LKV_ICU_VERSION];
    g_autofree char *glib = g_strdup_printf(
        "%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
    const struct {
        const char *name, *version;
    } known[] = {
        {"glib", glib},
        {"gsl", lkv_stat_gsl_version()},
        {"harfbuzz", lkv_fonts_harfbuzz_version()},
        {"icu", lkv_locale_icu_version(icu)},
        {"jansson", jansson_version_str()},
        {"libcsv", lkv_records_libcsv_version()},
        {"libharu", lkv_pdf_store_version()},
        {"libsodium", lkv_hash_sodium_version()},
        {"libyaml", lkv_yaml_library_version()},
    };
    json_t *all = json_object();
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        json_object_set_new(all, known[i].name, json_string(known[i].version));
    }
    return all;
}

static json_t *software(const lkv_rendering *rendering)
{
    json_t *all = json_object();
    json_object_set_new(all, "likvard", json_string(likvard_version()));
    json_object_set_new(all, "libraries", libraries());
    const lkv_fonts *fonts = lkv_rendering_fonts(rendering);
    if (fonts) {
        json_t *list = json_array();
        for (size_t i = 0; i <= LKV_FONT_ROLES; i++) {
            lkv_font_file file = lkv_fonts_file(fonts, i);
            json_array_append_new(
                list, json_pack("{s:s, s:o}", "file", lkv_path_name(file.path),
                                "hash", hash_json(&file.hash)));
        }
        json_object_set_new(all, "fonts", list);
    }
    return all;
}

/* Headers of the columns that were READ, or of those that were not. */
static json_t *headers_json(const lkv_input_facts *facts, bool read)
{
    json_t *headers = json_array();
    for (guint i = 0; i < facts->columns->len; i++) {
        if (read == (g_ptr_array_index(facts->fields, i) != NULL)) {
            json_array_append_new(
                headers, json_string(g_ptr_array_index(facts->columns, i)));
        }
    }
    return headers;
}

static json_t *input_json(const lkv_input_facts *facts)
{
    json_t *input = json_object();
    char delimiter[2] = {facts->delimiter, '\0'};
    json_object_set_new(input, "role",
                        json_string(lkv_table_id(facts->input->table)));
    json_object_set_new(input, "file", json_string(facts->input->name));
    json_object_set_new(input, "bytes", json_integer((json_int_t)facts->bytes));
    json_object_set_new(input, "hash", hash_json(&facts->hash));
    json_object_set_new(input, "rows", json_integer(facts->rows));
    json_object_set_new(input, "passed_over", json_integer(facts->passed_over));
    json_object_set_new(input, "duplicates", json_integer(facts->duplicates));
    json_object_set_new(input, "encoding", json_string(facts->encoding));
    json_object_set_new(input, "delimiter", json_string(delimiter));
    json_object_set_new(input, "columns", headers_json(facts, true));
    json_object_set_new(input, "dropped", headers_json(facts, false));
    return input;
}

static json_t *privacy_json(const likvard *run)
{
    json_t *list = json_array();
    for (guint i = 0; i < run->profiles->len; i++) {
        lkv_disclosure_counts counts = lkv_private_counts(run->disclosure, i);
        json_array_append_new(list,
                              json_pack("{s:s, s:I, s:I, s:I}", "id",
                                        likvard_profile_at(run, i), "figures",
                                        (json_int_t)counts.figures, "hidden",
                                        (json_int_t)counts.hidden, "bounded",
                                        (json_int_t)counts.bounded));
    }
    return json_pack("{s:o}", "profiles", list);
}

static json_t *outputs_json(const lkv_stage *stage)
{
    json_t *list = json_array();
    g_autoptr(GArray) files = lkv_stage_files(stage);
    for (guint i = 0; i < files->len; i++) {
        const lkv_staged *file = &g_array_index(files, lkv_staged, i);
        json_t *output = json_object();
        json_object_set_new(output, "path", json_string(file->path));
        json_object_set_new(output, "bytes",
                            json_integer((json_int_t)file->size));
        json_object_set_new(output, "hash", hash_json(&file->hash));
        json_array_append_new(list, output);
    }
    return list;
}

char *lkv_manifest_text(const likvard *run, const lkv_rendering *rendering,
                        const lkv_stage *stage)
{
    json_t *root = json_object();
    json_t *inputs = json_array();
    json_int_t rejected = 0;
    for (guint i = 0; i < run->inputs->len; i++) {
        const lkv_input_facts *facts =
            &g_array_index(run->inputs, lkv_input_facts, i);
        rejected += facts->rejected;
        json_array_append_new(inputs, input_json(facts));
    }
    json_object_set_new(root, "likvard", json_integer(1));
    json_object_set_new(root, "run_id", json_string(run->run_id));
    g_autofree char *created = lkv_handle_created_text(run);
    json_object_set_new(root, "created", json_string(created));
    json_object_set_new(root, "software", software(rendering));
    json_object_set_new(root, "seed",
                        json_integer((json_int_t)run->study->seed));
    g_autofree char *study = lkv_study_text_resolved(run->study);
    json_object_set_new(root, "study", json_string(study));
    json_object_set_new(root, "open_data",
                        json_boolean(run->study->privacy.open));
    json_object_set_new(root, "inputs", inputs);
    json_object_set_new(root, "rejected", json_integer(rejected));
    json_object_set_new(root, "privacy", privacy_json(run));
    json_object_set_new(root, "outputs", outputs_json(stage));
    return dump(root);
}

char *lkv_manifest_sums(const lkv_stage *stage)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GArray) files = lkv_stage_files(stage);
    for (guint i = 0; i < files->len; i++) {
        const lkv_staged *file = &g_array_index(files, lkv_staged, i);
        char text[LKV_HASH_TEXT];
        g_string_append_printf(out, "%s  %s\n",
                               lkv_hash_text(&file->hash, text), file->path);
    }
    return g_string_free(out, FALSE);
}

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

char *lkv_manifest_columns(const likvard *run)
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

char *lkv_manifest_waterfall(const likvard *run)
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
    {NOT_KEY, "note", "string", "Reason of not_estimable, and other words"},
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

char *lkv_manifest_package(const likvard *run)
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
    return dump(root);
}
