/* What the report holds, and where. */
#include "report/section.h"

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    lkv_draft_heading(draft, 2, lkv_draft_say(draft, "contents.heading", NULL));
    lkv_draft_add(draft,
                  (lkv_block){.kind = LKV_BLOCK_CONTENTS, .id = "chapters"});
}

const lkv_section lkv_section_contents = {.id = "contents", .build = build};
