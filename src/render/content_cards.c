/* At a glance: big figures side by side, never split. */
#include <math.h>

#include "render/content.h"

#define GAP 10.0
#define PAD 9.0
#define ACCENT 3.0

enum { MOST_IN_ROW = 4 };

struct card {
    lkv_passage figure, label, below;
    bool own;
};

struct cards {
    lkv_content content;
    struct card *card;
    size_t count;
    size_t in_row;
    double row_height, figure_height, label_height;
};

static const struct cards *of(const lkv_content *content)
{
    return (const struct cards *)(const void *)content;
}

static size_t rows(const struct cards *cards)
{
    return (cards->count + cards->in_row - 1) / cards->in_row;
}

static double height(const lkv_content *content, size_t first, size_t count)
{
    const struct cards *cards = of(content);
    (void)first;
    (void)count;
    return (double)rows(cards) * (cards->row_height + GAP) - GAP;
}

static double card_width(const struct cards *cards)
{
    return (cards->content.width - (double)(cards->in_row - 1) * GAP) /
           (double)cards->in_row;
}

static void draw_card(const struct cards *cards, const struct card *card,
                      lkv_pdf *pdf, lkv_pdf_box box)
{
    const lkv_press *press = cards->content.press;
    const lkv_look *look = press->look;
    lkv_pdf_artifact_begin(pdf, LKV_PDF_BACKGROUND);
    lkv_pdf_rect(pdf, box, lkv_pdf_filled(look->panel));
    lkv_pdf_rect(pdf, (lkv_pdf_box){box.x, box.y, ACCENT, box.height},
                 lkv_pdf_filled(card->own ? look->own : look->district));
    lkv_pdf_artifact_end(pdf);
    lkv_pdf_point at = {box.x + ACCENT + PAD, box.y + PAD - 2.0};
    lkv_pdf_begin(pdf, LKV_PDF_P, NULL);
    double low = cards->figure_height - lkv_passage_height(&card->figure);
    lkv_passage_draw_all(&card->figure, press, pdf,
                         (lkv_pdf_point){at.x, at.y + low / 2.0});
    at.y += cards->figure_height + 2.0;
    lkv_passage_draw_all(&card->label, press, pdf, at);
    at.y += cards->label_height + 1.0;
    lkv_passage_draw_all(&card->below, press, pdf, at);
    lkv_pdf_end(pdf, LKV_PDF_P);
}

static void draw(const lkv_content *content, lkv_pdf *pdf, lkv_pdf_point at,
                 size_t first, size_t count)
{
    const struct cards *cards = of(content);
    double width = card_width(cards);
    (void)first;
    (void)count;
    for (size_t i = 0; i < cards->count; i++) {
        double column = (double)(i % cards->in_row);
        double row = (double)(i / cards->in_row);
        draw_card(cards, &cards->card[i], pdf,
                  (lkv_pdf_box){at.x + column * (width + GAP),
                                at.y + row * (cards->row_height + GAP), width,
                                cards->row_height});
    }
}

static void release(lkv_content *content)
{
    struct cards *cards = (struct cards *)(void *)content;
    for (size_t i = 0; i < cards->count; i++) {
        lkv_passage_clear(&cards->card[i].figure);
        lkv_passage_clear(&cards->card[i].label);
        lkv_passage_clear(&cards->card[i].below);
    }
    g_free(cards->card);
    g_free(cards);
}

static const lkv_content_kind kind = {
    .height = height, .draw = draw, .free = release};

/* Four in a row at most, and rows of like length: 5 are 3 and 2. */
static size_t in_row(size_t count)
{
    size_t rows = (count + MOST_IN_ROW - 1) / MOST_IN_ROW;
    return rows > 0 ? (count + rows - 1) / rows : 1;
}

/* The figure as large as fits; in words where there is none to show. */
static lkv_passage figure_of(const lkv_press *press, const lkv_card *from,
                             double width)
{
    const lkv_arg value = {.kind = LKV_ARG_CELL, .cell = from->value};
    lkv_status status =
        lkv_release_at(press->words.release, from->value).status;
    if (status == LKV_HIDDEN && from->instead.key) {
        return lkv_passage_new(press, LKV_STYLE_BODY_MUTED,
                               lkv_press_say(press, &from->instead), width);
    }
    char *text = lkv_cell_compose(&press->words, &value);
    text = text ? text : g_strdup("");
    lkv_passage figure =
        lkv_passage_new(press, LKV_STYLE_FIGURE, g_strdup(text), width);
    if (lkv_passage_width(&figure) > width || figure.lines->len > 1) {
        lkv_passage_clear(&figure);
        return lkv_passage_new(press, LKV_STYLE_HEADING_1, text, width);
    }
    g_free(text);
    return figure;
}

static void make_card(struct cards *cards, size_t index, const lkv_card *from)
{
    const lkv_press *press = cards->content.press;
    double width = card_width(cards) - ACCENT - 2.0 * PAD;
    struct card *card = &cards->card[index];
    card->own = from->own;
    card->figure = figure_of(press, from, width);
    card->label = lkv_passage_new(press, LKV_STYLE_LABEL_STRONG,
                                  lkv_press_say(press, &from->label), width);
    card->below = lkv_passage_new(press, LKV_STYLE_SMALL,
                                  lkv_press_say(press, &from->below), width);
    cards->figure_height =
        fmax(cards->figure_height, lkv_passage_height(&card->figure));
    cards->label_height =
        fmax(cards->label_height, lkv_passage_height(&card->label));
    cards->row_height =
        fmax(cards->row_height, lkv_passage_height(&card->below));
}

lkv_content *lkv_content_cards(const lkv_press *press, const lkv_block *block,
                               double width)
{
    struct cards *cards = g_new0(struct cards, 1);
    cards->count = block->as.cards.cards;
    cards->in_row = in_row(cards->count);
    cards->card = g_new0(struct card, cards->count);
    cards->content = (lkv_content){.kind = &kind,
                                   .press = press,
                                   .block = block,
                                   .width = width,
                                   .before = 6.0,
                                   .after = 8.0,
                                   .parts = cards->count > 0 ? 1 : 0,
                                   .least = 1};
    for (size_t i = 0; i < cards->count; i++) {
        make_card(cards, i, &block->as.cards.card[i]);
    }
    cards->row_height += cards->figure_height + cards->label_height + 2.0 * PAD;
    return &cards->content;
}
