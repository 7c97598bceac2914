/* Laws of the structure tree, for any order of drawing: everything painted is
 * marked once, marks do not nest, and tree and pages name each other.
 */
#include "render/pdf_state.h"

#include "check.h"

#include <string.h>

static int load(void **state)
{
    lkv_hash_start();
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    *state = lkv_fonts_load(NULL, diag);
    return *state != NULL ? 0 : -1;
}

static int unload(void **state)
{
    lkv_fonts_free(*state);
    return 0;
}

static const lkv_pdf_meta meta = {
    .title = "Lagar", .language = "sv", .foot = "fot", .level = LKV_PDF_PLAIN};

/* ---- drawing by chance ---- */

typedef struct lots {
    uint64_t seed;
    lkv_pdf *pdf;
    GArray *open; /* lkv_pdf_kind below DOCUMENT */
    bool artifact;
    unsigned clips;
} lots;

static unsigned draw_lot(lots *chance, unsigned below)
{
    chance->seed = chance->seed * 48271 % 2147483647;
    return (unsigned)(chance->seed / 3 % below);
}

static void paint(lots *chance)
{
    static const char *const texts[] = {
        "Likvärdighet", "82 %", "سلام عليكم 12", "likvärdighets\u00AD", "‐ - ‐",
        "日",           "ấ",    "office tti"};
    lkv_pdf_point at = {48.0 + draw_lot(chance, 300),
                        60.0 + draw_lot(chance, 700)};
    lkv_pdf_type type = {.role = draw_lot(chance, LKV_FONT_ROLES),
                         .size = 10,
                         .joined = draw_lot(chance, 4) == 0};
    lkv_pdf_box box = {at.x, at.y, 20, 10};
    switch (draw_lot(chance, 4)) {
    case 0:
        lkv_pdf_rect(chance->pdf, box, lkv_pdf_filled(0x3B6E8F));
        break;
    case 1:
        lkv_pdf_hatch(chance->pdf, box, 3, lkv_pdf_stroked(0, 1));
        break;
    default:
        lkv_pdf_text(chance->pdf, at, &type,
                     texts[draw_lot(chance, G_N_ELEMENTS(texts))]);
    }
}

/* What may be opened inside KIND; LKV_PDF_KINDS = nothing. */
static lkv_pdf_kind inside(lkv_pdf_kind kind, unsigned lot)
{
    static const lkv_pdf_kind groups[] = {LKV_PDF_P, LKV_PDF_SECT, LKV_PDF_L,
                                          LKV_PDF_FIGURE};
    static const lkv_pdf_kind items[] = {LKV_PDF_LBL, LKV_PDF_LBODY};
    static const lkv_pdf_kind prose[] = {LKV_PDF_SPAN, LKV_PDF_LINK};
    if (kind == LKV_PDF_DOCUMENT || kind == LKV_PDF_SECT) {
        return groups[lot % G_N_ELEMENTS(groups)];
    }
    if (kind == LKV_PDF_L) {
        return LKV_PDF_LI;
    }
    if (kind == LKV_PDF_LI) {
        return items[lot % G_N_ELEMENTS(items)];
    }
    if (kind == LKV_PDF_P || kind == LKV_PDF_LBODY) {
        return prose[lot % G_N_ELEMENTS(prose)];
    }
    return LKV_PDF_KINDS;
}

static lkv_pdf_kind innermost(const lots *chance)
{
    return chance->open->len == 0 ? LKV_PDF_DOCUMENT
                                  : g_array_index(chance->open, lkv_pdf_kind,
                                                  chance->open->len - 1);
}

static void go_in(lots *chance)
{
    lkv_pdf_attr attr = {.alt = "bild"};
    lkv_pdf_kind kind = inside(innermost(chance), draw_lot(chance, 12));
    if (kind != LKV_PDF_KINDS && !chance->artifact) {
        lkv_pdf_begin(chance->pdf, kind, &attr);
        g_array_append_val(chance->open, kind);
        if (kind == LKV_PDF_LINK) {
            lkv_pdf_link(chance->pdf, (lkv_pdf_box){48, 48, 20, 10},
                         "https://example.org", "länk");
        }
    }
}

