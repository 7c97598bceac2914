/* Blocks over pages: measured and placed.
 *
 * Placing knows parts and heights alone: a block is split between parts where
 * its kind allows, never leaving fewer than LEAST behind or ahead; blocks that
 * keep with the next move with it, and so does what a note is about; blocks
 * side by side move as one.
 */
#include <math.h>
#include <string.h>

#include "render/flow.h"

#define GIVE_MOST 0.5 /* of its gaps, what a page gives up */
#define NEARLY 1e-6

const lkv_block *lkv_flow_block(const lkv_flow *flow, size_t index)
{
    return &flow->press.job->document->block[index];
}

lkv_content *lkv_flow_content(const lkv_flow *flow, size_t index)
{
    return g_ptr_array_index(flow->contents, index);
}

size_t lkv_flow_blocks(const lkv_flow *flow)
{
    return flow->press.job->document->blocks;
}

const lkv_placed *lkv_flow_placed(const lkv_flow *flow, size_t index)
{
    return &g_array_index(flow->placed, lkv_placed, index);
}

static double *give_of(const lkv_flow *flow, size_t page)
{
    return &g_array_index(flow->give, double, page);
}

double lkv_placed_top(const lkv_flow *flow, const lkv_placed *placed)
{
    return placed->at.y - *give_of(flow, placed->page) * placed->gaps;
}

/* ---- heights --------------------------------------------------------------- */

/* How many blocks from INDEX stand side by side. */
static size_t abreast(const lkv_flow *flow, size_t index)
{
    unsigned columns = 0;
    size_t count = 0;
    while (index + count < lkv_flow_blocks(flow)) {
        const lkv_block *block = lkv_flow_block(flow, index + count);
        if (!lkv_block_narrow(block) || columns + block->columns > LKV_GRID) {
            break;
        }
        columns += block->columns;
        count++;
    }
    return count > 0 ? count : 1;
}

/* Height of the COUNT blocks from INDEX as one. */
static double row_height(const lkv_flow *flow, size_t index, size_t count)
{
    double height = 0.0;
    for (size_t i = index; i < index + count; i++) {
        const lkv_content *content = lkv_flow_content(flow, i);
        if (content) {
            height =
                fmax(height, content->kind->height(content, 0, content->parts));
        }
    }
    return height;
}

/* What takes HEIGHT, GAPS of which may give way. */
struct need {
    double height, gaps;
};

static void add_gap(struct need *need, double gap)
{
    need->height += gap;
    need->gaps += gap;
}

/* Whether the block at INDEX, if there is one, is a note on what stands above
 * it: that is no good at the head of a page.
 */
static bool note_at(const lkv_flow *flow, size_t index)
{
    return index < lkv_flow_blocks(flow) &&
           lkv_flow_block(flow, index)->kind == LKV_BLOCK_NOTE &&
           lkv_flow_content(flow, index)->parts > 0;
}

static bool split_never(const lkv_content *content)
{
    return content->parts <= 2 * content->least;
}

static bool may_open(const lkv_content *content, size_t part)
{
    return !content->kind->may_open || content->kind->may_open(content, part);
}

/* The fewest parts that may stand at the foot of a page. */
static size_t fewest(const lkv_content *content)
{
    size_t count = content->least;
    while (count + content->least < content->parts &&
           !may_open(content, count)) {
        count++;
    }
    return count + content->least > content->parts ? content->parts : count;
}

/* Of one block, or COUNT side by side, what stands together. */
static double opening_height(const lkv_flow *flow, size_t index, size_t count,
                             bool keep)
{
    const lkv_content *content = lkv_flow_content(flow, index);
    if (count > 1 || split_never(content) || keep) {
        return row_height(flow, index, count);
    }
    return content->kind->height(content, 0, fewest(content));
}

/* What must stand together from block INDEX on, without the gap above it. */
static struct need opening(const lkv_flow *flow, size_t index)
{
    struct need need = {0.0, 0.0};
    for (size_t i = index; i < lkv_flow_blocks(flow);) {
        const lkv_content *content = lkv_flow_content(flow, i);
        if (!content || content->parts == 0) {
            break;
        }
        size_t count = abreast(flow, i);
        bool keep = count == 1 && lkv_flow_block(flow, i)->keep_with_next;
        bool noted =
            note_at(flow, i + count) && (count > 1 || split_never(content));
        add_gap(&need, i > index ? content->before : 0.0);
        need.height += opening_height(flow, i, count, keep);
        if (!keep && !noted) {
            break;
        }
        add_gap(&need, content->after);
        i += count;
    }
    return need;
}

/* What a note right after block INDEX takes, of which the block's last parts
 * must not be parted.
 */
