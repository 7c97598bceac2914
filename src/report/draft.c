#include "report/draft.h"

#include "report/owner.h"

static const void *keep(lkv_draft *draft, const void *from, size_t size)
{
    return lkv_document_text_keep(draft->document->owner, from, size);
}

static const void *keep_array(lkv_draft *draft, const GArray *array)
{
    return keep(draft, array->data,
                (size_t)array->len *
                    g_array_get_element_size((GArray *)(uintptr_t)array));
}

lkv_draft *lkv_draft_new(const lkv_release *release, uint16_t unit)
{
    lkv_draft *draft = g_new0(lkv_draft, 1);
    draft->release = release;
    draft->document = g_new0(lkv_document, 1);
    draft->document->unit = unit;
    draft->document->owner = lkv_document_text_new();
    draft->blocks = g_array_new(FALSE, TRUE, sizeof(lkv_block));
    draft->section = "page";
    return draft;
}

lkv_document *lkv_draft_finish(lkv_draft *draft)
{
    lkv_document *document = draft->document;
    document->blocks = draft->blocks->len;
    document->block = keep_array(draft, draft->blocks);
    g_array_unref(draft->blocks);
    g_free(draft);
    return document;
}

/* ---- words --------------------------------------------------------------- */

const char *lkv_draft_name(lkv_draft *draft, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return lkv_document_text_name(draft->document->owner, text);
}

lkv_text lkv_draft_say_or(lkv_draft *draft, const char *key, const char *other,
                          const lkv_arg *args)
{
    size_t count = 0;
    while (args && args[count].name) {
        count++;
    }
    return (lkv_text){
        .key = key,
        .arg = keep(draft, args, count * sizeof *args),
        .args = (uint8_t)count,
        .other = other,
    };
}

lkv_text lkv_draft_say(lkv_draft *draft, const char *key, const lkv_arg *args)
{
    return lkv_draft_say_or(draft, key, NULL, args);
}

lkv_text lkv_draft_join(lkv_draft *draft, const char *key, const GArray *texts)
{
    lkv_text joined = {0};
    for (guint i = texts->len; i-- > 0;) {
        lkv_text text = g_array_index(texts, lkv_text, i);
        if (!text.key) {
            continue;
        }
        joined =
            !joined.key
                ? text
                : lkv_draft_say(draft, key,
                                (lkv_arg[]){lkv_arg_said(draft, "first", text),
                                            lkv_arg_said(draft, "rest", joined),
                                            {0}});
    }
    return joined;
}

GArray *lkv_texts_new(void)
{
    return g_array_new(FALSE, TRUE, sizeof(lkv_text));
}

void lkv_texts_add(GArray *texts, lkv_text text)
{
    g_array_append_val(texts, text);
}

lkv_arg lkv_arg_stated(const char *name, lkv_stated stated, bool per_cent)
{
    return (lkv_arg){.name = name,
                     .kind = LKV_ARG_STATED,
                     .stated = stated,
                     .per_cent = per_cent};
}

lkv_arg lkv_arg_apart(const char *name, lkv_cell cell, lkv_stated stated)
{
    return (lkv_arg){
        .name = name, .kind = LKV_ARG_APART, .cell = cell, .stated = stated};
}

lkv_arg lkv_arg_cell(const char *name, lkv_cell cell)
{
    return (lkv_arg){.name = name, .kind = LKV_ARG_CELL, .cell = cell};
}

lkv_arg lkv_arg_bare(const char *name, lkv_cell cell)
{
    return (lkv_arg){
        .name = name, .kind = LKV_ARG_CELL, .cell = cell, .bare = true};
}

lkv_arg lkv_arg_plus(const char *name, lkv_cell cell)
{
    return (lkv_arg){
        .name = name, .kind = LKV_ARG_CELL, .cell = cell, .plus = true};
}

lkv_arg lkv_arg_per_cent(lkv_arg ratio)
{
    ratio.per_cent = true;
    return ratio;
}

lkv_arg lkv_arg_most(lkv_arg cell, uint8_t decimals)
{
    cell.most = (uint8_t)(decimals + 1U);
    return cell;
}

lkv_arg lkv_arg_status(const char *name, lkv_cell cell)
{
    return (lkv_arg){.name = name, .kind = LKV_ARG_STATUS, .cell = cell};
}

lkv_arg lkv_arg_key(const char *name, const char *key)
{
    return (lkv_arg){.name = name, .kind = LKV_ARG_KEY, .text = key};
}

lkv_arg lkv_arg_name(const char *name, const char *text)
{
    return (lkv_arg){.name = name, .kind = LKV_ARG_NAME, .text = text};
}

lkv_arg lkv_arg_outcome(const char *name, uint16_t outcome)
{
    return (lkv_arg){.name = name, .kind = LKV_ARG_OUTCOME, .number = outcome};
}