static void go_out(lots *chance)
{
    if (chance->open->len > 0 && !chance->artifact) {
        lkv_pdf_end(chance->pdf, innermost(chance));
        g_array_set_size(chance->open, chance->open->len - 1);
    }
}

static void switch_artifact(lots *chance)
{
    if (chance->artifact) {
        lkv_pdf_artifact_end(chance->pdf);
    } else {
        lkv_pdf_artifact_begin(chance->pdf, LKV_PDF_HEADER);
    }
    chance->artifact = !chance->artifact;
}

static void switch_page(lots *chance)
{
    if (chance->artifact || chance->clips > 0 ||
        innermost(chance) == LKV_PDF_FIGURE) {
        return;
    }
    if (draw_lot(chance, 2) == 0) {
        lkv_pdf_page(chance->pdf);
    } else {
        lkv_pdf_turn(chance->pdf,
                     draw_lot(chance, (unsigned)lkv_pdf_pages(chance->pdf)));
    }
}

static void switch_clip(lots *chance)
{
    if (chance->clips == 0) {
        lkv_pdf_clip_push(chance->pdf, (lkv_pdf_box){48, 48, 100, 100});
        chance->clips = 1;
    } else {
        lkv_pdf_clip_pop(chance->pdf);
        chance->clips = 0;
    }
}

static void step(lots *chance)
{
    switch (draw_lot(chance, 16)) {
    case 0:
    case 1:
    case 2:
        go_in(chance);
        break;
    case 3:
    case 4:
        go_out(chance);
        break;
    case 5:
        switch_artifact(chance);
        break;
    case 6:
        switch_page(chance);
        break;
    case 7:
        switch_clip(chance);
        break;
    default:
        paint(chance);
    }
}

static void draw(lots *chance)
{
    lkv_pdf_page(chance->pdf);
    lkv_pdf_begin(chance->pdf, LKV_PDF_DOCUMENT, NULL);
    for (unsigned i = 0; i < 120; i++) {
        step(chance);
    }
    if (chance->artifact) {
        switch_artifact(chance);
    }
    while (chance->open->len > 0) {
        go_out(chance);
    }
    if (chance->clips > 0) {
        switch_clip(chance);
    }
    lkv_pdf_end(chance->pdf, LKV_PDF_DOCUMENT);
}

/* ---- laws ---- */

static bool ends_with(const char *line, const char *word)
{
    size_t length = strlen(line), part = strlen(word);
    return length >= part && strcmp(line + length - part, word) == 0;
}

static bool paints(const char *line)
{
    return ends_with(line, "ET") || ends_with(line, " f") ||
           ends_with(line, "S Q") || ends_with(line, " S");
}

static void assert_all_is_marked(const lkv_pdf_sheet_state *page)
{
    g_auto(GStrv) lines = g_strsplit(page->content->str, "\n", -1);
    int open = 0;
    unsigned marks = 0;
    for (size_t i = 0; lines[i] != NULL; i++) {
        const char *number = strstr(lines[i], "/MCID ");
        bool begins = ends_with(lines[i], "BDC") || ends_with(lines[i], "BMC");
        bool ends = strcmp(lines[i], "EMC") == 0;
        assert_true(!begins || open == 0);
        assert_true(!paints(lines[i]) || open == 1);
        open += begins - ends;
        assert_true(number == NULL ||
                    g_ascii_strtoll(number + 6, NULL, 10) == marks);
        marks += number != NULL;
    }
    assert_int_equal(open, 0);
    assert_int_equal(marks, page->marks->len);
}

/* The page or the element that KID of ELEMENT names agrees; 1 for a mark. */
static unsigned agreed(const lkv_pdf *pdf, uint32_t element,
                       const lkv_pdf_kid *kid)
{
    if (kid->kind == LKV_KID_ELEMENT) {
        const lkv_pdf_element *below =
            &g_array_index(pdf->elements, lkv_pdf_element, kid->number);
        assert_int_equal(below->parent, element);
        return 0;
    }
    if (kid->kind == LKV_KID_LINK) {
        return 0;
    }
    const lkv_pdf_sheet_state *page = pdf->pages->pdata[kid->page];
    assert_int_equal(g_array_index(page->marks, uint32_t, kid->number),
                     element);
    return 1;
}

