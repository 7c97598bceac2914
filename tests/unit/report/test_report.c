/* Whole documents against golden text, a file a section and language. */
#include "telling.h"
#include "worlds.h"

typedef struct told_case {
    const char *name;
    const made_world *world;
    const char *definition;
    uint16_t unit;
    bool easy;
} told_case;

static const told_case cases[] = {
    {"city-school", &city, "school", 1, false},
    {"city-f6", &city, "school", 2, false},
    {"city-hidden", &city, "school", 3, false},
    {"city-district", &city, "district", 0, false},
    {"board-district", &board, "district", 0, false},
    {"city-guardians", &city, "guardians", 1, true},
    {"city-guardians-hidden", &city, "guardians", 3, true},
};

static void hold_sections(const told_case *at, const lkv_definition *definition,
                          const lkv_document *document, const lkv_words *words)
{
    const char *language =
        lkv_locale_language(lkv_catalogue_locale(words->catalogue));
    for (size_t i = 0; i < definition->section_count; i++) {
        const char *section = definition->sections[i].section;
        g_autofree char *text = told_document(document, words, section);
        g_autofree char *name = g_strdup_printf("%s.%s", at->name, section);
        told_golden(name, language, text);
    }
}

static void hold(const told_case *at, const char *id)
{
    told_language language = told_open_as(id, at->easy);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_release) release = made_release(at->world);
    g_autoptr(lkv_definition) definition = told_definition(at->definition);
    const lkv_report_plan plan = told_plan();
    g_autoptr(lkv_document) document =
        lkv_report_build(definition, &plan, release, at->unit, diag);
    assert_non_null(document);
    const lkv_words words = {.release = release,
                             .catalogue = language.catalogue};
    g_autofree char *whole = told_document(document, &words, NULL);
    assert_true(strlen(whole) > 100);
    hold_sections(at, definition, document, &words);
    told_close(&language);
}

static void documents_read_as_before(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        hold(&cases[i], "sv");
        if (!cases[i].easy) {
            hold(&cases[i], "en");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_read_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
