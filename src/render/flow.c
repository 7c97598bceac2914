/* Blocks over pages: measured, placed, drawn.
 *
 * Placing knows parts and heights alone: a block is split between parts where
 * its kind allows, never leaving fewer than LEAST behind or ahead; blocks that
 * keep with the next move with it; blocks side by side move as one.
 */
#include <math.h>
#include <string.h>

#include "render/content.h"

struct placed {
    size_t page;
    lkv_pdf_point at;
    const lkv_content *content;
    size_t first, count;
};

struct flow {
    lkv_press press;
    GPtrArray *contents; /* lkv_content, one a block; NULL = page break */
    GArray *placed; /* struct placed */
    double y; /* where the next block may begin */
    size_t page;
    bool fresh; /* nothing on the page yet */
    bool fits;
};

static const lkv_block *block_at(const struct flow *flow, size_t index)
{
    return &flow->press.job->document->block[index];
}

static const lkv_content *content_at(const struct flow *flow, size_t index)
{
    return g_ptr_array_index(flow->contents, index);
}

static size_t blocks(const struct flow *flow)
{
    return flow->press.job->document->blocks;
}

/* How many blocks from INDEX stand side by side. */
static size_t abreast(const struct flow *flow, size_t index)
{
    unsigned columns = 0;
    size_t count = 0;
    while (index + count < blocks(flow)) {
        const lkv_block *block = block_at(flow, index + count);
        if (!lkv_block_narrow(block) || columns + block->columns > LKV_GRID) {
            break;
        }
        columns += block->columns;
        count++;
    }
    return count > 0 ? count : 1;
}

static double whole_height(const lkv_content *content)
{
    return content->kind->height(content, 0, content->parts);
}

/* Height of the COUNT blocks from INDEX as one. */
static double row_height(const struct flow *flow, size_t index, size_t count)
{
    double height = 0.0;
    for (size_t i = index; i < index + count; i++) {
        const lkv_content *content = content_at(flow, i);
        if (content) {
            height = fmax(height, whole_height(content));
        }
    }
    return height;
}

/* Height of what must stand together from block INDEX on. */
static double start_height(const struct flow *flow, size_t index)
{
    double height = 0.0;
    for (size_t i = index; i < blocks(flow);) {
        const lkv_content *content = content_at(flow, i);
        if (!content || content->parts == 0) {
            break;
        }
        size_t count = abreast(flow, i);
        bool keep = count == 1 && block_at(flow, i)->keep_with_next;
        height += i > index ? content->before : 0.0;
        if (count > 1 || content->parts <= 2 * content->least || keep) {
            height += row_height(flow, i, count);
        } else {
            height += content->kind->height(content, 0, content->least);
        }
        if (!keep) {
            break;
        }
        height += content->after;
        i += count;
    }
    return height;
}

static void turn_page(struct flow *flow)
{
    flow->page++;
    flow->y = LKV_TOP;
    flow->fresh = true;
}

static void place(struct flow *flow, const lkv_content *content,
                  lkv_pdf_point at, size_t first, size_t count)
{
    const struct placed placed = {.page = flow->page,
                                  .at = at,
                                  .content = content,
                                  .first = first,
                                  .count = count};
    g_array_append_val(flow->placed, placed);
    flow->fresh = false;
}

static void report_overflow(struct flow *flow, const lkv_content *content)
{
    flow->fits = false;
    lkv_diag_add(flow->press.diag, "E-LAYOUT-OVERFLOW",
                 (lkv_place){.field = content->block->id},
                 "the block \"%s\" does not fit on page %zu",
                 content->block->id ? content->block->id : "?", flow->page + 1);
}

/* The most parts from FIRST that fit, leaving enough for the next page. */
static size_t parts_that_fit(const struct flow *flow,
                             const lkv_content *content, size_t first)
{
    size_t left = content->parts - first, count = left;
    double room = LKV_BOTTOM - flow->y;
    while (count > 0 && content->kind->height(content, first, count) > room) {
        count--;
    }
    if (count < left && left - count < content->least) {
        count = left > content->least ? left - content->least : 0;
    }
    return count < left && count < content->least ? 0 : count;
}

