/* Groups of pupils: an axis each, by the codes of a column or by cuts. */
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/wide.h"
#include "panel/census.h"

/* Codes in the order of our vocabulary, then others by their bytes. */
static GPtrArray *ordered_codes(const lkv_census *census, int column,
                                const lkv_field *field, bool *known)
{
    const lkv_names *names =
        g_array_index(census->roll->codes, lkv_roll_codes, column).codes;
    GPtrArray *codes = g_ptr_array_new();
    for (size_t i = 0; field && i < field->code_count; i++) {
        const char *code = field->codes[i].code;
        if (lkv_names_find(names, code, strlen(code)) != LKV_NO_NAME) {
            g_ptr_array_add(codes, (gpointer)(uintptr_t)code);
        }
    }
    *known = codes->len == lkv_names_size(names);
    for (uint32_t i = 0; i < lkv_names_size(names); i++) {
        const char *code = lkv_names_at(names, i);
        bool there = false;
        for (guint k = 0; k < codes->len; k++) {
            there = there || strcmp(g_ptr_array_index(codes, k), code) == 0;
        }
        if (!there) {
            g_ptr_array_add(codes, (gpointer)(uintptr_t)code);
        }
    }
    return codes;
}

/* Code of a row: the pupil's own, else that of the school. */
static uint16_t code_at(const lkv_census *census, size_t row, int column)
{
    const lkv_roll *roll = census->roll;
    uint16_t code = g_array_index(roll->code, uint16_t,
                                  row * roll->codes->len + (size_t)column);
    if (code == LKV_NO_CODE && roll->school_code) {
        code = roll->school_code[column][lkv_roll_at(roll, row)->school];
    }
    return code;
}

/* An axis ID of the codes of COLUMN; leaves filled. */
static lkv_axis add_code_axis(lkv_census *census, const char *id, int column,
                              const lkv_field *field, bool *known)
{
    lkv_panel *panel = census->panel;
    const lkv_names *names =
        g_array_index(census->roll->codes, lkv_roll_codes, column).codes;
    g_autoptr(GPtrArray) codes = ordered_codes(census, column, field, known);
    g_autofree uint16_t *leaf = g_new0(uint16_t, codes->len + 1u);
    lkv_axis axis = lkv_census_axis(census, id);
    for (guint i = 0; i < codes->len; i++) {
        const char *code = g_ptr_array_index(codes, i);
        leaf[lkv_names_find(names, code, strlen(code))] =
            lkv_cube_leaf_add(panel->frame->cube, axis, code);
    }
    for (size_t row = 0; row < panel->rows; row++) {
        uint16_t code = code_at(census, row, column);
        panel->leaf[axis][row] =
            code == LKV_NO_CODE ? LKV_LEAF_MISSING : leaf[code];
    }
    return axis;
}

static char *cut_text(double cut)
{
    char buffer[32];
    return g_strdup(
        lkv_decimal_text((int64_t)llround(cut * 1000.0), 3, buffer));
}

/* "4" for 4.000, "2.5" for 2.500. */
static char *cut_name(double cut)
{
    char *text = cut_text(cut);
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '0') {
        text[--length] = '\0';
    }
    if (length > 0 && text[length - 1] == '.') {
        text[length - 1] = '\0';
    }
    return text;
}

static void add_cut_leaves(lkv_census *census, lkv_axis axis,
                           const lkv_group_spec *spec)
{
    for (size_t i = 0; i <= spec->cuts; i++) {
        g_autofree char *low = i > 0 ? cut_name(spec->cut[i - 1]) : NULL;
        g_autofree char *high = i < spec->cuts ? cut_name(spec->cut[i]) : NULL;
        g_autofree char *id =
            !low    ? g_strdup_printf("under_%s", high)
            : !high ? g_strdup_printf("%s_or_more", low)
                    : g_strdup_printf("%s_to_under_%s", low, high);
        lkv_cube_leaf_add(census->panel->frame->cube, axis, id);
    }
}

static lkv_axis add_cut_axis(lkv_census *census, const lkv_group_spec *spec)
{
    lkv_panel *panel = census->panel;
    const lkv_roll *roll = census->roll;
    lkv_axis axis = lkv_census_axis(census, spec->id);
    size_t column = (size_t)lkv_roll_numbers_find(roll, spec->by);
    add_cut_leaves(census, axis, spec);
    for (size_t row = 0; row < panel->rows; row++) {
        lkv_decimal at = g_array_index(roll->number, lkv_decimal,
                                       row * roll->numbers->len + column);
        if (at.decimals == 255) {
            continue;
        }
        double value =
            lkv_wide_ratio(at.mantissa, lkv_power_of_ten(at.decimals));
        uint16_t leaf = 1;
        for (size_t i = 0; i < spec->cuts && value >= spec->cut[i]; i++) {
            leaf++;
        }
        panel->leaf[axis][row] = leaf;
    }
    return axis;
}

static void add_group(lkv_census *census, const lkv_group_spec *spec)
{
    lkv_frame *frame = census->panel->frame;
    const lkv_field *field =
        lkv_fields_find(census->fields, LKV_TABLE_PUPILS, spec->by);
    bool known = false;
    lkv_group group = {.id = lkv_census_text(census, spec->id),
                       .reference = 1,
                       .label = spec->label};
    if (spec->cuts > 0) {
        group.axis = add_cut_axis(census, spec);
    } else {
        int column = lkv_roll_codes_find(census->roll, spec->by);
        group.axis = add_code_axis(census, spec->id, column, field, &known);
    }
    group.built_in = known && field && strcmp(spec->id, spec->by) == 0 &&
                     spec->label.count == 0;
    if (spec->reference) {
        uint16_t reference =
            lkv_cube_value_find(frame->cube, group.axis, spec->reference);
        group.reference =
            reference == LKV_NO_VALUE ? group.reference : reference;
    }
    g_array_append_val(frame->groups, group);
}

void lkv_census_groups(lkv_census *census)
{
    const lkv_study *study = census->study;
    for (size_t i = 0; i < study->group_count; i++) {
        add_group(census, &study->groups[i]);
    }
    const char *field = "new_immigrant";
    int column = lkv_roll_codes_find(census->roll, field);
    if (column >= 0 &&
        lkv_cube_axis_find(census->panel->frame->cube, field) == LKV_NO_AXIS) {
        bool known = false;
        add_code_axis(census, field, column,
                      lkv_fields_find(census->fields, LKV_TABLE_PUPILS, field),
                      &known);
    }
}
