/* Blocks over pages: what stays together, what is said again, and what does
 * not fit.
 */
#include <stdio.h>

#include "paper.h"
#include "render/sheet.h"

enum { ROWS_MOST = 90 };

static int open_paper(void **state)
{
    *state = paper_new();
    return 0;
}

static int close_paper(void **state)
{
    paper_free(*state);
    return 0;
}

/* Single lines before what is tested, so that it meets the page's foot at
 * every height.
 */
static void add_lines(paper *on, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        paper_add(on, (lkv_block){.kind = LKV_BLOCK_PARAGRAPH,
                                  .id = "filler",
                                  .as.text = paper_say(on, "rad")});
    }
}

static lkv_block table_of(paper *on, size_t rows)
{
    const lkv_grid_column column = {.head = paper_say(on, "Rubrik"),
                                    .weight = 1};
    g_autofree lkv_text *text = g_new0(lkv_text, rows);
    for (size_t i = 0; i < rows; i++) {
        text[i] = paper_say(on, "rad");
    }
    return (lkv_block){
        .kind = LKV_BLOCK_TABLE,
        .id = "table",
        .as.grid = {.column = paper_keep(on, &column, sizeof column),
                    .columns = 1,
                    .text = paper_keep(on, text, rows * sizeof *text),
                    .rows = rows}};
}

static const paper_box *box_at(const GArray *boxes, guint index)
{
    return &g_array_index(boxes, paper_box, index);
}

/* The first box of block ID. */
static guint first_of(const GArray *boxes, const char *id)
{
    for (guint i = 0; i < boxes->len; i++) {
        if (strcmp(box_at(boxes, i)->id, id) == 0) {
            return i;
        }
    }
    fail_msg("no block %s", id);
    return 0;
}

static void hold_within_pages(const GArray *boxes)
{
    for (guint i = 0; i < boxes->len; i++) {
        const paper_box *box = box_at(boxes, i);
        assert_true(box->y >= (int)LKV_TOP);
        assert_true(box->y + box->height <= (int)LKV_BOTTOM + 1);
        assert_true(box->x >= (int)LKV_MARGIN);
        assert_true(box->x + box->width <=
                    (int)(LKV_MARGIN + lkv_sheet_width()) + 1);
    }
}

static void no_line_stands_alone(void **state)
{
    paper *on = *state;
    bool split = false;
    for (size_t before = 20; before < 46; before++) {
        paper_clear(on);
        add_lines(on, before);
        paper_add(on, (lkv_block){.kind = LKV_BLOCK_PARAGRAPH,
                                  .id = "long",
                                  .as.text = paper_lines(on, 9)});
        g_autoptr(GArray) boxes = paper_boxes(on);
        hold_within_pages(boxes);
        for (guint i = first_of(boxes, "long"); i < boxes->len; i++) {
            const paper_box *box = box_at(boxes, i);
            assert_true(box->parts >= 6);
            assert_true(box->end - box->first >= 2);
            split = split || box->end - box->first < box->parts;
        }
    }
    assert_true(split);
}

static lkv_block heading_of(paper *on)
{
    return (lkv_block){.kind = LKV_BLOCK_HEADING,
                       .id = "heading",
                       .level = 1,
                       .keep_with_next = true,
                       .as.text = paper_say(on, "Rubrik")};
}

/* No item of a list stands alone on a page. */
static void no_item_stands_alone(void **state)
{
    paper *on = *state;
    bool split = false;
    for (size_t before = 20; before < 44; before++) {
        paper_clear(on);
        add_lines(on, before);
        lkv_block list = table_of(on, 7);
        list.kind = LKV_BLOCK_LIST;
        list.id = "list";
        paper_add(on, list);
        g_autoptr(GArray) boxes = paper_boxes(on);
        hold_within_pages(boxes);
        for (guint i = first_of(boxes, "list"); i < boxes->len; i++) {
            const paper_box *box = box_at(boxes, i);
            assert_true(box->end - box->first >= 2);
            split = split || box->end - box->first < box->parts;
        }
    }
    assert_true(split);
}

