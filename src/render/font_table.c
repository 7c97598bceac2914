#include "render/font_table.h"

#include "render/font.h"
#include "render/font_symbol.h"

void lkv_font_table_free(lkv_font_table *table)
{
    g_free(table);
}

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
        return code >= 0x80 && code < LKV_LOW ? table->low[code] - 1 : -1;
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
        if (table->character[i] < LKV_LOW) {
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
        const lkv_symbol *symbol = &table->symbol[i];
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
    int part[LKV_PARTS_MOST] = {0};
    const char *behind[LKV_PARTS_MOST];
    part[0] = read_symbol(table, at, end);
    if (part[0] < 0 || *at == end) {
        return part[0];
    }
    behind[1] = *at;
    part[1] = read_symbol(table, &behind[1], end);
    if (part[1] < 0 || table->pair[part[0]][part[1]] != LKV_PAIR_JOINS) {
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

/* Appends the glyph of SYMBOL; KERN belongs to the one before. */
static void glyph_add(GArray *glyphs, const lkv_symbol *symbol,
                      uint32_t cluster, int kern)
{
    lkv_glyph glyph = {
        .id = symbol->glyph, .width = symbol->width, .cluster = cluster};
    if (cluster > 0) {
        g_array_index(glyphs, lkv_glyph, glyphs->len - 1).kern = kern;
    }
    g_array_append_val(glyphs, glyph);
}

bool lkv_font_table_shape(const lkv_font_table *table, const char *text,
                          size_t length, GArray *glyphs, int64_t *width)
{
    const char *at = text, *end = text + length;
    unsigned before = glyphs != NULL ? glyphs->len : 0;
    int64_t sum = 0;
    int number = -1;
    bool fine = true;
    while (fine && at != end) {
        uint32_t cluster = (uint32_t)(at - text);
        int last = number;
        number = next_symbol(table, &at, end);
        int kern = number >= 0 && last >= 0 ? table->pair[last][number] : 0;
        fine = number >= 0 && kern >= -LKV_KERN_MOST;
        sum += fine ? table->symbol[number].width + kern : 0;
        if (fine && glyphs != NULL) {
            glyph_add(glyphs, &table->symbol[number], cluster, kern);
        }
    }
    if (fine) {
        *width += sum;
    } else if (glyphs != NULL) {
        g_array_set_size(glyphs, before);
    }
    return fine;
}

void lkv_font_table_mark(const lkv_font_table *table, uint8_t *set)
{
    for (unsigned i = 0; i < table->symbols; i++) {
        uint16_t glyph = table->symbol[i].glyph;
        set[glyph / 8] |= (uint8_t)(1U << (glyph % 8));
    }
}
