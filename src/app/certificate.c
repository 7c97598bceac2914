#include "app/certificate.h"

#include <jansson.h>

#include "app/json_file.h"

/* How many numbers of PROFILE's release have each status. */
static json_t *cells_json(const lkv_release *release)
{
    static const lkv_status all[] = {
        LKV_OK,      LKV_HIDDEN,        LKV_AT_LEAST,
        LKV_AT_MOST, LKV_NOT_ESTIMABLE, LKV_NOT_APPLICABLE};
    json_int_t count[G_N_ELEMENTS(all)] = {0};
    for (size_t i = 1; i < lkv_release_cells(release); i++) {
        count[lkv_release_at(release, (lkv_cell)i).status]++;
    }
    json_t *cells = json_object();
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        json_object_set_new(cells, lkv_status_id(all[i]),
                            json_integer(count[all[i]]));
    }
    return cells;
}

static json_t *profile_json(const likvard *run, size_t number)
{
    const lkv_profile *profile = g_ptr_array_index(run->profiles, number);
    return json_pack("{s:s, s:{s:i, s:i, s:i, s:i, s:i}, s:o}", "id",
                     profile->id, "rules", "n_min", profile->base_least,
                     "k_min", profile->count_least, "gap_min",
                     profile->gap_least, "quantile_min",
                     profile->quantile_least, "mean_min", profile->mean_least,
                     "cells", cells_json(lkv_handle_release(run, number)));
}

/* The narrowest range is null where nothing is a secret. */
static json_t *secrets_json(const likvard *run)
{
    lkv_assurance it = lkv_private_assurance(run->disclosure);
    return json_pack(
        "{s:I, s:o}", "numbers", (json_int_t)it.secrets, "fewest_possible",
        it.secrets > 0 ? json_integer((json_int_t)it.narrowest) : json_null());
}

char *lkv_certificate_text(const likvard *run)
{
    json_t *profiles = json_array();
    for (guint i = 0; i < run->profiles->len; i++) {
        json_array_append_new(profiles, profile_json(run, i));
    }
    json_t *root = json_pack(
        "{s:i, s:s, s:s, s:o, s:o, s:s}", "likvard", 1, "version",
        likvard_version(), "run", run->run_id, "profiles", profiles, "secrets",
        secrets_json(run), "check",
        "the run's own: bounds, then integer programming school by school");
    return lkv_json_file(root);
}

int lkv_certificate_threshold(const char *folder)
{
    g_autofree char *path =
        g_build_filename(folder, "private", "certificate.json", NULL);
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    json_t *profiles = json_object_get(root, "profiles");
    json_int_t most = 0;
    for (size_t i = 0; i < json_array_size(profiles); i++) {
        json_t *rules = json_object_get(json_array_get(profiles, i), "rules");
        json_int_t least = json_integer_value(json_object_get(rules, "k_min"));
        most = MAX(most, least);
    }
    json_decref(root);
    return (int)MIN(most, INT16_MAX);
}