/* A heading, its introduction and the first two rows are on one page. */
static void headings_keep_with_what_follows(void **state)
{
    paper *on = *state;
    bool turned = false;
    for (size_t before = 24; before < 46; before++) {
        paper_clear(on);
        add_lines(on, before);
        paper_add(on, heading_of(on));
        paper_add(on, (lkv_block){.kind = LKV_BLOCK_PARAGRAPH,
                                  .id = "intro",
                                  .keep_with_next = true,
                                  .as.text = paper_lines(on, 2)});
        paper_add(on, table_of(on, 12));
        g_autoptr(GArray) boxes = paper_boxes(on);
        hold_within_pages(boxes);
        const paper_box *heading = box_at(boxes, first_of(boxes, "heading"));
        const paper_box *intro = box_at(boxes, first_of(boxes, "intro"));
        const paper_box *table = box_at(boxes, first_of(boxes, "table"));
        assert_int_equal(heading->page, intro->page);
        assert_int_equal(heading->page, table->page);
        assert_true(table->end - table->first >= 2);
        assert_true(heading->y < intro->y && intro->y < table->y);
        turned = turned || heading->page == 2;
    }
    assert_true(turned);
}

static int height_of_rows(paper *on, size_t rows)
{
    paper_clear(on);
    paper_add(on, table_of(on, rows));
    g_autoptr(GArray) boxes = paper_boxes(on);
    return box_at(boxes, 0)->height;
}

/* Each part of a table is as high as its rows and the head. */
static void tables_say_their_head_again(void **state)
{
    paper *on = *state;
    paper_clear(on);
    paper_add(on, table_of(on, 2));
    paper_add(on, table_of(on, 3));
    paper_add(on, table_of(on, ROWS_MOST));
    g_autoptr(GArray) boxes = paper_boxes(on);
    int row = box_at(boxes, 1)->height - box_at(boxes, 0)->height;
    int head = box_at(boxes, 0)->height - 2 * row;
    size_t rows = 0;
    assert_true(row >= 12 && head >= 12);
    assert_true(boxes->len >= 4);
    for (guint i = 2; i < boxes->len; i++) {
        const paper_box *box = box_at(boxes, i);
        int count = (int)(box->end - box->first);
        assert_in_range(box->height, head + count * row - 1,
                        head + count * row + 1);
        assert_int_equal(box->first, rows);
        rows = box->end;
    }
    assert_int_equal(rows, ROWS_MOST);
}

/* Groups of 4 rows, each under a head. */
static lkv_block grouped_table(paper *on, size_t rows)
{
    lkv_block block = table_of(on, rows);
    g_autofree bool *head = g_new0(bool, rows);
    for (size_t i = 0; i < rows; i += 5) {
        head[i] = true;
    }
    block.as.grid.group_head = paper_keep(on, head, rows * sizeof *head);
    return block;
}

/* No page ends with a group's head, or with that and a single row, and none
 * begins with a group's last row; a group that goes on has its head again.
 */
static void tables_say_their_groups_again(void **state)
{
    paper *on = *state;
    bool again = false;
    int row = height_of_rows(on, 3) - height_of_rows(on, 2);
    int head = height_of_rows(on, 2) - 2 * row;
    for (size_t before = 20; before < 44; before++) {
        paper_clear(on);
        add_lines(on, before);
        paper_add(on, heading_of(on));
        paper_add(on, grouped_table(on, 25));
        g_autoptr(GArray) boxes = paper_boxes(on);
        hold_within_pages(boxes);
        assert_int_equal(box_at(boxes, first_of(boxes, "heading"))->page,
                         box_at(boxes, first_of(boxes, "table"))->page);
        for (guint i = first_of(boxes, "table"); i < boxes->len; i++) {
            const paper_box *box = box_at(boxes, i);
            int count = (int)(box->end - box->first);
            bool within = box->first % 5 != 0;
            again = again || within;
            assert_true(!within || box->first % 5 == 3);
            int most = head + (count + (within ? 1 : 0)) * row;
            assert_in_range(box->height, most - 1, most + 1);
        }
    }
    assert_true(again);
}

