#include <math.h>
#include <string.h>

#include "render/pdf_state.h"
#include "render/pdf_write.h"

enum { SOFT_HYPHEN = 0xAD, NO_BREAK = 0xA0, HYPHEN = 0x2010, TURN = 5 };

/* One call of lkv_pdf_text while it is carried out. */
typedef struct writing {
    lkv_pdf *pdf;
    const lkv_pdf_type *type;
    double x, y, cosine, sine;
    double advance; /* of what is drawn, at size 1 */
    const lkv_run *run;
    size_t runs;
    const lkv_glyph *glyph;
    const char *text;
    bool spans; /* odd clusters may get an element of their own */
    bool blank; /* readers need a blank behind the text */
} writing;

/* Glyphs FROM … TO - 1 of the line. */
typedef struct extent {
    uint32_t from, to;
} extent;

static uint32_t run_end(const lkv_run *run)
{
    return run->glyph + run->glyphs;
}

/* ---- what glyphs mean to readers ---- */

static lkv_pdf_use *use_face(lkv_pdf *pdf, lkv_font_role role)
{
    lkv_pdf_use *use = &pdf->use[role];
    if (use->glyphs == NULL) {
        use->glyphs = g_new0(uint8_t, LKV_GLYPH_SET);
        use->text = g_new0(uint32_t, lkv_fonts_facts(pdf->fonts, role).glyphs);
    }
    return use;
}

/* Characters that share a glyph and a meaning. */
static uint32_t meant(uint32_t character)
{
    switch (character) {
    case NO_BREAK:
        return ' ';
    case HYPHEN:
        return '-';
    default:
        return character;
    }
}

/* Marks GLYPH as used and as standing for CHARACTER. False if it already
 * stands for something else.
 */
static bool stand_for(lkv_pdf_use *use, uint16_t glyph, uint32_t character)
{
    use->glyphs[glyph / 8] |= (uint8_t)(1U << (glyph % 8));
    uint32_t wanted = meant(character);
    if (use->text[glyph] == 0) {
        use->text[glyph] = wanted;
    }
    return use->text[glyph] == wanted;
}

/* The same for a glyph that stands for the several characters of TEXT. */
static bool stand_for_text(lkv_pdf *pdf, lkv_pdf_use *use, uint16_t glyph,
                           const char *text, size_t length)
{
    use->glyphs[glyph / 8] |= (uint8_t)(1U << (glyph % 8));
    uint32_t had = use->text[glyph];
    if (had == 0) {
        use->text[glyph] = (uint32_t)LKV_PDF_SPELLED | pdf->spelled->len;
        g_ptr_array_add(pdf->spelled, g_strndup(text, length));
        return true;
    }
    if ((had & LKV_PDF_SPELLED) == 0) {
        return false;
    }
    const char *old = pdf->spelled->pdata[had & ~(uint32_t)LKV_PDF_SPELLED];
    return strlen(old) == length && memcmp(old, text, length) == 0;
}

/* Seen characters of TEXT. */
static unsigned seen_characters(const char *text, size_t length)
{
    unsigned count = 0;
    for (const char *at = text; at < text + length;
         at = g_utf8_find_next_char(at, NULL)) {
        uint32_t code = g_utf8_get_char(at);
        /* What is never seen lies above Latin-1, but for the soft hyphen. */
        count += code < 0x300 || !g_unichar_iszerowidth(code) ||
                 g_unichar_ismark(code);
    }
    return count;
}

/* Whether the glyphs of one cluster can each tell what they stand for: one for
 * all its characters, or as many as these. Marks them as used.
 */
static bool tells(writing *line, const lkv_run *run, extent glyphs,
                  const char *text, size_t length)
{
    lkv_pdf_use *use = use_face(line->pdf, run->role);
    unsigned count = seen_characters(text, length);
    uint32_t many = glyphs.to - glyphs.from;
    if (many == 1 && count != 1) {
        return stand_for_text(line->pdf, use, line->glyph[glyphs.from].id, text,
                              length);
    }
    bool fine = many == count;
    const char *at = text;
    for (uint32_t i = 0; i < many; i++) {
        uint32_t place =
            run->level % 2 == 1 ? glyphs.to - 1 - i : glyphs.from + i;
        uint32_t code = at < text + length ? g_utf8_get_char(at) : ' ';
        fine = stand_for(use, line->glyph[place].id, code) && fine;
        at = at < text + length ? g_utf8_find_next_char(at, NULL) : at;
    }
    return fine;
}

