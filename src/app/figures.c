/* The released figures, one after the other. */
#include <math.h>

#include "app/handle.h"

size_t likvard_profiles(const likvard *run)
{
    return run->disclosure || run->finished ? run->profiles->len : 0;
}

const char *likvard_profile_at(const likvard *run, size_t profile)
{
    const lkv_profile *at = g_ptr_array_index(run->profiles, profile);
    return at->id;
}

size_t likvard_figures(const likvard *run, size_t profile)
{
    return lkv_release_size(lkv_handle_release(run, profile));
}

/* The number of CELL, or NaN when it may not be known. */
static double number(const lkv_release *release, lkv_cell cell)
{
    if (cell == 0) {
        return NAN;
    }
    lkv_shown shown = lkv_release_at(release, cell);
    return lkv_status_has_number(shown.status) ? lkv_shown_number(shown) : NAN;
}

static const char *value_id(const lkv_frame *frame, const lkv_key *key,
                            uint16_t value)
{
    if (key->group_by == 0 || value == LKV_NO_VALUE) {
        return "";
    }
    const lkv_group *group = lkv_frame_group(frame, key->group_by - 1u);
    return lkv_cube_value_id(frame->cube,
                             (lkv_term){.axis = group->axis, .value = value});
}

likvard_figure likvard_figure_at(const likvard *run, size_t profile,
                                 size_t index)
{
    const lkv_release *release = lkv_handle_release(run, profile);
    const lkv_figure *figure = lkv_release_figure(release, index);
    const lkv_frame *frame = lkv_release_frame(release);
    const lkv_key *key = &figure->key;
    const lkv_population *population =
        lkv_frame_population(frame, key->population);
    const lkv_outcome *outcome = key->outcome == LKV_NO_VALUE
                                     ? NULL
                                     : lkv_frame_outcome(frame, key->outcome);
    return (likvard_figure){
        .stage = population->stage,
        .year = population->year,
        .unit_id = lkv_frame_unit(frame, key->unit)->id,
        .subject = outcome && outcome->subject ? outcome->subject : "",
        .outcome = outcome ? outcome->id : "",
        .measure = g_ptr_array_index(frame->measures, key->measure),
        .component = g_ptr_array_index(frame->components, key->component),
        .group_by =
            key->group_by ? lkv_frame_group(frame, key->group_by - 1u)->id : "",
        .group = value_id(frame, key, key->group),
        .reference = value_id(frame, key, key->reference),
        .unit = lkv_value_unit_id(figure->unit_of_value),
        .status = lkv_status_id(lkv_release_at(release, figure->value).status),
        .estimate = number(release, figure->value),
        .std_error = number(release, figure->error),
        .ci_low = number(release, figure->low),
        .ci_high = number(release, figure->high),
        .n = number(release, figure->n),
    };
}
