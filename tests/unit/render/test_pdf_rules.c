/* What the writer of PDF refuses: one misuse a case, the first message kept,
 * nothing written.
 */
#include "render/pdf.h"

#include "check.h"

#include <math.h>
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

static const lkv_pdf_meta meta = {.title = "Rapport", .language = "sv"};
static const lkv_pdf_type body = {.size = 10};

static void begin(lkv_pdf *pdf, lkv_pdf_kind kind)
{
    lkv_pdf_attr attr = {.alt = "text", .scope = LKV_PDF_ROW};
    lkv_pdf_begin(pdf, kind, &attr);
}

static void write(lkv_pdf *pdf)
{
    lkv_pdf_text(pdf, (lkv_pdf_point){48, 60}, &body, "text");
}

static void paragraph_in_paragraph(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_P);
    begin(pdf, LKV_PDF_P);
}

static void cell_outside_row(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_TABLE);
    begin(pdf, LKV_PDF_TD);
}

static void two_documents(lkv_pdf *pdf)
{
    lkv_pdf_end(pdf, LKV_PDF_DOCUMENT);
    begin(pdf, LKV_PDF_DOCUMENT);
}

static void heading_skips(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_H1);
    lkv_pdf_end(pdf, LKV_PDF_H1);
    begin(pdf, LKV_PDF_H3);
}

static void first_heading_is_deep(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_H2);
}

static void figure_without_alt(lkv_pdf *pdf)
{
    lkv_pdf_begin(pdf, LKV_PDF_FIGURE, NULL);
}

static void head_without_scope(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_TABLE);
    begin(pdf, LKV_PDF_TR);
    lkv_pdf_begin(pdf, LKV_PDF_TH, NULL);
}

static void paragraph_in_figure(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_FIGURE);
    begin(pdf, LKV_PDF_P);
}

static void row(lkv_pdf *pdf, unsigned cells, unsigned columns, unsigned rows)
{
    begin(pdf, LKV_PDF_TR);
    for (unsigned i = 0; i < cells; i++) {
        lkv_pdf_attr attr = {.columns = i == 0 ? columns : 1,
                             .rows = i == 0 ? rows : 1};
        lkv_pdf_begin(pdf, LKV_PDF_TD, &attr);
        lkv_pdf_end(pdf, LKV_PDF_TD);
    }
    lkv_pdf_end(pdf, LKV_PDF_TR);
}

static void ragged_table(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_TABLE);
    row(pdf, 3, 1, 1);
    row(pdf, 2, 1, 1);
}

static void spans_that_fit(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_TABLE);
    row(pdf, 3, 1, 1);
    row(pdf, 2, 2, 1);
    row(pdf, 1, 3, 1);
    row(pdf, 3, 1, 3);
    row(pdf, 2, 1, 1);
    row(pdf, 2, 1, 1);
    row(pdf, 3, 1, 1);
    lkv_pdf_end(pdf, LKV_PDF_TABLE);
    begin(pdf, LKV_PDF_TABLE);
    row(pdf, 1, 1, 1);
    lkv_pdf_end(pdf, LKV_PDF_TABLE);
}

static void caption_in_the_middle(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_TABLE);
    row(pdf, 1, 1, 1);
    begin(pdf, LKV_PDF_CAPTION);
    lkv_pdf_end(pdf, LKV_PDF_CAPTION);
    begin(pdf, LKV_PDF_TR);
}

static void wrong_end(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_P);
    lkv_pdf_end(pdf, LKV_PDF_SECT);
}

static void left_open(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_P);
}

static void artifact_in_artifact(lkv_pdf *pdf)
{
    lkv_pdf_artifact_begin(pdf, LKV_PDF_HEADER);
    lkv_pdf_artifact_begin(pdf, LKV_PDF_HEADER);
}

static void element_in_artifact(lkv_pdf *pdf)
{
    lkv_pdf_artifact_begin(pdf, LKV_PDF_HEADER);
    begin(pdf, LKV_PDF_P);
}

static void artifact_over_pages(lkv_pdf *pdf)
{
    lkv_pdf_artifact_begin(pdf, LKV_PDF_HEADER);
    lkv_pdf_page(pdf);
}

