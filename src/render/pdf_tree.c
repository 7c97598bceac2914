#include <string.h>

#include "render/pdf_state.h"

#define IN(kind) (1 << LKV_PDF_##kind)

enum {
    ROOT = 1 << LKV_PDF_KINDS, /* outside all elements */
    GROUPS = IN(DOCUMENT) | IN(SECT),
    /* elements with text of their own */
    PROSE = IN(H1) | IN(H2) | IN(H3) | IN(P) | IN(LBL) | IN(LBODY) |
            IN(CAPTION) | IN(TH) | IN(TD) | IN(LINK) | IN(NOTE) | IN(SPAN) |
            IN(TOCI)
};

/* One kind: its name, where it may stand (ISO 32000-1, 14.8.4, and good
 * sense), and whether it holds painted content or only elements.
 */
typedef struct species {
    const char *name;
    int parents; /* bits */
    bool content;
} species;

static const species kinds[LKV_PDF_KINDS] = {
    [LKV_PDF_DOCUMENT] = {"Document", ROOT, false},
    [LKV_PDF_SECT] = {"Sect", GROUPS, false},
    [LKV_PDF_H1] = {"H1", GROUPS, true},
    [LKV_PDF_H2] = {"H2", GROUPS, true},
    [LKV_PDF_H3] = {"H3", GROUPS, true},
    [LKV_PDF_P] = {"P",
                   GROUPS | IN(LBODY) | IN(CAPTION) | IN(TH) | IN(TD) |
                       IN(NOTE) | IN(TOCI),
                   true},
    [LKV_PDF_L] = {"L", GROUPS | IN(LBODY) | IN(TD) | IN(NOTE), false},
    [LKV_PDF_LI] = {"LI", IN(L), false},
    [LKV_PDF_LBL] = {"Lbl", IN(LI) | IN(NOTE) | IN(TOCI), true},
    [LKV_PDF_LBODY] = {"LBody", IN(LI), true},
    [LKV_PDF_TABLE] = {"Table", GROUPS | IN(LBODY), false},
    [LKV_PDF_CAPTION] = {"Caption", IN(TABLE) | IN(FIGURE) | IN(L), true},
    [LKV_PDF_THEAD] = {"THead", IN(TABLE), false},
    [LKV_PDF_TBODY] = {"TBody", IN(TABLE), false},
    [LKV_PDF_TR] = {"TR", IN(TABLE) | IN(THEAD) | IN(TBODY), false},
    [LKV_PDF_TH] = {"TH", IN(TR), true},
    [LKV_PDF_TD] = {"TD", IN(TR), true},
    [LKV_PDF_FIGURE] = {"Figure", GROUPS | IN(P) | IN(LBODY) | IN(TD) | IN(TH),
                        true},
    [LKV_PDF_LINK] = {"Link", PROSE & ~IN(LINK), true},
    [LKV_PDF_NOTE] = {"Note", GROUPS | IN(P) | IN(LBODY) | IN(TD), true},
    [LKV_PDF_SPAN] = {"Span", PROSE, true},
    [LKV_PDF_TOC] = {"TOC", GROUPS | IN(TOC) | IN(TOCI), false},
    [LKV_PDF_TOCI] = {"TOCI", IN(TOC), true},
};

const char *lkv_pdf_kind_name(lkv_pdf_kind kind)
{
    return kinds[kind].name;
}

bool lkv_pdf_holds_content(lkv_pdf_kind kind)
{
    return kinds[kind].content;
}

lkv_pdf_element *lkv_pdf_top(const lkv_pdf *pdf)
{
    if (pdf->open->len == 0) {
        return NULL;
    }
    uint32_t number = g_array_index(pdf->open, uint32_t, pdf->open->len - 1);
    return &g_array_index(pdf->elements, lkv_pdf_element, number);
}

