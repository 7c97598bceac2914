#include "report/report.h"

#include <string.h>

#include "base/nearest.h"
#include "report/aim.h"

/* ---- checking a definition -------------------------------------------------- */

/* What every section can be told. */
static const lkv_setting_rule page_rule = {"page", LKV_SETTING_CHOICE};

static const lkv_setting_rule *rule_of(const lkv_section *section,
                                       const char *name)
{
    if (strcmp(name, page_rule.name) == 0) {
        return &page_rule;
    }
    const lkv_setting_rule *rule = section->settings;
    for (; rule && rule->name; rule++) {
        if (strcmp(rule->name, name) == 0) {
            return rule;
        }
    }
    return NULL;
}

static void suggest(lkv_message *message, const char *word,
                    const GPtrArray *known)
{
    const char *near =
        lkv_word_nearest(word, (const char *const *)(const void *)known->pdata);
    if (near) {
        lkv_message_fix(message, "did you mean '%s'?", near);
    }
}

static bool section_unknown(const lkv_section_spec *spec, lkv_diag *diag)
{
    lkv_message *message =
        lkv_diag_add(diag, "E-SECTION-UNKNOWN", spec->place,
                     "there is no section '%s'", spec->section);
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    for (size_t i = 0; lkv_section_at(i); i++) {
        g_ptr_array_add(known, (gpointer)(uintptr_t)lkv_section_at(i)->id);
    }
    g_ptr_array_add(known, NULL);
    suggest(message, spec->section, known);
    return false;
}

static bool setting_unknown(const lkv_section *section,
                            const lkv_setting *setting, lkv_diag *diag)
{
    lkv_message *message = lkv_diag_add(
        diag, "E-SETTING-UNKNOWN", setting->place,
        "section '%s' has no setting '%s'", section->id, setting->name);
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    const lkv_setting_rule *rule = section->settings;
    g_ptr_array_add(known, (gpointer)(uintptr_t)page_rule.name);
    for (; rule && rule->name; rule++) {
        g_ptr_array_add(known, (gpointer)(uintptr_t)rule->name);
    }
    g_ptr_array_add(known, NULL);
    suggest(message, setting->name, known);
    return false;
}

static bool is_one_of(const lkv_setting *setting, lkv_setting_kind kind)
{
    const char *const *words = setting->values;
    gint64 number = 0;
    switch (kind) {
    case LKV_SETTING_NAMES:
        return true;
    case LKV_SETTING_WHOLE:
        return words[0] && !words[1] &&
               g_ascii_string_to_signed(words[0], 10, 0, G_MAXINT32, &number,
                                        NULL);
    case LKV_SETTING_CHOICE:
        break;
    }
    return words[0] && !words[1] &&
           (strcmp(words[0], "yes") == 0 || strcmp(words[0], "no") == 0);
}

static bool setting_known(const lkv_section *section,
                          const lkv_setting *setting, lkv_diag *diag)
{
    const lkv_setting_rule *rule = rule_of(section, setting->name);
    if (!rule) {
        return setting_unknown(section, setting, diag);
    }
    if (!is_one_of(setting, rule->kind)) {
        lkv_diag_add(
            diag, "E-SETTING-VALUE", setting->place,
            "setting '%s' of section '%s' takes %s", setting->name, section->id,
            rule->kind == LKV_SETTING_WHOLE ? "one whole number" : "yes or no");
        return false;
    }
    return true;
}

bool lkv_report_check(const lkv_definition *definition, lkv_diag *diag)
{
    bool fine = true;
    for (size_t i = 0; i < definition->section_count; i++) {
        const lkv_section_spec *spec = &definition->sections[i];
        const lkv_section *section = lkv_section_find(spec->section);
        if (!section) {
            fine = section_unknown(spec, diag);
            continue;
        }
        for (size_t s = 0; s < spec->setting_count; s++) {
            fine = setting_known(section, &spec->settings[s], diag) && fine;
        }
    }
    return fine;
}

/* ---- checking what is asked for -------------------------------------------- */

bool lkv_report_check_plan(const lkv_report_plan *plan, const lkv_frame *frame,
                           lkv_diag *diag)
{
    bool fine = true;
    for (size_t i = 0; i < plan->target_count; i++) {
        fine = lkv_aim_check(&plan->targets[i], frame, "E-TARGET-UNKNOWN",
                             "a target", diag) &&
               fine;
    }
    for (size_t i = 0; i < plan->followup_count; i++) {
        fine = lkv_aim_check(&plan->followups[i].target, frame,
                             "E-FOLLOWUP-UNKNOWN", "a follow-up", diag) &&
               fine;
    }
    for (size_t i = 0; i < plan->official_count; i++) {
        fine =
            lkv_aim_check(&plan->officials[i].about, frame,
                          "E-OFFICIAL-UNKNOWN", "an official figure", diag) &&
            fine;
    }
    return fine;
}

/* ---- building ------------------------------------------------------------------ */

lkv_document *lkv_report_build(const lkv_definition *definition,
                               const lkv_report_plan *plan,
                               const lkv_release *release, uint16_t unit,
                               lkv_diag *diag)
{
    if (!lkv_report_check(definition, diag)) {
        return NULL;
    }
    const lkv_ask ask = lkv_ask_of(release, unit);
    lkv_draft *draft = lkv_draft_new(release, unit);
    for (size_t i = 0; i < definition->section_count; i++) {
        const lkv_section_spec *spec = &definition->sections[i];
        const lkv_section *section = lkv_section_find(spec->section);
        const lkv_writing writing = {.draft = draft,
                                     .ask = &ask,
                                     .definition = definition,
                                     .spec = spec,
                                     .plan = plan};
        draft->section = section->id;
        guint first = draft->blocks->len;
        section->build(&writing);
        if (draft->blocks->len > first &&
            lkv_writing_chosen(&writing, page_rule.name)) {
            lkv_draft_break(draft, first);
        }
    }
    return lkv_draft_finish(draft);
}
