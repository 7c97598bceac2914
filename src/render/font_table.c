#include "render/font_table.h"

#include <string.h>

#include "render/font.h"

enum {
    SYMBOLS_MOST = 192,
    PARTS_MOST = 3,
    LOW = 0x180, /* characters below are found by index */
    TRIALS = 24,
    TRIAL_LENGTH = 48
};

/* Outcomes of a pair that are no kerning. */
enum {
    COMPLEX = INT16_MIN,
    JOINS = INT16_MIN + 1, /* begins a ligature */
    UNKNOWN = INT16_MIN + 2,
    KERN_MOST = 30000
};

/* A character, or a ligature of two or three of them. */
typedef struct letters {
    uint16_t glyph, width;
    uint8_t parts, part[PARTS_MOST]; /* symbols of single characters */
} letters;

struct lkv_font_table {
    unsigned characters, symbols; /* ligatures follow the characters */
    uint32_t character[SYMBOLS_MOST];
    letters symbol[SYMBOLS_MOST];
    uint8_t low[LOW]; /* 1 + symbol; 0 = none */
    int16_t pair[SYMBOLS_MOST][SYMBOLS_MOST];
};

/* What reports are made of; the rest is left to HarfBuzz. */
static const char everyday[] = " .,:;-()%+/=&?!'\"0123456789"
                               "abcdefghijklmnopqrstuvwxyzåäöéü"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÜ"
                               "§°±·×–−’”…≤≥";

