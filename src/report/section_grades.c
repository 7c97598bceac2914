/* Grades of each subject, in the order of the syllabus: at a school the share
 * with a passing grade beside the district's, a small chart a subject; in the
 * district all steps.
 */
#include "report/rows.h"

#include <string.h>

/* ---- a school ------------------------------------------------------------ */

enum { BOX = 3 }; /* of the page's columns */

static lkv_text subject_of(const lkv_writing *writing, lkv_topic topic)
{
    return lkv_draft_say(
        writing->draft, "value.subject",
        (lkv_arg[]){lkv_arg_subject("subject", topic.outcome), {0}});
}

/* A small chart of one subject: own share in its interval, the district. */
static void add_box(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_ask *ask = writing->ask;
    lkv_draft *draft = writing->draft;
    const lkv_figure *own = lkv_ask_level(ask, topic, ask->unit);
    const lkv_figure *district = lkv_ask_level(ask, topic, 0);
    const char *subject = lkv_ask_outcome(ask, topic)->subject;
    lkv_chart_draft *chart = lkv_rows_new(
        writing,
        lkv_draft_name(draft, "%s_%s", lkv_ask_population(ask, topic)->stage,
                       subject),
        LKV_UNIT_SHARE, true);
    const lkv_arg args[] = {
        lkv_arg_said(draft, "own", lkv_writing_value(writing, own)),
        lkv_arg_cell("district", district ? district->value : 0),
        {0}};
    chart->columns = BOX;
    chart->chart.title = subject_of(writing, topic);
    chart->chart.reading = lkv_ask_told(ask, district)
                               ? lkv_draft_say(draft, "grades.against", args)
                               : lkv_writing_value(writing, own);
    lkv_rows_add(chart, &(lkv_row){.alt = lkv_draft_say(
                                       draft, "grades.alt_school", args),
                                   .figure = own,
                                   .role = LKV_ROLE_OWN,
                                   .tick = district ? district->value : 0});
    chart->chart.scale = (lkv_scale){.kind = LKV_SCALE_FIXED,
                                     .unit = LKV_UNIT_SHARE,
                                     .most = 1,
                                     .bare = true};
    lkv_chart_draft_end(chart);
}

static bool told_any(const lkv_ask *ask, const GArray *topics)
{
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_told(ask, lkv_ask_level(ask, topic, ask->unit))) {
            return true;
        }
    }
    return false;
}

static bool hidden_any(const lkv_ask *ask, const GArray *topics)
{
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        if (lkv_ask_status(ask, lkv_ask_level(ask, topic, ask->unit)) ==
            LKV_HIDDEN) {
            return true;
        }
    }
    return false;
}

static void say_hidden(const lkv_writing *writing)
{
    lkv_writing_heading(writing, lkv_writing_say(writing, "heading.grades"));
    lkv_draft_text(writing->draft, LKV_BLOCK_PARAGRAPH,
                   lkv_writing_say(writing, "grades.all_hidden"));
}

/* Where no grade of TOPICS is told: a line, if there is something to tell. */
static void add_line(const lkv_writing *writing, const GArray *topics)
{
    if (hidden_any(writing->ask, topics)) {
        say_hidden(writing);
    }
}

/* Subjects that the school has no pupils in have no box. */
static void add_boxes(const lkv_writing *writing, const GArray *topics)
{
    const lkv_ask *ask = writing->ask;
    for (guint i = 0; i < topics->len; i++) {
        lkv_topic topic = g_array_index(topics, lkv_topic, i);
        lkv_status status =
            lkv_ask_status(ask, lkv_ask_level(ask, topic, ask->unit));
        if (status != LKV_NOT_ESTIMABLE && status != LKV_NOT_APPLICABLE) {
            add_box(writing, topic);
        }
    }
}

/* The last stage that has grades. */
static void add_school(const lkv_writing *writing, const GArray *stages)
{
    lkv_draft *draft = writing->draft;
    for (guint i = 0; i < stages->len; i++) {
        uint16_t population = g_array_index(stages, uint16_t, i);
        g_autoptr(GArray) topics =
            lkv_ask_subjects(writing->ask, population, "grade");
        lkv_text stage = lkv_writing_stage(writing, population);
        if (topics->len == 0) {
            continue;
        }
        if (!told_any(writing->ask, topics)) {
            add_line(writing, topics);
            return;
        }
        lkv_writing_heading(
            writing,
            stage.key
                ? lkv_draft_say(
                      draft, "grades.heading_stage",
                      (lkv_arg[]){lkv_arg_said(draft, "stage", stage), {0}})
                : lkv_draft_say(draft, "heading.grades", NULL));
        lkv_draft_intro(
            draft, LKV_BLOCK_NOTE,
            lkv_draft_say(
                draft, "grades.reading_school",
                (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)),
                            {0}}));
        add_boxes(writing, topics);
        return;
    }
}

/* ---- the district -------------------------------------------------------- */

/* The steps of TOPIC's scale that were given, the lowest first, and dashes. */
static GPtrArray *steps_of(const lkv_ask *ask, lkv_topic topic)
{
    GPtrArray *steps = g_ptr_array_new();
    const lkv_cube *cube = ask->frame->cube;
    lkv_axis axis = lkv_ask_outcome(ask, topic)->axis;
    lkv_term graded = {axis, lkv_cube_value_find(cube, axis, "graded")};
    for (size_t i = 0; i < lkv_cube_leaves(cube, axis); i++) {
        if (lkv_cube_holds(cube, graded, (uint16_t)i)) {
            const char *step =
                lkv_cube_value_id(cube, (lkv_term){axis, (uint16_t)i});
            g_ptr_array_add(steps, (gpointer)(uintptr_t)step);
        }
    }
    return steps;
}