/* A row of FIRST, SECOND and a number. */
static lkv_block row_of(paper *on, lkv_text first, lkv_text second)
{
    const lkv_grid_column columns[] = {{paper_say(on, "Ord"), LKV_LEFT, 1},
                                       {paper_say(on, "Fler"), LKV_LEFT, 1},
                                       {paper_say(on, "Tal"), LKV_RIGHT, 1}};
    const lkv_text text[] = {first, second, paper_say(on, "12,5 (9,0–16,0)")};
    return (lkv_block){
        .kind = LKV_BLOCK_TABLE,
        .id = "table",
        .as.grid = {.column = paper_keep(on, columns, sizeof columns),
                    .columns = 3,
                    .text = paper_keep(on, text, sizeof text),
                    .rows = 1}};
}

/* Beside a word, or beside about LINES lines of them. */
static int height_of_row(paper *on, const char *first, size_t lines)
{
    paper_clear(on);
    lkv_text second = lines > 0 ? paper_lines(on, lines) : paper_say(on, "år");
    paper_add(on, row_of(on, paper_say(on, first), second));
    g_autoptr(GArray) boxes = paper_boxes(on);
    hold_within_pages(boxes);
    return box_at(boxes, 0)->height;
}

/* A short head is never broken, a long one stands on two lines at most. */
static void heads_take_two_lines_at_most(void **state)
{
    paper *on = *state;
    static const char *const heads[] = {"Mått", "I år", "Från året före"};
    int before = 0;
    for (size_t lines = 1; lines <= 3; lines++) {
        paper_clear(on);
        lkv_grid_column columns[3] = {{.weight = 5},
                                      {.side = LKV_RIGHT, .weight = 3},
                                      {.side = LKV_RIGHT, .weight = 3}};
        const lkv_text text[] = {paper_lines(on, lines), paper_say(on, "–"),
                                 paper_say(on, "–")};
        for (size_t i = 0; i < 3; i++) {
            columns[i].head = paper_say(on, heads[i]);
        }
        paper_add(on, (lkv_block){
                          .kind = LKV_BLOCK_TABLE,
                          .id = "table",
                          .as.grid = {
                              .column = paper_keep(on, columns, sizeof columns),
                              .columns = 3,
                              .text = paper_keep(on, text, sizeof text),
                              .rows = 1}});
        g_autoptr(GArray) boxes = paper_boxes(on);
        int height = box_at(boxes, 0)->height;
        assert_true(height <= 2 * 11 + 4 + (int)(lines + 1) * 12 + 4);
        assert_true(height > before);
        before = height;
    }
}

/* No line is broken while the table has room for it; where there is none, the
 * longest text gives way, not the short one beside it.
 */
static void columns_take_the_room_they_need(void **state)
{
    paper *on = *state;
    static const char long_name[] =
        "Född i Sverige, föräldrar födda utomlands – Svensk bakgrund";
    int low = height_of_row(on, "Pojkar", 0);
    assert_int_equal(height_of_row(on, long_name, 0), low);
    int high = height_of_row(on, "x", 2);
    assert_true(high > low);
    assert_int_equal(height_of_row(on, "Skillnad mellan", 2), high);
}

static lkv_block chart_of(paper *on, size_t slots, uint8_t columns,
                          const char *title)
{
    g_autofree lkv_slot_label *label = g_new0(lkv_slot_label, slots);
    g_autofree lkv_mark *mark = g_new0(lkv_mark, slots);
    for (size_t i = 0; i < slots; i++) {
        label[i].label = paper_say(on, "Rad");
        mark[i] = (lkv_mark){.kind = LKV_MARK_LINE,
                             .slot = (int16_t)i,
                             .at = paper_value(on, 50 + (int64_t)i % 9, 2)};
    }
    return (lkv_block){
        .kind = LKV_BLOCK_CHART,
        .id = "chart",
        .columns = columns,
        .as.chart = {.kind = columns > 0 ? LKV_CHART_TREND : LKV_CHART_ROWS,
                     .scale = {.kind = LKV_SCALE_FIXED,
                               .unit = LKV_UNIT_SHARE,
                               .most = 1},
                     .slot = paper_keep(on, label, slots * sizeof *label),
                     .slots = slots,
                     .mark = paper_keep(on, mark, slots * sizeof *mark),
                     .marks = slots,
                     .title = paper_say(on, title),
                     .alt = paper_say(on, "alt")}};
}

