/* How the figures were computed: a sentence a method that the report uses. */
#include "base/wide.h"
#include "report/section.h"

/* Definitions of the outcomes that the rules define, as far as the catalogue
 * has one and the district has figures of it.
 */
static void add_definitions(const lkv_writing *writing, GArray *items)
{
    static const char *const defined[] = {"eligible", "all_subjects",
                                          "all_goals", "merit_17_official",
                                          "merit_17"};
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) stages = lkv_ask_stages(ask);
    for (size_t i = 0; i < G_N_ELEMENTS(defined); i++) {
        uint16_t outcome = lkv_frame_outcome_find(ask->frame, defined[i], NULL);
        bool there = false;
        for (guint s = 0; outcome != LKV_NO_VALUE && s < stages->len; s++) {
            lkv_topic topic = {g_array_index(stages, uint16_t, s), outcome};
            there = there || lkv_ask_level(ask, topic, 0);
        }
        if (there) {
            lkv_texts_add(items, lkv_draft_say(writing->draft,
                                               lkv_draft_name(writing->draft,
                                                              "definition.%s",
                                                              defined[i]),
                                               NULL));
        }
    }
}

/* Whether a mean of the unit's is told. */
static bool has_means(const lkv_ask *ask)
{
    g_autoptr(GArray) stages = lkv_ask_stages(ask);
    for (guint s = 0; s < stages->len; s++) {
        for (guint i = 0; i < ask->frame->outcomes->len; i++) {
            lkv_topic topic = {g_array_index(stages, uint16_t, s), (uint16_t)i};
            if (lkv_ask_outcome(ask, topic)->kind == LKV_POINTS &&
                lkv_ask_told(ask, lkv_ask_level(ask, topic, ask->unit))) {
                return true;
            }
        }
    }
    return false;
}

/* The least change of the rules' shares, or of their points, whole; 0 = any. */
static int64_t least_change(const lkv_frame *frame, bool points)
{
    int64_t least = 0;
    for (size_t i = 0; i < frame->outcomes->len; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(frame, i);
        if (outcome->from_rules && (outcome->kind == LKV_POINTS) == points) {
            least = MAX(least, outcome->least_change);
        }
    }
    unsigned decimals = points ? LKV_CHANGE_DECIMALS : LKV_CHANGE_DECIMALS - 2;
    return least / (int64_t)lkv_power_of_ten(decimals);
}

/* What a change is that is called one. */
static void add_change(const lkv_writing *writing, GArray *items)
{
    const lkv_frame *frame = writing->ask->frame;
    int64_t share = least_change(frame, false);
    int64_t points = least_change(frame, true);
    lkv_draft *draft = writing->draft;
    const lkv_arg args[] = {
        lkv_arg_name("share", lkv_draft_name(draft, "%d", (int)share)),
        lkv_arg_name("points", lkv_draft_name(draft, "%d", (int)points)),
        {0}};
    if (share > 0) {
        lkv_texts_add(items, lkv_draft_say(draft,
                                           points > 0 ? "method.change_points"
                                                      : "method.change",
                                           args));
    }
}

static void build(const lkv_writing *writing)
{
    bool school = lkv_writing_is_school(writing);
    const char *const keys[] = {"method.share",
                                has_means(writing->ask) ? "method.mean" : NULL,
                                school ? "method.gap_school" : "method.gap",
                                school ? NULL : "method.spread",
                                school ? "method.coverage_school"
                                       : "method.coverage",
                                "method.band",
                                school ? "method.clear" : NULL,
                                "method.run"};
    lkv_draft *draft = writing->draft;
    const lkv_arg args[] = {
        lkv_arg_name("level", lkv_writing_level(writing)),
        lkv_arg_name("run", lkv_release_run(writing->ask->release)),
        {0}};
    lkv_writing_heading(writing, lkv_draft_say(draft, "heading.method", NULL));
    g_autoptr(GArray) items = lkv_texts_new();
    add_definitions(writing, items);
    add_change(writing, items);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i]) {
            lkv_texts_add(items, lkv_draft_say(draft, keys[i], args));
        }
    }
    lkv_draft_list(draft, items);
}

const lkv_section lkv_section_method = {.id = "method", .build = build};
