/* What is hidden and by which rules: the thresholds in words, never why a
 * single figure is.
 */
#include "report/section.h"

static void add_open(const lkv_writing *writing)
{
    lkv_draft_text(writing->draft, LKV_BLOCK_NOTE,
                   lkv_draft_say(writing->draft, "hidden.open", NULL));
}

static void add_rules(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    const lkv_thresholds least = lkv_release_thresholds(writing->ask->release);
    const lkv_arg args[] = {
        lkv_arg_name("base", lkv_draft_name(draft, "%d", least.base_least)),
        lkv_arg_name("count", lkv_draft_name(draft, "%d", least.count_least)),
        lkv_arg_name("gap", lkv_draft_name(draft, "%d", least.gap_least)),
        {0}};
    static const char *const keys[] = {"hidden.base", "hidden.few",
                                       "hidden.gap", "hidden.more"};
    g_autoptr(GArray) said = lkv_texts_new();
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        lkv_texts_add(said, lkv_draft_say(draft, keys[i], args));
    }
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_draft_join(draft, "join.sentences", said));
}

static void build(const lkv_writing *writing)
{
    if (!lkv_writing_chosen(writing, "compact")) {
        lkv_writing_heading(
            writing, lkv_draft_say(writing->draft, "hidden.heading", NULL));
    }
    if (lkv_release_open(writing->ask->release)) {
        add_open(writing);
    } else {
        add_rules(writing);
    }
}

/* COMPACT: under the heading of the section before. */
static const lkv_setting_rule settings[] = {{"compact", LKV_SETTING_CHOICE},
                                            {0}};

const lkv_section lkv_section_hidden = {
    .id = "hidden", .settings = settings, .build = build};
