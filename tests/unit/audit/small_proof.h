/* A proof of a few cells in a folder of its own, for tests. */
#ifndef LKV_TESTS_SMALL_PROOF_H
#define LKV_TESTS_SMALL_PROOF_H

#include <glib.h>
#include <glib/gstdio.h>

#include "audit/audit.h"

#define DIMS_HEAD "dim,value,members\n"
#define CELLS_HEAD                                                             \
    "run,report,table,population,stat,of,dims,base,value,decimals,status\n"

typedef struct small_proof {
    char *folder;
    lkv_diag *diag;
    lkv_evidence *evidence;
    lkv_findings *findings;
} small_proof;

static const char *const proof_names[] = {"dims.csv", "scales.csv",
                                          "implications.csv", "populations.csv",
                                          "published-cells.csv"};

static inline void proof_write(const small_proof *proof, const char *name,
                               const char *text)
{
    g_autofree char *path = g_build_filename(proof->folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* With these CELLS (behind "r,") and DIMS (behind the head), nothing else. */
static inline small_proof proof_new(const char *dims, const char *cells)
{
    small_proof proof = {.folder = g_dir_make_tmp("likvard-XXXXXX", NULL),
                         .diag = lkv_diag_new(),
                         .evidence = lkv_evidence_new()};
    g_autofree char *all_dims = g_strconcat(DIMS_HEAD, dims, NULL);
    g_autofree char *all_cells = g_strconcat(CELLS_HEAD, cells, NULL);
    proof_write(&proof, "dims.csv", all_dims);
    proof_write(&proof, "published-cells.csv", all_cells);
    proof_write(&proof, "scales.csv",
                "outcome,least,most,step\npoints,0,20,2.5\n");
    proof_write(&proof, "implications.csv", "a,b\n");
    proof_write(&proof, "populations.csv", "pop_a,pop_b,only_a,only_b\n");
    return proof;
}

static inline bool proof_read(small_proof *proof)
{
    bool read =
        lkv_evidence_read(proof->evidence, proof->folder, "now", proof->diag);
    lkv_evidence_close(proof->evidence);
    return read;
}

/* Reads the proof and attacks it by the usual rules. */
static inline bool proof_audit(small_proof *proof)
{
    const lkv_audit_rules rules = {5, 4, 5, 0.05, false};
    if (proof_read(proof)) {
        proof->findings = lkv_audit(proof->evidence, &rules,
                                    (lkv_crew){.threads = 1}, proof->diag);
    }
    return proof->findings != NULL;
}

static inline void proof_free(small_proof *proof)
{
    for (size_t i = 0; i < G_N_ELEMENTS(proof_names); i++) {
        g_autofree char *path =
            g_build_filename(proof->folder, proof_names[i], NULL);
        g_remove(path);
    }
    g_rmdir(proof->folder);
    g_free(proof->folder);
    lkv_findings_free(proof->findings);
    lkv_evidence_free(proof->evidence);
    lkv_diag_free(proof->diag);
}

/* The finding of KIND whose number is named like WHAT, or NULL. */
static inline const lkv_finding *proof_found(const small_proof *proof,
                                             const char *kind, const char *what)
{
    for (guint i = 0; i < proof->findings->list->len; i++) {
        const lkv_finding *found =
            &g_array_index(proof->findings->list, lkv_finding, i);
        if (strcmp(found->kind, kind) == 0 && strstr(found->what, what)) {
            return found;
        }
    }
    return NULL;
}

#endif
