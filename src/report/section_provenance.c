/* What the report was made of and how it can be made again. Names and hashes of
 * the files stay with the run: they are the administration's.
 */
#include "report/section.h"

static void add_row(lkv_table_draft *table, const lkv_writing *writing,
                    const char *key, lkv_text value)
{
    if (value.key) {
        lkv_table_draft_cell(table, lkv_writing_say(writing, key));
        lkv_table_draft_cell(table, value);
    }
}

static lkv_text named(const lkv_writing *writing, const char *text)
{
    return text ? lkv_draft_say(writing->draft, "value.name",
                                (lkv_arg[]){lkv_arg_name("name", text), {0}})
                : (lkv_text){0};
}

/* The first and the last school year that there are pupils of. */
static lkv_text years_of(const lkv_writing *writing)
{
    const lkv_frame *frame = writing->ask->frame;
    int first = frame->year;
    for (guint i = 0; i < frame->populations->len; i++) {
        int year = lkv_frame_population(frame, i)->year;
        first = year > 0 && year < first ? year : first;
    }
    const char *to = lkv_writing_school_year(writing, frame->year);
    if (first == frame->year || !to) {
        return named(writing, to);
    }
    return lkv_draft_say(
        writing->draft, "provenance.years_range",
        (lkv_arg[]){
            lkv_arg_name("from", lkv_writing_school_year(writing, first)),
            lkv_arg_name("to", to),
            {0}});
}

static lkv_text date_of(const lkv_writing *writing)
{
    return writing->ask->frame->has_reference_date
               ? lkv_draft_say(writing->draft, "provenance.date_value",
                               (lkv_arg[]){lkv_arg_date("date"), {0}})
               : (lkv_text){0};
}

static lkv_text draws_of(const lkv_writing *writing)
{
    const lkv_study *study = writing->plan->study;
    lkv_draft *draft = writing->draft;
    return lkv_draft_say(
        draft, "provenance.draws_value",
        (lkv_arg[]){
            lkv_arg_name("seed", lkv_draft_name(draft, "%" G_GUINT64_FORMAT,
                                                study->seed)),
            lkv_arg_name("draws",
                         lkv_draft_name(draft, "%u", study->replicates)),
            {0}});
}

static void build(const lkv_writing *writing)
{
    const lkv_report_plan *plan = writing->plan;
    lkv_draft *draft = writing->draft;
    if (!plan->study || !plan->version) {
        return;
    }
    static const lkv_head heads[] = {{"provenance.what", LKV_LEFT, 4},
                                     {"provenance.value", LKV_LEFT, 8}};
    lkv_writing_heading(writing,
                        lkv_writing_say(writing, "provenance.heading"));
    lkv_draft_intro(draft, LKV_BLOCK_PARAGRAPH,
                    lkv_writing_say(writing, "provenance.lead"));
    lkv_table_draft *table = lkv_table_draft_new(
        draft, "made_of", lkv_writing_say(writing, "provenance.table"));
    lkv_writing_heads(writing, table, heads, G_N_ELEMENTS(heads));
    add_row(table, writing, "provenance.run",
            named(writing, lkv_release_run(writing->ask->release)));
    add_row(table, writing, "provenance.years", years_of(writing));
    add_row(table, writing, "provenance.date", date_of(writing));
    add_row(table, writing, "provenance.rules",
            named(writing, plan->study->rules));
    add_row(table, writing, "provenance.draws", draws_of(writing));
    add_row(table, writing, "provenance.readers",
            named(writing, lkv_release_profile(writing->ask->release)));
    add_row(table, writing, "provenance.program",
            named(writing, lkv_draft_name(draft, "Likvärd %s", plan->version)));
    lkv_table_draft_end(table);
    lkv_draft_text(draft, LKV_BLOCK_NOTE,
                   lkv_writing_say(writing, "provenance.note"));
}

const lkv_section lkv_section_provenance = {.id = "provenance", .build = build};
