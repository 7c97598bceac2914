#include <math.h>

#include "render/pdf_state.h"
#include "render/pdf_write.h"

enum { DECIMALS = 2, COLOUR_DECIMALS = 3 };

void lkv_pdf_put(lkv_pdf *pdf, GString *out, double value)
{
    /* Farther out than a sheet of 200 inches nothing is meant. */
    static const double reach = 14400;
    if (!(fabs(value) <= reach)) {
        lkv_pdf_fail(pdf, "a length or place is out of reach");
        value = 0;
    }
    lkv_pdf_put_number(out, value, DECIMALS);
}

void lkv_pdf_put_point(lkv_pdf *pdf, GString *out, double x, double y)
{
    lkv_pdf_put(pdf, out, x);
    g_string_append_c(out, ' ');
    lkv_pdf_put(pdf, out, lkv_pdf_sheet().height - y);
    g_string_append_c(out, ' ');
}

void lkv_pdf_put_box(GString *out, const char *key, lkv_pdf_box box)
{
    double height = lkv_pdf_sheet().height;
    const double side[] = {box.x, height - box.y - box.height,
                           box.x + box.width, height - box.y};
    g_string_append_printf(out, "/%s[", key);
    for (unsigned i = 0; i < 4; i++) {
        if (i > 0) {
            g_string_append_c(out, ' ');
        }
        lkv_pdf_put_number(out, side[i], DECIMALS);
    }
    g_string_append_c(out, ']');
}

static void put_colour(GString *out, int32_t colour, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8) {
        int part = colour >> shift & 0xFF;
        lkv_pdf_put_number(out, part / 255.0, COLOUR_DECIMALS);
        g_string_append_c(out, ' ');
    }
    g_string_append(out, operator);
}

void lkv_pdf_set_fill(lkv_pdf *pdf, GString *out, int32_t colour)
{
    if (pdf->page->now.fill != colour) {
        put_colour(out, colour, "rg\n");
        pdf->page->now.fill = colour;
    }
}

lkv_pdf_ink lkv_pdf_filled(uint32_t colour)
{
    return (lkv_pdf_ink){.fill = (int32_t)(colour & 0xFFFFFF),
                         .stroke = LKV_PDF_NO_COLOUR};
}

lkv_pdf_ink lkv_pdf_stroked(uint32_t colour, double width)
{
    return (lkv_pdf_ink){.fill = LKV_PDF_NO_COLOUR,
                         .stroke = (int32_t)(colour & 0xFFFFFF),
                         .width = width};
}

lkv_pdf_ink lkv_pdf_dashed(uint32_t colour, double width, double on, double off)
{
    lkv_pdf_ink ink = lkv_pdf_stroked(colour, width);
    ink.on = on;
    ink.off = off;
    return ink;
}

static bool fills(lkv_pdf_ink ink)
{
    return ink.fill >= 0;
}

static bool strokes(lkv_pdf_ink ink)
{
    return ink.stroke >= 0 && ink.width > 0;
}

static void set_stroke(lkv_pdf *pdf, GString *out, lkv_pdf_ink ink)
{
    lkv_pdf_graphics *now = &pdf->page->now;
    if (now->stroke != ink.stroke) {
        put_colour(out, ink.stroke, "RG\n");
        now->stroke = ink.stroke;
    }
    if (now->width != ink.width) {
        lkv_pdf_put(pdf, out, ink.width);
        g_string_append(out, " w\n");
        now->width = ink.width;
    }
    if (now->on != ink.on || now->off != ink.off) {
        g_string_append_c(out, '[');
        if (ink.on > 0 || ink.off > 0) {
            lkv_pdf_put(pdf, out, ink.on);
            g_string_append_c(out, ' ');
            lkv_pdf_put(pdf, out, ink.off);
        }
        g_string_append(out, "]0 d\n");
        now->on = ink.on;
        now->off = ink.off;
    }
    if (now->round != ink.round) {
        g_string_append(out, ink.round ? "1 J\n" : "0 J\n");
        now->round = ink.round;
    }
}

/* Makes ready to paint with INK; NULL if nothing would be seen. */
static GString *start(lkv_pdf *pdf, lkv_pdf_ink ink)
{
    if (!fills(ink) && !strokes(ink)) {
        return NULL;
    }
    GString *out = lkv_pdf_open_mark(pdf);
    if (out == NULL) {
        return NULL;
    }
    if (fills(ink)) {
        lkv_pdf_set_fill(pdf, out, ink.fill);
    }
    if (strokes(ink)) {
        set_stroke(pdf, out, ink);
    }
    return out;
}

