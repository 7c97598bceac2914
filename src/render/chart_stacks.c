/* Rows of parts that add up to the whole: grades per subject.
 *
 * Steps go from light to dark in one hue, so that grey print keeps their
 * order; what is not passed stands apart in the accent, a dash is hatched.
 */
#include <math.h>

#include "render/chart.h"

#define ROW_HEIGHT 14.5
#define BAR_HEIGHT 11.0
#define COLUMN_GAP 10.0
#define LEGEND_HEIGHT 16.0
#define SWATCH 8.0
#define TEXT_LEAST 12.0 /* a part so wide holds its figure */
#define LIGHTEST 0.12 /* how much of the hue the last step has */

static double row_height(const lkv_plot *plot, size_t slot)
{
    const lkv_slot_words *words = &plot->slot[slot];
    return fmax(ROW_HEIGHT, lkv_passage_height(&words->label) + 2.5);
}

/* Where swatch and words of a legend go: the width each takes. */
static double legend_width(const lkv_plot *plot, size_t index)
{
    const lkv_style_facts *facts = lkv_style_at(LKV_STYLE_SMALL);
    return SWATCH + 4.0 +
           lkv_fonts_width(plot->press->fonts, facts->role, facts->size,
                           plot->legend[index], SIZE_MAX) +
           12.0;
}

static double legend_height(const lkv_plot *plot)
{
    double x = 0.0;
    int lines = plot->chart->legends > 0 ? 1 : 0;
    for (size_t i = 0; i < plot->chart->legends; i++) {
        double width = legend_width(plot, i);
        if (x > 0.0 && x + width > plot->width) {
            lines++;
            x = 0.0;
        }
        x += width;
    }
    return lines * LEGEND_HEIGHT;
}

static double height(const lkv_plot *plot)
{
    double height = legend_height(plot);
    for (size_t i = 0; i < plot->chart->slots; i++) {
        height += row_height(plot, i);
    }
    return height;
}

/* How a series is painted: role and place among those of its role. */
struct paint {
    uint32_t fill;
    bool hatched;
    uint32_t text;
};

static lkv_role role_of(const lkv_chart *chart, size_t series)
{
    for (size_t i = 0; i < chart->marks; i++) {
        if (chart->mark[i].series == series) {
            return chart->mark[i].role;
        }
    }
    return LKV_ROLE_DISTRICT;
}

/* How much of the hue step INDEX of COUNT has. */
static double tint_of(size_t index, size_t count)
{
    if (count < 2) {
        return 1.0;
    }
    return 1.0 - (1.0 - LIGHTEST) * (double)index / (double)(count - 1);
}

static struct paint paint_of(const lkv_plot *plot, size_t series)
{
    const lkv_look *look = plot->press->look;
    lkv_role role = role_of(plot->chart, series);
    if (role == LKV_ROLE_QUIET) {
        return (struct paint){0xffffff, true, look->ink};
    }
    if (role != LKV_ROLE_DISTRICT) {
        return (struct paint){look->own, false, 0xffffff};
    }
    size_t before = 0, all = 0;
    for (size_t i = 0; i < plot->chart->legends; i++) {
        bool step = role_of(plot->chart, i) == LKV_ROLE_DISTRICT;
        all += step;
        before += step && i < series;
    }
    double share = tint_of(before, all);
    return (struct paint){lkv_plot_tint(look->district, share), false,
                          share > 0.55 ? 0xffffff : look->ink};
}

static void paint_box(const lkv_plot *plot, const lkv_canvas *canvas,
                      lkv_pdf_box box, size_t series)
{
    struct paint paint = paint_of(plot, series);
    if (paint.hatched) {
        lkv_canvas_hatch(canvas, box, 3.0,
                         lkv_pdf_stroked(plot->press->look->muted, 0.6));
        lkv_canvas_rect(
            canvas, box,
            (lkv_pdf_ink){.fill = LKV_PDF_NO_COLOUR,
                          .stroke = (int32_t)plot->press->look->muted,
                          .width = 0.5});
        return;
    }
    lkv_canvas_rect(canvas, box,
                    (lkv_pdf_ink){.fill = (int32_t)paint.fill,
                                  .stroke = 0xffffff,
                                  .width = 0.5});
}

static void draw_legend(const lkv_plot *plot, const lkv_canvas *canvas,
                        lkv_pdf_box box)
{
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, plot->press->look);
    double x = box.x, y = box.y;
    for (size_t i = 0; i < plot->chart->legends; i++) {
        double width = legend_width(plot, i);
        if (x > box.x && x + width > box.x + box.width) {
            x = box.x;
            y += LEGEND_HEIGHT;
        }
        paint_box(plot, canvas, (lkv_pdf_box){x, y + 1.0, SWATCH, SWATCH}, i);
        lkv_canvas_text(canvas, (lkv_pdf_point){x + SWATCH + 4.0, y + 8.5},
                        &type, plot->legend[i]);
        x += width;
    }
}