static void flow_parts(struct flow *flow, const lkv_content *content)
{
    size_t first = 0;
    while (first < content->parts) {
        size_t count = parts_that_fit(flow, content, first);
        if (count == 0 && flow->fresh) {
            report_overflow(flow, content);
            return;
        }
        if (count > 0) {
            place(flow, content, (lkv_pdf_point){LKV_MARGIN, flow->y}, first,
                  count);
            flow->y += content->kind->height(content, first, count);
            first += count;
        }
        if (first < content->parts) {
            turn_page(flow);
        }
    }
    flow->y += content->after;
}

static void flow_abreast(struct flow *flow, size_t index, size_t count)
{
    unsigned column = 0;
    double after = 0.0;
    for (size_t i = index; i < index + count; i++) {
        const lkv_content *content = content_at(flow, i);
        if (content && content->parts > 0) {
            place(flow, content,
                  (lkv_pdf_point){lkv_sheet_left(column), flow->y}, 0,
                  content->parts);
            after = fmax(after, content->after);
        }
        column += block_at(flow, i)->columns;
    }
    flow->y += row_height(flow, index, count) + after;
}

/* The COUNT blocks from INDEX, on the next page where this one has no room for
 * their beginning.
 */
static void flow_row(struct flow *flow, size_t index, size_t count)
{
    const lkv_content *content = content_at(flow, index);
    double before = flow->fresh ? 0.0 : content->before;
    if (!flow->fresh &&
        flow->y + before + start_height(flow, index) > LKV_BOTTOM) {
        turn_page(flow);
        before = 0.0;
    }
    flow->y += before;
    if (count == 1) {
        flow_parts(flow, content);
    } else if (row_height(flow, index, count) > LKV_BOTTOM - flow->y) {
        report_overflow(flow, content);
    } else {
        flow_abreast(flow, index, count);
    }
}

static void flow_blocks(struct flow *flow)
{
    for (size_t i = 0; i < blocks(flow);) {
        const lkv_content *content = content_at(flow, i);
        size_t count = abreast(flow, i);
        if (!content && !flow->fresh) {
            turn_page(flow);
        } else if (content && content->parts > 0) {
            flow_row(flow, i, count);
        }
        i += count;
    }
}

/* Blocks beside each other have the margins that the most demanding one has. */
static void level_margins(const struct flow *flow)
{
    for (size_t i = 0; i < blocks(flow);) {
        size_t count = abreast(flow, i);
        lkv_margins most = {0};
        for (size_t at = i; at < i + count && content_at(flow, at); at++) {
            const lkv_margins *own = &content_at(flow, at)->margins;
            most.head = fmax(most.head, own->head);
            most.left = fmax(most.left, own->left);
            most.right = fmax(most.right, own->right);
        }
        for (size_t at = i; at < i + count && content_at(flow, at); at++) {
            lkv_content *content = g_ptr_array_index(flow->contents, at);
            content->margins = most;
        }
        i += count;
    }
}