/* Each mark of each page belongs to the element that the page says. */
static void assert_tree_and_pages_agree(const lkv_pdf *pdf)
{
    unsigned kids = 0, marks = 0;
    for (unsigned i = 0; i < pdf->elements->len; i++) {
        const lkv_pdf_element *element =
            &g_array_index(pdf->elements, lkv_pdf_element, i);
        for (int at = element->first; at != LKV_PDF_NONE;) {
            const lkv_pdf_kid *kid = &g_array_index(pdf->kids, lkv_pdf_kid, at);
            kids += agreed(pdf, i, kid);
            at = kid->next;
        }
    }
    for (unsigned i = 0; i < pdf->pages->len; i++) {
        const lkv_pdf_sheet_state *page = pdf->pages->pdata[i];
        marks += page->marks->len;
    }
    assert_int_equal(kids, marks);
}

static void any_drawing_is_tagged(void **state)
{
    for (uint64_t seed = 1; seed <= 300; seed++) {
        g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&meta, *state);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(GByteArray) out = g_byte_array_new();
        g_autoptr(GArray) open =
            g_array_new(FALSE, FALSE, sizeof(lkv_pdf_kind));
        lots chance = {.seed = seed, .pdf = pdf, .open = open};
        draw(&chance);
        assert_null(lkv_pdf_error(pdf));
        assert_true(lkv_pdf_finish(pdf, out, diag));
        for (unsigned i = 0; i < pdf->pages->len; i++) {
            assert_all_is_marked(pdf->pages->pdata[i]);
        }
        assert_tree_and_pages_agree(pdf);
    }
}

static unsigned occurrences(const GByteArray *bytes, const char *word)
{
    unsigned count = 0;
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= bytes->len; i++) {
        count += memcmp(bytes->data + i, word, length) == 0;
    }
    return count;
}

/* An element that was begun on one page and goes on on others names the other
 * pages for its marks there.
 */
static void an_element_goes_over_pages(void **state)
{
    static const lkv_pdf_type type = {.size = 10};
    g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&meta, *state);
    lkv_pdf_page(pdf);
    lkv_pdf_page(pdf);
    lkv_pdf_begin(pdf, LKV_PDF_DOCUMENT, NULL);
    lkv_pdf_begin(pdf, LKV_PDF_P, NULL);
    for (size_t i = 0; i < 4; i++) {
        lkv_pdf_turn(pdf, i % 2);
        lkv_pdf_text(pdf, (lkv_pdf_point){48, 60}, &type, "text");
    }
    lkv_pdf_end(pdf, LKV_PDF_P);
    lkv_pdf_end(pdf, LKV_PDF_DOCUMENT);
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(GByteArray) out = g_byte_array_new();
    assert_true(lkv_pdf_finish(pdf, out, diag));
    assert_int_equal(occurrences(out, "/Type/MCR"), 2);
}

/* The bounds of a figure hold all that was painted in it. */
static void a_figure_knows_its_bounds(void **state)
{
    g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&meta, *state);
    lkv_pdf_attr attr = {.alt = "bild"};
    lkv_pdf_page(pdf);
    lkv_pdf_begin(pdf, LKV_PDF_DOCUMENT, NULL);
    lkv_pdf_begin(pdf, LKV_PDF_FIGURE, &attr);
    lkv_pdf_rect(pdf, (lkv_pdf_box){100, 200, 50, 20}, lkv_pdf_filled(0));
    lkv_pdf_line(pdf, (lkv_pdf_point){90, 210}, (lkv_pdf_point){120, 260},
                 lkv_pdf_stroked(0, 4));
    const lkv_pdf_element *figure = lkv_pdf_top(pdf);
    assert_close(figure->left, 88, 1e-12);
    assert_close(figure->right, 150, 1e-12);
    assert_close(figure->top, 200, 1e-12);
    assert_close(figure->bottom, 262, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_drawing_is_tagged),
        cmocka_unit_test(an_element_goes_over_pages),
        cmocka_unit_test(a_figure_knows_its_bounds),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
