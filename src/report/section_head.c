/* Whom and when a report is about, and what its intervals mean. */
#include "report/section.h"

static lkv_text name_of(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    const lkv_frame *frame = ask->frame;
    const lkv_unit *unit = lkv_frame_unit(frame, ask->unit);
    const char *district =
        frame->district_name ? frame->district_name : frame->district_id;
    const char *name = unit->name ? unit->name : unit->id;
    if (lkv_writing_is_school(writing)) {
        return lkv_draft_say(writing->draft, "value.name",
                             (lkv_arg[]){lkv_arg_name("name", name), {0}});
    }
    return lkv_draft_say(
        writing->draft, "head.district",
        (lkv_arg[]){lkv_arg_name("district", district ? district : name), {0}});
}

/* The district's own line above the title, else its name. */
static lkv_text over_of(const lkv_writing *writing)
{
    const lkv_frame *frame = writing->ask->frame;
    const char *head = writing->plan->theme ? writing->plan->theme->head : NULL;
    const char *name = head ? head : frame->district_name;
    if (!name) {
        return lkv_draft_say(writing->draft, writing->definition->title, NULL);
    }
    return lkv_draft_say(
        writing->draft, "join.dots",
        (lkv_arg[]){lkv_arg_name("first", name),
                    lkv_arg_key("rest", writing->definition->title),
                    {0}});
}

static lkv_text aside_of(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) parts = lkv_texts_new();
    const char *year = lkv_writing_school_year(writing, ask->frame->year);
    if (lkv_writing_is_school(writing)) {
        const char *code = lkv_frame_unit(ask->frame, ask->unit)->id;
        lkv_texts_add(
            parts, lkv_draft_say(writing->draft, "head.code",
                                 (lkv_arg[]){lkv_arg_name("code", code), {0}}));
    }
    if (year) {
        lkv_texts_add(
            parts, lkv_draft_say(writing->draft, "head.school_year",
                                 (lkv_arg[]){lkv_arg_name("year", year), {0}}));
    }
    return lkv_draft_join(writing->draft, "join.dots", parts);
}

static lkv_text running_of(const lkv_writing *writing, lkv_text name)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) parts = lkv_texts_new();
    const char *year = lkv_writing_school_year(writing, ask->frame->year);
    lkv_texts_add(parts, name);
    if (year) {
        lkv_texts_add(
            parts, lkv_draft_say(writing->draft, "value.name",
                                 (lkv_arg[]){lkv_arg_name("name", year), {0}}));
    }
    lkv_texts_add(parts, lkv_draft_say(writing->draft,
                                       ask->frame->release == LKV_FINAL
                                           ? "release.final"
                                           : "release.preliminary",
                                       NULL));
    if (lkv_release_open(ask->release)) {
        lkv_texts_add(parts, lkv_draft_say(writing->draft, "open.foot", NULL));
    }
    return lkv_draft_join(writing->draft, "join.dots", parts);
}

/* "127 i årskurs 9, 72 i årskurs 6": of the stages whose pupils are told; none
 * where there are fewer than two.
 */
static lkv_text pupils_each(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    g_autoptr(GArray) stages = lkv_ask_stages(ask);
    g_autoptr(GArray) said = lkv_texts_new();
    for (guint i = 0; i < stages->len; i++) {
        const lkv_topic heads = {g_array_index(stages, uint16_t, i),
                                 LKV_NO_VALUE};
        const lkv_figure *pupils =
            lkv_ask_measure(ask, heads, ask->unit, "pupils", "");
        lkv_text stage = lkv_writing_stage(writing, heads.population);
        if (stage.key && lkv_ask_status(ask, pupils) == LKV_OK) {
            const lkv_arg args[] = {
                lkv_arg_cell("n", pupils->value),
                lkv_arg_said(writing->draft, "stage", stage),
                {0}};
            lkv_texts_add(
                said, lkv_draft_say(writing->draft, "head.pupils_in", args));
        }
    }
    lkv_text all = lkv_draft_join(writing->draft, "join.comma", said);
    return said->len < 2
               ? (lkv_text){0}
               : lkv_draft_say(
                     writing->draft, "head.pupils_each",
                     (lkv_arg[]){lkv_arg_said(writing->draft, "all", all),
                                 {0}});
}

/* How many pupils there are; no text where they were not counted. */
static lkv_text pupils_of(const lkv_writing *writing)
{
    const lkv_ask *ask = writing->ask;
    const lkv_topic heads = {ask->leading, LKV_NO_VALUE};
    const lkv_figure *pupils =
        lkv_ask_measure(ask, heads, ask->unit, "pupils", "");
    if (!pupils || !lkv_ask_told(ask, pupils)) {
        return pupils
                   ? lkv_draft_say(writing->draft, "head.pupils_hidden", NULL)
                   : (lkv_text){0};
    }
    lkv_text stage = lkv_writing_stage(writing, ask->leading);
    const lkv_arg args[] = {lkv_arg_cell("n", pupils->value),
                            lkv_arg_said(writing->draft, "stage", stage),
                            {0}};
    return lkv_draft_say(writing->draft,
                         stage.key ? "head.pupils_stage" : "head.pupils", args);
}

static lkv_text release_of(const lkv_writing *writing)
{
    const lkv_frame *frame = writing->ask->frame;
    const char *key = frame->release == LKV_FINAL ? "final" : "preliminary";
    const lkv_arg dated[] = {
        lkv_arg_name("release", key), lkv_arg_date("date"), {0}};
    const lkv_arg undated[] = {lkv_arg_name("release", key), {0}};
    return frame->has_reference_date
               ? lkv_draft_say(writing->draft, "head.release_dated", dated)
               : lkv_draft_say(writing->draft, "head.release", undated);
}

static void build(const lkv_writing *writing)
{
    lkv_draft *draft = writing->draft;
    lkv_document *document = draft->document;
    document->title = name_of(writing);
    document->subject = lkv_draft_say(draft, writing->definition->title, NULL);
    document->over = over_of(writing);
    document->aside = aside_of(writing);
    document->running = running_of(writing, document->title);
    lkv_draft_add(draft, (lkv_block){.kind = LKV_BLOCK_TITLE,
                                     .id = "title",
                                     .as.text = document->title});
    g_autoptr(GArray) lead = lkv_texts_new();
    lkv_text each = pupils_each(writing);
    lkv_texts_add(lead, each.key ? each : pupils_of(writing));
    lkv_texts_add(lead, release_of(writing));
    lkv_texts_add(lead, lkv_draft_say(draft,
                                      lkv_writing_is_school(writing)
                                          ? "head.interval_school"
                                          : "head.interval_district",
                                      NULL));
    lkv_draft_text(draft, LKV_BLOCK_LEAD,
                   lkv_draft_join(draft, "join.sentences", lead));
}

const lkv_section lkv_section_head = {.id = "head", .build = build};
