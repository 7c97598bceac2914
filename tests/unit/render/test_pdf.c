/* A whole document: what other programs read out of it, the same bytes from
 * any number of threads, and what the writer refuses.
 *
 * Readers that are not installed are left out.
 */
#include "render/pdf.h"

#include "check.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/jobs.h"

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

/* ---- the document ---- */

static const lkv_pdf_meta meta = {.title = "Rapport <prov> & \"år\"",
                                  .language = "sv",
                                  .author = "Malmö stad",
                                  .subject = "Tal för prov",
                                  .creator = "likvard",
                                  .foot = "Fyrljusskolan",
                                  .epoch = 1749800000};

static const lkv_pdf_type body = {.size = 10, .colour = 0x1F2933};

static void write(lkv_pdf *pdf, double x, double y, const char *text)
{
    lkv_pdf_text(pdf, (lkv_pdf_point){x, y}, &body, text);
}

static void element(lkv_pdf *pdf, lkv_pdf_kind kind, double y, const char *text)
{
    lkv_pdf_begin(pdf, kind, NULL);
    write(pdf, 48, y, text);
    lkv_pdf_end(pdf, kind);
}

static void draw_links(lkv_pdf *pdf, lkv_pdf_anchor anchor)
{
    lkv_pdf_box box = {48, 182, 80, 12};
    lkv_pdf_begin(pdf, LKV_PDF_P, NULL);
    write(pdf, 48, 160, "Ordet bryts: likvärdighets\u00AD");
    write(pdf, 48, 175, "rapporten.");
    lkv_pdf_begin(pdf, LKV_PDF_LINK, NULL);
    write(pdf, 48, 190, "Läs mer");
    lkv_pdf_link(pdf, box, "https://example.org/å?(b)", "Läs mer på webben");
    lkv_pdf_end(pdf, LKV_PDF_LINK);
    lkv_pdf_begin(pdf, LKV_PDF_LINK, NULL);
    write(pdf, 148, 190, "Till listan");
    box.x = 148;
    lkv_pdf_link_to(pdf, box, anchor, "Till listan");
    lkv_pdf_end(pdf, LKV_PDF_LINK);
    write(pdf, 248, 190, "och vidare.");
    lkv_pdf_end(pdf, LKV_PDF_P);
}

static void draw_cell(lkv_pdf *pdf, unsigned row, unsigned column,
                      const char *text)
{
    bool head = row == 0 || column == 0;
    lkv_pdf_kind kind = head ? LKV_PDF_TH : LKV_PDF_TD;
    lkv_pdf_attr attr = {.scope = row == 0 ? LKV_PDF_COLUMN : LKV_PDF_ROW};
    lkv_pdf_type type = body;
    type.role = head ? LKV_ROLE_SEMIBOLD : LKV_ROLE_BODY;
    type.align = column == 0 ? LKV_ALIGN_LEFT : LKV_ALIGN_RIGHT;
    lkv_pdf_begin(pdf, kind, &attr);
    lkv_pdf_text(pdf, (lkv_pdf_point){60.0 + 100 * column, 240.0 + 15 * row},
                 &type, text);
    lkv_pdf_end(pdf, kind);
}

static void draw_table(lkv_pdf *pdf)
{
    static const char *const cells[3][3] = {{"Ämne", "Skolan", "Kommunen"},
                                            {"Matematik", "78,6 %", "85,1 %"},
                                            {"Kemi", "..", "86,0 %"}};
    lkv_pdf_begin(pdf, LKV_PDF_TABLE, NULL);
    element(pdf, LKV_PDF_CAPTION, 220, "Tabell 1");
    for (unsigned row = 0; row < 3; row++) {
        lkv_pdf_kind part = row == 0 ? LKV_PDF_THEAD : LKV_PDF_TBODY;
        if (row < 2) {
            lkv_pdf_begin(pdf, part, NULL);
        }
        lkv_pdf_begin(pdf, LKV_PDF_TR, NULL);
        for (unsigned column = 0; column < 3; column++) {
            draw_cell(pdf, row, column, cells[row][column]);
        }
        lkv_pdf_line(pdf, (lkv_pdf_point){48, 244}, (lkv_pdf_point){300, 244},
                     lkv_pdf_stroked(0x1F2933, 0.5));
        lkv_pdf_end(pdf, LKV_PDF_TR);
        if (row != 1) {
            lkv_pdf_end(pdf, part);
        }
    }
    lkv_pdf_end(pdf, LKV_PDF_TABLE);
}

