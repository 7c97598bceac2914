/* What charts are drawn on: a page of a PDF or an SVG picture. A device is one
 * file with one record of functions; charts know none of them.
 */
#ifndef LKV_RENDER_CANVAS_H
#define LKV_RENDER_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "render/font.h"
#include "render/pdf.h"

/* What a device can do with TARGET; as the functions of the same name below. */
typedef struct lkv_device {
    void (*rect)(void *target, lkv_pdf_box box, lkv_pdf_ink ink);
    void (*path)(void *target, const lkv_pdf_point *point, size_t count,
                 bool closed, lkv_pdf_ink ink);
    void (*circle)(void *target, lkv_pdf_point centre, double radius,
                   lkv_pdf_ink ink);
    void (*hatch)(void *target, lkv_pdf_box box, double spacing,
                  lkv_pdf_ink ink);
    void (*text)(void *target, lkv_pdf_point at, const lkv_pdf_type *type,
                 const char *text);
} lkv_device;

typedef struct lkv_canvas {
    const lkv_device *device;
    void *target;
} lkv_canvas;

lkv_canvas lkv_canvas_pdf(lkv_pdf *pdf);

void lkv_canvas_rect(const lkv_canvas *canvas, lkv_pdf_box box,
                     lkv_pdf_ink ink);
void lkv_canvas_line(const lkv_canvas *canvas, lkv_pdf_point from,
                     lkv_pdf_point to, lkv_pdf_ink ink);
void lkv_canvas_polygon(const lkv_canvas *canvas, const lkv_pdf_point *point,
                        size_t count, lkv_pdf_ink ink);
void lkv_canvas_circle(const lkv_canvas *canvas, lkv_pdf_point centre,
                       double radius, lkv_pdf_ink ink);
/* Slanting lines SPACING apart inside BOX, in the stroke of INK. */
void lkv_canvas_hatch(const lkv_canvas *canvas, lkv_pdf_box box, double spacing,
                      lkv_pdf_ink ink);
void lkv_canvas_text(const lkv_canvas *canvas, lkv_pdf_point at,
                     const lkv_pdf_type *type, const char *text);

/* A picture that is being drawn as elements of SVG: text is set with FONTS and
 * keeps its width in whatever face a reader has.
 */
typedef struct lkv_svg {
    GString *out;
    const lkv_fonts *fonts;
} lkv_svg;
lkv_canvas lkv_canvas_svg(lkv_svg *svg);

/* TEXT as characters of XML and HTML. */
void lkv_markup_append(GString *out, const char *text);

#endif
