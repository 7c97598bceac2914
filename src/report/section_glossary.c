/* Words of the report and what they mean here. */
#include "report/section.h"

static void build(const lkv_writing *writing)
{
    static const char *const words[] = {
        "equity",     "interval", "clear", "points",      "merit",  "eligible",
        "background", "spread",   "part",  "same_school", "uneven", "chance",
        "percentile", "net",      "dash",  "preliminary"};
    lkv_draft *draft = writing->draft;
    lkv_writing_heading(writing, lkv_writing_say(writing, "glossary.heading"));
    lkv_table_draft *table = lkv_table_draft_new(draft, "words", (lkv_text){0});
    static const lkv_head heads[] = {{"glossary.word", LKV_LEFT, 4},
                                     {"glossary.meaning", LKV_LEFT, 10}};
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        lkv_table_draft_cell(
            table, lkv_writing_say(writing, lkv_draft_name(draft, "glossary.%s",
                                                           words[i])));
        lkv_table_draft_cell(
            table,
            lkv_writing_say(
                writing, lkv_draft_name(draft, "glossary.%s_means", words[i])));
    }
    lkv_table_draft_end(table);
}

const lkv_section lkv_section_glossary = {.id = "glossary", .build = build};
