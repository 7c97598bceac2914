#include "render/sheet.h"

static const lkv_style_facts styles[LKV_STYLES] = {
    [LKV_STYLE_TITLE] = {LKV_ROLE_BOLD, 25.0, 30.0, 6.0, 4.0, 0, 0},
    [LKV_STYLE_TITLE_LONG] = {LKV_ROLE_BOLD, 16.0, 20.0, 6.0, 4.0, 0, 0},
    [LKV_STYLE_LEAD] = {LKV_ROLE_BODY, 10.5, 15.0, 2.0, 6.0, 0, 1},
    [LKV_STYLE_HEADING_1] = {LKV_ROLE_BOLD, 15.0, 20.0, 20.0, 4.0, 0, 0},
    [LKV_STYLE_HEADING_2] = {LKV_ROLE_BOLD, 11.5, 16.0, 12.0, 2.0, 0, 0},
    [LKV_STYLE_HEADING_3] = {LKV_ROLE_SEMIBOLD, 10.0, 13.0, 10.0, 1.0, 0, 0},
    [LKV_STYLE_BODY] = {LKV_ROLE_BODY, 10.0, 14.0, 3.0, 4.0, 0, 1},
    [LKV_STYLE_BODY_MUTED] = {LKV_ROLE_BODY, 10.0, 14.0, 3.0, 4.0, 1, 1},
    [LKV_STYLE_STRONG] = {LKV_ROLE_SEMIBOLD, 10.0, 14.0, 3.0, 4.0, 0, 0},
    [LKV_STYLE_NOTE] = {LKV_ROLE_BODY, 8.5, 11.5, 2.0, 4.0, 1, 1},
    [LKV_STYLE_LABEL] = {LKV_ROLE_BODY, 9.0, 12.0, 0.0, 0.0, 0, 0},
    [LKV_STYLE_LABEL_STRONG] = {LKV_ROLE_SEMIBOLD, 9.0, 12.0, 0.0, 0.0, 0, 0},
    [LKV_STYLE_SMALL] = {LKV_ROLE_BODY, 8.5, 11.0, 0.0, 0.0, 1, 1},
    [LKV_STYLE_FIGURE] = {LKV_ROLE_LIGHT, 25.0, 28.0, 0.0, 0.0, 0, 0},
    [LKV_STYLE_OVER] = {LKV_ROLE_SEMIBOLD, 8.5, 11.0, 0.0, 0.0, 1, 0},
};

const lkv_style_facts *lkv_style_at(lkv_style style)
{
    return &styles[style];
}

double lkv_sheet_width(void)
{
    return lkv_pdf_sheet().width - 2.0 * LKV_MARGIN;
}

double lkv_sheet_columns(unsigned columns)
{
    double one = (lkv_sheet_width() - (LKV_GRID - 1) * LKV_GUTTER) / LKV_GRID;
    return columns * one + (columns - 1.0) * LKV_GUTTER;
}

double lkv_sheet_left(unsigned column)
{
    return LKV_MARGIN +
           (column > 0 ? lkv_sheet_columns(column) + LKV_GUTTER : 0.0);
}

lkv_pdf_type lkv_style_type(lkv_style style, const lkv_look *look)
{
    const lkv_style_facts *facts = &styles[style];
    return (lkv_pdf_type){.role = facts->role,
                          .size = facts->size,
                          .colour = facts->muted ? look->muted : look->ink};
}