/* ---- building ---- */

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
    hb_buffer_add_codepoints(prober->buffer,
                             (const hb_codepoint_t *)prober->code->data,
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
        const letters *symbol = &prober->table->symbol[number];
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
        if (*pair == UNKNOWN) {
            bool odd = moved(&position[at]) || moved(&position[at + 1]) ||
                       kern < -KERN_MOST || kern > KERN_MOST;
            *pair = odd ? (int16_t)COMPLEX : (int16_t)kern;
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
    if (table->symbols == SYMBOLS_MOST || glyph >= count || width < 0 ||
        width > UINT16_MAX) {
        return false;
    }
    letters *symbol = &table->symbol[table->symbols++];
    *symbol = (letters){
        .glyph = glyph, .width = (uint16_t)width, .parts = (uint8_t)parts};
    memcpy(symbol->part, part, parts);
    return true;
}

/* What the long sequence could not tell is asked pair by pair. */
static void settle(probe *prober, unsigned first, unsigned second)
{
    int16_t *pair = &prober->table->pair[first][second];
    if (*pair != UNKNOWN) {
        return;
    }
    g_array_set_size(prober->sequence, 0);
    say(prober, first);
    say(prober, second);
    learn(prober);
    if (*pair != UNKNOWN) {
        return;
    }
    *pair = COMPLEX;
    uint8_t part[] = {(uint8_t)first, (uint8_t)second};
    bool single =
        first < prober->table->characters && second < prober->table->characters;
    uint16_t glyph = single ? ligature(prober, part, 2) : 0;
    if (glyph != 0 && symbol_add(prober, glyph, part, 2)) {
        *pair = JOINS;
    }
}

/* Ligatures of three: one of two, and a character that ends one of two. */
static void lengthen(probe *prober)
{
    lkv_font_table *table = prober->table;
    unsigned twos = table->symbols;
    bool tried[SYMBOLS_MOST] = {false};
    for (unsigned other = table->characters; other < twos; other++) {
        uint8_t last = table->symbol[other].part[1];
        if (tried[last]) {
            continue;
        }
        tried[last] = true;
        for (unsigned two = table->characters; two < twos; two++) {
            const uint8_t *first = table->symbol[two].part;
            uint8_t part[] = {first[0], first[1], last};
            uint16_t glyph = ligature(prober, part, 3);
            if (glyph != 0) {
                symbol_add(prober, glyph, part, 3);
            }
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
    lengthen(prober);
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
    for (const char *at = everyday; *at != '\0'; at = g_utf8_next_char(at)) {
        uint32_t code = g_utf8_get_char(at);
        uint8_t number = (uint8_t)table->symbols;
        hb_codepoint_t glyph = 0;
        if (!hb_font_get_nominal_glyph(prober->font, code, &glyph) ||
            !symbol_add(prober, (uint16_t)glyph, &number, 1)) {
            continue;
        }
        table->character[number] = code;
        if (code < LOW) {
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

/* Tries texts that no pair foretells: a font may look further than two. Half
 * of their characters take part in ligatures. The generator is that of Park
 * and Miller (1988); its quality does not matter, that it is fixed does.
 */
static bool holds(probe *prober)
{
    const lkv_font_table *table = prober->table;
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(lkv_glyph));
    g_autoptr(GString) text = g_string_new(NULL);
    uint64_t state = 1;
    bool fine = true;
    for (unsigned trial = 0; fine && trial < TRIALS; trial++) {
        g_string_truncate(text, 0);
        g_array_set_size(prober->code, 0);
        for (unsigned i = 0; i < TRIAL_LENGTH; i++) {
            state = state * 48271 % 2147483647;
            const letters *symbol = &table->symbol[state / 2 % table->symbols];
            if (state % 2 == 0 && table->symbols > table->characters) {
                symbol =
                    &table->symbol[table->characters +
                                   state / 2 %
                                       (table->symbols - table->characters)];
            }
            uint32_t code =
                table->character[symbol->part[state % symbol->parts]];
            g_array_append_val(prober->code, code);
            g_string_append_unichar(text, code);
        }
        fine = agrees(prober, text, glyphs);
    }
    return fine;
}

lkv_font_table *lkv_font_table_new(hb_font_t *font)
{
    g_autoptr(lkv_font_table) table = g_new0(lkv_font_table, 1);
    for (unsigned i = 0; i < SYMBOLS_MOST; i++) {
        for (unsigned j = 0; j < SYMBOLS_MOST; j++) {
            table->pair[i][j] = UNKNOWN;
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

void lkv_font_table_free(lkv_font_table *table)
{
    g_free(table);
}

/* ---- use ---- */

/* The symbol of the character at *AT, which is moved behind it; -1 if there
 * is none in the table.
 */
static int read_symbol(const lkv_font_table *table, const char **at,
                       const char *end)
{
    const unsigned char *byte = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at);
    if (byte[0] < 0x80) {
        *at += 1;
        return table->low[byte[0]] - 1;
    }
    if (byte[0] < 0xE0 && left >= 2 && (byte[1] & 0xC0) == 0x80) {
        uint32_t code = (uint32_t)(byte[0] & 0x1F) << 6 | (byte[1] & 0x3F);
        *at += 2;
        return code >= 0x80 && code < LOW ? table->low[code] - 1 : -1;
    }
    if ((byte[0] & 0xF0) != 0xE0 || left < 3 || (byte[1] & 0xC0) != 0x80 ||
        (byte[2] & 0xC0) != 0x80) {
        return -1;
    }
    uint32_t code = (uint32_t)(byte[0] & 0x0F) << 12 |
                    (uint32_t)(byte[1] & 0x3F) << 6 | (byte[2] & 0x3F);
    *at += 3;
    for (unsigned i = table->characters; i-- > 0;) {
        if (table->character[i] == code) {
            return (int)i;
        }
        if (table->character[i] < LOW) {
            break;
        }
    }
    return -1;
}

/* The longest ligature that begins with PART[0] and PART[1]; PARTS are those
 * that follow each other in the text. -1 if there is none.
 */
static int find_ligature(const lkv_font_table *table, const int *part,
                         unsigned parts)
{
    int found = -1;
    for (unsigned i = table->characters; i < table->symbols; i++) {
        const letters *symbol = &table->symbol[i];
        if (symbol->part[0] != part[0] || symbol->part[1] != part[1]) {
            continue;
        }
        if (symbol->parts == 2 && found < 0) {
            found = (int)i;
        } else if (symbol->parts == 3 && parts == 3 &&
                   symbol->part[2] == part[2]) {
            return (int)i;
        }
    }
    return found;
}

/* The next symbol of the text, ligatures included; -1 as in read_symbol. */
static int next_symbol(const lkv_font_table *table, const char **at,
                       const char *end)
{
    int part[PARTS_MOST] = {0};
    const char *behind[PARTS_MOST];
    part[0] = read_symbol(table, at, end);
    if (part[0] < 0 || *at == end) {
        return part[0];
    }
    behind[1] = *at;
    part[1] = read_symbol(table, &behind[1], end);
    if (part[1] < 0 || table->pair[part[0]][part[1]] != JOINS) {
        return part[0];
    }
    unsigned parts = 2;
    behind[2] = behind[1];
    if (behind[1] != end) {
        part[2] = read_symbol(table, &behind[2], end);
        parts = part[2] < 0 ? 2 : 3;
    }
    int joined = find_ligature(table, part, parts);
    if (joined >= 0) {
        *at = behind[table->symbol[joined].parts - 1];
    }
    return joined;
}

bool lkv_font_table_shape(const lkv_font_table *table, const char *text,
                          size_t length, GArray *glyphs, int64_t *width)
{
    const char *at = text, *end = text + length;
    unsigned before = glyphs != NULL ? glyphs->len : 0;
    int64_t sum = 0;
    int last = -1;
    while (at != end) {
        uint32_t cluster = (uint32_t)(at - text);
        int number = next_symbol(table, &at, end);
        int kern = number >= 0 && last >= 0 ? table->pair[last][number] : 0;
        if (number < 0 || kern < -KERN_MOST) {
            if (glyphs != NULL) {
                g_array_set_size(glyphs, before);
            }
            return false;
        }
        sum += table->symbol[number].width + kern;
        if (glyphs != NULL) {
            lkv_glyph glyph = {.id = table->symbol[number].glyph,
                               .width = table->symbol[number].width,
                               .cluster = cluster};
            if (last >= 0) {
                g_array_index(glyphs, lkv_glyph, glyphs->len - 1).kern = kern;
            }
            g_array_append_val(glyphs, glyph);
        }
        last = number;
    }
    *width += sum;
    return true;
}

void lkv_font_table_mark(const lkv_font_table *table, uint8_t *set)
{
    for (unsigned i = 0; i < table->symbols; i++) {
        uint16_t glyph = table->symbol[i].glyph;
        set[glyph / 8] |= (uint8_t)(1U << (glyph % 8));
    }
}