static void draw_figure(lkv_pdf *pdf)
{
    static const lkv_pdf_point corners[] = {{70, 360}, {90, 390}, {50, 390}};
    lkv_pdf_attr attr = {.alt = "Skolan 79 procent, intervallet 67 till 87"};
    lkv_pdf_type type = {.role = LKV_ROLE_BOLD,
                         .size = 9,
                         .colour = 0xC44E00,
                         .align = LKV_ALIGN_CENTRE,
                         .angle = 90};
    lkv_pdf_begin(pdf, LKV_PDF_FIGURE, &attr);
    lkv_pdf_rounded(pdf, (lkv_pdf_box){50, 300, 200, 100}, 8,
                    lkv_pdf_filled(0xE9EDF1));
    lkv_pdf_line(pdf, (lkv_pdf_point){60, 350}, (lkv_pdf_point){180, 350},
                 lkv_pdf_dashed(0xC44E00, 1.5, 3.5, 1.25));
    lkv_pdf_circle(
        pdf, (lkv_pdf_point){120, 350}, 5,
        (lkv_pdf_ink){.fill = 0xFFFFFF, .stroke = 0xC44E00, .width = 2});
    lkv_pdf_hatch(pdf, (lkv_pdf_box){200, 320, 40, 60}, 4,
                  lkv_pdf_stroked(0x9AA5B1, 0.75));
    lkv_pdf_clip_push(pdf, (lkv_pdf_box){60, 370, 60, 20});
    lkv_pdf_polygon(pdf, corners, 3, lkv_pdf_filled(0x3B6E8F));
    lkv_pdf_clip_pop(pdf);
    lkv_pdf_polyline(pdf, corners, 3, lkv_pdf_stroked(0x1F2933, 1));
    lkv_pdf_text(pdf, (lkv_pdf_point){245, 350}, &type, "79 (67–87)");
    lkv_pdf_end(pdf, LKV_PDF_FIGURE);
}

static void draw_list(lkv_pdf *pdf)
{
    static const char *const items[] = {"Vad ser vi?", "Vad beror det på?"};
    lkv_pdf_attr attr = {.numbering = LKV_PDF_DECIMAL};
    lkv_pdf_begin(pdf, LKV_PDF_L, &attr);
    for (unsigned i = 0; i < 2; i++) {
        double y = 90.0 + 15 * i;
        lkv_pdf_begin(pdf, LKV_PDF_LI, NULL);
        element(pdf, LKV_PDF_LBL, y, i == 0 ? "1." : "2.");
        lkv_pdf_begin(pdf, LKV_PDF_LBODY, NULL);
        write(pdf, 64, y, items[i]);
        lkv_pdf_end(pdf, LKV_PDF_LBODY);
        lkv_pdf_end(pdf, LKV_PDF_LI);
    }
    lkv_pdf_end(pdf, LKV_PDF_L);
}

