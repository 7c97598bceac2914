#include "base/key.h"

#include <stddef.h>
#include <string.h>

#include <glib.h>

#include "base/order.h"

static int64_t joined(uint16_t a, uint16_t b, uint16_t c)
{
    return (int64_t)a << 32 | (int64_t)b << 16 | c;
}

/* Three parts at once: nothing is done as often as to look for a key. */
int lkv_key_compare(const lkv_key *a, const lkv_key *b)
{
    int order = lkv_order(joined(a->population, a->variant, a->unit),
                          joined(b->population, b->variant, b->unit));
    if (order == 0) {
        order = lkv_order(joined(a->outcome, a->measure, a->component),
                          joined(b->outcome, b->measure, b->component));
    }
    if (order == 0) {
        order = lkv_order(joined(a->group_by, a->group, a->reference),
                          joined(b->group_by, b->group, b->reference));
    }
    return order ? order : lkv_order(a->target, b->target);
}

const char *lkv_value_unit_id(lkv_value_unit unit)
{
    static const char *const ids[LKV_UNITS] = {
        [LKV_UNIT_NONE] = "",
        [LKV_UNIT_SHARE] = "share",
        [LKV_UNIT_SHARE_POINTS] = "share",
        [LKV_UNIT_POINTS] = "points",
        [LKV_UNIT_POINTS2] = "points2",
        [LKV_UNIT_COUNT] = "count",
        [LKV_UNIT_RATIO] = "ratio",
        [LKV_UNIT_PROBABILITY] = "probability",
    };
    return unit < LKV_UNITS ? ids[unit] : "";
}

const char *lkv_method_id(lkv_method method)
{
    static const char *const ids[LKV_METHODS] = {
        "",
#define LKV_METHOD(name, id, meaning) id,
#include "base/methods.def"
#undef LKV_METHOD
    };
    return method < LKV_METHODS ? ids[method] : "";
}

const char *lkv_reason_id(lkv_reason reason)
{
    static const char *const ids[LKV_REASONS] = {
        "",
#define LKV_REASON(name, id) id,
#include "base/reasons.def"
#undef LKV_REASON
    };
    return reason < LKV_REASONS ? ids[reason] : "";
}

static const char *const notes_ids[] = {
#define LKV_NOTE(name, id, meaning) id,
#include "base/notes.def"
#undef LKV_NOTE
};
G_STATIC_ASSERT(LKV_NOTES <= 16);

char *lkv_notes_text(lkv_notes notes)
{
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; i < LKV_NOTES; i++) {
        if (((unsigned)notes >> i & 1U) != 0) {
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "",
                                   notes_ids[i]);
        }
    }
    return g_string_free(text, FALSE);
}

bool lkv_notes_read(const char *text, lkv_notes *notes)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    *notes = LKV_NOTE_NONE;
    for (size_t at = 0; words[at]; at++) {
        unsigned i = 0;
        while (i < LKV_NOTES && strcmp(words[at], notes_ids[i]) != 0) {
            i++;
        }
        if (i == LKV_NOTES) {
            return false;
        }
        *notes = (lkv_notes)(*notes | 1U << i);
    }
    return true;
}

int lkv_reason_not_applicable(lkv_reason reason)
{
    return reason == LKV_REASON_NO_YEAR_BEFORE ||
           reason == LKV_REASON_NO_THREE_YEARS ||
           reason == LKV_REASON_NO_SUCH_STAGE;
}
