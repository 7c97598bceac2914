#include "app/schools.h"

#include <string.h>

#include "base/locale.h"
#include "base/nearest.h"

enum { LIKELY_MOST = 3 };

static const lkv_unit *school_at(const likvard *run, guint unit)
{
    return lkv_frame_unit(run->frame, unit);
}

/* A school and how far from the word that was meant for it. */
struct likely {
    const lkv_unit *unit;
    size_t edits;
};

static gint compare_likely(gconstpointer a, gconstpointer b)
{
    const struct likely *left = a, *right = b;
    int order = (left->edits > right->edits) - (left->edits < right->edits);
    return order ? order : strcmp(left->unit->id, right->unit->id);
}

/* A part of a name is as near as a word can be. */
static size_t edits_to(const char *folded, const lkv_unit *unit)
{
    g_autofree char *name = lkv_text_fold(unit->name);
    g_autofree char *code = lkv_text_fold(unit->id);
    bool part = *folded && (strstr(name, folded) || strstr(code, folded));
    return part ? 0
                : MIN(lkv_word_edits(folded, name),
                      lkv_word_edits(folded, code));
}

static void list_likely(const likvard *run, const char *word,
                        lkv_message *message)
{
    g_autofree char *folded = lkv_text_fold(word);
    g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(struct likely));
    for (guint unit = 1; unit < run->frame->units->len; unit++) {
        const struct likely likely = {school_at(run, unit),
                                      edits_to(folded, school_at(run, unit))};
        g_array_append_val(all, likely);
    }
    g_array_sort(all, compare_likely);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < MIN(all->len, LIKELY_MOST); i++) {
        const lkv_unit *unit = g_array_index(all, struct likely, i).unit;
        g_string_append_printf(out, "%s%s (%s)", i > 0 ? ", " : "", unit->id,
                               unit->name);
    }
    lkv_message_fix(message, "take a code of the schools' table; likeliest: %s",
                    out->len > 0 ? out->str : "none, there are no schools");
    g_string_free(out, TRUE);
}

static uint16_t by_name(const likvard *run, const char *word)
{
    g_autofree char *wanted = lkv_text_fold(word);
    uint16_t found = LKV_NO_VALUE;
    for (guint unit = 1; unit < run->frame->units->len; unit++) {
        g_autofree char *name = lkv_text_fold(school_at(run, unit)->name);
        if (strcmp(name, wanted) != 0) {
            continue;
        }
        if (found != LKV_NO_VALUE) {
            return LKV_NO_VALUE;
        }
        found = (uint16_t)unit;
    }
    return found;
}

static uint16_t by_code(const likvard *run, const char *code)
{
    uint16_t unit = lkv_frame_unit_find(run->frame, code);
    return unit == 0 ? LKV_NO_VALUE : unit;
}

static void report_unknown(const likvard *run, const char *code,
                           const char *word, lkv_place place)
{
    list_likely(run, word,
                lkv_diag_add(run->diag, code, place,
                             "no school has the code \"%s\"", word));
}

uint16_t lkv_schools_find(const likvard *run, const char *word, lkv_place place)
{
    uint16_t unit = by_code(run, word);
    if (unit == LKV_NO_VALUE) {
        unit = by_name(run, word);
    }
    if (unit == LKV_NO_VALUE) {
        report_unknown(run, "E-SCHOOL-UNKNOWN", word, place);
    }
    return unit;
}

void lkv_schools_check_followups(const likvard *run)
{
    size_t count = 0;
    const lkv_followup *all = lkv_followups_all(run->followups, &count);
    for (size_t i = 0; i < count; i++) {
        lkv_place place = all[i].target.place;
        place.field = "school_id";
        if (by_code(run, all[i].school_id) == LKV_NO_VALUE) {
            report_unknown(run, "E-FOLLOWUP-SCHOOL", all[i].school_id, place);
        }
    }
}

void lkv_schools_check(const likvard *run)
{
    const lkv_place place = {.file = run->study->path,
                             .field = "reports.schools"};
    for (const char *const *id = run->study->reports.schools; id && *id; id++) {
        if (by_code(run, *id) == LKV_NO_VALUE) {
            report_unknown(run, "E-SCHOOL-UNKNOWN", *id, place);
        }
    }
}
