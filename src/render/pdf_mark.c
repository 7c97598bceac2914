#include <string.h>

#include "render/pdf_state.h"
#include "render/pdf_write.h"

#define NO_ARTIFACT UINT32_MAX

static const char *artifact_open(uint32_t type)
{
    switch (type) {
    case LKV_PDF_HEADER:
        return "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n";
    case LKV_PDF_FOOTER:
        return "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n";
    case LKV_PDF_LAYOUT:
        return "/Artifact<</Type/Layout>>BDC\n";
    case LKV_PDF_BACKGROUND:
        return "/Artifact<</Type/Background>>BDC\n";
    default:
        return "/Artifact BMC\n";
    }
}

static void open_element(lkv_pdf *pdf, uint32_t number)
{
    lkv_pdf_element *element =
        &g_array_index(pdf->elements, lkv_pdf_element, number);
    GString *content = pdf->page->content;
    uint32_t mark = pdf->page->marks->len;
    g_array_append_val(pdf->page->marks, number);
    if (element->page == LKV_PDF_NONE) {
        element->page = (int)pdf->page_number;
    }
    bool again = element->first != LKV_PDF_NONE;
    lkv_pdf_kid kid = {LKV_KID_MARK, mark, pdf->page_number, LKV_PDF_NONE};
    lkv_pdf_add_kid(pdf, number, kid);
    g_string_append_c(content, '/');
    g_string_append(content, lkv_pdf_kind_name(element->kind));
    g_string_append(content, "<</MCID ");
    lkv_pdf_put_integer(content, mark);
    /* Once more, for readers that know content but not structure. */
    if (element->actual != NULL && !element->reversed) {
        lkv_pdf_put_entry(content, "ActualText", again ? "" : element->actual);
    }
    g_string_append(content, ">>BDC\n");
}

GString *lkv_pdf_open_mark(lkv_pdf *pdf)
{
    if (!lkv_pdf_ready(pdf)) {
        return NULL;
    }
    const lkv_pdf_element *top = lkv_pdf_top(pdf);
    lkv_pdf_mark kind = LKV_MARK_ARTIFACT;
    uint32_t number = NO_ARTIFACT;
    if (pdf->in_artifact) {
        number = pdf->artifact;
    } else if (top != NULL && lkv_pdf_holds_content(top->kind)) {
        kind = LKV_MARK_ELEMENT;
        number = g_array_index(pdf->open, uint32_t, pdf->open->len - 1);
    }
    if (pdf->mark != kind || pdf->marked != number) {
        lkv_pdf_close_mark(pdf);
        pdf->mark = kind;
        pdf->marked = number;
        if (kind == LKV_MARK_ELEMENT) {
            open_element(pdf, number);
        } else {
            g_string_append(pdf->page->content, artifact_open(number));
        }
    }
    return pdf->page->content;
}

void lkv_pdf_close_mark(lkv_pdf *pdf)
{
    if (pdf->mark != LKV_MARK_NONE) {
        g_string_append(pdf->page->content, "EMC\n");
        pdf->mark = LKV_MARK_NONE;
    }
}

void lkv_pdf_artifact_begin(lkv_pdf *pdf, lkv_pdf_artifact type)
{
    if (!lkv_pdf_ready(pdf)) {
        return;
    }
    if (pdf->in_artifact) {
        lkv_pdf_fail(pdf, "an artifact begins inside another");
        return;
    }
    pdf->in_artifact = true;
    pdf->artifact = type;
}

void lkv_pdf_artifact_end(lkv_pdf *pdf)
{
    if (pdf->error != NULL) {
        return;
    }
    if (!pdf->in_artifact) {
        lkv_pdf_fail(pdf, "an artifact ends that never began");
        return;
    }
    pdf->in_artifact = false;
}
