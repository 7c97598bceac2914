/* What figures are held against: the district's goals, and what authorities have
 * published.
 */
#include "study/study_read.h"

#include <string.h>

enum { OFFICIAL_DECIMALS = 3 };

static void fill_targets(lkv_reader *reader)
{
    const lkv_node *list = lkv_node_find(reader->root, "targets");
    size_t count = lkv_node_list_size(list);
    lkv_target_spec *specs =
        lkv_reader_keep(reader, g_new0(lkv_target_spec, count + 1));
    for (size_t i = 0; i < count; i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        specs[i] = (lkv_target_spec){
            .indicator = lkv_node_text(item, "indicator"),
            .group = lkv_node_text(item, "group"),
            .level = lkv_node_whole(item, "level", 0),
            .year = (int)lkv_node_whole(item, "year", reader->study->year),
            .place = lkv_node_place(item, "targets"),
        };
    }
    reader->study->targets = specs;
    reader->study->target_count = count;
}

static lkv_official_spec read_official(lkv_reader *reader, const lkv_node *item)
{
    const lkv_node *node = lkv_node_find(item, "value");
    const char *text = lkv_node_text(item, "value");
    lkv_official_spec spec = {
        .about = {.indicator = lkv_node_text(item, "indicator"),
                  .level = LKV_NO_LEVEL,
                  .year = reader->study->year,
                  .place = lkv_node_place(item, "official")},
        .pupils = lkv_node_whole(item, "pupils", 0),
        .source = lkv_node_text(item, "source")};
    if (text && !node->bad &&
        (lkv_decimal_read(text, strlen(text), '.', &spec.value) !=
             LKV_DECIMAL_OK ||
         spec.value.decimals > OFFICIAL_DECIMALS)) {
        lkv_reader_refuse(reader, node, "official.value", "E-VALUE-KIND",
                          "an official figure is a number of at most three "
                          "decimals, such as 78.9");
    }
    return spec;
}

static void fill_officials(lkv_reader *reader)
{
    const lkv_node *list = lkv_node_find(reader->root, "official");
    size_t count = lkv_node_list_size(list);
    lkv_official_spec *specs =
        lkv_reader_keep(reader, g_new0(lkv_official_spec, count + 1));
    for (size_t i = 0; i < count; i++) {
        specs[i] = read_official(reader, lkv_node_at(list, i)->value);
    }
    reader->study->officials = specs;
    reader->study->official_count = count;
}

void lkv_study_fill_goals(lkv_reader *reader)
{
    fill_targets(reader);
    fill_officials(reader);
}
