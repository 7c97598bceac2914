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

enum { HIDES = 1, BREAKS = 2 };

/* What any of STRIDE bytes at AT does, by a loop that compilers turn into
 * vectors.
 */
static uint8_t faults_of(const uint8_t *at)
{
    uint8_t faults = 0;
    for (size_t i = 0; i < STRIDE; i++) {
        faults |= (uint8_t)(hides(at[i], at[i + 1]) * HIDES);
        faults |= (uint8_t)(breaks(at[i], at[i + 1]) * BREAKS);
    }
    return faults;
}

lkv_block lkv_block_look(const char *bytes, size_t count)
{
    const uint8_t *byte = (const uint8_t *)bytes;
    uint8_t faults = 0;
    size_t at = 0;
    for (; at + STRIDE < count && faults != (HIDES | BREAKS); at += STRIDE) {
        faults |= faults_of(byte + at);
    }
    for (; at < count; at++) { /* what follows is the next block's matter */
        uint8_t next = at + 1 < count ? byte[at + 1] : 'a';
        faults |= (uint8_t)(hides(byte[at], next) * HIDES);
        faults |= (uint8_t)(breaks(byte[at], next) * BREAKS);
    }
    return (lkv_block){.plain = !(faults & HIDES),
                       .regular = !(faults & BREAKS)};
}
