#include <string.h>

#include "render/font.h"
#include "render/font_symbol.h"

enum { TRIALS = 24, TRIAL_LENGTH = 48 };

/* What reports are made of; the rest is left to HarfBuzz. */
static const char everyday[] = " .,:;-()%+/=&?!'\"0123456789"
                               "abcdefghijklmnopqrstuvwxyzåäöéü"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÜ"
                               "§°±·×–−’”…≤≥";

typedef struct probe {
    lkv_font_table *table;
    hb_font_t *font;
    hb_buffer_t *buffer;
    GArray *sequence; /* uint8_t: symbols to be shaped in a row */
    GArray *code; /* uint32_t: their characters */
    GArray *start; /* uint32_t: index of the first character of each */
} probe;

static unsigned shape(probe *prober, const hb_glyph_info_t **info,
                      const hb_glyph_position_t **position)
{
    unsigned count = 0;
    hb_buffer_clear_contents(prober->buffer);
    hb_buffer_set_direction(prober->buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(prober->buffer, HB_SCRIPT_LATIN);
    hb_buffer_add_codepoints(prober->buffer, (const void *)prober->code->data,
                             (int)prober->code->len, 0, -1);
    hb_shape(prober->font, prober->buffer, NULL, 0);
    *info = hb_buffer_get_glyph_infos(prober->buffer, &count);
    *position = hb_buffer_get_glyph_positions(prober->buffer, NULL);
    return count;
}

static void spell(probe *prober)
{
    g_array_set_size(prober->code, 0);
    g_array_set_size(prober->start, 0);
    for (unsigned i = 0; i < prober->sequence->len; i++) {
        uint8_t number = g_array_index(prober->sequence, uint8_t, i);
        const lkv_symbol *symbol = &prober->table->symbol[number];
        uint32_t start = prober->code->len;
        g_array_append_val(prober->start, start);
        for (unsigned k = 0; k < symbol->parts; k++) {
            uint32_t code = prober->table->character[symbol->part[k]];
            g_array_append_val(prober->code, code);
        }
    }
    uint32_t end = prober->code->len;
    g_array_append_val(prober->start, end);
}

static bool moved(const hb_glyph_position_t *position)
{
    return position->x_offset != 0 || position->y_offset != 0 ||
           position->y_advance != 0;
}

/* Whether glyph AT is all there is of the symbol at PLACE of the sequence. */
static bool plain(const probe *prober, const hb_glyph_info_t *info, unsigned at,
                  unsigned place)
{
    uint8_t number = g_array_index(prober->sequence, uint8_t, place);
    return info[at].cluster == g_array_index(prober->start, uint32_t, place) &&
           info[at].codepoint == prober->table->symbol[number].glyph;
}

/* Shapes the sequence and keeps what it tells about pairs still unknown. */
static void learn(probe *prober)
{
    const hb_glyph_info_t *info;
    const hb_glyph_position_t *position;
    spell(prober);
    unsigned count = shape(prober, &info, &position);
    unsigned at = 0;
    for (unsigned place = 0; place + 1 < prober->sequence->len; place++) {
        uint32_t start = g_array_index(prober->start, uint32_t, place);
        uint32_t after = g_array_index(prober->start, uint32_t, place + 2);
        while (at < count && info[at].cluster < start) {
            at++;
        }
        if (at + 1 >= count || !plain(prober, info, at, place) ||
            !plain(prober, info, at + 1, place + 1) ||
            (at + 2 < count && info[at + 2].cluster < after)) {
            continue;
        }
        uint8_t first = g_array_index(prober->sequence, uint8_t, place);
        uint8_t second = g_array_index(prober->sequence, uint8_t, place + 1);
        int16_t *pair = &prober->table->pair[first][second];
        int kern = position[at].x_advance - prober->table->symbol[first].width;
        if (*pair == LKV_PAIR_UNKNOWN) {
            bool odd = moved(&position[at]) || moved(&position[at + 1]) ||
                       kern < -LKV_KERN_MOST || kern > LKV_KERN_MOST;
            *pair = odd ? (int16_t)LKV_PAIR_COMPLEX : (int16_t)kern;
        }
    }
}

static void say(probe *prober, unsigned number)
{
    uint8_t place = (uint8_t)number;
    g_array_append_val(prober->sequence, place);
}

/* A sequence with every pair of FROM … TO - 1 and all symbols, in both
 * orders: i i (i+1) i (i+2) i …
 */
static void learn_all(probe *prober, unsigned from, unsigned to)
{
    g_array_set_size(prober->sequence, 0);
    for (unsigned i = from; i < to; i++) {
        say(prober, i);
        say(prober, i);
        for (unsigned j = from > 0 ? 0 : i + 1; j < to; j++) {
            say(prober, j);
            say(prober, i);
        }
    }
    learn(prober);
}

/* The one glyph that the characters of PART become, or 0. */
static uint16_t ligature(probe *prober, const uint8_t *part, unsigned parts)
{
    const hb_glyph_info_t *info;
    const hb_glyph_position_t *position;
    g_array_set_size(prober->code, 0);
    for (unsigned k = 0; k < parts; k++) {
        g_array_append_val(prober->code, prober->table->character[part[k]]);
    }
    unsigned count = shape(prober, &info, &position);
    return count == 1 && !moved(&position[0]) ? (uint16_t)info[0].codepoint : 0;
}

static bool symbol_add(probe *prober, uint16_t glyph, const uint8_t *part,
                       unsigned parts)
{
    lkv_font_table *table = prober->table;
    hb_position_t width = hb_font_get_glyph_h_advance(prober->font, glyph);
    unsigned count = hb_face_get_glyph_count(hb_font_get_face(prober->font));
    if (table->symbols == LKV_SYMBOLS_MOST || glyph >= count || width < 0 ||
        width > UINT16_MAX) {
        return false;
    }
    lkv_symbol *symbol = &table->symbol[table->symbols++];
    *symbol = (lkv_symbol){
        .glyph = glyph, .width = (uint16_t)width, .parts = (uint8_t)parts};
    memcpy(symbol->part, part, parts);
    return true;
}

/* What the long sequence could not tell is asked pair by pair. */
static void settle(probe *prober, unsigned first, unsigned second)
{
    int16_t *pair = &prober->table->pair[first][second];
    if (*pair != LKV_PAIR_UNKNOWN) {
        return;
    }
    g_array_set_size(prober->sequence, 0);
    say(prober, first);
    say(prober, second);
    learn(prober);
    if (*pair != LKV_PAIR_UNKNOWN) {
        return;
    }
    *pair = LKV_PAIR_COMPLEX;
    uint8_t part[] = {(uint8_t)first, (uint8_t)second};
    bool single =
        first < prober->table->characters && second < prober->table->characters;
    uint16_t glyph = single ? ligature(prober, part, 2) : 0;
    if (glyph != 0 && symbol_add(prober, glyph, part, 2)) {
        *pair = LKV_PAIR_JOINS;
    }
}

/* Ligatures of three that end with the character LAST: FROM … TO - 1 are those
 * of two.
 */
static void lengthen(probe *prober, unsigned from, unsigned to, uint8_t last)
{
    for (unsigned two = from; two < to; two++) {
        const uint8_t *first = prober->table->symbol[two].part;
        uint8_t part[] = {first[0], first[1], last};
        uint16_t glyph = ligature(prober, part, 3);
        if (glyph != 0) {
            symbol_add(prober, glyph, part, 3);
        }
    }
}

/* A ligature of three ends as one of two does. */
static void learn_threes(probe *prober)
{
    const lkv_font_table *table = prober->table;
    unsigned from = table->characters, to = table->symbols;
    bool tried[LKV_SYMBOLS_MOST] = {false};
    for (unsigned two = from; two < to; two++) {
        uint8_t last = table->symbol[two].part[1];
        if (!tried[last]) {
            tried[last] = true;
            lengthen(prober, from, to, last);
        }
    }
}

static void learn_pairs(probe *prober)
{
    lkv_font_table *table = prober->table;
    unsigned characters = table->characters;
    learn_all(prober, 0, characters);
    for (unsigned i = 0; i < characters; i++) {
        for (unsigned j = 0; j < characters; j++) {
            settle(prober, i, j);
        }
    }
    learn_threes(prober);
    learn_all(prober, characters, table->symbols);
    for (unsigned i = 0; i < table->symbols; i++) {
        for (unsigned j = 0; j < table->symbols; j++) {
            settle(prober, i, j);
        }
    }
}

static void learn_characters(probe *prober)
{
    lkv_font_table *table = prober->table;
    for (const char *at = everyday; *at != '\0';
         at = g_utf8_find_next_char(at, NULL)) {
        uint32_t code = g_utf8_get_char(at);
        uint8_t number = (uint8_t)table->symbols;
        hb_codepoint_t glyph = 0;
        if (!hb_font_get_nominal_glyph(prober->font, code, &glyph) ||
            !symbol_add(prober, (uint16_t)glyph, &number, 1)) {
            continue;
        }
        table->character[number] = code;
        if (code < LKV_LOW) {
            table->low[code] = (uint8_t)(number + 1);
        }
    }
    table->characters = table->symbols;
    hb_codepoint_t blank = 0;
    hb_font_get_nominal_glyph(prober->font, 0xA0, &blank);
    if (table->low[' '] != 0 &&
        blank == table->symbol[table->low[' '] - 1].glyph) {
        table->low[0xA0] = table->low[' '];
    }
}

/* Whether a text of the table's characters comes out of HarfBuzz as it comes
 * out of the table; true too when the table leaves it to HarfBuzz.
 */
static bool agrees(probe *prober, const GString *text, GArray *glyphs)
{
    const hb_glyph_info_t *info;
    const hb_glyph_position_t *position;
    int64_t width = 0;
    g_array_set_size(glyphs, 0);
    if (!lkv_font_table_shape(prober->table, text->str, text->len, glyphs,
                              &width)) {
        return true;
    }
    unsigned count = shape(prober, &info, &position);
    if (count != glyphs->len) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        const lkv_glyph *glyph = &g_array_index(glyphs, lkv_glyph, i);
        if (glyph->id != info[i].codepoint || moved(&position[i]) ||
            (int)glyph->width + glyph->kern != position[i].x_advance) {
            return false;
        }
    }
    return true;
}

