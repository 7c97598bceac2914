/* Inside of the table of pairs: for those who fill it and who read it. */
#ifndef LKV_RENDER_FONT_SYMBOL_H
#define LKV_RENDER_FONT_SYMBOL_H

#include "render/font_table.h"

enum {
    LKV_SYMBOLS_MOST = 192,
    LKV_PARTS_MOST = 3,
    LKV_LOW = 0x180 /* characters below are found by index */
};

/* Outcomes of a pair that are no kerning. */
enum {
    LKV_PAIR_COMPLEX = INT16_MIN,
    LKV_PAIR_JOINS = INT16_MIN + 1, /* begins a ligature */
    LKV_PAIR_UNKNOWN = INT16_MIN + 2,
    LKV_KERN_MOST = 30000
};

/* A character, or a ligature of two or three of them. */
typedef struct lkv_symbol {
    uint16_t glyph, width;
    uint8_t parts, part[LKV_PARTS_MOST]; /* symbols of single characters */
} lkv_symbol;

struct lkv_font_table {
    unsigned characters, symbols; /* ligatures follow the characters */
    uint32_t character[LKV_SYMBOLS_MOST];
    lkv_symbol symbol[LKV_SYMBOLS_MOST];
    uint8_t low[LKV_LOW]; /* 1 + symbol; 0 = none */
    int16_t pair[LKV_SYMBOLS_MOST][LKV_SYMBOLS_MOST];
};

#endif
