/* Text broken into lines that fit a width. */
#ifndef LKV_RENDER_LINES_H
#define LKV_RENDER_LINES_H

#include <stddef.h>

#include <glib.h>

#include "base/locale.h"
#include "render/font.h"
#include "render/hyphens.h"

/* Bytes START to END of the text, trailing blanks left out. BROKEN says that
 * the line ends inside a word that no line can hold, DIVIDED that it ends
 * inside one with a hyphen, which WIDTH counts.
 */
typedef struct lkv_line {
    size_t start, end;
    double width;
    int broken, divided;
} lkv_line;

typedef struct lkv_breaking {
    const lkv_fonts *fonts;
    const lkv_locale *locale;
    lkv_font_role role;
    double size;
    double width;
    const lkv_hyphens *hyphens; /* or NULL: words are not divided */
    double hole; /* what may stay empty at a line's end; words that no line can
                    hold are divided anyhow */
} lkv_breaking;

/* Lines of TEXT, as many as it takes (none for ""): array of lkv_line. Breaks
 * where Unicode allows it (UAX 14), greedily, and inside words as the language
 * does; a word wider than a line that cannot be divided is cut between
 * characters, so nothing ever sticks out. A line end in TEXT ends a
 * line.
 */
GArray *lkv_lines_break(const lkv_breaking *breaking, const char *text);
/* The words of LINE, with a soft hyphen behind those of a divided word; g_free.
 */
char *lkv_line_text(const lkv_line *line, const char *text);

#endif
