/* likvard audit: what can be worked out from all that a run has published. */
#include <stdio.h>
#include <string.h>

#include "app/certificate.h"
#include "app/command.h"
#include "app/ledger.h"
#include "app/messages.h"
#include "audit/audit.h"

/* A proof is only as good as its files: each must be as the run left it. */
static bool check_files(const char *dir, lkv_diag *diag)
{
    g_autofree char *sums = g_build_filename(dir, "SHA256SUMS", NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(sums, &text, NULL, NULL)) {
        lkv_diag_add(diag, "E-FILE-UNREADABLE", (lkv_place){.file = sums},
                     "the file cannot be read");
        return false;
    }
    bool same = true;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        const char *path = strstr(*line, "  private/");
        g_autofree char *full =
            path ? g_build_filename(dir, path + 2, NULL) : NULL;
        g_autofree char *hash = full ? lkv_command_hash(full) : NULL;
        if (hash && !g_str_has_prefix(*line, hash)) {
            lkv_message *message =
                lkv_diag_add(diag, "E-PROOF-CHANGED", (lkv_place){.file = full},
                             "the file is not as the run made it");
            lkv_message_fix(message, "see likvard verify %s", dir);
            same = false;
        }
    }
    return same;
}

static bool read_run(lkv_evidence *evidence, const char *dir, lkv_diag *diag)
{
    g_autofree char *proof = g_build_filename(dir, "private", NULL);
    if (!g_file_test(proof, G_FILE_TEST_IS_DIR)) {
        lkv_message *message =
            lkv_diag_add(diag, "E-FILE-MISSING", (lkv_place){.file = proof},
                         "the proof of the run is not there");
        lkv_message_why(message, "it was purged, or the run is of open data, "
                                 "which hides nothing");
        lkv_message_fix(message, "audit a run before it is purged; running it "
                                 "again makes a new proof");
        return false;
    }
    return check_files(dir, diag) &&
           lkv_evidence_read(evidence, proof, dir, diag);
}

static void free_release(gpointer release)
{
    lkv_release_free(release);
}

/* Whether the runs AGAINST are of the district of the run in DIR. */
static bool same_district(const char *dir, char **against, lkv_diag *diag)
{
    g_autoptr(GPtrArray) releases =
        g_ptr_array_new_with_free_func(free_release);
    bool same = lkv_ledger_read_run(releases, dir, NULL, diag);
    const lkv_frame *frame =
        same ? lkv_release_frame(g_ptr_array_index(releases, 0)) : NULL;
    for (char **other = against; same && *other; other++) {
        same = lkv_ledger_read_run(releases, *other, frame, diag);
    }
    return same;
}

/* The run in DIR first, then those that readers have beside it. */
static bool read_runs(lkv_evidence *evidence, const char *dir, char **against,
                      lkv_diag *diag)
{
    bool read = read_run(evidence, dir, diag) &&
                (!against || same_district(dir, against, diag));
    for (char **other = against; read && other && *other; other++) {
        read = read_run(evidence, *other, diag);
    }
    return read;
}

/* The threshold is the run's own unless another is asked for. */
static lkv_audit_rules rules_of(const lkv_options *options, const char *dir)
{
    enum { USUAL = 5 };
    int own = lkv_certificate_threshold(dir);
    int asked = (int)options->threshold;
    return (lkv_audit_rules){.threshold = asked != LKV_NOT_GIVEN ? asked
                                          : own > 0              ? own
                                                                 : USUAL,
                             .min_width = (int)options->min_width,
                             .pct_width = 5,
                             .mean_width = 0.05,
                             .linear = options->linear};
}

static int tell(const lkv_options *options, const lkv_evidence *evidence,
                const lkv_findings *findings)
{
    g_autofree char *text = lkv_audit_text(findings);
    g_autofree char *summary = lkv_audit_summary(evidence, findings);
    fputs(text, stdout);
    if (!options->quiet) {
        fflush(stdout);
        fprintf(stderr, "audit: %s\n", summary);
    }
    g_autofree char *csv = options->findings ? lkv_audit_csv(findings) : NULL;
    if (csv && !lkv_messages_write(options->findings, csv)) {
        return LIKVARD_IO;
    }
    bool clean = lkv_audit_count(findings, LKV_FOUND_LEAK) == 0 &&
                 lkv_audit_count(findings, LKV_FOUND_UNSURE) == 0;
    return clean ? LIKVARD_OK : LIKVARD_NO;
}

static int code_of(const lkv_diag *diag)
{
    lkv_fault fault = lkv_diag_fault(diag);
    return fault == LKV_FAULT_INPUT   ? LIKVARD_INPUT
           : fault == LKV_FAULT_DATA  ? LIKVARD_DATA
           : fault == LKV_FAULT_STUDY ? LIKVARD_STUDY
                                      : LIKVARD_BUG;
}

int lkv_command_audit(const lkv_options *options)
{
    const char *dir = lkv_command_folder(options, "audit");
    if (!dir) {
        return lkv_command_no_folder(options);
    }
    if (options->against && g_strv_length(options->against) >= LKV_RUNS_MOST) {
        fprintf(stderr, "likvard: audit takes at most %d runs\n",
                LKV_RUNS_MOST);
        return LIKVARD_USAGE;
    }
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_evidence) evidence = lkv_evidence_new();
    g_autoptr(lkv_findings) findings = NULL;
    if (read_runs(evidence, dir, options->against, diag)) {
        lkv_evidence_close(evidence);
        lkv_audit_rules rules = rules_of(options, dir);
        lkv_crew crew = {.threads = options->jobs > 0 ? (unsigned)options->jobs
                                                      : lkv_processors()};
        findings = lkv_audit(evidence, &rules, crew, diag);
    }
    if (!findings) {
        bool said = lkv_messages_say(diag, options, "audit");
        return said ? code_of(diag) : LIKVARD_IO;
    }
    return tell(options, evidence, findings);
}
