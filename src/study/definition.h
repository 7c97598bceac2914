/* A report as data: which sections, in which order, with which settings
 * (reports/school.yml, reports/district.yml), and the theme.
 */
#ifndef LKV_STUDY_DEFINITION_H
#define LKV_STUDY_DEFINITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"

/* A setting is text or a list of texts; VALUES is NULL-terminated. */
typedef struct lkv_setting {
    const char *name;
    const char *const *values;
    lkv_place place;
} lkv_setting;

typedef struct lkv_section_spec {
    const char *section; /* id of sections.def */
    const lkv_setting *settings;
    size_t setting_count;
    lkv_place place;
} lkv_section_spec;

typedef enum { LKV_REPORT_SCHOOL, LKV_REPORT_DISTRICT } lkv_report_kind;

typedef struct lkv_definition {
    const char *id; /* "school", "district" */
    lkv_report_kind kind;
    const char *title; /* catalogue key */
    const lkv_section_spec *sections;
    size_t section_count;
    struct lkv_definition_text *text;
} lkv_definition;

lkv_definition *lkv_definition_read(const char *path, lkv_diag *diag);
void lkv_definition_free(lkv_definition *definition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_definition, lkv_definition_free)

/* Values of setting NAME, or NULL. */
const char *const *lkv_section_setting(const lkv_section_spec *section,
                                       const char *name);

/* Colours are 0xRRGGBB. Contrast on white is checked at load: 4.5 for text,
 * 3 for marks (WCAG 2.1, 1.4.3 and 1.4.11).
 */
typedef struct lkv_theme {
    char *head; /* line above the title: "Malmö stad · Varje elevs …" or NULL */
    char *contact; /* or NULL */
    char *logo; /* path of a PNG file, or NULL */
    uint32_t ink, muted, own, district, other, grid, panel, band;
} lkv_theme;

/* PATH NULL = the built-in theme file reports/theme.yml; else what the file at
 * PATH leaves out is as in that one.
 */
lkv_theme *lkv_theme_read(const char *path, lkv_diag *diag);
void lkv_theme_free(lkv_theme *theme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_theme, lkv_theme_free)

#endif