void lkv_pdf_add_kid(lkv_pdf *pdf, uint32_t element, lkv_pdf_kid kid)
{
    lkv_pdf_element *owner =
        &g_array_index(pdf->elements, lkv_pdf_element, element);
    int place = (int)pdf->kids->len;
    g_array_append_val(pdf->kids, kid);
    if (owner->first == LKV_PDF_NONE) {
        owner->first = place;
    } else {
        g_array_index(pdf->kids, lkv_pdf_kid, owner->last).next = place;
    }
    owner->last = place;
}

/* ---- rules ---- */

static const lkv_pdf_element *last_kid(const lkv_pdf *pdf,
                                       const lkv_pdf_element *parent)
{
    if (parent->last == LKV_PDF_NONE) {
        return NULL;
    }
    const lkv_pdf_kid *kid =
        &g_array_index(pdf->kids, lkv_pdf_kid, parent->last);
    if (kid->kind != LKV_KID_ELEMENT) {
        return NULL;
    }
    return &g_array_index(pdf->elements, lkv_pdf_element, kid->number);
}

/* Whether KIND may stand inside PARENT now; fails if not. */
static bool placed(lkv_pdf *pdf, lkv_pdf_kind kind,
                   const lkv_pdf_element *parent)
{
    int where = parent == NULL ? ROOT : 1 << parent->kind;
    const char *name = kinds[kind].name;
    const char *inside = parent == NULL ? "the file" : kinds[parent->kind].name;
    if ((kinds[kind].parents & where) == 0) {
        lkv_pdf_fail(pdf, "%s stands inside %s", name, inside);
        return false;
    }
    if (parent == NULL) {
        if (pdf->elements->len > 0) {
            lkv_pdf_fail(pdf, "there is more than one Document");
        }
        return pdf->error == NULL;
    }
    const lkv_pdf_element *before = last_kid(pdf, parent);
    bool only = parent->first == parent->last;
    if (before != NULL && before->kind == LKV_PDF_CAPTION &&
        parent->kind != LKV_PDF_FIGURE && !only) {
        lkv_pdf_fail(pdf, "%s follows a Caption that is not first", name);
    }
    return pdf->error == NULL;
}

/* Whether ATTR has what KIND needs; fails if not. */
static bool described(lkv_pdf *pdf, lkv_pdf_kind kind, const lkv_pdf_attr *attr)
{
    if (kind == LKV_PDF_FIGURE && (attr->alt == NULL || attr->alt[0] == '\0')) {
        lkv_pdf_fail(pdf, "a Figure has no text in place of it");
    } else if (kind == LKV_PDF_TH && attr->scope == LKV_PDF_NO_SCOPE) {
        lkv_pdf_fail(pdf, "a TH does not say what it heads");
    } else if (kind >= LKV_PDF_H1 && kind <= LKV_PDF_H3) {
        int level = (int)kind - LKV_PDF_H1 + 1;
        if (level > pdf->heading + 1) {
            lkv_pdf_fail(pdf, "heading H%d follows H%d", level, pdf->heading);
        }
        pdf->heading = level;
    }
    return pdf->error == NULL;
}

/* ---- rows of a table ---- */

static void row_begin(lkv_pdf_rows *rows)
{
    rows->filled = 0;
    if (rows->carried->len > 0) {
        rows->filled = g_array_index(rows->carried, unsigned, 0);
        g_array_remove_index(rows->carried, 0);
    }
}

static void cell_add(lkv_pdf_rows *rows, const lkv_pdf_element *cell)
{
    rows->filled += cell->columns;
    while (rows->carried->len + 1 < cell->rows) {
        unsigned none = 0;
        g_array_append_val(rows->carried, none);
    }
    for (unsigned i = 0; i + 1 < cell->rows; i++) {
        g_array_index(rows->carried, unsigned, i) += cell->columns;
    }
}

static void row_end(lkv_pdf *pdf)
{
    lkv_pdf_rows *rows = &pdf->rows;
    if (rows->width == 0) {
        rows->width = rows->filled;
    } else if (rows->width != rows->filled) {
        lkv_pdf_fail(pdf, "a row of a Table has %u columns, others have %u",
                     rows->filled, rows->width);
    }
}

