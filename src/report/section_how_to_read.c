/* How to read the report: interval, district, difference, symbols. */
#include "report/section.h"

static void build(const lkv_writing *writing)
{
    const char *const keys[] = {"reading.interval",
                                lkv_writing_is_school(writing)
                                    ? "reading.clear"
                                    : "reading.clear_district",
                                "reading.symbols", "reading.points"};
    bool compact = lkv_writing_chosen(writing, "compact");
    lkv_draft *draft = writing->draft;
    lkv_writing_heading(writing, lkv_draft_say(draft, "reading.heading", NULL));
    g_autoptr(GArray) items = lkv_texts_new();
    const lkv_arg args[] = {lkv_arg_name("level", lkv_writing_level(writing)),
                            {0}};
    for (size_t i = 0; i < G_N_ELEMENTS(keys) - (compact ? 1 : 0); i++) {
        lkv_texts_add(items, lkv_draft_say(draft, keys[i], args));
    }
    if (compact) {
        lkv_draft_text(draft, LKV_BLOCK_NOTE,
                       lkv_draft_join(draft, "join.sentences", items));
    } else {
        lkv_draft_list(draft, items);
    }
    if (writing->plan->theme && writing->plan->theme->contact) {
        lkv_draft_text(
            draft, LKV_BLOCK_NOTE,
            lkv_draft_say(
                draft, "reading.contact",
                (lkv_arg[]){
                    lkv_arg_name("contact", writing->plan->theme->contact),
                    {0}}));
    }
}

static const lkv_setting_rule settings[] = {{"compact", LKV_SETTING_CHOICE},
                                            {0}};

const lkv_section lkv_section_how_to_read = {
    .settings = settings, .id = "how_to_read", .build = build};
