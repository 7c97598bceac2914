#include "render/lines.h"

#include <string.h>

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

static void add(GArray *lines, const lkv_breaking *breaking, const char *text,
                lkv_line line)
{
    line.end = trimmed(text, line.start, line.end);
    line.width = width_of(breaking, text, line.start, line.end);
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

GArray *lkv_lines_break(const lkv_breaking *breaking, const char *text)
{
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(lkv_line));
    if (!*text) {
        return lines;
    }
    g_autoptr(GArray) breaks = lkv_locale_breaks(breaking->locale, text);
    size_t start = 0, end = 0; /* of the line that grows */
    for (guint i = 0; i < breaks->len; i++) {
        size_t next = g_array_index(breaks, uint32_t, i);
        size_t inked = trimmed(text, start, next);
        if (end > start &&
            width_of(breaking, text, start, inked) > breaking->width) {
            add(lines, breaking, text, (lkv_line){.start = start, .end = end});
            start = end;
        }
        while (width_of(breaking, text, start, trimmed(text, start, next)) >
               breaking->width) {
            size_t part = cut(breaking, text, start, next);
            if (part == next) {
                break;
            }
            add(lines, breaking, text,
                (lkv_line){.start = start, .end = part, .broken = 1});
            start = part;
        }
        end = next;
        if (next > 0 && text[next - 1] == '\n') {
            add(lines, breaking, text, (lkv_line){.start = start, .end = end});
            start = end;
        }
    }
    if (end > start) {
        add(lines, breaking, text, (lkv_line){.start = start, .end = end});
    }
    return lines;
}
