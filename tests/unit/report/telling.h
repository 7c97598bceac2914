/* Documents as text, and golden files of them. */
#ifndef LKV_TESTS_REPORT_TELLING_H
#define LKV_TESTS_REPORT_TELLING_H

#include <stdio.h>
#include <stdlib.h>

#include "base/diag.h"
#include "check.h"
#include "maker.h"
#include "report/report.h"
#include "study/study.h"
#include "study/text.h"

typedef struct told_language {
    lkv_locale *locale;
    lkv_catalogue *catalogue;
} told_language;

/* Goals that the tested reports come back to. */
static const lkv_target_spec told_targets[] = {
    {.indicator = "eligible", .level = 85, .year = 2025},
    {.indicator = "eligible", .group = "sex.f", .level = 90, .year = 2025},
    {.indicator = "merit_17", .level = 220, .year = 2027},
    {.indicator = "all_goals", .level = 80, .year = 2025},
};

/* The first has a level of its own, the second the district's, the third none;
 * the fourth is about what the school has no pupils for.
 */
static const lkv_followup told_followups[] = {
    {.school_id = "11",
     .question = "Vilka elever saknar ett ämne?",
     .action = "Uppföljning varje månad.",
     .target = {.indicator = "all_subjects", .level = 75, .year = 2025}},
    {.school_id = "11",
     .question = "Hur når flickor målen?",
     .action = "",
     .target = {.indicator = "eligible",
                .group = "sex.f",
                .level = LKV_NO_LEVEL,
                .year = 2025}},
    {.school_id = "11",
     .question = "Hur går det i alla ämnen?",
     .action = "Gemensam planering.",
     .target = {.indicator = "all_subjects",
                .level = LKV_NO_LEVEL,
                .year = 2025}},
    {.school_id = "11",
     .question = "Läser alla?",
     .action = "Lästid.",
     .target = {.indicator = "goal:XX", .level = 90, .year = 2025}},
    {.school_id = "12",
     .question = "En annan skolas fråga?",
     .action = "Står inte hos den första.",
     .target = {.indicator = "all_goals", .level = 90, .year = 2025}},
};

/* One about a share, of other pupils; one about points, of as many; one that
 * does not say of how many; one that the city has no figures of.
 */
static const lkv_official_spec told_officials[] = {
    {.about = {.indicator = "eligible", .level = LKV_NO_LEVEL},
     .value = {847, 1},
     .pupils = 1190,
     .source = "Statistikverket, oktober 2025"},
    {.about = {.indicator = "merit_17_official", .level = LKV_NO_LEVEL},
     .value = {22876, 2},
     .pupils = 1189,
     .source = "Statistikverket, oktober 2025"},
    {.about = {.indicator = "all_subjects", .level = LKV_NO_LEVEL},
     .value = {77, 0},
     .source = "Tidningen"},
    {.about = {.indicator = "goal:XX", .level = LKV_NO_LEVEL},
     .value = {77, 0},
     .source = "Tidningen"},
};

static const lkv_study told_study = {
    .rules = "se-2011", .seed = 20250613, .replicates = 999};

static inline lkv_report_plan told_plan(void)
{
    return (lkv_report_plan){.study = &told_study,
                             .version = "1.2.3",
                             .targets = told_targets,
                             .target_count = G_N_ELEMENTS(told_targets),
                             .officials = told_officials,
                             .official_count = G_N_ELEMENTS(told_officials),
                             .followups = told_followups,
                             .followup_count = G_N_ELEMENTS(told_followups)};
}

static inline void told_fail(const lkv_diag *diag)
{
    g_autofree char *text = lkv_diag_text(diag, (lkv_print){0});
    print_error("%s\n", text);
    fail();
}

static inline told_language told_open_as(const char *id, bool easy)
{
    g_setenv("LIKVARD_REPORTS", LIKVARD_SOURCE "/reports", TRUE);
    g_autofree char *error = NULL;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    told_language language = {.locale = lkv_locale_new(id, &error)};
    assert_non_null(language.locale);
    language.catalogue = easy ? lkv_text_read_easy(language.locale, diag)
                              : lkv_text_read(language.locale, diag);
    if (!language.catalogue) {
        told_fail(diag);
    }
    return language;
}

static inline told_language told_open(const char *id)
{
    return told_open_as(id, false);
}

static inline void told_close(told_language *language)
{
    lkv_catalogue_free(language->catalogue);
    lkv_locale_free(language->locale);
}

static inline lkv_definition *told_definition(const char *name)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autofree char *path =
        g_strdup_printf(LIKVARD_SOURCE "/reports/%s.yml", name);
    lkv_definition *definition = lkv_definition_read(path, diag);
    if (!definition || !lkv_report_check(definition, diag)) {
        told_fail(diag);
    }
    return definition;
}

