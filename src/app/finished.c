/* A run that lies finished in its folder: its study, its releases and when it
 * was made are read back; nothing is computed.
 */
#include <string.h>

#include <jansson.h>

#include "app/handle.h"
#include "app/manifest.h"
#include "app/output.h"
#include "app/rendering.h"
#include "app/schools.h"
#include "base/file.h"

/* "2025-06-13T00:00:00Z" as seconds; false for anything else. */
static bool read_moment(const char *text, int64_t *seconds)
{
    g_autoptr(GDateTime) when =
        text ? g_date_time_new_from_iso8601(text, NULL) : NULL;
    if (when) {
        *seconds = g_date_time_to_unix(when);
    }
    return when != NULL;
}

static bool read_created(likvard *run, const char *folder)
{
    size_t size = 0;
    g_autofree char *path = g_build_filename(folder, "manifest.json", NULL);
    g_autofree char *text = lkv_file_read(path, 0, &size, run->diag);
    if (!text) {
        return false;
    }
    json_error_t error;
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    const char *created = json_string_value(json_object_get(root, "created"));
    bool known = read_moment(created, &run->created);
    json_decref(root);
    if (!known) {
        lkv_diag_add(run->diag, "E-RESULTS-JSON",
                     (lkv_place){.file = path, .field = "created"},
                     "this is no manifest: it does not say when the run was "
                     "made");
    }
    return known;
}

static void free_release(gpointer release)
{
    lkv_release_free(release);
}

/* The release of PROFILE, which is of the same run as those before it. */
static bool read_release(likvard *run, const char *folder, const char *profile)
{
    g_autofree char *path =
        g_build_filename(folder, profile, "results.json", NULL);
    lkv_release *release = lkv_release_read(path, run->diag);
    if (!release) {
        return false;
    }
    g_ptr_array_add(run->finished, release);
    const lkv_release *first = g_ptr_array_index(run->finished, 0);
    bool same = strcmp(lkv_release_profile(release), profile) == 0 &&
                strcmp(lkv_release_run(release), lkv_release_run(first)) == 0;
    if (!same) {
        lkv_diag_add(run->diag, "E-RESULTS-JSON",
                     (lkv_place){.file = path, .field = "profile"},
                     "these are not the results of \"%s\" of this run",
                     profile);
    }
    return same;
}

static bool read_releases(likvard *run, const char *folder)
{
    bool fine = true;
    run->finished = g_ptr_array_new_with_free_func(free_release);
    for (guint i = 0; fine && i < run->profiles->len; i++) {
        const lkv_profile *profile = g_ptr_array_index(run->profiles, i);
        fine = read_release(run, folder, profile->id);
    }
    return fine && run->finished->len > 0;
}

static void take_names(likvard *run, const char *folder)
{
    const lkv_release *first = g_ptr_array_index(run->finished, 0);
    const lkv_frame *frame = lkv_release_frame(first);
    run->frame = lkv_frame_ref((lkv_frame *)(uintptr_t)frame);
    run->run_id = g_strdup(lkv_release_run(first));
    run->followups = lkv_followups_reread(run->study, folder, run->diag);
    lkv_schools_check(run);
}

likvard *likvard_reopen(const char *folder, const char *const *sets)
{
    likvard *run = lkv_handle_new();
    g_autofree char *path =
        g_build_filename(folder, "config.resolved.yml", NULL);
    run->study = lkv_study_read_finished(path, sets, run->diag);
    if (run->study) {
        lkv_handle_read_profiles(run);
        if (read_created(run, folder) && read_releases(run, folder)) {
            take_names(run, folder);
        }
    }
    return run;
}

static bool write_reports(likvard *run, lkv_stage *stage)
{
    g_autoptr(lkv_rendering) rendering = lkv_rendering_new(run);
    if (!rendering || !lkv_rendering_write(rendering, stage)) {
        return false;
    }
    g_autofree char *sums = lkv_manifest_sums(stage);
    return lkv_stage_write(stage, "SHA256SUMS", sums, strlen(sums), run->diag);
}

likvard_code likvard_render(likvard *run, const char *folder, bool force)
{
    if (!run->finished || likvard_code_of(run) != LIKVARD_OK) {
        return likvard_code_of(run);
    }
    run->published = false;
    g_autoptr(lkv_stage) stage = lkv_output_open(run, folder, force);
    if (stage && write_reports(run, stage) && !lkv_handle_stopped(run)) {
        run->published = lkv_stage_publish(stage, run->diag);
    }
    return likvard_code_of(run);
}
