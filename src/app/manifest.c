#include "app/manifest.h"

#include <jansson.h>

#include "app/json_file.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/locale.h"
#include "disclose/range.h"
#include "ingest/record.h"
#include "render/font.h"
#include "render/hyphens.h"
#include "render/pdf_store.h"
#include "stat/start.h"
#include "study/columns.h"
#include "study/yaml.h"

static json_t *hash_json(const lkv_hash *hash)
{
    char text[LKV_HASH_TEXT];
    return json_sprintf("sha256:%s", lkv_hash_text(hash, text));
}

static json_t *libraries(void)
{
    char icu[LKV_ICU_VERSION], nettle[LKV_NETTLE_VERSION];
    g_autofree char *glib = g_strdup_printf(
        "%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
    const struct {
        const char *name, *version;
    } known[] = {
        {"glib", glib},
        {"glpk", lkv_range_glpk_version()},
        {"gsl", lkv_stat_gsl_version()},
        {"harfbuzz", lkv_fonts_harfbuzz_version()},
        {"icu", lkv_locale_icu_version(icu)},
        {"jansson", jansson_version_str()},
        {"libcsv", lkv_records_libcsv_version()},
        {"libharu", lkv_pdf_store_version()},
        {"libsodium", lkv_hash_sodium_version()},
        {"libyaml", lkv_yaml_library_version()},
        {"nettle", lkv_hash_nettle_version(nettle)},
    };
    json_t *all = json_object();
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        json_object_set_new(all, known[i].name, json_string(known[i].version));
    }
    return all;
}

static json_t *file_json(const char *path, lkv_hash hash)
{
    return json_pack("{s:s, s:o}", "file", lkv_path_name(path), "hash",
                     hash_json(&hash));
}

static json_t *hyphens_json(const lkv_rendering *rendering)
{
    json_t *list = json_array();
    g_autoptr(GPtrArray) used = lkv_rendering_hyphens(rendering);
    for (guint i = 0; i < used->len; i++) {
        const lkv_hyphens *at = g_ptr_array_index(used, i);
        json_array_append_new(
            list, file_json(lkv_hyphens_path(at), lkv_hyphens_hash(at)));
    }
    return list;
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
            json_array_append_new(list, file_json(file.path, file.hash));
        }
        json_object_set_new(all, "fonts", list);
        json_object_set_new(all, "hyphenation", hyphens_json(rendering));
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
    return lkv_json_file(root);
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
