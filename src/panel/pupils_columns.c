#include "panel/pupils_columns.h"

#include <string.h>

lkv_wanted *lkv_pupils_wanted(const lkv_input *input, const lkv_roll *roll)
{
    lkv_wanted *wanted =
        g_new0(lkv_wanted,
               LKV_PUPILS_FIXED + roll->codes->len + roll->numbers->len + 1);
    wanted[LKV_PUPILS_ID] =
        (lkv_wanted){"pupil_id", !input->rows_are_pupils, -1};
    wanted[LKV_PUPILS_SCHOOL] = (lkv_wanted){"school_id", true, -1};
    wanted[LKV_PUPILS_YEAR] = (lkv_wanted){"year", false, -1};
    wanted[LKV_PUPILS_STAGE_YEAR] = (lkv_wanted){"stage_year", false, -1};
    wanted[LKV_PUPILS_CLASS] = (lkv_wanted){"class", false, -1};
    wanted[LKV_PUPILS_WEIGHT] = (lkv_wanted){"weight", false, -1};
    size_t at = LKV_PUPILS_FIXED;
    for (guint i = 0; i < roll->codes->len; i++) {
        const lkv_roll_codes *codes =
            &g_array_index(roll->codes, lkv_roll_codes, i);
        bool required =
            !codes->of_school && strcmp(codes->field, "new_immigrant") != 0;
        wanted[at++] = (lkv_wanted){codes->field, required, -1};
    }
    for (guint i = 0; i < roll->numbers->len; i++) {
        const lkv_roll_numbers *numbers =
            &g_array_index(roll->numbers, lkv_roll_numbers, i);
        wanted[at++] = (lkv_wanted){numbers->column, !numbers->of_school, -1};
    }
    return wanted;
}

void lkv_pupils_note_found(const lkv_table_file *file, lkv_roll *roll)
{
    for (guint i = 0; i < roll->codes->len; i++) {
        lkv_roll_codes *codes = &g_array_index(roll->codes, lkv_roll_codes, i);
        int column = file->wanted[LKV_PUPILS_FIXED + i].column;
        codes->found = codes->found || column >= 0;
    }
}

void lkv_pupils_report_empty(const lkv_table_file *file, const lkv_roll *roll,
                             const bool *filled, lkv_diag *diag)
{
    for (guint i = 0; i < roll->codes->len + roll->numbers->len; i++) {
        const lkv_wanted *wanted = &file->wanted[LKV_PUPILS_FIXED + i];
        if (wanted->column < 0 || filled[i]) {
            continue;
        }
        lkv_place place = {.file = file->input->name,
                           .line = file->header_line,
                           .column = wanted->column + 1,
                           .field =
                               g_ptr_array_index(file->header, wanted->column)};
        lkv_message *message = lkv_diag_add(
            diag, "W-COLUMN-EMPTY", place,
            "the column holds nothing for %s in any row", wanted->id);
        lkv_message_why(message, "the study asks for it; all pupils count as "
                                 "not known there");
        lkv_message_fix(message, "export it again with the column filled, or "
                                 "leave it out of the study");
    }
}
