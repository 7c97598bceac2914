/* Fonts of a document: Type0 over a cut of the face, glyph numbers as codes
 * (ISO 32000-1, 9.7), and a map back to characters.
 */
#include <string.h>

#include "render/pdf_state.h"
#include "render/pdf_write.h"

enum { SYMBOLIC = 4, ITALIC = 64, BLOCK_MOST = 100 };

static bool is_used(const lkv_pdf_use *use, unsigned glyph)
{
    return (use->glyphs[glyph / 8] >> (glyph % 8) & 1) != 0;
}

/* UTF-16BE of one character as hexadecimal digits. */
static void put_code(GString *out, uint32_t code)
{
    if (code > 0xFFFF) {
        lkv_pdf_put_hex(out, 0xD7C0 + (code >> 10));
        code = 0xDC00 + (code & 0x3FF);
    }
    lkv_pdf_put_hex(out, code);
}

static void put_meaning(const lkv_pdf *pdf, GString *out, uint32_t text)
{
    g_string_append_c(out, '<');
    if ((text & LKV_PDF_SPELLED) == 0) {
        put_code(out, text);
    } else {
        const char *at = pdf->spelled->pdata[text & ~(uint32_t)LKV_PDF_SPELLED];
        for (; *at != '\0'; at = g_utf8_find_next_char(at, NULL)) {
            put_code(out, g_utf8_get_char(at));
        }
    }
    g_string_append(out, ">\n");
}

static unsigned add_meanings(lkv_pdf *pdf, lkv_pdf_store *store,
                             const lkv_pdf_use *use, unsigned glyphs)
{
    static const char head[] =
        "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n";
    static const char tail[] =
        "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";
    g_autoptr(GString) map = g_string_new(head);
    g_autoptr(GString) block = g_string_new(NULL);
    unsigned rows = 0;
    for (unsigned i = 0; i <= glyphs; i++) {
        if (rows == BLOCK_MOST || (i == glyphs && rows > 0)) {
            g_string_append_printf(map, "%u beginbfchar\n%sendbfchar\n", rows,
                                   block->str);
            g_string_truncate(block, 0);
            rows = 0;
        }
        if (i < glyphs && is_used(use, i)) {
            g_string_append_c(block, '<');
            lkv_pdf_put_hex(block, i);
            g_string_append_c(block, '>');
            put_meaning(pdf, block, use->text[i]);
            rows++;
        }
    }
    g_string_append(map, tail);
    return lkv_pdf_stream_new(store, map->str, map->len)->number;
}

/* Widths of the used glyphs, neighbours in one list. */
static void put_widths(const lkv_pdf *pdf, GString *out, lkv_font_role role,
                       const lkv_font_facts *facts)
{
    const lkv_pdf_use *use = &pdf->use[role];
    bool inside = false;
    g_string_append(out, "/DW 0/W[");
    for (unsigned i = 0; i < facts->glyphs; i++) {
        if (!is_used(use, i)) {
            g_string_append(out, inside ? "]" : "");
            inside = false;
            continue;
        }
        if (inside) {
            g_string_append_c(out, ' ');
        } else {
            g_string_append_c(out, ' ');
            lkv_pdf_put_integer(out, i);
            g_string_append_c(out, '[');
            inside = true;
        }
        double width = lkv_fonts_advance(pdf->fonts, role, (uint16_t)i);
        lkv_pdf_put_number(out, width * 1000.0 / facts->units, 2);
    }
    g_string_append(out, inside ? "]]" : "]");
}

static unsigned add_file(lkv_pdf_store *store, const lkv_font_cut *cut,
                         bool compact)
{
    lkv_pdf_object *file = lkv_pdf_stream_packed(store, cut->packed);
    if (compact) {
        g_string_append(file->body, "/Subtype/CIDFontType0C");
    } else {
        g_string_append_printf(file->body, "/Length1 %zu", cut->size);
    }
    return file->number;
}

static unsigned add_descriptor(lkv_pdf_store *store,
                               const lkv_font_facts *facts, const char *name,
                               unsigned file)
{
    lkv_pdf_object *object = lkv_pdf_object_new(store);
    GString *body = object->body;
    /* The common estimate of a stem from a weight, as PDF writers use it. */
    int stem = 50 + facts->weight * facts->weight / (65 * 65);
    g_string_append_printf(
        body,
        "/Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]"
        "/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/XHeight %d"
        "/StemV %d/%s",
        name, facts->italic_angle != 0 ? SYMBOLIC | ITALIC : SYMBOLIC,
        facts->box[0], facts->box[1], facts->box[2], facts->box[3],
        facts->italic_angle, facts->ascent, facts->descent, facts->capital,
        facts->x_height, stem, facts->compact ? "FontFile3" : "FontFile2");
    lkv_pdf_put_reference(body, file);
    return object->number;
}

static void add_font(lkv_pdf *pdf, lkv_pdf_store *store, lkv_font_role role)
{
    lkv_pdf_use *use = &pdf->use[role];
    lkv_font_facts facts = lkv_fonts_facts(pdf->fonts, role);
    lkv_font_cut cut = lkv_fonts_cut(pdf->fonts, role, use->glyphs);
    if (cut.packed == NULL) {
        lkv_pdf_fail(pdf, "the font %s cannot be cut", facts.name);
        return;
    }
    unsigned file = add_file(store, &cut, facts.compact);
    g_bytes_unref(cut.packed);
    g_autofree char *name = g_strdup_printf("%s+%s", cut.tag, facts.name);
    unsigned descriptor = add_descriptor(store, &facts, name, file);
    unsigned meanings = add_meanings(pdf, store, use, facts.glyphs);
    lkv_pdf_object *inner = lkv_pdf_object_new(store);
    g_string_append_printf(
        inner->body,
        "/Type/Font/Subtype/%s/BaseFont/%s%s/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor",
        facts.compact ? "CIDFontType0" : "CIDFontType2", name,
        facts.compact ? "" : "/CIDToGIDMap/Identity");
    lkv_pdf_put_reference(inner->body, descriptor);
    put_widths(pdf, inner->body, role, &facts);
    lkv_pdf_object *outer = lkv_pdf_object_new(store);
    g_string_append_printf(outer->body,
                           "/Type/Font/Subtype/Type0/BaseFont/%s%s"
                           "/Encoding/Identity-H/DescendantFonts[",
                           name, facts.compact ? "-Identity-H" : "");
    lkv_pdf_put_reference(outer->body, inner->number);
    g_string_append(outer->body, "]/ToUnicode");
    lkv_pdf_put_reference(outer->body, meanings);
    use->object = outer->number;
}

unsigned lkv_pdf_add_fonts(lkv_pdf *pdf, lkv_pdf_store *store)
{
    lkv_pdf_object *list = lkv_pdf_object_new(store);
    for (lkv_font_role role = 0; role < LKV_FONT_ROLES; role++) {
        if (pdf->use[role].glyphs != NULL) {
            add_font(pdf, store, role);
            g_string_append_printf(list->body, "/F%d", (int)role);
            lkv_pdf_put_reference(list->body, pdf->use[role].object);
        }
    }
    return list->number;
}
