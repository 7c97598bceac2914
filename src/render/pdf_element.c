/* The structure tree as objects: elements, parent tree, identifiers of notes.
 */
#include "render/pdf_state.h"
#include "render/pdf_write.h"

static const lkv_pdf_element *element_at(const lkv_pdf *pdf, size_t number)
{
    return &g_array_index(pdf->elements, lkv_pdf_element, number);
}

static const lkv_pdf_sheet_state *page_at(const lkv_pdf *pdf, size_t number)
{
    return pdf->pages->pdata[number];
}

static void put_pair(GString *out, const char *key, unsigned object)
{
    g_string_append(out, key);
    lkv_pdf_put_reference(out, object);
}

/* ---- kids ---- */

static void put_mark(const lkv_pdf *pdf, GString *out, const lkv_pdf_kid *kid,
                     int page)
{
    if ((int)kid->page == page) {
        g_string_append_c(out, ' ');
        lkv_pdf_put_integer(out, kid->number);
        return;
    }
    put_pair(out, "<</Type/MCR/Pg", page_at(pdf, kid->page)->object);
    g_string_append(out, "/MCID ");
    lkv_pdf_put_integer(out, kid->number);
    g_string_append(out, ">>");
}

static void put_kids(const lkv_pdf *pdf, GString *out,
                     const lkv_pdf_element *element)
{
    g_string_append(out, "/K[");
    for (int at = element->first; at != LKV_PDF_NONE;) {
        const lkv_pdf_kid *kid = &g_array_index(pdf->kids, lkv_pdf_kid, at);
        if (kid->kind == LKV_KID_ELEMENT) {
            lkv_pdf_put_reference(out, element_at(pdf, kid->number)->object);
        } else if (kid->kind == LKV_KID_MARK) {
            put_mark(pdf, out, kid, element->page);
        } else {
            const lkv_pdf_link_state *link =
                &g_array_index(pdf->links, lkv_pdf_link_state, kid->number);
            put_pair(out, "<</Type/OBJR/Pg", page_at(pdf, link->page)->object);
            put_pair(out, "/Obj", link->object);
            g_string_append(out, ">>");
        }
        at = kid->next;
    }
    g_string_append_c(out, ']');
}

/* ---- attributes ---- */

static void put_cell(GString *out, const lkv_pdf_element *element)
{
    static const char *const scopes[] = {"", "/Scope/Column", "/Scope/Row",
                                         "/Scope/Both"};
    const char *scope =
        element->kind == LKV_PDF_TH ? scopes[element->scope] : "";
    if (scope[0] == '\0' && element->columns == 1 && element->rows == 1) {
        return;
    }
    g_string_append_printf(out, "/A<</O/Table%s", scope);
    if (element->columns > 1) {
        g_string_append_printf(out, "/ColSpan %u", element->columns);
    }
    if (element->rows > 1) {
        g_string_append_printf(out, "/RowSpan %u", element->rows);
    }
    g_string_append(out, ">>");
}

static void put_attributes(GString *out, const lkv_pdf_element *element)
{
    static const char *const numberings[] = {"None", "Disc", "Decimal"};
    if (element->kind == LKV_PDF_TH || element->kind == LKV_PDF_TD) {
        put_cell(out, element);
    } else if (element->kind == LKV_PDF_L) {
        g_string_append_printf(out, "/A<</O/List/ListNumbering/%s>>",
                               numberings[element->numbering]);
    } else if (element->kind == LKV_PDF_FIGURE) {
        lkv_pdf_box box = {0, 0, 0, 0};
        if (element->left <= element->right) {
            box = (lkv_pdf_box){element->left, element->top,
                                element->right - element->left,
                                element->bottom - element->top};
        }
        g_string_append(out, "/A<</O/Layout/Placement/Block");
        lkv_pdf_put_box(out, "BBox", box);
        g_string_append(out, ">>");
    }
}