static void make_contents(struct flow *flow)
{
    for (size_t i = 0; i < blocks(flow);) {
        size_t count = lkv_blocks_compared(flow->press.job->document, i);
        const lkv_rounding rounding =
            lkv_rounding_of(flow->press.job->words, block_at(flow, i), count);
        flow->press.words.rounding = &rounding;
        for (size_t at = i; at < i + count; at++) {
            const lkv_block *block = block_at(flow, at);
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

static void start_over(struct flow *flow)
{
    g_array_set_size(flow->placed, 0);
    flow->page = 0;
    flow->y = LKV_TOP;
    flow->fresh = true;
    flow->fits = true;
}

static lkv_content *questions_of(const struct flow *flow)
{
    for (size_t i = 0; i < blocks(flow); i++) {
        if (block_at(flow, i)->kind == LKV_BLOCK_QUESTIONS) {
            return g_ptr_array_index(flow->contents, i);
        }
    }
    return NULL;
}

static void flow_again(struct flow *flow, lkv_content *questions, double room)
{
    if (lkv_content_stretch(questions, room)) {
        start_over(flow);
        flow_blocks(flow);
    }
}

/* What is left of the page on which CONTENT ends, below all that stands there.
 */
static double room_after(const struct flow *flow, const lkv_content *content)
{
    size_t page = 0;
    double bottom = LKV_TOP;
    for (guint i = 0; i < flow->placed->len; i++) {
        const struct placed *placed =
            &g_array_index(flow->placed, struct placed, i);
        page = placed->content == content ? placed->page : page;
    }
    for (guint i = 0; i < flow->placed->len; i++) {
        const struct placed *placed =
            &g_array_index(flow->placed, struct placed, i);
        const lkv_content *at = placed->content;
        if (placed->page == page) {
            double height = at->kind->height(at, placed->first, placed->count);
            bottom = fmax(bottom, placed->at.y + height + at->after);
        }
    }
    return LKV_BOTTOM - bottom;
}

/* Lines to write on give way to save a page, and have what their page has
 * left.
 */
static void fill_with_lines(struct flow *flow)
{
    lkv_content *questions = questions_of(flow);
    if (!questions || !flow->fits) {
        return;
    }
    size_t pages = flow->page;
    double before = whole_height(questions);
    flow_again(flow, questions, -before);
    if (flow->page == pages) {
        flow_again(flow, questions, before - whole_height(questions));
    }
    pages = flow->page;
    before = whole_height(questions);
    flow_again(flow, questions, room_after(flow, questions));
    if (flow->page > pages) {
        flow_again(flow, questions, before - whole_height(questions));
    }
}

/* ---- the table of contents ----------------------------------------------- */

/* The headings of level 1 after a table of contents. */
static void find_chapters(struct flow *flow)
{
    bool contents = false;
    for (size_t i = 0; i < blocks(flow); i++) {
        const lkv_block *block = block_at(flow, i);
        contents = contents || block->kind == LKV_BLOCK_CONTENTS;
        if (contents && block->kind == LKV_BLOCK_HEADING && block->level == 1) {
            const lkv_chapter chapter = {.block = block};
            g_array_append_val(flow->press.chapters, chapter);
        }
    }
}

static lkv_chapter *chapter_at(const struct flow *flow, guint index)
{
    return &g_array_index(flow->press.chapters, lkv_chapter, index);
}

static void settle_chapters(const struct flow *flow)
{
    guint next = 0;
    for (guint i = 0; i < flow->placed->len && next < flow->press.chapters->len;
         i++) {
        const struct placed *placed =
            &g_array_index(flow->placed, struct placed, i);
        lkv_chapter *chapter = chapter_at(flow, next);
        if (placed->content->block == chapter->block && placed->first == 0) {
            chapter->page = placed->page;
            chapter->y = placed->at.y;
            next++;
        }
    }
}

static void make_anchors(const struct flow *flow, lkv_pdf *pdf)
{
    for (guint i = 0; i < flow->press.chapters->len; i++) {
        chapter_at(flow, i)->anchor = lkv_pdf_anchor_new(pdf);
    }
}

static void place_anchors(const struct flow *flow, lkv_pdf *pdf)
{
    for (guint i = 0; i < flow->press.chapters->len; i++) {
        const lkv_chapter *chapter = chapter_at(flow, i);
        lkv_pdf_turn(pdf, chapter->page);
        lkv_pdf_anchor_place(pdf, chapter->anchor, chapter->y);
    }
}

static void free_content(gpointer content)
{
    lkv_content_free(content);
}

static struct flow *flow_new(const lkv_pdf_job *job, lkv_diag *diag)
{
    struct flow *flow = g_new0(struct flow, 1);
    flow->press =
        (lkv_press){.job = job,
                    .fonts = job->fonts,
                    .locale = lkv_catalogue_locale(job->words->catalogue),
                    .look = &job->look,
                    .words = *job->words,
                    .diag = diag};
    flow->contents = g_ptr_array_new_with_free_func(free_content);
    flow->placed = g_array_new(FALSE, TRUE, sizeof(struct placed));
    flow->press.chapters = g_array_new(FALSE, TRUE, sizeof(lkv_chapter));
    find_chapters(flow);
    make_contents(flow);
    start_over(flow);
    flow_blocks(flow);
    fill_with_lines(flow);
    settle_chapters(flow);
    return flow;
}

static void flow_free(struct flow *flow)
{
    g_ptr_array_unref(flow->contents);
    g_array_unref(flow->placed);
    g_array_unref(flow->press.chapters);
    g_free(flow);
}

static void draw_foot(const struct flow *flow, lkv_pdf *pdf, const char *foot,
                      size_t page)
{
    const lkv_press *press = &flow->press;
    char number[16], total[16];
    g_snprintf(number, sizeof number, "%zu", page + 1);
    g_snprintf(total, sizeof total, "%zu", flow->page + 1);
    const lkv_value values[] = {{.name = "page", .text = number},
                                {.name = "pages", .text = total}};
    g_autofree char *text = lkv_catalogue_say(
        press->job->words->catalogue, "page.of", values, G_N_ELEMENTS(values));
    double right = LKV_MARGIN + lkv_sheet_width();
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, press->look);
    lkv_pdf_turn(pdf, page);
    lkv_pdf_artifact_begin(pdf, LKV_PDF_FOOTER);
    lkv_pdf_line(pdf, (lkv_pdf_point){LKV_MARGIN, LKV_FOOT - 12.0},
                 (lkv_pdf_point){right, LKV_FOOT - 12.0},
                 lkv_pdf_stroked(press->look->grid, 0.8));
    lkv_pdf_text(pdf, (lkv_pdf_point){LKV_MARGIN, LKV_FOOT}, &type, foot);
    type.align = LKV_ALIGN_RIGHT;
    lkv_pdf_text(pdf, (lkv_pdf_point){right, LKV_FOOT}, &type,
                 text ? text : number);
    lkv_pdf_artifact_end(pdf);
}

/* The foot holds one line: a long name is cut, never the page's number. */
static char *foot_text(const struct flow *flow)
{
    const lkv_press *press = &flow->press;
    char *said = lkv_press_say(press, &press->job->document->running);
    const lkv_style_facts *facts = lkv_style_at(LKV_STYLE_SMALL);
    const lkv_breaking breaking = {.fonts = press->fonts,
                                   .locale = press->locale,
                                   .role = facts->role,
                                   .size = facts->size,
                                   .width = lkv_sheet_width() - 90.0};
    g_autoptr(GArray) lines = lkv_lines_break(&breaking, said);
    if (lines->len > 1) {
        size_t end = g_array_index(lines, lkv_line, 0).end;
        char *cut = g_strdup_printf("%.*s …", (int)end, said);
        g_free(said);
        return cut;
    }
    return said;
}

static void draw_band(const struct flow *flow, lkv_pdf *pdf)
{
    lkv_pdf_artifact_begin(pdf, LKV_PDF_BACKGROUND);
    lkv_pdf_rect(pdf, (lkv_pdf_box){0.0, 0.0, lkv_pdf_sheet().width, 14.0},
                 lkv_pdf_filled(flow->press.look->district));
    lkv_pdf_artifact_end(pdf);
}

static void draw_pages(const struct flow *flow, lkv_pdf *pdf)
{
    size_t page = 0;
    lkv_pdf_page(pdf);
    draw_band(flow, pdf);
    make_anchors(flow, pdf);
    lkv_pdf_begin(pdf, LKV_PDF_DOCUMENT, NULL);
    for (guint i = 0; i < flow->placed->len; i++) {
        const struct placed *placed =
            &g_array_index(flow->placed, struct placed, i);
        for (; page < placed->page; page++) {
            lkv_pdf_page(pdf);
        }
        placed->content->kind->draw(placed->content, pdf, placed->at,
                                    placed->first, placed->count);
    }
    lkv_pdf_end(pdf, LKV_PDF_DOCUMENT);
    place_anchors(flow, pdf);
    g_autofree char *foot = foot_text(flow);
    for (size_t i = 0; i <= flow->page; i++) {
        draw_foot(flow, pdf, foot, i);
    }
}

/* The figures of the document for programs, and for readers who would rather
 * have numbers than charts.
 */
static void attach_figures(const lkv_press *press, lkv_pdf *pdf)
{
    const lkv_words *words = press->job->words;
    g_autoptr(GString) csv = g_string_new(NULL);
    lkv_render_csv_of(press->job->document, words->release, csv);
    g_autofree char *name =
        lkv_catalogue_say(words->catalogue, "file.figures", NULL, 0);
    g_autofree char *about =
        lkv_catalogue_say(words->catalogue, "file.figures_about", NULL, 0);
    const lkv_pdf_file file = {.name = name ? name : "figures.csv",
                               .type = "text/csv",
                               .description = about,
                               .relation = LKV_PDF_RELATED_DATA,
                               .bytes = csv->str,
                               .size = csv->len};
    lkv_pdf_attach(pdf, &file);
}

GByteArray *lkv_render_pdf(const lkv_pdf_job *job, lkv_diag *diag)
{
    struct flow *flow = flow_new(job, diag);
    const lkv_press *press = &flow->press;
    g_autofree char *title = lkv_press_say(press, &job->document->title);
    g_autofree char *subject = lkv_press_say(press, &job->document->subject);
    const lkv_frame *frame = lkv_release_frame(job->words->release);
    const lkv_pdf_meta meta = {.title = title,
                               .language = lkv_locale_language(press->locale),
                               .author = frame->district_name,
                               .subject = *subject ? subject : NULL,
                               .creator = "Likvärd",
                               .epoch = job->epoch};
    bool fine = flow->fits && lkv_diag_count(diag, LKV_ERROR) == 0;
    g_autoptr(GByteArray) out = g_byte_array_new();
    if (fine) {
        g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&meta, job->fonts);
        draw_pages(flow, pdf);
        attach_figures(press, pdf);
        fine = lkv_pdf_finish(pdf, out, diag);
    }
    flow_free(flow);
    return fine ? g_steal_pointer(&out) : NULL;
}

char *lkv_render_boxes(const lkv_pdf_job *job, lkv_diag *diag)
{
    static const char *const kinds[] = {
        [LKV_BLOCK_TITLE] = "title",
        [LKV_BLOCK_LEAD] = "lead",
        [LKV_BLOCK_HEADING] = "heading",
        [LKV_BLOCK_PARAGRAPH] = "paragraph",
        [LKV_BLOCK_NOTE] = "note",
        [LKV_BLOCK_LIST] = "list",
        [LKV_BLOCK_QUESTIONS] = "questions",
        [LKV_BLOCK_CONTENTS] = "contents",
        [LKV_BLOCK_CARDS] = "cards",
        [LKV_BLOCK_TABLE] = "table",
        [LKV_BLOCK_CHART] = "chart",
        [LKV_BLOCK_PAGE_BREAK] = "break",
    };
    struct flow *flow = flow_new(job, diag);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < flow->placed->len; i++) {
        const struct placed *placed =
            &g_array_index(flow->placed, struct placed, i);
        const lkv_content *content = placed->content;
        g_string_append_printf(
            out, "%zu %d %d %d %d %s %s %zu-%zu/%zu\n", placed->page + 1,
            (int)lround(placed->at.x), (int)lround(placed->at.y),
            (int)lround(content->width),
            (int)lround(
                content->kind->height(content, placed->first, placed->count)),
            kinds[content->block->kind],
            content->block->id ? content->block->id : "-", placed->first,
            placed->first + placed->count, content->parts);
    }
    flow_free(flow);
    return g_string_free(out, FALSE);
}