static void draw_part(const lkv_plot *plot, const lkv_canvas *canvas,
                      lkv_pdf_box box, size_t index)
{
    const lkv_mark *mark = &plot->chart->mark[index];
    paint_box(plot, canvas, box, mark->series);
    const char *text = plot->mark_label[index];
    if (!*text || box.width < TEXT_LEAST ||
        paint_of(plot, mark->series).hatched) {
        return;
    }
    lkv_pdf_type type = lkv_style_type(LKV_STYLE_SMALL, plot->press->look);
    type.align = LKV_ALIGN_CENTRE;
    type.colour = paint_of(plot, mark->series).text;
    if (lkv_plot_width(plot, &type, text) < box.width - 2.0) {
        lkv_canvas_text(
            canvas,
            (lkv_pdf_point){box.x + box.width / 2.0, box.y + box.height - 3.1},
            &type, text);
    }
}

/* The width of part INDEX of a bar of WIDTH; false if it is not told. */
static bool part_width(const lkv_plot *plot, size_t index, double width,
                       double *out)
{
    lkv_cell at = plot->chart->mark[index].at;
    double value = 0.0;
    if (lkv_release_at(plot->press->words.release, at).status != LKV_OK ||
        !lkv_plot_number(plot, at, &value)) {
        return false;
    }
    *out = fmax(width * value, 0.0);
    return true;
}

/* The marks of SLOT: array of size_t. */
static GArray *parts_of(const lkv_chart *chart, int16_t slot)
{
    GArray *parts = g_array_new(FALSE, TRUE, sizeof(size_t));
    for (size_t i = 0; i < chart->marks; i++) {
        if (chart->mark[i].slot == slot) {
            g_array_append_val(parts, i);
        }
    }
    return parts;
}

/* What parts of a bar are told: those before the first hidden one, and those
 * after the last.
 */
struct told {
    guint from_left, from_right;
    guint hidden;
};

static struct told told_of(const lkv_plot *plot, const GArray *parts)
{
    struct told told = {0};
    double width = 0.0;
    for (guint i = 0; i < parts->len; i++) {
        bool shown =
            part_width(plot, g_array_index(parts, size_t, i), 1.0, &width);
        told.hidden += !shown;
        told.from_left += shown && told.hidden == 0;
        told.from_right = shown ? told.from_right + 1 : 0;
    }
    return told;
}

/* Parts from the left until one is hidden and from the right as far as the
 * last hidden one; a hatched slot between. Where a single part is hidden, what
 * is left over would tell it, so all of the bar is hatched.
 */
static void draw_bar(const lkv_plot *plot, const lkv_canvas *canvas,
                     lkv_pdf_box box, int16_t slot)
{
    g_autoptr(GArray) parts = parts_of(plot->chart, slot);
    struct told told = told_of(plot, parts);
    if (told.hidden == 1 || told.hidden == parts->len) {
        lkv_plot_hatch(plot, canvas, box);
        return;
    }
    double left = box.x, right = box.x + box.width, width = 0.0;
    for (guint i = 0; i < told.from_left; i++) {
        size_t part = g_array_index(parts, size_t, i);
        part_width(plot, part, box.width, &width);
        width = fmin(width, right - left);
        if (width > 0.0) {
            draw_part(plot, canvas,
                      (lkv_pdf_box){left, box.y, width, box.height}, part);
        }
        left += width;
    }
    for (guint i = 0; told.hidden > 0 && i < told.from_right; i++) {
        size_t part = g_array_index(parts, size_t, parts->len - 1 - i);
        part_width(plot, part, box.width, &width);
        width = fmin(width, right - left);
        right -= width;
        if (width > 0.0) {
            draw_part(plot, canvas,
                      (lkv_pdf_box){right, box.y, width, box.height}, part);
        }
    }
    if (told.hidden > 0 && right - left > 1.0) {
        lkv_plot_hatch(plot, canvas,
                       (lkv_pdf_box){left, box.y, right - left, box.height});
    }
}

static void draw(const lkv_plot *plot, const lkv_canvas *canvas,
                 lkv_pdf_box box)
{
    draw_legend(plot, canvas, box);
    double y = box.y + legend_height(plot);
    double end = plot->end_width > 1.0 ? plot->end_width + COLUMN_GAP : 0.0;
    double left = box.x + plot->label_width + COLUMN_GAP;
    for (size_t i = 0; i < plot->chart->slots; i++) {
        double tall = row_height(plot, i);
        const lkv_slot_words *words = &plot->slot[i];
        lkv_passage_paint_all(
            &words->label, plot->press, canvas,
            (lkv_pdf_point){
                box.x, y + (tall - lkv_passage_height(&words->label)) / 2.0});
        draw_bar(plot, canvas,
                 (lkv_pdf_box){left, y + (tall - BAR_HEIGHT) / 2.0,
                               box.x + box.width - end - left, BAR_HEIGHT},
                 (int16_t)i);
        lkv_passage_paint(
            &words->end, plot->press, canvas,
            (lkv_pdf_point){box.x + box.width,
                            y + (tall - lkv_passage_height(&words->end)) / 2.0},
            (lkv_passage_part){.count = words->end.lines->len,
                               .align = LKV_ALIGN_RIGHT});
        y += tall;
    }
}

const lkv_chart_form lkv_chart_stacks = {height, draw};
