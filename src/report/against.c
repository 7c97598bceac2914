#include "report/against.h"

GArray *lkv_against_all(const lkv_writing *writing, lkv_topic topic)
{
    const lkv_ask *ask = writing->ask;
    GArray *all = g_array_new(FALSE, TRUE, sizeof(lkv_against));
    g_autoptr(GArray) groups =
        lkv_ask_groups(ask, lkv_writing_words(writing, "groups"));
    for (guint i = 0; i < groups->len; i++) {
        lkv_against at = {topic, g_array_index(groups, uint16_t, i), 0};
        lkv_axis axis = lkv_frame_group(ask->frame, at.group)->axis;
        for (size_t leaf = 0; leaf < lkv_cube_leaves(ask->frame->cube, axis);
             leaf++) {
            at.leaf = (uint16_t)leaf;
            g_array_append_val(all, at);
        }
    }
    return all;
}

const lkv_figure *lkv_against_figure(const lkv_ask *ask, const lkv_against *at,
                                     const char *measure, const char *component)
{
    return lkv_ask_find(
        ask,
        &(lkv_wanted){.topic = at->topic,
                      .measure = measure,
                      .component = component,
                      .group_by = (uint16_t)(at->group + 1U),
                      .group = at->leaf,
                      .reference =
                          lkv_frame_group(ask->frame, at->group)->reference});
}