/* Paints the path that OUT ends with. */
static void finish(GString *out, lkv_pdf_ink ink)
{
    g_string_append(out, !strokes(ink) ? "f\n" : fills(ink) ? "B\n" : "S\n");
}

/* Takes the rectangle and the stroke around it into the open figure. */
static void cover(lkv_pdf *pdf, lkv_pdf_box box, lkv_pdf_ink ink)
{
    double edge = strokes(ink) ? ink.width / 2 : 0;
    lkv_pdf_cover(pdf,
                  (lkv_pdf_box){box.x - edge, box.y - edge,
                                box.width + 2 * edge, box.height + 2 * edge});
}

static void put_rectangle(lkv_pdf *pdf, GString *out, lkv_pdf_box box)
{
    lkv_pdf_put_point(pdf, out, box.x, box.y + box.height);
    lkv_pdf_put(pdf, out, box.width);
    g_string_append_c(out, ' ');
    lkv_pdf_put(pdf, out, box.height);
    g_string_append(out, " re ");
}

void lkv_pdf_rect(lkv_pdf *pdf, lkv_pdf_box box, lkv_pdf_ink ink)
{
    GString *out = start(pdf, ink);
    if (out != NULL) {
        put_rectangle(pdf, out, box);
        finish(out, ink);
        cover(pdf, box, ink);
    }
}

/* A quarter of an ellipse from FROM to TO around the corner CORNER. */
static void put_corner(lkv_pdf *pdf, GString *out, lkv_pdf_point from,
                       lkv_pdf_point corner, lkv_pdf_point to)
{
    /* Distance of the handles that comes closest to a circle, 4/3 (√2 − 1). */
    static const double handle = 0.5522847498;
    lkv_pdf_put_point(pdf, out, from.x + handle * (corner.x - from.x),
                      from.y + handle * (corner.y - from.y));
    lkv_pdf_put_point(pdf, out, to.x + handle * (corner.x - to.x),
                      to.y + handle * (corner.y - to.y));
    lkv_pdf_put_point(pdf, out, to.x, to.y);
    g_string_append(out, "c ");
}

void lkv_pdf_rounded(lkv_pdf *pdf, lkv_pdf_box box, double radius,
                     lkv_pdf_ink ink)
{
    double most = fmin(fabs(box.width), fabs(box.height)) / 2;
    double r = fmin(radius, most);
    if (!(r > 0)) {
        lkv_pdf_rect(pdf, box, ink);
        return;
    }
    GString *out = start(pdf, ink);
    if (out == NULL) {
        return;
    }
    double left = box.x, right = box.x + box.width;
    double top = box.y, bottom = box.y + box.height;
    const lkv_pdf_point corner[] = {
        {right, top}, {right, bottom}, {left, bottom}, {left, top}};
    const lkv_pdf_point before[] = {{right - r, top},
                                    {right, bottom - r},
                                    {left + r, bottom},
                                    {left, top + r}};
    const lkv_pdf_point after[] = {{right, top + r},
                                   {right - r, bottom},
                                   {left, bottom - r},
                                   {left + r, top}};
    lkv_pdf_put_point(pdf, out, left + r, top);
    g_string_append(out, "m ");
    for (unsigned i = 0; i < 4; i++) {
        lkv_pdf_put_point(pdf, out, before[i].x, before[i].y);
        g_string_append(out, "l ");
        put_corner(pdf, out, before[i], corner[i], after[i]);
    }
    g_string_append(out, "h ");
    finish(out, ink);
    cover(pdf, box, ink);
}

void lkv_pdf_circle(lkv_pdf *pdf, lkv_pdf_point centre, double radius,
                    lkv_pdf_ink ink)
{
    lkv_pdf_box box = {centre.x - radius, centre.y - radius, 2 * radius,
                       2 * radius};
    lkv_pdf_rounded(pdf, box, radius, ink);
}