static struct need note_after(const lkv_flow *flow, size_t index)
{
    struct need need = {0.0, 0.0};
    if (note_at(flow, index + 1)) {
        add_gap(&need, lkv_flow_content(flow, index)->after);
        add_gap(&need, lkv_flow_content(flow, index + 1)->before);
        need.height += opening_height(flow, index + 1, 1, false);
    }
    return need;
}

/* ---- placing --------------------------------------------------------------- */

static void open_page(lkv_flow *flow)
{
    const double none = 0.0;
    g_array_append_val(flow->give, none);
    flow->page = flow->give->len - 1;
    flow->y = LKV_TOP;
    flow->gaps = 0.0;
    flow->fresh = true;
}

static double room_left(const lkv_flow *flow)
{
    double top = flow->y - *give_of(flow, flow->page) * flow->gaps;
    return LKV_BOTTOM - top + NEARLY;
}

static void add_room(lkv_flow *flow, double gap)
{
    flow->y += gap;
    flow->gaps += gap;
}

/* Whether NEED has room on the page, below a gap of BEFORE; the gaps give way
 * if they must and that is enough.
 */
static bool make_room(lkv_flow *flow, struct need need, double before)
{
    double *give = give_of(flow, flow->page);
    double gaps = flow->gaps + before + need.gaps;
    double over = flow->y + before + need.height - LKV_BOTTOM;
    if (over > GIVE_MOST * gaps) {
        return false;
    }
    if (over > *give * gaps) {
        *give = over / gaps;
    }
    return true;
}

static void place(lkv_flow *flow, const lkv_content *content, double x,
                  size_t first, size_t count)
{
    const lkv_placed placed = {.page = flow->page,
                               .at = {x, flow->y},
                               .gaps = flow->gaps,
                               .content = content,
                               .first = first,
                               .count = count};
    g_array_append_val(flow->placed, placed);
    flow->fresh = false;
}

static void report_overflow(lkv_flow *flow, const lkv_content *content)
{
    flow->fits = false;
    lkv_diag_add(flow->press.diag, "E-LAYOUT-OVERFLOW",
                 (lkv_place){.field = content->block->id},
                 "the block \"%s\" does not fit on page %zu",
                 content->block->id ? content->block->id : "?", flow->page + 1);
}

/* At most MOST of the parts from FIRST, so that the next page has enough and
 * begins well.
 */
static size_t parts_before_turning(const lkv_content *content, size_t first,
                                   size_t most)
{
    size_t left = content->parts - first;
    size_t ahead = left > content->least ? left - content->least : 0;
    size_t count = most < ahead ? most : ahead;
    while (count > 0 && !may_open(content, first + count)) {
        count--;
    }
    return count < content->least ? 0 : count;
}

/* Whether all of the block at INDEX has room below, with the note on it. */
static bool ends_here(lkv_flow *flow, size_t index)
{
    const lkv_content *content = lkv_flow_content(flow, index);
    struct need need = note_after(flow, index);
    need.height += content->kind->height(content, 0, content->parts);
    return make_room(flow, need, 0.0);
}

/* How many of the parts from FIRST go on this page: all that fit, with the note
 * on them if they are the last.
 */
static size_t parts_here(const lkv_flow *flow, size_t index, size_t first)
{
    const lkv_content *content = lkv_flow_content(flow, index);
    size_t left = content->parts - first, fit = left;
    double room = room_left(flow);
    while (fit > 0 && content->kind->height(content, first, fit) > room) {
        fit--;
    }
    struct need note = note_after(flow, index);
    double noted = note.height - *give_of(flow, flow->page) * note.gaps;
    bool parted = fit < left ||
                  content->kind->height(content, first, left) + noted > room;
    size_t count = parted ? parts_before_turning(content, first, fit) : fit;
    return count == 0 && flow->fresh ? fit : count;
}

static void flow_parts(lkv_flow *flow, size_t index)
{
    const lkv_content *content = lkv_flow_content(flow, index);
    size_t first = 0;
    bool whole = ends_here(flow, index);
    while (first < content->parts) {
        size_t count = whole ? content->parts : parts_here(flow, index, first);
        if (count == 0 && flow->fresh) {
            report_overflow(flow, content);
            return;
        }
        if (count > 0) {
            place(flow, content, LKV_MARGIN, first, count);
            flow->y += content->kind->height(content, first, count);
            first += count;
        }
        if (first < content->parts) {
            open_page(flow);
        }
    }
    add_room(flow, content->after);
}