static void draw_first_page(lkv_pdf *pdf, lkv_pdf_anchor anchor)
{
    lkv_pdf_artifact_begin(pdf, LKV_PDF_BACKGROUND);
    lkv_pdf_rect(pdf, (lkv_pdf_box){0, 0, 595.28, 16},
                 lkv_pdf_filled(0x3B6E8F));
    lkv_pdf_artifact_end(pdf);
    element(pdf, LKV_PDF_H1, 60, "Fyrljusskolan AVATAR");
    lkv_pdf_bookmark(pdf, 1, "Fyrljusskolan å", 40);
    element(pdf, LKV_PDF_H2, 90, "Säkerställd: fiffig ffi tti fjord");
    lkv_pdf_bookmark(pdf, 2, "Säkerställd", 80);
    element(pdf, LKV_PDF_P, 110, "Åäö Łódź Şişli Đorđe Ελλάδα Кириллица ấ ǟ ǻ");
    element(pdf, LKV_PDF_P, 125, "Arabiska سلامات slut");
    element(pdf, LKV_PDF_P, 140, "82\u00A0% − 1\u00A0234 saknas 日");
    draw_links(pdf, anchor);
    draw_table(pdf);
    draw_figure(pdf);
}

static bool draw(const lkv_fonts *fonts, int level, GByteArray *out,
                 lkv_diag *diag)
{
    lkv_pdf_meta asked = meta;
    asked.level = level;
    g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&asked, fonts);
    lkv_pdf_anchor anchor = lkv_pdf_anchor_new(pdf);
    lkv_pdf_file second = {"b.csv", "text/csv", "Mer", LKV_PDF_RELATED_DATA,
                           "x;y\n", 4};
    lkv_pdf_file first = {"a.csv",           "text/csv",
                          "Diagrammens tal", LKV_PDF_RELATED_DATA,
                          "a;b\n1;2\n",      8};
    lkv_pdf_page(pdf);
    lkv_pdf_begin(pdf, LKV_PDF_DOCUMENT, NULL);
    lkv_pdf_begin(pdf, LKV_PDF_SECT, NULL);
    draw_first_page(pdf, anchor);
    lkv_pdf_begin(pdf, LKV_PDF_P, NULL);
    write(pdf, 48, 700, "Ett stycke som börjar på sidan ett");
    lkv_pdf_page(pdf);
    write(pdf, 48, 60, "och slutar på sidan två.");
    lkv_pdf_end(pdf, LKV_PDF_P);
    lkv_pdf_anchor_place(pdf, anchor, 75);
    draw_list(pdf);
    lkv_pdf_bookmark(pdf, 2, "Listan", 75);
    element(pdf, LKV_PDF_NOTE, 140, "Not: andelar med slutbetyg.");
    lkv_pdf_end(pdf, LKV_PDF_SECT);
    lkv_pdf_end(pdf, LKV_PDF_DOCUMENT);
    lkv_pdf_attach(pdf, &second);
    lkv_pdf_attach(pdf, &first);
    return lkv_pdf_finish(pdf, out, diag);
}

/* ---- readers ---- */

/* What PROGRAM says on standard output about the document in a file whose
 * name takes the place of "FILE" in ARGUMENTS; NULL if it is not installed.
 * Any warning fails the test.
 */
static char *ask(const lkv_fonts *fonts, const char *const *arguments)
{
    g_autofree char *found = g_find_program_in_path(arguments[0]);
    if (found == NULL) {
        return NULL;
    }
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    assert_true(draw(fonts, 0, bytes, diag));
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("likvard-XXXXXX.pdf", &path, NULL);
    assert_true(file >= 0);
    g_close(file, NULL);
    assert_true(g_file_set_contents(path, (const char *)bytes->data,
                                    (gssize)bytes->len, NULL));
    g_autoptr(GPtrArray) command = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; arguments[i] != NULL; i++) {
        bool place = strcmp(arguments[i], "FILE") == 0;
        g_ptr_array_add(command, g_strdup(place ? path : arguments[i]));
    }
    g_ptr_array_add(command, NULL);
    char *said = NULL;
    g_autofree char *warned = NULL;
    int status = -1;
    assert_true(g_spawn_sync(NULL, (char **)command->pdata, NULL,
                             G_SPAWN_SEARCH_PATH, NULL, NULL, &said, &warned,
                             &status, NULL));
    g_unlink(path);
    assert_string_equal(warned, "");
    assert_int_equal(status, 0);
    return said;
}