lkv_arg lkv_arg_subject(const char *name, uint16_t outcome)
{
    return (lkv_arg){.name = name, .kind = LKV_ARG_SUBJECT, .number = outcome};
}

lkv_arg lkv_arg_group(const char *name, uint16_t group)
{
    return (lkv_arg){.name = name, .kind = LKV_ARG_GROUP, .number = group};
}

lkv_arg lkv_arg_value(const char *name, uint16_t group, uint16_t value)
{
    return (lkv_arg){
        .name = name, .kind = LKV_ARG_VALUE, .number = group, .value = value};
}

lkv_arg lkv_arg_date(const char *name)
{
    return (lkv_arg){.name = name, .kind = LKV_ARG_DATE};
}

lkv_arg lkv_arg_said(lkv_draft *draft, const char *name, lkv_text text)
{
    return (lkv_arg){.name = name,
                     .kind = LKV_ARG_TEXT,
                     .said = keep(draft, &text, sizeof text)};
}

/* ---- blocks ---------------------------------------------------------------- */

void lkv_draft_add(lkv_draft *draft, lkv_block block)
{
    const char *part = block.id ? block.id : "text";
    block.id = lkv_draft_name(draft, "%s.%s", draft->section, part);
    g_array_append_val(draft->blocks, block);
}

void lkv_draft_text(lkv_draft *draft, lkv_block_kind kind, lkv_text text)
{
    if (text.key) {
        lkv_draft_add(draft, (lkv_block){.kind = kind, .as.text = text});
    }
}

void lkv_draft_intro(lkv_draft *draft, lkv_block_kind kind, lkv_text text)
{
    if (text.key) {
        lkv_draft_add(
            draft,
            (lkv_block){.kind = kind, .keep_with_next = true, .as.text = text});
    }
}

void lkv_draft_heading(lkv_draft *draft, uint8_t level, lkv_text text)
{
    lkv_draft_add(draft, (lkv_block){.kind = LKV_BLOCK_HEADING,
                                     .level = level,
                                     .keep_with_next = true,
                                     .as.text = text});
}

void lkv_draft_break(lkv_draft *draft, guint first)
{
    const lkv_block block = {
        .kind = LKV_BLOCK_PAGE_BREAK,
        .id = lkv_draft_name(draft, "%s.break", draft->section)};
    g_array_insert_val(draft->blocks, first, block);
}

void lkv_draft_cards(lkv_draft *draft, const lkv_card *cards, size_t count)
{
    lkv_draft_add(draft, (lkv_block){.kind = LKV_BLOCK_CARDS,
                                     .id = "cards",
                                     .as.cards = {keep(draft, cards,
                                                       count * sizeof *cards),
                                                  count}});
}

static void add_items(lkv_draft *draft, const GArray *texts, lkv_block block)
{
    if (texts->len == 0) {
        return;
    }
    const lkv_grid_column column = {.side = LKV_LEFT, .weight = 1};
    block.as.grid = (lkv_grid){
        .column = keep(draft, &column, sizeof column),
        .columns = 1,
        .text = keep_array(draft, texts),
        .rows = texts->len,
    };
    lkv_draft_add(draft, block);
}

void lkv_draft_list(lkv_draft *draft, const GArray *texts)
{
    add_items(draft, texts, (lkv_block){.kind = LKV_BLOCK_LIST, .id = "list"});
}

void lkv_draft_questions(lkv_draft *draft, const GArray *texts, uint8_t lines)
{
    add_items(draft, texts,
              (lkv_block){.kind = LKV_BLOCK_QUESTIONS,
                          .id = "questions",
                          .level = lines});
}

/* ---- tables ---------------------------------------------------------------- */

lkv_table_draft *lkv_table_draft_new(lkv_draft *draft, const char *id,
                                     lkv_text caption)
{
    lkv_table_draft *table = g_new0(lkv_table_draft, 1);
    table->draft = draft;
    table->id = id;
    table->caption = caption;
    table->columns = g_array_new(FALSE, TRUE, sizeof(lkv_grid_column));
    table->texts = g_array_new(FALSE, TRUE, sizeof(lkv_text));
    table->heads = g_array_new(FALSE, TRUE, sizeof(bool));
    return table;
}

void lkv_table_draft_column(lkv_table_draft *table, lkv_text head,
                            lkv_side side, uint8_t weight)
{
    const lkv_grid_column column = {head, side, weight};
    g_array_append_val(table->columns, column);
}

void lkv_table_draft_cell(lkv_table_draft *table, lkv_text text)
{
    if (table->texts->len % table->columns->len == 0) {
        const bool head = false;
        g_array_append_val(table->heads, head);
    }
    g_array_append_val(table->texts, text);
}