/* ---- beginning and ending ---- */

static lkv_pdf_element element_of(lkv_pdf *pdf, lkv_pdf_kind kind,
                                  const lkv_pdf_attr *attr)
{
    lkv_pdf_element element = {
        .kind = kind,
        .parent = LKV_PDF_NONE,
        .first = LKV_PDF_NONE,
        .last = LKV_PDF_NONE,
        .page = LKV_PDF_NONE,
        .alt = lkv_pdf_keep(pdf, attr->alt),
        .actual = lkv_pdf_keep(pdf, attr->actual),
        .language = lkv_pdf_keep(pdf, attr->language),
        .scope = attr->scope,
        .numbering = attr->numbering,
        .columns = MAX(attr->columns, 1),
        .rows = MAX(attr->rows, 1),
        .left = 1,
        .boxed = attr->box.width > 0,
    };
    if (element.boxed) {
        element.left = attr->box.x;
        element.right = attr->box.x + attr->box.width;
        element.top = attr->box.y;
        element.bottom = attr->box.y + attr->box.height;
    }
    return element;
}

static void entered(lkv_pdf *pdf, uint32_t number)
{
    const lkv_pdf_element *element =
        &g_array_index(pdf->elements, lkv_pdf_element, number);
    if (element->kind == LKV_PDF_TABLE) {
        pdf->rows.width = 0;
        g_array_set_size(pdf->rows.carried, 0);
    } else if (element->kind == LKV_PDF_TR) {
        row_begin(&pdf->rows);
    } else if (element->kind == LKV_PDF_TH || element->kind == LKV_PDF_TD) {
        cell_add(&pdf->rows, element);
    } else if (element->kind == LKV_PDF_FIGURE) {
        pdf->figure = (int)number;
    } else if (element->kind == LKV_PDF_NOTE) {
        pdf->notes++;
    }
}

void lkv_pdf_begin(lkv_pdf *pdf, lkv_pdf_kind kind, const lkv_pdf_attr *attr)
{
    static const lkv_pdf_attr nothing = {0};
    if (pdf->error != NULL) {
        return;
    }
    if (pdf->in_artifact) {
        lkv_pdf_fail(pdf, "%s begins inside an artifact", kinds[kind].name);
        return;
    }
    attr = attr != NULL ? attr : &nothing;
    if (!placed(pdf, kind, lkv_pdf_top(pdf)) || !described(pdf, kind, attr)) {
        return;
    }
    uint32_t number = pdf->elements->len;
    lkv_pdf_element element = element_of(pdf, kind, attr);
    if (pdf->open->len > 0) {
        uint32_t parent =
            g_array_index(pdf->open, uint32_t, pdf->open->len - 1);
        element.parent = (int)parent;
        lkv_pdf_kid kid = {LKV_KID_ELEMENT, number, 0, LKV_PDF_NONE};
        lkv_pdf_add_kid(pdf, parent, kid);
    }
    g_array_append_val(pdf->elements, element);
    g_array_append_val(pdf->open, number);
    entered(pdf, number);
}

void lkv_pdf_end(lkv_pdf *pdf, lkv_pdf_kind kind)
{
    if (pdf->error != NULL) {
        return;
    }
    const lkv_pdf_element *top = lkv_pdf_top(pdf);
    if (pdf->in_artifact || top == NULL || top->kind != kind) {
        lkv_pdf_fail(pdf, "%s ends, but %s is open", kinds[kind].name,
                     pdf->in_artifact ? "an artifact"
                     : top == NULL    ? "nothing"
                                      : kinds[top->kind].name);
        return;
    }
    if (kind == LKV_PDF_TR) {
        row_end(pdf);
    } else if (kind == LKV_PDF_FIGURE) {
        pdf->figure = LKV_PDF_NONE;
    }
    g_array_set_size(pdf->open, pdf->open->len - 1);
}