/* A text of the table's characters, half of them parts of ligatures. The
 * generator is that of Park and Miller (1988); its quality does not matter,
 * that it is fixed does.
 */
static void make_trial(probe *prober, uint64_t *state, GString *text)
{
    const lkv_font_table *table = prober->table;
    unsigned joined = table->symbols - table->characters;
    g_string_truncate(text, 0);
    g_array_set_size(prober->code, 0);
    for (unsigned i = 0; i < TRIAL_LENGTH; i++) {
        *state = *state * 48271 % 2147483647;
        uint64_t number = *state / 2 % table->symbols;
        if (*state % 2 == 0 && joined > 0) {
            number = table->characters + *state / 2 % joined;
        }
        const lkv_symbol *symbol = &table->symbol[number];
        uint32_t code = table->character[symbol->part[*state % symbol->parts]];
        g_array_append_val(prober->code, code);
        g_string_append_unichar(text, code);
    }
}

/* Tries texts that no pair foretells: a font may look further than two. */
static bool holds(probe *prober)
{
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(lkv_glyph));
    g_autoptr(GString) text = g_string_new(NULL);
    uint64_t state = 1;
    bool fine = true;
    for (unsigned trial = 0; fine && trial < TRIALS; trial++) {
        make_trial(prober, &state, text);
        fine = agrees(prober, text, glyphs);
    }
    return fine;
}

lkv_font_table *lkv_font_table_new(hb_font_t *font)
{
    g_autoptr(lkv_font_table) table = g_new0(lkv_font_table, 1);
    for (unsigned i = 0; i < LKV_SYMBOLS_MOST; i++) {
        for (unsigned j = 0; j < LKV_SYMBOLS_MOST; j++) {
            table->pair[i][j] = LKV_PAIR_UNKNOWN;
        }
    }
    g_autoptr(GArray) sequence = g_array_new(FALSE, FALSE, sizeof(uint8_t));
    g_autoptr(GArray) code = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) start = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    probe prober = {table, font, hb_buffer_create(), sequence, code, start};
    learn_characters(&prober);
    learn_pairs(&prober);
    bool fine = table->characters > 0 && holds(&prober);
    hb_buffer_destroy(prober.buffer);
    return fine ? g_steal_pointer(&table) : NULL;
}
