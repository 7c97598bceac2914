/* Charts as SVG: the same marks at the same places as in the PDF. */
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/wide.h"
#include "render/canvas.h"

enum { PLACES = 2 }; /* decimals of a length */

void lkv_markup_append(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append(out, escaped);
}

/* A length without needless zeros: " x=\"12.5\"". */
static void put(GString *out, const char *name, double value)
{
    char text[32];
    lkv_decimal_text(lkv_real_round(value, PLACES), PLACES, text);
    size_t length = strlen(text);
    while (text[length - 1] == '0') {
        length--;
    }
    length -= text[length - 1] == '.';
    g_string_append_printf(out, " %s=\"%.*s\"", name, (int)length, text);
}

static void put_colour(GString *out, const char *name, int32_t colour)
{
    if (colour >= 0) {
        g_string_append_printf(out, " %s=\"#%06x\"", name, (unsigned)colour);
    } else {
        g_string_append_printf(out, " %s=\"none\"", name);
    }
}

/* The ink, and the end of the element. */
static void finish(GString *out, lkv_pdf_ink ink)
{
    put_colour(out, "fill", ink.fill);
    if (ink.stroke >= 0 && ink.width > 0.0) {
        put_colour(out, "stroke", ink.stroke);
        put(out, "stroke-width", ink.width);
        if (ink.on > 0.0 || ink.off > 0.0) {
            g_string_append_printf(out, " stroke-dasharray=\"%d %d\"",
                                   (int)lround(ink.on), (int)lround(ink.off));
        }
    }
    g_string_append(out, "/>\n");
}

static void draw_rect(void *target, lkv_pdf_box box, lkv_pdf_ink ink)
{
    GString *out = ((lkv_svg *)target)->out;
    g_string_append(out, "<rect");
    put(out, "x", box.x);
    put(out, "y", box.y);
    put(out, "width", box.width);
    put(out, "height", box.height);
    finish(out, ink);
}

static void put_line(GString *out, lkv_pdf_point from, lkv_pdf_point to)
{
    g_string_append(out, "<line");
    put(out, "x1", from.x);
    put(out, "y1", from.y);
    put(out, "x2", to.x);
    put(out, "y2", to.y);
}

static void put_corner(GString *out, lkv_pdf_point point)
{
    char text[32];
    lkv_decimal_text(lkv_real_round(point.x, PLACES), PLACES, text);
    g_string_append(out, text);
    g_string_append_c(out, ',');
    lkv_decimal_text(lkv_real_round(point.y, PLACES), PLACES, text);
    g_string_append(out, text);
}

static void draw_path(void *target, const lkv_pdf_point *point, size_t count,
                      bool closed, lkv_pdf_ink ink)
{
    GString *out = ((lkv_svg *)target)->out;
    if (!closed && count == 2) {
        put_line(out, point[0], point[1]);
        finish(out, ink);
        return;
    }
    g_string_append(out, closed ? "<polygon points=\"" : "<polyline points=\"");
    for (size_t i = 0; i < count; i++) {
        g_string_append(out, i > 0 ? " " : "");
        put_corner(out, point[i]);
    }
    g_string_append_c(out, '"');
    finish(out, ink);
}

static void draw_circle(void *target, lkv_pdf_point centre, double radius,
                        lkv_pdf_ink ink)
{
    GString *out = ((lkv_svg *)target)->out;
    g_string_append(out, "<circle");
    put(out, "cx", centre.x);
    put(out, "cy", centre.y);
    put(out, "r", radius);
    finish(out, ink);
}

/* Each line is cut at the sides of the box. */
static void draw_hatch(void *target, lkv_pdf_box box, double spacing,
                       lkv_pdf_ink ink)
{
    double step = spacing * sqrt(2.0); /* along a side */
    double bottom = box.y + box.height;
    unsigned lines = (unsigned)ceil((box.width + box.height) / step - 0.5);
    for (unsigned i = 0; i < lines; i++) {
        double along = (i + 0.5) * step;
        double from = fmax(0.0, along - box.height);
        double to = fmin(box.width, along);
        double rise = along - box.height;
        put_line(((lkv_svg *)target)->out,
                 (lkv_pdf_point){box.x + from, bottom - (from - rise)},
                 (lkv_pdf_point){box.x + to, bottom - (to - rise)});
        finish(((lkv_svg *)target)->out, ink);
    }
}

/* TEXT with a soft hyphen at its end as a hyphen, and others dropped. */
static char *visible(const char *text)
{
    static const char soft[] = "\u00ad";
    GString *out = g_string_new(text);
    if (g_str_has_suffix(text, soft)) {
        g_string_truncate(out, out->len - strlen(soft));
        g_string_append_c(out, '-');
    }
    g_string_replace(out, soft, "", 0);
    return g_string_free(out, FALSE);
}

static void draw_text(void *target, lkv_pdf_point at, const lkv_pdf_type *type,
                      const char *text)
{
    static const unsigned weights[LKV_FONT_ROLES] = {
        [LKV_ROLE_BODY] = 400,   [LKV_ROLE_SEMIBOLD] = 600,
        [LKV_ROLE_BOLD] = 700,   [LKV_ROLE_LIGHT] = 300,
        [LKV_ROLE_ITALIC] = 400, [LKV_ROLE_FALLBACK] = 400};
    static const char *const anchors[] = {[LKV_ALIGN_LEFT] = "start",
                                          [LKV_ALIGN_CENTRE] = "middle",
                                          [LKV_ALIGN_RIGHT] = "end"};
    lkv_svg *svg = target;
    g_autofree char *shown = visible(text);
    double width =
        lkv_fonts_width(svg->fonts, type->role, type->size, shown, SIZE_MAX);
    if (!*shown) {
        return;
    }
    g_string_append(svg->out, "<text");
    put(svg->out, "x", at.x);
    put(svg->out, "y", at.y);
    put(svg->out, "font-size", type->size);
    put(svg->out, "textLength", width);
    g_string_append_printf(svg->out,
                           " lengthAdjust=\"spacingAndGlyphs\" "
                           "font-weight=\"%u\" text-anchor=\"%s\"",
                           weights[type->role], anchors[type->align]);
    put_colour(svg->out, "fill", (int32_t)type->colour);
    g_string_append_c(svg->out, '>');
    lkv_markup_append(svg->out, shown);
    g_string_append(svg->out, "</text>\n");
}

lkv_canvas lkv_canvas_svg(lkv_svg *svg)
{
    static const lkv_device device = {draw_rect, draw_path, draw_circle,
                                      draw_hatch, draw_text};
    return (lkv_canvas){&device, svg};
}
