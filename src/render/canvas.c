#include "render/canvas.h"

void lkv_canvas_rect(const lkv_canvas *canvas, lkv_pdf_box box, lkv_pdf_ink ink)
{
    canvas->device->rect(canvas->target, box, ink);
}

void lkv_canvas_line(const lkv_canvas *canvas, lkv_pdf_point from,
                     lkv_pdf_point to, lkv_pdf_ink ink)
{
    const lkv_pdf_point both[] = {from, to};
    canvas->device->path(canvas->target, both, G_N_ELEMENTS(both), false, ink);
}

void lkv_canvas_polygon(const lkv_canvas *canvas, const lkv_pdf_point *point,
                        size_t count, lkv_pdf_ink ink)
{
    canvas->device->path(canvas->target, point, count, true, ink);
}

void lkv_canvas_circle(const lkv_canvas *canvas, lkv_pdf_point centre,
                       double radius, lkv_pdf_ink ink)
{
    canvas->device->circle(canvas->target, centre, radius, ink);
}

void lkv_canvas_hatch(const lkv_canvas *canvas, lkv_pdf_box box, double spacing,
                      lkv_pdf_ink ink)
{
    canvas->device->hatch(canvas->target, box, spacing, ink);
}

void lkv_canvas_text(const lkv_canvas *canvas, lkv_pdf_point at,
                     const lkv_pdf_type *type, const char *text)
{
    canvas->device->text(canvas->target, at, type, text);
}

/* ---- a page of a PDF ------------------------------------------------------- */

static void pdf_rect(void *target, lkv_pdf_box box, lkv_pdf_ink ink)
{
    lkv_pdf_rect(target, box, ink);
}

static void pdf_path(void *target, const lkv_pdf_point *point, size_t count,
                     bool closed, lkv_pdf_ink ink)
{
    if (closed) {
        lkv_pdf_polygon(target, point, count, ink);
    } else {
        lkv_pdf_polyline(target, point, count, ink);
    }
}

static void pdf_circle(void *target, lkv_pdf_point centre, double radius,
                       lkv_pdf_ink ink)
{
    lkv_pdf_circle(target, centre, radius, ink);
}

static void pdf_hatch(void *target, lkv_pdf_box box, double spacing,
                      lkv_pdf_ink ink)
{
    lkv_pdf_hatch(target, box, spacing, ink);
}

static void pdf_text(void *target, lkv_pdf_point at, const lkv_pdf_type *type,
                     const char *text)
{
    lkv_pdf_text(target, at, type, text);
}

lkv_canvas lkv_canvas_pdf(lkv_pdf *pdf)
{
    static const lkv_device device = {pdf_rect, pdf_path, pdf_circle, pdf_hatch,
                                      pdf_text};
    return (lkv_canvas){&device, pdf};
}