static void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        print_error("no \"%s\" in:\n%s\n", part, text);
        fail();
    }
}

static void syntax_is_clean(void **state)
{
    const char *const command[] = {"qpdf", "--check", "FILE", NULL};
    g_autofree char *said = ask(*state, command);
    if (said == NULL) {
        skip();
    }
    assert_holds(said, "PDF Version: 1.7");
    assert_holds(said, "No syntax or stream encoding errors found");
}

static void text_comes_back(void **state)
{
    static const char *const lines[] = {
        "Fyrljusskolan AVATAR\n",
        "Säkerställd: fiffig ffi tti fjord\n",
        "Åäö Łódź Şişli Đorđe Ελλάδα Кириллица ấ ǟ ǻ\n",
        "82 % − 1 234 saknas \uFFFD\n",
        "likvärdighets\u00AD\nrapporten.",
        "Matematik",
        "78,6 %",
        "79 (67–87)",
        "Ett stycke som börjar på sidan ett\n",
        "och slutar på sidan två.",
        "Fyrljusskolan\n",
    };
    const char *const command[] = {"pdftotext", "FILE", "-", NULL};
    g_autofree char *said = ask(*state, command);
    if (said == NULL) {
        skip();
    }
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        assert_holds(said, lines[i]);
    }
}

static void structure_comes_back(void **state)
{
    const char *const command[] = {"pdfinfo", "-struct-text", "FILE", NULL};
    g_autofree char *said = ask(*state, command);
    if (said == NULL) {
        skip();
    }
    assert_holds(said, "H1 (block)\n      \"Fyrljusskolan AVATAR \"\n");
    assert_holds(said, "  TBody\n        TR\n          TH:\n"
                       "             /Scope /Row\n            \"Matematik \"\n"
                       "          TD\n            \"78,6 % \"\n");
    assert_holds(said, "Figure:\n       /Placement /Block\n       /BBox [");
    assert_holds(said,
                 "P (block)\n      \"Ett stycke som börjar på sidan ett \"\n"
                 "      \"och slutar på sidan två. \"\n");
    assert_holds(said, "L (block):\n       /ListNumbering /Decimal\n      LI");
    assert_holds(said, "Link (inline)\n        \"Läs mer \"\n        Object");
    assert_null(strstr(said, "Fyrljusskolan \"\n      \"Fyrljusskolan"));
}

static void metadata_comes_back(void **state)
{
    const char *const command[] = {"pdfinfo", "FILE", NULL};
    g_autofree char *said = ask(*state, command);
    if (said == NULL) {
        skip();
    }
    assert_holds(said, "Rapport <prov> & \"år\"\n");
    assert_holds(said, "Malmö stad\n");
    assert_holds(said, "Tagged:          yes\n");
    assert_holds(said, "Pages:           2\n");
    assert_holds(said, "595.28 x 841.89 pts (A4)\n");
}

static void files_come_back(void **state)
{
    const char *const command[] = {"qpdf", "--list-attachments", "FILE", NULL};
    const char *const show[] = {"qpdf", "FILE", "--show-attachment=a.csv",
                                NULL};
    g_autofree char *said = ask(*state, command);
    if (said == NULL) {
        skip();
    }
    assert_holds(said, "a.csv -> ");
    assert_holds(said, "b.csv -> ");
    g_autofree char *file = ask(*state, show);
    assert_string_equal(file, "a;b\n1;2\n");
}

/* ---- bytes ---- */

static unsigned occurrences(const GByteArray *bytes, const char *word)
{
    unsigned count = 0;
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= bytes->len; i++) {
        count += memcmp(bytes->data + i, word, length) == 0;
    }
    return count;
}

