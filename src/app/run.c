/* The run folder: results, reports, proof and what came in, in one place.
 */
#include <string.h>

#include "app/accounts.h"
#include "app/certificate.h"
#include "app/filename.h"
#include "app/handle.h"
#include "app/manifest.h"
#include "app/package.h"
#include "app/readme.h"
#include "app/rendering.h"
#include "base/file.h"
#include "render/render.h"

static bool write_text(likvard *run, lkv_stage *stage, const char *path,
                       const char *text)
{
    return !lkv_handle_stopped(run) &&
           lkv_stage_write(stage, path, text, strlen(text), run->diag);
}

/* Results of one audience, for people's own tools. */
static bool write_result(likvard *run, lkv_stage *stage, size_t profile,
                         const char *name,
                         void (*write)(const lkv_release *, const lkv_sink *))
{
    const lkv_release *release = lkv_handle_release(run, profile);
    g_autofree char *path =
        g_strdup_printf("%s/%s", lkv_release_profile(release), name);
    lkv_staging *file = lkv_handle_stopped(run)
                            ? NULL
                            : lkv_stage_begin(stage, path, run->diag);
    if (!file) {
        return false;
    }
    write(release, lkv_staging_sink(file));
    return lkv_stage_end(file);
}

static bool write_results(likvard *run, lkv_stage *stage)
{
    bool good = true;
    for (size_t i = 0; good && i < run->profiles->len; i++) {
        good = write_result(run, stage, i, "results.csv", lkv_render_csv) &&
               write_result(run, stage, i, "results.json", lkv_render_json);
    }
    return good;
}

/* Every printed number, and why others are not. */
static bool write_cells(likvard *run, lkv_stage *stage,
                        const lkv_rendering *rendering)
{
    const GArray *printed = lkv_rendering_printed(rendering);
    lkv_staging *cells =
        lkv_stage_begin(stage, "private/published-cells.csv", run->diag);
    if (!cells) {
        return false;
    }
    lkv_private_cells(run->disclosure,
                      (const lkv_printed *)(const void *)printed->data,
                      printed->len, lkv_staging_sink(cells));
    bool good = lkv_stage_end(cells) && !lkv_handle_stopped(run);
    lkv_staging *reasons =
        good ? lkv_stage_begin(stage, "private/disclosure.csv", run->diag)
             : NULL;
    if (!reasons) {
        return false;
    }
    lkv_private_disclosure(run->disclosure, lkv_staging_sink(reasons));
    return lkv_stage_end(reasons);
}

/* The proof. A release of open data hides nothing, so it needs none. */
static bool write_private(likvard *run, lkv_stage *stage,
                          const lkv_rendering *rendering)
{
    if (run->study->privacy.open) {
        return true;
    }
    if (lkv_handle_stopped(run) || !write_cells(run, stage, rendering)) {
        return false;
    }
    g_autofree char *dims = lkv_private_dims(run->disclosure);
    g_autofree char *populations = lkv_private_populations(run->disclosure);
    g_autofree char *implications = lkv_private_implications(run->disclosure);
    g_autofree char *scales = lkv_private_scales(run->disclosure);
    g_autofree char *waterfall = lkv_accounts_waterfall(run);
    g_autofree char *certificate = lkv_certificate_text(run);
    const struct {
        const char *path, *text;
    } files[] = {
        {"private/dims.csv", dims},
        {"private/populations.csv", populations},
        {"private/implications.csv", implications},
        {"private/scales.csv", scales},
        {"private/waterfall.csv", waterfall},
        {"private/certificate.json", certificate},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        if (!write_text(run, stage, files[i].path, files[i].text)) {
            return false;
        }
    }
    return true;
}

static bool keep_file(likvard *run, lkv_stage *stage, const char *path)
{
    size_t size = 0;
    g_autofree char *bytes = lkv_file_read(path, 0, &size, run->diag);
    return bytes &&
           lkv_stage_write(stage, lkv_path_name(path), bytes, size, run->diag);
}

static bool keep_logo(likvard *run, lkv_stage *stage)
{
    g_autoptr(lkv_theme) theme =
        lkv_theme_read(run->study->reports.theme, run->diag);
    return theme && (!theme->logo || keep_file(run, stage, theme->logo));
}

/* What reports are drawn with beside the figures: kept, so that they can be
 * drawn again.
 */
static bool write_surroundings(likvard *run, lkv_stage *stage)
{
    const char *theme = run->study->reports.theme;
    if (theme && (!keep_file(run, stage, theme) || !keep_logo(run, stage))) {
        return false;
    }
    g_autofree char *followups = lkv_followups_csv(run->followups);
    return !followups || write_text(run, stage, lkv_followups_file, followups);
}

/* What the run is, last: the manifest names the hash of every other file. */
static bool write_description(likvard *run, lkv_stage *stage,
                              const lkv_rendering *rendering)
{
    g_autofree char *problems = lkv_diag_csv(run->diag);
    g_autofree char *columns = lkv_accounts_columns(run);
    g_autofree char *study = lkv_study_text_resolved(run->study);
    g_autofree char *readme = lkv_readme_text(run);
    if (!readme) {
        return false;
    }
    g_autofree char *package = lkv_package_text(run);
    const struct {
        const char *path, *text;
    } files[] = {
        {"check/problems.csv", problems}, {"check/columns.csv", columns},
        {"config.resolved.yml", study},   {"README.txt", readme},
        {"datapackage.json", package},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        if (!write_text(run, stage, files[i].path, files[i].text)) {
            return false;
        }
    }
    g_autofree char *manifest = lkv_manifest_text(run, rendering, stage);
    if (!write_text(run, stage, "manifest.json", manifest)) {
        return false;
    }
    g_autofree char *sums = lkv_manifest_sums(stage);
    return write_text(run, stage, "SHA256SUMS", sums);
}

/* The proof is written first: then all but the releases can be let go, before
 * pages are drawn.
 */
bool lkv_run_write(likvard *run, lkv_stage *stage)
{
    lkv_handle_check_created(run);
    g_autoptr(lkv_rendering) rendering = lkv_rendering_new(run);
    if (!rendering || !write_private(run, stage, rendering)) {
        return false;
    }
    lkv_disclosure_settle(run->disclosure);
    return lkv_rendering_write(rendering, stage) && write_results(run, stage) &&
           write_surroundings(run, stage) &&
           write_description(run, stage, rendering);
}
