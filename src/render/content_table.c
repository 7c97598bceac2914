/* Tables: parts are rows; the head is drawn again on every page. */
#include <math.h>
#include <string.h>

#include "render/content.h"

#define CELL_PAD 4.0 /* left and right of a cell's text */
#define ROW_PAD 4.0 /* above and below together */
#define FOLDED_LEAST 36.0 /* width of a head that may take two lines */

enum { WHOLE_MOST = 6 }; /* rows of a table that is never split */

struct table {
    lkv_content content;
    lkv_passage caption;
    size_t columns;
    double *left, *wide; /* of each column */
    lkv_passage *head;
    lkv_passage *cell; /* [row * columns + column] */
    double head_height;
    double *row_height;
};

static const struct table *of(const lkv_content *content)
{
    return (const struct table *)(const void *)content;
}

static double caption_height(const struct table *table)
{
    return table->caption.lines->len > 0
               ? lkv_passage_height(&table->caption) + 3.0
               : 0.0;
}

static bool is_head(const struct table *table, size_t row)
{
    const lkv_grid *grid = &table->content.block->as.grid;
    return grid->group_head && grid->group_head[row];
}

/* The head of the group that ROW goes on with, or ROW if it begins one or
 * there are no groups.
 */
static size_t group_of(const struct table *table, size_t row)
{
    size_t head = row;
    while (head > 0 && !is_head(table, head)) {
        head--;
    }
    return is_head(table, head) ? head : row;
}

/* What is said again where ROW begins a page. */
static double repeated_height(const struct table *table, size_t row)
{
    size_t head = group_of(table, row);
    return head < row ? table->row_height[head] : 0.0;
}

/* A group's head is followed by two rows, and one row is not left for the next
 * page, as far as the group has so many.
 */
static bool may_open(const lkv_content *content, size_t part)
{
    const struct table *table = of(content);
    size_t head = group_of(table, part), end = part + 1;
    while (end < content->parts && !is_head(table, end)) {
        end++;
    }
    return head == part || (part - head > 2 && end - part > 1);
}

static double height(const lkv_content *content, size_t first, size_t count)
{
    const struct table *table = of(content);
    double height = table->head_height +
                    (first == 0 ? caption_height(table) : 0.0) +
                    repeated_height(table, first);
    for (size_t i = first; i < first + count; i++) {
        height += table->row_height[i];
    }
    return height;
}

static void rule(const struct table *table, lkv_pdf *pdf, lkv_pdf_point at,
                 lkv_pdf_ink ink)
{
    lkv_pdf_artifact_begin(pdf, LKV_PDF_LAYOUT);
    lkv_pdf_line(pdf, at, (lkv_pdf_point){at.x + table->content.width, at.y},
                 ink);
    lkv_pdf_artifact_end(pdf);
}

static void draw_cell(const struct table *table, lkv_pdf *pdf, lkv_pdf_point at,
                      const lkv_passage *passage, size_t column)
{
    const lkv_grid *grid = &table->content.block->as.grid;
    bool right = grid->column[column].side == LKV_RIGHT;
    double x = at.x + table->left[column] +
               (right ? table->wide[column] - CELL_PAD
                      : (column > 0 ? CELL_PAD : 0.0));
    lkv_passage_draw(
        passage, table->content.press, pdf,
        (lkv_pdf_point){x, at.y + ROW_PAD / 2.0},
        (lkv_passage_part){.count = passage->lines->len,
                           .align = right ? LKV_ALIGN_RIGHT : LKV_ALIGN_LEFT});
}

/* On the first page the head belongs to the table, on later ones it is a
 * repetition for the eye alone.
 */
