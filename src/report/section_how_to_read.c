/* How to read the report: interval, district, difference, symbols. */
#include "report/section.h"

static void build(const lkv_writing *writing)
{
    static const char *const keys[] = {"reading.interval", "reading.clear",
                                       "reading.points", "reading.symbols"};
    lkv_draft *draft = writing->draft;
    lkv_draft_heading(draft, 2, lkv_draft_say(draft, "reading.heading", NULL));
    g_autoptr(GArray) items = lkv_texts_new();
    const lkv_arg args[] = {lkv_arg_name("level", lkv_writing_level(writing)),
                            {0}};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        lkv_texts_add(items, lkv_draft_say(draft, keys[i], args));
    }
    lkv_draft_list(draft, LKV_BLOCK_LIST, items);
    if (writing->theme && writing->theme->contact) {
        lkv_draft_text(
            draft, LKV_BLOCK_NOTE,
            lkv_draft_say(
                draft, "reading.contact",
                (lkv_arg[]){lkv_arg_name("contact", writing->theme->contact),
                            {0}}));
    }
}

const lkv_section lkv_section_how_to_read = {.id = "how_to_read",
                                             .build = build};
