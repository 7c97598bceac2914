/* A document as PDF: its pages drawn, and what is the same on all of them. */
#include <math.h>

#include "render/flow.h"

static void draw_foot(const lkv_flow *flow, lkv_pdf *pdf, const char *foot,
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
static char *foot_text(const lkv_flow *flow)
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

static void draw_band(const lkv_flow *flow, lkv_pdf *pdf)
{
    lkv_pdf_artifact_begin(pdf, LKV_PDF_BACKGROUND);
    lkv_pdf_rect(pdf, (lkv_pdf_box){0.0, 0.0, lkv_pdf_sheet().width, 14.0},
                 lkv_pdf_filled(flow->press.look->district));
    lkv_pdf_artifact_end(pdf);
}

#define LOGO_TOP 20.0
#define LOGO_HEIGHT 26.0
#define LOGO_WIDE 160.0

/* To the right above the title, as large as there is room; the district's name
 * stands there as text.
 */
static void draw_logo(const lkv_flow *flow, lkv_pdf *pdf)
{
    const lkv_picture *logo = flow->press.job->logo;
    if (!logo) {
        return;
    }
    double scale = fmin(LOGO_HEIGHT / logo->height, LOGO_WIDE / logo->width);
    double width = scale * logo->width, height = scale * logo->height;
    lkv_pdf_artifact_begin(pdf, LKV_PDF_HEADER);
    lkv_pdf_show(pdf, logo,
                 (lkv_pdf_box){LKV_MARGIN + lkv_sheet_width() - width,
                               LOGO_TOP + (LOGO_HEIGHT - height) / 2.0, width,
                               height});
    lkv_pdf_artifact_end(pdf);
}

static void draw_pages(const lkv_flow *flow, lkv_pdf *pdf)
{
    size_t page = 0;
    lkv_pdf_page(pdf);
    draw_band(flow, pdf);
    draw_logo(flow, pdf);
    lkv_flow_make_anchors(flow, pdf);
    lkv_pdf_begin(pdf, LKV_PDF_DOCUMENT, NULL);
    for (guint i = 0; i < flow->placed->len; i++) {
        const lkv_placed *placed = lkv_flow_placed(flow, i);
        for (; page < placed->page; page++) {
            lkv_pdf_page(pdf);
        }
        const lkv_pdf_point at = {placed->at.x, lkv_placed_top(flow, placed)};
        placed->content->kind->draw(placed->content, pdf, at, placed->first,
                                    placed->count);
    }
    lkv_pdf_end(pdf, LKV_PDF_DOCUMENT);
    lkv_flow_place_anchors(flow, pdf);
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
    lkv_flow *flow = lkv_flow_new(job, diag);
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
    lkv_flow_free(flow);
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
    lkv_flow *flow = lkv_flow_new(job, diag);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < flow->placed->len; i++) {
        const lkv_placed *placed = lkv_flow_placed(flow, i);
        const lkv_content *content = placed->content;
        g_string_append_printf(out, "%zu %d %d %d %d %s %s %zu-%zu/%zu\n",
                               placed->page + 1, (int)lround(placed->at.x),
                               (int)lround(lkv_placed_top(flow, placed)),
                               (int)lround(content->width),
                               (int)lround(content->kind->height(
                                   content, placed->first, placed->count)),
                               kinds[content->block->kind],
                               content->block->id ? content->block->id : "-",
                               placed->first, placed->first + placed->count,
                               content->parts);
    }
    lkv_flow_free(flow);
    return g_string_free(out, FALSE);
}