static void the_file_says_what_it_is(void **state)
{
    static const char *const once[] = {
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<rdf:li xml:lang=\"x-default\">Rapport &lt;prov&gt; &amp; ",
        "<xmp:CreateDate>2025-06-13T07:33:20+00:00</xmp:CreateDate>",
        "/CreationDate(D:20250613073320+00'00')",
        "/MarkInfo<</Marked true>>",
        "/DisplayDocTitle true",
        "/Lang(sv)",
        "/S/GTS_PDFA1",
        "/ListNumbering/Decimal",
        "(https://example.org/%C3%A5?\\(b\\))",
        "/Subtype/text#2Fcsv",
    };
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    assert_true(draw(*state, LKV_PDF_PLAIN, bytes, diag));
    for (size_t i = 0; i < G_N_ELEMENTS(once); i++) {
        assert_in_range(occurrences(bytes, once[i]), 1, 2);
    }
    assert_int_equal(occurrences(bytes, "/Tabs /S"), 2);
    assert_int_equal(occurrences(bytes, "BDC\n") + occurrences(bytes, "BMC\n"),
                     occurrences(bytes, "EMC\n"));
    /* What has no glyph is told, by its number only. */
    assert_int_equal(lkv_diag_size(diag), 1);
    assert_string_equal(lkv_diag_at(diag, 0)->code, "W-FONT-GLYPH");
    assert_holds(lkv_diag_at(diag, 0)->what, "U+65E5");
}

typedef struct copies {
    const lkv_fonts *fonts;
    GByteArray *copy[16];
} copies;

static bool make_copy(void *shared, size_t index)
{
    copies *made = shared;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    made->copy[index] = g_byte_array_new();
    return draw(made->fonts, 0, made->copy[index], diag);
}

static void bytes_do_not_depend_on_threads(void **state)
{
    copies alone = {.fonts = *state}, together = {.fonts = *state};
    assert_true(lkv_jobs_run(make_copy, &alone, 16, (lkv_crew){.threads = 1}));
    assert_true(
        lkv_jobs_run(make_copy, &together, 16, (lkv_crew){.threads = 4}));
    for (size_t i = 0; i < 16; i++) {
        assert_int_equal(alone.copy[0]->len, alone.copy[i]->len);
        assert_int_equal(alone.copy[0]->len, together.copy[i]->len);
        assert_memory_equal(alone.copy[0]->data, alone.copy[i]->data,
                            alone.copy[0]->len);
        assert_memory_equal(alone.copy[0]->data, together.copy[i]->data,
                            alone.copy[0]->len);
    }
    for (size_t i = 0; i < 16; i++) {
        g_byte_array_unref(alone.copy[i]);
        g_byte_array_unref(together.copy[i]);
    }
}

static void a_file_is_put_behind_what_is_there(void **state)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(GByteArray) one = g_byte_array_new();
    g_autoptr(GByteArray) two = g_byte_array_new();
    g_byte_array_append(two, (const guint8 *)"before", 6);
    assert_true(draw(*state, 0, one, diag));
    assert_true(draw(*state, 0, two, diag));
    assert_int_equal(one->len + 6, two->len);
    assert_memory_equal(one->data, two->data + 6, one->len);
}

static void width_is_returned_and_measured(void **state)
{
    g_autoptr(lkv_pdf) pdf = lkv_pdf_new(&meta, *state);
    lkv_pdf_page(pdf);
    double width =
        lkv_pdf_text(pdf, (lkv_pdf_point){48, 60}, &body, "Läsåret 2024/25");
    assert_close(width, lkv_pdf_measure(pdf, &body, "Läsåret 2024/25"), 0);
    assert_close(
        width,
        lkv_fonts_width(*state, LKV_ROLE_BODY, 10, "Läsåret 2024/25", SIZE_MAX),
        0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syntax_is_clean),
        cmocka_unit_test(text_comes_back),
        cmocka_unit_test(structure_comes_back),
        cmocka_unit_test(metadata_comes_back),
        cmocka_unit_test(files_come_back),
        cmocka_unit_test(the_file_says_what_it_is),
        cmocka_unit_test(bytes_do_not_depend_on_threads),
        cmocka_unit_test(a_file_is_put_behind_what_is_there),
        cmocka_unit_test(width_is_returned_and_measured),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