static void draw_head(const struct table *table, lkv_pdf *pdf, lkv_pdf_point at,
                      bool repeated)
{
    if (repeated) {
        lkv_pdf_artifact_begin(pdf, LKV_PDF_LAYOUT);
    } else {
        lkv_pdf_begin(pdf, LKV_PDF_TR, NULL);
    }
    const lkv_pdf_attr scope = {.scope = LKV_PDF_COLUMN};
    for (size_t i = 0; i < table->columns; i++) {
        if (!repeated) {
            lkv_pdf_begin(pdf, LKV_PDF_TH, &scope);
        }
        double gap =
            table->head_height - ROW_PAD - lkv_passage_height(&table->head[i]);
        draw_cell(table, pdf, (lkv_pdf_point){at.x, at.y + gap},
                  &table->head[i], i);
        if (!repeated) {
            lkv_pdf_end(pdf, LKV_PDF_TH);
        }
    }
    if (repeated) {
        lkv_pdf_artifact_end(pdf);
    } else {
        lkv_pdf_end(pdf, LKV_PDF_TR);
    }
    rule(table, pdf, (lkv_pdf_point){at.x, at.y + table->head_height},
         lkv_pdf_stroked(table->content.press->look->ink, 0.8));
}

/* For the eye alone: the group's head once more, at the head of a page. */
static void draw_group_again(const struct table *table, lkv_pdf *pdf,
                             lkv_pdf_point at, size_t head)
{
    lkv_pdf_artifact_begin(pdf, LKV_PDF_LAYOUT);
    draw_cell(table, pdf, at, &table->cell[head * table->columns], 0);
    lkv_pdf_artifact_end(pdf);
    rule(table, pdf, (lkv_pdf_point){at.x, at.y + table->row_height[head]},
         lkv_pdf_stroked(table->content.press->look->grid, 0.6));
}

static void draw_row(const struct table *table, lkv_pdf *pdf, lkv_pdf_point at,
                     size_t row)
{
    bool group = is_head(table, row);
    lkv_pdf_begin(pdf, LKV_PDF_TR, NULL);
    for (size_t i = 0; i < table->columns; i++) {
        bool header = i == 0;
        lkv_pdf_kind kind = header ? LKV_PDF_TH : LKV_PDF_TD;
        const lkv_pdf_attr attr = {
            .scope = header ? LKV_PDF_ROW : LKV_PDF_NO_SCOPE,
            .columns = group && header ? (unsigned)table->columns : 0};
        lkv_pdf_begin(pdf, kind, &attr);
        draw_cell(table, pdf, at, &table->cell[row * table->columns + i], i);
        lkv_pdf_end(pdf, kind);
        if (group) {
            break;
        }
    }
    lkv_pdf_end(pdf, LKV_PDF_TR);
    rule(table, pdf, (lkv_pdf_point){at.x, at.y + table->row_height[row]},
         lkv_pdf_stroked(table->content.press->look->grid, 0.6));
}

static void draw(const lkv_content *content, lkv_pdf *pdf, lkv_pdf_point at,
                 size_t first, size_t count)
{
    const struct table *table = of(content);
    if (first == 0) {
        lkv_pdf_begin(pdf, LKV_PDF_TABLE, NULL);
        if (table->caption.lines->len > 0) {
            lkv_pdf_begin(pdf, LKV_PDF_CAPTION, NULL);
            lkv_passage_draw_all(&table->caption, content->press, pdf, at);
            lkv_pdf_end(pdf, LKV_PDF_CAPTION);
            at.y += caption_height(table);
        }
    }
    draw_head(table, pdf, at, first > 0);
    at.y += table->head_height;
    if (group_of(table, first) < first) {
        draw_group_again(table, pdf, at, group_of(table, first));
        at.y += repeated_height(table, first);
    }
    for (size_t i = first; i < first + count; i++) {
        draw_row(table, pdf, at, i);
        at.y += table->row_height[i];
    }
    if (first + count == content->parts) {
        lkv_pdf_end(pdf, LKV_PDF_TABLE);
    }
}

static void release(lkv_content *content)
{
    struct table *table = (struct table *)(void *)content;
    for (size_t i = 0; i < table->columns; i++) {
        lkv_passage_clear(&table->head[i]);
    }
    for (size_t i = 0; i < table->columns * content->parts; i++) {
        lkv_passage_clear(&table->cell[i]);
    }
    lkv_passage_clear(&table->caption);
    g_free(table->left);
    g_free(table->wide);
    g_free(table->head);
    g_free(table->cell);
    g_free(table->row_height);
    g_free(table);
}

static const lkv_content_kind kind = {
    .height = height, .draw = draw, .free = release, .may_open = may_open};

