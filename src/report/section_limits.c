/* What the figures cannot say. */
#include "report/section.h"

static void build(const lkv_writing *writing)
{
    static const char *const keys[] = {"limits.cause", "limits.teaching",
                                       "limits.small", "limits.grades",
                                       "limits.groups"};
    lkv_draft *draft = writing->draft;
    lkv_writing_heading(writing, lkv_draft_say(draft, "heading.limits", NULL));
    g_autoptr(GArray) items = lkv_texts_new();
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        lkv_texts_add(items, lkv_draft_say(draft, keys[i], NULL));
    }
    lkv_draft_list(draft, items);
}

const lkv_section lkv_section_limits = {.id = "limits", .build = build};