static void put_note_id(GString *out, size_t number)
{
    g_string_append_printf(out, "(n%08zu)", number);
}

static void write_element(GString *out, const void *what, size_t index)
{
    const lkv_pdf *pdf = what;
    const lkv_pdf_element *element = element_at(pdf, index);
    g_string_append(out, "/S/");
    g_string_append(out, lkv_pdf_kind_name(element->kind));
    unsigned above = element->parent == LKV_PDF_NONE
                         ? pdf->root
                         : element_at(pdf, (size_t)element->parent)->object;
    put_pair(out, "/P", above);
    if (element->page != LKV_PDF_NONE) {
        put_pair(out, "/Pg", page_at(pdf, (size_t)element->page)->object);
    }
    if (element->first != LKV_PDF_NONE) {
        put_kids(pdf, out, element);
    }
    put_attributes(out, element);
    lkv_pdf_put_entry(out, "Alt", element->alt);
    lkv_pdf_put_entry(out, "ActualText", element->actual);
    if (element->language != NULL) {
        g_string_append(out, "/Lang");
        lkv_pdf_put_ascii(out, element->language);
    }
    if (element->kind == LKV_PDF_NOTE) {
        g_string_append(out, "/ID");
        put_note_id(out, index);
    }
}

/* ---- trees ---- */

/* From each mark of each page, and from each link, back to its element. */
static void write_parents(GString *out, const void *what, size_t index)
{
    const lkv_pdf *pdf = what;
    (void)index;
    g_string_append(out, "/Nums[");
    for (size_t i = 0; i < pdf->pages->len; i++) {
        const GArray *marks = page_at(pdf, i)->marks;
        lkv_pdf_put_integer(out, (int64_t)i);
        g_string_append_c(out, '[');
        for (unsigned k = 0; k < marks->len; k++) {
            uint32_t number = g_array_index(marks, uint32_t, k);
            lkv_pdf_put_reference(out, element_at(pdf, number)->object);
        }
        g_string_append(out, "]\n");
    }
    for (unsigned i = 0; i < pdf->links->len; i++) {
        const lkv_pdf_link_state *link =
            &g_array_index(pdf->links, lkv_pdf_link_state, i);
        lkv_pdf_put_integer(out, (int64_t)pdf->pages->len + i);
        lkv_pdf_put_reference(out, element_at(pdf, link->element)->object);
        g_string_append_c(out, '\n');
    }
    g_string_append_c(out, ']');
}

/* Notes by their identifiers, which are in the order of the elements. */
static void put_identifiers(const lkv_pdf *pdf, GString *out)
{
    g_string_append(out, "/IDTree<</Names[");
    for (size_t i = 0; i < pdf->elements->len; i++) {
        if (element_at(pdf, i)->kind == LKV_PDF_NOTE) {
            put_note_id(out, i);
            lkv_pdf_put_reference(out, element_at(pdf, i)->object);
        }
    }
    g_string_append(out, "]>>");
}

void lkv_pdf_add_tree(lkv_pdf *pdf, lkv_pdf_store *store, GString *catalogue)
{
    lkv_pdf_object *root = lkv_pdf_object_new(store);
    pdf->root = root->number;
    for (size_t i = 0; i < pdf->elements->len; i++) {
        g_array_index(pdf->elements, lkv_pdf_element, i).object =
            lkv_pdf_object_late(store, write_element, pdf, i);
    }
    unsigned parents = lkv_pdf_object_late(store, write_parents, pdf, 0);
    g_string_append(root->body, "/Type/StructTreeRoot");
    put_pair(root->body, "/K", element_at(pdf, 0)->object);
    put_pair(root->body, "/ParentTree", parents);
    g_string_append_printf(root->body, "/ParentTreeNextKey %u",
                           pdf->pages->len + pdf->links->len);
    if (pdf->notes > 0) {
        put_identifiers(pdf, root->body);
    }
    put_pair(catalogue, "/StructTreeRoot", root->number);
}
