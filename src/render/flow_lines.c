/* Room to write under questions. */
#include <math.h>

#include "render/flow.h"

static double whole_height(const lkv_content *content)
{
    return content->kind->height(content, 0, content->parts);
}

/* The blocks of questions, first to last; free with g_ptr_array_unref. */
static GPtrArray *questions_of(const lkv_flow *flow)
{
    GPtrArray *found = g_ptr_array_new();
    for (size_t i = 0; i < lkv_flow_blocks(flow); i++) {
        if (lkv_flow_block(flow, i)->kind == LKV_BLOCK_QUESTIONS) {
            g_ptr_array_add(found, lkv_flow_content(flow, i));
        }
    }
    return found;
}

/* CONTENT has ROOM more; false if that changes nothing. */
static bool stretch(lkv_flow *flow, lkv_content *content, double room)
{
    bool changed = lkv_content_stretch(content, room);
    if (changed) {
        lkv_flow_over(flow);
    }
    return changed;
}

static size_t last_page(const lkv_flow *flow, const lkv_content *content)
{
    size_t page = 0;
    for (guint i = 0; i < flow->placed->len; i++) {
        const lkv_placed *placed = lkv_flow_placed(flow, i);
        page = placed->content == content ? placed->page : page;
    }
    return page;
}

/* What is left of PAGE below all that stands there. */
static double room_on(const lkv_flow *flow, size_t page)
{
    double bottom = LKV_TOP;
    for (guint i = 0; i < flow->placed->len; i++) {
        const lkv_placed *placed = lkv_flow_placed(flow, i);
        const lkv_content *at = placed->content;
        if (placed->page == page) {
            double height = at->kind->height(at, placed->first, placed->count);
            bottom =
                fmax(bottom, lkv_placed_top(flow, placed) + height + at->after);
        }
    }
    return LKV_BOTTOM - bottom;
}

/* A line less under each question, of all blocks alike; false if none has any to
 * give.
 */
static bool give_line(lkv_flow *flow, const GPtrArray *questions)
{
    bool given = false;
    for (guint i = 0; i < questions->len; i++) {
        lkv_content *content = g_ptr_array_index(questions, i);
        given =
            lkv_content_stretch(content, -lkv_content_line(content)) || given;
    }
    if (given) {
        lkv_flow_over(flow);
    }
    return given;
}

/* Lines are given up if that saves a page, no more than it takes. */
static void save_page(lkv_flow *flow, const GPtrArray *questions)
{
    size_t pages = flow->page;
    g_autofree double *before = g_new0(double, questions->len);
    for (guint i = 0; i < questions->len; i++) {
        before[i] = whole_height(g_ptr_array_index(questions, i));
    }
    while (flow->page == pages && give_line(flow, questions)) {
    }
    for (guint i = 0; i < questions->len && flow->page == pages; i++) {
        lkv_content *content = g_ptr_array_index(questions, i);
        lkv_content_stretch(content, before[i] - whole_height(content));
    }
    lkv_flow_over(flow);
}

/* CONTENT has its part of what is left of the page on which it ends, with the
 * blocks of questions after it.
 */
static void fill_page(lkv_flow *flow, const GPtrArray *questions, guint index)
{
    lkv_content *content = g_ptr_array_index(questions, index);
    size_t pages = flow->page, page = last_page(flow, content);
    unsigned sharing = 1;
    for (guint i = index + 1; i < questions->len; i++) {
        const lkv_content *later = g_ptr_array_index(questions, i);
        sharing += last_page(flow, later) == page ? 1 : 0;
    }
    double before = whole_height(content);
    if (stretch(flow, content, room_on(flow, page) / sharing) &&
        flow->page > pages) {
        stretch(flow, content, before - whole_height(content));
    }
}

void lkv_flow_lines(lkv_flow *flow)
{
    g_autoptr(GPtrArray) questions = questions_of(flow);
    if (questions->len > 0 && flow->fits) {
        save_page(flow, questions);
    }
    for (guint i = 0; i < questions->len && flow->fits; i++) {
        fill_page(flow, questions, i);
    }
}