static inline char *told_say(const lkv_words *words, const lkv_text *text)
{
    char *said = lkv_text_compose(words, text);
    if (!said) {
        print_error(
            "no sentence: %s (%s)\n", text->key,
            lkv_locale_language(lkv_catalogue_locale(words->catalogue)));
        fail();
    }
    return said;
}

static inline void told_put(GString *out, const char *before,
                            const lkv_words *words, const lkv_text *text)
{
    g_autofree char *said = told_say(words, text);
    if (*said) {
        g_string_append_printf(out, "%s%s\n", before, said);
    }
}

static inline void told_grid(GString *out, const lkv_words *words,
                             const lkv_grid *grid)
{
    told_put(out, "caption: ", words, &grid->caption);
    for (size_t row = 0; row < grid->rows + 1; row++) {
        const char *lead = row == 0 ? "= "
                           : grid->group_head && grid->group_head[row - 1]
                               ? "# "
                               : "- ";
        GString *line = g_string_new(NULL);
        for (size_t i = 0; i < grid->columns; i++) {
            g_autofree char *said = told_say(
                words, row == 0 ? &grid->column[i].head
                                : &grid->text[(row - 1) * grid->columns + i]);
            g_string_append_printf(line, "%s%s", i > 0 ? " | " : "", said);
        }
        if (row > 0 || grid->columns > 1) {
            g_string_append_printf(out, "%s%s\n", lead, line->str);
        }
        g_string_free(line, TRUE);
    }
}

static inline char *told_cell(const lkv_words *words, lkv_cell cell)
{
    if (cell == 0) {
        return g_strdup("");
    }
    const lkv_arg arg = {.kind = LKV_ARG_CELL, .cell = cell};
    return lkv_cell_compose(words, &arg);
}

static inline void told_mark(GString *out, const lkv_words *words,
                             const lkv_mark *mark)
{
    static const char *const kinds[] = {"dot",  "interval", "band", "tick",
                                        "line", "ribbon",   "bar",  "stack",
                                        "span", "whole",    "part", "break"};
    static const char *const roles[] = {"own", "district", "group", "reference",
                                        "quiet"};
    g_autofree char *at = told_cell(words, mark->at);
    g_autofree char *low = told_cell(words, mark->low);
    g_autofree char *high = told_cell(words, mark->high);
    g_autofree char *label = told_say(words, &mark->label);
    g_string_append_printf(out, "  %d %s %s", mark->slot, kinds[mark->kind],
                           roles[mark->role]);
    if (mark->series > 0) {
        g_string_append_printf(out, " series %d", mark->series);
    }
    if (*at) {
        g_string_append_printf(out, " at %s", at);
    }
    if (*low || *high) {
        g_string_append_printf(out, " from %s to %s", low, high);
    }
    if (*label) {
        g_string_append_printf(out, " \"%s\"", label);
    }
    g_string_append_c(out, '\n');
}

static inline void told_chart(GString *out, const lkv_words *words,
                              const lkv_chart *chart)
{
    told_put(out, "title: ", words, &chart->title);
    told_put(out, "reading: ", words, &chart->reading);
    for (size_t i = 0; i < chart->slots; i++) {
        g_autofree char *label = told_say(words, &chart->slot[i].label);
        g_autofree char *below = told_say(words, &chart->slot[i].below);
        g_autofree char *end = told_say(words, &chart->slot[i].end);
        g_string_append_printf(out, "slot %zu: %s | %s | %s\n", i, label, below,
                               end);
    }
    for (size_t i = 0; i < chart->legends; i++) {
        told_put(out, "legend: ", words, &chart->legend[i]);
    }
    for (size_t i = 0; i < chart->marks; i++) {
        told_mark(out, words, &chart->mark[i]);
    }
    told_put(out, "alt: ", words, &chart->alt);
}

