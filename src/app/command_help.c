/* likvard help: topics, and what a message code means. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "base/codes.h"
#include "base/diag.h"
#include "likvard/likvard.h"
#include "study/study.h"

static void print_config(void)
{
    printf("One YAML file describes one run. Five lines are enough:\n\n"
           "  district: Malmö stad\n"
           "  year: 2025\n"
           "  pupils: elever.csv\n"
           "  grades: betyg.csv\n"
           "  reports: [sv]\n\n"
           "Every key (also for --set KEY=VALUE):\n\n");
    for (size_t i = 0; lkv_study_key_at(i); i++) {
        const lkv_key_help *key = lkv_study_key_at(i);
        printf("  %s\n      %s. %s%s%s\n", key->path, key->kind, key->help,
               key->standard && *key->standard ? " Default: " : "",
               key->standard ? key->standard : "");
    }
}

static const struct {
    const char *topic, *text;
} topics[] = {
    {"columns",
     "The program's own names of columns. A header equal to one of them, or to "
     "a\nsynonym in reports/columns.yml, needs no mapping; all others are "
     "mapped by\n`columns:` in the study (our name: your header).\n\n"
     "  schools     school_id school_name kind stages area organiser index\n"
     "              parental_education valid_from valid_to\n"
     "  pupils      pupil_id school_id year stage_year sex "
     "parental_education\n"
     "              background arrival_year new_immigrant special_unit class\n"
     "  grades      pupil_id year subject grade [language], or a column per "
     "subject\n"
     "  tests       pupil_id year subject part value\n"
     "  attainment  pupil_id year subject reached\n"
     "  followup    school_id question action indicator group level\n\n"
     "`year` is the year in which the school year ends. Columns that the study "
     "does\nnot ask for are dropped while the file is read; check/columns.csv "
     "of a run says\nwhich.\n"},
    {"exit-codes",
     "  0    done; warnings allowed\n"
     "  1    it ran, and the answer is no: check found errors, verify a file "
     "that differs,\n"
     "       audit a number that can be worked out\n"
     "  64   wrong option or argument\n"
     "  65   the data was refused\n"
     "  66   an input file is missing or unreadable\n"
     "  70   a bug of the program\n"
     "  71   out of memory\n"
     "  73   the output exists (see --force) or cannot be made\n"
     "  74   disk full, short write\n"
     "  78   the study is wrong\n"
     "  130  stopped by Ctrl-C (143: by TERM); nothing half-written\n"},
    {"privacy",
     "Every number that a reader can see is decided on at once, over all "
     "reports of a\nrun. Under profile public a figure about fewer than 10 "
     "pupils is hidden, and of a\nsensitive outcome 0 to 4 pupils are only "
     "bounded (\"at least 92 %\"). More figures\nare hidden where they would "
     "give those away by subtraction.\n\n"
     "private/ in the run folder holds the proof. It is for the administrator "
     "alone:\nnever pass it on. likvard purge RUN removes it.\n\n"
     "likvard audit RUN attacks a run from its proof alone, as a reader with "
     "all files\nwould, and tells what can be worked out and how.\n"},
    {"formats",
     "  PROFILE/index.html           the district at a glance, links to all "
     "else\n"
     "  PROFILE/reports/LANG/*.pdf   tagged PDF, one a school and the "
     "district\n"
     "  PROFILE/results.xlsx         every figure, for a spreadsheet\n"
     "  PROFILE/results.csv          every figure, one a row "
     "(datapackage.json explains)\n"
     "  PROFILE/results.json         the same as a release, for other "
     "programs\n"
     "  manifest.json SHA256SUMS     what went in and came out\n"
     "  check/problems.csv           what was found in the inputs\n"
     "  check/columns.csv            every column of them: read, or dropped\n"
     "  private/                     the proof, for the administrator alone\n"},
};

int lkv_command_topic(const lkv_options *options)
{
    if (!options->arguments || !options->arguments[0]) {
        g_autofree char *overview = lkv_command_overview();
        fputs(overview, stdout);
        return LIKVARD_OK;
    }
    const char *word = options->arguments[0];
    if (strcmp(word, "config") == 0) {
        print_config();
        return LIKVARD_OK;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(topics); i++) {
        if (strcmp(topics[i].topic, word) == 0) {
            fputs(topics[i].text, stdout);
            return LIKVARD_OK;
        }
    }
    const lkv_command *command = lkv_command_find(word);
    if (command) {
        g_autofree char *help = lkv_command_help(command);
        fputs(help, stdout);
        return LIKVARD_OK;
    }
    g_autofree char *code = g_ascii_strup(word, -1);
    const char *meaning = lkv_code_explain(code);
    if (meaning) {
        printf("%s: %s\n", code, meaning);
        return LIKVARD_OK;
    }
    fprintf(stderr, "likvard: no help on \"%s\"; see likvard help\n", word);
    return LIKVARD_USAGE;
}