/* A path through the points, CLOSED or not. */
static void paint_path(lkv_pdf *pdf, const lkv_pdf_point *point, size_t count,
                       lkv_pdf_ink ink, bool closed)
{
    GString *out = count >= 2 ? start(pdf, ink) : NULL;
    if (out == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        lkv_pdf_put_point(pdf, out, point[i].x, point[i].y);
        g_string_append(out, i == 0 ? "m\n" : "l\n");
        cover(pdf, (lkv_pdf_box){point[i].x, point[i].y, 0, 0}, ink);
    }
    if (closed) {
        g_string_append(out, "h ");
    }
    finish(out, ink);
}

void lkv_pdf_line(lkv_pdf *pdf, lkv_pdf_point from, lkv_pdf_point to,
                  lkv_pdf_ink ink)
{
    const lkv_pdf_point both[] = {from, to};
    lkv_pdf_polyline(pdf, both, G_N_ELEMENTS(both), ink);
}

void lkv_pdf_polyline(lkv_pdf *pdf, const lkv_pdf_point *point, size_t count,
                      lkv_pdf_ink ink)
{
    ink.fill = LKV_PDF_NO_COLOUR;
    paint_path(pdf, point, count, ink, false);
}

void lkv_pdf_polygon(lkv_pdf *pdf, const lkv_pdf_point *point, size_t count,
                     lkv_pdf_ink ink)
{
    paint_path(pdf, point, count, ink, true);
}

void lkv_pdf_hatch(lkv_pdf *pdf, lkv_pdf_box box, double spacing,
                   lkv_pdf_ink ink)
{
    enum { LINES_MOST = 2000 };
    double step = spacing * sqrt(2.0); /* along a side */
    double reach = box.width + box.height;
    ink.fill = LKV_PDF_NO_COLOUR;
    if (!(step > 0) || !(reach > 0) || !(reach / step < LINES_MOST)) {
        lkv_pdf_fail(pdf, "a hatching is empty or too fine");
        return;
    }
    GString *out = start(pdf, ink);
    if (out == NULL) {
        return;
    }
    g_string_append(out, "q ");
    put_rectangle(pdf, out, box);
    g_string_append(out, "W n\n");
    unsigned lines = (unsigned)ceil(reach / step - 0.5);
    for (unsigned i = 0; i < lines; i++) {
        double along = (i + 0.5) * step;
        lkv_pdf_put_point(pdf, out, box.x + along - box.height,
                          box.y + box.height);
        g_string_append(out, "m ");
        lkv_pdf_put_point(pdf, out, box.x + along, box.y);
        g_string_append(out, "l\n");
    }
    g_string_append(out, "S Q\n");
    lkv_pdf_cover(pdf, box);
}

void lkv_pdf_clip_push(lkv_pdf *pdf, lkv_pdf_box box)
{
    if (!lkv_pdf_ready(pdf)) {
        return;
    }
    lkv_pdf_sheet_state *page = pdf->page;
    if (page->clips == LKV_PDF_CLIPS) {
        lkv_pdf_fail(pdf, "clips are nested more than %d deep", LKV_PDF_CLIPS);
        return;
    }
    page->before[page->clips++] = page->now;
    g_string_append(page->content, "q ");
    put_rectangle(pdf, page->content, box);
    g_string_append(page->content, "W n\n");
}

void lkv_pdf_clip_pop(lkv_pdf *pdf)
{
    if (!lkv_pdf_ready(pdf)) {
        return;
    }
    lkv_pdf_sheet_state *page = pdf->page;
    if (page->clips == 0) {
        lkv_pdf_fail(pdf, "a clip ends that never began");
        return;
    }
    page->now = page->before[--page->clips];
    g_string_append(page->content, "Q\n");
}

void lkv_pdf_show(lkv_pdf *pdf, const lkv_picture *picture, lkv_pdf_box box)
{
    GString *out = lkv_pdf_ready(pdf) ? lkv_pdf_open_mark(pdf) : NULL;
    if (!out) {
        return;
    }
    if (pdf->picture && pdf->picture != picture) {
        lkv_pdf_fail(pdf, "a file shows one picture");
        return;
    }
    pdf->picture = picture;
    g_string_append(out, "q ");
    lkv_pdf_put(pdf, out, box.width);
    g_string_append(out, " 0 0 ");
    lkv_pdf_put(pdf, out, box.height);
    g_string_append_c(out, ' ');
    lkv_pdf_put_point(pdf, out, box.x, box.y + box.height);
    g_string_append(out, "cm /Logo Do Q\n");
}