static double natural(const lkv_press *press, lkv_style style, const char *text)
{
    const lkv_style_facts *facts = lkv_style_at(style);
    return lkv_fonts_width(press->fonts, facts->role, facts->size, text,
                           SIZE_MAX);
}

struct texts {
    char **head, **cell;
};

static lkv_style cell_style(const lkv_grid *grid, size_t row, size_t column)
{
    bool group = grid->group_head && grid->group_head[row];
    return group && column == 0 ? LKV_STYLE_LABEL_STRONG : LKV_STYLE_LABEL;
}

/* The least width in which TEXT stands on two lines, broken between words; a
 * short one is not worth it.
 */
static double folded(const lkv_press *press, lkv_style style, const char *text)
{
    double least = natural(press, style, text);
    bool worth = least > FOLDED_LEAST;
    for (const char *at = strchr(text, ' '); at && worth;
         at = strchr(at + 1, ' ')) {
        g_autofree char *above = g_strndup(text, (gsize)(at - text));
        double width =
            fmax(natural(press, style, above), natural(press, style, at + 1));
        least = fmin(least, width);
    }
    return least;
}

/* The width that a column would like to have: no line of its cells broken, and
 * its head on HEAD_LINES lines.
 */
static double wish(const lkv_press *press, const lkv_grid *grid,
                   const struct texts *texts, size_t column, int head_lines)
{
    const char *head = texts->head[column];
    double width = head_lines > 1 ? folded(press, LKV_STYLE_SMALL, head)
                                  : natural(press, LKV_STYLE_SMALL, head);
    for (size_t row = 0; row < grid->rows; row++) {
        if (grid->group_head && grid->group_head[row]) {
            continue;
        }
        width = fmax(width, natural(press, cell_style(grid, row, column),
                                    texts->cell[row * grid->columns + column]));
    }
    return width + (column > 0 ? 2.0 : 1.0) * CELL_PAD;
}

/* What the columns wish; their sum. Heads take two lines where one is too
 * much.
 */
static double wishes_of(const struct table *table, const lkv_grid *grid,
                        const struct texts *texts, double *wishes)
{
    double sum = 0.0;
    for (int lines = 1; lines <= 2; lines++) {
        sum = 0.0;
        for (size_t i = 0; i < grid->columns; i++) {
            wishes[i] = wish(table->content.press, grid, texts, i, lines);
            sum += wishes[i];
        }
        if (sum <= table->content.width) {
            break;
        }
    }
    return sum;
}

/* All wishes can be met: columns share the width by their weights, but none
 * has less than it wished.
 */
static void share_widths(struct table *table, const lkv_grid *grid,
                         const double *wishes)
{
    double rest = table->content.width, weights = 0.0;
    for (size_t i = 0; i < grid->columns; i++) {
        weights += grid->column[i].weight;
        rest -= grid->column[i].weight ? 0.0 : wishes[i];
        table->wide[i] = grid->column[i].weight ? 0.0 : wishes[i];
    }
    for (size_t i = 0; i < grid->columns;) {
        double weight = grid->column[i].weight;
        if (table->wide[i] == 0.0 && wishes[i] * weights > rest * weight) {
            table->wide[i] = wishes[i];
            rest -= wishes[i];
            weights -= weight;
            i = 0; /* those that had enough may have too little now */
            continue;
        }
        i++;
    }
    for (size_t i = 0; i < grid->columns; i++) {
        double part = rest * grid->column[i].weight / fmax(weights, 1.0);
        table->wide[i] += table->wide[i] == 0.0 ? part : 0.0;
    }
}

/* The width that no column of words may exceed so that together they have ROOM:
 * the widest give way first.
 */
static double words_most(const lkv_grid *grid, const double *wishes,
                         double room)
{
    double most = room / (double)grid->columns, before = 0.0;
    while (most > before) {
        double kept = 0.0, wide = 0.0;
        for (size_t i = 0; i < grid->columns; i++) {
            bool words = grid->column[i].side == LKV_LEFT;
            kept += words && wishes[i] <= most ? wishes[i] : 0.0;
            wide += words && wishes[i] > most ? 1.0 : 0.0;
        }
        before = most;
        most = wide > 0.0 ? (room - kept) / wide : most;
    }
    return most;
}