static bool passes(const lkv_ask *ask, lkv_topic topic, const char *step)
{
    const lkv_cube *cube = ask->frame->cube;
    lkv_axis axis = lkv_ask_outcome(ask, topic)->axis;
    lkv_term passed = {axis, lkv_cube_value_find(cube, axis, "passed")};
    return lkv_cube_holds(cube, passed, lkv_cube_value_find(cube, axis, step));
}

static lkv_role role_of(const lkv_ask *ask, lkv_topic topic, const char *step)
{
    if (passes(ask, topic, step)) {
        return LKV_ROLE_DISTRICT;
    }
    return strcmp(step, "-") == 0 ? LKV_ROLE_QUIET : LKV_ROLE_OWN;
}

static void add_steps(lkv_chart_draft *chart, const lkv_writing *writing,
                      lkv_topic topic, const GPtrArray *steps)
{
    const lkv_ask *ask = writing->ask;
    lkv_draft *draft = writing->draft;
    const lkv_figure *passed = lkv_ask_level(ask, topic, 0);
    int16_t slot = lkv_chart_draft_slot(
        chart, (lkv_slot_label){.label = subject_of(writing, topic),
                                .end = lkv_writing_value(writing, passed)});
    for (guint i = 0; i < steps->len; i++) {
        const char *step = g_ptr_array_index(steps, i);
        const lkv_figure *share =
            lkv_ask_measure(ask, topic, 0, "grades", step);
        const lkv_arg bare[] = {lkv_arg_bare("value", share ? share->value : 0),
                                {0}};
        if (share) {
            lkv_chart_draft_mark(
                chart,
                (lkv_mark){.kind = LKV_MARK_STACK,
                           .role = role_of(ask, topic, step),
                           .series = (uint8_t)i,
                           .slot = slot,
                           .at = share->value,
                           .label = lkv_draft_say(draft, "value.alone", bare)});
        }
    }
    lkv_chart_draft_alt(
        chart, lkv_draft_say(
                   draft, "grades.alt",
                   (lkv_arg[]){lkv_arg_subject("subject", topic.outcome),
                               lkv_arg_said(draft, "passed",
                                            lkv_writing_value(writing, passed)),
                               {0}}));
}

static void add_district(const lkv_writing *writing, uint16_t population,
                         const GArray *topics, bool explained)
{
    lkv_draft *draft = writing->draft;
    lkv_topic first = g_array_index(topics, lkv_topic, 0);
    g_autoptr(GPtrArray) steps = steps_of(writing->ask, first);
    lkv_chart_draft *chart = lkv_chart_draft_new(
        draft,
        lkv_draft_name(
            draft, "grades_%s",
            lkv_frame_population(writing->ask->frame, population)->stage),
        LKV_CHART_STACKS);
    lkv_text stage = lkv_writing_stage(writing, population);
    chart->chart.title =
        stage.key ? lkv_draft_say(
                        draft, "grades.title_stage",
                        (lkv_arg[]){lkv_arg_said(draft, "stage", stage), {0}})
                  : lkv_draft_say(draft, "grades.title", NULL);
    if (explained) {
        chart->chart.reading = lkv_draft_say(
            draft, "grades.reading",
            (lkv_arg[]){lkv_arg_name("level", lkv_writing_level(writing)),
                        {0}});
    }
    chart->chart.scale =
        (lkv_scale){.kind = LKV_SCALE_FIXED, .unit = LKV_UNIT_SHARE, .most = 1};
    for (guint i = 0; i < steps->len; i++) {
        const char *step = g_ptr_array_index(steps, i);
        lkv_chart_draft_legend(
            chart,
            lkv_draft_say(draft,
                          strcmp(step, "-") == 0 ? "grades.dash" : "value.name",
                          (lkv_arg[]){lkv_arg_name("name", step), {0}}));
    }
    for (guint i = 0; i < topics->len; i++) {
        add_steps(chart, writing, g_array_index(topics, lkv_topic, i), steps);
    }
    lkv_chart_draft_end(chart);
}

/* ---- the section --------------------------------------------------------- */

/* How to read the charts stands once, above them. */
static void add_stages(const lkv_writing *writing, const GArray *stages)
{
    lkv_draft *draft = writing->draft;
    bool headed = false, hidden = false;
    for (guint i = 0; i < stages->len; i++) {
        uint16_t population = g_array_index(stages, uint16_t, i);
        g_autoptr(GArray) topics =
            lkv_ask_subjects(writing->ask, population, "grade");
        if (topics->len == 0) {
            continue;
        }
        if (!told_any(writing->ask, topics)) {
            hidden = true;
            continue;
        }
        if (!headed) {
            lkv_writing_heading(writing,
                                lkv_draft_say(draft, "heading.grades", NULL));
        }
        add_district(writing, population, topics, !headed);
        headed = true;
    }
    if (hidden && !headed) {
        say_hidden(writing);
    }
}

/* Goals of the early years are told among the figures at a glance. */
static void build(const lkv_writing *writing)
{
    g_autoptr(GArray) stages = lkv_ask_stages(writing->ask);
    if (lkv_writing_is_school(writing)) {
        add_school(writing, stages);
    } else {
        add_stages(writing, stages);
    }
}

const lkv_section lkv_section_grades = {.id = "grades", .build = build};