static void clip_over_pages(lkv_pdf *pdf)
{
    lkv_pdf_clip_push(pdf, (lkv_pdf_box){0, 0, 10, 10});
    lkv_pdf_page(pdf);
}

static void clip_without_push(lkv_pdf *pdf)
{
    lkv_pdf_clip_pop(pdf);
}

static void clips_too_deep(lkv_pdf *pdf)
{
    for (unsigned i = 0; i < 30; i++) {
        lkv_pdf_clip_push(pdf, (lkv_pdf_box){0, 0, 10, 10});
    }
}

static void figure_over_pages(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_FIGURE);
    lkv_pdf_page(pdf);
}

static void place_not_a_number(lkv_pdf *pdf)
{
    lkv_pdf_line(pdf, (lkv_pdf_point){NAN, 0}, (lkv_pdf_point){1, 1},
                 lkv_pdf_stroked(0, 1));
}

static void place_out_of_reach(lkv_pdf *pdf)
{
    lkv_pdf_rect(pdf, (lkv_pdf_box){0, 0, 1e9, 1}, lkv_pdf_filled(0));
}

static void text_without_size(lkv_pdf *pdf)
{
    lkv_pdf_type type = {.size = 0};
    lkv_pdf_text(pdf, (lkv_pdf_point){48, 60}, &type, "text");
}

static void link_outside_link(lkv_pdf *pdf)
{
    lkv_pdf_link(pdf, (lkv_pdf_box){0, 0, 1, 1}, "https://example.org", "a");
}

static void link_to_nowhere(lkv_pdf *pdf)
{
    begin(pdf, LKV_PDF_P);
    begin(pdf, LKV_PDF_LINK);
    write(pdf);
    lkv_pdf_link_to(pdf, (lkv_pdf_box){0, 0, 1, 1}, lkv_pdf_anchor_new(pdf),
                    "a");
    lkv_pdf_end(pdf, LKV_PDF_LINK);
    lkv_pdf_end(pdf, LKV_PDF_P);
}

static void bookmark_skips(lkv_pdf *pdf)
{
    lkv_pdf_bookmark(pdf, 2, "a", 0);
}

static void two_files_of_one_name(lkv_pdf *pdf)
{
    lkv_pdf_file file = {
        .name = "a.csv", .type = "text/csv", .bytes = "", .description = "a"};
    lkv_pdf_attach(pdf, &file);
    lkv_pdf_attach(pdf, &file);
}

static void no_such_page(lkv_pdf *pdf)
{
    lkv_pdf_turn(pdf, 1);
}

/* The first error is the one that is told. */
static void two_errors(lkv_pdf *pdf)
{
    lkv_pdf_clip_pop(pdf);
    lkv_pdf_turn(pdf, 1);
    begin(pdf, LKV_PDF_TD);
}

typedef struct rule_case {
    const char *name;
    void (*draw)(lkv_pdf *pdf);
    const char *why; /* NULL = allowed */
    bool closed; /* DOCUMENT is closed behind it */
} rule_case;