/* ---- writing ---- */

static void put_units(GString *out, double thousandths)
{
    lkv_pdf_put_number(out, thousandths, 2);
}

/* Writes glyphs of one run as the inside of one or more TJ arrays; PENDING is
 * how far the pen must move before the next glyph, in thousandths.
 */
static double put_glyphs(writing *line, GString *out, const lkv_run *run,
                         extent glyphs, double pending)
{
    double scale = 1000.0 / lkv_fonts_facts(line->pdf->fonts, run->role).units;
    int32_t rise = 0;
    bool inside = false;
    for (uint32_t i = glyphs.from; i < glyphs.to; i++) {
        const lkv_glyph *glyph = &line->glyph[i];
        pending += glyph->x_offset * scale;
        if (inside && (pending != 0 || glyph->y_offset != rise)) {
            g_string_append_c(out, '>');
            inside = false;
        }
        if (glyph->y_offset != rise) {
            rise = glyph->y_offset;
            g_string_append(out, "]TJ ");
            put_units(out, rise * scale / 1000 * line->type->size);
            g_string_append(out, " Ts[");
        }
        if (pending != 0) {
            put_units(out, -pending);
        }
        if (!inside) {
            g_string_append_c(out, '<');
            inside = true;
        }
        lkv_pdf_put_hex(out, glyph->id);
        pending = (glyph->kern - glyph->x_offset) * scale;
        line->advance += (glyph->width + glyph->kern) * scale / 1000;
    }
    if (inside) {
        g_string_append_c(out, '>');
    }
    if (rise != 0) {
        g_string_append(out, "]TJ 0 Ts[");
    }
    return pending;
}

static void put_face(lkv_pdf *pdf, GString *out, lkv_font_role role,
                     double size)
{
    lkv_pdf_graphics *now = &pdf->page->now;
    if (now->face != (int)role || now->size != size) {
        g_string_append(out, "/F");
        lkv_pdf_put_integer(out, role);
        g_string_append_c(out, ' ');
        lkv_pdf_put(pdf, out, size);
        g_string_append(out, " Tf ");
        now->face = (int)role;
        now->size = size;
    }
}

static void put_place(writing *line, GString *out)
{
    double along = line->advance * line->type->size;
    double x = line->x + along * line->cosine;
    double y = line->y - along * line->sine;
    if (line->sine != 0 || line->cosine != 1) {
        const double turn[] = {line->cosine, line->sine, -line->sine,
                               line->cosine};
        for (unsigned i = 0; i < 4; i++) {
            lkv_pdf_put_number(out, turn[i], TURN);
            g_string_append_c(out, ' ');
        }
        lkv_pdf_put_point(line->pdf, out, x, y);
        g_string_append(out, "Tm ");
        return;
    }
    lkv_pdf_put_point(line->pdf, out, x, y);
    g_string_append(out, "Td ");
}

/* A blank in the face used last, for readers. */
static void put_blank(writing *line, GString *out, lkv_font_role role)
{
    uint16_t blank = lkv_fonts_glyph(line->pdf->fonts, role, ' ');
    if (blank != 0) {
        stand_for(use_face(line->pdf, role), blank, ' ');
        g_string_append_c(out, '<');
        lkv_pdf_put_hex(out, blank);
        g_string_append_c(out, '>');
    }
}

/* Paints these glyphs into the element that is open now. */
static void paint(writing *line, extent glyphs, bool blank)
{
    lkv_pdf *pdf = line->pdf;
    GString *out = lkv_pdf_open_mark(pdf);
    if (out == NULL) {
        return;
    }
    lkv_pdf_set_fill(pdf, out, (int32_t)(line->type->colour & 0xFFFFFF));
    g_string_append(out, "BT ");
    put_place(line, out);
    double pending = 0;
    for (size_t i = 0; i < line->runs; i++) {
        const lkv_run *run = &line->run[i];
        extent part = {MAX(glyphs.from, run->glyph),
                       MIN(glyphs.to, run_end(run))};
        if (part.from >= part.to) {
            continue;
        }
        put_face(pdf, out, run->role, line->type->size);
        g_string_append_c(out, '[');
        pending = put_glyphs(line, out, run, part, pending);
        if (part.to == glyphs.to && blank) {
            put_blank(line, out, run->role);
        }
        g_string_append(out, "]TJ ");
    }
    g_string_append(out, "ET\n");
}