/* Numbers are not broken as long as words have a quarter of the width; then
 * every column gives way in proportion to what it wished.
 */
static void squeeze_widths(struct table *table, const lkv_grid *grid,
                           const double *wishes)
{
    double words = 0.0, rest = table->content.width;
    for (size_t i = 0; i < grid->columns; i++) {
        bool number = grid->column[i].side == LKV_RIGHT;
        words += number ? 0.0 : wishes[i];
        rest -= number ? wishes[i] : 0.0;
    }
    bool whole = words > 0.0 && rest > 0.25 * table->content.width;
    double most = words_most(grid, wishes, rest);
    double all = words + table->content.width - rest;
    for (size_t i = 0; i < grid->columns; i++) {
        bool number = grid->column[i].side == LKV_RIGHT;
        double part = number ? wishes[i] : fmin(wishes[i], most);
        table->wide[i] = whole ? part : wishes[i] * table->content.width / all;
    }
}

static void set_widths(struct table *table, const lkv_grid *grid,
                       const struct texts *texts)
{
    g_autofree double *wishes = g_new0(double, grid->columns);
    unsigned weights = 0;
    for (size_t i = 0; i < grid->columns; i++) {
        weights += grid->column[i].weight;
    }
    double sum = wishes_of(table, grid, texts, wishes);
    if (weights > 0 && sum <= table->content.width) {
        share_widths(table, grid, wishes);
    } else {
        squeeze_widths(table, grid, wishes);
    }
    for (size_t i = 1; i < grid->columns; i++) {
        table->left[i] = table->left[i - 1] + table->wide[i - 1];
    }
}

static void set_cells(struct table *table, const lkv_grid *grid,
                      const struct texts *texts)
{
    const lkv_press *press = table->content.press;
    for (size_t i = 0; i < grid->columns; i++) {
        double width = table->wide[i] - (i > 0 ? 2.0 : 1.0) * CELL_PAD;
        table->head[i] = lkv_passage_new(press, LKV_STYLE_SMALL, texts->head[i],
                                         width + 0.1);
        table->head_height = fmax(
            table->head_height, lkv_passage_height(&table->head[i]) + ROW_PAD);
        for (size_t row = 0; row < grid->rows; row++) {
            size_t at = row * grid->columns + i;
            bool group = grid->group_head && grid->group_head[row];
            table->cell[at] = lkv_passage_new(
                press, cell_style(grid, row, i), texts->cell[at],
                group && i == 0 ? table->content.width : width + 0.1);
            table->row_height[row] =
                fmax(table->row_height[row],
                     lkv_passage_height(&table->cell[at]) + ROW_PAD);
        }
    }
}

lkv_content *lkv_content_table(const lkv_press *press, const lkv_block *block,
                               double width)
{
    const lkv_grid *grid = &block->as.grid;
    struct table *table = g_new0(struct table, 1);
    size_t cells = grid->rows * grid->columns;
    table->columns = grid->columns;
    table->left = g_new0(double, grid->columns);
    table->wide = g_new0(double, grid->columns);
    table->head = g_new0(lkv_passage, grid->columns);
    table->cell = g_new0(lkv_passage, cells);
    table->row_height = g_new0(double, grid->rows);
    table->content =
        (lkv_content){.kind = &kind,
                      .press = press,
                      .block = block,
                      .width = width,
                      .before = 4.0,
                      .after = 8.0,
                      .parts = grid->rows,
                      .least = grid->rows <= WHOLE_MOST ? grid->rows : 2};
    table->caption =
        lkv_passage_new(press, LKV_STYLE_HEADING_3,
                        lkv_press_say(press, &grid->caption), width);
    g_autofree char **head = g_new0(char *, grid->columns + 1);
    g_autofree char **cell = g_new0(char *, cells + 1);
    for (size_t i = 0; i < grid->columns; i++) {
        head[i] = lkv_press_say(press, &grid->column[i].head);
    }
    for (size_t i = 0; i < cells; i++) {
        cell[i] = lkv_press_say(press, &grid->text[i]);
    }
    const struct texts texts = {.head = head, .cell = cell};
    set_widths(table, grid, &texts);
    set_cells(table, grid, &texts);
    return &table->content;
}
