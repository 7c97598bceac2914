#include "ingest/block.h"

#include <stdint.h>

enum { STRIDE = 64 };

/* Whether BYTE is what all characters that cannot be seen have or begin with:
 * controls, U+0080 to U+00BF, U+2000 to U+2FFF, U+F000 to U+FFFF.
 */
static inline uint8_t hides(uint8_t byte, uint8_t next)
{
    uint8_t ends = (byte == '\n') | ((byte == '\r') & (next == '\n'));
    uint8_t control = (byte < 0x20) & (ends ^ 1);
    return control | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xe2) |
           (byte == 0xef);
}

/* Whether NEXT behind BYTE makes lines that may be no record each: a blank or a
 * line end behind a line end, a CR alone.
 */
static inline uint8_t breaks(uint8_t byte, uint8_t next)
{
    return (byte == '"') | ((byte == '\r') & (next != '\n')) |
           ((byte == '\n') & (next <= ' '));
}

/* Each over STRIDE bytes by a loop that compilers turn into vectors. */
static bool hides_some(const uint8_t *at, const uint8_t *next)
{
    uint8_t some = 0;
    for (size_t i = 0; i < STRIDE; i++) {
        some |= hides(at[i], next[i]);
    }
    return some != 0;
}

static bool breaks_some(const uint8_t *at, const uint8_t *next)
{
    uint8_t some = 0;
    for (size_t i = 0; i < STRIDE; i++) {
        some |= breaks(at[i], next[i]);
    }
    return some != 0;
}

lkv_block lkv_block_look(const char *bytes, size_t count)
{
    const uint8_t *byte = (const uint8_t *)bytes;
    lkv_block block = {.plain = true, .regular = true};
    size_t at = 0;
    for (; at + STRIDE < count; at += STRIDE) {
        block.plain = block.plain && !hides_some(byte + at, byte + at + 1);
        block.regular = block.regular && !breaks_some(byte + at, byte + at + 1);
    }
    for (; at < count; at++) { /* what follows is the next block's matter */
        uint8_t next = at + 1 < count ? byte[at + 1] : 'a';
        block.plain = block.plain && !hides(byte[at], next);
        block.regular = block.regular && !breaks(byte[at], next);
    }
    return block;
}