static void flow_abreast(lkv_flow *flow, size_t index, size_t count)
{
    unsigned column = 0;
    double after = 0.0;
    for (size_t i = index; i < index + count; i++) {
        const lkv_content *content = lkv_flow_content(flow, i);
        if (content && content->parts > 0) {
            place(flow, content, lkv_sheet_left(column), 0, content->parts);
            after = fmax(after, content->after);
        }
        column += lkv_flow_block(flow, i)->columns;
    }
    flow->y += row_height(flow, index, count);
    add_room(flow, after);
}

/* The COUNT blocks from INDEX, on the next page where this one has no room for
 * their beginning.
 */
static void flow_row(lkv_flow *flow, size_t index, size_t count)
{
    const lkv_content *content = lkv_flow_content(flow, index);
    double before = flow->fresh ? 0.0 : content->before;
    if (!make_room(flow, opening(flow, index), before) && !flow->fresh) {
        open_page(flow);
        before = 0.0;
    }
    add_room(flow, before);
    if (count == 1) {
        flow_parts(flow, index);
    } else if (row_height(flow, index, count) > room_left(flow)) {
        report_overflow(flow, content);
    } else {
        flow_abreast(flow, index, count);
    }
}

static void flow_blocks(lkv_flow *flow)
{
    for (size_t i = 0; i < lkv_flow_blocks(flow);) {
        const lkv_content *content = lkv_flow_content(flow, i);
        size_t count = abreast(flow, i);
        if (!content && !flow->fresh) {
            open_page(flow);
        } else if (content && content->parts > 0) {
            flow_row(flow, i, count);
        }
        i += count;
    }
}

void lkv_flow_over(lkv_flow *flow)
{
    g_array_set_size(flow->placed, 0);
    g_array_set_size(flow->give, 0);
    flow->fits = true;
    open_page(flow);
    flow_blocks(flow);
}

/* ---- making ---------------------------------------------------------------- */

/* Blocks beside each other have the margins that the most demanding one has. */
static void level_margins(const lkv_flow *flow)
{
    for (size_t i = 0; i < lkv_flow_blocks(flow);) {
        size_t end = i + abreast(flow, i);
        lkv_margins most = {0};
        for (size_t at = i; at < end && lkv_flow_content(flow, at); at++) {
            const lkv_margins *own = &lkv_flow_content(flow, at)->margins;
            most.head = fmax(most.head, own->head);
            most.left = fmax(most.left, own->left);
            most.right = fmax(most.right, own->right);
        }
        for (size_t at = i; at < end && lkv_flow_content(flow, at); at++) {
            lkv_flow_content(flow, at)->margins = most;
        }
        i = end;
    }
}

static void make_contents(lkv_flow *flow)
{
    for (size_t i = 0; i < lkv_flow_blocks(flow);) {
        size_t count = lkv_blocks_compared(flow->press.job->document, i);
        const lkv_rounding rounding = lkv_rounding_of(
            flow->press.job->words, lkv_flow_block(flow, i), count);
        flow->press.words.rounding = &rounding;
        for (size_t at = i; at < i + count; at++) {
            const lkv_block *block = lkv_flow_block(flow, at);
            double width = lkv_block_narrow(block)
                               ? lkv_sheet_columns(block->columns)
                               : lkv_sheet_width();
            g_ptr_array_add(flow->contents,
                            lkv_content_new(&flow->press, block, width));
        }
        flow->press.words.rounding = NULL;
        i += count;
    }
    level_margins(flow);
}

static void free_content(gpointer content)
{
    lkv_content_free(content);
}

lkv_flow *lkv_flow_new(const lkv_pdf_job *job, lkv_diag *diag)
{
    lkv_flow *flow = g_new0(lkv_flow, 1);
    flow->press =
        (lkv_press){.job = job,
                    .fonts = job->fonts,
                    .locale = lkv_catalogue_locale(job->words->catalogue),
                    .hyphens = job->hyphens,
                    .look = &job->look,
                    .words = *job->words,
                    .diag = diag};
    flow->contents = g_ptr_array_new_with_free_func(free_content);
    flow->placed = g_array_new(FALSE, TRUE, sizeof(lkv_placed));
    flow->give = g_array_new(FALSE, TRUE, sizeof(double));
    flow->press.chapters = g_array_new(FALSE, TRUE, sizeof(lkv_chapter));
    lkv_flow_find_chapters(flow);
    make_contents(flow);
    lkv_flow_over(flow);
    lkv_flow_lines(flow);
    lkv_flow_settle_chapters(flow);
    return flow;
}

void lkv_flow_free(lkv_flow *flow)
{
    g_ptr_array_unref(flow->contents);
    g_array_unref(flow->placed);
    g_array_unref(flow->give);
    g_array_unref(flow->press.chapters);
    g_free(flow);
}