static inline void told_block(GString *out, const lkv_words *words,
                              const lkv_block *block)
{
    static const char *const kinds[] = {
        "title",     "lead",     "heading", "paragraph", "note",  "list",
        "questions", "contents", "cards",   "table",     "chart", "page break"};
    g_string_append_printf(out, "[%s %s", kinds[block->kind], block->id);
    if (block->level > 0) {
        g_string_append_printf(out, " level %d", block->level);
    }
    if (block->columns > 0) {
        g_string_append_printf(out, " columns %d", block->columns);
    }
    g_string_append(out, "]\n");
    switch (block->kind) {
    case LKV_BLOCK_TITLE:
    case LKV_BLOCK_LEAD:
    case LKV_BLOCK_HEADING:
    case LKV_BLOCK_PARAGRAPH:
    case LKV_BLOCK_NOTE:
        told_put(out, "", words, &block->as.text);
        break;
    case LKV_BLOCK_LIST:
    case LKV_BLOCK_QUESTIONS:
    case LKV_BLOCK_TABLE:
        told_grid(out, words, &block->as.grid);
        break;
    case LKV_BLOCK_CARDS:
        for (size_t i = 0; i < block->as.cards.cards; i++) {
            const lkv_card *card = &block->as.cards.card[i];
            g_autofree char *value = told_cell(words, card->value);
            g_autofree char *label = told_say(words, &card->label);
            g_autofree char *below = told_say(words, &card->below);
            g_string_append_printf(out, "- %s | %s | %s\n", value, label,
                                   below);
        }
        break;
    case LKV_BLOCK_CHART:
        told_chart(out, words, &block->as.chart);
        break;
    case LKV_BLOCK_CONTENTS:
    case LKV_BLOCK_PAGE_BREAK:
        break;
    }
}

/* The blocks of SECTION (NULL = all, with the words around the pages). */
static inline char *told_document(const lkv_document *document,
                                  const lkv_words *words, const char *section)
{
    GString *out = g_string_new(NULL);
    if (!section) {
        told_put(out, "over: ", words, &document->over);
        told_put(out, "aside: ", words, &document->aside);
        told_put(out, "running: ", words, &document->running);
        told_put(out, "subject: ", words, &document->subject);
    }
    for (size_t i = 0; i < document->blocks; i++) {
        const lkv_block *block = &document->block[i];
        g_autofree char *prefix =
            section ? g_strdup_printf("%s.", section) : g_strdup("");
        if (g_str_has_prefix(block->id, prefix)) {
            told_block(out, words, block);
        }
    }
    return g_string_free(out, FALSE);
}

/* A small town of the tests of one section: rules of a country, a group of sex;
 * what else a test needs it sets.
 */
static inline made_world told_town(const char *const *schools,
                                   const char *const *populations,
                                   const char *const *outcomes,
                                   const made_figure *figures)
{
    static const char *const groups[] = {"sex m f", NULL};
    return (made_world){.district = "Norrhamns kommun",
                        .schools = schools,
                        .populations = populations,
                        .outcomes = outcomes,
                        .groups = groups,
                        .levels = "ABCDEF-",
                        .passed = "ABCDE",
                        .rules = true,
                        .year = 2025,
                        .thresholds = {10, 5, 20, 30},
                        .figures = figures};
}

/* SECTION of the report DEFINITION_NAME on UNIT of WORLD, by PLAN, in words. */
static inline char *told_section_by(const made_world *world,
                                    const lkv_report_plan *plan,
                                    const char *definition_name, uint16_t unit,
                                    const char *section,
                                    const char *language_id)
{
    told_language language = told_open(language_id);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_release) release = made_release(world);
    g_autoptr(lkv_definition) definition = told_definition(definition_name);
    g_autoptr(lkv_document) document =
        lkv_report_build(definition, plan, release, unit, diag);
    const lkv_words words = {.release = release,
                             .catalogue = language.catalogue};
    char *text = told_document(document, &words, section);
    told_close(&language);
    return text;
}

/* The same of the district's report by the plan of all tests. */
static inline char *told_section(const made_world *world, const char *section,
                                 const char *language_id)
{
    const lkv_report_plan plan = told_plan();
    return told_section_by(world, &plan, "district", 0, section, language_id);
}

/* How often WHAT is in TEXT. */
static inline size_t told_count(const char *text, const char *what)
{
    size_t count = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what)) {
        count++;
    }
    return count;
}

/* Holds TEXT against tests/golden/report/NAME.LANGUAGE.txt;
 * LKV_UPDATE_GOLDEN=1 writes it instead.
 */
static inline void told_golden(const char *name, const char *language,
                               const char *text)
{
    g_autofree char *path = g_strdup_printf(
        LIKVARD_SOURCE "/tests/golden/report/%s.%s.txt", name, language);
    if (g_strcmp0(g_getenv("LKV_UPDATE_GOLDEN"), "1") == 0) {
        if (*text) {
            assert_true(g_file_set_contents(path, text, -1, NULL));
        } else {
            remove(path);
        }
        return;
    }
    g_autofree char *wanted = NULL;
    bool there = g_file_get_contents(path, &wanted, NULL, NULL);
    if (g_strcmp0(there ? wanted : "", text) != 0) {
        print_error("%s differs; wanted:\n%s\nhave:\n%s\n", path,
                    there ? wanted : "(nothing)", text);
        fail();
    }
}

#endif