/* A note stands on the page of what it is about: of a chart, or of the last
 * rows of a table.
 */
static void notes_keep_with_what_they_are_about(void **state)
{
    paper *on = *state;
    for (size_t before = 20; before < 80; before++) {
        bool table = before % 2 == 0;
        paper_clear(on);
        add_lines(on, before / 2 + 10);
        paper_add(on, table ? table_of(on, 20) : chart_of(on, 6, 0, "Rubrik"));
        paper_add(on, (lkv_block){.kind = LKV_BLOCK_NOTE,
                                  .id = "note",
                                  .as.text = paper_lines(on, 2)});
        g_autoptr(GArray) boxes = paper_boxes(on);
        hold_within_pages(boxes);
        guint note = first_of(boxes, "note");
        assert_string_equal(box_at(boxes, note - 1)->id,
                            table ? "table" : "chart");
        assert_int_equal(box_at(boxes, note)->page,
                         box_at(boxes, note - 1)->page);
    }
}

/* Where a chart would be left to the next page for a few points, the room
 * between the blocks gives way: all stand closer, in order, and none touch.
 */
static void gaps_give_way_for_what_nearly_fits(void **state)
{
    paper *on = *state;
    size_t closer = 0, turned = 0;
    for (size_t before = 4; before < 30; before++) {
        paper_clear(on);
        for (size_t i = 0; i < before; i++) {
            paper_add(on, (lkv_block){.kind = LKV_BLOCK_HEADING,
                                      .id = "filler",
                                      .level = 2,
                                      .as.text = paper_say(on, "rad")});
        }
        paper_add(on, chart_of(on, 4, 0, "Rubrik"));
        g_autoptr(GArray) boxes = paper_boxes(on);
        hold_within_pages(boxes);
        int loose = 0;
        for (guint i = 1; i + 1 < boxes->len; i++) {
            const paper_box *above = box_at(boxes, i - 1);
            int gap = box_at(boxes, i)->y - above->y - above->height;
            loose = i == 1 ? gap : loose;
            assert_true(box_at(boxes, i)->page > above->page ||
                        gap >= loose - 2);
            assert_true(loose >= 7);
        }
        closer += loose < 12;
        turned += box_at(boxes, boxes->len - 1)->page == 2;
    }
    assert_true(closer > 0 && turned > 0);
}

static void overflow_names_block_and_page(void **state)
{
    paper *on = *state;
    paper_clear(on);
    add_lines(on, 60);
    paper_add(on, chart_of(on, 60, 0, "För hög för en sida"));
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_null(lkv_render_pdf(&on->job, diag));
    g_autofree char *text = lkv_diag_text(diag, (lkv_print){0});
    assert_non_null(strstr(text, "E-LAYOUT-OVERFLOW"));
    assert_non_null(strstr(text, "\"chart\" does not fit on page 3"));
}

/* Charts side by side begin and end alike, whatever their titles. */
static void blocks_side_by_side_are_level(void **state)
{
    paper *on = *state;
    paper_clear(on);
    paper_add(on, chart_of(on, 3, 4, "Kort"));
    paper_add(on, chart_of(on, 3, 4,
                           "En rubrik som är så lång att den måste "
                           "brytas till flera rader i sin spalt"));
    paper_add(on, chart_of(on, 3, 4, "Mellan"));
    g_autoptr(GArray) boxes = paper_boxes(on);
    assert_int_equal(boxes->len, 3);
    for (guint i = 1; i < 3; i++) {
        assert_int_equal(box_at(boxes, i)->y, box_at(boxes, 0)->y);
        assert_int_equal(box_at(boxes, i)->height, box_at(boxes, 0)->height);
        assert_true(box_at(boxes, i)->x >=
                    box_at(boxes, i - 1)->x + box_at(boxes, i - 1)->width);
    }
}

static lkv_block questions_of(paper *on, size_t count, uint8_t lines)
{
    lkv_block block = table_of(on, count);
    block.kind = LKV_BLOCK_QUESTIONS;
    block.id = "questions";
    block.level = lines;
    return block;
}

