#include "render/lines.h"

#include <stdbool.h>
#include <string.h>

#define HYPHEN "\u00ad"

static double width_of(const lkv_breaking *breaking, const char *text,
                       size_t start, size_t end)
{
    return lkv_fonts_width(breaking->fonts, breaking->role, breaking->size,
                           text + start, end - start);
}

static size_t trimmed(const char *text, size_t start, size_t end)
{
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\n' ||
                           text[end - 1] == '\t')) {
        end--;
    }
    return end;
}

char *lkv_line_text(const lkv_line *line, const char *text)
{
    return g_strdup_printf("%.*s%s", (int)(line->end - line->start),
                           text + line->start, line->divided ? HYPHEN : "");
}

static double width_divided(const lkv_breaking *breaking, const char *text,
                            size_t start, size_t end)
{
    const lkv_line line = {.start = start, .end = end, .divided = 1};
    g_autofree char *words = lkv_line_text(&line, text);
    return width_of(breaking, words, 0, strlen(words));
}

static void add(GArray *lines, const lkv_breaking *breaking, const char *text,
                lkv_line line)
{
    line.end = trimmed(text, line.start, line.end);
    line.width = line.divided
                     ? width_divided(breaking, text, line.start, line.end)
                     : width_of(breaking, text, line.start, line.end);
    g_array_append_val(lines, line);
}

static size_t next_character(const char *text, size_t at)
{
    return at + (size_t)g_utf8_skip[(unsigned char)text[at]];
}

/* The longest part of the word from START that fits, at least a character. */
static size_t cut(const lkv_breaking *breaking, const char *text, size_t start,
                  size_t end)
{
    size_t fits = next_character(text, start);
    for (size_t at = fits; at < end;) {
        at = next_character(text, at);
        if (width_of(breaking, text, start, at) > breaking->width) {
            break;
        }
        fits = at;
    }
    return fits < end ? fits : end;
}

/* The farthest place between FROM and TO at which a word may be divided so that
 * the line from START holds it; 0 without one.
 */
static size_t divide(const lkv_breaking *breaking, const char *text,
                     size_t start, size_t from, size_t to)
{
    if (!breaking->hyphens) {
        return 0;
    }
    g_autoptr(GArray) places =
        lkv_hyphens_of(breaking->hyphens, text + from, to - from);
    for (guint i = places->len; i > 0; i--) {
        size_t at = from + g_array_index(places, size_t, i - 1);
        if (width_divided(breaking, text, start, at) <= breaking->width) {
            return at;
        }
    }
    return 0;
}

/* A line while it grows. */
struct growing {
    GArray *lines;
    const lkv_breaking *breaking;
    const char *text;
    size_t start, end;
};

static bool holds(const struct growing *line, size_t next)
{
    return width_of(line->breaking, line->text, line->start,
                    trimmed(line->text, line->start, next)) <=
           line->breaking->width;
}

static void close_line(struct growing *line, lkv_line end)
{
    end.start = line->start;
    add(line->lines, line->breaking, line->text, end);
    line->start = end.end;
    line->end = end.end;
}

/* NEXT does not fit behind what the line has: that is a line of its own, with
 * the beginning of the word if the line would be too empty without.
 */
static void turn_line(struct growing *line, size_t next)
{
    const lkv_breaking *breaking = line->breaking;
    double used = width_of(breaking, line->text, line->start,
                           trimmed(line->text, line->start, line->end));
    bool empty = breaking->width - used > breaking->hole;
    size_t at =
        empty ? divide(breaking, line->text, line->start, line->end, next) : 0;
    close_line(line, at > 0 ? (lkv_line){.end = at, .divided = 1}
                            : (lkv_line){.end = line->end});
}

/* A word that no line can hold. */
static void cut_word(struct growing *line, size_t next)
{
    while (!holds(line, next)) {
        size_t at =
            divide(line->breaking, line->text, line->start, line->start, next);
        size_t part =
            at > 0 ? at : cut(line->breaking, line->text, line->start, next);
        if (part == next) {
            break;
        }
        close_line(line, at > 0 ? (lkv_line){.end = at, .divided = 1}
                                : (lkv_line){.end = part, .broken = 1});
    }
}

GArray *lkv_lines_break(const lkv_breaking *breaking, const char *text)
{
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(lkv_line));
    if (!*text) {
        return lines;
    }
    g_autoptr(GArray) breaks = lkv_locale_breaks(breaking->locale, text);
    struct growing line = {.lines = lines, .breaking = breaking, .text = text};
    for (guint i = 0; i < breaks->len; i++) {
        size_t next = g_array_index(breaks, uint32_t, i);
        if (line.end > line.start && !holds(&line, next)) {
            turn_line(&line, next);
        }
        cut_word(&line, next);
        line.end = next;
        if (next > 0 && text[next - 1] == '\n') {
            close_line(&line, (lkv_line){.end = next});
        }
    }
    if (line.end > line.start) {
        close_line(&line, (lkv_line){.end = line.end});
    }
    return lines;
}