/* The same in a Span that says what they stand for; REVERSED if the glyphs
 * lie from right to left.
 */
static void paint_odd(writing *line, extent glyphs, const char *actual,
                      bool reversed)
{
    lkv_pdf *pdf = line->pdf;
    lkv_pdf_attr attr = {.actual = actual};
    lkv_pdf_begin(pdf, LKV_PDF_SPAN, &attr);
    if (pdf->error == NULL) {
        lkv_pdf_top(pdf)->reversed = reversed;
    }
    paint(line, glyphs, false);
    lkv_pdf_end(pdf, LKV_PDF_SPAN);
}

/* ---- splitting ---- */

/* Bytes of the cluster that begins at glyph FROM; TO is set behind its last
 * glyph. In a run from right to left the next cluster of the text is the one
 * drawn before.
 */
static size_t cluster_bytes(const writing *line, const lkv_run *run,
                            uint32_t from, uint32_t *to)
{
    uint32_t start = line->glyph[from].cluster;
    uint32_t end = from + 1;
    while (end < run_end(run) && line->glyph[end].cluster == start) {
        end++;
    }
    *to = end;
    uint32_t next = run->end;
    if (run->level % 2 == 1) {
        next = from > run->glyph ? line->glyph[from - 1].cluster : next;
    } else {
        next = end < run_end(run) ? line->glyph[end].cluster : next;
    }
    return next - start;
}

static uint32_t last_glyph(const writing *line)
{
    return line->runs == 0 ? 0 : run_end(&line->run[line->runs - 1]);
}

/* Paints what is PLAIN so far; the last of the line gets the blank. */
static void flush(writing *line, extent *plain, uint32_t next)
{
    if (plain->from < plain->to) {
        paint(line, *plain, line->blank && plain->to == last_glyph(line));
    }
    plain->from = next;
    plain->to = next;
}

/* Paints glyphs apart that stand together for LENGTH bytes of TEXT. */
static void paint_apart(writing *line, extent glyphs, const char *text,
                        size_t length, bool reversed)
{
    bool last = glyphs.to == last_glyph(line);
    const char *behind = line->blank && last ? " " : "";
    g_autofree char *actual =
        g_strdup_printf("%.*s%s", (int)length, text, behind);
    bool hyphen = last && lkv_shaped_hyphenated(line->pdf->shaped);
    paint_odd(line, glyphs, hyphen ? "\u00AD" : actual, reversed);
}

/* Goes through a run from left to right, cluster by cluster. */
static void walk_run(writing *line, const lkv_run *run, extent *plain)
{
    uint32_t to = 0;
    for (uint32_t from = run->glyph; from < run_end(run); from = to) {
        size_t length = cluster_bytes(line, run, from, &to);
        const char *text = line->text + line->glyph[from].cluster;
        extent cluster = {from, to};
        bool hyphen =
            to == last_glyph(line) && lkv_shaped_hyphenated(line->pdf->shaped);
        bool clear = tells(line, run, cluster, text, length) && !hyphen;
        if (clear || !line->spans) {
            plain->to = to;
            continue;
        }
        flush(line, plain, to);
        paint_apart(line, cluster, text, length, false);
    }
}

/* Glyphs of a stretch from right to left lie in the order of the eye, so the
 * stretch says its text in the order of reading. Returns the run after it.
 */
static size_t walk_stretch(writing *line, size_t first, extent *plain)
{
    size_t last = first;
    uint32_t start = line->run[first].start, end = line->run[first].end;
    for (; last < line->runs && line->run[last].level > 0; last++) {
        const lkv_run *run = &line->run[last];
        start = MIN(start, run->start);
        end = MAX(end, run->end);
        uint32_t to = 0;
        for (uint32_t from = run->glyph; from < run_end(run); from = to) {
            size_t length = cluster_bytes(line, run, from, &to);
            tells(line, run, (extent){from, to},
                  line->text + line->glyph[from].cluster, length);
        }
    }
    extent glyphs = {line->run[first].glyph, run_end(&line->run[last - 1])};
    if (!line->spans) {
        plain->to = glyphs.to;
        return last;
    }
    flush(line, plain, glyphs.to);
    paint_apart(line, glyphs, line->text + start, end - start, true);
    return last;
}