static int height_of(paper *on, const char *id, size_t *pages)
{
    g_autoptr(GArray) boxes = paper_boxes(on);
    int height = 0;
    hold_within_pages(boxes);
    for (guint i = 0; i < boxes->len; i++) {
        const paper_box *box = box_at(boxes, i);
        height += strcmp(box->id, id) == 0 ? box->height : 0;
        *pages = MAX(*pages, box->page);
    }
    return height;
}

/* Lines to write on fill what the page has left, and never make a page. */
static void questions_have_what_is_left(void **state)
{
    paper *on = *state;
    size_t pages = 0;
    paper_clear(on);
    paper_add(on, questions_of(on, 5, 1));
    int roomy = height_of(on, "questions", &pages);
    assert_int_equal(pages, 1);
    assert_true(roomy >= 5 * (14 + 4 * 20));
    for (size_t before = 0; before < 30; before++) {
        pages = 0;
        paper_clear(on);
        add_lines(on, before);
        paper_add(on, questions_of(on, 5, 1));
        int height = height_of(on, "questions", &pages);
        assert_int_equal(pages, 1);
        assert_true(height <= roomy);
    }
}

/* Half of the lines asked for stay, whatever a page would save. */
static void questions_keep_room_to_write(void **state)
{
    paper *on = *state;
    size_t pages = 0;
    paper_clear(on);
    paper_add(on, questions_of(on, 5, 0));
    int bare = height_of(on, "questions", &pages);
    for (size_t before = 0; before < 40; before++) {
        paper_clear(on);
        add_lines(on, before);
        paper_add(on, questions_of(on, 5, 2));
        paper_add(on, questions_of(on, 5, 3));
        assert_true(height_of(on, "questions", &pages) >= 10 * 34);
    }
    assert_true(bare < 5 * 34);
}

/* What stands beside each other has the fewest decimals of any of them. */
static void numbers_beside_each_other_have_like_decimals(void **state)
{
    paper *on = *state;
    paper_clear(on);
    const lkv_arg args[] = {
        {.name = "value",
         .kind = LKV_ARG_CELL,
         .cell = paper_value(on, 789, 1)},
        {.name = "value", .kind = LKV_ARG_CELL, .cell = paper_value(on, 71, 0)},
        {.name = "value",
         .kind = LKV_ARG_CELL,
         .cell = paper_value(on, 785, 1)}};
    for (size_t i = 0; i < 3; i++) {
        paper_add(on, (lkv_block){.kind = LKV_BLOCK_NOTE,
                                  .as.text = {.key = "value.alone",
                                              .arg = paper_keep(on, &args[i],
                                                                sizeof args[i]),
                                              .args = 1}});
    }
    lkv_rounding rounding =
        lkv_rounding_of(&on->words, on->document.block, on->document.blocks);
    const lkv_words words = {.release = on->release,
                             .catalogue = on->catalogue,
                             .rounding = &rounding};
    static const char *const wanted[] = {"79", "71", "79"};
    for (size_t i = 0; i < 3; i++) {
        g_autofree char *said =
            lkv_text_compose(&words, &on->document.block[i].as.text);
        assert_string_equal(said, wanted[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_stands_alone),
        cmocka_unit_test(no_item_stands_alone),
        cmocka_unit_test(headings_keep_with_what_follows),
        cmocka_unit_test(tables_say_their_head_again),
        cmocka_unit_test(columns_take_the_room_they_need),
        cmocka_unit_test(tables_say_their_groups_again),
        cmocka_unit_test(notes_keep_with_what_they_are_about),
        cmocka_unit_test(gaps_give_way_for_what_nearly_fits),
        cmocka_unit_test(heads_take_two_lines_at_most),
        cmocka_unit_test(overflow_names_block_and_page),
        cmocka_unit_test(blocks_side_by_side_are_level),
        cmocka_unit_test(questions_have_what_is_left),
        cmocka_unit_test(questions_keep_room_to_write),
        cmocka_unit_test(numbers_beside_each_other_have_like_decimals),
    };
    return cmocka_run_group_tests(tests, open_paper, close_paper);
}