static const rule_case cases[] = {
    {"P in P", paragraph_in_paragraph, "P stands inside P", true},
    {"TD outside TR", cell_outside_row, "TD stands inside Table", true},
    {"two documents", two_documents, "there is more than one Document", false},
    {"H1, H3", heading_skips, "heading H3 follows H1", true},
    {"H2 first", first_heading_is_deep, "heading H2 follows H0", true},
    {"no alt", figure_without_alt, "a Figure has no text in place of it", true},
    {"no scope", head_without_scope, "a TH does not say what it heads", true},
    {"P in Figure", paragraph_in_figure, "P stands inside Figure", true},
    {"ragged", ragged_table, "a row of a Table has 2 columns, others have 3",
     true},
    {"spans", spans_that_fit, NULL, true},
    {"caption", caption_in_the_middle, "TR follows a Caption that is not first",
     true},
    {"wrong end", wrong_end, "Sect ends, but P is open", true},
    {"left open", left_open, "P is still open at the end", false},
    {"artifacts", artifact_in_artifact, "an artifact begins inside another",
     true},
    {"P in artifact", element_in_artifact, "P begins inside an artifact", true},
    {"artifact, page", artifact_over_pages, "a page ends inside an artifact",
     true},
    {"clip, page", clip_over_pages, "a page ends inside a clip", true},
    {"pop", clip_without_push, "a clip ends that never began", true},
    {"clips", clips_too_deep, "clips are nested more than 24 deep", true},
    {"Figure, page", figure_over_pages, "a page ends inside a Figure", true},
    {"NaN", place_not_a_number, "a length or place is out of reach", true},
    {"far", place_out_of_reach, "a length or place is out of reach", true},
    {"size 0", text_without_size,
     "text has no size, or an angle beyond a full turn", true},
    {"stray link", link_outside_link, "a link is made outside Link", true},
    {"lost link", link_to_nowhere,
     "a link leads to an anchor that was never placed", true},
    {"bookmark", bookmark_skips, "a bookmark of level 2 follows one of level 0",
     true},
    {"files", two_files_of_one_name, "two attached files are called a.csv",
     true},
    {"turn", no_such_page, "there is no page 1", true},
    {"first error", two_errors, "a clip ends that never began", true},
};

static void assert_finish(lkv_pdf *pdf, const char *name, const char *why)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(GByteArray) out = g_byte_array_new();
    bool fine = lkv_pdf_finish(pdf, out, diag);
    if (why == NULL) {
        assert_true(fine);
        assert_true(out->len > 0);
        return;
    }
    assert_false(fine);
    assert_int_equal(out->len, 0);
    assert_int_equal(lkv_diag_size(diag), 1);
    assert_string_equal(lkv_diag_at(diag, 0)->code, "E-PDF");
    if (strcmp(lkv_diag_at(diag, 0)->why, why) != 0) {
        print_error("%s: %s\n", name, lkv_diag_at(diag, 0)->why);
        fail();
    }
}

static void misuse_is_refused(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&meta, *state);
        lkv_pdf_page(pdf);
        begin(pdf, LKV_PDF_DOCUMENT);
        cases[i].draw(pdf);
        if (cases[i].closed) {
            lkv_pdf_end(pdf, LKV_PDF_DOCUMENT);
        }
        assert_finish(pdf, cases[i].name, cases[i].why);
    }
}

static void meta_data_is_needed(void **state)
{
    static const struct {
        lkv_pdf_meta meta;
        const char *why;
    } wanting[] = {
        {{.language = "sv"}, "the file has no title"},
        {{.title = "", .language = "sv"}, "the file has no title"},
        {{.title = "a"}, "the file has no language"},
        {{.title = "a", .language = "sv", .epoch = INT64_MAX},
         "the date of the file is out of reach"},
        {{.title = "a", .language = "sv", .level = 10},
         "there is no compression of level 10"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wanting); i++) {
        g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&wanting[i].meta, *state);
        lkv_pdf_page(pdf);
        assert_finish(pdf, wanting[i].why, wanting[i].why);
    }
}

static void an_empty_file_is_refused(void **state)
{
    g_autoptr(lkv_pdf) bare = lkv_pdf_new(&meta, *state);
    assert_finish(bare, "bare", "the file has no page");
    g_autoptr(lkv_pdf) loose = lkv_pdf_new(&meta, *state);
    lkv_pdf_page(loose);
    write(loose);
    assert_finish(loose, "loose", "the file has no Document");
    g_autoptr(lkv_pdf) early = lkv_pdf_new(&meta, *state);
    write(early);
    assert_string_equal(lkv_pdf_error(early),
                        "something is painted before the first page");
    g_autoptr(lkv_pdf) twice = lkv_pdf_new(&meta, *state);
    lkv_pdf_page(twice);
    begin(twice, LKV_PDF_DOCUMENT);
    lkv_pdf_end(twice, LKV_PDF_DOCUMENT);
    assert_finish(twice, "once", NULL);
    assert_finish(twice, "twice", "the file is finished twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(meta_data_is_needed),
        cmocka_unit_test(an_empty_file_is_refused),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