static void walk(writing *line)
{
    extent plain = {0, 0};
    for (size_t i = 0; i < line->runs;) {
        if (line->run[i].level == 0) {
            walk_run(line, &line->run[i], &plain);
            i++;
        } else {
            i = walk_stretch(line, i, &plain);
        }
    }
    flush(line, &plain, plain.to);
}

/* ---- the door ---- */

static void set_direction(writing *line, double angle)
{
    static const double quarter = 90.0;
    double turns = angle / quarter;
    double whole = floor(turns);
    if (turns == whole) {
        static const int cosines[] = {1, 0, -1, 0};
        int quarters = (int)(whole - 4 * floor(whole / 4));
        line->cosine = cosines[quarters];
        line->sine = cosines[(quarters + 3) % 4];
        return;
    }
    double radians = angle * (G_PI / 180.0);
    line->cosine = cos(radians);
    line->sine = sin(radians);
}

/* Takes the text into the bounds of a figure: its corners. */
static void cover_text(writing *line, double width)
{
    if (line->pdf->figure == LKV_PDF_NONE) {
        return;
    }
    lkv_font_measures measures =
        lkv_fonts_measures(line->pdf->fonts, line->type->role);
    const double along[] = {0, width};
    const double above[] = {measures.ascent * line->type->size,
                            -measures.descent * line->type->size};
    for (unsigned i = 0; i < 4; i++) {
        double u = along[i / 2], v = above[i % 2];
        lkv_pdf_cover(line->pdf,
                      (lkv_pdf_box){line->x + u * line->cosine - v * line->sine,
                                    line->y - u * line->sine - v * line->cosine,
                                    0, 0});
    }
}

/* Decides what readers need: spans for odd clusters, a blank behind. */
static void set_reading(writing *line)
{
    const lkv_pdf *pdf = line->pdf;
    const lkv_pdf_element *top = lkv_pdf_top(pdf);
    bool inside =
        !pdf->in_artifact && top != NULL && lkv_pdf_holds_content(top->kind);
    size_t length = strlen(line->text);
    line->spans = inside && pdf->figure == LKV_PDF_NONE && top->actual == NULL;
    line->blank = inside && !line->type->joined &&
                  !lkv_shaped_hyphenated(pdf->shaped) &&
                  (length == 0 || line->text[length - 1] != ' ');
}

double lkv_pdf_text(lkv_pdf *pdf, lkv_pdf_point at, const lkv_pdf_type *type,
                    const char *text)
{
    static const double shares[] = {0, 0.5, 1};
    if (!lkv_pdf_ready(pdf)) {
        return 0;
    }
    if (!(fabs(type->angle) <= 360) || !(type->size > 0)) {
        lkv_pdf_fail(pdf, "text has no size, or an angle beyond a full turn");
        return 0;
    }
    lkv_fonts_shape(pdf->fonts, type->role, text, SIZE_MAX, pdf->shaped);
    const GArray *missing = lkv_shaped_missing(pdf->shaped);
    g_array_append_vals(pdf->missing, missing->data, missing->len);
    size_t glyphs = 0;
    writing line = {
        .pdf = pdf, .type = type, .text = lkv_shaped_text(pdf->shaped)};
    line.run = lkv_shaped_runs(pdf->shaped, &line.runs);
    line.glyph = lkv_shaped_glyphs(pdf->shaped, &glyphs);
    double width = lkv_shaped_width(pdf->shaped) * type->size;
    if (glyphs == 0) {
        return width;
    }
    set_direction(&line, type->angle);
    line.x = at.x - shares[type->align] * width * line.cosine;
    line.y = at.y + shares[type->align] * width * line.sine;
    set_reading(&line);
    cover_text(&line, width);
    walk(&line);
    return width;
}

double lkv_pdf_measure(const lkv_pdf *pdf, const lkv_pdf_type *type,
                       const char *text)
{
    return lkv_fonts_width(pdf->fonts, type->role, type->size, text, SIZE_MAX);
}
