#include "report/document.h"

#include "report/owner.h"

void lkv_document_free(lkv_document *document)
{
    if (!document) {
        return;
    }
    lkv_document_text_free(document->owner);
    g_free(document);
}

/* What is being listed: the cells of one block, each once. */
typedef struct listing {
    GArray *places;
    GArray *cells; /* these instead, if not NULL, and not each once */
    const char *block;
    guint first; /* place of the block's first */
} listing;

static void list_cell(listing *list, lkv_cell cell)
{
    if (cell == 0) {
        return;
    }
    if (list->cells) {
        g_array_append_val(list->cells, cell);
        return;
    }
    for (guint i = list->first; i < list->places->len; i++) {
        if (g_array_index(list->places, lkv_printed_at, i).cell == cell) {
            return;
        }
    }
    const lkv_printed_at at = {list->block, cell};
    g_array_append_val(list->places, at);
}

static void list_text(listing *list, const lkv_text *text)
{
    for (size_t i = 0; text->key && i < text->args; i++) {
        const lkv_arg *arg = &text->arg[i];
        if (arg->kind == LKV_ARG_CELL || arg->kind == LKV_ARG_STATUS ||
            arg->kind == LKV_ARG_APART) {
            list_cell(list, arg->cell);
        } else if (arg->kind == LKV_ARG_TEXT) {
            list_text(list, arg->said);
        }
    }
}

static void list_grid(listing *list, const lkv_grid *grid)
{
    list_text(list, &grid->caption);
    for (size_t i = 0; i < grid->columns; i++) {
        list_text(list, &grid->column[i].head);
    }
    for (size_t i = 0; i < grid->rows * grid->columns; i++) {
        list_text(list, &grid->text[i]);
    }
}

static void list_chart(listing *list, const lkv_chart *chart)
{
    list_text(list, &chart->title);
    list_text(list, &chart->reading);
    list_text(list, &chart->alt);
    for (size_t i = 0; i < chart->slots; i++) {
        list_text(list, &chart->slot[i].label);
        list_text(list, &chart->slot[i].below);
        list_text(list, &chart->slot[i].brief);
        list_text(list, &chart->slot[i].end);
    }
    for (size_t i = 0; i < chart->marks; i++) {
        const lkv_mark *mark = &chart->mark[i];
        list_cell(list, mark->at);
        list_cell(list, mark->low);
        list_cell(list, mark->high);
        list_text(list, &mark->label);
    }
    for (size_t i = 0; i < chart->legends; i++) {
        list_text(list, &chart->legend[i]);
    }
}

static void list_block(listing *list, const lkv_block *block)
{
    switch (block->kind) {
    case LKV_BLOCK_TITLE:
    case LKV_BLOCK_LEAD:
    case LKV_BLOCK_HEADING:
    case LKV_BLOCK_PARAGRAPH:
    case LKV_BLOCK_NOTE:
        list_text(list, &block->as.text);
        break;
    case LKV_BLOCK_LIST:
    case LKV_BLOCK_QUESTIONS:
    case LKV_BLOCK_TABLE:
        list_grid(list, &block->as.grid);
        break;
    case LKV_BLOCK_CARDS:
        for (size_t i = 0; i < block->as.cards.cards; i++) {
            const lkv_card *card = &block->as.cards.card[i];
            list_cell(list, card->value);
            list_text(list, &card->label);
            list_text(list, &card->below);
            list_text(list, &card->instead);
        }
        break;
    case LKV_BLOCK_CHART:
        list_chart(list, &block->as.chart);
        break;
    case LKV_BLOCK_CONTENTS:
    case LKV_BLOCK_PAGE_BREAK:
        break;
    }
}

GArray *lkv_block_cells(const lkv_block *block)
{
    listing list = {.cells = g_array_new(FALSE, TRUE, sizeof(lkv_cell))};
    list_block(&list, block);
    return list.cells;
}

GArray *lkv_document_places(const lkv_document *document)
{
    GArray *places = g_array_new(FALSE, TRUE, sizeof(lkv_printed_at));
    const lkv_text *around[] = {&document->title, &document->subject,
                                &document->running, &document->over,
                                &document->aside};
    listing head = {.places = places, .block = "page"};
    for (size_t i = 0; i < G_N_ELEMENTS(around); i++) {
        list_text(&head, around[i]);
    }
    for (size_t i = 0; i < document->blocks; i++) {
        const lkv_block *block = &document->block[i];
        listing list = {.places = places,
                        .block = block->id ? block->id : "",
                        .first = places->len};
        list_block(&list, block);
    }
    return places;
}