void lkv_table_draft_head(lkv_table_draft *table, lkv_text text)
{
    const lkv_text none = {0};
    const bool head = true;
    g_assert(table->texts->len % table->columns->len == 0);
    g_array_append_val(table->texts, text);
    for (guint i = 1; i < table->columns->len; i++) {
        g_array_append_val(table->texts, none);
    }
    g_array_append_val(table->heads, head);
}

void lkv_table_draft_end(lkv_table_draft *table)
{
    lkv_draft *draft = table->draft;
    g_assert(table->texts->len % table->columns->len == 0);
    if (table->heads->len > 0) {
        lkv_draft_add(
            draft,
            (lkv_block){.kind = LKV_BLOCK_TABLE,
                        .id = table->id,
                        .columns = table->width,
                        .as.grid = {
                            .caption = table->caption,
                            .column = keep_array(draft, table->columns),
                            .columns = table->columns->len,
                            .text = keep_array(draft, table->texts),
                            .rows = table->heads->len,
                            .group_head = keep_array(draft, table->heads),
                        }});
    }
    g_array_unref(table->columns);
    g_array_unref(table->texts);
    g_array_unref(table->heads);
    g_free(table);
}

/* ---- charts ---------------------------------------------------------------- */

lkv_chart_draft *lkv_chart_draft_new(lkv_draft *draft, const char *id,
                                     lkv_chart_kind kind)
{
    lkv_chart_draft *chart = g_new0(lkv_chart_draft, 1);
    chart->draft = draft;
    chart->id = id;
    chart->chart.kind = kind;
    chart->slots = g_array_new(FALSE, TRUE, sizeof(lkv_slot_label));
    chart->marks = g_array_new(FALSE, TRUE, sizeof(lkv_mark));
    chart->legends = g_array_new(FALSE, TRUE, sizeof(lkv_text));
    chart->span = g_array_new(FALSE, TRUE, sizeof(lkv_cell));
    chart->aside = g_array_new(FALSE, TRUE, sizeof(lkv_cell));
    chart->alt = g_array_new(FALSE, TRUE, sizeof(lkv_text));
    return chart;
}

int16_t lkv_chart_draft_slot(lkv_chart_draft *chart, lkv_slot_label slot)
{
    g_array_append_val(chart->slots, slot);
    return (int16_t)(chart->slots->len - 1);
}

void lkv_chart_draft_mark(lkv_chart_draft *chart, lkv_mark mark)
{
    g_array_append_val(chart->marks, mark);
}

void lkv_chart_draft_legend(lkv_chart_draft *chart, lkv_text text)
{
    g_array_append_val(chart->legends, text);
}

void lkv_chart_draft_span(lkv_chart_draft *chart, lkv_cell cell)
{
    if (cell != 0) {
        g_array_append_val(chart->span, cell);
    }
}

void lkv_chart_draft_aside(lkv_chart_draft *chart, lkv_cell cell)
{
    chart->chart.has_aside = true;
    if (cell != 0) {
        g_array_append_val(chart->aside, cell);
    }
}

void lkv_chart_draft_alt(lkv_chart_draft *chart, lkv_text text)
{
    g_array_append_val(chart->alt, text);
}

/* A title is no sentence of its own: it ends without a full stop. */
static lkv_text alt_of(lkv_chart_draft *chart)
{
    lkv_draft *draft = chart->draft;
    lkv_text title = {0};
    if (chart->chart.title.key) {
        title = lkv_draft_say(
            draft, "alt.title",
            (lkv_arg[]){lkv_arg_said(draft, "title", chart->chart.title), {0}});
    }
    g_array_prepend_val(chart->alt, title);
    return lkv_draft_join(draft, "join.sentences", chart->alt);
}

void lkv_chart_draft_end(lkv_chart_draft *chart)
{
    lkv_draft *draft = chart->draft;
    lkv_chart *made = &chart->chart;
    if (chart->slots->len > 0) {
        made->alt = alt_of(chart);
        made->slot = keep_array(draft, chart->slots);
        made->slots = chart->slots->len;
        made->mark = keep_array(draft, chart->marks);
        made->marks = chart->marks->len;
        made->legend = keep_array(draft, chart->legends);
        made->legends = chart->legends->len;
        made->scale.span = keep_array(draft, chart->span);
        made->scale.spans = chart->span->len;
        made->aside.span = keep_array(draft, chart->aside);
        made->aside.spans = chart->aside->len;
        lkv_draft_add(draft, (lkv_block){.kind = LKV_BLOCK_CHART,
                                         .id = chart->id,
                                         .columns = chart->columns,
                                         .as.chart = *made});
    }
    g_array_unref(chart->slots);
    g_array_unref(chart->marks);
    g_array_unref(chart->legends);
    g_array_unref(chart->span);
    g_array_unref(chart->aside);
    g_array_unref(chart->alt);
    g_free(chart);
}
